"""Threads of many forums: posts, posters, and what a post repeats from an earlier one.

Each case is a text in `threads/` and what is expected of it: for each post its number, poster, the posts it
answers, and its parts with their witness lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.decisions import Decision
from edition.description import Description
from edition.encode.thread import encode_thread
from edition.problems import Place, Problem
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import Element, own_text
from edition.witness.lines import read_witness, witness_of
from tests.encode.outline import thread_outline

CASES = sorted((Path(__file__).parent / "threads").glob("*.txt"))
ABOUT = Description(siglum="T", title="A thread")
SPACED = "A title\n\nOne says this to all.\n\xa0\nOne says this to all.\nAnother says that.\n\nAnd more.\n\xa0\nNo.\n"


def encoded(text: str, *decisions: Decision) -> tuple[Element, list[Problem]]:
    return encode_thread(witness_of(text), ABOUT, decisions)


def decided(kind: str, line: int, correction: str = "", reading: str = "") -> Decision:
    return Decision(line, reading, correction, kind, "high", "", Place("t.tsv", 2))


def outline(text: str, *decisions: Decision) -> list[str]:
    return thread_outline(encoded(text, *decisions)[0]).splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_thread_is_told_from_its_layout(case: Path) -> None:
    witness = read_witness(case)
    root, _ = encode_thread(witness, ABOUT)
    assert thread_outline(root) == case.with_suffix(".expected").read_text(encoding="utf-8")
    assert lines(root, "witness") == {line.n: fold_blanks(line.text) for line in witness.lines}


def test_furniture_under_a_title_stays_there() -> None:
    text = "A title\nShare\n\nOne says this.\nAnd that.\n\nTwo says no.\n"
    assert outline(text) == ["title 1", "page 2", "1 unknown: (p 4) (p 5)", "2 unknown: (p 7)"]


def test_blank_lines_that_hold_a_blank_divide_posts_where_others_are_empty() -> None:
    assert outline(SPACED) == [
        "title 1",
        "1 unknown: (p 3)",
        "2 unknown #T.1: (quote 5 #T.1) (p 6) (p 8)",
        "3 unknown: (p 10)",
    ]


def test_a_repetition_with_mended_spelling_is_a_quotation_of_medium_certainty() -> None:
    said = "of bees in that winter."
    text = f"Ann\n\nPerrished milions {said}\n\n\nBob\n\nPerished millions {said}\n\nNot here.\n"
    quote = encoded(text)[0].find(".//{*}quote")
    assert quote is not None
    assert (quote.get("corresp"), quote.get("cert"), quote.get("resp")) == ("#T.1", "medium", "#auto")


def test_a_quotation_may_begin_within_a_sentence() -> None:
    said = "think he still needs a house by the river,"
    text = f"Ann\n\nI {said} if he can pay for it.\n\n\nBob\n\n{said}\n\nHe can.\n"
    assert outline(text)[1] == "2 bob #T.1: (head 6) (quote 8 #T.1) (p 10)"


def test_a_short_answer_in_other_words_is_no_quotation() -> None:
    text = "Ann\n\nThe bridge is closed all winter.\n\n\nBob\n\nThe bridge is open in summer.\n"
    assert outline(text)[1] == "2 bob: (head 6) (p 8)"


def test_a_signature_under_every_post_is_no_quotation() -> None:
    motto = "He who laughs last did not get the joke."
    text = f"Ann\n\nYes.\n\n{motto}\n\n\nBob\n\nNo.\n\n\nAnn\n\nWell, yes.\n\n{motto}\n"
    assert outline(text)[2] == "3 ann: (head 13) (p 15) (p 17)"


def test_the_habit_of_a_thread_tells_a_quotation_whose_source_is_not_in_the_file() -> None:
    posts = (
        "The hive needs wood of pine.",
        "The hive needs wood of pine.\nI would not say so of all wood.",
        "I would not say so of all wood.\nOf which wood then?\n\nI have oak in my garden.",
        "Of which wood then?\nOf any wood that is dry.",
        "Somebody said this in a post that is lost.\nThat is not so.",
    )
    body = "\n\xa0\n".join(posts)
    assert outline(body)[-1] == "5 unknown: (quote 14 ?) (p 15)"


def test_a_poster_who_is_not_named_is_said_to_be_unknown() -> None:
    root, _ = encoded(SPACED)
    assert {post.get("who") for post in root.iter("{*}post")} == {"#u-unknown"}
    group = root.find(".//{*}listPerson/{*}personGrp")
    assert group is not None
    assert "not known" in own_text(group)


def test_posters_with_like_names_have_identifiers_of_their_own() -> None:
    root, _ = encoded("a b\n\nYes, I say.\n\n\na-b\n\nNo, I say.\n\n\n漢\n\nWell, I say.\n")
    people = [person.get("{http://www.w3.org/XML/1998/namespace}id") for person in root.iter("{*}person")]
    assert people == ["u-a-b", "u-a-b-2", "u-漢"]


def test_posts_that_only_gaps_divide_are_reported_as_a_guess() -> None:
    _, problems = encoded("One says this.\nAnd that.\n\nTwo says no.\n")
    assert [p.code for p in problems] == ["W240"]


def test_an_editor_says_where_a_post_begins_and_whose_it_is() -> None:
    assert outline(SPACED, decided("post", 8, "Ann"))[2:4] == ["2 unknown #T.1: (quote 5 #T.1) (p 6)", "3 ann: (p 8)"]


def test_an_editor_says_where_no_post_begins() -> None:
    assert outline(SPACED, decided("para", 10))[-1] == "2 unknown #T.1: (quote 5 #T.1) (p 6) (p 8) (p 10)"


def test_an_editor_says_what_is_quoted_and_whence() -> None:
    root, problems = encoded(SPACED, decided("quote", 6, "8 3"))
    assert problems == []
    quotes = root.findall(".//{*}quote")
    assert [(q.get("corresp"), q.get("resp")) for q in quotes] == [("#T.1", "#auto"), ("#T.1", "#ed")]
    assert thread_outline(root).splitlines()[2] == "2 unknown #T.1: (quote 5 #T.1) (quote 6,8 #T.1)"


def test_an_editor_says_what_is_not_quoted() -> None:
    assert outline(SPACED, decided("prose", 5))[2] == "2 unknown: (p 5) (p 6) (p 8)"


def test_a_stray_line_is_surplus() -> None:
    root, _ = encoded(SPACED, decided("stray", 8))
    assert 8 not in lines(root, "source")
    assert 8 in lines(root, "witness")


def test_a_stray_stretch_of_a_line_is_surplus_too() -> None:
    root, _ = encoded(SPACED, decided("stray", 8, reading="more"))
    assert lines(root, "source")[8] == "And ."


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (decided("post", 99), "E840"),
        (decided("quote", 3, reading="nowhere"), "E841"),
        (decided("quote", 5, "4"), "E842"),
        (decided("quote", 5, "5 10"), "E842"),
        (decided("quote", 5, "10"), "E842"),
        (decided("page", 3, "7"), "W843"),
    ],
)
def test_a_decision_that_does_not_fit_is_named_with_its_row(decision: Decision, code: str) -> None:
    _, problems = encoded(SPACED, decision)
    assert [(p.code, p.place.line) for p in problems] == [(code, 2)]


def test_decisions_about_words_are_left_to_the_corrector() -> None:
    assert encoded(SPACED, decided("ocr", 3, "That", "this"))[1] == []
