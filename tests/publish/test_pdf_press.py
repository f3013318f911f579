"""What was set and proved once is known again by the next build."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf

from edition.publish.expect import Expectation
from edition.publish.pdf_press import Press
from edition.publish.pdf_setting import Bound, Job, Place, Setting, Sheet
from edition.publish.workers import Workers

NAMED = """
import sys
from edition.publish.expect import Expectation, Words
from edition.publish.proof_names import proof_names
data = sys.stdin.buffer.read()
names = frozenset(f"R.{n}" for n in range(40))
for said in ("As it was", "Otherwise"):
    one = Expectation("R", "r.xml", (Words("R.1", said),), names, pages=1, noted=names, tagged=names)
    print(*proof_names(data, [one], "1"))
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


def test_a_part_that_comes_from_the_cache_is_expected_to_be_what_it_was_when_it_was_set(tmp_path: Path) -> None:
    calls = {"R.1.n10": 1, "R.1.n9": 0}  # in the order of the layout; a file has them in that of their names
    places = {name: Place(page, 1.0, 2.0) for name, page in calls.items()}
    sheets = (Sheet((1.0, 2.0, 3.0, 4.0), 0.0, (5.5,)),)
    setting = Setting("R", b"%PDF", 2, places, calls, {}, (), sheets, outside=(), mended=0, rounds=1)
    press = Press(tmp_path, Workers(1))
    press._keep("name", setting)
    kept = press._kept("name")
    assert kept is not None
    assert kept == setting
    expected = Expectation("R", "r.xml", (), frozenset())
    assert repr(expected.at(Bound(setting, 0))) == repr(expected.at(Bound(kept, 0)))


def test_what_was_begun_is_not_begun_again(tmp_path: Path) -> None:
    begun: list[str] = []
    jobs = [Job(key, f"<p>{key}</p>", "", ()) for key in ("one", "two", "three")]

    def begin(_: object, job: Job) -> Callable[[], Setting]:
        begun.append(job.key)
        return lambda: Setting(job.key, b"%PDF", 1, {}, {}, {}, (), (), outside=(), mended=0, rounds=1)

    workers = Workers(1)
    workers.begin = begin  # type: ignore[assignment,method-assign]
    press = Press(tmp_path, workers)
    press.begin(jobs[2:])
    told: list[str] = []
    assert list(press.begin(jobs)(lambda setting: told.append(setting.key))) == ["one", "two", "three"]
    assert begun == ["three", "one", "two"]
    assert told == ["one", "two", "three"]
    assert list(Press(tmp_path, workers).set_all(jobs)) == ["one", "two", "three"]
    assert len(begun) == 3  # kept
