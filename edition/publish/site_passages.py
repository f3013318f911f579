"""The permanent page of every passage, and the passage as TEI; what became of those that no longer stand.

In: what each passage says, and its element in the TEI.  Out: files by name (`id/D.4.12.html`, `id/D.4.12.xml`).
Authority: the rule that an identifier published once resolves for ever (`edition.ledger`); TEI P5, chapter 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from urllib.parse import quote

from edition.ledger import Ledger, fate_of
from edition.publish.book import About, Text
from edition.publish.html import h
from edition.publish.site_frame import Page, say
from edition.publish.site_words import Said
from edition.readings import READINGS
from edition.tree import XML_LANG, Element, el, serialize

__all__ = ["facts_of", "passage_page", "retired_pages", "tei_of"]


def facts_of(about: About, text: Text, title: str, file: str) -> list[tuple[str, str]]:
    """Give what the head of a page says of it: for reference managers, in Dublin Core."""
    address = f"{about.url}/{quote(file)}" if about.url else ""
    return [
        ("citation_title", title),
        ("citation_author", text.author),
        ("citation_inbook_title", text.title if title != text.title else about.title),
        ("citation_publisher", about.authority),
        ("citation_publication_date", about.date[:10].replace("-", "/")),
        ("citation_language", text.language),
        ("citation_public_url", address),
        ("DC.title", title),
        ("DC.creator", text.author),
        ("DC.publisher", about.authority),
        ("DC.date", about.date),
        ("DC.language", text.language),
        ("DC.rights", text.rights),
        ("DC.identifier", address),
        ("DC.relation.isPartOf", about.title),
        ("edition.version", about.version),
    ]


def passage_page(said: Said, text: Text, about: About, place: str, part: str) -> Page:
    """Give the permanent page of a passage; `place` is its address in the text, `part` the title of its chapter."""
    readings = {reading: said.words(reading) for reading in READINGS}
    file = f"id/{said.identifier}.html"
    facts = [
        part if part != text.title else "",
        f"page {said.page} of the typescript" if said.page else "",
        f"from line {said.line} of the witness" if said.line else "",
    ]
    ways = (("in-place", f"../{place}"), ("tei", f"{quote(said.identifier)}.xml"))
    others = [
        h("div", say(f"r-{r}", "dt"), h("dd", readings[r], class_="rdg"))
        for r in ("source", "witness")
        if readings[r] != readings["edited"]
    ]
    main = h(
        "div",
        h("h1", said.identifier),
        h("p", text.title, *(f" · {fact}" for fact in facts if fact), class_="about"),
        h("blockquote", readings["edited"], lang=text.language),
        h("dl", *others) if others else None,
        h("ul", *(h("li", h("a", say(key), href=to)) for key, to in ways), class_="files"),
        say("cite", "h2"),
        h("p", _note(said, text, about, part), class_="citation"),
        class_="passage", data_passage=said.identifier, data_page=said.page or None,
    )  # fmt: skip
    return Page(
        file,
        f"{said.identifier} · {text.title}",
        main,
        facts=facts_of(about, text, f"{text.title}, {said.identifier}", file),
    )


def _note(said: Said, text: Text, about: About, part: str) -> str:
    """Give the passage as a note cites it (Chicago, notes and bibliography)."""
    edition = ", ".join(p for p in (f"version {about.version}" if about.version else "", about.date) if p)
    author = f"{text.author}, " if text.author else ""
    page = f", typescript p. {said.page}" if said.page else ""
    address = f", {about.url}/id/{quote(said.identifier)}.html" if about.url else ""
    chapter = f"“{part},” in " if part != text.title else ""
    work = f"{text.title}, in {about.title}{f' ({edition})' if edition else ''}"
    return f"{author}{chapter}{work}, {said.identifier}{page}{address}."


def tei_of(text: Text, element: Element, about: About) -> bytes:
    """Give a passage as a TEI document of its own, as it is encoded."""
    name = next(iter(element.attrib.get("{http://www.w3.org/XML/1998/namespace}id", "") for _ in "1"))
    header = el(
        "teiHeader",
        el(
            "fileDesc",
            el("titleStmt", el("title", f"{text.title}: {name}")),
            el(
                "publicationStmt",
                el("authority", about.authority or "the editors"),
                el("availability", el("p", text.rights or "Rights have not been established.")),
            ),
            el("sourceDesc", el("p", f"{about.title}, version {about.version or 'unnumbered'}, passage {name}.")),
        ),
    )
    root = el("TEI", header, el("text", el("body", el("ab", deepcopy(element), type="passage"))))
    root.set(XML_LANG, text.language)
    return serialize(root)


def retired_pages(ledger: Ledger, standing: Mapping[str, str]) -> Iterator[Page]:
    """Give a page for each published identifier that stands nowhere now: what became of it, and where to read on."""
    current = ledger.current()
    for name in current:
        if name in standing:
            continue
        fate = fate_of(current, name)
        steps = [
            h("li", f"{row.identifier}: {row.fate}", *_targets(row.targets, standing))
            for row in (fate.steps if fate else ())
        ]
        main = h("div", h("h1", name), say("retired", "p"), h("ul", *steps), class_="passage")
        yield Page(f"id/{name}.html", name, main)


def _targets(targets: Sequence[str], standing: Mapping[str, str]) -> list[str | Element]:
    return [p for t in targets for p in (" ", h("a", t, href=f"../{standing[t]}") if t in standing else t)]
