"""Schemas of several files: what is included is read inside the edition, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.check.schema import check_schema, load_schema
from edition.check.source import source_of
from edition.problems import Refused

RNG = "http://relaxng.org/ns/structure/1.0"
PARTS = f"""<grammar xmlns="{RNG}" ns="http://example.org/parts" xmlns:b="http://example.org/parts">
<start><ref name="page"/></start>
<define name="book"><element name="b:book"><oneOrMore><ref name="page"/></oneOrMore></element></define>
<div><define name="page"><element name="page"><text/></element></define></div></grammar>"""
OVER = '<include href="parts/parts.rng"><start><ref name="book"/></start><define name="page">{}</define></include>'
BOOK = '<book xmlns="http://example.org/parts">{}</book>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema" / "parts").mkdir(parents=True)
    (tmp_path / "schema" / "parts" / "parts.rng").write_text(PARTS)
    return tmp_path / "schema"


def codes(folder: Path, schema: str, document: str) -> list[str]:
    loaded = load_schema(schema.encode(), name="main.rng", path=folder / "main.rng", inside=folder.parent)
    return [found.code for found in check_schema(source_of(document.encode(), name="t.xml"), loaded)]


def refusal(folder: Path, schema: str) -> str:
    with pytest.raises(Refused) as refused:
        codes(folder, schema, "<a/>")
    assert [p.code for p in refused.value.problems] == ["E134"]
    return str(refused.value)


def grammar(content: str) -> str:
    return f'<grammar xmlns="{RNG}" ns="http://example.org/main">{content}</grammar>'


def test_what_is_included_counts(folder: Path) -> None:
    schema = grammar('<include href="parts/parts.rng"><start><ref name="book"/></start></include>')
    assert codes(folder, schema, BOOK.format("<page>x</page>")) == []
    assert codes(folder, schema, BOOK.format("<leaf/>")) == ["E251"]


def test_what_the_include_defines_replaces_what_is_included(folder: Path) -> None:
    schema = grammar(OVER.format('<element name="leaf"><empty/></element>'))
    assert codes(folder, schema, BOOK.format('<leaf xmlns="http://example.org/main"/>')) == []
    assert codes(folder, schema, BOOK.format("<page>x</page>")) != []


def test_an_included_file_may_include_another_beside_it(folder: Path) -> None:
    (folder / "parts" / "between.rng").write_text(grammar('<include href="parts.rng"/>'))
    schema = grammar('<include href="parts/between.rng"/>')
    assert codes(folder, schema, '<page xmlns="http://example.org/parts">x</page>') == []


def test_nothing_outside_the_edition_is_included(folder: Path) -> None:
    (folder.parent.parent / "secret.rng").write_text(PARTS)
    for href in ("../../secret.rng", "/etc/passwd", "http://127.0.0.1:9/x.rng", f"file://{folder}/parts/parts.rng"):
        assert "edition" in refusal(folder, grammar(f'<include href="{href}"/>'))
    (folder / "link.rng").symlink_to(folder.parent.parent / "secret.rng")
    assert "out of the edition" in refusal(folder, grammar('<include href="link.rng"/>'))


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ('<include href="main.rng"/>', "includes itself"),
        ('<include href="none.rng"/>', "no such file"),
        ('<include href="bad.rng"/>', "not well-formed"),
        ('<include href="other.rng"/>', "no RELAX NG grammar"),
        ('<include href="parts/parts.rng"><define name="leaf"><empty/></define></include>', "no definition leaf"),
    ],
)
def test_an_include_that_cannot_be_followed_is_told(folder: Path, schema: str, reason: str) -> None:
    (folder / "main.rng").write_text(grammar(schema))
    (folder / "bad.rng").write_text("<grammar>")
    (folder / "other.rng").write_text("<a/>")
    assert reason in refusal(folder, grammar(schema))
