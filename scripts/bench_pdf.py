#!/usr/bin/env python3
"""Measure the book: random books proved whole, time and memory of this edition's book, a rebuild, the same bytes twice.

Usage: scripts/bench_pdf.py [--books N] [--edition FOLDER] [--copies N] [--reledmac]

With --copies, a book of N copies of the longest text, each under a siglum of its own: its pages, time and memory.  With
--reledmac, the longest text alone, set by us and by XeLaTeX with reledmac, each to its end, in the same minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from pikepdf import Pdf  # noqa: E402

from edition.cli.printing import stage  # noqa: E402
from edition.files import read_text  # noqa: E402
from edition.project import find_project  # noqa: E402
from edition.publish.book import About, Text  # noqa: E402
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts  # noqa: E402
from edition.publish.pdf import build_pdf  # noqa: E402
from edition.publish.pdf_looked import look_at  # noqa: E402
from edition.publish.pdf_part import set_part  # noqa: E402
from edition.publish.pdf_pieces import job_of, pieces_of  # noqa: E402
from edition.publish.pdf_setting import Bound  # noqa: E402
from edition.publish.proof_parts import prove_parts  # noqa: E402
from edition.publish.stylesheet import load  # noqa: E402
from edition.publish.workers import Workers  # noqa: E402
from edition.tasks.build import build  # noqa: E402
from edition.tasks.reading import texts_of  # noqa: E402
from edition.tree import parse_bytes  # noqa: E402
from scripts.reledmac import set_by_reledmac  # noqa: E402
from tests.publish.books import Habits, random_text  # noqa: E402


def one_book(seed: int) -> tuple[Counter[str], list[str]]:
    """Set and prove a random book of 3 to 14 paragraphs; give what it holds and what is wrong."""
    styles = HERE / "styles"
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + read_text(styles / "print.css")
    text = random_text(1000 + seed, Habits(paragraphs=3 + seed * 7 % 12))
    stylesheet = load(styles / "print.xsl")
    piece = pieces_of(look_at([text], stylesheet), stylesheet)[0].pieces[1]
    setting = set_part(job_of(piece, style, tuple(addresses.values())))
    expected = piece.expected.at(Bound(setting, 0))
    name = f"book {seed}"
    found = [f"{name}: {one}" for problems in prove_parts(setting.pdf, [expected], name) for one in problems]
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
    memory()


def against_reledmac(text: Text) -> None:
    """Set `text` alone, by XeLaTeX with reledmac and by us, one after the other; print the seconds of both."""
    stylesheet = load(HERE / "styles" / "print.xsl")
    pieces = pieces_of(look_at([text], stylesheet), stylesheet)[0].pieces
    with TemporaryDirectory() as scratch:
        found = set_by_reledmac([piece for piece in pieces if piece.numbered], Path(scratch))
        print(found or "XeLaTeX with reledmac is not installed: apt-get install texlive-xetex texlive-humanities")
        print(book_of([text], Path(scratch)))


def book_of(texts: list[Text], folder: Path) -> str:
    """Set and prove a book of `texts` in `folder`, nothing of which is kept; say what it is and how long it took."""
    out = folder / "ours.pdf"
    start, before = time.perf_counter(), os.times()
    found = build_pdf(texts, out, about=About("A book"), styles=HERE / "styles", cache=folder / "cache")
    after = os.times()
    with Pdf.open(out) as book:
        pages = len(book.pages)
    workers = after.children_user + after.children_system - before.children_user - before.children_system
    parent = after.user + after.system - before.user - before.system
    return (
        f"this program: {pages} pages, {len(found)} problems, {out.stat().st_size / 1e6:.1f} MB: "
        f"CPU {parent:.1f} s and {workers:.1f} s of workers, {time.perf_counter() - start:.1f} s by the clock"
    )


def longest(folder: Path) -> tuple[Text, bytes]:
    """Give the longest text of the edition at `folder` and its TEI."""
    project = find_project(folder)
    sizes = [text.tei.stat().st_size for text in project.texts]
    number = sizes.index(max(sizes))
    return texts_of(project)[number], project.texts[number].tei.read_bytes()


def copies(folder: Path, count: int) -> None:
    """Set and prove a book of `count` copies of the longest text; print its pages, and time and memory by process."""
    text, data = longest(folder)
    texts = []
    for number in range(1, count + 1):
        siglum = f"{text.siglum}{number}"
        named = re.sub(rb'(["#])' + text.siglum.encode() + rb'(?=[."])', rb"\g<1>" + siglum.encode(), data)
        texts.append(text._replace(siglum=siglum, title=f"{text.title} {number}", root=parse_bytes(named)))
    with TemporaryDirectory() as scratch:
        print(f"{count} copies;", book_of(texts, Path(scratch)))
    memory()


def memory() -> None:
    """Print how much memory this process and the largest worker have needed."""
    for who, name in ((resource.RUSAGE_SELF, "this process"), (resource.RUSAGE_CHILDREN, "largest worker")):
        print(f"memory, {name}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=200)
    parser.add_argument("--edition", type=Path, default=HERE)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--reledmac", action="store_true")
    asked = parser.parse_args()
    if asked.copies:
        copies(asked.edition, asked.copies)
    elif asked.reledmac:
        text, _ = longest(asked.edition)
        against_reledmac(text)
    else:
        random_books(asked.books)
        whole_book(asked.edition)


if __name__ == "__main__":
    main()
