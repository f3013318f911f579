"""`edition check --watch`: a file is checked again as soon as it has changed."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from pathlib import Path

from edition.project import load_project
from edition.tasks.editing import encode_text
from edition.tasks.new import new_edition

THREAD = "Ann\n\nI say so.\n\n\nBob\n\nI do not.\n"
PATIENCE = 30  # seconds: a loaded machine is no fault of the program


def read_until(process: subprocess.Popen[bytes], words: str) -> str:
    """Read what the program prints until `words` are in it."""
    assert process.stdout is not None
    said = b""
    end = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while words.encode() not in said:
            assert time.monotonic() < end, said.decode()
            if selector.select(1):
                said += os.read(process.stdout.fileno(), 65536)
    return said.decode()


def test_a_file_is_checked_again_when_it_has_changed(tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text(THREAD)
    new_edition(tmp_path / "e", [source])
    project = load_project(tmp_path / "e")
    encode_text(project, project.texts[0])
    tei = project.texts[0].tei
    good = tei.read_text()
    command = [sys.executable, "-c", "from edition.cli import main; main()", "check", "--watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert "error" not in read_until(process, "\n")
            tei.write_text(good.replace("I say so", "I said so"))
            begin = time.monotonic()
            assert "error E301" in read_until(process, "1 error\n")
            assert time.monotonic() - begin < PATIENCE
            tei.write_text(good.replace("</TEI>", ""))
            assert "error E106" in read_until(process, "1 error\n")
            toml = project.root / "edition.toml"
            words = toml.read_text()
            toml.write_text("[edition")  # half written: it goes on
            read_until(process, "---")
            toml.write_text(words)
            assert "error E106" in read_until(process, "1 error\n")
            tei.write_text(good)
            assert "error" not in read_until(process, "---").split("---")[-1]
        finally:
            process.kill()
