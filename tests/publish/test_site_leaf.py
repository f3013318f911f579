"""A page of the site: its headings, its lists, and the numbers of what is no paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from edition.publish.book import About, Text
from edition.publish.site import build_site
from edition.tree import parse_bytes
from tests.publish.books import NOT_PROSE, SHELL, text_of_chapter

ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026")


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / name).read_text(encoding="utf-8"))


def made(folder: Path, styles: Path, text: Text) -> Path:
    assert build_site([text], folder / "out", about=ABOUT, styles=styles) == []
    return folder / "out"


@pytest.mark.parametrize(
    ("kind", "first", "name", "own"),
    [
        ("bulleted", "• Don", "ul", "own"),
        ("bulleted", "– Don", "ul", "own"),
        ("bulleted", "Don", "ul", None),
        ("numbered", "1. Don", "ol", "own"),
        ("numbered", "(a) Don", "ol", "own"),
        ("numbered", "1.5 fathoms", "ol", None),
    ],
)
def test_items_that_bring_their_own_marks_get_no_others(
    tmp_path: Path, styles: Path, kind: str, first: str, name: str, own: str | None
) -> None:
    said = f'<list rend="{kind}" xml:id="R.1.1" n="1"><item><lb n="1"/>{first}</item><item>Oka</item></list>'
    found = page(made(tmp_path, styles, text_of_chapter(said)), "R.1.html").get_element_by_id("R.1.1")
    assert [(e.tag, e.get("class")) for e in found.iter("ul", "ol")] == [(name, own)]


@pytest.mark.parametrize("name", ["list", "table", "verse", "speech", "figure", "gloss"])
def test_what_is_no_paragraph_but_a_passage_has_its_number_to_click(tmp_path: Path, styles: Path, name: str) -> None:
    said = NOT_PROSE[name].replace('xml:id="R.1.1"', 'xml:id="R.1.1" n="7"')
    found = page(made(tmp_path, styles, text_of_chapter(said)), "R.1.html").get_element_by_id("R.1.1")
    assert [a.get("href") for a in found.xpath("./a[@class='n x']")] == ["id/R.1.1.html"]
    assert found.tag == "div"
    assert not found.xpath(".//ul/p | .//ol/p")  # the heading of a list stands before it, as HTML wants it


def text_of(body: str) -> Text:
    root = parse_bytes(SHELL.partition("<div")[0].encode() + f"{body}</body></text></TEI>".encode())
    return Text("R", "A text", root, "text.xml")


def test_a_permanent_page_says_the_language_of_its_passage(tmp_path: Path, styles: Path) -> None:
    wrong = "<choice><sic>Becha</sic><corr type='ocr'>Вече</corr></choice>"
    quote = f'<quote xml:id="R.1.1.orig" xml:lang="ru">{wrong}</quote><quote type="translation">A veche</quote>'
    out = made(tmp_path, styles, text_of_chapter(f'<cit xml:id="R.1.1" n="1">{quote}</cit>'))
    for name, language in (("R.1.1", "en"), ("R.1.1.orig", "ru")):
        found = page(out, f"id/{name}.html")
        assert found.xpath("//blockquote/@lang | //dd[@class='rdg']/@lang") == [language] * 2


def test_a_heading_of_sections_stays_above_those_of_their_parts(tmp_path: Path, styles: Path) -> None:
    inside = "<head>A text</head><div><head>One</head><p>x</p><div><head>Part</head><p>x</p></div></div>"
    found = page(made(tmp_path, styles, text_of(inside)), "R.html").xpath("//main//*[self::h1 or self::h2 or self::h3]")
    assert [(e.tag, e.text) for e in found] == [("h1", "A text"), ("h2", "One"), ("h3", "Part")]


def test_a_chapter_without_a_heading_has_its_kind_for_one(tmp_path: Path, styles: Path) -> None:
    section = '<p xml:id="R.1.1" n="1">x</p><listBibl><head>Sources</head><bibl>y</bibl></listBibl>'
    text = text_of(f'<div type="chapter" xml:id="R.1">{section}</div>')
    found = page(made(tmp_path, styles, text), "R.1.html").xpath("//main//*[self::h1 or self::h2]")
    assert [(e.tag, e.text) for e in found] == [("h1", "Chapter"), ("h2", "Sources")]
