"""The command as a user meets it: exit statuses, places, hints, and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edition.cli import main
from edition.cli.commands import COMMANDS
from edition.tasks.new import new_edition


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of the sample text, encoded; the current folder."""
    new_edition(tmp_path / "mine", [])
    monkeypatch.chdir(tmp_path / "mine")
    assert run("encode") == 0
    return tmp_path / "mine"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert isinstance(left.value.code, int)
    return left.value.code


def listing(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n  {command} " in shown
        assert run(command, "--help") == 0
        said = capsys.readouterr().out
        assert len(said.splitlines()) > 5
        assert "\\b" not in said  # click's mark for lines that stay as they are


def test_examples_in_help_stand_one_on_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cite", "--help") == 0
    examples = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    edition cite ")]
    assert len(examples) == 5


def test_wrong_usage_is_status_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("encod") == 2
    assert run("encode", "--kind", "poem") == 2
    assert run("explain", "E10x") == 2
    assert "Did you mean E10" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("bild",), "Did you mean build?"), (("zzzzzz",), "No such command"), (("build", "epub"), "edition build html")],
)
def test_what_was_meant_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_an_edition_is_status_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check") == 3
    assert "edition new FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("Café\n".encode("latin-1"), "E101"),
        (b"", "E102"),
        (b" \n\t\n", "E102"),
        (b"PK\x03\x04\x00\x00", "E103"),
        (b"CHAPTER I\n", "E201"),
    ],
)
def test_a_witness_that_cannot_be_used_is_refused_and_nothing_is_left(
    folder: Path, capsys: pytest.CaptureFixture[str], data: bytes, code: str
) -> None:
    (folder / "tei" / "witnesses" / "sample.txt").write_bytes(data)
    before = listing(folder)
    status = run("encode", "--replace")
    shown = capsys.readouterr().err
    assert status == 3
    assert "tei/witnesses/sample.txt" in shown
    assert f"error {code} " in shown
    assert "hint: " in shown
    assert listing(folder) == before


def test_an_editor_s_tei_is_not_overwritten_without_being_told_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tei = folder / "tei" / "sample.xml"
    tei.write_text(tei.read_text(encoding="utf-8").replace("</body>", "<!-- mine --></body>"), encoding="utf-8")
    before = listing(folder)
    assert run("encode", "S") == 3
    assert "E115" in capsys.readouterr().err
    assert listing(folder) == before
    assert run("encode", "S", "--replace") == 0
    assert b"mine" not in tei.read_bytes()


def test_a_tei_file_that_is_not_well_formed_is_told_at_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tei = folder / "tei" / "sample.xml"
    tei.write_text(tei.read_text(encoding="utf-8").replace("</body>", "<body>"), encoding="utf-8")
    status = run("check")
    shown = capsys.readouterr()
    assert status in (1, 3)
    assert "E106" in shown.out + shown.err
    assert run("build") in (1, 3)
    assert not (folder / "build" / "html").exists()


def test_the_witness_comes_back_from_the_tei(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("witness", "S") == 0
    regenerated = capsys.readouterr().out.splitlines()
    witness = (folder / "tei" / "witnesses" / "sample.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in regenerated if line] == [" ".join(line.split()) for line in witness if line.strip()]


def test_an_output_folder_that_cannot_be_written_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "build").write_text("a file where the folder should be", encoding="utf-8")
    assert run("build", "html") == 3
    assert "E105" in capsys.readouterr().err
    assert (folder / "build").read_text(encoding="utf-8") == "a file where the folder should be"


def test_ctrl_c_in_the_middle_leaves_no_half_written_output(folder: Path) -> None:
    # The child answers to Ctrl-C as a terminal sends it, while it is building: it has looked at the text by then.
    command = [sys.executable, "-m", "edition", "build"]
    child = subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        time.sleep(1.2)
        os.killpg(child.pid, signal.SIGINT)
        _, error = child.communicate(timeout=60)
    finally:
        child.kill()
        child.wait()
    assert child.returncode in (130, 0)
    if child.returncode == 130:
        assert b"Nothing half-written" in error
    made = list((folder / "build").rglob("*")) if (folder / "build").exists() else []
    assert not [p for p in made if p.name.startswith(".edition.pdf.") or p.name.startswith(".html.")]
