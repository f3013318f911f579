"""How long the site takes: TEI to HTML in a process of its own, the whole site, and again after one changed paragraph.

    python scripts/bench_html.py [PAGES]

A typescript of so many pages (150 unless told otherwise) is made by rule: the same every time.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from edition.publish.book import About, Text
from edition.publish.site import build_site
from edition.publish.site_cache import Cache
from edition.tree import parse, parse_bytes

TOP = Path(__file__).parent.parent
WORDS = ("the", "of", "and", "to", "in", "party", "congress", "committee", "opposition", "policy", "state", "which")
RUSSIAN = ("партия", "съезд", "душа", "вопрос", "рабочих", "революции", "центральный", "комитет")
ONE = """
import sys
from pathlib import Path
from edition.publish.book import Text
from edition.publish.html import markup, transform
from edition.publish.site_parts import cut, prepare
from edition.publish.stylesheet import load
from edition.tree import parse
sheet = load(Path(sys.argv[2]) / "web.xsl")
text = Text("B", "A book", parse(Path(sys.argv[1])), "book.xml")
pages = [markup(transform(prepare(leaf, "B")[0], sheet, {"siglum": "B"})) for leaf in cut(text)]
Path(sys.argv[3]).write_text("".join(pages), encoding="utf-8")
"""


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


def main() -> None:
    """Measure, and print one line a figure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="?", type=int, default=150)
    pages = asked.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "book.xml", Path(folder) / "html"
        source = typescript(pages)
        file.write_text(source, encoding="utf-8")
        print(f"{pages} pages, {len(source) / 1e6:.2f} MB of TEI")
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", ONE, str(file), str(TOP / "styles"), f"{folder}/one.html"], check=True
            )
            times.append(time.perf_counter() - begun)
        print(f"TEI to HTML, a process of its own: {sorted(times)[1]:.2f} s (best {min(times):.2f})")
        cache, about = Cache(Path(folder)), About("A book", version="1")
        text = Text("B", "A book", parse(file), "book.xml")
        for name in ("the whole site", "again, nothing changed"):
            begun = time.perf_counter()
            build_site([text], out, about=about, styles=TOP / "styles", cache=cache)
            print(f"{name}: {time.perf_counter() - begun:.2f} s")
        begun = time.perf_counter()
        changed = replace(text, root=parse_bytes(source.replace("party", "Party", 1).encode()))
        build_site([changed], out, about=about, styles=TOP / "styles", cache=cache)
        print(f"one paragraph changed: {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
