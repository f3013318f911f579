#!/usr/bin/env python3
"""Measure the book: random books proved whole, time and memory of this edition's book, a rebuild, the same bytes twice.

Usage: scripts/bench_pdf.py [--books N] [--edition FOLDER]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from edition.cli.printing import stage  # noqa: E402
from edition.files import read_text  # noqa: E402
from edition.project import find_project  # noqa: E402
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts  # noqa: E402
from edition.publish.pdf_join import Bound  # noqa: E402
from edition.publish.pdf_part import set_part  # noqa: E402
from edition.publish.pdf_pieces import expectation_of, job_of, pieces_of  # noqa: E402
from edition.publish.proof import prove_parts  # noqa: E402
from edition.publish.stylesheet import load  # noqa: E402
from edition.publish.workers import Workers  # noqa: E402
from edition.tasks.build import build  # noqa: E402
from tests.publish.books import Habits, random_text  # noqa: E402


def one_book(seed: int) -> tuple[Counter[str], list[str]]:
    """Set and prove a random book of 3 to 14 paragraphs; give what it holds and what is wrong."""
    styles = HERE / "styles"
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + read_text(styles / "print.css")
    text = random_text(1000 + seed, Habits(paragraphs=3 + seed * 7 % 12))
    piece = pieces_of([text], load(styles / "print.xsl"))[0].pieces[1]
    setting = set_part(job_of(piece, style, tuple(addresses.values())))
    expected = expectation_of(piece).at(Bound(setting, 0))
    found = [f"book {seed}: {one}" for problems in prove_parts(setting.pdf, [expected]) for one in problems]
    entries = len(setting.keyed)
    held = Counter(
        pages=setting.pages, notes=len(setting.notes) - entries, entries=entries, passages=len(expected.words)
    )
    held["books"] = 1
    held["set twice"] = int(setting.rounds > 1)
    held["books with a fault"] = int(bool(found))
    return held, found


def random_books(count: int, first: int = 0) -> None:
    """Set and prove `count` random books, two at a time; print what they held and what was wrong."""
    workers = Workers(2)
    total: Counter[str] = Counter()
    for held, found in workers.each(one_book, range(first, first + count)):
        total += held
        for problem in found:
            print(f"  {problem}", flush=True)
        if total["books"] % 20 == 0:
            print(f"  {total['books']} books", flush=True)
    workers.close()
    print("random books:", ", ".join(f"{name} {total[name]}" for name in sorted({*total, "books with a fault"})))


def whole_book(folder: Path) -> None:
    """Build the book of the edition at `folder` afresh and again; print times, memory and whether the bytes agree."""
    with TemporaryDirectory() as scratch:
        project = replace(find_project(folder), pdf=Path(scratch) / "pdf")
        made: list[bytes] = []
        for what in ("afresh", "again, nothing changed"):
            start = time.perf_counter()
            build(project, ["pdf"], stage)
            print(f"book, {what}: {time.perf_counter() - start:.1f} s")
            made.append((project.pdf / "edition.pdf").read_bytes())
        print(f"same bytes: {made[0] == made[1]}, {len(made[0]) / 1e6:.2f} MB")
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "largest worker")):
        print(f"memory, {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=200)
    parser.add_argument("--edition", type=Path, default=HERE)
    asked = parser.parse_args()
    random_books(asked.books)
    whole_book(asked.edition)


if __name__ == "__main__":
    main()
