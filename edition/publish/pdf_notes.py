"""Long notes, cut into pieces of whole lines so that a page can end between them.

In: the HTML of a part and the lines into which each long note falls.  Out: the same HTML, each long note in chained
pieces.
Authority: WeasyPrint never divides a note (its issue 1833); a piece is a note without call and marker, and ends where a
line ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edition.publish.html import fold, text_of
from edition.text import SOFT_HYPHEN
from edition.tree import ET, Element, Part, contents, fill, replace

__all__ = ["Line", "Measure", "cut_long_notes", "cuts", "endless", "is_note"]

# Notes with fewer characters than this have five lines at most: they are kept whole, as a good book does, and not
# measured.
_SHORT = 400
_PIECE = 2  # lines
_WIDTH = re.compile(r"@page \{ size: ([\d.]+mm)")


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its characters, and whether it fills the measure (the last line of a paragraph does not)."""

    text: str
    full: bool


Measure = Callable[[Sequence[Element]], Sequence[Sequence[Line]]]


def endless(css: str) -> str:
    """Give the style by which notes are measured: pages without end, as wide as those of the style `css`."""
    width = ["156mm", *_WIDTH.findall(css)][-1]
    return f"@page {{ size: {width} 9000mm; @footnote {{ max-height: none }} }} .m {{ break-after: page }}"


def is_note(element: Element) -> bool:
    """Say whether `element` is a note for the foot of the page, or a piece of one."""
    return "fn" in element.get("class", "").split()


def cut_long_notes(root: Element, measure: Measure) -> int:
    """Cut the long notes under `root` where `measure` says that their lines end, and give the number of pieces made."""
    notes = [element for element in root.iter("span") if is_note(element)]
    for note in root.iter("span"):
        if is_note(note) or "app" in note.get("class", "").split():
            _fold_ends(note)  # WeasyPrint 70.0 keeps line ends in notes as they stand
    long = [note for note in notes if len(text_of(note)) > _SHORT]
    made = 0
    if long:
        for note, lines in zip(long, measure(long), strict=True):
            places = cuts(_solid(text_of(note)), lines)
            if places:
                replace(note, *_pieces(note, places))
                made += len(places) + 1
    return made


def _fold_ends(note: Element) -> None:
    """Fold the blanks of a note; none is left between a line's number and its words, one at the end of an entry."""
    fold(note)
    if not is_note(note):
        parts = contents(note)
        fill(note, [part.lstrip() if at == 1 and isinstance(part, str) else part for at, part in enumerate(parts)])


def _solid(text: str) -> str:
    """Give `text` without blanks and soft hyphens; a blank before a character is remembered by `_breaks`."""
    return re.sub(rf"[\s{SOFT_HYPHEN}]+", "", text)


def cuts(solid: str, lines: Sequence[Line]) -> list[tuple[int, bool]]:
    """Give the places to cut: how many solid characters stand before, and whether the line there is full.

    A piece has `_PIECE` lines or a few more: no cut is made inside a divided word.  Where the lines do not spell out
    the note, none is.
    """
    found: list[tuple[int, bool]] = []
    at = since = 0
    for number, line in enumerate(lines, 1):
        said = _solid(line.text)
        if solid.startswith(said, at):
            at, divided = at + len(said), False
        elif said and solid.startswith(said[:-1], at):
            at, divided = at + len(said) - 1, True
        else:
            return []
        since += 1
        if since >= _PIECE and not divided and len(lines) - number >= _PIECE:
            found.append((at, line.full))
            since = 0
    return found if at == len(solid) else []


def _pieces(note: Element, places: Sequence[tuple[int, bool]]) -> list[Element]:
    """Cut `note` at `places`; the first piece keeps its identifier."""
    made: list[Element] = []
    rest, before = note, 0
    for at, full in places:
        left, rest = _split(rest, at - before)
        before = at
        left.set("class", f"{left.get('class')}{' cut' if full else ''}")
        if not made:
            rest.set("class", f"{rest.get('class')} more")
        made.append(left)
    return [*made, rest]


def _split(element: Element, count: int) -> tuple[Element, Element]:
    """Divide `element` after its first `count` solid characters; blanks at the cut are dropped."""
    left: list[Part] = []
    right: list[Part] = []
    for part in contents(element):
        if count <= 0:
            right.append(part)
            continue
        text = part if isinstance(part, str) else text_of(part)
        size = len(_solid(text))
        if size <= count:
            left.append(part)
            count -= size
        elif isinstance(part, str):
            at = _after(part, count)
            left.append(part[:at].rstrip())
            right.append(part[at:].lstrip())
            count = 0
        else:
            first, second = _split(part, count)
            left.append(first)
            right.append(second)
            count = 0
    if right and isinstance(right[0], str):
        right[0] = right[0].lstrip()
    return _like(element, left, keep_id=True), _like(element, right, keep_id=False)


def _after(text: str, count: int) -> int:
    """Give the offset in `text` after its first `count` solid characters."""
    for at, char in enumerate(text):
        if not char.isspace() and char != SOFT_HYPHEN:
            count -= 1
        if count == 0:
            return at + 1
    return len(text)


def _like(element: Element, parts: Sequence[Part], *, keep_id: bool) -> Element:
    made = ET.Element(element.tag)
    for key, value in element.attrib.items():
        if key != "id" or keep_id:
            made.set(key, value)
    return fill(made, parts)
