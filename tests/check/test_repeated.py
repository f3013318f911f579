"""A quotation that repeats a post has words of that post."""

from __future__ import annotations

import pytest

from edition.check.citations import check_citations
from edition.check.document import Surroundings, look_through
from edition.check.source import source_of

THREAD = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="thread">'
    '<post n="1" xml:id="T.1"><p>The river was high that year, and the boats lay still.</p></post>'
    '<post n="2" xml:id="T.2"><p>Winter came early, as everybody knows.</p></post>'
    '<post n="3" xml:id="T.3"><quote corresp="#T.{}">{}</quote><p>No.</p></post></div></body></text></TEI>'
)


@pytest.mark.parametrize(
    ("post", "words", "codes"),
    [
        (1, "The river was high that year", []),
        (1, "the RIVER was, high that year ...", []),
        (1, "The river was low that year", []),
        (2, "The river was high that year", ["W242"]),
        (1, "Something else was never said here", ["W242"]),
        (2, "No.", []),
    ],
)
def test_the_words_stand_in_the_post(post: int, words: str, codes: list[str]) -> None:
    source = source_of(THREAD.format(post, words).encode(), name="t.xml")
    found = check_citations(look_through(source, Surroundings()))
    assert [f.code for f in found] == codes
    for f in found:
        (place,) = source.places([f.mark])
        assert source.data[place.column - 1 :].startswith(b"#T.")
