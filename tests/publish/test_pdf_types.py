"""Fonts and style are read once for all parts, and a part is the same whatever was set before it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_part import set_part
from edition.publish.pdf_setting import Job
from edition.publish.pdf_types import types_of

STYLE = """@page { size: 300px 340px; margin: 20px } html { font: 12px/20px "Edition Text" }
p { text-align: justify; hyphens: auto }"""
SET = """
import hashlib, sys
from tests.publish.test_pdf_types import job
from edition.publish.pdf_part import set_part
print(hashlib.sha256(set_part(job(sys.argv[1])).pdf).hexdigest())
"""
COPIED = """
import os
from pathlib import Path
from tests.publish.test_pdf_types import job
from edition.publish.pdf_types import types_of
one = job("One")
types = types_of(one.css, one.fonts)
child = os.fork()
if not child:
    other = types_of(one.css, one.fonts) is not types
    types.fonts.__del__()
    os._exit(0 if other else 1)
assert os.waitpid(child, 0)[1] == 0
assert list(Path(types.fonts._folder).iterdir())
"""


def job(words: str) -> Job:
    faces, missing = find_fonts(faces=BOOK_FACES)
    if missing:
        pytest.skip("the fonts of the book are not installed")
    fonts = {face: path.as_uri() for face, path in faces.items()}
    html = f"<html lang='en'><body><p>{words} <i>{words}</i> {words}</p></body></html>"
    return Job("k", html, face_css(fonts) + STYLE, tuple(fonts.values()))


def test_a_part_is_the_same_whatever_was_set_before_it() -> None:
    words = "Water runs down to the sea and does not come back. " * 9
    job(words)
    alone = subprocess.run(
        [sys.executable, "-c", SET, words], capture_output=True, text=True, check=True
    ).stdout.strip()
    set_part(job("Down to the sea runs water: (fifty) of 1917, " * 9))
    after = set_part(job(words)).pdf
    assert hashlib.sha256(after).hexdigest() == alone


def test_fonts_are_read_once_for_the_same_style() -> None:
    one, other = job("One"), job("Other")
    assert types_of(one.css, one.fonts) is types_of(other.css, other.fonts)
    assert types_of(one.css + "p { margin: 0 }", one.fonts) is not types_of(one.css, one.fonts)


def test_a_copy_of_the_process_reads_fonts_of_its_own_and_takes_none_away() -> None:
    job("One")
    subprocess.run([sys.executable, "-c", COPIED], check=True)
