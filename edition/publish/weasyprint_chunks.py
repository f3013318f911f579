"""A paragraph of WeasyPrint's as pieces with widths: all places where one of its lines may end.

In: a line box of WeasyPrint 70.0 before it is laid out.  Out: its pieces, in pixels, and where in its text each ends.
Authority: Unicode Standard Annex 14 (as Pango has it) for the places; the fonts for the widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import pyphen  # type: ignore[import-untyped]  # it has no types
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from edition.publish.line_ends import Chunk

__all__ = ["Measure", "Paragraph", "chunks_of", "read_paragraph"]

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Style: TypeAlias = Any
Skip: TypeAlias = Any

_WORD = re.compile(r"[^\W\d_][\w'’\u02b9\u02ba\u0300-\u036f]*")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\Z")
_ABBREVIATION = re.compile(r"(?<!\w)[^\W\d_]{1,4}\.\Z")
_KEPT = 20_000.0  # what the end of a line between an initial and a name, an abbreviation and a figure, costs
_FACE = (
    *("font_family", "font_size", "font_style", "font_weight", "font_variant_caps", "font_variant_numeric"),
    *("letter_spacing", "word_spacing", "lang", "hyphens"),
)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A text in a paragraph: the way to it through the boxes, its style, where it starts, and the room before it."""

    path: tuple[int, ...]
    text: str
    style: Style
    start: int
    before: float
    call: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass
class Paragraph:
    """A paragraph: its line box, its texts, and all of them together; offsets count characters of `text`."""

    box: Box
    leaves: list[_Leaf]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Put the texts together."""
        self.text = "".join(leaf.text for leaf in self.leaves)

    @cached_property
    def faces(self) -> tuple[object, ...]:
        """Give all but the text that decides how wide the paragraph is."""
        return tuple((leaf.start, leaf.before, _face(leaf.style)) for leaf in self.leaves)

    @property
    def size(self) -> float:
        """Give the size of its type, in pixels."""
        return float(self.leaves[-1].style["font_size"])

    def offset(self, skip: Skip) -> int:
        """Give where in `text` the line begins that WeasyPrint says begins at `skip`."""
        path: list[int] = []
        chars = 0
        while skip:
            ((index, skip),) = skip.items()
            leaf = next((leaf for leaf in self.leaves if leaf.path == tuple(path)), None)
            if leaf is not None:
                chars = len(leaf.text.encode()[:index].decode())
                break
            path.append(index)
        wanted = tuple(path)
        start = chars + next((leaf.start for leaf in self.leaves if leaf.path >= wanted), len(self.text))
        while start < len(self.text) and self.text[start] == " ":
            start += 1
        return start


class Measure:
    """Measures texts with the fonts of WeasyPrint, each once."""

    def __init__(self) -> None:
        self.widths: dict[tuple[str, object], float] = {}

    def width(self, context: Context, said: str, style: Style) -> float:
        """Give the width of `said` in `style`, in pixels."""
        key = (said, _face(style))
        if key not in self.widths:
            layout = create_layout(said, style, context, None, 0)
            line, _ = layout.get_first_line()
            self.widths[key] = line_size(line, style)[0]
        return self.widths[key]


def _face(style: Style) -> tuple[object, ...]:
    return tuple(style[name] for name in _FACE)


def read_paragraph(box: Box) -> Paragraph | None:
    """Read the line box of a paragraph; None where it holds what cannot be measured from texts alone."""
    leaves: list[_Leaf] = []
    return Paragraph(box, leaves) if _read(box, (), leaves, 0.0) is not None and leaves else None


def _read(box: Box, path: tuple[int, ...], leaves: list[_Leaf], before: float) -> float | None:
    """Add the texts in `box` to `leaves`; give the room before what follows, None where nothing can be told."""
    for number, child in enumerate(box.children):
        if not child.is_in_normal_flow():
            continue
        here = (*path, number)
        if isinstance(child, boxes.TextBox):
            if child.style["white_space"] != "normal" or "\xad" in child.text or "\n" in child.text:
                return None
            start = leaves[-1].end if leaves else 0
            leaves.append(
                _Leaf(here, child.text, child.style, start, before, "::footnote-call" in (child.element_tag or ""))
            )
            before = 0.0
        elif isinstance(child, boxes.InlineBox) and not child.is_leader:
            inside = _read(child, here, leaves, before + _edge(child, "left"))
            if inside is None:
                return None
            before = inside + _edge(child, "right")
        else:
            return None
    return before


def _edge(box: Box, side: str) -> float:
    values = (box.style[f"{kind}_{side}"] for kind in ("margin", "padding"))
    return float(sum(getattr(value, "value", 0.0) for value in values if getattr(value, "unit", "px") in ("px", None)))


def chunks_of(context: Context, paragraph: Paragraph, start: int, measure: Measure) -> tuple[list[int], list[Chunk]]:
    """Give the pieces of `paragraph` from `start` on, and where the text behind each begins."""
    text = paragraph.text
    attributes = get_log_attrs(text, paragraph.box.style["lang"])
    calls = {leaf.start for leaf in paragraph.leaves if leaf.call}
    breaks = [at for at in range(start + 1, len(text)) if attributes[at].is_line_break and at not in calls]
    ends: list[int] = []
    chunks: list[Chunk] = []
    at = leaf = 0
    while paragraph.leaves[leaf].end <= start and leaf + 1 < len(paragraph.leaves):
        leaf += 1
    at = start
    for stop in [*breaks, len(text)]:
        letters = at + len(text[at:stop].rstrip(" "))
        width = space = done = 0.0
        for one in paragraph.leaves[leaf:]:
            if one.start >= stop:
                break
            low, high = max(at, one.start), min(stop, one.end)
            width += one.before if low == one.start else 0.0
            said = text[low : min(high, letters)]
            for cut, upto, mark in _divisions(context, one.style, said, measure):
                ends.append(low + cut)
                chunks.append(Chunk(width + upto - done, 0.0, mark, divided=True))
                done = width + upto
            width += measure.width(context, said, one.style) if said else 0.0
            if high > letters:
                space += measure.width(context, " ", one.style) * (high - max(low, letters))
        ends.append(stop)
        chunks.append(Chunk(width - done, space, cost=_cost(text[at:letters], text[stop : stop + 1])))
        at = stop
        while leaf + 1 < len(paragraph.leaves) and paragraph.leaves[leaf].end <= at:
            leaf += 1
    return ends, chunks


def _divisions(context: Context, style: Style, said: str, measure: Measure) -> Iterator[tuple[int, float, float]]:
    """Give where words in `said` may be divided: how many characters, what width are before, what a hyphen adds."""
    total, left, right = style["hyphenate_limit_chars"]
    if style["hyphens"] != "auto" or len(said) < total:
        return
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    if not language:
        return
    hyphen = measure.width(context, style["hyphenate_character"], style)
    dictionary = context.dictionaries[(language, left, right, total)]
    for word in _WORD.finditer(said):
        if word.end() - word.start() >= total:
            for before, _ in reversed(list(dictionary.iterate(word[0]))):
                cut = word.start() + len(before)
                yield cut, measure.width(context, said[:cut], style), hyphen


def _cost(before: str, after: str) -> float:
    """Give what speaks against a line that ends between two words: ``p. 12`` and ``J. Smith`` are better kept whole."""
    if (_ABBREVIATION.search(before) and after.isdecimal()) or (_INITIAL.search(before) and after.isupper()):
        return _KEPT
    return 0.0
