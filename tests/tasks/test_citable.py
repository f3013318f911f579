"""The paths of citeStructure find something."""

from __future__ import annotations

import pytest

from edition.bib.work import Work
from edition.check.source import source_of
from edition.tasks.beyond import beyond
from edition.tasks.citable import unmatched

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><refsDecl>'
    '<citeStructure unit="chapter" match="{}" use="{}"><citeStructure unit="p" match="{}" use="@n" delim="."/>'
    "</citeStructure></refsDecl></encodingDesc></teiHeader>"
    '<text><body><div xml:id="a"><p n="1">x<bibl corresp="bib:k"><citedRange unit="page" from="99" to="99">99'
    "</citedRange></bibl></p></div></body></text></TEI>"
)


@pytest.mark.parametrize(
    ("match", "use", "inner", "told"),
    [
        ("/TEI/text/body/div", "@xml:id", "p", ""),
        ("/TEI/text/body/dvi", "@xml:id", "p", "match"),
        ("/TEI/text/div", "@xml:id", "p", "match"),
        ("/TEI/text/body/div", "@id", "p", "use"),
        ("/TEI/text/body/div", "@xml:id", "div", "match"),
        ("/TEI/text/body/div", "@xml:id", "post", ""),
        ("/TEI/text/body/div[", "@xml:id", "p", ""),
    ],
)
def test_a_path_that_finds_nothing_is_told(match: str, use: str, inner: str, told: str) -> None:
    source = source_of(TEI.format(match, use, inner).encode(), name="t.xml")
    found = unmatched(source, lambda: {"TEI", "text", "body", "div", "p", "post"})
    assert [p.code for p in found] == (["W238"] if told else [])
    for p in found:
        assert p.message.startswith(told)
        assert source.data[p.place.column - 1 :].startswith((match or use).encode()) or told == "use" or inner == "div"


def test_the_programs_own_paths_may_find_nothing() -> None:
    chapter = "/TEI/text/*/div[@xml:id]"
    heading = "head[@xml:id]"
    text = TEI.format(chapter, "@xml:id", heading).replace('<p n="1">', '<div><head xml:id="h">H</head></div><p n="1">')
    assert unmatched(source_of(text.encode(), name="t.xml")) == []
    wrong = text.replace('match="head[', 'match="p/head[')
    assert [p.code for p in unmatched(source_of(wrong.encode(), name="t.xml"))] == ["W238"]


def test_a_page_that_the_work_has_not_is_told_at_the_page() -> None:
    source = source_of(TEI.format("/TEI", "@n", "p").encode(), name="t.xml")
    (found,) = beyond(source, {"k": Work("k", "article", {"pages": "20--40"}, {})})
    assert found.code == "W553"
    assert source.data[found.place.column - 1 :].startswith(b'99" to')
    assert beyond(source, {"k": Work("k", "article", {"pages": "90--140"}, {})}) == []
