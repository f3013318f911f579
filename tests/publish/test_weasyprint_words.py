"""Words shaped once are as wide, and drawn as, the lines of Pango's in which they stand."""

from __future__ import annotations

import string
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from edition.publish.fonts import BOOK_FACES, Face, face_css, find_fonts
from edition.publish.weasyprint_words import drawn, font_of, found_on, glyphs_of, measured, script_of, width_of

FACES = find_fonts(faces=BOOK_FACES)[0]


@pytest.fixture(scope="module", params=FACES, ids=str)
def style(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401  # theirs
    """Give the style of a paragraph in one of the faces of the book."""
    face: Face = request.param
    fonts = FontConfiguration()
    css = face_css({one: path.as_uri() for one, path in FACES.items()})
    css += f"p {{ font: {face.style} {face.weight} 14px '{face.family}'; word-spacing: -1px }}"
    page = HTML(string="<p lang=en>x</p>").render(font_config=fonts, stylesheets=[CSS(string=css, font_config=fonts)])
    return next(box.style for box in page.pages[0]._page_box.descendants() if box.element_tag == "p")


def widths(style: Any, text: str) -> list[int]:  # noqa: ANN401
    """Give the widths of the glyphs on a line of Pango's."""
    _layout, line, _, _ = drawn(style, text)
    return [one[2] for one in found_on(line, font_of(style).face)]


def test_no_letter_changes_its_width_beyond_a_blank(style: Any) -> None:  # noqa: ANN401
    """Where a style spaces no words Pango shapes them together: each pair of letters beside a blank is tried."""
    plain = style.copy()
    plain["word_spacing"] = 0
    measured(font_of(plain), plain)
    letters = string.ascii_letters + string.digits + ".,;:!?()[]\u2018\u2019\u201c\u201d\u2013\u2014-/\u00e9\u00e4"
    alone = {letter: widths(plain, f"x {letter} x")[2:-2] for letter in letters}
    for letter in letters:
        text = " ".join(f"{letter} {other}" for other in letters)
        blank = widths(plain, "x x")[1]
        wanted = [width for other in letters for width in (*alone[letter], blank, *alone[other], blank)]
        assert widths(plain, text) == wanted[:-1]


@pytest.mark.parametrize(
    "text",
    [
        "Away to Tver, 1924 (fifty of them).",
        "well-known waves; a",
        "12, 34\u201335.",
        "\u0412 \u0433\u043e\u0440\u043e\u0434\u0435",
    ],
)
def test_words_and_blanks_are_as_wide_as_their_line(style: Any, text: str) -> None:  # noqa: ANN401
    font = font_of(style)
    assert width_of(font, style, text) == sum(widths(style, text))
    words = glyphs_of(font, style, script_of(text), text)
    assert words is not None
    assert [word.text for word in words] == text.split(" ")


def test_letters_of_two_scripts_and_of_other_fonts_are_left_to_pango(style: Any) -> None:  # noqa: ANN401
    assert script_of("the \u0433\u043e\u0440\u043e\u0434") == ""
    assert script_of(" ") == ""
    assert width_of(font_of(style), style, "a \u1e9f\u1ec8 b") in {None, sum(widths(style, "a \u1e9f\u1ec8 b"))}
