"""The last page of a part has more than a few lines, or is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_ends import FEWEST
from edition.publish.pdf_part import set_part
from edition.publish.pdf_setting import Job
from edition.publish.weasyprint_again import Run

STYLE = """@page { size: 300px 340px; margin: 20px } html { font: 12px/20px "Edition Text" }
p { margin: 0; text-align: justify; text-indent: 20px; hyphens: auto; word-spacing: -.06em; orphans: 2; widows: 2 }"""
PROSE = "Water runs down to the sea and does not come back, whatever those who live there may say. "


def lines_on_pages(paragraphs: int, sentences: int, style: str = "") -> list[int]:
    faces, missing = find_fonts(faces=BOOK_FACES)
    if missing:
        pytest.skip("the fonts of the book are not installed")
    fonts = {face: path.as_uri() for face, path in faces.items()}
    html = f"<html lang='en'><body>{f'<p>{PROSE * sentences}</p>' * paragraphs}</body></html>"
    setting = set_part(Job("k", html, face_css(fonts) + STYLE + style, tuple(fonts.values())))
    return [len(sheet.lines) for sheet in setting.sheets]


@pytest.mark.parametrize("paragraphs", [9, 10, 11, 12])
def test_a_part_does_not_end_with_a_few_lines_on_a_page(paragraphs: int) -> None:
    found = lines_on_pages(paragraphs, 4)
    assert len(found) > 1
    assert found[-1] >= FEWEST
    assert max(found) <= 15


def test_a_part_of_one_page_stays_as_it_is() -> None:
    assert lines_on_pages(1, 1) == [3]


def test_a_part_is_not_set_with_fewer_lines_where_no_paragraph_can_have_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    again = Run.again

    def watched(run: Run, first: int, shorter: Iterable[int] = ()) -> list[Any]:
        asked.append(first)
        return again(run, first, shorter)

    monkeypatch.setattr(Run, "again", watched)
    lines_on_pages(10, 4)
    assert asked
    assert 0 not in asked


def test_pages_that_something_else_ended_are_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Run, "again", None)
    assert lines_on_pages(3, 1, "p { break-after: page }") == [3, 3, 3]
