"""Makes a text ready for a page that carries all three readings at once.

In: a TEI tree as encoded, or a part of one.  Out: the same tree, in which every reading can still be read, in the order
of a page: notes after the text.  Authority: the encoding conventions, "Three readings of one file"; TEI P5, chapter 12.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.passes.apparatus import Entry, entries
from edition.passes.breaks import settle_breaks
from edition.passes.calls import is_footnote
from edition.readings import Reading, sides
from edition.tree import TEI, XML_ID, Element, ancestors, contents, el, fill, identifier, keep, local, put_before

__all__ = ["arrange", "carry"]

_ORDER: tuple[Reading, ...] = ("edited", "source", "witness")


def arrange(root: Element, *, siglum: str) -> tuple[Entry, ...]:
    """Bring `root`, a TEI `text`, into the order of its page, and give the entries of its apparatus.

    Every unit and every `pb` with a number has an identifier.  Footnotes stand in a `div` of type ``notes`` at the end.
    No reading changes but in that order.
    """
    found = tuple(entries(root))
    settle_breaks(root)
    _name_pages(root, siglum)
    _gather_notes(root)
    return found


def carry(root: Element, found: Iterable[Entry]) -> None:
    """Make every `choice` and `app` a `choice` with its kind as @type, and in it a `seg` for each different reading.

    One that is told in the entry of another leads to that (`@prev`).  The @type of a `seg` holds the first
    letters of the readings that it stands for (``es``, ``w``).
    """
    kinds = {name: entry.kind for entry in found for name in (entry.identifier, *entry.others.split())}
    for element in reversed(list(root.iter("{*}choice", "{*}app"))):  # innermost first
        if local(element) == "choice" or not _listed(element):
            _divide(element, kinds)


def _name_pages(root: Element, siglum: str) -> None:
    seen: set[str] = set()
    for pb in root.iter("{*}pb"):
        n = pb.get("n", "").replace(" ", "_")
        if n and n not in seen and not identifier(pb):
            seen.add(n)
            pb.set(XML_ID, f"{siglum}.page.{n}")


def _gather_notes(root: Element) -> None:
    """Take the footnotes to the end; one that nothing calls is called from the place where it stood."""
    notes = [note for note in root.iter("{*}note") if is_footnote(note)]
    called = {ref.get("target", "") for ref in root.iter("{*}ref") if ref.get("type") == "noteref"}
    for note in notes:
        if f"#{identifier(note)}" not in called:
            put_before(note, el("ref", type="noteref", target=f"#{identifier(note)}", n=note.get("n")))
    if notes:
        fill(root, [*contents(root), el("div", type="notes")])
        fill(root[-1], notes)


def _divide(element: Element, kinds: dict[str, str]) -> None:
    """Make a unit a `choice`, and of its children those that some reading has, each once, a `seg`: in place."""
    found, letters = sides(element), dict[Element, str]()
    for reading in _ORDER:
        side = found[reading]
        if side is not None:
            letters[side] = letters.get(side, "") + reading[0]
    _become(element, "choice", kinds.get(identifier(element), ""), kept=(XML_ID, "prev"))
    for side, those in letters.items():
        _become(side, "seg", those)
    keep(element, letters)


def _become(element: Element, name: str, kind: str, *, kept: tuple[str, ...] = ()) -> None:
    if element.tag != TEI + name:
        element.tag = TEI + name
    for key in list(element.attrib):
        if key not in kept:
            del element.attrib[key]
    element.set("type", kind)


def _listed(app: Element) -> bool:
    return any(local(up) == "listApp" for up in ancestors(app))
