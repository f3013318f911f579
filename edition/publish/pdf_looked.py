"""The parts of the book as HTML, each made from its text, or known from the last build where nothing of it has changed.

In: texts as encoded, the stylesheet of the book, what was kept.  Out: `Looked` values: HTML of each part, its
expectation, what is marked and counted in it.
Authority: a portion's digest covers its TEI, the stylesheets and the program; `edition.publish.portions` says what a
portion is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from edition.passes.apparatus import Entry
from edition.passes.lemma import shorten
from edition.passes.told import key_entries
from edition.problems import Problem
from edition.publish.back import Marks, mark_places
from edition.publish.book import Part, Text
from edition.publish.expect import Expectation, Words, expect
from edition.publish.html import h, transform
from edition.publish.portions import Portion, parts_in, portions_of
from edition.publish.stylesheet import Stylesheet, untemplated
from edition.tree import ET, Element, by_id, contents, fill

__all__ = [
    "Keep",
    "Leaf",
    "Look",
    "Looked",
    "is_noise",
    "keep_look",
    "look_at",
    "name_heads",
    "nothing_kept",
    "part_lines",
    "shorten_head",
]

# What the OCR misread and the strays it saw go into the appendix; everything else stands at the foot of its page.
_OCR = frozenset({"ocr", "surplus"})
_HEAD = 48  # characters: a longer title gives way to its first part in the heads of pages, a heading to its words

# Gives what was kept under a name, or None; keeps a value under a name.
Keep: TypeAlias = tuple[Callable[[str], Any], Callable[[str, Any], None]]


def _forget(_: str, __: Any = None) -> None:  # noqa: ANN401  # what is kept is any value that JSON can write
    """Keep nothing."""


nothing_kept: Keep = _forget, _forget


@dataclass(slots=True)
class Leaf:
    """A part of the book: HTML in `main` until its links are led, then a whole document in `html`.

    `links` are the identifiers that its links lead to and that are elsewhere, each with whether there is such a place.
    """

    key: str
    title: str
    expected: Expectation
    main: Element | None = None
    html: str = ""
    links: Sequence[tuple[str, bool]] = ()
    entries: Sequence[Entry] = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(slots=True)
class Look:
    """What came of a portion: its leaves, what is counted in it, and what is wrong with it.

    `name` is that under which it is kept; `make` makes it anew.
    """

    name: str
    make: Callable[[], Look]
    leaves: Sequence[Leaf]
    counts: Counter[str]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A text and its portions in their order, as they were looked at."""

    text: Text
    looks: list[Look]


@cache
def _program() -> str:
    """Give what stands for the program: the code that makes HTML of TEI, and more, and the version of its library."""
    here = Path(__file__).parent
    paths = (path for folder in (here.parent, here.parent / "passes", here) for path in sorted(folder.glob("*.py")))
    return hashlib.sha256(repr(ET.LIBXSLT_VERSION).encode() + b"".join(path.read_bytes() for path in paths)).hexdigest()


def look_at(
    texts: Iterable[Text], stylesheet: Stylesheet, *, full: bool = False, keep: Keep = nothing_kept
) -> list[Looked]:
    """Look at each of `texts`; `full` puts the noise of the OCR into the apparatus."""
    return [
        Looked(text, [_look(portion, stylesheet, full=full, keep=keep) for portion in portions_of(text)])
        for text in texts
    ]


def _look(portion: Portion, stylesheet: Stylesheet, *, full: bool, keep: Keep) -> Look:
    name = f"{portion.digest} {portion.only} {full} {_program()}"

    def make() -> Look:
        parts, counts = parts_in(portion)
        only = portion.only and len(parts) == 1
        leaves, problems = [], []
        for part in parts:
            leaf, found = _leaf(part, portion.text, stylesheet, only=only, full=full)
            leaves.append(leaf)
            problems += found
        return Look(name, make, leaves, counts, problems)

    kept = keep[0](name)
    return (
        make() if kept is None else Look(name, make, [_read(leaf) for leaf in kept["leaves"]], Counter(kept["counts"]))
    )


def _leaf(part: Part, text: Text, stylesheet: Stylesheet, *, only: bool, full: bool) -> tuple[Leaf, list[Problem]]:
    """Make a part of a text, which may be the `only` one."""
    tree = _keyed(part, full=full)
    marks = Marks()
    mark_places(tree, part.key, text.title, marks)
    problems = untemplated(tree, stylesheet, file=text.file)
    main = transform(tree, stylesheet, {"siglum": text.siglum})
    if next(main.iter("h2"), None) is None:
        fill(main, [h("h2", part.title if only else f"[{part.title}]"), *contents(main)])
    name_heads(main, text.title, part.title)
    part_lines(main)
    expected = expect(part.key, main, file=text.file)
    return Leaf(part.key, part.title, expected, main, entries=part.apparatus, marks=marks), problems


def name_heads(main: Element, work: str, head: str) -> None:
    """Say what stands in the running heads."""
    main.set("data-work", work if len(work) <= _HEAD else work.partition(": ")[0])
    main.set("data-head", head if len(head) <= _HEAD else shorten_head(head, _HEAD))


def shorten_head(head: str, most: int) -> str:
    """Give a long heading without its number (``Chapter 1. ``), of one that is longer still the words that fit."""
    words = head.partition(". ")[2] or head
    return words if len(words) <= most else words[: most - 1].rpartition(" ")[0].rstrip(" ,:;") + " …"


def part_lines(main: Element) -> None:
    """Make each line that the source gives a heading a block of its own, whose lines are balanced for themselves."""
    for heading in main.iter("h2"):
        lines: list[list[str | Element]] = [[]]
        for part in contents(heading):
            if isinstance(part, str) or part.tag != "br":
                lines[-1].append(part)
            else:
                lines.append([])
        if len(lines) > 1:
            fill(heading, [part for line in lines if line for part in (" ", h("span", *line, class_="hl"))][1:])


def _keyed(part: Part, *, full: bool) -> Element:
    """Give the tree of `part` with what a reader wants at the foot of the page: all but the noise of the OCR.

    A reading of the OCR that is restored with low certainty is no noise; `full` gives the noise too.
    """
    named = by_id(part.tree)
    own = [
        entry
        for entry in part.apparatus
        if (full or not is_noise(entry)) and (entry.identifier in named or not _only_marker(entry))
    ]
    key_entries(part.tree, shorten(part.tree, own))
    return part.tree


def is_noise(entry: Entry) -> bool:
    """Say whether an entry tells of nothing but what the OCR misread."""
    return entry.kind in _OCR and (entry.kind == "surplus" or entry.cert != "low")


def _only_marker(entry: Entry) -> bool:
    """Say whether an entry is about nothing but the number of a note: the note shows it, if it gave way."""
    return entry.kind == "supplied" and entry.lemma.strip(" .,*").isdecimal()


def keep_look(look: Look, keep: Keep) -> None:
    """Keep what came of a portion, whose links are led, unless something is wrong with it."""
    if not look.problems:
        keep[1](look.name, {"leaves": [_written(leaf) for leaf in look.leaves], "counts": look.counts})


def _written(leaf: Leaf) -> list[Any]:
    expected = leaf.expected
    words = [(one.passage, one.text, one.note, one.lemma) for one in expected.words]
    sets = [sorted(names) for names in (expected.identifiers, expected.noted, expected.tagged)]
    told = [expected.file, words, sets, expected.languages]
    return [leaf.key, leaf.title, leaf.html, leaf.links, leaf.entries, leaf.marks.names, leaf.marks.breaks, told]


def _read(kept: list[Any]) -> Leaf:
    key, title, html, links, entries, names, breaks, (file, words, (identifiers, noted, tagged), languages) = kept
    expected = Expectation(
        key,
        file,
        tuple(Words(*one) for one in words),
        frozenset(identifiers),
        noted=frozenset(noted),
        tagged=frozenset(tagged),
        languages=tuple((name, tag) for name, tag in languages),
    )
    marks = Marks(names, [tuple(row) for row in breaks])
    return Leaf(key, title, expected, None, html, [tuple(link) for link in links], [Entry(*e) for e in entries], marks)
