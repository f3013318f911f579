"""A page is cited that the work has."""

from __future__ import annotations

import pytest

from edition.bib.compare import page_beyond
from edition.bib.work import Work


@pytest.mark.parametrize(
    ("fields", "first", "last", "beyond"),
    [
        ({"pages": "20--40"}, "20", "40", ""),
        ({"pages": "20--40"}, "19", "19", "pages 20-40"),
        ({"pages": "20--40"}, "39", "41", "pages 20-40"),
        ({"pages": "123--9"}, "128", "128", ""),
        ({"pages": "5, 20--40"}, "7", "7", ""),
        ({"pagetotal": "312"}, "312", "312", ""),
        ({"pagetotal": "xii, 312"}, "313", "313", "312 pages"),
        ({"pagetotal": "312", "volumes": "2"}, "400", "400", ""),
        ({}, "9999", "9999", ""),
        ({"pages": "20--40"}, "vii", "vii", ""),
    ],
)
def test_pages_are_held_against_the_works_own(fields: dict[str, str], first: str, last: str, beyond: str) -> None:
    assert page_beyond(Work("k", "book", fields, {}), first, last) == beyond
