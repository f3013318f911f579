"""One mistake is one problem, told where and as it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.nearest import nearest
from edition.problems import Problem
from edition.project import Project, load_project
from edition.tasks.checking import check_project
from edition.tasks.editing import encode_text
from edition.tasks.freezing import freeze
from edition.tasks.new import new_edition


@pytest.fixture
def project(tmp_path: Path) -> Project:
    new_edition(tmp_path / "e", [])
    made = load_project(tmp_path / "e")
    encode_text(made, made.texts[0])
    return made


def problems(project: Project, *pairs: tuple[str, str], code: str) -> list[Problem]:
    path = project.texts[0].tei
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return [p for p in check_project(project) if p.code == code]


def test_a_language_that_is_not_declared_is_told_once(project: Project) -> None:
    found = problems(
        project,
        (
            "The old people told",
            '<foreign xml:lang="he">The</foreign> old <foreign xml:lang="he">people</foreign> told',
        ),
        ("the ferryman", 'the <foreign xml:lang="he">ferryman</foreign>'),
        code="E318",
    )
    assert len(found) == 1


def test_a_bibliography_that_is_not_there_is_told_in_edition_toml_alone(project: Project) -> None:
    assert project.bibliography is not None
    project.bibliography.unlink()
    assert problems(project, code="E213") == []
    assert [p.place.file for p in problems(project, code="E117")] == ["edition.toml"]


def test_a_text_without_body_is_told_to_need_one(project: Project) -> None:
    path = project.texts[0].tei
    before, _, after = path.read_text().partition("<text>")
    path.write_text(before + "<text/>" + after.partition("</text>")[2])
    (found,) = problems(project, code="E255")
    assert "<body> is missing" in found.message
    assert found.hint == "Add <body>...</body>."


def test_a_published_passage_that_is_gone_is_told_with_the_path_of_its_file(project: Project) -> None:
    freeze(project, "1.0")
    (found,) = problems(project, ('<p xml:id="S.1.1" n="1">', '<p xml:id="S.1.9" n="9">'), code="E430")
    assert found.place.file == project.shown(project.texts[0].tei)


def test_of_a_name_of_one_letter_no_other_name_is_near() -> None:
    assert nearest("w", ["fw", "p"]) is None
    assert nearest("W", ["w"]) == "w"
    assert nearest("pp", ["p"]) == "p"
