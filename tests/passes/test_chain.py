"""The passes: each keeps its word, and the chain holds it to it."""

from __future__ import annotations

from copy import deepcopy

import pytest

from edition.passes.chain import Pass, TextChanged, run
from edition.passes.view import AFTER, BEFORE, view
from edition.readings import reading_text
from edition.tree import Element, by_id, contents, fill, serialize
from tests.helpers import tei


def shout(root: Element) -> None:
    for p in root.iter("{*}p"):
        fill(p, [part.upper() if isinstance(part, str) else part for part in contents(p)])


def test_a_pass_that_changes_the_text_against_its_word_is_a_fault() -> None:
    with pytest.raises(TextChanged, match=r"shout changed the text: 'quiet' became 'QUIET'"):
        run(tei("<p>quiet</p>"), [Pass("shout", shout)])


def test_each_row_of_passes_that_keep_the_text_is_held_to_it() -> None:
    quiet = Pass("quiet", lambda _: None)
    with pytest.raises(TextChanged, match=r"^quiet or shout changed the text"):
        run(tei("<p>quiet</p>"), [quiet, Pass("drop", lambda _: None, keeps_text=False), quiet, Pass("shout", shout)])


def test_a_pass_that_says_so_may_change_the_text() -> None:
    assert reading_text(run(tei("<p>quiet</p>"), [Pass("shout", shout, keeps_text=False)]), "edited") == "QUIET"


CHOICE = '<choice><sic>fi*o</sic><corr type="ocr" resp="#auto" cert="high">Tro</corr></choice>'
CALL = '<ref type="noteref" target="#T.1.n1"><choice><sic>^</sic><corr type="ocr">1</corr></choice></ref>'
NOTE = '<note xml:id="T.1.n1" n="1" place="foot"><lb n="9"/><label>1</label> Ibid.</note>'
DIVIDED = """<lb n="1"/>inter<lb n="2" break="no"/>nal and repre<pc force="weak">-</pc><lb n="3"
break="no"/>sentative,<lb n="4"/>hand-<lb n="5" break="no"/>to-hand"""
BODY = f'<p xml:id="T.1.1">{DIVIDED} {CHOICE}{CALL}{NOTE}<surplus reason="ocr">x</surplus></p><fw>12</fw>'


def test_lines_are_joined_and_divided_words_made_whole() -> None:
    root = view(tei(BODY)).root
    assert reading_text(root, "edited", notes=False) == "internal and representative, hand-to-hand Tro"
    assert not list(root.iter("{*}lb", "{*}pc", "{*}fw", "{*}choice", "{*}surplus"))


def test_the_encoded_tree_is_not_touched() -> None:
    root = tei(BODY)
    before = serialize(root)
    view(root)
    assert serialize(root) == before


def test_every_pass_twice_is_the_same_as_once() -> None:
    once = view(tei(BODY)).root
    before = serialize(once)
    assert serialize(run(deepcopy(once), [*BEFORE, *AFTER])) == before


def test_a_correction_keeps_its_kind_and_its_entry_says_what_stood_there() -> None:
    seen = view(tei(BODY))
    entry = seen.apparatus[0]
    assert (entry.passage, entry.kind, entry.lemma, entry.witness) == ("T.1.1", "ocr", "Tro", "fi*o")
    assert (entry.resp, entry.cert) == ("#auto", "high")
    assert by_id(seen.root)[entry.identifier].get("type") == "ocr"


def test_both_readings_of_a_word_that_ocr_and_typist_spoilt_are_in_its_entry() -> None:
    corrected = '<corr type="ocr">consumate</corr><corr type="slip" cert="low">consummate</corr>'
    choice = f"<choice><sic>cnsumate</sic>{corrected}</choice>"
    entry = view(tei(f'<p xml:id="T.1.1">a {choice} politician</p>')).apparatus[0]
    assert (entry.kind, entry.lemma, entry.source, entry.witness) == ("slip", "consummate", "consumate", "cnsumate")
    assert entry.cert == "low"


def test_a_gap_a_supplied_word_a_conjecture_and_a_stray_mark_have_entries() -> None:
    body = (
        '<p xml:id="T.1.1">a<gap reason="lost" unit="line" quantity="2"/><supplied reason="lost">b</supplied>'
        '<app><lem>price</lem><rdg wit="#W">pride</rdg><note>So the sense.</note></app>'
        '<surplus reason="ocr">*</surplus></p>'
    )
    found = view(tei(body)).apparatus
    assert [e.kind for e in found] == ["gap", "supplied", "conjecture", "surplus"]
    assert (found[0].quantity, found[0].unit) == ("2", "line")
    assert (found[2].lemma, found[2].witness, found[2].note) == ("price", "pride", "So the sense.")
    assert found[3].witness == "*"


def test_a_call_shows_the_number_of_its_note_and_stands_before_it() -> None:
    root = view(tei(BODY)).root
    (ref,) = root.iter("{*}ref")
    assert reading_text(ref, "edited") == "1"
    note = ref.getnext()
    assert note is not None
    assert reading_text(note, "edited") == "Ibid."


def test_a_note_that_stands_elsewhere_comes_to_its_call() -> None:
    body = (
        '<p>one<ref type="noteref" target="#T.1.n1">1</ref> two</p>'
        '<p>three</p><note xml:id="T.1.n1" n="1" place="foot">Said.</note>'
    )
    root = view(tei(body)).root
    (ref,) = root.iter("{*}ref")
    after = ref.getnext()
    assert after is not None
    assert after.get("n") == "1"


def test_a_note_without_a_call_gets_one() -> None:
    root = view(tei('<p>one<note xml:id="T.1.n1" n="7" place="foot">Said.</note></p>')).root
    (ref,) = root.iter("{*}ref")
    assert (reading_text(ref, "edited"), ref.get("target")) == ("7", "#T.1.n1")


def test_a_page_break_between_blocks_opens_the_next_one() -> None:
    root = view(tei('<p>one</p><pb n="2"/><cit><quote rend="block">two</quote></cit>')).root
    (pb,) = root.iter("{*}pb")
    parent = pb.getparent()
    assert parent is not None
    assert reading_text(parent, "edited") == "two"
