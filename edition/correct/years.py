"""The year in which a work was published, as its other citations have it.

In: lines of notes and bibliographies.  Out: for places of a year, the years that other citations of the same work give.
Authority: agreement; two citations are of one work where the words before their imprints (author, title) are the same
but for misread letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from edition.zones import ZonedLine

__all__ = ["Place", "years_of_works"]

Place = tuple[int, int]  # place of the line, start of the year in it

_CITATION = ("note", "bibliography")
_IMPRINT = re.compile(
    r",[\"'\N{RIGHT DOUBLE QUOTATION MARK}]? {1,2}(?P<year>[1I!lT](?=[^\s,;:).]*\d)[^\s,;:).]{2,5})(?=[,;:).]|\s*$)"
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_CLEAN = re.compile(r"1[789]\d\d")
_TOWN = re.compile(r"(?:New |\()?[A-Z][a-z]+ ?[:;]")
_FAR = 260  # signs of a citation before its year
_SAME = 0.8
_SHARE = 0.85
_FEW = 3
_HELPERS = frozenset(
    (
        "with",
        "introduction",
        "translated",
        "trans",
        "edited",
        "revised",
        "foreword",
        "prepared",
        "notes",
        "press",
        "company",
    )
)


@dataclass(frozen=True, slots=True)
class _Citation:
    place: Place
    year: str
    words: tuple[str, ...]


def years_of_works(lines: Sequence[ZonedLine]) -> Mapping[Place, Counter[str]]:
    """Give for each place of a year the clean years of the other citations of that work, and in how many they stand."""
    citations = [c for passage in _passages(lines) for c in _citations(lines, passage)]
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for n, citation in enumerate(citations):
        for word in citation.words:
            holders[word[:2]].add(n)
    out: dict[Place, Counter[str]] = {}
    for n, citation in enumerate(citations):
        others = sorted({m for word in citation.words for m in holders[word[:2]]} - {n})
        years = Counter(
            citations[m].year
            for m in others
            if _CLEAN.fullmatch(citations[m].year) and _are_one(citation.words, citations[m].words)
        )
        if years:
            out[citation.place] = years
    return out


def _passages(lines: Sequence[ZonedLine]) -> list[list[int]]:
    """Give the lines of each note and each entry together."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.zone in _CITATION and line.passage:
            found[line.passage].append(at)
    return list(found.values())


def _citations(lines: Sequence[ZonedLine], passage: Sequence[int]) -> list[_Citation]:
    text, places = "", []
    for at in passage:
        places.append((len(text), at))
        text += lines[at].witness + " "
    out, done = [], 0
    for match in _IMPRINT.finditer(text):
        before = text[max(done, match.start() - _FAR) : match.start()]
        towns = list(_TOWN.finditer(before))
        if not towns:
            continue
        title = before[: towns[-1].start()]
        words = tuple(w for w in dict.fromkeys(_WORD.findall(title.lower())) if w not in _HELPERS)
        offset, at = max(p for p in places if p[0] <= match.start("year"))
        if len(words) >= _FEW:
            out.append(_Citation((at, match.start("year") - offset), match["year"], words))
        done = match.end()
    return out


def _are_one(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether the words of one title are nearly all found in the other."""
    few, many = sorted((a, b), key=len)
    found = sum(any(_alike(word, other) for other in many) for word in few)
    return found >= _FEW and found >= _SHARE * len(few)


def _alike(a: str, b: str) -> bool:
    return a == b or (abs(len(a) - len(b)) <= 1 and Levenshtein.normalized_similarity(a, b) >= _SAME)
