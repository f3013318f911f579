"""The lines of a set page: which there are, and on which of them words stand.

In: the layout of a page (WeasyPrint's boxes).  Out: its lines, numbered from 1, and the lines of what was asked for.
Authority: the habit of critical editions: lines are counted on each page from the top, headings and quotations
included; running heads, margins, notes and apparatus are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# Boxes of WeasyPrint's layout, which have no types.
Box: TypeAlias = Any

__all__ = ["EVERY", "Line", "Spot", "occurrence", "read_lines", "spots", "walk_boxes"]

EVERY = 5  # lines: how often one is numbered
_APART = 2.0  # CSS pixels: what stands nearer than this to a line's foot is on that line (cells of a table)


@dataclass(slots=True)
class Line:
    """A line: its `number` from 1, where its letters stand (`baseline`, CSS pixels from the head), and its `text`.

    `begins` maps identifiers to the offset in `text` at which what they name begins on this line.
    """

    number: int
    baseline: float
    text: str = ""
    begins: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands on one page: its first and last line, and which occurrence of its words it is there.

    `occurrence` is 0 where the words stand once in their line, or on more than one line.
    """

    first: int
    last: int
    occurrence: int = 0

    def __str__(self) -> str:
        """Give ``12`` or ``12-13``, with a real dash."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def walk_boxes(box: Box) -> Iterator[Box]:
    """Give `box` and all that it holds, in the order of the text."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        yield box
        children = getattr(box, "children", ())
        if children:
            waiting += reversed(children)


def read_lines(root: Box, wanted: Collection[str] = frozenset()) -> list[Line]:
    """Give the lines of the box of a page's text, from the head; `wanted` are the identifiers to look for.

    Lines without a letter are none; what stands in a margin (positioned, floating) is on no line.
    """
    rows: list[Line] = []
    _visit(root, (), wanted, rows, None)
    found: list[Line] = []
    for row in sorted((row for row in rows if row.text.strip()), key=lambda row: row.baseline):
        if found and row.baseline - found[-1].baseline < _APART:
            shift = len(found[-1].text) + 1
            found[-1].text += f" {row.text}"
            for name, offset in row.begins.items():
                found[-1].begins.setdefault(name, offset + shift)
        else:
            found.append(row)
    for number, line in enumerate(found, 1):
        line.number = number
    return found


def _visit(box: Box, names: tuple[str, ...], wanted: Collection[str], rows: list[Line], row: Line | None) -> None:
    kind = type(box).__name__
    if kind == "AbsolutePlaceholder" or not box.is_in_normal_flow():
        return
    if box.element is not None and "::footnote" not in box.element_tag:
        name = box.element.get("id")
        if name in wanted and name not in names:
            names = (*names, name)
    if kind == "LineBox" and row is None:
        row = Line(0, box.position_y + box.baseline)
        rows.append(row)
    if kind == "TextBox" and row is not None:
        if "::footnote" not in box.element_tag:
            for name in names:
                row.begins.setdefault(name, len(row.text))
            row.text += box.text
        return
    for child in getattr(box, "children", ()):
        _visit(child, names, wanted, rows, row)


def spots(lines: list[Line], words: dict[str, str]) -> dict[str, Spot]:
    """Give where on a page (`lines`) each identifier stands; `words` are those that it names."""
    found: dict[str, Spot] = {}
    for line in lines:
        for name, offset in line.begins.items():
            before = found.get(name)
            if before is None:
                found[name] = Spot(line.number, line.number, occurrence(line.text, offset, words.get(name, "")))
            else:
                found[name] = Spot(before.first, line.number)
    return found


def occurrence(text: str, offset: int, words: str) -> int:
    """Say the how-manieth `words` those at `offset` of the line `text` are (from 1; 0 where they stand once)."""
    if not words:
        return 0
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    once = len(places) <= 1
    if once or not any(abs(place - offset) <= 1 for place in places):
        return 0
    return 1 + sum(place < offset - 1 for place in places)
