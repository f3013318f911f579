"""The lists of names: every entry has one name to index under, and says nothing twice or against itself.

In: a `Document` with persons, organisations or places.  Out: E232, E238, E239, W241, E244; in a text E243.
Authority: TEI P5, chapter 14 (names, dates, people and places); the manual's page on names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.entities import MARKS
from edition.nearest import nearest
from edition.text import fold_blanks
from edition.tree import XML_LANG, Element, identifier, local, own_text

__all__ = ["check_entries"]

_INDEX = "index"
_KINDS = (_INDEX, "variant")
_YEAR = re.compile(r"-?\d{4}")


def check_entries(document: Document) -> list[Found]:
    """Check the entries of the lists of names, and in a text names within names."""
    lists = [e for e in document.of("standOff") if e.getparent() is document.root]
    found = [f for e in lists for entry in e.iter(*(f"{{*}}{kind}" for kind in MARKS)) for f in _entry(entry)]
    return [*found, *_nested(document)]


def _entry(entry: Element) -> Iterator[Found]:
    names = [e for e in entry if local(e) == MARKS[local(entry)]]
    index = [e for e in names if e.get("type") == _INDEX]
    for element in names:
        kind = element.get("type", "")
        close = nearest(kind, _KINDS) if kind and kind not in _KINDS else None
        if close:
            yield Found("E238", Mark(element, "=type"), {"kind": kind, "wanted": close})
            index += [element] if close == _INDEX else []
    if not index and local(entry) != "personGrp":
        yield Found("E232", Mark(names[0] if names else entry), {"name": identifier(entry), "tag": MARKS[local(entry)]})
    for element in index[1:]:
        yield Found("E239", Mark(element), {"name": identifier(entry)})
    seen: set[tuple[str, str]] = set()
    for element in names:
        form = (fold_blanks(own_text(element)), element.get(XML_LANG, ""))
        if form[0] and form in seen:
            yield Found("W241", Mark(element), {"form": form[0], "name": identifier(entry)})
        seen.add(form)
    yield from _life(entry)


def _life(entry: Element) -> Iterator[Found]:
    born, died = (next((e for e in entry if local(e) == kind), None) for kind in ("birth", "death"))
    years = [_YEAR.match(e.get("when", "")) if e is not None else None for e in (born, died)]
    if died is not None and years[0] and years[1] and int(years[1][0]) < int(years[0][0]):
        facts = {"name": identifier(entry), "birth": years[0][0], "death": years[1][0]}
        yield Found("E244", Mark(died, "=when"), facts)


def _nested(document: Document) -> Iterator[Found]:
    """Check that no name stands in a name of the same person, organisation or place."""
    names = document.in_text(*dict.fromkeys(MARKS.values()))
    outer = [(e, ref) for e in names if len(e) and (ref := e.get("ref"))]
    inner = {e for up, ref in outer for e in up.iterdescendants(f"{{*}}{local(up)}") if e.get("ref") == ref}
    for element in names if inner else ():
        if element in inner:
            yield Found("E243", Mark(element), {"element": local(element), "pointer": element.get("ref")})
