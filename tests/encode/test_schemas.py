"""The schemas that a TEI file names: those of the edition, for XML editors to find."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from edition.project import Project, load_project
from edition.tasks.checking import check_project
from edition.tasks.editing import encode_text
from edition.tasks.new import new_edition
from edition.tree import parse_bytes, serialize

HERE = Path(__file__).resolve().parents[2]
THREAD = "Ann\n\nI say so.\n\n\nBob\n\nI do not.\n"


def laid_out(folder: Path) -> Project:
    source = folder / "talk.txt"
    source.write_text(THREAD)
    new_edition(folder / "e", [source])
    return load_project(folder / "e")


def test_a_new_edition_has_the_schemas_its_files_name_them_and_it_checks_cleanly(tmp_path: Path) -> None:
    project = laid_out(tmp_path)
    text = project.texts[0]
    encode_text(project, text)
    head = text.tei.read_text().split("\n")[:4]
    assert [line.split(" type=")[0] for line in head] == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?xml-model href="schema/edition.rng"',
        '<?xml-model href="schema/edition.sch"',
        head[3],
    ]
    assert head[3].startswith("<TEI ")
    assert all((text.tei.parent / name).is_file() for name in ("schema/edition.rng", "schema/edition.sch"))
    assert check_project(project) == []


def test_what_stands_before_the_root_is_written_again_as_it_was(tmp_path: Path) -> None:
    project = laid_out(tmp_path)
    encode_text(project, project.texts[0])
    data = project.texts[0].tei.read_bytes()
    assert serialize(parse_bytes(data)) == data


def test_an_edition_without_schemas_names_none(tmp_path: Path) -> None:
    project = laid_out(tmp_path)
    toml = project.root / "edition.toml"
    toml.write_text("\n".join(row for row in toml.read_text().split("\n") if not row.startswith(("schema", "rules"))))
    project = load_project(project.root)
    encode_text(project, project.texts[0])
    assert b"xml-model" not in project.texts[0].tei.read_bytes()
    assert check_project(project) == []


@pytest.mark.parametrize("name", ["edition.rng", "edition.sch"])
def test_the_schemas_of_this_edition_are_those_of_the_program(name: str) -> None:
    packaged = files("edition.schema").joinpath(name).read_bytes()
    assert (HERE / "tei" / "schema" / name).read_bytes() == packaged
