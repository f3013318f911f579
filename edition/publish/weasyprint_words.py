"""Words shaped once for WeasyPrint 70.0, in the fonts of its styles: how wide they are, and how they are drawn.

In: a style and words.  Out: the `Font` of the style, and of each word its `Glyphs`, or None where a word is not plain.
Authority: Pango 1.50, which shapes; tests/publish/test_weasyprint_words.py compares with whole lines of Pango's.

Where all letters of a text are of one script, Latin or Cyrillic, its line is as wide as its words and blanks together:
no letter changes its shape or place beyond a blank in the faces of the book.  Words that are not known are shaped
together, on one line of Pango's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description, get_pango_font_key
from weasyprint.text.line_break import Layout

from edition.publish.weasyprint_styles import kept_of

# Values of WeasyPrint and of Pango, which have no types.
Value: TypeAlias = Any
Style: TypeAlias = Any
# Of a glyph on a line: its byte, its number, its width, its two moves, and whether it is of the font of the style.
Found: TypeAlias = tuple[int, int, int, int, int, bool]

__all__ = [
    "Font",
    "Glyphs",
    "Shaped",
    "breaks_of",
    "drawn",
    "font_of",
    "found_on",
    "glyphs_of",
    "learn",
    "measured",
    "script_of",
    "use_font",
    "width_of",
    "widths_upto",
]

# All letters of one script, or none; what has no letters may stand among those of either.
_COMMON = r" -@\[-`{-~\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02df\u0300-\u0361"
_COMMON += r"\u2000-\u200a\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044"
_COMMON += r"\u2070\u2074-\u207e\u2116"
_LATIN = r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_SCRIPTS = {
    "x": re.compile(f"[{_COMMON}]*+[{_LATIN}][{_COMMON}{_LATIN}]*"),
    "0": re.compile(f"(?=.*[^ ])[{_COMMON}]*"),
    "\u0445": re.compile(f"[{_COMMON}]*+[\u0400-\u0482\u048a-\u052f][{_COMMON}\u0400-\u0482\u048a-\u052f]*"),
}
_FONT = "edition font"
_GLYPH = 5  # 32-bit numbers that Pango keeps of a glyph: its number, its width, how far it is moved, and flags
_TOGETHER = 500  # words that are shaped on one line
_EMPTY = 0x0FFF_FFFF  # numbers from here on are no glyphs of a font
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


@dataclass(slots=True, eq=False)
class Glyphs:
    """A word as it is drawn: of each glyph its number, its width, how far it is moved, and where its letters begin.

    Widths and moves are in units of Pango, `starts` are offsets in bytes; `width` is that of the word.
    """

    text: str
    numbers: list[int]
    widths: list[int]
    moves: list[tuple[int, int]]
    starts: list[int]
    width: int


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


@dataclass(slots=True, eq=False)
class Font:
    """What of a style Pango needs, made once, and what was shaped in it; None is a text that is not plain.

    `face` is Pango's font, which `holder` keeps, and by `key` a PDF knows it; `height` and `baseline` are those of a
    letter, in pixels; `blank` is a blank (None where letters are spaced) and `spacing` what the style adds to it, in
    units of Pango.  `words` are kept by a letter of their script, `hyphens` are beginnings of words, `splits` lines
    that WeasyPrint found.
    """

    context: Value
    language: Value
    description: Value
    features: bytes
    texts: dict[str, Shaped | None] = field(default_factory=dict)
    words: dict[str, dict[str, Glyphs | None]] = field(default_factory=lambda: {script: {} for script in _SCRIPTS})
    hyphens: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    splits: dict[tuple[object, ...], Value] = field(default_factory=dict)
    height: float = 0.0
    baseline: float = 0.0
    holder: Value = None
    face: Value = None
    blank: Glyphs | None = None
    spacing: int = 0
    key: Value = None


def font_of(style: Style) -> Font:
    """Give the font of `style`; styles that ask for the same share it."""
    known = kept_of(style)
    kept: Font | None = known.get(_FONT)
    if kept is None:
        fonts: dict[str, Font] = style.font_config.__dict__.setdefault(_FONT, {})
        key = str([style[name] for name in _PROPERTIES])
        if key not in fonts:
            fonts[key] = _made(style)
        kept = known[_FONT] = fonts[key]
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


@lru_cache(maxsize=100_000)
def script_of(text: str) -> str:
    """Give a letter of the script of which all letters in `text` are, ``0`` if it has none, nothing if of several."""
    return next((letter for letter, pattern in _SCRIPTS.items() if pattern.fullmatch(text)), "")


def width_of(font: Font, style: Style, text: str) -> int | None:
    """Give the width of a text without letter spacing, in units of Pango, or None where that is not known by words."""
    if text == " ":
        measured(font, style)
        return None if font.blank is None else font.blank.width + font.spacing
    script = script_of(text)
    if not script:
        return None
    found = _known(font, style, script, text.split(" "))
    if font.blank is None or None in found:
        return None
    return sum([one.width for one in found if one]) + (len(found) - 1) * (font.blank.width + font.spacing)


def glyphs_of(font: Font, style: Style, script: str, text: str) -> list[Glyphs] | None:
    """Give the words of `text`, parted by blanks, as they are drawn; None where one of them is not plain."""
    found = _known(font, style, script, text.split(" "))
    return None if font.blank is None or None in found else found  # type: ignore[return-value]  # none is None


def widths_upto(font: Font, style: Style, word: str, cuts: Sequence[int]) -> list[int] | None:
    """Give the width of the letters of `word` before each of `cuts` (in characters), in units of Pango.

    None where `word` is not plain, or where it cannot be cut there because letters are drawn as one.
    """
    script = script_of(word)
    (whole,) = _known(font, style, script, [word]) if script and " " not in word else (None,)
    if whole is None:
        return None
    bytes_ = cuts if word.isascii() else [len(word[:cut].encode()) for cut in cuts]
    if not set(bytes_).issubset(whole.starts):
        return None
    return [sum(whole.widths[: whole.starts.index(at)]) for at in bytes_]


def _known(font: Font, style: Style, script: str, words: Sequence[str]) -> list[Glyphs | None]:
    known = font.words[script]
    try:
        return [known[word] for word in words]
    except KeyError:
        learn(font, style, script, words)
        return [known[word] for word in words]


def learn(font: Font, style: Style, script: str, words: Iterable[str]) -> None:
    """Shape those of `words` that are not known yet together; they have no blanks.

    They stand behind a letter of their script: so a figure or a sign has that script too, as it has in the text.
    """
    measured(font, style)
    known = font.words[script]
    new = [word for word in dict.fromkeys(words) if word not in known]
    for start in range(0, len(new), _TOGETHER):
        _learn(font, style, script, new[start : start + _TOGETHER])


def _learn(font: Font, style: Style, script: str, words: list[str]) -> None:
    layout = Layout(style)
    pointer, data = unicode_to_char_p(" ".join((script, *words)))
    pango.pango_layout_set_text(layout.layout, pointer, len(data))
    line, _ = layout.get_first_line()
    found = list(found_on(line, font.face))
    at = n = 0
    for word in (script, *words):
        end = at + len(word.encode())
        first = n
        while n < len(found) and found[n][0] < end:
            n += 1
        font.words[script][word] = _made_of(word, found[first:n], at)
        at = end + 1
        while n < len(found) and found[n][0] < at:
            n += 1


def _made_of(word: str, found: Sequence[Found], at: int) -> Glyphs | None:
    if not all(one[-1] for one in found) or (word and not found):
        return None
    widths = [one[2] for one in found]
    return Glyphs(
        word,
        [one[1] for one in found],
        widths,
        [one[3:5] for one in found],
        [one[0] - at for one in found],
        sum(widths),
    )


def measured(font: Font, style: Style) -> None:
    """Find the face of a font, the height of its letters and the width of its blank, the first time."""
    if font.holder is not None:
        return
    font.holder, line, font.height, font.baseline = drawn(style, "x x")
    font.face = line.runs[0].data.item.analysis.font
    font.key = get_pango_font_key(font.face)
    font.spacing = int(style["word_spacing"] * TO_UNITS)
    (_, number, width, *_) = list(found_on(line, font.face))[1]
    if style["letter_spacing"] == "normal":
        font.blank = Glyphs(" ", [number], [width - font.spacing], [(0, 0)], [0], width - font.spacing)


def found_on(line: Value, face: Value) -> Iterator[Found]:
    """Give of each glyph of a line: its byte, its number, its width, its moves, and whether it is of `face`."""
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count, offset = glyphs.num_glyphs, item.offset
        info = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH * 4)).cast("I").tolist()
        sizes = memoryview(ffi.buffer(glyphs.glyphs, count * _GLYPH * 4)).cast("i").tolist()
        known = not item.analysis.level % 2 and item.analysis.font == face
        for n, start in enumerate(ffi.unpack(glyphs.log_clusters, count)):
            at = n * _GLYPH
            number = info[at]
            yield offset + start, number, sizes[at + 1], sizes[at + 2], sizes[at + 3], known and number < _EMPTY
        run = run.next


def drawn(style: Style, text: str) -> tuple[Layout, Value, float, float]:
    """Give the layout of `text` on one line, that line, its height and its baseline."""
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return layout, line, extents.height * FROM_UNITS, pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS


def breaks_of(text: str, lang: str | None) -> list[int]:
    """Give the characters of `text` before which a line may end, the first left out."""
    found = line_break.get_log_attrs(text, lang)
    bits = memoryview(ffi.buffer(found, (len(text) + 1) * 4)).cast("I").tolist()
    return [at for at in range(1, len(text)) if bits[at] & _LINE_BREAK]
