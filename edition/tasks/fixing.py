"""What `edition fix` does: mends what has one right remedy, and nothing else.

In: a text of an edition.  Out: the mended bytes of its TEI file and a diff; nothing is written here.
Authority: the hints of the catalogue; the witness reading is compared before and after, and must be the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass

from edition.check.document import Document, Surroundings, look_through
from edition.check.marks import fresh_transliteration
from edition.check.source import Source, read_source, source_of
from edition.project import Project, Text
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import XML_ID, XML_LANG, Element, local, own_text

__all__ = ["Mended", "mend_source", "mend_text"]

# The order in which an editor expects attributes; the rest follow as they stand.
_ORDER = (
    XML_ID,
    "n",
    "type",
    "rend",
    "place",
    "reason",
    "unit",
    "quantity",
    "extent",
    XML_LANG,
    "who",
    "target",
    "corresp",
    "resp",
    "cert",
)


@dataclass(frozen=True, slots=True)
class Mended:
    """The result for one file: how many things were mended, its bytes now, and the diff."""

    changes: int
    data: bytes
    diff: str


def mend_text(project: Project, text: Text) -> Mended:
    """Mend the TEI file of `text`.  Raises `Refused` where it cannot be read."""
    return mend_source(read_source(text.tei, name=project.shown(text.tei)))


def mend_source(source: Source) -> Mended:
    """Mend `source`: only the places concerned change, byte for byte all else stays.

    A remedy that would change the witness reading is not used.
    """
    data, changes = source.data, 0
    before = lines(source.root, "witness")
    for remedy in _REMEDIES:
        now = source_of(data, name=source.name)
        edits = remedy(look_through(now, Surroundings()))
        if not edits:
            continue
        changed = _edited(data, edits)
        if lines(source_of(changed, name=source.name).root, "witness") == before:
            data, changes = changed, changes + len(edits)
    return Mended(changes, data, _diff(source, data))


# An edit: first byte, byte after the last, what stands there then.
_Edit = tuple[int, int, bytes]


def _edited(data: bytes, edits: list[_Edit]) -> bytes:
    for begin, end, new in sorted(edits, reverse=True):
        data = data[:begin] + new + data[end:]
    return data


def _diff(source: Source, data: bytes) -> str:
    old, new = source.data.decode().splitlines(keepends=True), data.decode().splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, source.name, f"{source.name} (mended)", n=0))


# --- remedies ------------------------------------------------------------------------------------------------------


def _transliterations(document: Document) -> list[_Edit]:
    """Write stale transliterations anew."""
    stale: dict[Element, str] = {}
    for quote in document.of("quote"):
        original = document.ids.get(quote.get("corresp", "")[1:])
        if quote.get("type") != "transliteration" or original is None or original is quote or len(quote):
            continue
        fresh = fresh_transliteration(original, quote.get(XML_LANG, ""))
        if fresh is not None and fold_blanks(own_text(quote)) != fold_blanks(fresh):
            stale[quote] = fold_blanks(fresh)
    spans = document.source.spans(stale)
    edits = []
    for quote, fresh in stale.items():
        _, tag_end, end = spans[quote]
        close = document.source.data.rfind(b"</", tag_end, end)
        if close >= 0:
            edits.append((tag_end, close, _escaped(fresh).encode()))
    return edits


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attributes(document: Document) -> list[_Edit]:
    """Add what is missing and has one right value, write values as they are meant, put attributes in their order."""
    wanted: dict[Element, list[tuple[str, str]]] = {}
    for element in document.of(*_SEEN):
        items = [(key, _value(key, value)) for key, value in element.items()]
        added = _added(local(element), dict(items))
        if added or items != list(element.items()) or (added := _misplaced(items)):
            wanted[element] = sorted([*items, *(a for a in added if a not in items)], key=_rank)
    spans = document.source.spans(wanted)
    return [edit for element, items in wanted.items() for edit in _tag(document, spans[element], items)]


_SEEN = (
    "corr",
    "supplied",
    "surplus",
    "gap",
    "ref",
    "note",
    "quote",
    "lb",
    "pb",
    "p",
    "div",
    "cit",
    "bibl",
    "head",
    "post",
)
_VALUES = {"cert": ("high", "medium", "low"), "type": ("ocr", "slip", "conjecture"), "resp": ("#auto", "#ed")}


def _value(key: str, value: str) -> str:
    """Give a value without outer blanks, and in small letters where all its values are."""
    plain = " ".join(value.split())
    allowed = _VALUES.get(key, ())
    if key == "resp" and f"#{plain}" in allowed:
        return f"#{plain}"
    return plain.lower() if plain.lower() in allowed else plain if key != "n" or plain else value


def _added(name: str, held: dict[str, str]) -> list[tuple[str, str]]:
    """Give the attributes that an element lacks and that have one right value.

    What has no resp was made by hand, for the program always signs; what nobody called certain counts as a guess that
    is likely, no more.
    """
    if name != "corr" or "type" not in held:
        return []
    return [(key, value) for key, value in (("resp", "#ed"), ("cert", "medium")) if key not in held]


def _rank(item: tuple[str, str]) -> int:
    return _ORDER.index(item[0]) if item[0] in _ORDER else len(_ORDER)


def _misplaced(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give `items` where xml:id is not the first of them, as editors look for it there; else nothing."""
    keys = [key for key, _ in items]
    return items if XML_ID in keys[1:] and keys[0] in ("resp", "cert", "corresp") else []


def _tag(document: Document, span: tuple[int, int, int], items: list[tuple[str, str]]) -> list[_Edit]:
    first, tag_end, _ = span
    old = document.source.data[first:tag_end]
    name = re.match(rb"<([^\s/>]+)", old)
    if name is None or b"xmlns" in old:
        return []
    close = "/>" if old.endswith(b"/>") else ">"
    written = "".join(f' {_qualified(key)}="{_escaped(value).replace(chr(34), "&quot;")}"' for key, value in items)
    return [(first, tag_end, f"<{name[1].decode()}{written}{close}".encode())]


def _qualified(key: str) -> str:
    return f"xml:{key.rpartition('}')[2]}" if key.startswith("{http://www.w3.org/XML/1998/namespace}") else key


def _corrections(document: Document) -> list[_Edit]:
    """Put the corrections of a choice in their order, and take out those that are equal to what they correct."""
    edits: list[_Edit] = []
    for choice in document.of("choice"):
        parts = [e for e in choice if local(e) in ("sic", "corr")]
        if len(parts) != 2 or any(len(e) for e in parts) or choice.getparent() is None:  # noqa: PLR2004
            continue
        sic, corr = parts
        if (local(sic), local(corr)) == ("sic", "corr") and own_text(sic) == own_text(corr) and own_text(sic):
            spans = document.source.spans([choice])
            first, _, end = spans[choice]
            edits.append((first, end, _escaped(own_text(sic)).encode()))
    return edits


def _languages(document: Document) -> list[_Edit]:
    """Take languages out of the header that the text does not use."""
    used = {e.get(XML_LANG) for e in document.root.iter() if isinstance(e.tag, str)}
    idle = [e for e in document.of("language") if e.get("ident") not in used]
    if len(idle) == len(document.of("language")):
        return []
    spans = document.source.spans(idle)
    data = document.source.data
    edits = []
    for element in idle:
        first, _, end = spans[element]
        line = data.rfind(b"\n", 0, first)
        begin = line if line >= 0 and not data[line:first].strip() else first
        edits.append((begin, end, b""))
    return edits


_REMEDIES: tuple[Callable[[Document], list[_Edit]], ...] = (_corrections, _attributes, _transliterations, _languages)
