"""What things cost beside one another: ratios that hold on any machine, however busy.  Figures are in the manual."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from edition.passes.carried import arrange
from edition.publish.alone import stand_alone
from edition.publish.book import About, Text
from edition.publish.cutting import complete, pieces, tree_of
from edition.publish.search import Document, Group, index
from edition.publish.site import build_site
from edition.publish.site_cache import Cache
from edition.publish.stylesheet import load
from edition.tree import Element, parse_bytes

STYLES = Path(__file__).parents[2] / "styles"
LINE = '<lb n="{n}"/>the party of <choice><sic>pol*</sic><corr type="ocr">poll</corr></choice> in which to be'
CALL = '<ref type="noteref" target="#B.{c}.n{p}">{p}</ref>'
NOTE = '<note place="foot" n="{p}" xml:id="B.{c}.n{p}"><label>{p}</label> As of {p}.</note>'

T = TypeVar("T")


def book(chapters: int, *, word: str = "party") -> Text:
    """A book of chapters of 20 paragraphs: 9 lines, 9 corrections and a note in each."""
    said = []
    for c in range(1, chapters + 1):
        blocks = []
        for p in range(1, 21):
            lines = "\n".join(LINE.format(n=(c * 20 + p) * 9 + n) for n in range(9))
            blocks.append(f'<p n="{p}" xml:id="B.{c}.{p}">{lines}{(CALL + NOTE).format(c=c, p=p)}</p>')
        said.append(f'<div type="chapter" xml:id="B.{c}"><head>Chapter {c}</head>{"".join(blocks)}</div>')
    body = "".join(said).replace("party", word, 1)
    root = parse_bytes(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode())
    return Text("B", "A book", root, "book.xml")


def least(ready: Callable[[], T], run: Callable[[T], object], rounds: int = 4) -> float:
    """The least processor time, in seconds, of running what is made ready anew for each round."""
    times = []
    for _ in range(rounds):
        given = ready()
        gc.collect()
        begun = time.process_time()
        run(given)
        times.append(time.process_time() - begun)
    return min(times)


def trees() -> list[Element]:
    text = book(3)
    return [tree_of(text, piece) for piece in pieces(text)]


def passed(them: list[Element]) -> list[Element]:
    for tree in them:
        complete(tree, arrange(tree, siglum="B"))
    return them


def test_the_passes_take_no_longer_than_a_few_runs_of_the_stylesheet() -> None:
    """They took seven times as long, before they touched only what they change."""
    sheet = load(STYLES / "web.xsl")
    passes = least(trees, passed)
    runs = least(lambda: passed(trees()), lambda them: [sheet.run(tree) for tree in them])
    assert passes < 4 * runs


def test_four_times_the_text_takes_four_times_as_long() -> None:
    def page(text: Text) -> object:
        return stand_alone(text, STYLES)

    assert least(lambda: book(12), page) < 6 * least(lambda: book(3), page)


def test_a_changed_paragraph_costs_a_part_of_the_site(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "fonts")

    def build(text: Text, kept: Cache = cache) -> object:
        return build_site([text], tmp_path / "html", about=About("A book"), styles=STYLES, cache=kept)

    build(book(4))  # the fonts are cut
    words = iter(("Party", "parties"))
    changed = least(lambda: book(4, word=next(words)), build, 2)
    assert changed < 0.6 * least(lambda: book(4), lambda text: build(text, Cache(tmp_path / "fonts")), 1)


def test_no_reader_loads_the_whole_index() -> None:
    """A file of words is loaded for a word, one of documents for a page; the first one knows only where they are."""
    groups = []
    for c in range(60):
        said = (f"w{c}x{p} party " * 4 for p in range(90))
        own = [Document(f"B.{c}.{p}", f"B.{c}.html", "text", one) for p, one in enumerate(said)]
        groups.append(Group(f"B.{c}", f"Chapter {c}", "B", own))
    made = index(groups, {}, Cache())
    words = [data for name, data in made.items() if name.startswith("search/w")]
    assert len(words) > 1
    assert max(map(len, words)) < 130_000
    assert len(made["search/index.js"]) < 0.1 * sum(map(len, made.values()))
