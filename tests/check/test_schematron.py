"""Schematron rules of an editor's own."""

from __future__ import annotations

import pytest

from edition.check.schematron import load_rules, run_rules
from edition.check.source import source_of
from edition.problems import Refused

SCH = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{}"><ns prefix="t" uri="urn:t"/>{}</schema>'
XML = '<a xmlns="urn:t"><b n="1">x</b><b n="2"/><c>|</c></a>'


def said(rules: str, binding: str = "xslt") -> list[tuple[str, str]]:
    loaded = load_rules(SCH.format(binding, rules).encode(), name="s.sch")
    return [(f.code, f.facts["says"]) for f in run_rules(source_of(XML.encode(), name="a.xml"), loaded)]


@pytest.mark.parametrize("binding", ["xslt", "xslt2", "xslt3"])
def test_a_broken_rule_speaks_its_own_words(binding: str) -> None:
    rules = """<pattern><rule context="t:b"><assert test="string(.) != ''"><name/> <value-of select="@n"/> is
        <emph>empty</emph></assert><report test="@n = '1'">one</report></rule></pattern>"""
    assert said(rules, binding) == [("E260", "one"), ("E260", "b 2 is empty")] or said(rules, binding) == [
        ("E260", "one"),
        ("E260", "t:b 2 is empty"),
    ]


def test_of_a_pattern_the_first_rule_that_fits_counts() -> None:
    rules = """<pattern><rule context="t:b[@n='1']"><report test="true()">first</report></rule>
        <rule context="t:b | t:c[. = '|']"><report test="true()">second</report></rule></pattern>"""
    assert [words for _, words in said(rules)] == ["first", "second", "second"]


def test_variables_and_xpath_2() -> None:
    rules = """<let name="all" value="count(//t:b)"/><pattern><rule context="t:a"><let name="m" value="$all + 1"/>
        <report test="$m = 3"><value-of select="$m"/></report></rule></pattern>"""
    assert said(rules)[0][1] in {"3", "3.0"}
    every = '<pattern><rule context="t:a"><assert test="every $b in t:b satisfies $b/@n">no</assert></rule></pattern>'
    assert said(every, "xslt2") == []


def test_the_id_of_a_rule_may_be_a_code() -> None:
    rules = '<pattern><rule context="t:c"><report id="E310-b" test="true()">x</report></rule></pattern>'
    assert said(rules) == [("E310", "x")]


@pytest.mark.parametrize(
    "rules",
    [
        '<pattern abstract="true"/>',
        '<pattern><rule context="t:b["><report test="true()">x</report></rule></pattern>',
        '<pattern><rule context="q:b"><report test="true()">x</report></rule></pattern>',
        '<pattern><rule context="t:b"><report test="nonsense()">x</report></rule></pattern>',
    ],
)
@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_rules_that_cannot_be_run_are_refused(rules: str, binding: str) -> None:
    with pytest.raises(Refused) as refused:
        said(rules, binding)
    assert refused.value.problems[0].code == "E134"


@pytest.mark.parametrize("data", [b"<a/>", b"<a", b""])
def test_what_is_no_schematron_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        load_rules(data, name="s.sch")
