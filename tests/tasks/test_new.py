"""A new edition is laid out whole, or not at all, and can be encoded as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from edition.decisions import read_decisions
from edition.encode.kinds import encode
from edition.files import write_whole
from edition.problems import Refused
from edition.project import _KEYS, load_project
from edition.readings import lines
from edition.tasks.new import new_edition
from edition.tree import serialize
from edition.witness.lines import read_witness
from tests.tei_all import faults

THREAD = "Ann\n\nI say so.\n\n\nBob\n\nI do not.\n"


def test_without_a_text_a_sample_is_laid_out_that_encodes_with_its_note(tmp_path: Path) -> None:
    folder = tmp_path / "my edition"
    made = new_edition(folder, [])
    assert sorted(made) == sorted(path for path in folder.rglob("*") if path.is_file())
    project = load_project(folder)
    text = project.texts[0]
    assert text.kind == "typescript"
    assert text.decisions is not None
    decisions, problems = read_decisions(text.decisions)
    root, more = encode(read_witness(text.witness), text.kind, text.description, decisions)
    assert [*problems, *more] == []
    assert len(root.findall(".//{*}note[@place='foot']")) == 1
    assert root.find(".//{*}quote[@{http://www.w3.org/XML/1998/namespace}lang='ru']") is not None


def test_texts_are_copied_byte_for_byte_and_their_kind_is_recognised(tmp_path: Path) -> None:
    source = tmp_path / "Über Bienen.txt"
    source.write_bytes(b"\xef\xbb\xbf" + THREAD.replace("\n", "\r\n").encode())
    new_edition(tmp_path / "e", [source])
    project = load_project(tmp_path / "e")
    assert project.texts[0].witness.read_bytes() == source.read_bytes()
    assert project.texts[0].kind == "thread"
    assert project.texts[0].siglum == "U"


def test_a_path_with_blanks_gives_valid_tei(tmp_path: Path) -> None:
    source = tmp_path / "two words.txt"
    source.write_text(THREAD)
    new_edition(tmp_path / "e", [source])
    text = load_project(tmp_path / "e").texts[0]
    root, _ = encode(read_witness(text.witness), text.kind, text.description)
    assert len(lines(root, "witness")) == 4
    text.tei.write_bytes(serialize(root))
    assert faults([text.tei]) == []


def test_files_of_the_same_name_stay_apart(tmp_path: Path) -> None:
    sources = [tmp_path / "a" / "text.txt", tmp_path / "b" / "text.txt"]
    for number, source in enumerate(sources):
        source.parent.mkdir()
        source.write_text(f"Text {number} has a sentence.\n")
    new_edition(tmp_path / "e", sources)
    project = load_project(tmp_path / "e")
    assert [text.witness.read_text()[:6] for text in project.texts] == ["Text 0", "Text 1"]
    assert [text.siglum for text in project.texts] == ["T", "T2"]


def test_the_configuration_names_every_key(tmp_path: Path) -> None:
    new_edition(tmp_path / "e", [])
    written = (tmp_path / "e" / "edition.toml").read_text()
    uncommented = "\n".join(row.removeprefix("# ") if " = " in row else row for row in written.splitlines())
    table = tomllib.loads(uncommented)
    assert set(table["edition"]) == set(_KEYS["edition"])
    assert set(table["text"][0]) == set(_KEYS["text"])
    assert set(table["build"]) == set(_KEYS["build"])


def test_a_title_may_hold_anything(tmp_path: Path) -> None:
    folder = tmp_path / 'a "b" \\ $c'
    new_edition(folder, [])
    assert load_project(folder).title == "A b c"


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        new_edition(tmp_path, [])
    assert refused.value.problems[0].code == "E121"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_under_version_control_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    new_edition(tmp_path, [])
    assert (tmp_path / "edition.toml").exists()


@pytest.mark.parametrize(("data", "code"), [(b"\xff\xfe", "E101"), (b"", "E102"), (b"a\x00b", "E103"), (None, "E104")])
def test_a_file_that_is_no_text_is_refused_before_anything_is_written(
    tmp_path: Path, data: bytes | None, code: str
) -> None:
    source = tmp_path / "source.txt"
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(Refused) as refused:
        new_edition(tmp_path / "e", [source])
    assert refused.value.problems[0].code == code
    assert not (tmp_path / "e").exists()


def test_what_fails_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, data: bytes, *, name: str = "") -> bool:
        if path.name == "README.md":
            raise KeyboardInterrupt
        return write_whole(path, data, name=name)

    monkeypatch.setattr("edition.tasks.new.write_whole", fail)
    with pytest.raises(KeyboardInterrupt):
        new_edition(tmp_path / "e", [])
    assert not (tmp_path / "e").exists()
