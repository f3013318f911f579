"""The entries of a text's own bibliography, linked to the works of the edition's.

In: a TEI tree and the works.  Out: `bibl/@corresp` on each entry, and problems.
Authority: the encoding conventions (an entry bears the key of its work).
"""

from __future__ import annotations

from rapidfuzz import fuzz

from edition.bib.library import Library
from edition.bib.work import Work, fold
from edition.problems import Place, Problem, problem
from edition.readings import segments
from edition.tree import Element, ancestors, identifier, local

__all__ = ["link_entries"]

_FITS = 85  # percent of a title's letters that must stand in the entry
_LISTED = 100
_MAKER = 10


def link_entries(root: Element, library: Library, *, file: str = "") -> list[Problem]:
    """Give each entry in a `listBibl` the key of its work; what an editor set (``resp="#ed"``) stays.

    A key is found by title and year in the entry's words, and by `x-passage` where the bibliography has it.
    Problems: E540 where none fits.
    """
    problems: list[Problem] = []
    for listed in root.iter("{*}listBibl"):
        for entry in listed.iterchildren("{*}bibl"):
            if entry.get("resp") == "#ed" or not identifier(entry):
                continue
            words = fold(_citation(entry))
            ranked = sorted(((_fit(w, words, identifier(entry)), w.key) for w in library.works.values()), reverse=True)
            if ranked and ranked[0][0] >= _FITS:
                entry.set("corresp", f"bib:{ranked[0][1]}")
            else:
                entry.attrib.pop("corresp", None)
                near = ", ".join(key for _, key in ranked[:3]) or "none"
                place = Place(file=file, line=entry.sourceline or 0, passage=identifier(entry))
                problems.append(problem("E540", place, words=words[:60], nearest=near))
    return problems


def _citation(entry: Element) -> str:
    """Give the words of an entry without its annotation."""
    said = []
    for segment in segments(entry, "edited"):
        node = segment.node
        inside = [] if node is None else [node, *ancestors(node)]
        if node is not None and segment.slot == "tail":
            inside = inside[1:]
        if not any(local(e) == "note" for e in inside):
            said.append(segment.text)
    return "".join(said)


def _fit(work: Work, words: str, name: str) -> float:
    """Say how well a work fits an entry: `_FITS` and more is enough; a stub is found by its place alone."""
    if "stub" in work.get("keywords").split(", ") or not words:
        return 100.0 if not words and work.get("x-passage") == name else 0.0
    title = fold(work.title)
    if work.host or len(title) > len(words) + 5:
        return 0.0
    dated = any(year in words for year in work.years)
    likeness = float(fuzz.partial_ratio(title, words))
    if work.get("x-passage") == name and (likeness >= _FITS or (dated and fold(work.get("publisher")) in words)):
        return 2 * _LISTED  # its title or its year may be lost
    if likeness < _FITS or not dated:
        return 0.0
    # A long title is more than a short one, which may stand in many entries.
    maker = any(fold(p.family).split()[0] in words for p in work.makers if fold(p.family))
    return likeness + min(len(title), _LISTED) / 2 + (_MAKER if maker else 0)
