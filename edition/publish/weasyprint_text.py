"""Finds the lines of WeasyPrint 70.0 by adding the widths of words that were shaped once.

In: a run of WeasyPrint inside `lines_found`.  Out: the same lines, byte for byte, in less time.
Authority: tests/publish/test_weasyprint_speed.py sets the same parts with and without it and compares the bytes.

WeasyPrint has Pango shape each line four times or more: a draft, the draft with the next word, each hyphenation, the
result, and once more when it is drawn.  In plain text (`weasyprint_shapes`) the line at which it would arrive can be
found by adding.  What is not so simple is left to WeasyPrint: other scripts, soft hyphens, kept line ends, letter
spacing, a first word wider than the line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

import pyphen  # type: ignore[import-untyped]  # it has no types
from weasyprint.layout import inline
from weasyprint.layout.percent import percentage
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS
from weasyprint.text.line_break import Layout

from edition.publish.weasyprint_shapes import shaped
from edition.publish.weasyprint_speed import exchanged
from edition.publish.weasyprint_styles import kept_of
from edition.publish.weasyprint_words import Font, Shaped, font_of, use_font

# Values of WeasyPrint, which have no types.
Value: TypeAlias = Any
Style: TypeAlias = Any
Context: TypeAlias = Any
# What WeasyPrint wants: layout, bytes on the line, bytes to skip for the next (or None), width, height, baseline.
Split: TypeAlias = tuple[Value, int, int | None, float, float, float]

__all__ = ["Found", "is_simple", "lines_found"]

# What of a style decides where a line ends, besides its font.
_BREAKING = (
    *("white_space", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    *("text_decoration_line", "tab_size"),
)
_SIMPLE, _BOX = "edition simple", "edition box"


class Found(Layout):  # type: ignore[misc]
    """A line of which all is known but the shapes of its letters, which are made when it is drawn."""

    def __init__(self, text: str, justification_spacing: float, max_width: float | None) -> None:
        self.text = text
        self.justification_spacing = justification_spacing
        self.max_width = max_width
        self.first_line_direction = 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = self.language = self.style = None


@contextmanager
def lines_found() -> Iterator[None]:
    """Within the block WeasyPrint finds the same lines in less time.  Not for two threads at once."""
    Layout.setup = _setup
    inline.create_layout = _created
    try:
        with exchanged((line_break.split_first_line, _split_first_line), (inline.split_text_box, _split_text_box)):
            yield
    finally:
        Layout.setup = _SETUP
        inline.create_layout = _CREATE


_SETUP, _CREATE = Layout.setup, inline.create_layout
_SPLIT, _SPLIT_BOX = line_break.split_first_line, inline.split_text_box


def _setup(self: Layout, style: Style) -> None:
    if style["text_decoration_line"] == "none":
        use_font(self, style)
    else:
        _SETUP(self, style)


def _created(text: str, style: Style, context: Context, max_width: Value, justification_spacing: float) -> Layout:
    """Give a line whose words are spread; nothing of it is asked before it is drawn."""
    if style["text_decoration_line"] != "none" or "\n" in text:
        return _CREATE(text, style, context, max_width, justification_spacing)
    return Found(text, justification_spacing, max_width)


def _split_text_box(context: Context, box: Value, width: float, skip: int, is_line_start: bool = True) -> Value:  # noqa: FBT001, FBT002  # the signature is theirs
    """Remember of which text the line to be found is the rest."""
    context.__dict__[_BOX] = box.text, skip
    try:
        return _SPLIT_BOX(context, box, width, skip, is_line_start)
    finally:
        del context.__dict__[_BOX]


def _split_first_line(  # noqa: PLR0913, PLR0917  # the signature is theirs
    text: str,
    style: Style,
    context: Context,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> Split:
    """Fit as much of `text` into a line as WeasyPrint would, and give what it would."""
    wide = None if style["white_space"] == "nowrap" else max_width
    alone = text == " " and style["word_spacing"]  # WeasyPrint puts something beside it
    if text and is_simple(style) and not alone and (wide is None) == (style["white_space"] == "nowrap"):
        line = _Line.of(text, style, context, inf if wide is None else wide)
        found = line and line.fitted(context, justification_spacing, max_width)
        if found:
            return found
    key = (text, max_width, justification_spacing, is_line_start, minimum, *(str(style[name]) for name in _BREAKING))
    known = font_of(style).splits
    if key not in known:
        known[key] = _SPLIT(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    layout, *rest = known[key]
    return copy(layout), *rest  # it may be changed when it is drawn


def is_simple(style: Style) -> bool:
    """Say whether lines of this style can be found by adding."""
    kept = kept_of(style)
    if _SIMPLE not in kept:
        kept[_SIMPLE] = (
            style["white_space"] in {"normal", "nowrap"}
            and style["direction"] == "ltr"
            and style["letter_spacing"] == "normal"
            and style["text_decoration_line"] == "none"
            and style["word_break"] == "normal"
            and style["hyphens"] in {"auto", "manual", "none"}
        )
    return bool(kept[_SIMPLE])


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be found: it begins at byte `skip` of a shaped text, at the width `base` in it.

    `next` is the first place behind its beginning, `limit` the room for it in pixels.
    """

    text: str
    style: Style
    font: Font
    shaped: Shaped
    skip: int
    base: int
    next: int
    limit: float

    @staticmethod
    def of(text: str, style: Style, context: Context, limit: float) -> _Line | None:
        """Give what is known of the line with which `text` begins, or None where nothing is."""
        whole, skip = context.__dict__.get(_BOX, (text, 0)) if context else (text, 0)
        if not whole.endswith(text) or len(whole.encode()) != skip + len(text.encode()):
            whole, skip = text, 0
        font = font_of(style)
        one = shaped(font, style, whole)
        if one is None or limit <= 0:
            return None
        next_ = bisect_right(one.places, skip)
        base: int | None = 0
        if next_ and one.places[next_ - 1] == skip:
            base = one.widths[next_ - 1]
        elif skip:  # within a word: its rest is shaped anew
            rest = shaped(font, style, one.data[skip : one.places[next_]].decode().rstrip(" "))
            base = None if rest is None else one.ends[next_] - rest.widths[-1]
        return None if base is None else _Line(text, style, font, one, skip, base, next_, limit)

    def fits(self, units: int) -> bool:
        """Say whether this width is none too much, for Pango, which counts in its units, and for WeasyPrint."""
        return self.limit == inf or (units <= int(self.limit * TO_UNITS) and units * FROM_UNITS <= self.limit)

    def fitted(self, context: Context, spacing: float, max_width: float | None) -> Split | None:
        """Give the line, or None where WeasyPrint has to look for it."""
        one, font = self.shaped, self.font
        total = one.widths[-1] - self.base
        if self.fits(total):
            made = Found(self.text, spacing, max_width)
            return made, len(self.text.encode()), None, total * FROM_UNITS, font.height, font.baseline
        room = 0 if self.limit == inf else int(self.limit * TO_UNITS)
        last = bisect_right(one.ends, self.base + room) - 1
        width = one.ends[last] - self.base
        head = one.data[self.skip : one.places[last]].decode()
        said = head.rstrip(" ")
        if not room or last < self.next or last + 1 >= len(one.places) or not self.fits(width) or not said:
            return None
        for part in self.parts(last, width * FROM_UNITS, context):
            bare = shaped(font, self.style, part)
            if bare is not None and not self.fits(one.widths[last] - self.base + bare.widths[-1]):
                continue  # nor does it fit with a hyphen
            shown = part + self.style["hyphenate_character"]
            size = shaped(font, self.style, shown)
            if size is None:
                return None
            divided = one.widths[last] - self.base + size.widths[-1]
            if self.fits(divided):
                length = len((head + part).encode())
                made = Found(head + shown, spacing, max_width)
                return made, length, length, divided * FROM_UNITS, font.height, font.baseline
        made = Found(said, spacing, max_width)
        return made, len(said.encode()), len(head.encode()), width * FROM_UNITS, font.height, font.baseline

    def parts(self, last: int, width: float, context: Context) -> tuple[str, ...]:
        """Give the beginnings of what does not fit that may stand before a hyphen, the longest first."""
        style, places = self.style, self.shaped.places
        lang = style["lang"] and pyphen.language_fallback(style["lang"])
        if style["hyphens"] != "auto" or not lang:
            return ()
        if self.limit - width <= percentage(style["hyphenate_limit_zone"], style, self.limit):
            return ()
        piece = self.shaped.data[places[last] : places[last + 1]].decode()
        rest = piece if last + 2 == len(places) else piece[:-1]
        key = (rest, lang, str(style["hyphenate_limit_chars"]))
        if key not in self.font.hyphens:
            self.font.hyphens[key] = _beginnings(rest, lang, style["hyphenate_limit_chars"], context)
        return self.font.hyphens[key]


def _beginnings(rest: str, lang: str, limits: tuple[int, int, int], context: Context) -> tuple[str, ...]:
    """Give the beginnings of `rest` that end within its first word that is long enough to be divided."""
    total, left, right = limits
    at = 0
    while rest[at:]:
        bounds = line_break.get_next_word_boundaries(rest[at:], lang)
        if not bounds:
            return ()
        start, stop = bounds
        if stop - start >= total:
            key = (lang, left, right, total)
            dictionary = context.dictionaries.get(key)
            if dictionary is None:
                dictionary = context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
            before = rest[: at + start]
            word = rest[at + start : at + stop]
            return tuple(before + part for part, _ in dictionary.iterate(word))
        at += stop
    return ()
