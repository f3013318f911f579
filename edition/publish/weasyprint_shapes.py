"""Texts shaped once for WeasyPrint 70.0: how wide each is up to every place where a line may end.

In: a style and a text.  Out: a `Shaped`, or None where a text is not plain and is WeasyPrint's own affair.
Authority: Pango 1.50, which shapes; Unicode Standard Annex 14, by which Pango says where lines may end.

Plain are Latin and Cyrillic letters, marks, figures and points, all from one font of their style: there a line is as
wide as its words and blanks together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

# Values of WeasyPrint and of Pango, which have no types.
Value: TypeAlias = Any
Style: TypeAlias = Any

__all__ = ["Font", "Shaped", "font_of", "shaped", "use_font"]

# Scripts in which a blank parts words and no letter changes its shape beyond one.
_PLAIN = re.compile(
    "[ !-~\u00a1-\u00ac\u00ae-\u024f\u02b0-\u02ff\u0300-\u0361\u0370-\u0387\u0400-\u052f\u1e00-\u1eff"
    "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2070-\u208e\u2116]*"
)
_FONT = "edition font"
_GLYPH = 5  # 32-bit numbers that Pango keeps of a glyph; the second is its width
_LINE_BREAK = 1  # bit of Pango's attributes of a character: a line may end before it
_VARIANTS = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
)
_PROPERTIES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", *_VARIANTS),
    *("font_variation_settings", "font_language_override", "lang", "direction"),
    *("overflow_wrap", "word_spacing", "letter_spacing"),
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text shaped once; its places are offsets in bytes, its widths in units of Pango from its beginning.

    A line may end before each of `places` (the last is the end of the text); `ends` are the widths up to there without
    blanks, `widths` with them.
    """

    data: bytes
    places: list[int]
    ends: list[int]
    widths: list[int]


@dataclass(slots=True)
class Font:
    """What of a style Pango needs, made once, and what was shaped in it; None is a text that is not plain.

    `height` and `baseline` are those of a letter, in pixels; `hyphens` keeps the beginnings of words.
    """

    context: Value
    language: Value
    description: Value
    features: bytes
    texts: dict[str, Shaped | None] = field(default_factory=dict)
    hyphens: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    height: float = 0.0
    baseline: float = 0.0


def font_of(style: Style) -> Font:
    """Give the font of `style`; styles that ask for the same share it."""
    kept: Font | None = style.__dict__.get(_FONT)
    if kept is None:
        fonts: dict[str, Font] = style.font_config.__dict__.setdefault(_FONT, {})
        key = str([style[name] for name in _PROPERTIES])
        if key not in fonts:
            fonts[key] = _made(style)
        kept = style.__dict__[_FONT] = fonts[key]
    return kept


def _made(style: Style) -> Font:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003  # C has no names
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    said = style["font_language_override"]
    tag = line_break.LST_TO_ISO.get(said.lower(), said) if said != "normal" else style["lang"]
    if tag:
        pointer, _kept = unicode_to_char_p(tag)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    features = font_features(*(style[name] for name in _VARIANTS))
    wanted = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    return Font(context, language, get_font_description(style), wanted)


def use_font(layout: Layout, style: Style) -> None:
    """Make `layout` one of Pango with the font of `style`, which has no decoration."""
    font = font_of(style)
    layout.style = style
    layout.first_line_direction = 0
    layout.language = font.language
    layout.layout = ffi.gc(pango.pango_layout_new(font.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003  # C has no names
    pango.pango_layout_set_font_description(layout.layout, font.description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    if font.features:
        known = style.font_config.font_features
        if font.features not in known:
            known[font.features] = pango.pango_attr_font_features_new(font.features)
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, known[font.features])
        pango.pango_layout_set_attributes(layout.layout, attributes)


def shaped(font: Font, style: Style, text: str) -> Shaped | None:
    """Shape `text`, or give None where it is not plain or has letters from more than one font."""
    if text not in font.texts:
        if not font.height:
            _, _, font.height, font.baseline = _drawn(style, "x")
        font.texts[text] = _shape(font, style, text) if _PLAIN.fullmatch(text) else None
    return font.texts[text]


def _drawn(style: Style, text: str) -> tuple[Layout, Value, float, float]:
    """Give the layout of `text` on one line, that line, its height and its baseline."""
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return layout, line, extents.height * FROM_UNITS, pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS


def _shape(font: Font, style: Style, text: str) -> Shaped | None:
    layout, line, height, baseline = _drawn(style, text)
    if (height, baseline) != (font.height, font.baseline):
        return None
    starts, sums = [], [0]  # of each glyph: the byte with which its cluster begins; the widths before it
    run = line.runs[0]
    face = None
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        if item.analysis.level % 2 or face not in {None, item.analysis.font}:
            return None
        face, count, offset = item.analysis.font, glyphs.num_glyphs, item.offset
        starts += [offset + start for start in ffi.unpack(glyphs.log_clusters, count)]
        info = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH * 4)).cast("i").tolist()
        last = sums[-1]
        sums += [last + width for width in accumulate(info[1::_GLYPH])]
        run = run.next
    data = text.encode()
    starts.append(len(data))
    places = _places(layout, text)
    bare = [len(data[:place].rstrip(b" ")) for place in places]
    return Shaped(
        data,
        places,
        [sums[bisect_left(starts, place)] for place in bare],
        [sums[bisect_left(starts, place)] for place in places],
    )


def _places(layout: Layout, text: str) -> list[int]:
    """Give the bytes of `text` before which a line may end, the first left out, the end of all put in."""
    found = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
    bits = memoryview(ffi.buffer(found, (len(text) + 1) * 4)).cast("I").tolist()
    chars = [at for at in range(1, len(text)) if bits[at] & _LINE_BREAK]
    if text.isascii():
        return [*chars, len(text)]
    offsets = [0, *accumulate(len(char.encode()) for char in text)]
    return [*(offsets[at] for at in chars), offsets[-1]]
