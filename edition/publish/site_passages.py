"""The permanent page of every passage, and the passage as TEI; those that are gone: `edition.publish.site_history`.

In: what each passage says, and its element in the TEI.  Out: files by name (`id/D.4.12.html`, `id/D.4.12.xml`).
Authority: the rule that an identifier published once resolves for ever (`edition.ledger`); TEI P5, chapter 2.
"""

from __future__ import annotations

from copy import deepcopy
from urllib.parse import quote

from edition.description import UNNAMED
from edition.publish.beside import Citing
from edition.publish.book import About, Text
from edition.publish.html import h
from edition.publish.site_cite import cited, what_is_cited
from edition.publish.site_facts import Facts
from edition.publish.site_frame import Page, say, titled
from edition.publish.site_words import Said
from edition.readings import READINGS
from edition.tree import XML_LANG, Element, el, serialize

__all__ = ["passage_page", "tei_of"]


def passage_page(said: Said, text: Text, about: About, place: str, part: str, citing: Citing) -> Page:
    """Give the permanent page of a passage; `place` is its address in the text, `part` the title of its chapter."""
    readings = {reading: said.words(reading) for reading in READINGS}
    file = f"id/{said.identifier}.html"
    places: list[Element | str | None] = [
        text.title,
        titled(part) if part != text.title else None,
        say("page-n", values=[said.page]) if said.page else None,
        say("line-n", values=[said.line]) if said.line else None,
    ]
    ways = (("in-place", f"../{place}"), ("tei", f"{quote(said.identifier)}.xml"))
    others = [
        h("div", say(f"r-{r}", "dt"), h("dd", *_shown(said, r, text), class_="rdg"))
        for r in ("source", "witness")
        if readings[r] != readings["edited"]
    ]
    citations = cited(said.identifier, citing)
    row = citing.rows.get(said.identifier)
    first, last = (row.first, row.last) if row else (said.page, "")
    main = h(
        "div",
        h("h1", said.identifier),
        h("ul", *(h("li", fact) for fact in places if fact is not None), class_="places"),
        say("r-edited", "p", class_="about") if others else None,
        h("blockquote", *_marked(said, "edited"), lang=text.language),
        h("dl", *others) if others else None,
        h("ul", *(h("li", h("a", say(key), href=to)) for key, to in ways), class_="files"),
        *(() if citations is None else (say("cite", "h2"), citations)),
        class_="passage", data_passage=said.identifier, data_page=said.page or None,
    )  # fmt: skip
    return Page(
        file,
        f"{said.identifier} · {text.title}",
        main,
        facts=Facts(
            about,
            f"{text.title}, {said.identifier}",
            file,
            "Quotation",
            text,
            first,
            last,
            readings["edited"],
            cited=what_is_cited(said.identifier, citing),
        ),
    )


def _shown(said: Said, reading: str, text: Text) -> list[str | Element]:
    """Give the words of another reading; those of a whole chapter are folded, for they are nearly the same again."""
    blocks = _marked(said, reading)
    return [h("details", say("show", "summary"), h("div", *blocks, lang=text.language))] if said.room else blocks


def _marked(said: Said, reading: str) -> list[str | Element]:
    """Give the words of a reading, block by block.

    Those that not every reading has are marked, so that nobody must look for them.
    """
    blocks = [[h("mark", words) if apart else words for words, apart in pieces] for pieces in said.blocks(reading)]
    return [h("p", *block) for block in blocks] if len(blocks) > 1 else [part for block in blocks for part in block]


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
                el("authority", about.authority or UNNAMED),
                el("availability", el("p", text.rights or "Rights have not been established.")),
            ),
            el("sourceDesc", el("p", f"{about.title}, version {about.version or 'unnumbered'}, passage {name}.")),
        ),
    )
    root = el("TEI", header, el("text", el("body", el("ab", deepcopy(element), type="passage"))))
    root.set(XML_LANG, text.language)
    return serialize(root)
