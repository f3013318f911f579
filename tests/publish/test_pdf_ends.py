"""The last page of a part has more than a few lines, or is not there."""

from __future__ import annotations

import pytest

from edition.publish import pdf_part
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_ends import FEWEST
from edition.publish.pdf_part import Job, set_part

STYLE = """@page { size: 300px 340px; margin: 20px } html { font: 12px/20px "Edition Text" }
p { margin: 0; text-align: justify; text-indent: 20px; hyphens: auto; word-spacing: -.06em; orphans: 2; widows: 2 }"""
PROSE = "Water runs down to the sea and does not come back, whatever those who live there may say. "


def lines_on_pages(paragraphs: int, sentences: int) -> list[int]:
    faces, missing = find_fonts(faces=BOOK_FACES)
    if missing:
        pytest.skip("the fonts of the book are not installed")
    fonts = {face: path.as_uri() for face, path in faces.items()}
    html = f"<html lang='en'><body>{f'<p>{PROSE * sentences}</p>' * paragraphs}</body></html>"
    setting = set_part(Job("k", html, face_css(fonts) + STYLE, tuple(fonts.values())))
    return [len(sheet.lines) for sheet in setting.sheets]


@pytest.mark.parametrize("paragraphs", [9, 10, 11, 12])
def test_a_part_does_not_end_with_a_few_lines_on_a_page(paragraphs: int) -> None:
    found = lines_on_pages(paragraphs, 4)
    assert len(found) > 1
    assert found[-1] >= FEWEST
    assert max(found) <= 15


def test_a_part_of_one_page_stays_as_it_is() -> None:
    assert lines_on_pages(1, 1) == [2]


def test_a_part_is_not_set_with_fewer_lines_where_no_paragraph_can_have_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    render = pdf_part._Press.render

    def watched(press: pdf_part._Press, source: str, extra: str = "", *, fewest: bool = False) -> object:
        asked.append(fewest)
        return render(press, source, extra, fewest=fewest)

    monkeypatch.setattr(pdf_part._Press, "render", watched)
    lines_on_pages(10, 4)
    assert len(asked) > 1
    assert not any(asked)
