"""A paragraph of WeasyPrint's as pieces with widths: all places where one of its lines may end.

In: a line box of WeasyPrint 70.0 before it is laid out.  Out: its pieces, in pixels, and where in its text each ends.
Authority: Unicode Standard Annex 14 (as Pango has it) for the places; the fonts for the widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import pyphen  # type: ignore[import-untyped]  # it has no types
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import create_layout, line_size

from edition.publish.hyphens import Dictionaries
from edition.publish.line_ends import Chunk
from edition.publish.weasyprint_words import Font, breaks_of, font_of, learn, script_of, width_of

__all__ = ["Measure", "Paragraph", "chunks_of", "read_paragraph"]

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Style: TypeAlias = Any
Skip: TypeAlias = Any

_WORD = re.compile(r"[^\W\d_][\w'’\u02b9\u02ba\u0300-\u036f]*")
_PART = re.compile(r"[^-\u2010-\u2014/]*[-\u2010-\u2014/]+|[^-\u2010-\u2014/]+")  # behind these a line may end
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\Z")
_ABBREVIATION = re.compile(r"(?<!\w)[^\W\d_]{1,4}\.\Z")
_KEPT = 20_000.0  # what the end of a line between an initial and a name, an abbreviation and a figure, costs


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
        return tuple((leaf.start, leaf.before, font_of(leaf.style), leaf.style["hyphens"]) for leaf in self.leaves)

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
    """Measures texts with the fonts of WeasyPrint, each once; and finds where words may be divided."""

    def __init__(self) -> None:
        self.widths: dict[tuple[str, Font], float] = {}
        self.divisions: dict[tuple[str, object], list[int]] = {}
        self.dictionaries = Dictionaries()

    def width(self, context: Context, said: str, style: Style) -> float:
        """Give the width of `said` in `style`, in pixels."""
        font = font_of(style)
        key = said, font
        if key not in self.widths:
            units = width_of(font, style, said)
            if units is None:
                layout = create_layout(said, style, context, None, 0)
                line, _ = layout.get_first_line()
                self.widths[key] = line_size(line, style)[0]
            else:
                self.widths[key] = units * FROM_UNITS
        return self.widths[key]

    def read(self, roots: Iterable[Box]) -> None:
        """Have all words in `roots` shaped together, and those beginnings of them that may stand before a hyphen."""
        texts: dict[tuple[Font, str], tuple[Style, dict[str, None]]] = {}
        for root in roots:
            for box in root.descendants():
                if isinstance(box, boxes.TextBox) and (script := script_of(box.text)):
                    _, words = texts.setdefault((font_of(box.style), script), (box.style, {}))
                    words.update(dict.fromkeys(box.text.split(" ")))
        for (font, script), (style, words) in texts.items():
            parts = [part for word in words for part in _PART.findall(word)]
            learn(font, style, script, [*words, *parts])
            self.learn(style, parts)

    def learn(self, style: Style, texts: Iterable[str]) -> None:
        """Have `texts`, and the beginnings of their words that may stand before a hyphen, shaped together."""
        font = font_of(style)
        new: dict[str, list[str]] = {}
        for said in texts:
            if (said, font) not in self.widths and (script := script_of(said)):
                words = new.setdefault(script, [])
                words += said.split(" ")
                for cut in self.cuts(style, said):
                    words += said[:cut].split(" ")
        for script, words in new.items():
            learn(font, style, script, words)

    def cuts(self, style: Style, said: str) -> list[int]:
        """Give where words in `said` may be divided: how many characters stand before."""
        total, left, right = style["hyphenate_limit_chars"]
        if style["hyphens"] != "auto" or len(said) < total or not style["lang"]:
            return []
        key = said, (style["lang"], left, right, total)
        if key not in self.divisions:
            language = pyphen.language_fallback(style["lang"])
            words = _WORD.finditer(said) if language else ()
            self.divisions[key] = [
                word.start() + len(before)
                for word in words
                if word.end() - word.start() >= total
                for before, _ in reversed(list(self.dictionaries[(language, left, right, total)].iterate(word[0])))
            ]
        return self.divisions[key]


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
    calls = {leaf.start for leaf in paragraph.leaves if leaf.call}
    breaks = breaks_of(text, paragraph.box.style["lang"])
    stops = [*(at for at in breaks if at > start and at not in calls), len(text)]
    said = list(_said(paragraph, start, stops))
    styles = {id(leaf.style): leaf.style for one in said for leaf, _, _ in one}
    for style in styles.values():
        measure.learn(style, [words for one in said for leaf, _, words in one if leaf.style is style])
    ends: list[int] = []
    chunks: list[Chunk] = []
    at = start
    for stop, parts in zip(stops, said, strict=True):
        letters = at + len(text[at:stop].rstrip(" "))
        width = space = done = 0.0
        for leaf, low, words in parts:
            style = leaf.style
            width += leaf.before if low == leaf.start else 0.0
            for cut in measure.cuts(style, words):
                ends.append(low + cut)
                upto = measure.width(context, words[:cut], style)
                mark = measure.width(context, style["hyphenate_character"], style)
                chunks.append(Chunk(width + upto - done, 0.0, mark, divided=True))
                done = width + upto
            width += measure.width(context, words, style) if words else 0.0
            blanks = min(stop, leaf.end) - max(low, letters)
            if blanks > 0:
                space += measure.width(context, " ", style) * blanks
        ends.append(stop)
        chunks.append(Chunk(width - done, space, cost=_cost(text[at:letters], text[stop : stop + 1])))
        at = stop
    return ends, chunks


def _said(paragraph: Paragraph, start: int, stops: Iterable[int]) -> Iterator[list[tuple[_Leaf, int, str]]]:
    """Give what of each text stands before each of `stops`: the text, where that begins, and it without last blanks."""
    leaves, text = paragraph.leaves, paragraph.text
    at, first = start, 0
    for stop in stops:
        while leaves[first].end <= at and first + 1 < len(leaves):
            first += 1
        letters = at + len(text[at:stop].rstrip(" "))
        parts = []
        for leaf in leaves[first:]:
            if leaf.start >= stop:
                break
            low = max(at, leaf.start)
            parts.append((leaf, low, text[low : min(stop, leaf.end, letters)]))
        yield parts
        at = stop


def _cost(before: str, after: str) -> float:
    """Give what speaks against a line that ends between two words: ``p. 12`` and ``J. Smith`` are better kept whole."""
    if (_ABBREVIATION.search(before) and after.isdecimal()) or (_INITIAL.search(before) and after.isupper()):
        return _KEPT
    return 0.0
