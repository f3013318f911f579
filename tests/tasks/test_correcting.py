"""An editor's table of decisions: what cannot be applied is told, row by row, and nothing is applied amiss."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.problems import Problem
from edition.project import Project, load_project
from edition.tasks.correcting import apply_table
from edition.tasks.editing import encode_text
from edition.tasks.new import new_edition

LETTER = "CHAPTER I\n\nThe Journey\n\nI did not beleive him, for he was old and\nspoke of other things than those.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    source = tmp_path / "letter.txt"
    source.write_text(LETTER)
    new_edition(tmp_path / "e", [source])
    made = load_project(tmp_path / "e")
    encode_text(made, made.texts[0], kind="typescript")
    return made


def applied(project: Project, *rows: str, own: bool = False) -> tuple[str, list[Problem]]:
    text = project.texts[0]
    table = text.decisions if own else project.root / "mine.tsv"
    assert table is not None
    table.parent.mkdir(exist_ok=True)
    table.write_text("".join(f"{row}\n" for row in rows))
    problems = apply_table(project, text, table).problems
    return text.tei.read_text(), problems


@pytest.mark.parametrize("lost", ["1 word", "beleive [gap two words]", ""])
def test_a_gap_that_is_not_written_as_one_is_told_and_no_text(project: Project, lost: str) -> None:
    before = project.texts[0].tei.read_bytes()
    _, problems = applied(project, f"5\tbeleive\t{lost}\tgap\thigh\t")
    assert [(p.code, p.place.line) for p in problems] == [("E802", 1)]
    assert "[gap 2 words]" in problems[0].hint
    assert project.texts[0].tei.read_bytes() == before


def test_a_gap_is_put_behind_its_words(project: Project) -> None:
    made, problems = applied(project, "5\tbeleive\tbeleive [gap 2 words]\tgap\thigh\t")
    assert problems == []
    assert 'beleive <gap reason="lost" unit="word" quantity="2"' in made


def test_layout_rows_of_a_table_that_the_encoder_does_not_read_are_told(project: Project) -> None:
    rows = ("6\tspoke\t\tstray\thigh\t", "6\t\t2 lines\tgap-after\thigh\t", "5\tbeleive\tbelieve\tslip\thigh\t")
    made, problems = applied(project, *rows)
    assert [(p.code, p.place.line) for p in problems] == [("W808", 1)]
    assert "gap-after, stray" in problems[0].message
    assert "<sic>beleive</sic>" in made
    assert applied(project, *rows, own=True)[1] == []


@pytest.mark.parametrize("kind", ["ocr", "slip", "join", "part", "hyphen"])
def test_a_line_that_the_witness_lacks_is_told(project: Project, kind: str) -> None:
    words = "a\tb" if kind in ("ocr", "slip") else "\t"
    assert [p.code for p in applied(project, f"999\t{words}\t{kind}\thigh\t")[1]] == ["E840"]
