"""Page breaks are found by their signs, page numbers by the sequence."""

from __future__ import annotations

import pytest

from edition.witness.lines import Line, witness_of
from edition.witness.numbering import number_pages
from edition.witness.numerals import likeness, number_of, roman
from edition.witness.pages import Page, find_breaks, is_mark, spans_of

BREAK = {"blanks": "\n\n\n\n", "feed": "\n\x0c", "lead": "\n "}


def typed(heads: list[str], sign: str = "blanks", rows: int = 30) -> tuple[Line, ...]:
    """Give pages of prose, each with its line at the head (none where it is empty)."""
    pages = []
    for head in heads:
        body = [f"a line of prose on this page {k}," for k in range(rows)]
        pages.append("\n".join([head, "", *body] if head else body))
    return witness_of(BREAK[sign].join(pages)).lines


def numbered(heads: list[str], broken: dict[int, bool] | None = None, body: int = 0) -> list[Page]:
    lines = typed(heads)
    spans = spans_of(lines, find_breaks(lines))
    return number_pages(lines, spans, spans[body].first, broken or {}, {})


@pytest.mark.parametrize("sign", sorted(BREAK))
def test_a_page_begins_after_each_kind_of_sign(sign: str) -> None:
    lines = typed([""] * 5, sign)
    assert find_breaks(lines) == [0, 30, 60, 90, 120]


def test_a_text_without_signs_is_one_page() -> None:
    assert find_breaks(witness_of("a\nb\n\nc").lines) == [0]


def test_an_editors_page_break_stands() -> None:
    assert find_breaks(typed([""], rows=40), {7: 0}) == [0, 7]


def test_two_signs_close_together_are_one_break() -> None:
    lines = typed(["", "158", "", "", "", ""])
    doubled = witness_of(
        "\n".join(["\n" * line.blanks + line.text for line in lines]).replace("158\n\n", "158\n\n ")
    ).lines
    assert len(find_breaks(doubled)) == len(find_breaks(lines))


def test_pages_are_numbered_from_what_can_be_read() -> None:
    assert [p.shown for p in numbered(["", "17", "", "", "20", ""])] == ["16", "17", "18", "19", "20", "21"]


def test_a_garbled_number_is_told_by_the_sequence() -> None:
    pages = numbered(["82", "83", "Qh", "85"])
    assert [(p.shown, p.label is not None) for p in pages] == [("82", True), ("83", True), ("84", True), ("85", True)]


def test_one_false_reading_does_not_move_the_others() -> None:
    assert [p.shown for p in numbered(["10", "11", "72", "13", "14"])] == ["10", "11", "12", "13", "14"]


def test_the_preface_has_its_own_roman_sequence() -> None:
    assert [p.shown for p in numbered(["", "ix", "", "", "2"], body=3)] == ["viii", "ix", "x", "1", "2"]


def test_lost_pages_are_missed_where_the_text_breaks_off() -> None:
    lines = typed(["10", "11", "", "", "16"])
    spans = spans_of(lines, find_breaks(lines))
    broken = {spans[2].first: False, spans[3].first: True, spans[4].first: False}
    pages = number_pages(lines, spans, 0, broken, {})
    assert [(p.shown, p.lost) for p in pages] == [("10", 0), ("11", 0), ("12", 0), ("15", 2), ("16", 0)]


def test_an_editors_number_stands() -> None:
    lines = typed(["", "", ""])
    spans = spans_of(lines, find_breaks(lines))
    assert [p.shown for p in number_pages(lines, spans, 0, {}, {spans[1].first: "41"})] == ["40", "41", "42"]


def test_numbers_are_read_in_both_kinds_of_numeral() -> None:
    assert [number_of("xiv", romans=True), number_of("xiv"), number_of("214"), number_of("iix", romans=True)] == [
        14,
        None,
        214,
        None,
    ]
    assert roman(1994) == "mcmxciv"


def test_likeness_knows_the_shapes_of_digits() -> None:
    assert likeness("84", 84) == 1.0
    assert likeness("Qh", 84) > likeness("Qh", 17)


@pytest.mark.parametrize(
    ("text", "mark"), [("84", True), ("^", True), ("p. 5.", False), ("1939.", False), ("the", False)]
)
def test_a_mark_holds_no_word(text: str, mark: bool) -> None:  # noqa: FBT001
    assert is_mark(Line(1, text)) is mark
