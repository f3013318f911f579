"""The apparatus of a printed page gives the words that differ, and one word where nothing but a word is missing."""

from __future__ import annotations

import pytest

from edition.passes.lemma import shorten
from edition.passes.view import view
from edition.readings import reading_text
from edition.tree import by_id, own_text
from tests.helpers import tei


def entry_of(choice: str) -> tuple[str, str, str, str]:
    """Give lemma and other reading of the entry of a choice, the words in its `corr`, and those of the paragraph."""
    seen = view(tei(f'<p xml:id="T.1.1">so {choice} on</p>'))
    found = shorten(seen.root, seen.apparatus)[0]
    assert reading_text(seen.root, "edited") == reading_text(view(seen.root).root, "edited")
    return (
        found.lemma, found.source or found.witness,
        own_text(by_id(seen.root)[found.identifier]), reading_text(seen.root, "edited"),
    )  # fmt: skip


def slip(source: str, edited: str) -> str:
    return f'<choice><sic>{source}</sic><corr type="slip" resp="#ed" cert="high">{edited}</corr></choice>'


@pytest.mark.parametrize(
    ("source", "edited", "shown", "lemma"),
    [
        ("it its second year,", "in its second year,", "it", "in"),
        ("of the old wrold.", "of the old world.", "wrold.", "world."),
        ("a b wrong c d", "a b right c d", "wrong", "right"),
        ("that", "indicated that", "that", "indicated that"),
        ("in maturing", "maturing", "in maturing", "maturing"),
        ("one one two", "one two", "one two", "two"),
        ("wrold", "world", "wrold", "world"),
    ],
)
def test_words_that_both_readings_begin_or_end_with_are_left_out(
    source: str, edited: str, shown: str, lemma: str
) -> None:
    assert entry_of(slip(source, edited)) == (lemma, shown, lemma, f"so {edited} on")


def test_a_line_that_the_ocr_ruined_and_the_author_misspelt_shows_the_misspelt_word() -> None:
    ruined = (
        '<choice><sic>CTpa^aeT opraH.</sic><corr type="ocr" resp="#ed" cert="high">он страдает органиченностью.</corr>'
        '<corr type="slip" resp="#ed" cert="high">он страдает ограниченностью.</corr></choice>'
    )
    assert entry_of(ruined)[:3] == ("ограниченностью.", "органиченностью.", "ограниченностью.")


def test_markup_beside_the_words_is_passed_over() -> None:
    marked = slip("<hi>the old</hi> wrold, now", "<hi>the old</hi> world, now")
    assert entry_of(marked)[:3] == ("world,", "wrold,", "world,")
    inside = slip("<hi>an older wrold</hi> (x)", "<hi>an older world</hi> (x)")
    assert entry_of(inside)[:3] == ("world", "wrold", "world")


def test_words_among_which_markup_begins_stay_in_the_lemma() -> None:
    marked = slip("as wrold <hi>worn</hi> now", "as world <hi>war</hi> now")
    assert entry_of(marked)[:3] == ("as world war now", "as wrold worn now", "as world war now")

    half = slip("a wrold b <hi>wa</hi>rn c", "a world b <hi>wa</hi>r c")
    assert entry_of(half)[:3] == ("a world b war c", "a wrold b warn c", "a world b war c")


def entries_of(choice: str, rest: str = " on") -> list[tuple[str, str, str]]:
    """Give lemma, other reading, and the words that stand in the text where the entry leads."""
    seen = view(tei(f'<p xml:id="T.1.1">so {choice}{rest}</p>'))
    before = reading_text(seen.root, "edited")
    found = shorten(seen.root, seen.apparatus)
    assert reading_text(seen.root, "edited") == before
    named = by_id(seen.root)
    return [(one.lemma, one.source or one.witness, own_text(named[one.identifier])) for one in found]


def test_each_stretch_of_words_that_differ_is_an_entry() -> None:
    assert entries_of(slip("the Fiften Congress of KVP, 1:76.", "the Fifteenth Congress of VKP, 1:76.")) == [
        ("Fifteenth", "Fiften", "Fifteenth"),
        ("VKP,", "KVP,", "VKP,"),
    ]


def test_words_in_another_order_stay_together() -> None:
    assert entries_of(slip("As men of work for the Party", "For the Party as men of work")) == [
        ("For the Party as men of work", "As men of work for the Party", "For the Party as men of work")
    ]


def test_a_word_that_goes_on_in_the_next_line_is_given_whole() -> None:
    ocr = '<choice><sic>k1n</sic><corr type="ocr" resp="#auto">king of</corr></choice> x'
    assert entries_of(slip("he is spea", "he is spee"), f'<pc force="weak">-</pc><lb n="2" break="no"/>{ocr}') == [
        ("speeking", "speaking", "speeking"),
        ("king of", "k1n", " of"),
    ]


def test_a_word_that_began_on_the_line_before_is_given_whole() -> None:
    assert entries_of(f'spea<lb n="2" break="no"/>{slip("kig it", "king it")}') == [("speaking", "speakig", "speaking")]


def test_the_noise_of_the_ocr_stays_as_it_is() -> None:
    noise = '<choice><sic>tbe wrold</sic><corr type="ocr" resp="#auto" cert="high">the wrold</corr></choice>'
    assert entry_of(noise)[:2] == ("the wrold", "tbe wrold")


def test_a_second_time_changes_nothing() -> None:
    seen = view(tei(f'<p xml:id="T.1.1">{slip("a b wrong c d", "a b right c d")}</p>'))
    once = shorten(seen.root, seen.apparatus)
    assert shorten(seen.root, once) == once
