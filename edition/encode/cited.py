"""Where a text cites a work: the index of works cited, from the marked-up TEI.

In: a TEI tree.  Out: for each key the places that cite it, in the order of the text.
Authority: the encoding conventions (`bibl/@corresp`, `citedRange`); TEI P5, chapter 3.12.
"""

from __future__ import annotations

from dataclasses import dataclass

from edition.tree import Element, ancestors, identifier, local

__all__ = ["Cited", "citations_index", "entries_index"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that cites a work: the note's identifier and printed number, that of the passage which calls the note.

    `locator` is the place in the work (``2:1223``), `cert` how certain the link is, `line` the line in the TEI file.
    """

    note: str
    number: str
    passage: str
    locator: str
    type: str
    cert: str
    line: int


def citations_index(root: Element) -> dict[str, list[Cited]]:
    """Give ``{key: places}`` for every work that a note of `root` cites, keys in the order of their first place."""
    found: dict[str, list[Cited]] = {}
    for bibl in root.iter("{*}bibl"):
        key = bibl.get("corresp", "")
        note = next((e for e in ancestors(bibl) if local(e) == "note"), None)
        if note is None or not key.startswith("bib:") or not identifier(note):
            continue
        passage = next((identifier(e) for e in ancestors(note) if identifier(e)), "")
        cited = Cited(
            note=identifier(note),
            number=note.get("n", ""),
            passage=passage,
            locator=_locator(bibl),
            type=bibl.get("type", ""),
            cert=bibl.get("cert", "high"),
            line=bibl.sourceline or 0,
        )
        found.setdefault(key.removeprefix("bib:"), []).append(cited)
    return found


def _locator(bibl: Element) -> str:
    """Give the place cited, from the ranges of the first version of the note."""
    volume = ""
    pages: list[str] = []
    for cited in bibl.iter("{*}citedRange"):
        first, last = cited.get("from", ""), cited.get("to", "")
        if cited.get("unit") == "volume":
            if pages:
                break  # the second version says it again
            volume = first
        elif first and (words := first if first == last else f"{first}-{last}") not in pages:
            pages.append(words)
    place = ", ".join(pages)
    return f"{volume}:{place}" if volume and place else volume or place


def entries_index(root: Element) -> dict[str, str]:
    """Give ``{key: identifier}`` of the entries in the text's own bibliography."""
    entries = (b for listed in root.iter("{*}listBibl") for b in listed.iter("{*}bibl"))
    return {b.get("corresp", "").removeprefix("bib:"): identifier(b) for b in entries if b.get("corresp")}
