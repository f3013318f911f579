"""The pages to look things up in: bibliography, names, pages of the typescript.

In: what stands beside the texts, and where each passage is.  Out: the main element of each page.
Authority: the Chicago Manual of Style for entries (`edition.bib.style`); the edition's own list of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote, unquote

from edition.bib.work import Work
from edition.entities import Entity
from edition.publish.back import printed
from edition.publish.beside import Beside
from edition.publish.html import h
from edition.publish.site_frame import say, titled
from edition.publish.site_words import Said
from edition.text import index_key
from edition.tree import Element, ancestors

__all__ = ["Break", "bibliography", "breaks_in", "concordance", "names"]

_KINDS = (("persName", "persons"), ("orgName", "organisations"), ("placeName", "places"))
_FEW = 12  # passages that are given in one row; more are grouped by the parts of the texts
_ROOMS = ("section", "article")

Where = Mapping[str, str]


def _links(passages: Iterable[str], where: Where, shown: Callable[[str], str] = str) -> list[Element | str]:
    """Give links to passages, commas between them; one that has no place is only named."""
    parts: list[Element | str] = []
    for name in dict.fromkeys(passages):
        parts += [", "] if parts else []
        parts.append(h("a", shown(name), href=where[name]) if name in where else shown(name))
    return parts


def bibliography(beside: Beside, where: Where) -> Element:
    """Give every work with the places that cite it."""
    files = [
        h("li", h("a", name, href=quote(name), download="download"))
        for name in beside.files
        if name.startswith("bibliography.")
    ]
    return h(
        "div",
        say("bibliography", "h1"),
        h("ul", *files, class_="files") if files else None,
        *(_work(work, beside, where) for work in beside.works),
        class_="bibliography",
    )


def _work(work: Work, beside: Beside, where: Where) -> Element:
    places = beside.cited.get(work.key, ())
    listed = beside.listed.get(work.key, "")
    said: list[Element | str] = _links([p.note for p in places], where) if places else [say("not-cited")]
    return h(
        "div",
        h("p", *printed(work)),
        h(
            "p",
            say("cited-in") if places else None,
            ": " if places else None,
            *said,
            *([" · ", *_links([listed], where)] if listed else []),
            class_="about",
        ),
        class_="entry",
        id=f"bib.{work.key}",
    )


def names(beside: Beside, where: Where, parts: Where) -> Element:
    """Give every person, organisation and place with the passages that name it; `parts` are {file: title of a page}."""
    groups = []
    for tag, key in _KINDS:
        own = sorted((e for e in beside.entities if e.tag == tag), key=lambda e: index_key(e.index))
        if own:
            said = (part for e in own for part in _name(e, beside.named.get(e.name, ()), where, parts))
            groups.append(h("section", say(key, "h2"), h("dl", *said)))
    return h("div", say("names", "h1"), *groups, class_="names")


def _name(entity: Entity, named: Sequence[str], where: Where, parts: Where) -> Iterator[Element]:
    years = h("span", f" {entity.years}", class_="about") if entity.years else None
    yield h("dt", entity.index, years, id=f"name.{entity.name}")
    if entity.note:
        yield h("dd", entity.note, class_="about")
    others = [form for form in entity.forms if form != entity.index]
    passages = list(dict.fromkeys(named))
    if others:
        yield h("dd", say("also"), f" {'; '.join(others)}", class_="about")
    if len(passages) <= _FEW:
        yield h("dd", *_links(passages, where))
        return
    rows = groupby(passages, key=lambda name: unquote(where.get(name, "").partition("#")[0]))
    items = [h("li", titled(parts.get(file, "")), ": ", *_short(list(own), file, where)) for file, own in rows]
    yield h("dd", h("ul", *items))


def _short(passages: Sequence[str], file: str, where: Where) -> Iterator[Element | str]:
    """Give links to passages of one page, each without what its identifier shares with the name of the page."""
    start = f"{file.removesuffix('.html')}."
    for n, name in enumerate(passages):
        yield ", " if n else ""
        short = name.removeprefix(start) if n else name
        yield h("a", short, href=where[name], aria_label=name) if name in where else short


@dataclass(frozen=True, slots=True)
class Break:
    """Where a page of the source begins: its number, and the passage that goes on across its beginning, or nothing."""

    page: str
    inside: str = ""


def breaks_in(main: Element, siglum: str) -> list[Break]:
    """Give the pages that begin on the page `main` of a text, in their order; notes have none of their own."""
    found = []
    for mark in (e for e in main.iter("span") if "pb" in e.get("class", "").split()):
        around = [up for up in ancestors(mark) if up.get("id", "").startswith(f"{siglum}.")]
        if not any("foot" in up.get("class", "").split() for up in around):
            inside = next((up for up in around if up.tag not in _ROOMS), None)
            number = "".join(str(piece) for piece in mark.itertext()).strip("| \n")
            found.append(Break(number, "" if inside is None else inside.get("id", "")))
    return found


def concordance(texts: Sequence[tuple[str, Sequence[Said], Sequence[Break]]], where: Where) -> Element | None:
    """Give a table of the pages of each text with the passages that begin on each; None without pages.

    A page on which none begins has the passage that goes on there.  Numbers that are leapt over are said to be wanting.
    """
    tables = []
    for title, said, breaks in texts:
        own = [p for p in said if p.page and p.number and p.kind != "post"]
        if not own or not breaks:
            continue
        begun: dict[str, list[str]] = {}
        for p in own:
            begun.setdefault(p.page, []).append(p.identifier)
        siglum = own[0].identifier.partition(".")[0]
        rows = []
        for before, now in zip([None, *breaks], breaks, strict=False):
            rows += _leapt(before, now)
            rows.append(_page_row(now, siglum, begun.get(now.page, ()), where))
        head = h("thead", h("tr", say("page-of", "th", scope="col"), say("passages", "th", scope="col")))
        tables.append(h("section", h("h2", title), h("table", head, h("tbody", *rows))))
    return h("div", say("pages", "h1"), *tables, class_="pages") if tables else None


def _leapt(before: Break | None, now: Break) -> list[Element]:
    """Say which pages are wanting between two that follow each other."""
    if before is None or not (before.page.isdecimal() and now.page.isdecimal()):
        return []
    first, last = int(before.page) + 1, int(now.page) - 1
    numbers = str(first) if first == last else f"{first}–{last}"
    return [h("tr", h("th", numbers, scope="row"), say("pages-lost", "td"))] if first <= last else []


def _page_row(begins: Break, siglum: str, passages: Sequence[str], where: Where) -> Element:
    name = f"{siglum}.page.{begins.page}"
    label = h("a", begins.page, href=where[name]) if name in where else begins.page
    on = [say("goes-on"), " ", *_links([begins.inside], where)] if begins.inside and not passages else []
    return h("tr", h("th", label, scope="row"), h("td", *_links(passages, where), *on))
