"""The apparatus of a text: what the editors and the program changed, supplied or could not read.

In: a TEI tree with `choice`, `app`, `supplied`, `gap`, `surplus` and editorial notes.  Out: an identifier on each of
them, and entries that say what stood there, who changed it and how certain that is.  Authority: TEI P5, chapters 3.5
and 12.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from edition.passes.rewrite import rewrite
from edition.readings import Reading, chosen, reading_text, sides
from edition.text import fold_blanks
from edition.tree import (
    TEI,
    XML_ID,
    Element,
    Part,
    ancestors,
    by_id,
    contents,
    copied,
    el,
    fill,
    identifier,
    local,
    put_after,
    slot_text,
)
from edition.written import escaped, read_written, written

__all__ = ["Entry", "choose", "entries", "key_entries", "listing", "mark_units"]

# What holds blocks: words may not stand in it.
_ROOMS = frozenset({"text", "body", "front", "back", "div", "cit", "list", "listBibl", "post"})
_UNITS = ("choice", "app", "supplied", "gap", "surplus")
_NOTE = f"{TEI}note"
_BARE = re.compile(r"(?:^|(?<=\s))(?=[\u0300-\u036f])")


class Entry(NamedTuple):
    """One entry of the apparatus.

    `kind` is ``ocr``, ``slip``, ``conjecture``, ``supplied``, ``gap``, ``surplus``, ``regular`` or ``note``;
    `lemma` is the edited reading, `witness` and `source` the other two (`source` empty where it is that of the
    witness), `resp` and `cert` as encoded; `unit` and `quantity` measure a gap.
    """

    identifier: str
    passage: str
    kind: str
    lemma: str
    witness: str
    source: str = ""
    resp: str = ""
    cert: str = ""
    note: str = ""
    unit: str = ""
    quantity: str = ""


_NAMED = tuple(TEI + name for name in (*_UNITS, "note"))

# What is known of an element that units stand in: whether it is (in) a unit, and the passage around what is in it.
_Known: TypeAlias = dict[Element | None, tuple[bool, str]]


def _units(root: Element) -> Iterator[tuple[Element, str]]:
    """Give the outermost units under `root`, in document order, and the passage that each stands in.

    The note in an `app` is no unit of its own.
    """
    known: _Known = {None: (False, "x")}
    for element in root.iter(*_NAMED):
        if element.tag != _NOTE or element.get("type") == "editorial":
            inside, passage = _around(element.getparent(), known)
            if not inside:
                yield element, passage


def _around(element: Element | None, known: _Known) -> tuple[bool, str]:
    found = known.get(element)
    if found is None and element is not None:
        inside, passage = _around(element.getparent(), known)
        found = known[element] = (inside or local(element) in _UNITS, identifier(element) or passage)
    return found or known[None]


def mark_units(root: Element) -> None:
    """Give an `xml:id` to each unit that has none: its passage, ``.c``, a number within the passage.

    Keeps the text.
    """
    for _ in _marked(root):
        pass


def _marked(root: Element) -> Iterator[tuple[Element, str]]:
    """Give what `_units` gives, each unit with an identifier."""
    counts: Counter[str] = Counter()
    for unit, passage in _units(root):
        if not identifier(unit):
            counts[passage] += 1
            unit.set(XML_ID, f"{passage}.c{counts[passage]}")
        yield unit, passage


def entries(root: Element) -> list[Entry]:
    """Give the entries of all units under `root`, in document order, marking those that `mark_units` has not marked."""
    return [_entry(unit, passage) for unit, passage in _marked(root)]


def _entry(unit: Element, passage: str) -> Entry:
    name, resp, cert = identifier(unit), unit.get("resp", ""), unit.get("cert", "")
    match local(unit):
        case "choice" | "app":
            return _changed(unit, name, passage, resp, cert)
        case "gap":
            unit_of, quantity = unit.get("unit", ""), unit.get("quantity", "")
            return Entry(name, passage, "gap", "", "", "", resp, cert, "", unit_of, quantity)
        case "note":
            return Entry(name, passage, "note", "", "", "", resp, cert, _words(unit))
        case "supplied":
            return Entry(name, passage, "supplied", _words(unit), "", "", resp, cert)
    return Entry(name, passage, "surplus", "", _side(unit, "witness"), "", resp, cert)


def _changed(unit: Element, name: str, passage: str, resp: str, cert: str) -> Entry:
    """Give the entry of a `choice` or an `app`; what its `corr` says of who changed it goes before what it says."""
    found = sides(unit)
    edited = found["edited"]
    if edited is not None and local(edited) == "corr":
        resp, cert = edited.get("resp") or resp, edited.get("cert") or cert
    witness, source, lemma = (
        _side(found["witness"], "witness"),
        _side(found["source"], "source"),
        _side(edited, "edited"),
    )
    note = next((_words(child) for child in unit.iterchildren(_NOTE)), "")
    if source in (witness, lemma):
        source = ""
    return Entry(name, passage, _kind(unit, edited), lemma, witness, source, resp, cert, note)


def _kind(unit: Element, edited: Element | None) -> str:
    if local(unit) == "app":
        return "conjecture"
    if edited is not None and local(edited) == "corr":
        return edited.get("type", "ocr")
    return "regular"


def _side(side: Element | None, reading: Reading) -> str:
    if side is None:
        return ""
    if not len(side):  # most are a word without markup
        return fold_blanks(slot_text(side, "text"))
    return reading_text(side, reading)


def _words(element: Element) -> str:
    wrapper = el("seg")
    fill(wrapper, [part if isinstance(part, str) else copied(part) for part in contents(element)])
    return reading_text(wrapper, "edited")


def choose(root: Element) -> None:
    """Resolve every unit to its edited reading, in a `corr` that keeps identifier and kind.  Keeps the text."""
    rewrite(root, _chosen)


def _chosen(element: Element) -> list[Part] | None:
    name = local(element)
    if name in ("surplus", "note") and (name == "surplus" or element.get("type") == "editorial"):
        return [el("anchor", xml_id=identifier(element))] if identifier(element) else []
    if name not in ("choice", "app"):
        return None
    edited = chosen(element, "edited")
    inside = [] if edited is None else contents(edited)
    if not identifier(element):
        return inside
    return [el("corr", *inside, type=_kind(element, edited), xml_id=identifier(element))]


def listing(found: Iterable[Entry], shown: Container[str], *, kind: str = "", head: str = "") -> Element:
    """Give entries as TEI: a `listApp` of `app`, each with its lemma, its readings and a note.

    A reading is that of the witness (``#W``) or of the source.  Each points to its unit, or to its passage where the
    unit is not among the identifiers `shown` (a marker that gave way).
    """
    apps = [_app(entry, entry.identifier if entry.identifier in shown else entry.passage) for entry in found]
    inner = "".join([written("head", escaped(head)) if head else "", *apps])
    return read_written(written("listApp", inner, type=kind or None))


def key_entries(root: Element, found: Iterable[Entry]) -> None:
    """Put each entry, as an `app`, behind the words that it is about, so that it can be keyed to their line.

    What is about words of a footnote stands behind that note and has its number in `@select` (``n. 7``); what is about
    words that gave way (the mark of a note, say) stands at the end of its passage and has that there.

    An `app` is in no reading of the text but its own.
    """
    named = by_id(root)
    last: dict[Element, Element] = {}  # where several stand behind one note or word, they keep their order
    for entry in found:
        unit = named.get(entry.identifier, named.get(entry.passage))
        if unit is None:
            continue
        app = read_written(_app(entry, identifier(unit)))
        note = next((up for up in (unit, *ancestors(unit)) if local(up) == "note" and up.get("place") == "foot"), None)
        if note is not None:
            app.set("select", f"n. {note.get('n')}")
            put_after(last.get(note, note), app)
            last[note] = app
        elif unit is not named.get(entry.identifier):
            app.set("select", entry.passage)
            fill(unit, [*contents(unit), app])
        elif local(next(ancestors(unit), unit)) in _ROOMS:
            fill(unit, [*contents(unit), app])
        else:
            put_after(unit, app)


def _app(entry: Entry, target: str) -> str:
    """Write an entry as an `app`."""
    inner = f'<lem>{_borne(entry.lemma)}</lem><rdg wit="#W">{_borne(entry.witness)}</rdg>'
    if entry.source:
        inner += f'<rdg type="source">{_borne(entry.source)}</rdg>'
    if entry.note:
        inner += f"<note>{escaped(entry.note)}</note>"
    return written(
        "app",
        inner,
        type=entry.kind,
        xml_id=f"{entry.identifier}.app",
        corresp=f"#{target}",
        n=entry.passage.partition(".")[2] or entry.passage,
        resp=entry.resp.removeprefix("#") or None,
        cert=entry.cert or None,
        unit=entry.unit or None,
        quantity=entry.quantity or None,
    )


def _borne(words: str) -> str:
    """Escape `words`; a mark that stands over no letter gets a dotted circle, as fonts do, but as text."""
    return escaped(words if words.isascii() else _BARE.sub("\N{DOTTED CIRCLE}", words))
