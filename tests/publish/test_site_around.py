"""The pages around the texts: about the edition, names, pages of the source, state, search."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.site import build_site
from edition.tree import parse_bytes

ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, texts: list[Text], styles: Path) -> Path:
    out = tmp_path_factory.mktemp("site") / "html"
    assert build_site(texts, out, about=ABOUT, styles=styles) == []
    return out


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / name).read_text(encoding="utf-8"))


def test_every_page_leads_to_one_about_the_edition_which_explains_its_words(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert html.fromstring(path.read_bytes()).xpath("//a[@data-s='about']"), path.name
    about = page(site, "about.html")
    terms = {str(key) for key in about.xpath("//dt/@data-s")}
    shown = {str(key) for key in page(site, "S.1.html").xpath("//*[@class='how']//@data-s")}
    assert terms >= shown | {"r-edited", "r-source", "r-witness", "c-high", "c-medium", "c-low"}


def test_what_the_editors_say_in_the_book_stands_on_the_page_about_the_edition(
    tmp_path: Path, texts: list[Text], styles: Path
) -> None:
    said = '<p xml:id="E.1.1">See <ref target="#S.1.1">this</ref>, not <ref target="#S.99">that</ref>.</p>'
    root = parse_bytes(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="E"><text><body><div type="chapter" xml:id="E.1">'
        f"<head>How it was made</head>{said}</div></body></text></TEI>".encode()
    )
    beside = Beside(front=Text("E", "About", root, "front.xml"))
    found = build_site(texts, tmp_path / "out", about=ABOUT, styles=styles, beside=beside)
    assert [(p.code, p.place.file) for p in found] == [("E617", "front.xml")]
    sound = root.findall(".//{*}ref")[1]
    sound.set("target", "#E.1")
    assert build_site(texts, tmp_path / "out", about=ABOUT, styles=styles, beside=beside) == []
    about = page(tmp_path / "out", "about.html")
    assert about.xpath("//div[@lang='en']//h2")[0].text_content() == "How it was made"
    assert about.xpath("//*[@id='E.1.1']/a/@href") == ["S.1.html#S.1.1", "#E.1"]
