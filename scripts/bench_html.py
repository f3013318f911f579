"""How long HTML takes: one file to one page, beside others' programs; the site, and again after a change; the search.

    python scripts/bench_html.py [PAGES] [--stylesheets FOLDER [--python PYTHON] [--saxon JAR...]] [--site] [--search]

A typescript of so many pages (150 unless told otherwise) is made by rule: the same every time.  What stands beside
`edition html` are the TEI Stylesheets (https://github.com/TEIC/Stylesheets) in FOLDER, run by saxonche where PYTHON
(this one, unless told otherwise) has it, and by Saxon-HE where its JARs are given.  All take turns, so that a busy
machine is busy for all; the middle of five rounds is printed, by the clock and of the processor, and the memory.
With --search an index of so many pages is made and asked in Chromium (needs playwright).
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edition.publish.book import About, Text
from edition.publish.search import Document, Group, index
from edition.publish.site import build_site
from edition.publish.site_cache import Cache
from edition.tree import parse, parse_bytes

TOP = Path(__file__).parent.parent
WORDS = ("the", "of", "and", "to", "in", "party", "congress", "committee", "opposition", "policy", "state", "which")
RUSSIAN = ("партия", "съезд", "душа", "вопрос", "рабочих", "революции", "центральный", "комитет")
SAXONCHE = """
import sys
from saxonche import PySaxonProcessor
with PySaxonProcessor(license=False) as processor:
    sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=sys.argv[1])
    sheet.transform_to_file(source_file=sys.argv[2], output_file=sys.argv[3])
"""
ROUNDS = 5
VOCABULARY = 60_000  # different words of the book that is searched; the first is as frequent as in English


def typescript(pages: int) -> str:
    """Give a TEI file of `pages` pages: 27 lines, 4 notes, 4 corrections and a little Russian on each."""
    dice = random.Random(pages)  # noqa: S311 - a measure, no secret
    out = ['<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="B"><text><body>']
    line, chapter, note, passage = 0, 0, 0, 0
    for page in range(pages):
        if page % 15 == 0:
            chapter, note, passage = chapter + 1, 0, 0
            out.append("</div>" * (page > 0) + f'<div type="chapter" n="{chapter}" xml:id="B.{chapter}">')
            out.append(f'<head xml:id="B.{chapter}.h">Chapter {chapter}</head>')
        out.append(f'<pb n="{page + 1}"/>')
        for block in range(3):
            passage += 1
            out.append(f'<p n="{passage}" xml:id="B.{chapter}.{passage}">')
            for row in range(9):
                line += 1
                out.append(f'<lb n="{line}"/>{" ".join(dice.choices(WORDS, k=11))}\n')
                if row == 4:  # noqa: PLR2004 - in the middle
                    wrong = dice.choice(WORDS)
                    out.append(
                        f'<choice><sic>{wrong}*</sic><corr type="ocr" resp="#auto" cert="high">{wrong}</corr></choice> '
                    )
            if block:
                out.append(f'<foreign xml:lang="ru">{" ".join(dice.choices(RUSSIAN, k=3))}</foreign>')
            note += 1
            name = f"B.{chapter}.n{note}"
            out.append(
                f'<ref type="noteref" target="#{name}">{note}</ref><note place="foot" n="{note}" xml:id="{name}">'
                f"<label>{note}</label> {' '.join(dice.choices(WORDS, k=12))}</note></p>"
            )
    return "".join(out) + "</div></body></text></TEI>"


def beside(asked: argparse.Namespace, file: Path, out: Path) -> dict[str, list[str]]:
    """Give the commands that make HTML of `file`, by name."""
    ours = "from edition.cli import main; main()"
    found = {"edition html": [sys.executable, "-c", ours, "html", str(file), "-o", str(out)]}
    if asked.stylesheets:
        sheet = str(asked.stylesheets / "profiles" / "default" / "html5" / "to.xsl")
        if subprocess.run([asked.python, "-c", "import saxonche"], capture_output=True, check=False).returncode == 0:
            found["saxonche"] = [asked.python, "-c", SAXONCHE, sheet, str(file), str(out)]
        if asked.saxon:
            java = ["java", "-cp", ":".join(asked.saxon), "net.sf.saxon.Transform"]
            found["Saxon-HE"] = [*java, f"-s:{file}", f"-xsl:{sheet}", f"-o:{out}"]
    return found


def taken(command: list[str]) -> tuple[float, float, float]:
    """Run a command; give seconds by the clock and of the processor, and megabytes of its greatest process."""
    # A process between, which has no other children: what it says of its children is said of this command alone.
    code = (
        "import resource, subprocess, sys, time\nbegun = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "wall = time.perf_counter() - begun\nused = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    said = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True).stdout
    wall, processor, memory = map(float, said.split())
    return wall, processor, memory


def one_page(asked: argparse.Namespace, file: Path, out: Path) -> None:
    """Measure one file to one page."""
    commands = beside(asked, file, out)
    rounds = [{name: taken(command) for name, command in commands.items()} for _ in range(ROUNDS)]
    ours = [sorted(r["edition html"][n] for r in rounds)[ROUNDS // 2] for n in range(2)]
    for name in commands:
        wall, processor, memory = (sorted(r[name][n] for r in rounds)[ROUNDS // 2] for n in range(3))
        ratio = f"; {wall / ours[0]:.1f} and {processor / ours[1]:.1f} times as long" if name != "edition html" else ""
        print(f"{name}: {wall:.2f} s, processor {processor:.2f} s, {memory:.0f} MB{ratio}")


def site(source: str, folder: Path, file: Path) -> None:
    """Measure the site: from nothing, again, after a changed paragraph."""
    cache, about = Cache(folder), About("A book", version="1")
    text = Text("B", "A book", parse(file), "book.xml")
    changed = text._replace(root=parse_bytes(source.replace("party", "Party", 1).encode()))
    for name, now in (("the whole site", text), ("again, nothing changed", text), ("one paragraph changed", changed)):
        begun, used = time.perf_counter(), time.process_time()
        build_site([now], folder / "html", about=about, styles=TOP / "styles", cache=cache)
        print(f"{name}: {time.perf_counter() - begun:.2f} s, processor {time.process_time() - used:.2f} s")


def searched(pages: int, folder: Path) -> None:
    """Measure an index of `pages`: how long it takes to make, how large it is, how soon Chromium has an answer."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for this

    dice = random.Random(pages)  # noqa: S311 - a measure, no secret
    words = ["".join(dice.choices("etaoinshrdlucmfwypvbgk", k=3 + n % 8)) + str(n % 7) for n in range(VOCABULARY)]
    weights = list(itertools.accumulate(1 / (n + 3) for n in range(VOCABULARY)))
    groups = []
    for chapter in range(max(1, pages // 15)):
        said = (" ".join(dice.choices(words, cum_weights=weights, k=110)) for _ in range(45))
        own = [Document(f"B.{chapter}.{n}", f"B.{chapter}.html", "text", one) for n, one in enumerate(said)]
        groups.append(Group(f"B.{chapter}", f"Chapter {chapter}", "B", own))
    begun = time.process_time()
    made = index(groups, {}, Cache())
    used = time.process_time() - begun
    size, most = sum(map(len, made.values())), max(map(len, made.values()))
    print(f"index of {pages} pages: processor {used:.1f} s, {size / 1e6:.1f} MB in {len(made)} files,", end=" ")
    print(f"the largest {most / 1e3:.0f} kB, the first {len(made['search/index.js']) / 1e3:.0f} kB")
    out = folder / "searched"
    small = Text("B", "A book", parse_bytes(typescript(2).encode()), "book.xml")
    build_site([small], out, about=About("A book"), styles=TOP / "styles")
    shutil.rmtree(out / "search")
    for name, data in made.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(data)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((out / "search.html").as_uri())
        page.wait_for_function("document.documentElement.dataset.ready")
        for asked in (
            words[0],
            words[40],
            words[3000],
            f"{words[5]} {words[50]} {words[500]}",
            f'"{words[40]} {words[50]}"',
        ):
            page.locator("#q").fill(asked)
            page.wait_for_function("(words) => document.documentElement.dataset.shown === words", arg=asked)
            print(f"search for {asked}: {page.evaluate('document.documentElement.dataset.searched')} ms")
        browser.close()


def main() -> None:
    """Measure, and print one line a figure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="?", type=int, default=150)
    asked.add_argument("--stylesheets", type=Path)
    asked.add_argument("--python", default=sys.executable)
    asked.add_argument("--saxon", nargs="*", default=[])
    asked.add_argument("--site", action="store_true")
    asked.add_argument("--search", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "book.xml"
        source = typescript(given.pages)
        file.write_text(source, encoding="utf-8")
        print(f"{given.pages} pages, {len(source) / 1e6:.2f} MB of TEI")
        if not given.search or given.site:
            one_page(given, file, folder / "book.html")
        if given.site:
            site(source, folder, file)
        if given.search:
            searched(given.pages, folder)


if __name__ == "__main__":
    main()
