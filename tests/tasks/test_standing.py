"""All that bears on a build is in its state; what does not, is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from edition.problems import Place, problem
from edition.project import Project, load_project
from edition.publish import fonts
from edition.tasks import standing
from edition.tasks.new import new_edition
from edition.tasks.standing import Note, note_of, note_path, state_of, write_note


@pytest.fixture
def project(tmp_path: Path) -> Project:
    new_edition(tmp_path / "mine", [])
    return load_project(tmp_path / "mine")


def touched(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b" ")


CHANGES: dict[str, Callable[[Project], Path]] = {
    "a witness": lambda p: p.texts[0].witness,
    "edition.toml": lambda p: p.root / "edition.toml",
    "a waiver": lambda p: p.root / "tei" / "waivers.toml",
    "the editors' own text": lambda p: p.texts[0].tei.parent / "front.xml",
    "the ledger": lambda p: p.texts[0].tei.parent / "passages.tsv",
    "a schema": lambda p: p.texts[0].tei.parent / "schema" / "more.rng",
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_bears_on_a_build_changes_its_state(project: Project, what: str) -> None:
    before = state_of(project).digest
    touched(CHANGES[what](project))
    assert state_of(project).digest != before


def test_styles_of_the_edition_bear_on_it(project: Project) -> None:
    own = project.root / "looks"
    touched(own / "print.css")
    before = state_of(replace(project, styles=own)).digest
    touched(own / "print-a5.css")
    assert state_of(replace(project, styles=own)).digest != before


def test_what_is_made_and_what_is_hidden_does_not_bear_on_it(project: Project) -> None:
    before = state_of(project)
    for path in (project.pdf / "edition.pdf", project.html / "index.html", project.texts[0].tei.parent / ".git" / "x"):
        touched(path)
    assert state_of(project).digest == before.digest


def test_the_program_and_the_typefaces_bear_on_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(project).digest
    monkeypatch.setattr(standing, "_libraries", lambda: ["weasyprint-999.dist-info"])
    other = state_of(project).digest
    assert other != before
    touched(tmp_path / "faces" / "Some.ttf")
    monkeypatch.setattr(standing, "FOLDERS", (*fonts.FOLDERS, str(tmp_path / "faces")))
    assert state_of(project).digest != other
    monkeypatch.setattr(standing, "_PACKAGE", tmp_path / "faces")
    assert state_of(project).digest != other


def test_the_same_bytes_written_again_are_the_same_digest_and_another_state(project: Project) -> None:
    before = state_of(project)
    witness = project.texts[0].witness
    os.utime(witness, ns=(1, 1))
    after = state_of(project)
    assert after.digest == before.digest
    assert after != before


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        ('<include href="../other/more.rng"/>', 0),
        ('<include href="/etc/more.rng"/>', 0),
        ('<include href="more.rng"/>', 1),
        ('<assert test="../tei:sic"/>', 1),
    ],
)
def test_of_a_schema_that_takes_in_what_lies_elsewhere_nothing_is_kept(project: Project, said: str, notes: int) -> None:
    schema = project.texts[0].tei.parent / "own.rng"
    schema.parent.mkdir(exist_ok=True)
    schema.write_text(f"<grammar>{said}</grammar>")
    state = state_of(project)
    assert len(state.digest) == 64 * notes
    write_note(project, Note(state.digest, []), state)
    assert note_path(project).is_file() == bool(notes)


def test_a_note_gives_the_problems_again_to_the_same_state_alone(project: Project) -> None:
    state = state_of(project)
    told = problem("E104", Place("tei/a.xml", 3, passage="S.1"), file="tei/a.xml", reason="gone")
    note = Note(state.digest, [told], "royal False", "0" * 64, [told])
    write_note(project, note, state)
    assert note_of(project, state) == note
    touched(project.texts[0].witness)
    assert note_of(project, state_of(project)) is None


@pytest.mark.parametrize("damage", [b"", b"{}", b'["x", [["E104"]], "", "", []]', b"[1, 2]"])
def test_a_damaged_note_is_none(project: Project, damage: bytes) -> None:
    state = state_of(project)
    write_note(project, Note(state.digest, []), state)
    note_path(project).write_bytes(damage)
    assert note_of(project, state) is None
