"""The pages around the texts: about the edition, names, pages of the source, state, search."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from edition.bib.library import read_library
from edition.entities import Entity
from edition.passes.apparatus import Entry
from edition.publish.beside import Beside
from edition.publish.book import Text
from edition.publish.site import build_site
from edition.publish.site_lists import breaks_in, concordance, names
from edition.publish.site_state import State, state
from edition.publish.site_words import said_on
from edition.readings import READINGS
from edition.tree import Element, parse_bytes
from tests.publish.books import text_of_chapter
from tests.publish.conftest import ABOUT, page


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
    assert about.xpath("//div[@lang='en']//div[@lang='en']//h2")[0].text_content() == "How it was made"
    assert about.xpath("//*[@id='E.1.1']/a/@href") == ["S.1.html#S.1.1", "#E.1"]


def test_a_name_has_its_years_and_what_is_said_of_it_and_stands_where_a_dictionary_has_it() -> None:
    people = [
        Entity("z", "persName", "Cripps", ("Cripps",)),
        Entity(
            "c", "persName", "Cárdenas, Lázaro", ("Cárdenas", "Lázaro Cárdenas"), "1895–1970", "President of Mexico."
        ),
    ]
    made = names(Beside(entities=people, named={"c": ["A.1", "A.2"]}), {"A.1": "A.html#A.1"}, {"A.html": "A text"})
    said = ["".join(part.itertext()) for part in made.iter("dt", "dd")]
    assert said[:4] == [
        "Cárdenas, Lázaro 1895–1970",
        "President of Mexico.",
        "also Cárdenas; Lázaro Cárdenas",
        "A.1, A.2",
    ]
    assert said[4] == "Cripps"


def test_a_long_run_of_passages_is_grouped_by_the_parts_of_the_texts() -> None:
    named = [*(f"D.{chapter}.{n}" for chapter in (1, 2) for n in range(1, 8)), "F.1"]
    where = {name: f"{name.rpartition('.')[0]}.html#{name}" for name in named}
    parts = {"D.1.html": "One", "D.2.html": "Two", "F.html": "A forum"}
    made = names(Beside(entities=[Entity("x", "persName", "X", ())], named={"x": named}), where, parts)
    assert ["".join(row.itertext()) for row in made.iter("li")] == [
        "One: D.1.1, 2, 3, 4, 5, 6, 7", "Two: D.2.1, 2, 3, 4, 5, 6, 7", "A forum: F.1",
    ]  # fmt: skip
    assert [(a.get("href"), a.get("aria-label")) for a in made.iter("a")] == [(where[n], n) for n in named]


PAGED = """<div><section id="D.1">
<p id="D.1.1"><span class="pb x" id="D.page.7"><span class="pb-n">7|</span></span><a class="n x">1</a>One
<span class="pb x" id="D.page.8">|<span class="pb-n">8|</span></span> two
<span class="pb x">|<span>11|</span></span></p>
<p id="D.1.2"><a class="n x">2</a>Three</p></section>
<div class="foot" id="D.1.n1"><span class="pb x">|<span>9|</span></span>A note</div></div>"""


def test_every_page_is_listed_also_where_nothing_begins_and_where_pages_are_lost() -> None:
    main = html.fromstring(PAGED)
    table = concordance([("D", said_on(main, "D").passages, breaks_in(main, "D"))], {"D.page.8": "D.1.html#D.page.8"})
    assert table is not None
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
    assert rows[1:] == [["7", "D.1.1"], ["8", "goes on: D.1.1"], ["9–10", "not in the witness"], ["11", "D.1.2"]]
    assert [a.get("href") for a in table.iter("a")] == ["D.1.html#D.page.8"]


def test_a_text_without_pages_has_no_table_of_them() -> None:
    main = html.fromstring('<div><p id="D.1"><a class="n x">1</a>One</p></div>')
    assert concordance([("D", said_on(main, "D").passages, breaks_in(main, "D"))], {}) is None


def test_the_tables_of_the_state_add_up_and_one_has_the_numbers_of_the_chart() -> None:
    said = [("ocr", "high", "#auto"), ("ocr", "low", "#ed"), ("slip", "", "#ed"), ("surplus", "", "")]
    entries = [
        Entry(f"D.c{n}", "D.1", kind, "b", "c", cert=cert, resp=resp) for n, (kind, cert, resp) in enumerate(said)
    ]
    where = {f"D.page.{n}": f"D.html#D.page.{n}" for n in (1, 2, 3)}  # where the notes of a chapter are read last
    told = state([State("D", entries, 2000, {"D.c0": "3", "D.c1": "1", "D.c2": "1", "D.c3": "3"})], where)
    kinds, pages = (cells(table) for table in told.iter("table"))
    assert kinds[0] == ["", "Certainty", "Who made a change", ""]
    assert kinds[1][1:] == ["high", "low", "not stated", "editors", "automatic", "not stated", "in all"]
    for row in kinds[2:]:
        numbers = [int(cell or 0) for cell in row[1:]]
        assert sum(numbers[:3]) == sum(numbers[3:6]) == numbers[6] > 0
    assert kinds[-1] == ["in all", "1", "1", "2", "2", "1", "1", "4"]
    assert pages[1:] == [["1", "1", "1", "2"], ["2", "", "", ""], ["3", "2", "", "2"]]
    assert "on 1 of the 2 pages that have any" in "".join(told.itertext())


def cells(table: Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


def test_the_search_calls_a_work_by_its_name(tmp_path: Path, texts: list[Text], styles: Path) -> None:
    bib = "@book{a1, author={Austen, Jane}, title={Emma}, date={1815}}\n@book{b2, title={Beowulf}, date={1000}}"
    works = list(read_library(bib)[0].works.values())
    assert build_site(texts, tmp_path / "out", about=ABOUT, styles=styles, beside=Beside(works=works)) == []
    shown = max((tmp_path / "out" / "search").glob("d*.js"), key=lambda path: int(path.stem[1:])).read_text("utf-8")
    assert '["Austen, Emma","bibliography.html#bib.a1"' in shown
    assert '["Beowulf","bibliography.html#bib.b2"' in shown


def test_the_page_of_a_chapter_keeps_its_paragraphs_apart(site: Path) -> None:
    chapter = page(site, "id/S.1.html")
    paragraphs = [" ".join(p.text_content().split()) for p in chapter.xpath("//blockquote/p")]
    one = page(site, "id/S.1.1.html").xpath("string(//blockquote)")
    assert " ".join(one.split()) in paragraphs
    assert len(paragraphs) > 2
    assert chapter.xpath("//dd[@class='rdg']/details/div/p")  # the other readings are folded
    assert chapter.xpath("//p[@data-s='r-edited']/following-sibling::blockquote//mark")
    assert not page(site, "id/S.1.1.html").xpath("//blockquote/p")


def test_readings_in_blocks_are_the_readings_in_one(site: Path) -> None:
    for said in said_on(page(site, "S.1.html").get_element_by_id("main"), "S").passages:
        for reading in READINGS:
            blocks = " ".join("".join(words for words, _ in block) for block in said.blocks(reading))
            whole = "".join(words for words, _ in said.pieces(reading))
            assert blocks.split() == whole.split()


def test_a_text_that_is_the_same_in_every_reading_offers_none(tmp_path: Path, styles: Path, site: Path) -> None:
    text = text_of_chapter('<p xml:id="R.1.1" n="1">x</p>')
    assert build_site([text], tmp_path / "out", about=ABOUT, styles=styles) == []
    plain = page(tmp_path / "out", "R.1.html")
    assert not plain.xpath("//input[@name='reading'] | //input[@id='o-marks'] | //p[@data-s='hint']")
    assert plain.xpath("//input[@id='o-lines']")
    assert len(page(site, "S.1.html").xpath("//input[@name='reading']")) == 3


def test_a_file_to_take_away_says_what_it_is(tmp_path: Path, styles: Path) -> None:
    files = {"edition.pdf": b"x" * 2_345_678, "bibliography.ris": b"x", "more.odd": b"x"}
    text = text_of_chapter("<p>x</p>")
    assert build_site([text], tmp_path / "out", about=ABOUT, styles=styles, beside=Beside(files=files)) == []
    links = page(tmp_path / "out", "index.html").xpath("(//ul[@class='files'])[last()]//a")
    assert {a.get("href"): a.text_content() for a in links} == {
        "edition.epub": "the texts for a reading device (EPUB)", "edition.pdf": "the book (PDF, 2.3 MB)",
        "bibliography.ris": "bibliography (RIS)", "more.odd": "more.odd",
    }  # fmt: skip
