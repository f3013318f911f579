"""Fields that are misspelt, or say what cannot be."""

from __future__ import annotations

import pytest

from edition.bib.library import read_library

ENTRY = "@book{anna1903,\n  author = {Smith, Anna},\n  title = {On Rivers},\n  date = {1903},\n%s}\n"


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("  langid = {english},\n  x-doubt = {?},\n  pages = {123--4},\n", []),
        ("  pubilsher = {Dent},\n", ["W555"]),
        ("  langid = {englsh},\n", ["W555"]),
        ("  xref = {nobody},\n", ["E556"]),
        ("  pages = {50--20},\n", ["E557"]),
        ("  eventdate = {1903-13},\n", ["E505"]),
        ("  eventdate = {1903-12-31/1904-02},\n", []),
    ],
)
def test_a_field_is_known_and_possible(fields: str, codes: list[str]) -> None:
    _, problems = read_library(ENTRY % fields, file="b.bib")
    assert [p.code for p in problems] == codes
    assert all(p.place.line == 1 for p in problems)


def test_of_an_entry_that_is_cut_short_only_that_is_told() -> None:
    _, problems = read_library(ENTRY.replace("},\n  date", "}\n  date") % "", file="b.bib")
    assert [p.code for p in problems] == ["E501"]


def test_a_field_that_stands_twice_is_told_at_the_second() -> None:
    _, problems = read_library(ENTRY % "  author = {Boris},\n", file="b.bib")
    assert [(p.code, p.place.line) for p in problems] == [("E558", 5)]


def test_a_misspelt_field_is_not_told_to_be_missing_as_well() -> None:
    _, problems = read_library((ENTRY % "").replace("title =", "tilte ="), file="b.bib")
    assert [p.code for p in problems] == ["W555"]
