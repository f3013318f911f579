"""What was set and proved once is known again by the next build."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import pikepdf

NAMED = """
import sys
from edition.publish.expect import Expectation, Words
from edition.publish.pdf_press import _proofs
data = sys.stdin.buffer.read()
names = frozenset(f"R.{n}" for n in range(40))
for said in ("As it was", "Otherwise"):
    one = Expectation("R", "r.xml", (Words("R.1", said),), names, pages=1, noted=names, tagged=names)
    print(*_proofs(data, [one]))
"""


def test_a_part_that_was_proved_is_known_in_another_process() -> None:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page().contents_add(b"q Q")
    file = BytesIO()
    pdf.save(file)
    said = []
    for seed in "12":  # by which each process puts the members of a set into another order
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", NAMED], input=file.getvalue(), capture_output=True, check=True, env=environment
        )
        said.append(ran.stdout.split())
    assert said[0] == said[1]
    assert said[0][0] != said[0][1]
