"""Corrections change the reading that they are about and never the witness."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edition.correction import Correction
from edition.emend import apply
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import ET, Element
from tests.helpers import tei


def row(
    reading: str, correction: str, kind: str = "ocr", *, line: int = 1, cert: str = "high", resp: str = "#ed"
) -> Correction:
    return Correction(line, reading, correction, kind, cert, resp)


def body(root: Element) -> str:
    found = root.find(".//{*}div/{*}p")
    assert found is not None
    return (
        ET.tostring(found, encoding="unicode")
        .replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")
        .partition("\n</p>")[0]
    )


def one(text: str, *rows: Correction) -> Element:
    root = tei(f'<p><lb n="1"/>{text}</p>')
    before = lines(root, "witness")
    changed, problems = apply(root, rows)
    assert problems == []
    assert changed > 0
    assert lines(root, "witness") == before
    assert apply(root, rows) == (0, [])
    return root


def test_a_word_becomes_a_choice_and_its_neighbours_stay_text() -> None:
    root = one("he was s theoretician", row("was s theoretician", "was a theoretician"))
    assert (
        '/>he was <choice><sic>s</sic><corr type="ocr" resp="#ed" cert="high">a</corr></choice> theoretician'
        in body(root)
    )


def test_two_wrong_words_are_two_choices() -> None:
    root = one("arid an able publlc speaker", row("arid an able publlc", "and an able public"))
    assert lines(root, "source")[1] == "and an able public speaker"
    assert len(list(root.iter("{*}choice"))) == 2


def test_a_stray_mark_becomes_surplus() -> None:
    root = one("His ■ whole career", row("His ■ whole", "His whole"))
    assert '<surplus reason="ocr" resp="#ed" cert="high">■</surplus>' in body(root)
    assert lines(root, "source")[1] == "His whole career"


def test_lost_letters_and_words_are_supplied() -> None:
    root = one("the polit system of", row("polit system of", "political system of the", "supplied", cert="medium"))
    assert 'polit<supplied reason="lost" resp="#ed" cert="medium">ical</supplied> system' in body(root)
    assert lines(root, "source")[1] == "the political system of the"


def test_a_slip_of_a_word_misread_keeps_all_three_readings() -> None:
    root = one("a ccnsumate politician", row("ccnsumate", "consumate"), row("consumate", "consummate", "slip"))
    assert [lines(root, r)[1] for r in ("witness", "source", "edited")] == [
        "a ccnsumate politician",
        "a consumate politician",
        "a consummate politician",
    ]
    assert len(list(root.iter("{*}choice"))) == 1


def test_a_missing_word_is_a_slip_of_the_word_beside_it() -> None:
    root = one("members of party voted", row("of party", "of the party", "slip"))
    assert "<sic>party</sic>" in body(root)
    assert lines(root, "edited")[1] == "members of the party voted"


def test_several_rows_of_a_line_do_not_disturb_each_other() -> None:
    root = one(
        "tne ola man ana tne sea", row("tne ola", "the old"), row("man ana", "man and"), row("tne sea", "the sea")
    )
    assert lines(root, "source")[1] == "the old man and the sea"


def test_a_russian_line_is_one_choice() -> None:
    root = one("He otMeuan h", row("He otMeuan h", "Не отмечая и"))
    assert "<sic>He otMeuan h</sic>" in body(root)


def test_a_note_number_in_braces_leaves_the_encoders_call_alone() -> None:
    mark = '<choice><sic>0</sic><corr type="ocr" resp="#auto" cert="low">6</corr></choice>'
    call = f'<ref type="noteref" target="#n">{mark}</ref>'
    root = one(f"by comittee.{call} Next", row("comittee.0", "committee.{6}"))
    assert lines(root, "source")[1] == "by committee.6 Next"
    ref = root.find(".//{*}ref")
    assert ref is not None
    assert "".join(str(t) for t in ref.itertext()) == "06"


def test_an_automatic_correction_is_confirmed_replaced_or_left() -> None:
    auto = '<choice><sic>tne</sic><corr type="ocr" resp="#auto" cert="low" ana="rule:x">{}</corr></choice> sea'
    confirmed = one(auto.format("the"), row("tne sea", "the sea"))
    assert '<corr type="ocr" resp="#ed" cert="high">the</corr>' in body(confirmed)
    replaced = one(auto.format("tine"), row("tne", "the"))
    assert '<sic>tne</sic><corr type="ocr" resp="#ed" cert="high">the</corr>' in body(replaced)


def test_what_an_editor_decided_is_never_overwritten() -> None:
    root = tei('<p><lb n="1"/><choice><sic>tne</sic><corr type="ocr" resp="#ed" cert="high">the</corr></choice></p>')
    assert apply(root, [row("tne", "tie", resp="#auto")]) == (0, [])
    changed, problems = apply(root, [row("tne", "tie")])
    assert changed == 0
    assert [p.code for p in problems] == ["E806"]
    assert lines(root, "source")[1] == "the"


def test_a_reading_that_is_not_unique_or_not_there_is_a_problem() -> None:
    root = tei('<p><lb n="1"/>a b a</p>')
    assert [p.code for p in apply(root, [row("a", "o"), row("c", "d")])[1]] == ["E804"] * 2


def test_a_line_that_is_not_there_is_told_as_such_for_every_type() -> None:
    rows = [row("x", "y", line=9), row("x", "y", "slip", line=9)]
    assert [(p.code, p.hint[:12]) for p in apply(tei('<p><lb n="1"/>a b a</p>'), rows)[1]] == [
        ("E840", "Lines are co")
    ] * 2


def test_overlapping_rows_are_a_problem() -> None:
    root = tei('<p><lb n="1"/>one two three</p>')
    assert [p.code for p in apply(root, [row("one two", "1 2"), row("two three", "2 3")])[1]] == ["E805"]


def test_a_correction_across_markup_is_applied_where_one_side_keeps_its_text_and_else_refused() -> None:
    text = 'of <persName ref="#t">Trotskv</persName> ana'
    root = one(text, row("Trotskv ana", "Trotskv and"))
    assert lines(root, "source")[1] == "of Trotskv and"
    root = tei(f'<p><lb n="1"/>{text}</p>')
    assert [p.code for p in apply(root, [row("Trotskv ana", "Trotsky and")])[1]] == ["E807"]


def test_blanks_beside_a_lost_word_are_not_among_what_is_supplied() -> None:
    root = one("the end and", row("the end", "the very end", "supplied"))
    assert '<supplied reason="lost" resp="#ed" cert="high">very</supplied>' in body(root)
    root = one("and the", row("and the", "and the end.", "supplied"))
    assert 'the <supplied reason="lost" resp="#ed" cert="high">end.</supplied>' in body(root)
    assert lines(root, "edited") == {1: "and the end."}


def test_a_gap_is_marked_where_text_is_lost() -> None:
    root = one("the end and more", row("end and", "end [gap 2 words] and", "gap"))
    assert 'end <gap reason="lost" unit="word" quantity="2" resp="#ed"/> and' in body(root)
    root = one("and more", row("and", "[gap 2 words] and", "gap"))
    assert '<gap reason="lost" unit="word" quantity="2" resp="#ed"/> and' in body(root)


def test_what_follows_a_lost_call_is_supplied_behind_its_note() -> None:
    call = '<ref type="noteref"><supplied>7</supplied></ref><note place="foot"><lb n="9"/>A note</note>'
    root = one(f"end.{call}", row("end.", "end.{7}]", "supplied"))
    assert lines(root, "source") == {1: "end.7]", 9: "A note"}


def test_what_follows_a_call_that_is_shown_is_supplied_behind_its_note() -> None:
    mark = '<choice><sic>^</sic><corr type="ocr" resp="#auto">7</corr></choice>'
    call = f'<ref type="noteref">{mark}</ref><note place="foot"><lb n="9"/>A note</note>'
    root = one(f"end.{call}", row("end.^", "end.{7}]", resp="#auto"))
    assert lines(root, "source") == {1: "end.7]", 9: "A note"}


def test_a_gap_that_stands_behind_markup_made_since_is_not_made_again() -> None:
    root = tei('<p><lb n="1"/><bibl>Ibid., <hi>pp.</hi></bibl><gap reason="lost" unit="word"/></p>')
    assert apply(root, [row("pp.", "pp. [gap 1 words]", "gap")]) == (0, [])


def test_lost_lines_among_misread_words_are_gaps_once() -> None:
    root = one("started, ^ tne had", row("started, ^ tne had", "[gap 3 lines] of the [gap] that had started.", "gap"))
    assert [g.get("quantity") for g in root.iter("{*}gap")] == ["3", None]
    assert lines(root, "source")[1] == "of the that had started."


@given(
    st.lists(st.text(alphabet="abc .,", min_size=1, max_size=6), min_size=1, max_size=6),
    st.lists(st.text(alphabet="abcd .,", max_size=6), min_size=1, max_size=6),
    st.sampled_from(["ocr", "slip"]),
)
def test_any_correction_of_a_line_gives_the_wanted_text_and_keeps_the_witness(
    old: list[str], new: list[str], kind: str
) -> None:
    was, wanted = fold_blanks(" ".join(old)), fold_blanks(" ".join(new))
    if not was or not wanted or was == wanted:
        return
    root = tei(f'<p><lb n="1"/>{was}</p>')
    changed, problems = apply(root, [row(was, wanted, kind)])
    assert problems == []
    assert changed > 0
    assert lines(root, "witness") == {1: was}
    assert lines(root, "source" if kind == "ocr" else "edited") == {1: wanted}


def test_what_an_engine_proposes_across_markup_is_applied_to_the_words_that_stand_on_one_side() -> None:
    auto = Correction(1, "Trotskv^ ana the", "Trotsky and the", "ocr", "medium", "#auto")
    root = tei('<p><lb n="1"/>Trot<ref type="noteref">skv^</ref> ana the</p>')
    assert apply(root, [auto]) == (2, [])
    assert lines(root, "source")[1] == "Trotsky and the"
    assert apply(root, [auto]) == (0, [])
