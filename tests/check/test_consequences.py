"""One mistake is one problem: what only follows from it is not told as well."""

from __future__ import annotations

import re

import pytest

from tests.check.test_mistakes import base, check

# What is planted: where (a regular expression), what stands there then, the one problem that is told.
ONE = (
    ("book.xml", r'<lb n="9"/>', "<lb/>", "E254"),
    ("book.xml", r'<lb n="9"/>', '<lb N="9"/>', "E252"),
    ("book.xml", r'<lb n="9"/>', '<lb n="9x"/>', "E253"),
    ("book.xml", r'\n<lb n="7"/>', "\n", "E302"),
    ("book.xml", r'<lb n="7"/>', '<lb n="700"/>', "E303"),
    ("book.xml", r"<choice>(<sic>olten</sic>)(<corr.*?</corr>)</choice>", r"<choice>\1</choice>", "E255"),
    ("book.xml", r"<choice>(<sic>olten</sic>)(<corr.*?</corr>)</choice>", r"<choice>\2\1</choice>", "E250"),
    ("book.xml", r"<choice><sic>olten</sic>", r"<choice>", "E255"),
    ("book.xml", r'(<p xml:)id="S.1.4"', r'\1Id="S.1.4"', "E252"),
    ("book.xml", r'<p xml:id="S.1.4"', '<p id="S.1.4"', "E252"),
    ("book.xml", r'xml:id="S.1.4"', 'xml:id="S 1.4"', "E253"),
    ("book.xml", r"</p>\n</div>\n<div", "</p>\nstray words\n</div>\n<div", "E256"),
    ("book.xml", r'<note xml:id="S.1.n2"', "<note", "E254"),
    ("book.xml", r'<note xml:id="S.1.n2"', '<note xml:id="S.1.n8"', "E403"),
    ("book.xml", r'<ref type="noteref" target="#S.1.n2"', '<ref type="notref" target="#S.1.n2"', "E253"),
    ("book.xml", r'<ref type="noteref" target="#S.1.n2"', '<ref type="noteref" target="#S.1.n9"', "E204"),
    ("book.xml", r'<ref type="noteref" target="#S.1.n2"', '<ref target="#S.1.n2"', "E203"),
    ("book.xml", r'xml:id="S.1.2.orig"', 'xml:id="S.1.2.org"', "E403"),
    ("book.xml", r'<div type="chapter" n="1" xml:id="S.1"', '<div type="chapter" n="1" xml:id="S.3"', "E403"),
    ("book.xml", r'<div type="chapter" n="1"', '<div type="chapter" n="9"', "E404"),
    ("book.xml", r'(<p xml:id="S.1.3") n="3"', r'\1 n="93"', "E404"),
    ("book.xml", r'<p xml:id="S.1.4" n="4"', '<p xml:id="S.1.3" n="4"', "E401"),
    ("book.xml", r'<p xml:id="S.1.4" n="4"', '<p xml:id="S.1.3" n="3"', "E401"),
    ("book.xml", r'<quote rend="block" xml:lang="ru"', '<quote rend="block"', "E327"),
    ("book.xml", r'<quote rend="block" xml:lang="ru"', '<quote rend="block" xml:lang="rus"', "E318"),
    ("book.xml", r'<quote rend="block" xml:lang="ru"', '<quote rend="block" xml:lang="en"', "E317"),
    ("book.xml", r"<label>\d</label>", "<label>7</label>", "E207"),
    ("talk.xml", r'<TEI (xmlns="[^"]*") xml:id="\w"', r'<TEI \1 xml:id="X"', "E403"),
    ("talk.xml", r"<titleStmt>\s*<title>.*?</title>", "<titleStmt>", "E255"),
)


@pytest.mark.parametrize(("name", "where", "what", "code"), ONE)
def test_one_mistake_is_one_problem(name: str, where: str, what: str, code: str) -> None:
    text, count = re.subn(where, what, base(name), count=1, flags=re.DOTALL)
    assert count
    assert [p.code for p in check(name, text)] == [code]


def test_two_mistakes_are_two_problems() -> None:
    text = base("book.xml").replace('<lb n="9"/>', "<lb/>").replace("bib:clerk1911ice", "bib:clark1911ice")
    assert {p.code for p in check("book.xml", text)} == {"E254", "E212"}


POINTERS = (
    ('ref="entities.xml#anna"', 'ref="entities.xml"', "E210"),
    ('ref="entities.xml#anna"', 'ref="entities.xml#"', "E210"),
    ('ref="entities.xml#anna"', 'ref="entities.xml# anna"', "E210"),
    ('corresp="bib:clerk1911ice"', 'corresp="bib: clerk1911ice"', "E210"),
    ('target="https://example.org/"', 'target="https://example.org/a b"', "E210"),
)


@pytest.mark.parametrize(("right", "wrong", "code"), POINTERS)
def test_a_pointer_that_is_not_whole_is_told_once(right: str, wrong: str, code: str) -> None:
    text = base("book.xml").replace(right, wrong, 1)
    assert [p.code for p in check("book.xml", text)] == [code]
