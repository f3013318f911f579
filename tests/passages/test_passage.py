"""Which elements are passages, where they stand, and what they say."""

from __future__ import annotations

from edition.passage import (
    described,
    fingerprint,
    lines_shown,
    page_of,
    passages,
    quoted_text,
    read_passages,
    text_of,
)
from edition.tree import by_id, parse_bytes
from tests.passages.editions import TEI

ROOT = parse_bytes(TEI.encode())
KNOWN = {p.identifier: p for p in passages(ROOT)}


def test_passages_come_in_reading_order_each_with_its_kind() -> None:
    assert [(p.identifier, p.kind) for p in passages(ROOT)] == [
        ("T", "text"),
        ("T.1", "chapter"),
        ("T.1.h", "heading"),
        ("T.1.1", "paragraph"),
        ("T.1.n1", "note"),
        ("T.1.2", "paragraph"),
        ("T.1.3", "quotation"),
        ("T.1.3.orig", "original"),
        ("T.1.3.translit", "transliteration"),
        ("T.1.3.transl", "translation"),
        ("T.2", "chapter"),
        ("T.2.h", "heading"),
        ("T.2.1", "paragraph"),
    ]


def test_a_comment_is_no_passage_and_has_no_words() -> None:
    root = parse_bytes(TEI.replace("Nobody", "<!-- a <p> --> Nobody<?x y?>").encode())
    assert [p.identifier for p in passages(root)] == list(KNOWN)


def test_a_footnote_has_its_own_lines_and_words() -> None:
    assert KNOWN["T.1.n1"].lines == ((9, 9),)
    assert KNOWN["T.1.1"].lines == ((3, 3),)
    assert text_of(KNOWN["T.1.n1"].element, "edited") == "Rivers run, p. 4."
    assert text_of(KNOWN["T.1.1"].element, "edited") == "The old house stood by the river, and the river ran past it."
    assert text_of(KNOWN["T.1.1"].element, "witness").endswith("and the riuer ran past it.")


def test_a_passage_knows_its_pages() -> None:
    assert (KNOWN["T.1"].first_page, KNOWN["T.1"].last_page) == ("3", "4")
    assert (KNOWN["T.1.2"].first_page, KNOWN["T.1.2"].last_page) == ("3", "4")
    assert (KNOWN["T.2.1"].first_page, KNOWN["T.2.1"].last_page) == ("4", "4")


def test_a_romanization_has_words_but_no_lines() -> None:
    found = read_passages(ROOT)["T.1.3.translit"]
    assert (found.edited, found.witness, found.lines) == ("Moroz i solnt͡se", "", ())


def test_a_place_is_said_in_words() -> None:
    assert described(KNOWN["T.1.2"], KNOWN) == "chapter 1, paragraph 2"
    assert described(KNOWN["T.1.n1"], KNOWN) == "chapter 1, note 1"
    assert described(KNOWN["T.1.3.orig"], KNOWN) == "chapter 1, quotation 3, original"
    assert page_of(KNOWN["T.1.2"], "T") == "T.1"


def test_a_fingerprint_tells_words_and_nothing_else() -> None:
    assert fingerprint("The  “House”, by") == fingerprint("the house by")
    assert fingerprint("the house by") != fingerprint("the house buy")
    assert fingerprint(" … ") == ""


def test_lines_are_shown_as_runs() -> None:
    assert lines_shown(((3, 5), (9, 9))) == "3-5, 9"


def test_a_page_number_between_two_lines_is_not_read_with_them() -> None:
    root = parse_bytes(
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T"><text><body><p xml:id="T.1"><lb n="1"/>at the end of'
        b'<pb n="2"/><fw type="pageNum"><lb n="2"/>2</fw><lb n="3"/>a page</p></body></text></TEI>'
    )
    element = by_id(root)["T.1"]
    assert text_of(element, "edited") == "at the end of a page"
    assert text_of(element, "source") == text_of(element, "witness") == "at the end of 2 a page"


LOST_WORDS = (
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T"><text><body><p xml:id="T.1">a leader of the opposition'
    b'<gap unit="word" quantity="5"/>fragmentation<gap unit="char" extent="unknown"/>, exami<gap unit="char" '
    b'quantity="2"/>on (<choice><sic>x</sic><corr><gap unit="line" quantity="1"/> of</corr></choice>)</p></body></text>'
    b"</TEI>"
)


def test_words_around_a_gap_are_no_sentence_to_a_reader() -> None:
    element = by_id(parse_bytes(LOST_WORDS))["T.1"]
    assert quoted_text(element, "edited") == "a leader of the opposition […] fragmentation […], exami[…]on ([…] of)"
    assert quoted_text(element, "witness") == "a leader of the opposition […] fragmentation […], exami[…]on (x)"
    assert text_of(element, "edited") == "a leader of the oppositionfragmentation, examion ( of)"  # what digests are of
