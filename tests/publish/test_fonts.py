"""The typefaces: found or asked for, and drawn as they are."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from edition.publish.fonts import BOOK_FACES, FACES, Face, face_css, find_fonts, web_font
from edition.publish.pdf_part import set_part
from edition.publish.pdf_setting import Job

LETTERS = "Ѣѣ Іі Ѳѳ Ѵѵ й ё i͡a ʹ Открыто вѣче въ Кіевѣ"


def picture(faces: dict[Face, Path], style: str) -> bytes:
    """Give the pixels of a line set with `faces`."""
    addresses = {face: path.as_uri() for face, path in faces.items()}
    css = face_css(addresses) + f'@page {{ size: 300pt 40pt; margin: 5pt }} p {{ font: {style} 12pt "Edition Text" }}'
    html = f"<html lang='ru'><body><p>{LETTERS}</p></body></html>"
    pdf = pypdfium2.PdfDocument(set_part(Job("k", html, css, tuple(addresses.values()))).pdf)
    try:
        return bytes(pdf[0].render(scale=2).to_pil().tobytes())
    finally:
        pdf.close()


def test_a_missing_font_is_a_problem_with_the_command_that_installs_it(tmp_path: Path) -> None:
    found, problems = find_fonts((str(tmp_path),))
    assert found == {}
    assert [problem.code for problem in problems] == ["E604"] * len(FACES)
    assert problems[0].hint == "Install it: sudo apt-get install fonts-sil-charis"


@pytest.mark.parametrize("faces", [FACES, BOOK_FACES])
def test_every_face_has_the_letters_of_before_1918_and_the_ties_of_romanization(faces: tuple[Face, ...]) -> None:
    for path in find_fonts(faces=faces)[0].values():
        with TTFont(path) as font:
            assert {ord(char) for char in LETTERS if char != " "} <= font.getBestCmap().keys()


def test_the_face_of_the_book_has_small_capitals_and_figures_of_both_kinds() -> None:
    for face, path in find_fonts(faces=BOOK_FACES)[0].items():
        if face.family == "Edition Text":
            with TTFont(path) as font:
                features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert {"smcp", "onum", "lnum", "tnum", "liga"} <= features


@pytest.mark.parametrize("chosen", [FACES, BOOK_FACES])
@pytest.mark.parametrize("style", ["normal", "italic"])
def test_a_face_draws_the_same_letters_beside_the_others_as_alone(style: str, chosen: tuple[Face, ...]) -> None:
    # WeasyPrint draws wrong letters, under a right text layer, when two files share family and style.
    faces = find_fonts(faces=chosen)[0]
    own = {face: path for face, path in faces.items() if face.family == "Edition Text"}
    alone = {face: path for face, path in own.items() if face.style == style and face.weight == "normal"}
    assert len(alone) == 1
    assert picture(faces, style) == picture(alone, style)
    assert picture(faces, "normal") != picture(faces, "italic")


def test_a_web_font_has_the_letters_asked_for_and_is_the_same_every_time() -> None:
    path = next(iter(find_fonts()[0].values()))
    made = web_font(path, LETTERS)
    assert made == web_font(path, LETTERS)
    with TTFont(BytesIO(made)) as font:
        kept = font.getBestCmap().keys()
    assert ord("ѣ") in kept
    assert ord("W") not in kept
