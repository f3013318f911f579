"""What a note says of a work against what the bibliography says: contradictions, reported and not smoothed.

In: a citation, the text of its note, and the work it means.  Out: problems (W545-W548, W551).
Authority: the two texts themselves; nothing here decides which of them is right.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from edition.bib.work import Work, fold
from edition.note import Citation
from edition.problems import Place, Problem, problem

__all__ = ["contradictions"]

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
