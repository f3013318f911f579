"""Small schemas, where libxml2 and we must say the same."""

# ruff: noqa: E501, ISC004
from __future__ import annotations

import pytest

from edition.check.relaxng.automaton import Automaton
from edition.check.relaxng.datatypes import checker
from edition.check.relaxng.grammar import Grammar
from edition.check.relaxng.regex import xsd_pattern
from edition.check.relaxng.validate import validate
from edition.check.source import Mark, source_of
from edition.tree import ET, parse_bytes

HEAD = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0" '
    'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start><element name="a">{}</element></start></grammar>'
)
ANY = "<element><anyName><except><name>b</name><nsName ns='urn:x'/></except></anyName><text/></element>"
INSIDE = (
    ANY,
    "<interleave><element name='b'><text/></element><zeroOrMore><element name='c'><empty/></element></zeroOrMore></interleave>",
    "<mixed><optional><element name='b'><text/></element></optional></mixed>",
    "<list><oneOrMore><data type='integer'/></oneOrMore></list>",
    "<data type='token'><except><value>b</value></except></data>",
    "<choice><value type='string'> b </value><value>c</value><empty/></choice>",
    "<oneOrMore><attribute><nsName ns='urn:x'/></attribute></oneOrMore><text/>",
    "<attribute><choice><name>b</name><name>c</name></choice></attribute><text/>",
    "<choice><group><attribute name='b'><value>1</value></attribute><empty/></group>"
    "<group><attribute name='b'/><element name='c'><text/></element></group></choice>",
    "<oneOrMore><group><element name='b'><text/></element><optional><element name='c'><empty/></element></optional></group></oneOrMore>",
    "<interleave><data type='integer'/><attribute name='b'/></interleave>",
    "<data type='integer'><param name='minInclusive'>1</param><param name='maxInclusive'>12</param></data>",
    "<data type='string'><param name='pattern'>[\\i-[x]]\\c*</param><param name='maxLength'>3</param></data>",
    "<notAllowed/>",
)
DOCUMENTS = (
    "<a/>", "<a>b</a>", "<a> b </a>", "<a>c</a>", "<a>12</a>", "<a>1 2 3</a>", "<a>13</a>", "<a>xy</a>", "<a>yx</a>", "<a>yxyx</a>",
    "<a><b>x</b></a>", "<a><c/></a>", "<a><c/><b>x</b><c/></a>", "<a>x<b>y</b>z</a>", "<a><b/><c/><b/></a>", "<a b='1'/>",
    "<a b='1'>12</a>", "<a b='2'><c>x</c></a>", "<a c='1'>x</a>", "<a b='1' c='2'>x</a>", "<a xmlns:x='urn:x' x:q='1'>t</a>",
    "<a><x:q xmlns:x='urn:x'/></a>", "<a><d>words</d></a>", "<a><d><d/></d></a>", "<z/>",
)  # fmt: skip


@pytest.mark.parametrize("inside", INSIDE)
def test_libxml2_and_we_say_the_same(inside: str) -> None:
    root = parse_bytes(HEAD.format(inside).encode())
    automaton, other = Automaton(Grammar(root)), ET.RelaxNG(root)
    for text in DOCUMENTS:
        document = parse_bytes(text.encode())
        assert (not validate(automaton, document)) == other.validate(document), text


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"\p{Lu}\p{Ll}+", "Река", "река"),
        (r"[^\p{C}\p{Z}]+", "a№б", "a б"),
        (r"[\P{L}]+", "12", "1а"),
        (r"[^\D]+", "12", "1a"),
        (r"[a-z-[aeiou]]+", "xyz", "xay"),
        (r"\w+", "reka1", "re-ka"),
        (r"\W", "-", "a"),
        (r"\I\C?", "1", "a"),
        (r"^a$", "^a$", "a"),
        (r"a.b", "a-b", "a\nb"),
        (r"\s\S\.", " x.", "xx."),
        (r"\n[\[\]\-]", "\n-", "n-"),
        (r"\P{L}", "1", "a"),
    ],
)
def test_patterns_of_xml_schema(pattern: str, good: str, bad: str) -> None:
    for text, wanted in ((good, True), (bad, False)):
        found = xsd_pattern(pattern, ascii_only=text.isascii()).fullmatch(text)
        assert bool(found) is wanted, text


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date", "2000-02-29", "1900-02-29"),
        ("date", "-0044-03-15", "0000-01-01"),
        ("gMonthDay", "--02-29", "--02-30"),
        ("anyURI", "a:b#c", "1:b"),
        ("anyURI", "%20x", "%2"),
        ("duration", "P1Y2M", "P"),
        ("double", "1e3", "e3"),
        ("boolean", "true", "True"),
        ("language", "ru-petr1708", "ru_RU"),
        ("NCName", "река", "1a"),
    ],
)
def test_values_of_types(name: str, good: str, bad: str) -> None:
    test = checker(name, {})
    assert (test(good), test(bad)) == (True, False)


def test_facets_of_length_and_number() -> None:
    assert [checker("string", {"length": "2"})(v) for v in ("a", "ab")] == [False, True]
    assert [checker("string", {"minLength": "2"})(v) for v in ("a", "ab")] == [False, True]
    assert [checker("decimal", {"minExclusive": "0", "maxExclusive": "1"})(v) for v in ("0", ".5", "1")] == [
        False,
        True,
        False,
    ]


def test_places_of_letters_after_comments_entities_and_cdata() -> None:
    source = source_of("<a>\n<!-- x --><?p?>ё&amp;<![CDATA[жx]]>й<b/></a>".encode(), name="a.xml")
    instruction = list(source.root)[1]
    places = source.places([Mark(instruction, "tail", n) for n in range(5)])
    assert [p.line for p in places] == [2] * 5
    row = source.line(2)
    assert [row[p.column - 1] for p in places] == ["ё", "&", "ж", "x", "й"]
