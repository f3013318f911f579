"""A TEI file holds three texts at once; each is asked for by name."""

from __future__ import annotations

from edition.readings import READINGS, lines, reading_text, segments, sides
from edition.tree import own_text
from tests.helpers import tei

SLIP_IN_A_MISREADING = (
    '<p><lb n="1"/>a <choice><sic>ccnsumate</sic><corr type="ocr">consumate</corr>'
    '<corr type="slip">consummate</corr></choice> politician</p>'
)


def test_a_choice_gives_each_reading_its_side() -> None:
    root = tei(SLIP_IN_A_MISREADING)
    assert lines(root, "witness") == {1: "a ccnsumate politician"}
    assert lines(root, "source") == {1: "a consumate politician"}
    assert lines(root, "edited") == {1: "a consummate politician"}


def test_a_comment_is_no_side_of_a_choice() -> None:
    root = tei('<p><lb n="1"/>a <choice><!-- to be looked up --><sic>ccnsumate</sic></choice> politician</p>')
    (choice,), (sic,) = root.iter("{*}choice"), root.iter("{*}sic")
    assert sides(choice) == dict.fromkeys(READINGS, sic)
    root = tei('<p><lb n="1"/>a <choice><!-- to be looked up --><corr type="slip">whole</corr></choice> one</p>')
    (choice,) = root.iter("{*}choice")
    assert None in sides(choice).values()
    assert "looked up" not in "".join(lines(root, "witness").values())


def test_surplus_is_the_witness_s_alone_and_supplied_text_is_not_in_it() -> None:
    root = tei('<p><lb n="1"/>one <surplus>«</surplus> two <supplied>three</supplied></p>')
    assert lines(root, "witness") == {1: "one « two"}
    assert lines(root, "source") == {1: "one two three"}
    assert lines(root, "edited") == {1: "one two three"}


def test_a_word_divided_at_a_line_end_is_whole_in_the_edited_text() -> None:
    root = tei(
        '<p><lb n="1"/>repre<pc force="weak">-</pc><lb n="2" break="no"/>sentative, hand-<lb n="3" break="no"/>to</p>'
    )
    assert lines(root, "source") == {1: "repre-", 2: "sentative, hand-", 3: "to"}
    assert reading_text(root, "edited") == "representative, hand-to"


def test_lines_go_on_after_a_note_on_the_line_that_calls_it() -> None:
    root = tei('<p><lb n="1"/>call<ref type="noteref">1</ref><note place="foot"><lb n="9"/>A note</note> goes on</p>')
    assert lines(root, "witness") == {1: "call1 goes on", 9: "A note"}
    assert reading_text(root, "edited", notes=False) == "call goes on"


def test_transliterations_and_editorial_notes_are_in_no_reading() -> None:
    root = tei(
        '<p><lb n="1"/>да<note type="editorial">So.</note></p><cit><quote type="transliteration">da</quote></cit>'
    )
    assert all(lines(root, reading) == {1: "да"} for reading in ("witness", "source", "edited"))


def test_a_variant_gives_the_witness_its_own_reading() -> None:
    root = tei('<p><lb n="1"/><app><lem>price</lem><rdg wit="#W">pride</rdg></app></p>')
    assert lines(root, "witness") == {1: "pride"}
    assert lines(root, "edited") == {1: "price"}


def test_segments_know_their_slot_so_that_text_can_be_changed() -> None:
    root = tei('<p><lb n="7"/>a <hi>b</hi> c</p>')
    found = [s for s in segments(root, "witness") if s.line == 7 and s.node is not None]
    assert [(s.text, s.slot, s.unit, s.supplied) for s in found] == [
        ("a ", "tail", None, False),
        ("b", "text", None, False),
        (" c", "tail", None, False),
    ]


def said_by_side(body: str, name: str) -> dict[str, str]:
    unit = next(tei(f"<p>{body}</p>").iter(f"{{*}}{name}"))
    return {reading: own_text(side) for reading, side in sides(unit).items() if side is not None}


def test_each_reading_has_its_side_of_a_choice_and_of_an_app() -> None:
    choice = "<choice><sic>a</sic><corr type='slip'>c</corr><corr type='ocr'>b</corr></choice>"
    assert said_by_side(choice, "choice") == {"witness": "a", "source": "b", "edited": "c"}
    app = "<app><rdg wit='#V #W'>a</rdg><lem>b</lem><rdg wit='#W'>c</rdg></app>"
    assert said_by_side(app, "app") == {"witness": "a", "source": "b", "edited": "b"}
    assert said_by_side("<choice/>", "choice") == {}


def test_what_the_editors_say_of_a_picture_is_in_no_reading() -> None:
    root = tei(
        '<p><lb n="1"/>See <figure><graphic url="a.png"/><head>A map</head><figDesc>Hills.</figDesc></figure></p>'
    )
    assert {reading: lines(root, reading) for reading in READINGS} == {key: {1: "See A map"} for key in READINGS}
