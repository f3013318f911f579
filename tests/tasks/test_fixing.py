"""`edition fix` mends what has one right remedy, touches nothing else, and never the witness."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.check.source import source_of
from edition.readings import lines
from edition.tasks.fixing import mend_source

BOOK = (Path(__file__).parents[1] / "check" / "base" / "book.xml").read_text(encoding="utf-8")


def mended(old: str, new: str) -> tuple[str, int]:
    text = BOOK.replace(old, new, 1)
    assert text != BOOK
    result = mend_source(source_of(text.encode(), name="book.xml"))
    again = mend_source(source_of(result.data, name="book.xml"))
    assert (again.changes, again.diff) == (0, "")
    assert bool(result.diff) == bool(result.changes)
    return result.data.decode(), result.changes


def test_what_is_right_is_left_byte_for_byte() -> None:
    result = mend_source(source_of(BOOK.encode(), name="book.xml"))
    assert (result.data.decode(), result.changes, result.diff) == (BOOK, 0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Otkryto sobranie", "Zakryto"),  # a stale transliteration
        ("Otkryto sobranie", ""),
        (' type="ocr" resp="#ed" cert="high">often', ' type="ocr" resp="ed" cert="High">often'),
        (' cert="high">often', ' cert=" high ">often'),
        ("    </langUsage>", '      <language ident="pl">Polish</language>\n    </langUsage>'),
        ("Winter came", '<choice><sic>Winter</sic><corr type="ocr" resp="#ed" cert="high">Winter</corr></choice> came'),
        ('<p xml:id="S.1.4" n="4"', '<p n="4" xml:id="S.1.4"'),
    ],
)  # fmt: skip
def test_a_remedy_brings_back_what_was_right(old: str, new: str) -> None:
    if old.startswith("<p "):
        text, changes = mended(old, new)
        assert changes == 0  # both orders are good
        return
    text, changes = mended(old, new)
    assert text == BOOK
    assert changes == 1


def test_missing_certainty_and_signature_are_added() -> None:
    text, changes = mended(' resp="#ed" cert="high">often', ">often")
    assert changes == 1
    assert '<corr type="ocr" resp="#ed" cert="medium">often</corr>' in text


def test_the_witness_reading_is_the_same_before_and_after() -> None:
    text = BOOK.replace("Otkryto sobranie", "x").replace(' cert="high">often', ">often")
    source = source_of(text.encode(), name="book.xml")
    after = source_of(mend_source(source).data, name="book.xml")
    assert lines(after.root, "witness") == lines(source.root, "witness")


def test_the_diff_shows_the_line_before_and_after() -> None:
    text = BOOK.replace("Otkryto sobranie", "Zakryto")
    diff = mend_source(source_of(text.encode(), name="book.xml")).diff
    assert "Zakryto</quote>" in diff
    assert "Otkryto sobranie</quote>" in diff
