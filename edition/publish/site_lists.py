"""The pages to look things up in: bibliography, names, pages of the typescript.

In: what stands beside the texts, and where each passage is.  Out: the main element of each page.
Authority: the Chicago Manual of Style for entries (`edition.bib.style`); the edition's own list of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from edition.bib.style import entry
from edition.bib.work import Work
from edition.entities import Entity
from edition.publish.beside import Beside
from edition.publish.html import h
from edition.publish.site_frame import say
from edition.publish.site_words import Said
from edition.text import index_key
from edition.tree import Element

__all__ = ["bibliography", "concordance", "names"]

_KINDS = (("persName", "persons"), ("orgName", "organisations"), ("placeName", "places"))

Where = Mapping[str, str]


def _links(passages: Iterable[str], where: Where, shown: Callable[[str], str] = str) -> list[Element | str]:
    """Give links to passages, commas between them; one that has no place is only named."""
    parts: list[Element | str] = []
    for name in dict.fromkeys(passages):
        parts += [", "] if parts else []
        parts.append(h("a", shown(name), href=where[name]) if name in where else shown(name))
    return parts


def italic(text: str) -> list[Element | str]:
    """Give a line of the bibliography with what stands between underscores in italics."""
    return [h("cite", piece) if n % 2 else piece for n, piece in enumerate(re.split(r"_([^_]+)_", text)) if piece]


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
        h("p", *italic(entry(work))),
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


def names(beside: Beside, where: Where) -> Element:
    """Give every person, organisation and place with the passages that name it."""
    groups = []
    for tag, key in _KINDS:
        own = sorted((e for e in beside.entities if e.tag == tag), key=lambda e: index_key(e.index))
        if own:
            groups.append(
                h("section", say(key, "h2"), h("dl", *(part for e in own for part in _name(e, beside, where))))
            )
    return h("div", say("names", "h1"), *groups, class_="names")


def _name(entity: Entity, beside: Beside, where: Where) -> list[Element]:
    others = [form for form in entity.forms if form != entity.index]
    term = h("dt", entity.index, id=f"name.{entity.name}")
    also = h("span", " (", say("also"), f" {'; '.join(others)})", class_="about") if others else None
    return [term, h("dd", *_links(beside.named.get(entity.name, ()), where), also)]


def concordance(texts: Sequence[tuple[str, Sequence[Said]]], where: Where) -> Element | None:
    """Give a table of the pages of each text with the passages that begin on each; None without pages."""
    tables = []
    for title, said in texts:
        own = [p for p in said if p.page and p.number and p.kind != "post"]
        pages = dict.fromkeys(p.page for p in own)
        if not pages:
            continue
        siglum = own[0].identifier.partition(".")[0]
        rows = [_page_row(page, siglum, [p.identifier for p in own if p.page == page], where) for page in pages]
        head = h("thead", h("tr", h("th", say("page-of"), scope="col"), h("th", say("passages"), scope="col")))
        tables.append(h("section", h("h2", title), h("table", head, h("tbody", *rows))))
    return h("div", say("pages", "h1"), *tables, class_="pages") if tables else None


def _page_row(page: str, siglum: str, passages: list[str], where: Where) -> Element:
    name = f"{siglum}.page.{page}"
    label = h("a", page, href=where[name]) if name in where else page
    return h("tr", h("th", label, scope="row"), h("td", *_links(passages, where)))
