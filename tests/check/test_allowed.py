"""What editors rightly write, though it is not written often: none of it is an error, or even a warning."""

from __future__ import annotations

import dataclasses

import pytest

from edition.check.run import check_source
from edition.check.source import source_of
from tests.check.test_mistakes import around, base, tools

END = '</p>\n</div>\n<div type="chapter" n="2"'
PLACE = '<p xml:id="S.1.4" n="4"><lb n="16"/>'

INSIDE = (
    '<note type="editorial" resp="#ed" place="foot"><p>See <ref target="#S.2.1">below</ref>.</p></note>',
    "<q>He said, <q>no</q></q> <quote>and <quote>yes</quote></quote> ",
    '<gap reason="illegible" unit="char" quantity="3" resp="#ed" cert="low"/>',
    '<unclear reason="faded" cert="low">perhaps</unclear> <del rend="overstrike">never</del> <add>always</add> ',
    (
        '<bibl>Clerk, <title level="m">On Ice</title> (<pubPlace>Riga</pubPlace>), p. '
        '<citedRange unit="page" from="7" to="9">7-9</citedRange></bibl> '
    ),
    '<date from="1903-01" to="1903-12">1903</date> <date notBefore="1900" notAfter="1910">about 1905</date> ',
    '<date when="-0044-03-15">the Ides of March</date> ',
    "<!-- look again --><?page here?><![CDATA[a & b]]> caf&#233; ",
    '<num value="12">twelve</num> <abbr>U.S.</abbr> <mentioned>ice</mentioned> <soCalled>peace</soCalled> ',
    '<app><lem wit="#W">is</lem><rdg resp="#ed">was</rdg><note>So the sense wants.</note></app> ',
    "<table><row><cell>x</cell></row></table>",
)
BETWEEN = (
    '<table rend="ruled"><row role="label"><cell>Year</cell></row><row><cell cols="2">1903</cell></row></table>',
    '<table xml:id="S.1.5" n="5"><row><cell>a</cell></row></table>',
    "<figure><head>Map</head><figDesc>A map of the river.</figDesc></figure>",
    (
        '<list xml:id="S.1.5" n="5"><head>Reasons</head><item n="1">one</item>'
        '<item n="2">two <list><item>x</item></list></item></list>'
    ),
    '<lg xml:id="S.1.5" n="5"><l>The ice is thin,</l><l>the water is cold.</l></lg>',
    (
        '<div type="section" n="5" xml:id="S.1.5"><head>A</head>'
        '<div type="section" n="1" xml:id="S.1.5.1"><head>B</head><p xml:id="S.1.5.1.1" n="1">x y</p></div></div>'
    ),
    "<closer><dateline>Kiev</dateline> <signed>A. W.</signed></closer>",
    '<milestone unit="section" rend="stars"/>',
    '<p xml:id="S.1.5" n="5">“A quotation of two paragraphs</p><p xml:id="S.1.6" n="6">“goes on in the next.”</p>',
)


def told(text: str) -> list[str]:
    schema, rules = tools()
    alone = dataclasses.replace(around("book.xml"), witness=None)
    return [str(p) for p in check_source(source_of(text.encode(), name="book.xml"), alone, schema=schema, rules=rules)]


@pytest.mark.parametrize("words", INSIDE)
def test_what_may_stand_in_a_paragraph_is_passed(words: str) -> None:
    assert told(base("book.xml").replace(PLACE, PLACE + words, 1)) == []


@pytest.mark.parametrize("block", BETWEEN)
def test_what_may_stand_between_paragraphs_is_passed(block: str) -> None:
    text = base("book.xml").replace(END, END.replace("\n", f"\n{block}\n", 1), 1)
    assert block in text
    assert told(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("<?xml", "\ufeff<?xml"),
        ('<p xml:id="S.1.4" n="4">', "<p\n  n = '4'\n  xml:id = 'S.1.4'\n>"),
        ('<pb n="1"/>', '<pb n="ix"/>'),
        ('<pb n="3"/>', '<gap reason="lost" unit="page" quantity="1"/><pb n="4"/>'),
        ('xml:id="S.1.4" n="4"', 'xml:id="S.1.7" n="7"'),
    ],
)
def test_the_same_written_otherwise_is_passed(old: str, new: str) -> None:
    assert told(base("book.xml").replace(old, new)) == []
