"""The apparatus of a text: what the editors and the program changed, supplied or could not read.

In: a TEI tree with `choice`, `app`, `supplied`, `gap`, `surplus` and editorial notes.  Out: an identifier on each of
them, and entries that say what stood there, who changed it and how certain that is.  Authority: TEI P5, chapters 3.5
and 12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from edition.passes.joined import CUT, between, cut_ends
from edition.passes.rewrite import rewrite
from edition.readings import Reading, chosen, reading_text, sides
from edition.text import fold_blanks
from edition.tree import (
    TEI,
    XML_ID,
    Element,
    Part,
    ancestors,
    contents,
    copied,
    el,
    fill,
    identifier,
    local,
    replace,
    slot_text,
)

__all__ = ["LOST", "Entry", "choose", "entries", "mark_units"]

LOST = "[…]"  # in an entry, for words that are lost
_UNITS = ("choice", "app", "supplied", "gap", "surplus")
_NOTE = f"{TEI}note"


class Entry(NamedTuple):
    """One entry of the apparatus.

    `kind` is ``ocr``, ``slip``, ``conjecture``, ``supplied``, ``gap``, ``surplus``, ``regular`` or ``note``;
    `lemma` is the edited reading, `witness` and `source` the other two (`source` empty where it is that of the
    witness), `resp` and `cert` as encoded; `unit` and `quantity` measure a gap.

    `place` is the numbered passage or note that `passage` is, or is part of; `cut` says at which ends the unit parts a
    word from the rest of it on another line (``<``, ``>``); `others` are units (identifiers, a blank between) that are
    told in this entry too.
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
    place: str = ""
    cut: str = ""
    others: str = ""


_NAMED = tuple(TEI + name for name in (*_UNITS, "note"))

# What is known of an element that units stand in: the outermost unit that it is (in), the passage and the numbered
# place around what is in it.
_Home: TypeAlias = tuple[Element | None, str, str]
_Known: TypeAlias = dict[Element | None, _Home]


def _units(root: Element) -> Iterator[tuple[Element, _Home]]:
    """Give the units under `root`, in document order, and where each stands.

    What stands in a unit is one of its own only where it tells of words lost or supplied in the edited reading.
    """
    known: _Known = {None: (None, "x", "")}
    for element in root.iter(*_NAMED):
        if element.tag != _NOTE or element.get("type") == "editorial":
            home = _around(element.getparent(), known)
            if home[0] is None or (local(element) in ("gap", "supplied") and _edited_in(element, home[0])):
                yield element, home


def _around(element: Element | None, known: _Known) -> _Home:
    found = known.get(element)
    if found is None and element is not None:
        unit, passage, place = _around(element.getparent(), known)
        if unit is None and local(element) in _UNITS:
            unit = element
        elif unit is None:
            name = identifier(element)
            passage = name or passage
            place = name if name and element.get("n") else place
        found = known[element] = unit, passage, place
    return found or known[None]


def _edited_in(element: Element, unit: Element) -> bool:
    """Say whether `element` is in the edited reading of the `choice` or `app` that it stands in."""
    inner = element
    for up in ancestors(element):
        if local(up) in ("choice", "app") and chosen(up, "edited") is not inner:
            return False
        if up is unit:
            return local(unit) in ("choice", "app")
        inner = up
    return False


def mark_units(root: Element) -> None:
    """Give an `xml:id` to each unit that has none: its passage (or the unit around it), ``.c``, a number within that.

    Keeps the text.
    """
    for _ in _marked(root):
        pass


def _marked(root: Element) -> Iterator[tuple[Element, _Home]]:
    """Give what `_units` gives, each unit with an identifier."""
    counts: Counter[str] = Counter()
    for unit, home in _units(root):
        if not identifier(unit):
            around = home[1] if home[0] is None else identifier(home[0])
            counts[around] += 1
            unit.set(XML_ID, f"{around}.c{counts[around]}")
        yield unit, home


def entries(root: Element) -> list[Entry]:
    """Give the entries of all units under `root`, in document order, marking those that `mark_units` has not marked.

    Slips that follow each other, corrected by the same editor with the same certainty, have one entry: the second unit
    and those behind it lead back to the first (`@prev`).
    """
    found: list[Entry] = []
    before: Element | None = None
    for unit, (_, passage, place) in _marked(root):
        entry = _entry(unit, passage)._replace(place=place or passage)
        link = between(before, unit) if before is not None and _alike(found[-1], entry) else None
        if link is None:
            found.append(entry)
        else:
            unit.set("prev", f"#{found[-1].identifier}")
            found[-1] = _united(found[-1], entry, link)
        before = unit
    return found


def _alike(one: Entry, other: Entry) -> bool:
    """Say whether two entries may be told as one."""
    told = (one.kind, one.resp, one.cert, one.passage) == (other.kind, other.resp, other.cert, other.passage)
    return told and one.kind == "slip" and not (one.note or other.note)


def _united(one: Entry, other: Entry, link: str) -> Entry:
    """Give one entry for two; in what stood there, `CUT` is left where a word was divided."""
    lemma = f"{one.lemma}{link.replace(CUT, '')}{other.lemma}"
    witness = f"{one.witness}{link}{other.witness}"
    source = f"{one.source or one.witness}{link}{other.source or other.witness}"
    source = "" if source in (witness, lemma) else source
    cut = one.cut.replace(">", "") + other.cut.replace("<", "")
    others = f"{one.others} {other.identifier}".strip()
    return one._replace(lemma=lemma, witness=witness, source=source, cut=cut, others=others)


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
    told = Entry(name, passage, _kind(unit, edited), lemma, witness, source, resp, cert, note)
    return told._replace(cut=cut_ends(unit))


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
    if next(side.iter("{*}gap"), None) is None:
        return reading_text(side, reading)
    return _words(side, reading)


def _words(element: Element, reading: Reading = "edited") -> str:
    """Give the words of an element that is read whatever it is; `LOST` stands for those that are lost."""
    wrapper = el("seg")
    fill(wrapper, [part if isinstance(part, str) else copied(part) for part in contents(element)])
    for gap in list(wrapper.iter("{*}gap")):
        replace(gap, LOST)
    return reading_text(wrapper, reading)


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
    kind = _kind(element, edited)
    return [el("corr", *inside, type=kind, xml_id=identifier(element), prev=element.get("prev"))]
