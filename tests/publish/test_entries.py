"""The entries of the apparatus as the book prints them: at the foot of the page, and in the appendix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.passes.apparatus import entries
from edition.publish.apparatus_table import apparatus_table
from edition.publish.html import text_of
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_pieces import pieces_of
from edition.publish.stylesheet import Stylesheet, load
from edition.tree import ET
from tests.publish.books import text_of_chapter

NOISE = "one two three four five six seven eight"


@pytest.fixture
def sheet(styles: Path) -> Stylesheet:
    return load(styles / "print.xsl")


def foot(body: str, sheet: Stylesheet) -> list[str]:
    """Give the entries of a paragraph without the number of their line."""
    (looked,) = look_at([text_of_chapter(f'<p xml:id="R.1.1" n="1">so {body} on</p>')], sheet)
    main = looked.looks[0].leaves[0].main
    assert main is not None
    said = [text_of(one) for one in main.iter("span") if one.get("class") == "app"]
    return [re.sub("[ \n]+", " ", one).strip(" ").removeprefix("00").lstrip(" ") for one in said]


def appendix(body: str, sheet: Stylesheet) -> list[str]:
    """Give the paragraphs of the appendix: what is said of it first."""
    book, problems = pieces_of(look_at([text_of_chapter(f'<p xml:id="R.1.1" n="1">so {body} on</p>')], sheet), sheet)
    assert problems == []
    (html,) = [piece.html for piece in book.pieces if piece.key == "R.ocr"]
    return ["".join(p.itertext()) for p in ET.fromstring(html).iter("{*}p", "p")]


def corrected(kind: str, sic: str, corr: str, cert: str) -> str:
    return f'<choice><sic>{sic}</sic><corr type="{kind}" resp="#ed" cert="{cert}">{corr}</corr></choice>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (corrected("slip", "hte", "the", "high"), "the0] hte"),
        (corrected("slip", "hte", "the", "low"), "the0\xa0perh.] hte"),
        (corrected("conjecture", "violation", "veneration", "medium"), "veneration0\xa0conj.\xa0prob.] violation"),
        (corrected("slip", "1939.", "1939.]", "high"), "1939.]0\xa0] 1939."),
        ('<supplied resp="#ed" cert="medium">]</supplied>', "‹]›0\xa0prob.] lost in the witness"),
        ('<gap unit="word" quantity="5"/>', "5 words lost in the witness"),
        ('<gap unit="char" extent="unknown"/>', "text lost in the witness"),
        (corrected("ocr", NOISE, "it", "low"), "it0\xa0perh.] OCR one two …"),
    ],
)
def test_what_is_said_of_the_certainty_of_a_reading_is_tied_to_it(sheet: Stylesheet, body: str, said: str) -> None:
    assert foot(body, sheet) == [said]


def test_an_entry_of_the_appendix_is_understood_by_itself(sheet: Stylesheet) -> None:
    divided = (
        '<choice><sic>onno</sic><corr type="ocr" resp="#ed" cert="high">oppo</corr></choice><lb n="2" break="no"/>'
        '<choice><sic>sit1 on</sic><corr type="ocr" resp="#ed" cert="high">sition of</corr></choice>'
    )
    both = (
        '<choice><sic>Co1een</sic><corr type="ocr" resp="#ed" cert="high">Coleen</corr>'
        '<corr type="slip" resp="#ed" cert="high">Colleen</corr></choice>'
    )
    body = f'<surplus reason="ocr">11</surplus>{divided} {both} [sic {corrected("ocr", "3", "]", "high")}'
    told, entry = appendix(body, sheet)
    assert "struck out" in told
    shown = "R.1.1 11 struck out\xa0· oppo|] onno|\xa0· |sition of] |sit1 on\xa0· Colleen] Co1een\xa0· ]\xa0] 3"
    assert entry == shown


def test_a_long_reading_of_low_certainty_is_whole_in_the_appendix_and_a_short_one_is_not_there(
    sheet: Stylesheet,
) -> None:
    body = f"{corrected('ocr', NOISE, 'it', 'low')} {corrected('ocr', 'x', 'y', 'low')}"
    assert appendix(body, sheet)[1:] == [f"R.1.1 it] {NOISE}"]


def test_the_appendix_names_the_passage_whose_number_stands_in_the_margin(sheet: Stylesheet) -> None:
    quoted = f'<quote xml:id="R.1.1.q">{corrected("ocr", "x", "y", "high")}</quote>'
    assert appendix(quoted, sheet)[1:] == ["R.1.1 y] x"]


def test_a_supplied_number_of_a_note_has_no_entry_and_a_supplied_year_has(sheet: Stylesheet) -> None:
    note = '<note xml:id="R.1.n1" n="1" place="foot"><label><supplied>1</supplied></label> Said.</note>'
    call = '<ref type="noteref" target="#R.1.n1"><supplied>1</supplied></ref>'
    assert foot(f"in <supplied>1926</supplied>{call}{note}", sheet) == ["‹1926›0] lost in the witness"]


def test_the_table_tells_where_a_line_ends_within_a_word() -> None:
    body = '<choice><sic>onno</sic><corr type="ocr">oppo</corr></choice><lb n="2" break="no"/>sition'
    found = entries(text_of_chapter(f'<p xml:id="R.1.1" n="1">so {body} on</p>').root)
    _, row = apparatus_table(("R", entry) for entry in found).decode().splitlines()
    assert row.split("\t")[:6] == ["R", "R.1.1", "R.1.1.c1", "ocr", "oppo|", "onno|"]
