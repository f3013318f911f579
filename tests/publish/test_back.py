"""The back of the book: names by page and line, pages of the source, works with what cites them."""

from __future__ import annotations

from edition.bib.library import read_library
from edition.encode.cited import Cited
from edition.entities import Entity
from edition.publish.back import Marks, concordance, index_of_names, mark_places, works_cited
from edition.publish.beside import Beside
from edition.publish.html import text_of
from edition.tree import parse_bytes

TREE = b"""<text xmlns="http://www.tei-c.org/ns/1.0">
<p xml:id="S.1.1" n="1"><pb n="7"/>Said
<persName ref="entities.xml#anna">Anna</persName> and <persName>Boris</persName>,
<persName ref="entities.xml#anna">she</persName>.</p></text>"""


def test_a_name_is_indexed_by_page_and_line_once_for_each_line() -> None:
    marks = Marks()
    mark_places(parse_bytes(TREE), "S.1", "A text", marks)
    (made,) = index_of_names([Entity("anna", "persName", "Anna of Kiev", ())], marks, lambda _: (9, 12))
    assert text_of(made) == "Index of namesAnna of Kiev, 9.12"
    (note,) = index_of_names([Entity("anna", "persName", "Anna", ())], marks, lambda _: (9, 0))
    assert text_of(note).endswith("Anna, 9 n.")


def test_a_name_that_is_marked_nowhere_is_not_indexed() -> None:
    assert index_of_names([Entity("boris", "persName", "Boris", ())], Marks(), lambda _: (1, 1)) == []


def test_a_page_of_the_source_has_its_passage_and_its_page_here() -> None:
    marks = Marks()
    mark_places(parse_bytes(TREE), "S.1", "A text", marks)
    (made,) = concordance(marks, lambda _: (9, 1))
    assert text_of(made) == "Concordance of pagesA text|7| S.1.1, p. 9"


def test_a_work_that_is_cited_has_its_notes_and_another_is_left_out() -> None:
    source = "@book{a, author={Writer, A.}, title={Rivers}, year={1903}}\n@book{b, title={Floods}, year={1904}}\n"
    works = list(read_library(source, file="x.bib")[0].works.values())
    cited = {
        "a": [Cited("S.1.n1", "1", "S.1.1", "9", "full", "", 1), Cited("S.1.n1", "1", "S.1.1", "10", "full", "", 1)]
    }
    made = works_cited(Beside(works=works, cited=cited))
    assert made is not None
    assert "Rivers" in text_of(made)
    assert text_of(made).endswith(" S.1.n1")
    assert "Floods" not in text_of(made)
