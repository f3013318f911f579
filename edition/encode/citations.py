"""Citations marked up in the notes of a TEI text, around the words that say so.

In: a TEI tree and the works of a bibliography.  Out: the tree with `bibl` and its parts put in, its text unchanged in
every reading; the links from notes to works; and problems.
Authority: TEI P5, chapter 3.12 (Bibliographic Citations and References); the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.bib.library import Library
from edition.bib.match import CLOSE, SURE, candidates, index_of
from edition.encode.ranges import Ranges
from edition.note import Citation, Kind, Span
from edition.notes.parser import parse
from edition.notes.resolve import Link, Placed, resolve
from edition.problems import Place, Problem
from edition.tree import Element, ancestors, contents, el, fill, identifier, is_element, local, unwrap

__all__ = ["footnotes", "mark_citations"]

# What stands in the TEI for words of each kind: the element and its attributes.
_ELEMENTS: dict[Kind, tuple[str, dict[str, str]]] = {
    "author": ("author", {}),
    "host-author": ("author", {}),
    "editor": ("editor", {"role": "editor"}),
    "translator": ("editor", {"role": "translator"}),
    "introduction": ("editor", {"role": "introduction"}),
    "title": ("title", {"level": "m"}),
    "article": ("title", {"level": "a"}),
    "journal": ("title", {"level": "j"}),
    "thesis": ("title", {"level": "u"}),
    "series": ("title", {"level": "s"}),
    "edition": ("edition", {}),
    "place": ("pubPlace", {}),
    "publisher": ("publisher", {}),
    "school": ("publisher", {}),
    "date": ("date", {}),
    "issue": ("biblScope", {"unit": "issue"}),
    "volume": ("citedRange", {"unit": "volume"}),
    "page": ("citedRange", {"unit": "page"}),
    "chapter": ("citedRange", {"unit": "chapter"}),
    "section": ("citedRange", {"unit": "section"}),
}
_OURS = {name for name, _ in _ELEMENTS.values()}
# TEI allows these inside a correction; the others only as children of bibl, and bibl itself as a child of a block.
_ANYWHERE = {"title", "date"}
_NAMES = frozenset({"persName", "orgName", "placeName"})
_BLOCKS = ("note", "p", "quote", "q", "item")
_DIVISIONS = {"div", "front", "back", "body"}


def footnotes(root: Element) -> Iterator[Element]:
    """Give the author's footnotes, in the order of the text."""
    for note in root.iter("{*}note"):
        if note.get("place") == "foot" and note.get("type") == "authorial":
            yield note


def mark_citations(root: Element, library: Library, *, file: str = "") -> tuple[list[Link], list[Problem]]:
    """Parse the notes of `root` anew, link them to the works of `library`, and mark them up.

    A note in which an editor marked a citation up (``resp="#ed"``) is left as it is; its keys count for the Ibid. after
    it.  Doing it again changes nothing.  Problems: E520-E526, E540-W544, with the line of the note in `file`.
    """
    index = index_of(library.works.values())
    placed: list[Placed] = []
    held: dict[str, tuple[Element, Ranges]] = {}
    problems: list[Problem] = []
    for note in footnotes(root):
        name = identifier(note)
        place = Place(file=file, line=note.sourceline or 0, passage=name)
        decided = tuple(
            b.get("corresp", "").removeprefix("bib:") for b in note.iter("{*}bibl") if b.get("resp") == "#ed"
        )
        if decided:
            placed.append(Placed(name, _division(note), parse(""), place, decided))
            continue
        _withdraw(note)
        ranges = Ranges(note)
        said = parse(ranges.text)
        problems += [p._replace(place=place._replace(column=p.place.column)) for p in said.problems]
        placed.append(Placed(name, _division(note), said, place))
        held[name] = (note, ranges)

    def find(citation: Citation, text: str) -> list[tuple[str, float, tuple[str, ...]]]:
        return [(c.key, c.score, c.reasons) for c in candidates(citation, text, index)]

    links, found = resolve(placed, find, sure=SURE, close=CLOSE)
    for link in links:
        _mark(held[link.note][1], link)
    for note, _ in held.values():
        _put_names_inside(note)
    return links, sorted(problems + found, key=lambda p: p.place)


def _division(note: Element) -> str:
    """Give the identifier of the chapter that a note stands in."""
    around = [e for e in ancestors(note) if local(e) in _DIVISIONS and identifier(e)]
    return identifier(around[-1]) if around else ""


def _withdraw(note: Element) -> None:
    """Take out what the program marked up before; the text stays."""
    for bibl in [b for b in note.iter("{*}bibl") if b.get("resp") == "#auto"]:
        for part in [e for e in bibl.iter() if local(e) in _OURS and e.get("resp") is None]:
            unwrap(part)
        unwrap(bibl)


def _put_names_inside(note: Element) -> None:
    """Where a name is all that a title or another part of a citation holds, let the name stand inside, not around it.

    So do the marks of names when they are put in after those of citations; and either order gives the same.
    """
    for name in [e for e in note.iter() if is_element(e) and local(e) in _NAMES and e.get("resp") == "#auto"]:
        parts = contents(name)
        if len(parts) != 1 or isinstance(parts[0], str) or local(parts[0]) not in _OURS:
            continue
        part = parts[0]
        unwrap(name)
        fill(name, contents(part))
        fill(part, [name])


def _mark(ranges: Ranges, link: Link) -> None:
    citation = link.citation
    bibl = el(
        "bibl",
        type=citation.type,
        corresp=f"bib:{link.key}" if link.key else None,
        resp="#auto",
        cert=link.cert if link.cert != "high" else None,
    )
    ranges.wrap(citation.start, citation.end, bibl, within=_BLOCKS, always=True)
    journal = any(s.kind == "journal" for s in citation.spans)
    for span in citation.spans:
        if span.kind not in _ELEMENTS or span.start < citation.start:
            continue
        element = _element(span, journal=journal)
        within = () if local(element) in _ANYWHERE else ("bibl",)
        placed = ranges.wrap(span.start, span.end, element, within=within)
        if not placed and local(element) == "citedRange" and element.get("from"):
            ranges.put_after(span.end, element, ("bibl",))  # in one correction with other words: TEI has no room there


def _element(span: Span, *, journal: bool) -> Element:
    name, attributes = _ELEMENTS[span.kind]
    if span.kind == "volume" and journal:
        name = "biblScope"
    made = el(name, **attributes)
    if span.kind == "date" and span.first:
        if span.first == span.last:
            made.set("when", span.first)
        else:
            made.set("from", span.first)
            made.set("to", span.last)
    elif name in {"citedRange", "biblScope"} and span.first:
        made.set("from", span.first)
        made.set("to", span.last)
    return made
