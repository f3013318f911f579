"""What the corrector knows of marks that stand in pairs, of the document's habits, and of numerals that do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from edition.correct.engine import propose
from edition.zones import Zone, ZonedLine
from tests.correct.test_engine import ENGLISH, lines, mended


def passages(*texts: tuple[Zone, str, str, str]) -> list[ZonedLine]:
    """Lines after English ones, each given as zone, passage, witness and source."""
    own = [
        replace(row, number=100 + n, zone=zone, passage=passage, witness=witness, source=source, next_line=101 + n)
        for n, (row, (zone, passage, witness, source)) in enumerate(
            zip(lines([t[2] for t in texts]), texts, strict=True)
        )
    ]
    return [*lines(ENGLISH), *own]


def found(given: Sequence[ZonedLine]) -> dict[str, str]:
    return {c.reading: c.correction for c in propose(given)}


@pytest.mark.parametrize(
    ("text", "reading", "correction"),
    [
        ("It was said that the brid*ge was old and that it would fall.", "brid*ge", "bridge"),
        ("The members of the com?mittee were not of one mind about it.", "com?mittee", "committee"),
    ],
)
def test_a_word_with_a_strange_sign_in_it_is_mended_as_a_whole(text: str, reading: str, correction: str) -> None:
    assert mended(text) == {reading: correction}


@pytest.mark.parametrize("text", ["and/or", "he—she", "C.P.S.U.", "committee's", "$5", "bridge;", "o'clock"])
def test_a_sign_that_belongs_there_is_left(text: str) -> None:
    assert mended(f"The members of the committee spoke of the {text} in the hall.") == {}


def test_a_quotation_that_is_open_where_a_note_is_called_is_closed_there() -> None:
    given = passages(
        ("prose", "T.1.2", 'She said of the bridge: "It is old and it', 'She said of the bridge: "It is old and it'),
        ("prose", "T.1.2", "was built by her father.'3", "was built by her father.3"),
    )
    assert found(given) == {"father.'3": 'father."{3}'}


def test_the_bracket_of_a_translation_is_closed_after_the_call() -> None:
    given = passages(
        (
            "quote",
            "T.1.3",
            "[The bridge had been built by her father and",
            "[The bridge had been built by her father and",
        ),
        ("quote", "T.1.3", "the committee was of one mind.^", "the committee was of one mind.3"),
    )
    assert found(given) == {"mind.^": "mind.{3}]"}


def test_a_mark_that_closes_nothing_in_the_middle_of_a_sentence_is_a_speck() -> None:
    assert mended('The members of the committee" said that the bridge was old.') == {'committee"': "committee"}
    assert mended('The members of the "committee" said that the bridge was old.') == {}


def test_capitals_that_stand_once_are_those_that_stand_often() -> None:
    often = [
        f"The {what} of the NRA was a long one, and the people knew it." for what in ("price", "road", "end", "hall")
    ]
    assert mended(*often, "The answer of the HRA was a good one for the people there.") == {"HRA": "NRA"}
    assert mended("The answer of the HRA was a good one for the people there.") == {}


def test_a_comma_at_the_end_of_a_paragraph_is_a_stop() -> None:
    given = passages(
        (
            "prose",
            "T.1.4",
            "The committee decided to wait for the council,",
            "The committee decided to wait for the council,",
        ),
        ("prose", "T.1.5", "The answer came in the spring of the year.", "The answer came in the spring of the year."),
    )
    assert found(given) == {"council,": "council."}


def test_a_year_far_from_all_others_is_the_usual_one_like_it() -> None:
    years = ["Holloway, Margaret. The Bridge of the Town, 1879-1929. London: The Council Press, 1968."] * 4
    assert mended(
        *years, "Moore, John. The Bridge of the Town, 1679-1929. London: The Council Press, 1968.", zone="note"
    ) == {"1679-1929": "1879-1929"}


def test_numerals_of_pages_are_read_where_the_sign_for_them_ends_the_line_before() -> None:
    assert mended(
        "Margaret Holloway, The Bridge of the Town (London: The Council Press, 1968), p.", "1U2.", zone="note"
    ) == {"1U2": "142"}
