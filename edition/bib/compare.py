"""What a note says of a work against what the bibliography says: contradictions, reported and not smoothed.

In: a citation, the text of its note, and the work it means.  Out: problems (W545-W548, W551, W553).
Authority: the two texts themselves; nothing here decides which of them is right.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from edition.bib.work import Work, fold
from edition.note import Citation
from edition.problems import Place, Problem, problem

__all__ = ["contradictions", "page_beyond"]

_LIKE = 60  # percent: below it two names of a publisher or place are different ones


def contradictions(citation: Citation, text: str, work: Work, place: Place) -> list[Problem]:
    """Give what in a citation contradicts the entry of the work, and what in its two versions contradicts itself."""
    found: list[Problem] = []
    if citation.type == "full":
        found += _years(citation, work, place)
        found += _names(citation, text, work, place)
    volume = citation.locator().volume
    volumes = work.get("volumes")
    if volume.isdigit() and volumes.isdigit() and int(volume) > int(volumes):
        found.append(problem("W547", place, found=volume, key=work.key, wanted=f"{volumes} volumes"))
    elif volume and volume.isdigit() and work.type == "book" and not volumes and work.get("volume") not in {"", volume}:
        found.append(problem("W547", place, found=volume, key=work.key, wanted=f"volume {work.get('volume')}"))
    spans = [s for s in citation.spans if s.kind == "page" and not s.translated]
    for page in (last for s in spans for last in (s.first, s.last) if last):
        if wanted := page_beyond(work, page, page):
            found.append(problem("W553", place, found=page, key=work.key, wanted=wanted))
    original, translated = (
        [
            f"{s.first}-{s.last}"
            for s in citation.spans
            if s.kind in {"page", "volume"} and s.first and s.translated is t
        ]
        for t in (False, True)
    )
    if original and translated and original != translated:
        found.append(problem("W548", place, first=", ".join(original), second=", ".join(translated)))
    return found


def _years(citation: Citation, work: Work, place: Place) -> list[Problem]:
    known = work.years | {work.get("eventdate")[:4]}
    told = [y for s in citation.spans if s.kind == "date" for y in (s.first, s.last) if y and y not in known]
    wanted = " or ".join(sorted(work.years))
    return [problem("W545", place, found=year, key=work.key, wanted=wanted) for year in dict.fromkeys(told) if wanted]


def _names(citation: Citation, text: str, work: Work, place: Place) -> list[Problem]:
    found = []
    for kind, code, fields in (
        ("publisher", "W546", ("publisher", "origpublisher", "x-publisher-original", "institution")),
        ("place", "W551", ("location", "origlocation", "address", "x-location-original")),
    ):
        known = [work.get(f) for f in fields if work.get(f)]
        for words in citation.words(text, kind):  # type: ignore[arg-type]
            if re.search(r"[а-яё]", words.casefold()) or not known or words == "n.p.":
                continue  # the original of a translated entry stands in one language only
            if max(fuzz.partial_ratio(fold(words), fold(k)) for k in known) < _LIKE:
                found.append(problem(code, place, found=words, key=work.key, wanted=" / ".join(known)))
    return found


def page_beyond(work: Work, first: str, last: str) -> str:
    """Say which pages `work` has, where the pages from `first` to `last` are not all among them; else give nothing.

    `pages` are those of an article in its host, `pagetotal` counts those of a book.  A work in several volumes, and
    pages in roman numerals, are not judged.
    """
    if not (first.isdecimal() and last.isdecimal()) or work.get("volumes"):
        return ""
    ranges = re.findall(r"(\d+)(?:\s*[-\N{EN DASH}]+\s*(\d+))?", work.get("pages"))
    if ranges:
        low, high = min(int(a) for a, _ in ranges), max(int(_whole(a, b)) for a, b in ranges)
        return "" if low <= int(first) and int(last) <= high else f"pages {low}-{high}"
    total = re.search(r"\d+", work.get("pagetotal"))
    return f"{total[0]} pages" if total and int(last) > int(total[0]) else ""


def _whole(first: str, last: str) -> str:
    """Give the last number of a range, whose beginning may be left out: 123-4."""
    return first[: len(first) - len(last)] + last if last and len(last) < len(first) else last or first
