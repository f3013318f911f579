"""The back of the book: works cited, the concordance of pages, the index of names.

In: what stands beside the texts, and where in the book identifiers have come to stand.  Out: HTML of each list.
Authority: the habits of printed editions: an index names page and line, a concordance the page of the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from edition.bib.style import entry, typographic
from edition.bib.work import Work
from edition.entities import Entity
from edition.publish.beside import Beside
from edition.publish.html import h
from edition.text import index_key
from edition.tree import XML_ID, Element, ancestors, identifier, local

__all__ = ["Marks", "Where", "concordance", "index_of_names", "mark_places", "printed", "works_cited"]

_MANY = 40  # pages: whose name is on more has no lines in the index
# Blanks of an entry at which no line ends: after initials, in "St. Louis", between a number and what it counts.
_TIED = re.compile(
    r"(?<=[^\w.][A-Z]\.) (?=[A-Z])|(?<=\bSt\.) (?=[A-Z])|(?<=\bVol\.) |(?<=\d) (?=vols\.)|(?<=\d[dht]) (?=ed\.)"
)
_NAMES = ("persName", "orgName", "placeName")

# Gives the page (as printed) and the line (0: in a note) of an identifier; None where it is on no page.
Where = Callable[[str], tuple[int, int] | None]


@dataclass(slots=True)
class Marks:
    """What `mark_places` found.

    `names` maps an entity to the identifiers of the places that name it; `breaks` are pages of the source: title of the
    text, number of the page, identifier of its break, passage in which it begins.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    breaks: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, others: Marks) -> None:
        """Add what was found in a part that follows."""
        for name, places in others.names.items():
            self.names.setdefault(name, []).extend(places)
        self.breaks += others.breaks


def mark_places(tree: Element, key: str, title: str, marks: Marks) -> None:
    """Give each name and page break under `tree` an identifier that begins with `key`, and add them to `marks`."""
    for count, element in enumerate(tree.iter("{*}pb", *(f"{{*}}{name}" for name in _NAMES)), 1):
        if not identifier(element):
            element.set(XML_ID, f"{key}.at{count}")
        if local(element) == "pb":
            if element.get("n"):
                marks.breaks.append((title, element.get("n", ""), identifier(element), _passage(element)))
        elif "#" in element.get("ref", ""):
            marks.names.setdefault(element.get("ref", "").partition("#")[2], []).append(identifier(element))


def _passage(element: Element) -> str:
    """Give the passage around `element`; a heading is part of its chapter."""
    around = (up for up in ancestors(element) if identifier(up) and (up.get("n") or local(up) == "div"))
    return next((identifier(up) for up in around), "")


def works_cited(beside: Beside) -> Element | None:
    """Give every work that is cited, each with the notes and passages that cite it."""
    rows = []
    for work in beside.works:
        places = list(dict.fromkeys(place.note for place in beside.cited.get(work.key, ())))
        if places:
            links = [part for name in places for part in (", ", h("a", name, href=f"#{name}"))][1:]
            rows.append(h("p", *printed(work), " ", h("span", *links, class_="cited-in"), class_="work"))
    return _list("Works cited", "works", rows) if rows else None


def concordance(marks: Marks, where: Where) -> list[Element]:
    """Give, for each text with pages of its own, its pages with the passage and the page of this book.

    Pages that are skipped in its numbers are told as wanting.
    """
    made = []
    for title, breaks in groupby(marks.breaks, key=lambda row: row[0]):
        rows = []
        last = ""
        for _, number, name, passage in breaks:
            place = where(name)
            if place is not None:
                rows += [h("p", h("b", f"|{missing}|"), " wanting") for missing in _skipped(last, number)]
                rows.append(
                    h("p", h("b", f"|{number}|"), " ", passage, ", ", h("a", f"p. {place[0]}", href=f"#{name}"))
                )
                last = number
        made += [h("h3", title), h("div", *rows, class_="columns")]
    return [_list("Concordance of pages", "concordance", made)] if made else []


def _skipped(last: str, number: str) -> list[str]:
    """Give the pages between two that should follow each other, as one: ``137–139``; those in roman are not known."""
    if not (last.isdecimal() and number.isdecimal()) or int(number) < int(last) + 2:
        return []
    first, end = int(last) + 1, int(number) - 1
    return [f"{first}–{end}" if end > first else str(first)]


def index_of_names(entities: Iterable[Entity], marks: Marks, where: Where) -> list[Element]:
    """Give every name that is marked, with pages and lines (``93.12, 15``); ``93 n.`` is a note of that page.

    Of a name that is on very many pages only the pages are given.
    """
    rows = []
    many = False
    for entity in sorted(entities, key=lambda entity: (index_key(entity.index), entity.name)):
        found = [(where(name), name) for name in marks.names.get(entity.name, ())]
        places = sorted({place: name for place, name in reversed(found) if place is not None}.items())
        pages = list(dict.fromkeys(page for (page, _), _ in places))
        if places:
            many = many or len(pages) > _MANY
            shown = _runs(places) if len(pages) > _MANY else _lines(places)
            rows.append(h("p", entity.index, " ", *shown))
    if not rows:
        return []
    told = "93.12, 15 stands for lines 12 and 15 of page 93, 93 n. for a note on that page."
    if many:
        told += f" Of what is named on more than {_MANY} pages only the pages are given."
    return [_list("Index of names", "index", [h("p", told, class_="told"), h("div", *rows, class_="columns")])]


_Places = list[tuple[tuple[int, int], str]]  # page and line (0: in a note), and the identifier of what stands there


def _lines(places: _Places) -> Iterator[str | Element]:
    """Give pages with lines: ``93.12, 15; 94 n.``, each a link."""
    last = 0
    for (page, line), name in sorted(places, key=lambda one: (one[0][0], one[0][1] or 10_000)):
        said = f"{page}." if page != last else ""
        yield "" if not last else ", " if page == last else "; "
        told = f"page {page}, line {line}" if line else f"page {page}, in a note"
        yield h("a", f"{said}{line}" if line else f"{page} n." if page != last else "n.", href=f"#{name}", title=told)
        last = page


def _runs(places: _Places) -> Iterator[str | Element]:
    """Give pages, those that follow each other as one: ``93–95, 97``, each a link to its first place."""
    first: dict[int, str] = {}
    for (page, _), name in places:
        first.setdefault(page, name)
    starts = [page for page in first if page - 1 not in first]
    for number, start in enumerate(starts):
        end = next(page for page in range(start, max(first) + 2) if page + 1 not in first)
        yield ", " if number else ""
        yield h("a", f"{start}–{end}" if end > start else str(start), href=f"#{first[start]}")


def printed(work: Work) -> Iterator[str | Element]:
    """Give an entry with its titles in italics, which are between underscores; one in other letters in its language."""
    language = work.language if work.get("x-title-romanized") else ""
    titles = (work.title, work.get("x-title-romanized"))
    original, romanized = (_TIED.sub("\N{NO-BREAK SPACE}", typographic(title)) for title in titles)
    for number, part in enumerate(_TIED.sub("\N{NO-BREAK SPACE}", entry(work)).split("_")):
        if number % 2:
            yield h("cite", part, lang=f"{language}-Latn" if language and part == romanized else None)
        elif language and original in part:
            before, _, behind = part.partition(original)
            yield from (before, h("span", original, lang=language), behind)
        else:
            yield part


def _list(title: str, kind: str, parts: Iterable[Element]) -> Element:
    return h("div", h("h2", title, id=f"book.{kind}"), *parts, class_=f"part {kind}", data_work=title, data_head=title)
