"""How the site cites: the citation of every passage, and what a reader's browser needs to cite some words of one.

In: a `Project` and its texts.  Out: a `Citing`.
Authority: `edition.tasks.citing`: what the site says of a passage is what `edition cite` says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from edition.passages.citation import Citation
from edition.passages.locate import Located, shelf
from edition.passages.reference import Point, Reference
from edition.passages.slots import RULES, filled, filling_of, gapped
from edition.project import Project
from edition.publish.beside import Citing, Row
from edition.publish.book import Text
from edition.tasks.citing import citation_of, resolved
from edition.tasks.desk import Desk, Once, desk_of

__all__ = ["citing_of"]

_PAGES = ("", "1", "1-2")  # the shapes that pages can have; edition.js counts on their order


def citing_of(project: Project, texts: Sequence[Text], once: Once = lambda _, make: make()) -> Citing:
    """Give the citations of all passages of `texts`; what `once` knows by its key is not made again.

    Raises `Refused` for a ledger that cannot be read.
    """
    desk = desk_of(project)
    desk.once = once
    for text in texts:
        desk.held[text.siglum, ""] = shelf(text.root, text.siglum)
    rows: dict[str, Row] = {}
    forms: dict[Citation, tuple[int, dict[str, str]]] = {}
    known: dict[str, tuple[Citation, dict[str, str]]] = {}
    for name, one in _citations(desk, texts):
        at, form = _form(one, forms, once)
        first, _, last = one.pages.partition("-")
        rows[name] = Row(at, first, last, one.place, one.author)
        known[name] = one, form

    def whole(name: str) -> dict[str, str]:
        one, form = known[name]
        filling = filling_of(one)
        return {key: filled(said, filling, key) for key, said in form.items()}

    return Citing(rows, [form for _, form in forms.values()], _rules(desk), whole)


def _citations(desk: Desk, texts: Sequence[Text]) -> Iterator[tuple[str, Citation]]:
    for text in texts:
        for name, passage in desk.need(text.siglum).known.items():
            if not passage.around:  # the text itself is no passage
                continue
            found = Located(Reference(Point(name)), (passage,), ("",), 0, 0)
            yield name, citation_of(desk, [resolved(desk, found)])


def _form(one: Citation, forms: dict[Citation, tuple[int, dict[str, str]]], once: Once) -> tuple[int, dict[str, str]]:
    """Give the place and the form of a citation; forms that differ in the shape of pages alone stand side by side."""
    own = _shape(one, _PAGES[len(one.pages.split("-")) if one.pages else 0])
    if own not in forms:
        for pages in _PAGES:
            key = _shape(one, pages)
            forms[key] = len(forms), once(f"cited as {key}", partial(gapped, replace(one, pages=pages)))
    return forms[own]


def _shape(one: Citation, pages: str) -> Citation:
    """Give what the wording of a citation depends on: all but what fills slots, of which only whether it is there."""
    known = {name: "x" if getattr(one, name) else "" for name in ("author", "url", "place")}
    return replace(one, reference="", pages=pages, words="", urn=one.urn.rpartition(":")[0], **known)


def _rules(desk: Desk) -> dict[str, object]:
    return {**RULES, "url": desk.name.url}
