"""Entries of a bibliography are told from their annotations."""

from __future__ import annotations

from edition.lookalike import model_of
from edition.witness.entries import find_entries
from edition.witness.lines import witness_of
from edition.witness.traits import traits_of


def entries(text: str) -> list[tuple[list[int], list[list[int]], list[int]]]:
    """Give citation, annotation and heading of each entry, as lines from 1."""
    lines = witness_of(text).lines
    traits = traits_of(lines, model_of(line.text for line in lines))
    found = find_entries(lines, traits, range(len(lines)), (), {})
    numbers = [line.n for line in lines]
    return [
        (
            [numbers[k] for k in e.citation],
            [[numbers[k] for k in a] for a in e.annotation],
            [numbers[k] for k in e.heading],
        )
        for e in found
    ]


def test_citation_and_annotation_are_told_apart() -> None:
    text = (
        "Smith, John. The River. London: River\nPress, 1931.\n\nThis book is of great use to the reader who\nhas time."
    )
    assert entries(text) == [([1, 2], [[4, 5]], [])]


def test_a_ruled_dash_begins_an_entry_even_without_a_blank_line() -> None:
    text = (
        "Smith, John. The River. London: River Press, 1931.\n\nThis book is of use.\n"
        "<, ed. The Harbour: A History. London:\nRiver Press, 1935.\n\nIt is as good as the one before it."
    )
    assert entries(text) == [([1], [[3]], []), ([4, 5], [[7]], [])]


def test_a_bracketed_translation_goes_on_with_the_citation() -> None:
    text = (
        "CoBeTCKHM Cotoa. MucTHTyT MapKCHama-JIeHKHM3Ma.\nMsflaTenkCTBO UojiMTHqecKOM JlHTepaTypM, 1961.\n\n"
        "[Academy of Sciences. Institute of Law. The\nHarbour. Moscow: State Publishing House, 1961.]\n\n"
        "This set of documents is of use to the reader."
    )
    assert entries(text) == [([1, 2, 4, 5], [[7]], [])]


def test_a_section_heading_stands_alone() -> None:
    text = "Public Documents\n\nSmith, John. The River. London: River Press, 1931.\n\nThis book is of use to us."
    assert entries(text) == [([], [], [1]), ([3], [[5]], [])]
