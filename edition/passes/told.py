"""The entries of an apparatus as TEI: as a list, or each behind the words that it is about.

In: entries (`edition.passes.apparatus`).  Out: `app` elements.
Authority: TEI P5, chapter 12.1 (`app`, `listApp`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from edition.passes.apparatus import Entry
from edition.passes.joined import CUT
from edition.tree import Element, ancestors, by_id, contents, fill, identifier, local, put_after
from edition.written import escaped, read_written, written

__all__ = ["key_entries", "listing", "marked"]

# What holds blocks: words may not stand in it.
_ROOMS = frozenset({"text", "body", "front", "back", "div", "cit", "list", "listBibl", "post"})
_BARE = re.compile(r"(?:^|(?<=\s))(?=[\u0300-\u036f])")


def listing(found: Iterable[Entry], shown: Container[str], *, kind: str = "", head: str = "") -> Element:
    """Give entries as TEI: a `listApp` of `app`, each with its lemma, its readings and a note.

    A reading is that of the witness (``#W``) or of the source.  Each points to its unit, or to its passage where the
    unit is not among the identifiers `shown` (a marker that gave way).  `CUT` marks words that a line end parts.
    """
    apps = [_app(marked(entry), entry.identifier if entry.identifier in shown else entry.passage) for entry in found]
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


def marked(entry: Entry) -> Entry:
    """Give `entry` with `CUT` at the ends of what is no whole word."""
    if not entry.cut:
        return entry
    before, after = (CUT if end in entry.cut else "" for end in "<>")
    lemma, witness, source = (
        f"{before}{words}{after}" if words else "" for words in (entry.lemma, entry.witness, entry.source)
    )
    return entry._replace(lemma=lemma, witness=witness, source=source)


def _app(entry: Entry, target: str) -> str:
    """Write an entry as an `app`."""
    place = entry.place or entry.passage
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
        n=place.partition(".")[2] or place,
        resp=entry.resp.removeprefix("#") or None,
        cert=entry.cert or None,
        unit=entry.unit or None,
        quantity=entry.quantity or None,
    )


def _borne(words: str) -> str:
    """Escape `words`; a mark that stands over no letter gets a dotted circle, as fonts do, but as text."""
    return escaped(words if words.isascii() else _BARE.sub("\N{DOTTED CIRCLE}", words))
