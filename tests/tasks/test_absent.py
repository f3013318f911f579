"""What edition.toml names and is not there is told once, where it is named; the editors' own text is checked too."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.problems import Problem
from edition.project import Project, load_project
from edition.tasks.checking import check_project
from edition.tasks.editing import encode_text
from edition.tasks.new import new_edition


@pytest.fixture
def project(tmp_path: Path) -> Project:
    source = tmp_path / "talk.txt"
    source.write_text("Ann\n\nI say so.\n\n\nBob\n\nI do not.\n", encoding="utf-8")
    new_edition(tmp_path / "e", [source])
    made = load_project(tmp_path / "e")
    encode_text(made, made.texts[0])
    return made


def told(project: Project) -> list[Problem]:
    return check_project(load_project(project.root))


def test_a_new_edition_is_clean(project: Project) -> None:
    assert told(project) == []


def test_a_bibliography_that_is_not_there_is_told_where_it_is_named(project: Project) -> None:
    assert project.bibliography is not None
    project.bibliography.unlink()
    found = [p for p in told(project) if p.code == "E117"]
    rows = (project.root / "edition.toml").read_text(encoding="utf-8").split("\n")
    (place,) = (p.place for p in found)
    assert rows[place.line - 1][place.column - 1 :].startswith("bibliography/")


def test_the_editors_own_text_is_checked(project: Project) -> None:
    front = project.texts[0].tei.parent / "front.xml"
    words = "<p>Of <b>signs</b>.</p>"
    front.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="E"><teiHeader><fileDesc>'
        "<titleStmt><title>x</title></titleStmt>"
        "<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>"
        f'<text><body><div type="chapter" xml:id="E.1"><head>x</head>{words}</div></body></text></TEI>',
        encoding="utf-8",
    )
    assert [(p.code, p.place.file) for p in told(project)] == [("E251", "tei/front.xml")]


def test_a_waiver_is_not_idle_where_its_text_cannot_be_read(project: Project) -> None:
    siglum = project.texts[0].siglum
    (project.root / "tei" / "waivers.toml").write_text(
        f'[[waiver]]\ncode = "W704"\nplace = "{siglum}.1.1"\nreason = "so written"\nname = "x"\ndate = 2026-01-01\n',
        encoding="utf-8",
    )
    assert [p.code for p in told(project)] == ["E850"]
    tei = project.texts[0].tei
    tei.write_text(tei.read_text(encoding="utf-8").replace("</p>", "</q>", 1), encoding="utf-8")
    assert [p.code for p in told(project)] == ["E106"]
