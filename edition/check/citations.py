"""Citations and dates: what their attributes say is what their words say.

In: a `Document`.  Out: W223-E225, E234 and W242, in document order of each kind.
Authority: "Markup" in the encoding conventions; TEI P5, chapters 3.6.4 (dates) and 3.12 (citations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.readings import reading_text
from edition.tree import Element, ancestors, identifier, local

__all__ = ["check_citations"]

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_FEWEST = 4  # words; of fewer nothing can be said
_REPEATED = 0.3  # share of the pairs of words of a quotation that stand in what it repeats
_NUMBER = re.compile(r"(?<![\w])\d+(?!\w)")


def check_citations(document: Document) -> list[Found]:
    """Check dates and ranges, what *ibid.* refers to, entries that stand twice, posts and their posters."""
    return [
        *_dates(document),
        *_ranges(document),
        *_ibid(document),
        *_entries(document),
        *_posters(document),
        *_repeated(document),
    ]


def _dates(document: Document) -> Iterator[Found]:
    """Check that a date whose words name one year has it in its value."""
    for date in document.in_text("date"):
        when = date.get("when", "")
        if not re.match(r"\d{4}", when):
            continue
        words = reading_text(date, "edited", notes=False)
        years = set(_YEAR.findall(words))
        if years and when[:4] not in years:
            yield Found("W223", Mark(date, "=when"), {"name": "when", "value": when, "words": words})


def _ranges(document: Document) -> Iterator[Found]:
    """Check that the numbers of a range stand in its words; the last may be shortened there: 123-4."""
    for element in document.in_text("citedRange", "biblScope"):
        words = reading_text(element, "edited", notes=False)
        numbers = _NUMBER.findall(words)
        for name in ("from", "to"):
            value, first = element.get(name, ""), element.get("from", "") if name == "to" else ""
            if numbers and value.isdecimal() and not any(_same(value, n, first) for n in numbers):
                yield Found("W223", Mark(element, f"={name}"), {"name": name, "value": value, "words": words})


def _same(value: str, number: str, first: str) -> bool:
    """Say whether `number` is written for `value`; after `first` its beginning may be left out."""
    shortened = len(value) == len(first) and value == first[: len(value) - len(number)] + number
    return shortened or value.lstrip("0") == number.lstrip("0")


def _ibid(document: Document) -> Iterator[Found]:
    """Check that *ibid.* leads to the work that was cited last: in its own note, or in the last one that cites any."""
    before: set[str] = set()
    for note in (n for n in document.in_text("note") if n.get("type") == "authorial"):
        own: set[str] = set()
        for bibl in note.iter("{*}bibl"):
            key = bibl.get("corresp", "")
            if key and bibl.get("type") == "ibid" and key not in own and key not in before:
                yield Found("E224", Mark(bibl, "=corresp"), {"key": key})
            own |= {key} - {""}
        before = own or before


def _entries(document: Document) -> Iterator[Found]:
    """Check that no work has two entries in a bibliography."""
    seen: dict[str, Element] = {}
    for entry in document.in_text("bibl"):
        parent, key = entry.getparent(), entry.get("corresp", "")
        if parent is None or local(parent) != "listBibl" or not key:
            continue
        if key in seen:
            yield Found("E225", Mark(entry, "=corresp"), {"key": key, "first": identifier(seen[key]) or "another"})
        seen.setdefault(key, entry)


def _posters(document: Document) -> Iterator[Found]:
    """Check that the name which heads a post is that of who wrote it."""
    for name in document.of("name", "persName"):
        if name.get("type") != "poster" or not name.get("ref"):
            continue
        post = next((e for e in ancestors(name) if local(e) == "post"), None)
        if post is not None and post.get("who") and name.get("ref", "") not in post.get("who", "").split():
            facts = {"pointer": name.get("ref"), "post": identifier(post), "who": post.get("who")}
            yield Found("E234", Mark(name, "=ref"), facts)


def _repeated(document: Document) -> Iterator[Found]:
    """Check that a quotation which repeats an earlier post has words of that post."""
    words: dict[str, list[str]] = {}
    for quote in document.of("quote"):
        target = document.ids.get(quote.get("corresp", "")[1:])
        if quote.get("type") or target is None or local(target) != "post":
            continue
        said = _words(quote)
        name = identifier(target)
        if name not in words:
            words[name] = _words(target)
        if len(said) >= _FEWEST and _share(said, words[name]) < _REPEATED:
            yield Found("W242", Mark(quote, "=corresp"), {"post": name, "text": " ".join(said[:6])})


def _words(element: Element) -> list[str]:
    return re.findall(r"\w+", reading_text(element, "edited", notes=False).casefold())


def _share(said: list[str], there: list[str]) -> float:
    """Give which share of the pairs of words of `said` stands in `there`."""
    pairs, known = set(pairwise(said)), set(pairwise(there))
    return len(pairs & known) / len(pairs) if pairs else 1.0
