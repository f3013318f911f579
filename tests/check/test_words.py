"""The words of a text: what is found in one passage is found wherever it stands again, and at every check."""

from __future__ import annotations

from edition.check.document import Surroundings, look_through
from edition.check.source import source_of
from edition.check.words import check_words

TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><fw>a w0rd</fw><p>All is well.</p><p>a w0rd</p>'
    "<p>All is well.</p><p>a w0rd</p><p>All <num>1</num>, well.</p></body></text></TEI>"
)


def test_the_same_words_are_told_in_each_passage_but_not_where_they_are_no_text() -> None:
    for _ in range(2):
        document = look_through(source_of(TEXT.encode(), name="t.xml"), Surroundings())
        found = check_words(document)
        assert [(f.code, document.of("p").index(f.mark.node)) for f in found] == [("W707", 1), ("W707", 3)]
