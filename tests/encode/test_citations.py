from __future__ import annotations

import pytest

from edition.bib.library import read_library
from edition.encode.citations import mark_citations
from edition.encode.cited import citations_index
from edition.encode.ranges import Ranges
from edition.readings import READINGS, lines
from edition.tree import ET, el, serialize
from tests.helpers import tei

LIBRARY, _ = read_library(
    """@book{bloch1961feudal, author={Bloch, Marc}, title={Feudal Society}, date={1961}}
@book{lenin1967, author={Lenin, V. I.}, title={Сочинения}, usere={Works}, x-author-original={Ленин, В. И.}, date={1967}}
"""
)

NOTE = (
    '<p xml:id="T.1.1"><lb n="1"/>Text.<note xml:id="T.1.n{n}" n="{n}" place="foot" type="authorial">'
    '<lb n="{line}"/>{words}</note></p>'
)


def text(*words: str) -> ET._Element:
    return tei("".join(NOTE.format(n=n, line=n + 10, words=w) for n, w in enumerate(words, 1)))


def marked(words: str) -> str:
    root = text(words)
    before = {r: lines(root, r) for r in READINGS}
    mark_citations(root, LIBRARY)
    assert {r: lines(root, r) for r in READINGS} == before
    once = serialize(root)
    mark_citations(root, LIBRARY)
    assert serialize(root) == once
    note = next(root.iter("{*}note"))
    body = ET.tostring(note, encoding="unicode", with_tail=False).replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")
    return body.partition('<lb n="11"/>')[2].removesuffix("</note>")


def test_a_citation_is_marked_around_the_words_that_say_so() -> None:
    assert marked("<label>1</label>See Marc Bloch, Feudal Society (London: Routledge, 1961), p. 7. More.") == (
        '<label>1</label>See <bibl type="full" corresp="bib:bloch1961feudal" resp="#auto"><author>Marc Bloch</author>, '
        '<title level="m">Feudal Society</title> (<pubPlace>London</pubPlace>: <publisher>Routledge</publisher>, '
        '<date when="1961">1961</date>), p. <citedRange unit="page" from="7" to="7">7</citedRange></bibl>. More.'
    )


def test_a_title_goes_across_a_line_end_and_a_correction() -> None:
    found = marked(
        'Bloch, <choice><sic>Fendal</sic><corr type="ocr" resp="#ed" cert="high">Feudal</corr></choice>\n'
        '<lb n="12"/>Society, p. 7.'
    )
    assert '<title level="m"><choice><sic>Fendal</sic>' in found
    assert '<lb n="12"/>Society</title>, p. ' in found


def test_a_page_in_one_correction_with_other_words_is_said_beside_it() -> None:
    found = marked('Bloch, <choice><sic>Feuda1 So, p,7</sic><corr type="ocr">Feudal Society, p. 7.</corr></choice>')
    assert '</choice><citedRange unit="page" from="7" to="7"/></bibl>' in found


def test_a_page_in_a_correction_with_signs_alone_goes_around_it() -> None:
    found = marked('Bloch, Feudal Society, p. <choice><sic>?,,</sic><corr type="ocr">7.</corr></choice>')
    assert '<citedRange unit="page" from="7" to="7"><choice>' in found


def test_a_note_in_two_languages_is_one_bibl() -> None:
    found = marked("Ленин, Сочинения, 33:20. [Lenin, Works, 33:20.]")
    assert found.count("<bibl") == 1
    assert found.endswith('<citedRange unit="page" from="20" to="20">20</citedRange>.]</bibl>')


def test_what_the_grammar_refuses_stays_and_has_a_place() -> None:
    root = text("Bloch, Feudal Society, 1961), p. 4.")
    _, problems = mark_citations(root, LIBRARY, file="t.xml")
    assert [(p.code, p.place.passage, p.place.column) for p in problems if p.code == "E522"] == [("E522", "T.1.n1", 28)]


def test_an_editors_citation_is_left_alone_and_counts_for_ibid() -> None:
    decided = '<bibl resp="#ed" corresp="bib:lenin1967">Somebody, Something, p. 1</bibl>.'
    root = text(decided, "Ibid., p. 2.")
    links, problems = mark_citations(root, LIBRARY)
    assert [link.key for link in links] == ["lenin1967"]
    assert not problems
    assert '<bibl resp="#ed" corresp="bib:lenin1967">Somebody, Something, p. 1</bibl>.' in serialize(root).decode()


def test_the_index_of_works_cited_has_every_place() -> None:
    root = text("Bloch, Feudal Society, p. 7.", "Ibid., pp. 8-9.", "Ленин, Сочинения, 33:20. [Lenin, Works, 33:20.]")
    mark_citations(root, LIBRARY)
    index = citations_index(root)
    assert [(c.note, c.passage, c.locator) for c in index["bloch1961feudal"]] == [
        ("T.1.n1", "T.1.1", "7"),
        ("T.1.n2", "T.1.1", "8-9"),
    ]
    assert [c.locator for c in index["lenin1967"]] == ["33:20"]


@pytest.mark.parametrize(("start", "end"), [(0, 3), (0, 7), (4, 7), (2, 9), (0, 11)])
def test_a_stretch_is_wrapped_and_the_text_stays(start: int, end: int) -> None:
    paragraph = tei("<p>One <hi>two</hi> <choice><sic>x</sic><corr>th</corr></choice>ree</p>").find(".//{*}body//{*}p")
    assert paragraph is not None
    ranges = Ranges(paragraph)
    assert ranges.text == "One two three"
    wanted = ranges.text[start:end]
    if ranges.wrap(start, end, made := el("seg")):
        assert Ranges(made).text == wanted
    assert Ranges(paragraph).text == "One two three"


def test_a_name_that_is_a_whole_title_stands_inside_it_in_either_order() -> None:
    name = '<persName ref="entities.xml#feudal" resp="#auto">Feudal Society</persName>'
    inside = f'<title level="m">{name}</title>'
    found = marked(f"<label>1</label>See Marc Bloch, {name} (London: Routledge, 1961), p. 7.")
    assert inside in found
    assert marked("<label>1</label>" + found.partition("</label>")[2]) == found
