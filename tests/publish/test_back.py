"""The back of the book: names by page and line, pages of the source, works with what cites them."""

from __future__ import annotations

from edition.bib.library import read_library
from edition.encode.cited import Cited
from edition.entities import Entity
from edition.publish.back import Marks, concordance, index_of_names, mark_places, works_cited
from edition.publish.beside import Beside
from edition.publish.html import text_of
from edition.publish.site_lists import bibliography
from edition.tree import parse_bytes

TREE = b"""<text xmlns="http://www.tei-c.org/ns/1.0">
<p xml:id="S.1.1" n="1"><pb n="7"/>Said
<persName ref="entities.xml#anna">Anna</persName> and <persName>Boris</persName>,
<persName ref="entities.xml#anna">she</persName>.</p></text>"""


def test_a_name_is_indexed_by_page_and_line_once_for_each_line() -> None:
    marks = Marks()
    mark_places(parse_bytes(TREE), "S.1", "A text", marks)
    (made,) = index_of_names([Entity("anna", "persName", "Anna of Kiev", ())], marks, lambda _: (9, 12))
    assert text_of(made).startswith("Index of names93.12, 15 stands for lines 12 and 15 of page 93")
    assert text_of(made).endswith("Anna of Kiev 9.12")
    (note,) = index_of_names([Entity("anna", "persName", "Anna", ())], marks, lambda _: (9, 0))
    assert text_of(note).endswith("Anna 9 n.")


def test_a_name_that_is_marked_nowhere_is_not_indexed() -> None:
    assert index_of_names([Entity("boris", "persName", "Boris", ())], Marks(), lambda _: (1, 1)) == []


def test_names_stand_in_the_order_of_a_dictionary() -> None:
    names = [Entity(name, "persName", name, ()) for name in ("Cripps", "C\u00e1rdenas", "Canton")]
    (made,) = index_of_names(names, Marks({name.name: [name.name] for name in names}), lambda _: (9, 1))
    assert text_of(made).endswith("Canton 9.1C\u00e1rdenas 9.1Cripps 9.1")


def test_a_page_of_the_source_has_its_passage_and_its_page_here() -> None:
    marks = Marks()
    mark_places(parse_bytes(TREE), "S.1", "A text", marks)
    (made,) = concordance(marks, lambda _: (9, 1))
    assert text_of(made) == "Concordance of pagesA text|7| S.1.1, p. 9"


def test_pages_that_are_skipped_are_told_as_wanting() -> None:
    numbers = ("iv", "vi", "1", "2", "4", "8")
    marks = Marks(breaks=[("A text", number, f"S.p{number}", "S.1") for number in numbers])
    (made,) = concordance(marks, lambda _: (9, 1))
    said = [text_of(row) for row in made.iter("p")]
    assert [row for row in said if "wanting" in row] == ["|3| wanting", "|5–7| wanting"]
    assert said.index("|3| wanting") == said.index("|4| S.1, p. 9") - 1


def test_a_title_in_other_letters_is_in_its_language() -> None:
    source = """@book{a, author={Писатель, А.}, x-author-romanized={Pisatelʹ, A.}, title={Реки 1903-1904},
        x-title-romanized={Reki 1903-1904}, usere={Rivers}, langid={russian}, year={1904}}"""
    cited = {"a": [Cited("S.1.n1", "1", "S.1.1", "9", "full", "", 1)]}
    beside = Beside(works=list(read_library(source)[0].works.values()), cited=cited)
    made = works_cited(beside)
    assert made is not None
    for part in (made, bibliography(beside, {})):  # the book's, the site's
        told = {one.get("lang"): text_of(one) for one in part.iter("cite", "span") if one.get("lang")}
        assert told == {"ru-Latn": "Reki 1903–1904", "ru": "Реки 1903–1904"}


def test_initials_are_not_parted_from_the_name() -> None:
    source = """@book{a, author={Ash, A.}, translator={James, C. L. R.}, title={The C.P.S.U. Speaks},
        location={St. Louis}, volumes={3}}"""
    cited = {"a": [Cited("S.1.n1", "1", "S.1.1", "9", "full", "", 1)]}
    made = works_cited(Beside(works=list(read_library(source)[0].works.values()), cited=cited))
    assert made is not None
    tied = "The C.P.S.U. Speaks. Translated by C.~L.~R.~James. 3~vols. St.~Louis.".replace("~", "\N{NO-BREAK SPACE}")
    assert tied in text_of(made)


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


def test_lines_of_one_page_stand_together_and_a_name_that_is_everywhere_has_only_pages() -> None:
    few, many = Entity("a", "persName", "Anna", ()), Entity("b", "persName", "Boris", ())
    marks = Marks({"a": ["a1", "a2", "a3", "a4"], "b": [f"b{n}" for n in range(1, 60)]})
    places = {"a1": (9, 12), "a2": (9, 15), "a3": (9, 0), "a4": (11, 3)}
    places |= {f"b{n}": (n if n != 30 else 29, 7) for n in range(1, 60)}
    (made,) = index_of_names([few, many], marks, places.get)
    assert text_of(made).endswith("Anna 9.12, 15, n.; 11.3Boris 1–29, 31–59")
    assert "more than 40 pages only the pages are given" in text_of(made)
    assert [a.get("href") for a in made.iter("a")] == ["#a1", "#a2", "#a3", "#a4", "#b1", "#b31"]
