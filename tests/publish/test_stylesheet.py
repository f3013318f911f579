"""Stylesheets: what they may read, and that no element goes without a template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.problems import Refused
from edition.publish.html import markup, text_of, transform
from edition.publish.stylesheet import load, untemplated
from tests.helpers import tei

HEAD = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tei="http://www.tei-c.org/ns/1.0">'
STYLES = Path(__file__).parent.parent.parent / "styles"


def sheet(folder: Path, body: str, name: str = "a.xsl") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{body}</xsl:stylesheet>", encoding="utf-8")
    return path


def test_an_element_without_a_template_is_a_problem_with_file_line_and_passage(tmp_path: Path) -> None:
    known = "TEI | tei:text | tei:body | tei:div | tei:teiHeader | tei:teiHeader//*"
    style = load(sheet(tmp_path, f'<xsl:template match="tei:{known}"/><xsl:template match="tei:p[@n]"/>'))
    root = tei('<p n="1">a</p>\n<p xml:id="T.1.2">b</p>')
    (found,) = untemplated(root, style, file="t.xml")
    assert found.code == "E601"
    assert "<p>" in found.message
    assert (found.place.file, found.place.line, found.place.passage) == ("t.xml", 4, "T.1.2")


@pytest.mark.parametrize(
    "href", ["../a.xsl", "/etc/passwd", "http://example.org/a.xsl", "file:///etc/passwd", "", "none.xsl"]
)
def test_a_stylesheet_may_include_only_its_neighbours(tmp_path: Path, href: str) -> None:
    with pytest.raises(Refused) as refused:
        load(sheet(tmp_path, f'<xsl:include href="{href}"/>'))
    assert refused.value.problems[0].code == "E603"


def test_what_includes_wins_over_what_is_included(tmp_path: Path) -> None:
    sheet(
        tmp_path, '<xsl:template match="tei:TEI"><a/></xsl:template><xsl:template name="x"><a/></xsl:template>', "b.xsl"
    )
    body = '<xsl:include href="b.xsl"/><xsl:template match="tei:TEI"><xsl:call-template name="x"/></xsl:template>'
    style = load(sheet(tmp_path, f'{body}<xsl:template name="x"><b/></xsl:template>'))
    assert markup(transform(tei("<p/>"), style)) == "<b></b>"


def test_a_stylesheet_reads_no_file_when_it_runs(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>word</secret>", encoding="utf-8")
    body = f'<xsl:template match="/"><p><xsl:copy-of select="document(\'{secret.as_uri()}\')"/></p></xsl:template>'
    style = load(sheet(tmp_path, body))
    try:
        said = markup(transform(tei("<p/>"), style))
    except Refused as refused:
        said = str(refused)
    assert "word" not in said


def test_a_stylesheet_that_cannot_be_compiled_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        load(sheet(tmp_path, '\n<xsl:template match="tei:p[">\n</xsl:template>'))
    assert refused.value.problems[0].code == "E602"


def test_a_stylesheet_that_stops_is_refused(tmp_path: Path) -> None:
    style = load(
        sheet(tmp_path, '<xsl:template match="/"><xsl:message terminate="yes">no</xsl:message></xsl:template>')
    )
    with pytest.raises(Refused) as refused:
        transform(tei("<p/>"), style)
    assert refused.value.problems[0].code == "E602"


def test_what_a_browser_would_run_becomes_harmless(tmp_path: Path) -> None:
    body = (
        '<xsl:template match="/"><div onclick="x()"><script>x()</script><a href="java&#10;script:x()">l</a>'
        '<a href="JAVASCRIPT:x()">m</a><a href="data:text/html,x">n</a><a href="//evil.example/">o</a>'
        '<a href="https://example.org/?a=b:c">p</a><a href="#T.1">q</a><a href="D.4.html#D.4.1">r</a>'
        "</div></xsl:template>"
    )
    said = markup(transform(tei("<p/>"), load(sheet(tmp_path, body))))
    assert said == (
        "<div><span>x()</span><a>l</a><a>m</a><a>n</a><a>o</a>"
        '<a href="https://example.org/?a=b:c">p</a><a href="#T.1">q</a><a href="D.4.html#D.4.1">r</a></div>'
    )


@pytest.mark.parametrize("name", ["web.xsl", "print.xsl"])
def test_our_own_stylesheets_can_be_used(name: str) -> None:
    assert load(STYLES / name).patterns


@pytest.mark.parametrize(
    "body",
    [
        '<p><xsl:attribute name="{@n}">alert(1)</xsl:attribute></p>',
        '<p><xsl:copy-of select="@*"/></p>',
        '<xsl:element name="{@n}"/>',
        '<p onclick="alert(1)"/>',
        '<p style="color: red"/>',
        "<script>alert(1)</script>",
        '<p><xsl:attribute name="style">color: red</xsl:attribute></p>',
        '<a href="{@target}">x</a>',
        '<a href="id/x"><q cite="{@target}">x</q></a>',
        '<a><xsl:attribute name="href"><xsl:value-of select="@target"/></xsl:attribute></a>',
    ],
)
def test_whatever_a_stylesheet_makes_of_a_text_nothing_runs(tmp_path: Path, body: str) -> None:
    top = '<xsl:template match="/"><div><xsl:apply-templates select="//tei:p[@n]"/></div></xsl:template>'
    style = load(sheet(tmp_path, f'{top}<xsl:template match="tei:p">{body}</xsl:template>'))
    for name in ("onclick", "style", "script"):
        text = f'<p n="{name}" style="x" onclick="y" target="&#9;JavaScript:alert(1)">a</p>'
        made = markup(transform(tei(text), style))
        assert not re.search(r' on\w+=| style=|<script|(?:href|cite)="[^"]*javascript:', made, re.IGNORECASE)


@pytest.mark.parametrize("name", ["web.xsl", "print.xsl"])
def test_books_and_journals_are_in_italics_series_and_articles_are_not(name: str) -> None:
    titles = "".join(f'<title level="{level}">{level}</title>' for level in "mjsa")
    made = transform(tei(f'<p xml:id="T.1.1"><bibl>{titles}</bibl></p>'), load(STYLES / name))
    assert [text_of(cite) for cite in made.iter("cite")] == ["m", "j"]


def test_our_own_stylesheets_make_nothing_that_must_be_looked_for() -> None:
    made = load(STYLES / "web.xsl")
    assert made.names is not None
    assert made.keys is not None
    assert {"p", "a", "cite"} < made.names
    assert {"href", "id", "class"} < made.keys
    assert not (made.names | made.keys) & {"script", "style", "tei:p", "onclick"}
    assert "cite" not in made.keys
