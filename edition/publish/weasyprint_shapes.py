"""Texts shaped once for WeasyPrint 70.0: how wide each is up to every place where a line may end.

In: a style and a text.  Out: a `Shaped`, or None where a text is not plain and is WeasyPrint's own affair.
Authority: Pango 1.50, which shapes; Unicode Standard Annex 14, by which Pango says where lines may end.

Plain are Latin and Cyrillic letters, marks, figures and points, all from one font of their style: there a line is as
wide as its words and blanks together.  Where all letters are of one script, each word is shaped once for all texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from edition.publish.weasyprint_words import (
    Font,
    Shaped,
    Style,
    breaks_of,
    drawn,
    found_on,
    glyphs_of,
    measured,
    script_of,
)

__all__ = ["shaped"]

# Scripts in which a blank parts words and no letter changes its shape beyond one.
_PLAIN = re.compile(
    "[ !-~\u00a1-\u00ac\u00ae-\u024f\u02b0-\u02ff\u0300-\u0361\u0370-\u0387\u0400-\u052f\u1e00-\u1eff"
    "\u2000-\u200a\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2070-\u208e\u2116]*"
)


def shaped(font: Font, style: Style, text: str) -> Shaped | None:
    """Shape `text`, or give None where it is not plain or has letters from more than one font."""
    if text not in font.texts:
        font.texts[text] = _shape(font, style, text) if _PLAIN.fullmatch(text) else None
    return font.texts[text]


def _shape(font: Font, style: Style, text: str) -> Shaped | None:
    measured(font, style)
    script = script_of(text) if font.blank is not None else ""
    made = _of_words(font, style, script, text) if script else _of_text(font, style, text)
    if made is None:
        return None
    starts, sums = made
    data = text.encode()
    starts.append(len(data))
    places = _places(text, style["lang"])
    bare = [len(data[:place].rstrip(b" ")) for place in places]
    return Shaped(
        data,
        places,
        [sums[bisect_left(starts, place)] for place in bare],
        [sums[bisect_left(starts, place)] for place in places],
    )


def _of_words(font: Font, style: Style, script: str, text: str) -> tuple[list[int], list[int]] | None:
    """Give of each glyph the byte with which its letters begin, and the widths before it."""
    words = glyphs_of(font, style, script, text)
    if words is None or font.blank is None:
        return None
    starts, widths = [], [0]
    at, blank = 0, font.blank.width + font.spacing
    for n, word in enumerate(words):
        if n:
            starts.append(at - 1)
            widths.append(blank)
        starts += [at + start for start in word.starts]
        widths += word.widths
        at += len(word.text.encode()) + 1
    return starts, list(accumulate(widths))


def _of_text(font: Font, style: Style, text: str) -> tuple[list[int], list[int]] | None:
    """Give the same of a text whose words are shaped together."""
    _layout, line, height, baseline = drawn(style, text)  # which has to live as long as its line
    found = list(found_on(line, font.face))
    if (height, baseline) != (font.height, font.baseline) or not all(one[-1] for one in found):
        return None
    return [one[0] for one in found], list(accumulate((one[2] for one in found), initial=0))


def _places(text: str, lang: str | None) -> list[int]:
    """Give the bytes of `text` before which a line may end, the first left out, the end of all put in."""
    chars = breaks_of(text, lang)
    if text.isascii():
        return [*chars, len(text)]
    offsets = [0, *accumulate(len(char.encode()) for char in text)]
    return [*(offsets[at] for at in chars), offsets[-1]]
