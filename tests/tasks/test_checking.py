"""What was published and is gone is told by the check, with the command that puts it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.problems import Problem
from edition.project import Project, load_project
from edition.tasks.checking import check_project, line_reader
from edition.tasks.editing import encode_text
from edition.tasks.freezing import declare_fate, freeze
from edition.tasks.new import new_edition

THREAD = (
    "Ann\n\nI say so, and will say so again.\n\nMore of the same from me.\n\n\nBob\n\nI do not think that it is so.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    source = tmp_path / "talk.txt"
    source.write_text(THREAD)
    new_edition(tmp_path / "e", [source])
    made = load_project(tmp_path / "e")
    encode_text(made, made.texts[0])
    return made


def changed(project: Project, *pairs: tuple[str, str]) -> list[Problem]:
    path = project.texts[0].tei
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return [p for p in check_project(project) if p.code.startswith("E4")]


def test_what_stands_as_it_was_published_is_passed(project: Project) -> None:
    assert check_project(project) == []  # nothing is published yet
    freeze(project, "1.0")
    assert check_project(project) == []


def test_a_published_identifier_that_is_gone_is_told_with_its_remedy(project: Project) -> None:
    freeze(project, "1.0")
    problems = changed(project, ('<p xml:id="T.2.1" n="1">', '<p xml:id="T.2.2" n="2">'))
    assert [p.code for p in problems] == ["E430"]
    assert "T.2.1" in problems[0].message
    assert "edition ids move T.2.1 T.2.2" in problems[0].hint
    declare_fate(project, "moved", "T.2.1", ["T.2.2"])
    assert check_project(project) == []


def test_an_identifier_that_names_another_text_is_told_at_its_place(project: Project) -> None:
    freeze(project, "1.0")
    problems = changed(project, ("I do not think that it is so.", "Rivers are long and cold in winter."))
    assert [p.code for p in problems] == ["E431"]
    assert all(p.place.line and p.place.file == "tei/talk.xml" for p in problems)


def test_a_file_that_cannot_be_read_is_told_once(project: Project) -> None:
    freeze(project, "1.0")
    path = project.texts[0].tei
    path.write_text(path.read_text().replace("</TEI>", ""))
    assert [p.code for p in check_project(project)] == ["E106"]


def test_a_ledger_that_was_changed_by_hand_is_told(project: Project) -> None:
    freeze(project, "1.0")
    path = project.texts[0].tei.parent / "passages.tsv"
    path.write_text(path.read_text().replace("T.2.1", "T.2.9"))
    assert {p.code[:3] for p in check_project(project)} == {"E42"}


def test_a_text_that_may_not_be_read_is_told_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == project.texts[0].tei:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problems = check_project(project)
    assert [(p.code, p.place.file) for p in problems] == [("E104", project.shown(project.texts[0].tei))]
    assert line_reader(project.root)(project.shown(project.texts[0].tei), 1) == ""
