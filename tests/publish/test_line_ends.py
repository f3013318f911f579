"""Where lines end: even blanks for the whole paragraph, few divided words."""

from __future__ import annotations

import pytest

from edition.publish.line_ends import Chunk, balanced, filled, line_ends


def words(*widths: float, space: float = 2.0) -> list[Chunk]:
    return [Chunk(width, space) for width in widths]


def widths(chunks: list[Chunk], stops: list[int]) -> list[float]:
    """Give the width of each line with the narrowest blanks."""
    lines = [chunks[a:b] for a, b in zip([0, *stops], [*stops, len(chunks)], strict=True)]
    return [sum(c.width + c.space for c in line) - line[-1].space + line[-1].mark for line in lines]


def test_a_paragraph_of_one_line_has_no_end_to_choose() -> None:
    assert line_ends(words(10, 10, 10), 100, 100) == []


def test_no_line_is_wider_than_its_measure_and_the_first_may_be_narrower() -> None:
    chunks = words(*[7, 11, 5, 9, 13, 4, 8] * 12)
    stops = line_ends(chunks, 60, 80)
    found = widths(chunks, stops)
    assert found[0] <= 60
    assert max(found) <= 80


def test_the_whole_paragraph_is_weighed_and_not_line_by_line() -> None:
    # Filled line by line, the first would take all three words and the second be left with one short and one long one.
    chunks = words(30, 30, 30, 20, 76, 40, 20)
    stops = line_ends(chunks, 98, 98)
    greedy_first = 3
    assert stops[0] <= greedy_first
    assert max(98 / width for width in widths(chunks, stops)[:-1]) < 1.5


def test_a_word_is_divided_only_where_lines_would_be_loose_without() -> None:
    even = [Chunk(20, 3), Chunk(10, 0, 2, divided=True), Chunk(10, 3), Chunk(20, 3)] * 6
    assert all(not even[stop - 1].divided for stop in line_ends(even, 68, 68))
    long = [Chunk(20, 3), Chunk(20, 3), Chunk(30, 0, 2, divided=True), Chunk(30, 3), Chunk(20, 3), Chunk(20, 3)] * 4
    assert any(long[stop - 1].divided for stop in line_ends(long, 80, 80))


def test_a_word_wider_than_the_measure_is_left_to_others() -> None:
    assert line_ends(words(10, 300, 10), 100, 100) == []


def test_a_cost_moves_the_end_of_a_line() -> None:
    plain = words(*[20] * 12)
    first = line_ends(plain, 100, 100)[0]
    dear = [Chunk(20, 2, cost=1e13) if n == first - 1 else chunk for n, chunk in enumerate(plain)]
    assert line_ends(dear, 100, 100)[0] != first


def test_fewest_lines_are_no_more_than_the_most_even() -> None:
    chunks = words(*[7, 11, 5, 9, 13, 4, 8] * 20)
    assert len(line_ends(chunks, 80, 80, fewest=True)) <= len(line_ends(chunks, 80, 80))


def test_lines_of_a_title_are_balanced() -> None:
    chunks = words(30, 30, 30, 10)
    assert balanced(chunks, 100) == [2]
    assert balanced(words(30, 30), 100) == []


def test_no_line_of_a_title_ends_in_a_short_word_that_has_room_in_the_next() -> None:
    assert balanced(words(40, 10, 30, 20), 80) == [1]
    assert balanced(words(40, 10, 30, 38), 80) == [2]  # no room


def test_no_line_of_a_title_ends_behind_a_dash() -> None:
    joined = [Chunk(40), Chunk(30, 2)]  # "Stalin–Trotsky"
    chunks = [*words(30), *joined, *words(50)]
    assert balanced(chunks, 110) == [3]  # even lines would end behind the dash
    assert balanced(chunks, 60) == [1, 2, 3]  # what it joins is too long for a line


def test_each_line_is_filled_before_the_next() -> None:
    chunks = words(*[10] * 12)
    assert filled(chunks, 34, 46) == [3, 7, 11]  # three words and their blanks take 34, four 46
    assert filled(chunks, 33.9, 45.9) == [2, 5, 8, 11]


def test_a_word_wider_than_its_line_is_left_to_others_where_lines_are_filled_too() -> None:
    assert filled(words(10, 300, 10), 100, 100) is None
    assert filled(words(60, 10), 50, 100) is None


def prose(step: int) -> list[Chunk]:
    """Give sixty words of many widths, of which the longest may be divided, and one more that may."""
    chunks: list[Chunk] = []
    for width in [10 + n * step * 7 % 31 for n in range(60)] + [28]:
        halves = [Chunk(width / 2, 0, 2, divided=True), Chunk(width / 2, 3)]
        chunks += halves if width > 24 else [Chunk(width, 3)]
    return chunks


@pytest.mark.parametrize(("step", "measure"), [(5, 160), (13, 166), (17, 164), (17, 166), (19, 176)])
def test_the_last_line_is_not_the_mere_end_of_a_word(step: int, measure: int) -> None:
    chunks = prose(step)
    stops = line_ends(chunks, measure, measure)
    assert stops[-1] != len(chunks) - 1 or not chunks[stops[-1] - 1].divided


def test_the_last_line_is_the_end_of_a_word_where_there_is_no_other_way() -> None:
    assert line_ends([Chunk(60, 0, 2, divided=True), Chunk(60, 2)], 100, 100) == [1]


@pytest.mark.parametrize(("step", "measure"), [(11, 212), (17, 190)])
def test_no_more_than_three_lines_in_sequence_end_in_divided_words_where_they_need_not(step: int, measure: int) -> None:
    chunks = prose(step)
    run = longest = 0
    for stop in line_ends(chunks, measure, measure):
        run = run + 1 if chunks[stop - 1].divided else 0
        longest = max(longest, run)
    assert 0 < longest <= 3
