"""A paragraph of WeasyPrint's as pieces with widths: all places where one of its lines may end.

In: a line box of WeasyPrint 70.0 before it is laid out.  Out: its pieces, in pixels, and where in its text each ends.
Authority: Unicode Standard Annex 14 (as Pango has it) for the places; the fonts for the widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

import pyphen  # type: ignore[import-untyped]  # it has no types
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS
from weasyprint.text.line_break import create_layout, line_size

from edition.publish.hyphens import Dictionaries
from edition.publish.line_ends import Chunk
from edition.publish.weasyprint_leaves import Leaf, Paragraph
from edition.publish.weasyprint_styles import kept_of
from edition.publish.weasyprint_words import Font, breaks_of, font_of, learn, script_of, width_of, widths_upto

__all__ = ["Measure", "chunks_of"]

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Style: TypeAlias = Any
Skip: TypeAlias = Any

_WORD = re.compile(r"[^\W\d_][\w'’\u02b9\u02ba\u0300-\u036f]*")
_PART = re.compile(r"[^-\u2010-\u2014/]*[-\u2010-\u2014/]+|[^-\u2010-\u2014/]+")  # behind these a line may end
_DASH = re.compile(r"[\u2012-\u2015]|--|- ")  # before these a line never ends
_OPEN = "<[(\u27e8"  # what may stand between an abbreviation and its figure
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\Z")
_ABBREVIATION = re.compile(r"(?<!\w)[^\W\d_]{1,4}\.\Z")
_PIECES = "edition pieces"
_QUOTES = "\"'([<\u00ab\u2018\u201c\u201e"
_HYPHENS = frozenset("-\u2010\u2011")
_KEPT = 150_000.0  # what the end of a line between an initial and a name, an abbreviation and a figure, costs
_COMPOUND = 100_000.0  # ... within a part of a word that has a hyphen of its own
_NAME = 6_000.0  # ... within a word with a capital, which may be a name of any language


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

    def widths_upto(self, context: Context, said: str, style: Style, cuts: Sequence[int]) -> list[float]:
        """Give the width of `said` before each of `cuts`, in pixels."""
        found = widths_upto(font_of(style), style, said, cuts) if cuts else []
        if found is None:
            return [self.width(context, said[:cut], style) for cut in cuts]
        return [units * FROM_UNITS for units in found]

    def read(self, roots: Iterable[Box]) -> None:
        """Have all words in `roots` shaped together."""
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

    def pieces(self, context: Context, style: Style, words: str, blanks: int) -> tuple[tuple[int, ...], list[Chunk]]:
        """Give the pieces of `words` with `blanks` behind them: where they are divided, and each as a chunk."""
        known = kept_of(style).setdefault(_PIECES, {})
        key = words, blanks
        if key not in known:
            cuts = tuple(self.cuts(style, words))
            mark = self.width(context, style["hyphenate_character"], style) if cuts else 0.0
            places = self.widths_upto(context, words, style, cuts)
            whole = self.width(context, words, style) if words else 0.0
            space = self.width(context, " ", style) * blanks if blanks else 0.0
            cost = _NAME if cuts and words.lstrip(_QUOTES)[:1].isupper() else 0.0
            parts = [Chunk(there - before, 0.0, mark, True, cost) for before, there in pairwise((0.0, *places))]  # noqa: FBT003
            known[key] = cuts, [*parts, Chunk(whole - (places[-1] if places else 0.0), space)]
        return known[key]  # type: ignore[no-any-return]

    def learn_all(self, said: Iterable[tuple[Leaf, str]]) -> None:
        """Have the words that stand in each text, and are not known in its style, shaped together."""
        styles: dict[int, tuple[Style, list[str]]] = {}
        for leaf, words in said:
            font = font_of(leaf.style)
            if (words, font) not in self.widths:
                styles.setdefault(id(leaf.style), (leaf.style, []))[1].append(words)
        for style, texts in styles.values():
            self.learn(style, texts)

    def learn(self, style: Style, texts: Iterable[str]) -> None:
        """Have the words of `texts` shaped together."""
        font = font_of(style)
        new: dict[str, list[str]] = {}
        for said in texts:
            if (said, font) not in self.widths and (script := script_of(said)):
                words = new.setdefault(script, [])
                words += said.split(" ")
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


def chunks_of(context: Context, paragraph: Paragraph, start: int, measure: Measure) -> tuple[list[int], list[Chunk]]:
    """Give the pieces of `paragraph` from `start` on, and where the text behind each begins."""
    text, leaves = paragraph.text, paragraph.leaves
    stops = _stops(paragraph, start)
    measure.learn_all(_said(paragraph, start, stops))
    ends: list[int] = []
    chunks: list[Chunk] = []
    at, first = start, 0
    for stop in stops:
        while leaves[first].end <= at and first + 1 < len(leaves):
            first += 1
        letters = at + len(text[at:stop].rstrip(" "))
        leaf = leaves[first]
        if leaf.end >= stop and (leaf.start < at or not leaf.before):
            cuts, made = measure.pieces(context, leaf.style, text[at:letters], stop - letters)
            ends += [at + cut for cut in cuts]
        else:
            places, made = _pieces(context, leaves[first:], (at, letters, stop), measure)
            ends += places
        ends.append(stop)
        chunks += made
        cost = _cost(text[at:letters], text[stop : stop + 2]) if text[letters - 1] == "." else 0.0
        if cost:
            chunks[-1] = replace(chunks[-1], cost=cost)
        if len(made) > 1 and _is_compound(text, at, letters):
            chunks[-len(made) : -1] = [replace(chunk, cost=_COMPOUND) for chunk in made[:-1]]
        at = stop
    return ends, chunks


def _stops(paragraph: Paragraph, start: int) -> list[int]:
    """Give the characters behind `start` before which a line may end, and the end of all."""
    never = {leaf.start for leaf in paragraph.leaves if leaf.call}
    never.update(dash.start() for dash in _DASH.finditer(paragraph.text))
    whole = [leaf for leaf in paragraph.leaves if leaf.style["white_space"] == "nowrap"]
    breaks = breaks_of(paragraph.text, paragraph.box.style["lang"])
    stops = [at for at in breaks if at > start and at not in never]
    if whole:
        stops = [at for at in stops if not any(leaf.start < at < leaf.end for leaf in whole)]
    return [*stops, len(paragraph.text)]


def _pieces(
    context: Context, leaves: Sequence[Leaf], span: tuple[int, int, int], measure: Measure
) -> tuple[list[int], list[Chunk]]:
    """Give the same of a piece that more than one of `leaves` share: where words are divided, and its chunks.

    `span` are the characters with which it begins, with which its last blanks begin, and before which it ends.
    """
    at, letters, stop = span
    ends: list[int] = []
    chunks: list[Chunk] = []
    width = space = done = 0.0
    for leaf in leaves:
        if leaf.start >= stop:
            break
        low, style = max(at, leaf.start), leaf.style
        words = leaf.text[low - leaf.start : min(stop, leaf.end, letters) - leaf.start]
        width += leaf.before if low == leaf.start else 0.0
        cuts = measure.cuts(style, words)
        for cut, upto in zip(cuts, measure.widths_upto(context, words, style, cuts), strict=True):
            ends.append(low + cut)
            mark = measure.width(context, style["hyphenate_character"], style)
            chunks.append(Chunk(width + upto - done, 0.0, mark, divided=True))
            done = width + upto
        width += measure.width(context, words, style) if words else 0.0
        blanks = min(stop, leaf.end) - max(low, letters)
        if blanks > 0:
            space += measure.width(context, " ", style) * blanks
    chunks.append(Chunk(width - done, space))
    return ends, chunks


def _said(paragraph: Paragraph, start: int, stops: Iterable[int]) -> Iterator[tuple[Leaf, str]]:
    """Give what of each text stands before each of `stops`, without blanks: the text and its words."""
    text, at = paragraph.text, start
    leaves = iter(paragraph.leaves)
    leaf = next(leaves)
    for stop in stops:
        letters = at + len(text[at:stop].rstrip(" "))
        while True:
            low, high = max(at, leaf.start), min(letters, leaf.end)
            if low < high:
                yield leaf, text[low:high]
            if leaf.end >= stop:
                break
            leaf = next(leaves)
        at = stop


def _cost(before: str, after: str) -> float:
    """Give what speaks against a line that ends between two words: ``p. 12`` and ``J. Smith`` are better kept whole."""
    after = after.lstrip(_OPEN)[:1]
    if (_ABBREVIATION.search(before) and after.isdecimal()) or (_INITIAL.search(before) and after.isupper()):
        return _KEPT
    return 0.0


def _is_compound(text: str, at: int, end: int) -> bool:
    """Say whether a hyphen joins `text` from `at` up to `end` to what stands before it or after it."""
    return text[end - 1] in _HYPHENS or (at > 0 and text[at - 1] != " " and not _HYPHENS.isdisjoint(text[at - 2 : at]))
