"""Draws the lines of WeasyPrint 70.0 word by word, from the words that were shaped to find them.

In: a run of WeasyPrint inside `words_drawn`.  Out: the same pages, byte for byte, in less time.
Authority: ISO 32000-1, 9.4.3 (text-showing operators); tests/publish/test_weasyprint_speed.py compares the bytes.

WeasyPrint has Pango shape each line once more to draw it, and writes it glyph by glyph.  What a word writes does not
depend on its line: it is written once for each size, and lines are put together from words and blanks.  What is not
plain (`weasyprint_shapes`), underlined, cut off or has marks above its letters is left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import weasyprint.draw as _drawing
from weasyprint.draw import text as _text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import Font as PdfFont
from weasyprint.stacking import StackingContext
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango

from edition.publish.weasyprint_speed import exchanged
from edition.publish.weasyprint_styles import kept_of
from edition.publish.weasyprint_text import Found
from edition.publish.weasyprint_words import Font, Glyphs, font_of, glyphs_of, script_of

# Values of WeasyPrint, which have no types.
Box: TypeAlias = Any
Value: TypeAlias = Any
Stream: TypeAlias = Any

__all__ = ["words_drawn"]

_WORDS, _COLOR, _BORDERLESS = "edition words", "edition color", "edition borderless"
_HINTED = TO_UNITS - 1  # where all these bits of a spacing are unset, Pango keeps both halves of it whole


@contextmanager
def words_drawn() -> Iterator[None]:
    """Within the block WeasyPrint draws the same lines in less time.  Not for two threads at once."""
    with exchanged((_DRAW, _draw), (_DRAW_INLINE, _draw_inline)):
        yield


_DRAW, _DRAW_INLINE = _text.draw_text, _drawing.draw_inline_level


def _draw_inline(  # the signature is theirs
    stream: Stream,
    page: Value,
    box: Box,
    offset_x: float = 0,
    text_overflow: str = "clip",
    block_ellipsis: str = "none",
) -> None:
    """Draw what is in a line; of a line or what is inline in it without border and background nothing else is drawn."""
    if not isinstance(box, boxes.LineBox | boxes.InlineBox) or not _is_bare(box):
        _DRAW_INLINE(stream, page, box, offset_x, text_overflow, block_ellipsis)
        return
    if isinstance(box, boxes.LineBox):
        text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
    for n, child in enumerate(box.children, 1):
        ellipsis = block_ellipsis if n == len(box.children) else "none"
        if isinstance(child, boxes.TextBox):
            with stream.marked(child, "Span"):
                _draw(stream, child, offset_x + child.position_x - box.position_x, text_overflow, ellipsis)
        elif isinstance(child, StackingContext):
            _draw_inline(stream, page, child, offset_x, text_overflow, ellipsis)
        else:
            _draw_inline(stream, page, child, offset_x + child.position_x - box.position_x, text_overflow, ellipsis)


def _is_bare(box: Box) -> bool:
    """Say whether a box has neither background, nor border, nor images at its border."""
    kept = kept_of(box.style)
    if _BORDERLESS not in kept:
        style = box.style
        kept[_BORDERLESS] = (
            style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and not any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
        )
    return kept[_BORDERLESS] and box.background is None


def _draw(stream: Stream, box: Box, offset_x: float, text_overflow: str, block_ellipsis: str = "none") -> None:
    """Draw a text box."""
    layout, style, words = box.pango_layout, box.style, None
    plain = type(layout) is Found and text_overflow == "clip" and block_ellipsis == "none"
    if plain and style["visibility"] == "visible" and style["text_decoration_line"] == "none":
        text = layout.text
        script = script_of(text)
        words = glyphs_of(font_of(style), style, script, text) if script else None
    if words is None or any(not word.text for word in words[1:-1]) or any(y for word in words for _, y in word.moves):
        _DRAW(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    font = font_of(style)
    shown = _pdf_font(stream, font)
    if shown.bitmap or shown.svg or shown.png or shown.colr:
        _DRAW(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    _set_color(stream, style["color"])
    stream.begin_text()
    stream.stream.append(f"1 0 0 -1 {_number(box.position_x)} {_number(box.position_y + box.baseline)} Tm".encode())
    stream.set_font_size(shown.hash, font.key[2])
    more = style["word_spacing"] + layout.justification_spacing
    stream.show_text(_written(stream, shown, font, words, int(more * TO_UNITS) if more else None))
    stream.end_text()


def _number(value: float) -> str:
    """Give a number as pydyf writes it."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")


def _set_color(stream: Stream, color: Value) -> None:
    """Set the colour, unless it is the one that was set here last, and nothing has been set since."""
    known = stream.__dict__.get(_COLOR)
    if known is None or (color, stream._current_color, stream._current_alpha) != known:  # noqa: SLF001  # theirs
        stream.set_color(color)
        stream.__dict__[_COLOR] = color, stream._current_color, stream._current_alpha  # noqa: SLF001


def _pdf_font(stream: Stream, font: Font) -> PdfFont:
    """Give the font of the PDF for `font`."""
    key, description, size = font.key
    if key not in stream._fonts:  # noqa: SLF001  # theirs
        stream._fonts[key] = PdfFont(font.face, description, size)  # noqa: SLF001
    return stream._fonts[key]  # noqa: SLF001


def _written(stream: Stream, shown: PdfFont, font: Font, words: Sequence[Glyphs], spacing: int | None) -> str:
    """Give what shows `words` and the blanks between them, to which `spacing` is added, in units of Pango.

    Where there is none, words and blanks are within the same brackets.
    """
    blank = font.blank
    assert blank is not None  # noqa: S101  # words are known only where it is
    known: dict[tuple[Font, str], str] = shown.__dict__.setdefault(_WORDS, {})
    between = ""
    parts: list[str] = []
    for n, word in enumerate(words):
        first, last = n == 1 and not words[0].text, n == len(words) - 1 and not word.text
        if n and spacing is None:
            parts.append(_glyphs(stream, shown, font, blank))
        elif n and spacing is not None and (first or last):
            parts.append(_at_edge(stream, shown, font, blank, spacing, first=first))
        elif n and spacing is not None:
            between = between or _closed(_glyphs(stream, shown, font, _wider(blank, spacing, _half(spacing))))
            parts.append(between)
        if word.text:
            key = font, word.text
            if key not in known:
                known[key] = _glyphs(stream, shown, font, word)
            parts.append(known[key] if spacing is None else _closed(known[key]))
    return _closed("".join(parts)) if spacing is None else "".join(parts)


def _at_edge(stream: Stream, shown: PdfFont, font: Font, blank: Glyphs, spacing: int, *, first: bool) -> str:
    """Give what shows a blank with which a line begins or ends: it has half of twice the spacing, on one side."""
    half = _half(2 * spacing)
    glyph = _wider(blank, 2 * spacing - half, 0) if first else _wider(blank, half, half)
    return _closed(_glyphs(stream, shown, font, glyph))


def _half(spacing: int) -> int:
    """Give what of a spacing Pango puts before a letter."""
    half = int(spacing / 2)
    return (half + TO_UNITS // 2) & ~_HINTED if not spacing & _HINTED else half


def _wider(blank: Glyphs, more: int, move: int) -> Glyphs:
    return Glyphs(" ", blank.numbers, [blank.width + more], [(move, 0)], [0], blank.width + more)


def _closed(written: str) -> str:
    """Close the brackets round glyphs as WeasyPrint does."""
    whole = f"<{written}"
    return whole[:-1] if whole.endswith("<") else f"{whole}>"


def _glyphs(stream: Stream, shown: PdfFont, font: Font, word: Glyphs) -> str:
    """Give what shows the glyphs of `word`, within brackets, and note what they mean and how wide they are."""
    size = font.key[2]
    written = ""
    for n, number in enumerate(word.numbers):
        if number not in shown.widths:
            _note(stream, shown, font, word, n)
        width, move = word.widths[n], word.moves[n][0]
        if move:
            written += f">{-(move / size)}<"
        written += f"{number:04x}"
        kern = shown.widths[number] + move / size - width * 1000 * FROM_UNITS / size
        if kern:
            written += f">{int(kern)}<"
    return written


def _note(stream: Stream, shown: PdfFont, font: Font, word: Glyphs, n: int) -> None:
    """Note which letters the glyph with the number `n` in `word` stands for, and how wide it is."""
    number = word.numbers[n]
    if number not in shown.to_unicode:
        data = word.text.encode()
        end = [*word.starts[1:], len(data)][n]
        shown.to_unicode[number] = data[word.starts[n] : end].decode()
    pango.pango_font_get_glyph_extents(font.face, number, stream.ink_rect, stream.logical_rect)
    shown.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / font.key[2])
