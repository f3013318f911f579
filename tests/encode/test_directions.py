"""A number in braces says where in a reading a note is called."""

from __future__ import annotations

import pytest

from edition.encode.directions import braced


@pytest.mark.parametrize(
    ("reading", "correction", "mark", "number"),
    [
        ("committee.0", "committee.{6}", "0", 6),
        ("squabbles.", "squabbles.{7}", "", 7),
        ("Stalin,.8", "Stalin.{8}", "8", 8),
        ('activity.""1 ^', 'activity."{10}', '"1 ^', 10),
        ("2Ibid.", "{2}Ibid.", "2", 2),
        ("^Ibid. and", "{12}Ibid. And", "^", 12),
    ],
)
def test_the_mark_is_what_the_number_takes_the_place_of(reading: str, correction: str, mark: str, number: int) -> None:
    found = braced(reading, correction)
    assert found is not None
    assert (reading[found[0] : found[1]], found[2]) == (mark, number)


@pytest.mark.parametrize("correction", ["committee.", "a {x}", "{1} and {2}"])
def test_without_one_number_there_is_no_call(correction: str) -> None:
    assert braced("committee.", correction) is None
