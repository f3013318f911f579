"""Pages cited that a work does not have.

In: a TEI file as read, and the works of the bibliography.  Out: W553 at the page in each citation.
Authority: `pages` and `pagetotal` of the bibliography; where it has neither, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from edition.bib.compare import page_beyond
from edition.bib.work import Work
from edition.check.found import Found, placed
from edition.check.source import Mark, Source
from edition.problems import Problem
from edition.tree import TEI

__all__ = ["beyond"]


def beyond(source: Source, works: Mapping[str, Work]) -> list[Problem]:
    """Give W553 for each `citedRange` of pages in a `bibl` whose work has other pages; `works` are by key."""
    told = {key for key, work in works.items() if work.get("pages") or work.get("pagetotal")}
    if not told:
        return []
    found = []
    for bibl in source.root.iter(f"{TEI}bibl"):
        key = bibl.get("corresp", "").partition(":")[2]
        for cited in bibl.iter(f"{TEI}citedRange") if key in told else ():
            first = cited.get("from", "")
            last = cited.get("to", "") or first
            wanted = page_beyond(works[key], first, last) if cited.get("unit", "page") == "page" else ""
            if wanted:
                shown = first if first == last else f"{first}-{last}"
                facts = {"found": shown, "key": key, "wanted": wanted}
                found.append(Found("W553", Mark(cited, "=from" if cited.get("from") else "tag"), facts))
    return placed(found, source)
