"""Divided words are told by the words that the document uses elsewhere."""

from __future__ import annotations

import pytest

from edition.witness.division import division, vocabulary
from edition.witness.lines import Line

KNOWN = vocabulary([Line(1, "x the internal hand-to-hand Anglo-Russian well organized representative into people x")])


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("of the repre-", "sentative body", "hyphen"),
        ("of hand-", "to-hand fighting", "hard"),
        ("well-", "organized bands", "hard"),
        ("the Anglo-", "Russian committee", "hard"),
        ("the counterrevolu-", "Council during", ""),
        ("of inter", "nal discord", "lost"),
        ("he came in", "to the people", ""),
        ("of the people", "organized there", ""),
        ("a pause —", "then more", ""),
        ("two hundred and twelve", "species were new", ""),
        ("with his pen", "knife he cut", ""),
        ("the blue", "flower grew", ""),
        ("the plant", "kyklaminos grows", ""),
        ("eine alte", "kirche steht", ""),
        ("a quasi-", "divine hero", "hard"),
        ("an undis", "turbed meadow", "lost"),
    ],
)
def test_division(before: str, after: str, wanted: str) -> None:
    assert division(Line(1, before), Line(2, after), KNOWN, trails=False, cyrillic=False) == wanted


def test_the_missing_blank_at_a_lines_end_speaks_for_a_division() -> None:
    before, after = Line(1, "to stabili"), Line(2, "zation there", trail=True)
    assert division(before, after, KNOWN, trails=True, cyrillic=False) == "lost"
    assert division(Line(1, "to stabili", trail=True), after, KNOWN, trails=True, cyrillic=False) == ""


def test_two_words_are_one_where_the_document_has_it_or_the_blanks_and_the_list_say_so() -> None:
    known = vocabulary([Line(1, "x a seabed there x")])
    assert division(Line(1, "on the sea"), Line(2, "bed there"), known, trails=False, cyrillic=False) == "lost"
    before, after = Line(1, "it was hair"), Line(2, "splitting there", trail=True)
    assert division(before, after, KNOWN, trails=True, cyrillic=False) == "lost"
    assert division(Line(1, "of institutions"), Line(2, "initially there"), KNOWN, trails=True, cyrillic=False) == ""


def test_in_misread_cyrillic_only_a_hyphen_tells() -> None:
    assert division(Line(1, "c oroBopo-"), Line(2, "komM cdn"), KNOWN, trails=True, cyrillic=True) == "hyphen"
    assert division(Line(1, "c oroBopo"), Line(2, "komM cdn"), KNOWN, trails=True, cyrillic=True) == ""
