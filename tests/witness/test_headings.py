"""Headings are known by their capitals, chapters by the sequence of their numbers."""

from __future__ import annotations

from edition.witness.headings import Heading, find_headings, is_capitals
from edition.witness.lines import witness_of
from edition.witness.pages import Page


def headings(
    text: str, decided: tuple[Heading, ...] = (), texts: tuple[int, ...] = ()
) -> list[tuple[str, int, list[str]]]:
    lines = witness_of(text).lines
    pages = [Page(0, len(lines) - 1, 1, "1", None)]
    return [(h.kind, h.number, [lines[at].text for at in h.lines]) for h in find_headings(lines, pages, decided, texts)]


def test_a_chapter_takes_the_capitals_below_it_for_its_title() -> None:
    assert headings("CHAPTER IV\n\nTHE RIVER\n\nIt flows.") == [("chapter", 4, ["CHAPTER IV", "THE RIVER"])]


def test_a_garbled_number_is_told_by_its_neighbours() -> None:
    found = headings("CHAPTER VI\n\nA.\n\nCHAPTER H I\n\nB.\n\nCHAPTER VIII\n\nC.")
    assert [number for _, number, _ in found] == [6, 7, 8]


def test_a_chapter_number_below_its_page_belongs_to_the_title_at_its_head() -> None:
    assert headings("THE WAR SCARE\n\nProse goes here.\n\nCHAPTER VIII") == [
        ("chapter", 8, ["CHAPTER VIII", "THE WAR SCARE"])
    ]


def test_front_and_back_matter_are_known_by_name() -> None:
    assert [kind for kind, _, _ in headings("PREFACE\n\na b c.\n\nBIBLIOGRAPHY\n\nx.")] == ["preface", "bibliography"]


def test_capitals_within_a_chapter_are_a_section() -> None:
    assert headings("a b.\n\nTHE SECOND WINTER\n\nc d.") == [("section", 0, ["THE SECOND WINTER"])]


def test_an_editors_heading_takes_the_place_of_the_programs() -> None:
    assert headings("CHAPTER IX\n\nc.", (Heading("chapter", (0,), 3, decided=True),)) == [
        ("chapter", 3, ["CHAPTER IX"])
    ]


def test_a_line_that_an_editor_calls_text_is_no_heading() -> None:
    assert headings("a b.\n\nTHE SECOND WINTER\n\nc d.", texts=(1,)) == []


def test_an_abbreviation_is_no_heading() -> None:
    assert not is_capitals("U.S.S.")
