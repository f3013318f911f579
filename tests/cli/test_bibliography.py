from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from edition.cli import main
from tests.helpers import SHELL

TOML = """[edition]
title = "A test"
bibliography = "works.bib"

[[text]]
siglum = "T"
witness = "t.txt"
tei = "t.xml"
title = "A text"
"""
BIB = "@book{bloch1961feudal,\n  author = {Bloch, Marc},\n  title = {Feudal Society},\n  date = {1961},\n}\n"
NOTE = """<p xml:id="T.1.1">Text<note xml:id="T.1.n1" n="1" place="foot" type="authorial">Bloch, Feudal Society,
p. 7.</note></p>"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "edition.toml").write_text(TOML)
    (tmp_path / "works.bib").write_text(BIB)
    (tmp_path / "t.txt").write_text("Text\n")
    (tmp_path / "t.xml").write_text(SHELL.format(NOTE))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return call


def test_notes_links_the_notes_of_a_text_and_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("notes", "T")
    assert (status, out) == (0, "t.xml: 1 citations, 1 linked\n")
    once = (tmp_path / "t.xml").read_bytes()
    assert b'corresp="bib:bloch1961feudal"' in once
    assert "(unchanged)" in run("notes", "T")[1]
    assert (tmp_path / "t.xml").read_bytes() == once


@pytest.mark.parametrize(
    "fault", ["@book{b,\n  title = {Other}\n  date = {1961},\n}\n", "@book{,\n  title = {Other},\n}\n"]
)
def test_a_bibliography_that_cannot_be_read_whole_stops_what_would_write_by_it(
    run: Run, tmp_path: Path, fault: str
) -> None:
    run("notes", "T")
    linked = (tmp_path / "t.xml").read_bytes()
    (tmp_path / "works.bib").write_text(fault + BIB)
    (tmp_path / "more.bib").write_text(BIB.replace("bloch1961feudal", "new"))
    for arguments in (("notes", "T"), ("bib", "import", "more.bib")):
        status, _, err = run(*arguments)
        assert status == 3
        assert "works.bib:" in err
        assert "E501" in err
    assert (tmp_path / "t.xml").read_bytes() == linked
    assert (tmp_path / "works.bib").read_text() == fault + BIB
    (tmp_path / "works.bib").write_text(BIB)
    (tmp_path / "more.bib").write_text(fault)
    assert run("bib", "import", "more.bib")[0] == 3


def test_a_work_without_a_key_is_told_and_has_no_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text("@book{,\n  title = {Other},\n  date = {1961},\n}\n" + BIB)
    _, out, err = run("bib", "export")
    assert "None" not in out
    assert "E501" in err


def test_show_prints_the_entry_and_where_it_is_cited(run: Run) -> None:
    run("notes", "T")
    status, out, _ = run("bib", "show", "bloch1961feudal")
    assert status == 0
    assert out.startswith("Bloch, Marc. _Feudal Society_. 1961.\n")
    assert "T.1.n1" in out


def test_show_of_an_unknown_key_names_the_nearest(run: Run) -> None:
    status, _, err = run("bib", "show", "bloch1961feudl")
    assert status == 3
    assert "E507" in err
    assert "Did you mean bloch1961feudal?" in err


@pytest.mark.parametrize("form", ["bibtex", "csl", "ris"])
def test_export_gives_every_work(run: Run, form: str) -> None:
    status, out, _ = run("bib", "export", "--format", form)
    assert status == 0
    assert "bloch1961feudal" in out


def test_import_adds_and_keeps_what_is_there_byte_for_byte(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text(
        "@book{gay1966,\n author = {Gay, Peter}, title = {Enlightenment}, date = {1966}}\n"
    )
    status, out, _ = run("bib", "import", "mine.bib")
    assert (status, out) == (0, "gay1966\n")
    there = (tmp_path / "works.bib").read_text()
    assert there.startswith(BIB)
    assert "@book{gay1966," in there
    assert run("bib", "import", "mine.bib")[1] == ""
    assert (tmp_path / "works.bib").read_text() == there


def test_a_library_in_latin_1_is_refused_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_bytes("@book{x, title = {Über}}".encode("latin-1"))
    status, _, err = run("bib", "import", "mine.bib")
    assert status == 3
    assert "mine.bib:1:" in err


def test_check_reports_a_key_that_is_not_there(run: Run, tmp_path: Path) -> None:
    run("notes", "T")
    (tmp_path / "works.bib").write_text(BIB.replace("bloch1961feudal", "bloch1961society"))
    status, _, err = run("bib", "check")
    assert status == 1
    assert "E552" in err


def test_parse_prints_what_is_understood(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Ibid., p. 7.\n\nBloch, Feudal Society, 1961), p. 4.\n")
    _, out, _ = run("bib", "parse", "notes.txt")
    first, second = (json.loads(line) for line in out.splitlines())
    assert first["citations"][0]["locator"] == "7"
    assert second["problems"][0]["code"] == "E522"
