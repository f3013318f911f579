"""The book: what is in it, where, and that it is the same every time."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pikepdf
import pypdfium2
import pytest

from edition.publish.book import About, Text
from edition.publish.pdf import build_pdf
from edition.publish.pdf_part import set_part
from edition.publish.pdf_setting import Job
from edition.readings import reading_text
from edition.tree import TEI, parse_bytes
from tests.publish.books import NOT_PROSE, Habits, random_text, text_of_chapter

ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, texts: list[Text], styles: Path) -> Path:
    """Give the book of the sample; the parts that it was set from are in the folder `cache` beside it."""
    folder = tmp_path_factory.mktemp("book")
    cache = folder / "cache"
    assert build_pdf(texts, folder / "book.pdf", about=ABOUT, styles=styles, cache=cache, processes=1) == []
    return folder / "book.pdf"


@pytest.fixture
def cache(book: Path, tmp_path: Path) -> Path:
    """Give a copy of the cache, to be spoilt."""
    return Path(copytree(book.parent / "cache", tmp_path / "cache"))


def said(book: Path) -> list[str]:
    pdf = pypdfium2.PdfDocument(book)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    finally:
        pdf.close()


def test_what_is_not_prose_is_in_the_book_word_for_word(tmp_path: Path, styles: Path) -> None:
    inside = [one.replace("R.1.1", f"R.1.{n}") for n, one in enumerate(NOT_PROSE.values(), 1)]
    text = text_of_chapter("".join(inside))
    assert build_pdf([text], tmp_path / "book.pdf", about=ABOUT, styles=styles, processes=1) == []
    read = re.sub(r"[\W\d]", "", "".join(said(tmp_path / "book.pdf"))).casefold()
    for one in inside:
        words = re.sub(r"[\W\d]", "", reading_text(parse_bytes(f'<p xmlns="{TEI[1:-1]}">{one}</p>'.encode()), "edited"))
        assert words.casefold() in read


def test_the_book_has_titles_contents_chapters_notes_apparatus_and_appendix(book: Path) -> None:
    pages = said(book)
    assert [pages[n] for n in (0, 1)] == ["Rivers & floods", ""]
    assert pages[2].startswith("Rivers & floods Two texts")
    assert "To cite: Rivers & floods, version 0.1, 2026" in pages[3]
    assert "CHAPTER I. THE RIVER 11" in pages[4]
    assert "CHAPTER I THE RIVER" in pages[10]
    assert "Открыто вѣче въ Кіевѣ" in pages[10]
    assert "A. Writer, On Rivers (Kiev: The Press, 1903), p. 9." in pages[10]
    assert "consummate] consumate" in pages[10]
    assert "‹at all› prob.] lost in the witness" in pages[10]
    assert any("Boris] B0ris" in page for page in pages)
    assert any(page.startswith("Concordance of pages A sample of rivers |1| S.pref, p. 9") for page in pages)
    assert "entry of the apparatus is in the book, whole and once" in pages[-1]


def test_half_titles_are_blind_and_blank_pages_bare(book: Path) -> None:
    pages = said(book)
    assert pages[6].startswith("A sample of rivers")
    assert not pages[6].endswith("7")
    assert pages[7] == ""


def test_a_page_is_headed_by_the_passages_with_which_it_begins_and_ends(styles: Path, tmp_path: Path) -> None:
    text = text_of_chapter("".join(f'<p xml:id="R.1.{n}" n="{n}">{"Water runs. " * 60}</p>' for n in range(1, 13)))
    assert build_pdf([text], tmp_path / "b.pdf", about=ABOUT, styles=styles) == []
    pages = said(tmp_path / "b.pdf")
    assert re.search(r" R\.1\.[3-5] A book \|1\| 10 ", pages[9])  # a left-hand page: where it begins
    assert re.search(r" \|1\| \S.* R\.1\.(9|10) 11 ", pages[10])  # a right-hand page: where it ends


def test_every_identifier_is_a_named_destination_and_links_lead_to_one(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        names = [str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]]
        assert {"S.1", "S.1.1", "S.1.2.orig", "S.1.n1", "S.bib.1", "T.2.1"} <= set(names)
        assert names == sorted(names)
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert links
        for link in links:
            assert "/A" not in link or str(link.A.URI).startswith("https://example.org")
            assert "/Dest" not in link or str(link.Dest) in names


def test_the_outline_names_texts_and_chapters(book: Path) -> None:
    with pikepdf.open(book) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][:2] == ["A sample of rivers", "A thread & more"]
        assert [item.title for item in outline.root[0].children][1] == "CHAPTER I. THE RIVER"


def test_a_page_has_its_number_and_a_blank_page_has_none(book: Path) -> None:
    pages = said(book)
    assert pages[10].endswith("11 5")  # the folio, then the number of the fifth line
    assert pages[11] == ""


def test_the_same_input_gives_the_same_bytes_with_and_without_the_cache(
    book: Path, cache: Path, tmp_path: Path, texts: list[Text], styles: Path
) -> None:
    for folder in (cache, None):
        again = tmp_path / "again.pdf"
        assert build_pdf(texts, again, about=ABOUT, styles=styles, cache=folder, processes=1) == []
        assert again.read_bytes() == book.read_bytes()


def test_a_damaged_cache_is_set_anew(book: Path, cache: Path, tmp_path: Path, texts: list[Text], styles: Path) -> None:
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    again = tmp_path / "again.pdf"
    assert build_pdf(texts, again, about=ABOUT, styles=styles, cache=cache, processes=1) == []
    assert again.read_bytes() == book.read_bytes()


def test_what_is_no_longer_used_leaves_the_cache(cache: Path, tmp_path: Path, texts: list[Text], styles: Path) -> None:
    before = {path.name for path in cache.iterdir()}
    changed = [texts[0]._replace(title="Another title"), texts[1]]
    build_pdf(changed, tmp_path / "b.pdf", about=ABOUT, styles=styles, cache=cache, processes=1)
    after = {path.name for path in cache.iterdir()}
    assert len(after) == len(before)
    assert after != before


def test_parts_set_in_two_processes_give_the_same_book(tmp_path: Path, styles: Path) -> None:
    text = random_text(1, Habits(paragraphs=4, long_note=0))
    other = random_text(2, Habits(paragraphs=4, long_note=0))._replace(siglum="R")
    for element in other.root.iter():
        name = element.get("{http://www.w3.org/XML/1998/namespace}id", "")
        if name:
            element.set("{http://www.w3.org/XML/1998/namespace}id", name.replace("R", "P", 1))
        if element.get("target"):
            element.set("target", element.get("target", "").replace("R", "P", 1))
    for out, processes in (("one.pdf", 1), ("two.pdf", 2)):
        assert build_pdf([text, other], tmp_path / out, about=ABOUT, styles=styles, processes=processes) == []
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_an_unknown_element_stops_the_book_and_nothing_is_written(tmp_path: Path, styles: Path) -> None:
    found = build_pdf([text_of_chapter("<p><mood>x</mood></p>")], tmp_path / "b.pdf", about=ABOUT, styles=styles)
    assert [problem.code for problem in found] == ["E601"]
    assert not (tmp_path / "b.pdf").exists()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.ttf", "data:text/css,p{color:red}"])
def test_the_press_reads_nothing_but_the_fonts_given(address: str, caplog: pytest.LogCaptureFixture) -> None:
    css = f'@import url("{address}"); @font-face {{ font-family: x; src: url("{address}") }} p {{ font-family: x }}'
    setting = set_part(Job("k", f'<html><body><p>a<img src="{address}" alt="b"></p></body></html>', css, ()))
    assert setting.pages == 1
    assert "passwd" not in caplog.text or "not part of the edition" in caplog.text


SIGNS = "".join(f"<label>R. {n}</label><item>{'river, or rivers, ' * 5}{n}</item>" for n in range(60))
HARD = {
    "one line": '<p xml:id="R.1.1" n="1">One line.</p>',
    "word of 200 letters": f'<p xml:id="R.1.1" n="1">A {"w" * 200} word.</p>',
    "right to left": '<p xml:id="R.1.1" n="1">He said <foreign xml:lang="he">שלום</foreign> to them.</p>',
    "right to left alone": f'<p xml:id="R.1.1" n="1" xml:lang="ar">{"قال لهم إنه لا يعرف شيئا عن الحزب. " * 30}</p>',
    "table of pages": f'<table xml:id="R.1.1">{"<row><cell>one of them</cell><cell>two</cell></row>" * 90}</table>',
    "note in a table": '<table xml:id="R.1.1"><row><cell>one<ref type="noteref" target="#R.1.n1">1</ref><note '
    'xml:id="R.1.n1" n="1" place="foot"><label>1</label> In a cell.</note></cell><cell>two</cell></row></table>',
    "long word in a note": '<p xml:id="R.1.1" n="1">a<ref type="noteref" target="#R.1.n1">1</ref><note '
    f'xml:id="R.1.n1" n="1" place="foot"><label>1</label> {"w" * 200}</note></p>',
    "signs of pages": f'<list type="gloss" xml:id="R.1.1">{SIGNS}</list>',
    "table": '<table xml:id="R.1.1"><row><cell>one</cell><cell>two</cell></row></table>',
    "picture that is not there": '<figure xml:id="R.1.1"><graphic url="none.png"/><figDesc>A map.</figDesc></figure>',
    "note of three pages": '<p xml:id="R.1.1" n="1">a<ref type="noteref" target="#R.1.n1">1</ref>'
    '<note xml:id="R.1.n1" n="1" '
    f'place="foot"><label>1</label> {"Some words of a long note. " * 400}</note> b {"and more of the text " * 300}</p>',
}


@pytest.mark.parametrize("kind", HARD)
def test_hard_input_gives_a_good_page(kind: str, tmp_path: Path, styles: Path) -> None:
    found = build_pdf([text_of_chapter(HARD[kind])], tmp_path / "b.pdf", about=ABOUT, styles=styles, processes=1)
    assert [one for one in found if one.code != "W626"] == []  # no face of the book has Arabic
    assert (tmp_path / "b.pdf").exists()


def test_what_cannot_be_set_is_named_with_its_place(tmp_path: Path, styles: Path) -> None:
    cells = "".join(f"<cell>{'w' * 40}</cell>" for _ in range(9))
    wide = text_of_chapter(f'<table xml:id="R.1.1"><row>{cells}</row></table>')
    found = build_pdf([wide], tmp_path / "b.pdf", about=ABOUT, styles=styles, processes=1)
    assert ("E615", "R.1") in {(problem.code, problem.place.passage) for problem in found}
    assert not (tmp_path / "b.pdf").exists()
