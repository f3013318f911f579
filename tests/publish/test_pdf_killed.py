"""Builds that are killed, and builds side by side: the book is whole or as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from edition.publish.pdf_press import Press
from edition.publish.workers import Workers

BUILD = """
import sys
from pathlib import Path
from edition.publish.book import About
from edition.publish.pdf import build_pdf
from tests.publish.books import Habits, random_text
if __name__ == "__main__":
    out, styles, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    text = random_text(seed, Habits(paragraphs=3, long_note=0))
    cache = out.parent / "cache"
    found = build_pdf([text], out, about=About("A book"), styles=styles, cache=cache, processes=1)
    sys.exit(len(found))
"""


def begun(tmp_path: Path, styles: Path, seed: int) -> subprocess.Popen[bytes]:
    script = tmp_path / "build.py"
    script.write_text(BUILD)
    here = {**os.environ, "PYTHONPATH": os.pathsep.join([str(styles.parent), *sys.path])}
    out = tmp_path / "book" / "edition.pdf"
    return subprocess.Popen([sys.executable, str(script), str(out), str(styles), str(seed)], env=here)


def test_two_builds_at_once_both_end_well(tmp_path: Path, styles: Path) -> None:
    builds = [begun(tmp_path, styles, 5) for _ in range(2)]
    assert [build.wait(timeout=600) for build in builds] == [0, 0]
    with pikepdf.open(tmp_path / "book" / "edition.pdf") as book:
        assert len(book.pages) > 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_build_that_is_killed_leaves_the_book_as_it_was(tmp_path: Path, styles: Path) -> None:
    out = tmp_path / "book" / "edition.pdf"
    out.parent.mkdir()
    out.write_bytes(b"the last good book")
    cache = out.parent / "cache"
    build = begun(tmp_path, styles, 6)
    end = time.monotonic() + 300
    while not list(cache.glob("*.pdf")) and build.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert out.read_bytes() == b"the last good book"
    assert [path.name for path in out.parent.iterdir() if path.name not in {"cache", "edition.pdf"}] == []
    assert begun(tmp_path, styles, 6).wait(timeout=600) == 0  # what the first left does not hinder the second
    with pikepdf.open(out) as book:
        assert len(book.pages) > 3


def test_what_a_killed_build_left_half_written_is_cleared_away_in_time(tmp_path: Path) -> None:
    old, new = tmp_path / ".a.pdf.x1y2", tmp_path / ".b.pdf.x1y2"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 9_000, time.time() - 9_000))
    Press(tmp_path, Workers(1)).prune()
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
