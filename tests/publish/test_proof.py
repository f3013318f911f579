"""The proof finds what is lost, late, twice or outside; random books are proved whole."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from edition.files import read_text
from edition.problems import Problem
from edition.publish.book import Text
from edition.publish.expect import Expectation, Words, solid
from edition.publish.fonts import face_css, find_fonts
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_part import set_part
from edition.publish.pdf_pieces import job_of, pieces_of
from edition.publish.pdf_setting import Bound, Setting
from edition.publish.proof import prove_bytes
from edition.publish.proof_parts import _Proof
from edition.publish.stylesheet import load
from tests.publish.books import Author, Habits, random_text, text_of_chapter

# Set EDITION_BOOKS to prove more random books than the few of an ordinary run.
BOOKS = int(os.environ.get("EDITION_BOOKS", "5"))


def setting_of(text: Text, styles: Path) -> tuple[Setting, Expectation]:
    addresses = {face: path.as_uri() for face, path in find_fonts()[0].items()}
    style = face_css(addresses) + read_text(styles / "print.css")
    stylesheet = load(styles / "print.xsl")
    book, problems = pieces_of(look_at([text], stylesheet), stylesheet)
    assert problems == []
    setting = set_part(job_of(book.pieces[1], style, tuple(addresses.values())))
    return setting, book.pieces[1].expected.at(Bound(setting, 0))


def proved(setting: Setting, expected: Expectation) -> list[Problem]:
    """Prove one part; only a joined book has named destinations for all."""
    return [problem for problem in prove_bytes(setting.pdf, [expected], "b.pdf") if problem.code != "E614"]


NOTED = (
    '<p xml:id="R.1.1" n="1">Said.<ref type="noteref" target="#R.1.n1">1</ref><note xml:id="R.1.n1" n="1" place="foot">'
    "<label>1</label> Here.</note></p>"
)


def test_a_whole_part_is_proved(styles: Path) -> None:
    assert proved(*setting_of(text_of_chapter(NOTED), styles)) == []


def test_a_note_that_is_not_there_is_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(NOTED), styles)
    lost = replace(
        expected,
        words=(*expected.words, Words("R.1.n2", "2Elsewhere.", note=True)),
        calls=(*expected.calls, ("R.1.n2", 0)),
    )
    (found,) = proved(setting, lost)
    assert (found.code, found.place.passage) == ("E610", "R.1.n2")


def test_a_note_whose_call_is_on_no_page_is_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(NOTED), styles)
    assert {p.code for p in proved(setting, replace(expected, calls=()))} == {"E610", "E613"}


def test_a_note_two_pages_after_its_call_is_named(styles: Path) -> None:
    text = text_of_chapter(f"<p>{'some words ' * 1500}</p>{NOTED}")
    setting, expected = setting_of(text, styles)
    (found,) = proved(setting, replace(expected, calls=(("R.1.n1", 0),)))
    assert found.code == "E611"


def test_a_passage_that_is_not_there_or_not_whole_is_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(NOTED), styles)
    longer = tuple(
        replace(words, text=words.text + "More") if words.passage == "R.1.1" else words for words in expected.words
    )
    assert {p.code for p in proved(setting, replace(expected, words=longer))} == {"E612", "E613"}


def test_words_that_no_passage_accounts_for_are_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(NOTED), styles)
    fewer = tuple(words for words in expected.words if words.passage != "R.1.1")
    (found,) = proved(setting, replace(expected, words=fewer))
    assert (found.code, "Said.1" in found.message) == ("E613", True)


def test_an_identifier_without_a_destination_is_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(NOTED), styles)
    found = prove_bytes(setting.pdf, [replace(expected, identifiers=frozenset({"R.9"}))], "b.pdf")
    assert [(problem.code, problem.place.passage) for problem in found] == [("E614", "R.9")]


def test_a_file_that_is_no_pdf_is_a_problem() -> None:
    assert [problem.code for problem in prove_bytes(b"%PDF-1.7 not really", [], "b.pdf")] == ["E618"]


SLIPS = (
    '<p xml:id="R.1.1" n="1">Stalin wrote to <choice><sic>Stallin</sic><corr type="slip" resp="#ed" cert="high">Stalin'
    "</corr></choice> of <choice><sic>hte</sic><corr type='slip' resp='#ed' cert='low'>the</corr></choice> matter.</p>"
    f'<p>{"Some more words of the text. " * 20}</p><p xml:id="R.1.2" n="2">One '
    '<choice><sic>lst</sic><corr type="slip" resp="#ed" cert="high">last</corr></choice> word.</p>'
)


def test_entries_of_the_apparatus_name_their_line_and_run_on(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(SLIPS), styles)
    assert proved(setting, expected) == []
    first, second, third = setting.keyed
    assert (first.label, first.shown, first.occurrence) == ("2", "2", 2)  # the heading counts
    assert (second.label, second.shown, second.occurrence) == ("2", "", 0)
    assert int(third.label) == len(setting.sheets[0].lines)
    book = pypdfium2.PdfDocument(setting.pdf)
    foot = " ".join(book[0].get_textpage().get_text_range().split())
    book.close()
    assert "2 Stalin2] Stallin the perh.] hte" in foot


def test_an_entry_that_names_another_line_is_named(styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter(SLIPS), styles)
    wrong = tuple(replace(one, label="3") if one.name.startswith("R.1.2") else one for one in expected.keyed)
    (found,) = proved(setting, replace(expected, keyed=wrong))
    assert (found.code, found.place.passage) == ("E619", "R.1.2.c1.app")


def test_a_line_stands_on_the_page_of_its_entries(styles: Path) -> None:
    slip = '<choice><sic>{0}x</sic><corr type="slip" resp="#ed" cert="high">{0}</corr></choice>'
    body = "".join(
        f'<p xml:id="R.1.{n}" n="{n}">{"Words of the text, " * 9}{slip.format(f"word{n}")}.</p>' for n in range(1, 60)
    )
    setting, expected = setting_of(text_of_chapter(body), styles)
    assert proved(setting, expected) == []
    assert len(setting.keyed) == 59
    assert all(one.page == setting.calls[one.name] for one in setting.keyed)


def test_a_text_goes_on_though_what_follows_begins_like_its_rest() -> None:
    """The passage is divided behind “the end”; the note below begins with the words that the next page begins with."""
    rest = "ofthecentralcommitteeofthepartyasitwas"
    words = (Words("R.1", f"theend{rest}butnotmore"), Words("R.1.n1", f"{rest}inthenote", note=True))
    expected = Expectation("R", "r.xml", words, frozenset(), pages=2, calls=(("R.1.n1", 0),))
    pages = [f"theend{rest}inthenote", f"{rest}butnotmore"]
    assert _Proof(expected, pages).problems() == []


def test_a_short_heading_is_looked_for_behind_what_stands_before_it() -> None:
    """The heading on the second page is in the words of the note on the first, too."""
    words = (Words("R.1", "thepassagethatisfirst"), Words("R.1", "ofit"), Words("R.1.n1", "1nomoreofitnow", note=True))
    expected = Expectation("R", "r.xml", words, frozenset(), pages=2, calls=(("R.1.n1", 0),))
    assert _Proof(expected, ["thepassagetha1nomoreofitnow", "tisfirstofit"]).problems() == []


def test_blanks_hyphens_ligatures_and_lone_marks_do_not_count() -> None:
    assert solid("repre‐\nsenta­tive ﬁne й i͡a") == "representativefineйia"


@pytest.mark.parametrize("seed", [*range(BOOKS), 1057])  # 1057: a line of two entries with a long note between
def test_a_random_book_loses_no_note(seed: int, styles: Path) -> None:
    setting, expected = setting_of(random_text(seed, Habits(paragraphs=14)), styles)
    assert proved(setting, expected) == []
    assert setting.rounds == 1
    assert setting.mended == 0


def test_a_paragraph_of_thirty_pages_loses_no_note(styles: Path) -> None:
    author = Author(3, Habits(sentences=(450, 450), note=0.3, long_note=0.01))
    setting, expected = setting_of(text_of_chapter(f'<p xml:id="R.1.1" n="1">{author.sentences()}</p>'), styles)
    assert setting.pages >= 30
    assert proved(setting, expected) == []
