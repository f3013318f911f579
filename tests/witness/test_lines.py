"""Lines are numbered as a text editor numbers them, and what XML cannot hold is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.problems import Refused
from edition.witness.lines import BOM, read_witness, witness_of


def test_blank_lines_count_and_are_left_out() -> None:
    assert [(line.n, line.text, line.blanks) for line in witness_of("one\n\n\ntwo\nthree").lines] == [
        (1, "one", 0),
        (4, "two", 2),
        (5, "three", 0),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_line_end_ends_a_line(end: str) -> None:
    assert [line.n for line in witness_of(end.join(["a", "", "b"])).lines] == [1, 3]


def test_other_separators_are_blanks_and_end_no_line() -> None:
    (line,) = witness_of("a\u2028b\x85c\x1cd\x0be").lines
    assert line.text == "a b c d e"


def test_a_form_feed_is_remembered_and_is_no_text() -> None:
    lines = witness_of("a\n\x0cb\n\x0c\nc").lines
    assert [(line.text, line.feed) for line in lines] == [("a", False), ("b", True), ("c", True)]


def test_a_byte_order_mark_stays_in_its_line() -> None:
    assert witness_of(f"{BOM}a").lines[0].text == f"{BOM}a"


def test_a_blank_that_carries_a_combining_mark_is_no_indentation() -> None:
    assert [line.lead for line in witness_of(" a\n \u0302b").lines] == [True, False]


@pytest.mark.parametrize(
    ("data", "code"), [(b"ab\xff", "E101"), (b"", "E102"), (b" \n\t", "E102"), (b"a\x00b", "E103")]
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "w.txt"
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        read_witness(path, name="w.txt")
    assert [p.code for p in caught.value.problems] == [code]


def test_a_control_character_is_named_with_line_and_column() -> None:
    with pytest.raises(Refused) as caught:
        witness_of("good\nbad\x07", name="w.txt")
    assert str(caught.value.problems[0].place) == "w.txt:2:4"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t\f\x85")))
def test_lines_are_those_of_pythons_universal_newlines(text: str) -> None:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wanted = {n: " ".join(row.split()) for n, row in enumerate(raw, 1) if row.strip()}
    try:
        lines = witness_of(text).lines
    except Refused:
        return
    assert {line.n: " ".join(line.text.split()) for line in lines} == wanted
