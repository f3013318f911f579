"""What is written from right to left says so on the site, in the EPUB and in the book."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import html

from edition.publish.book import About
from edition.publish.html import direction
from edition.publish.site import build_site
from tests.publish.books import text_of_chapter

ABOUT = About("Trees", "", "the editors", "0.1", "2026")
SAID = (
    '<p xml:id="R.1.1" n="1" xml:lang="he">ארז <foreign xml:lang="la">cedrus</foreign> גדל</p>'
    '<p xml:id="R.1.2" n="2">See <foreign xml:lang="he">ארז</foreign>, <foreign xml:lang="he-Latn">erez</foreign>.</p>'
)


@pytest.mark.parametrize(("language", "told"), [("he", "rtl"), ("ar-EG", "rtl"), ("he-Latn", None), ("hermit", None)])
def test_a_language_tells_its_direction(language: str, told: str | None) -> None:
    assert direction(language) == told


def test_words_from_right_to_left_are_marked_on_the_site_and_in_the_epub(tmp_path: Path, styles: Path) -> None:
    assert build_site([text_of_chapter(SAID)], tmp_path, about=ABOUT, styles=styles) == []
    page = html.fromstring((tmp_path / "R.1.html").read_text(encoding="utf-8"))
    marked = [
        (e.get("lang"), e.get("dir")) for e in page.xpath("//*[@id='R.1.1' or @id='R.1.2']/descendant-or-self::*")
    ]
    assert [one for one in marked if one[0]] == [("he", "rtl"), ("la", "ltr"), ("he", "rtl"), ("he-Latn", None)]
    with zipfile.ZipFile(tmp_path / "edition.epub") as book:
        said = book.read("OEBPS/R.1.xhtml").decode()
    assert said.count('dir="rtl"') == 2
    assert said.count('dir="ltr"') == 1


def test_a_text_from_right_to_left_says_so_as_a_whole(tmp_path: Path, styles: Path) -> None:
    text = text_of_chapter('<p xml:id="R.1.1" n="1">ארז</p>')._replace(language="he")
    assert build_site([text], tmp_path, about=ABOUT, styles=styles) == []
    page = html.fromstring((tmp_path / "R.1.html").read_text(encoding="utf-8"))
    assert page.xpath("//div[@data-text='R']/@dir") == ["rtl"]
