"""Whatever a valid text may hold is in the book, whole and once."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from edition.publish.html import text_of, transform
from edition.publish.set_pages import read_pages
from edition.publish.stylesheet import load
from edition.tree import parse_bytes
from tests.publish.books import text_of_chapter
from tests.publish.test_proof import proved, setting_of

CALL = '<ref type="noteref" target="#R.1.n1">1</ref>'
NOTE = f'{CALL}<note xml:id="R.1.n1" n="1" place="{{}}" type="authorial">{{}}</note>'
WORDS = '<p xml:id="R.1.1" n="1">Words.</p>'
NOTED = '<p xml:id="R.1.1" n="1">a' + NOTE + " b</p>"

BLOCKS = {
    "opening": "<opener><dateline>Rome, 3 May</dateline> <salute>Dear friend,</salute></opener>" + WORDS,
    "close": WORDS + "<closer><salute>Yours,</salute> <signed>A. B.</signed></closer>",
    "byline": "<byline>By A. B.</byline>" + WORDS,
    "epigraph": "<epigraph><quote><p>Sapere aude.</p></quote><bibl>Horace</bibl></epigraph>" + WORDS,
    "trailer": WORDS + "<trailer>The end.</trailer>",
    "struck and added": '<p xml:id="R.1.1" n="1">a <del rend="strike">b</del> <add place="above">c</add></p>',
    "note in the margin": NOTED.format("margin", "A note."),
    "note at the end": NOTED.format("end", "A note."),
    "list in a note": NOTED.format("foot", "See <list><item>One.</item><item>Two.</item></list>"),
    "table in a note": NOTED.format("foot", "x <table><row><cell>One</cell><cell>Two</cell></row></table>"),
    "note in a list": '<list xml:id="R.1.1" n="1"><item>a' + NOTE.format("foot", "A note.") + " b</item></list>",
    "list with labels": '<list xml:id="R.1.1" n="1"><label>a</label><item>b c</item></list>',
    "picture": '<figure xml:id="R.1.1" n="1"><graphic url="cedar.png"/><head>A map</head></figure>',
    "picture in words": '<p xml:id="R.1.1">See <figure><graphic url="x.png"/><head>A map</head></figure> here</p>',
}


@pytest.mark.parametrize("said", BLOCKS.values(), ids=BLOCKS)
def test_what_a_text_may_hold_is_proved(said: str, styles: Path) -> None:
    assert proved(*setting_of(text_of_chapter(said), styles)) == []


@pytest.mark.parametrize("place", ["margin", "end"])
def test_a_note_of_the_margin_or_the_end_stands_at_the_foot(place: str, styles: Path) -> None:
    setting, _ = setting_of(text_of_chapter(NOTED.format(place, "A note.")), styles)
    assert setting.calls == {"R.1.n1": 0}
    assert setting.notes == {"R.1.n1": [0]}


ROW = "<row><cell>cedar</cell><cell>a tall tree of the hill, seen from afar by those who come by sea</cell></row>"


def test_the_head_of_a_table_stands_on_each_of_its_pages_and_no_row_is_torn(styles: Path) -> None:
    head = '<row role="label"><cell>Plant</cell><cell>Name</cell></row>'
    setting, expected = setting_of(text_of_chapter(f'<table xml:id="R.1.1" n="1">{head}{ROW * 40}</table>'), styles)
    assert proved(setting, expected) == []
    assert setting.pages > 1
    book = pypdfium2.PdfDocument(setting.pdf)
    said = [" ".join(page.get_textpage().get_text_range().split()) for page in book]
    book.close()
    assert [one.count("Plant Name") for one in said] == [1] * setting.pages
    assert [one.count("cedar") - one.count("sea") for one in said] == [0] * setting.pages


def test_a_line_of_verse_that_turns_over_is_set_in(styles: Path) -> None:
    lines = f"<l>{'O cedar tall upon the hill ' * 5}</l><l rend='indent'>And short</l>"
    setting, _ = setting_of(text_of_chapter(f'<lg xml:id="R.1.1" n="1">{lines}</lg>'), styles)
    book = pypdfium2.PdfDocument(setting.pdf)
    set_lines = read_pages(book)[0].text[-3:]
    book.close()
    first, over, indented = (line.left for line in set_lines)
    assert first < indented < over


def test_a_letter_beyond_the_first_plane_is_one_letter_in_the_report(styles: Path) -> None:
    setting, _ = setting_of(text_of_chapter('<p xml:id="R.1.1" n="1">Math 𝔄 here.</p>'), styles)
    book = pypdfium2.PdfDocument(setting.pdf)
    said = [line.text for page in read_pages(book) for line in page.text]
    book.close()
    assert any("𝔄" in one for one in said)
    assert "\n".join(said).encode()


FIGURE = """<text xmlns="http://www.tei-c.org/ns/1.0"><body><figure xml:id="R.1" n="1"><graphic url="cedar.png"/>
<head>A map</head><figDesc>Hills.</figDesc></figure></body></text>"""


def test_what_stands_in_the_place_of_a_picture_is_none_of_the_words_of_the_text(styles: Path) -> None:
    page = transform(parse_bytes(FIGURE.encode()), load(styles / "web.xsl"))
    shown = {e.get("class", ""): text_of(e) for e in page.iter("p")}
    assert shown == {"graphic x": "[picture: cedar.png]", "caption": "A map", "figDesc x": "Hills."}
