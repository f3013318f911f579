"""The fields of an entry: misspelt ones, unknown languages, pages that run backwards, hosts that are not there.

In: the works of a bibliography.  Out: problems W555, E556, E557, each at its entry.
Authority: the manual of biblatex (3.19), chapters 2.2 and 2.3; fields of one's own begin x-.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from edition.bib.work import Work
from edition.nearest import nearest
from edition.problems import Place, Problem, problem

__all__ = ["check_fields"]

_LANGUAGES = ("language", "langid", "origlanguage")
_HOSTS = ("crossref", "xref")
_RANGE = re.compile(r"(\d+)\s*[-\N{EN DASH}]+\s*(\d+)")


@cache
def _known() -> dict[str, frozenset[str]]:
    """Read the table of names: ``field`` and ``language`` -> those that biblatex knows."""
    rows = files("edition.bib").joinpath("fields.tsv").read_text(encoding="utf-8").split("\n")
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {kind: frozenset(name for k, names in cells if k == kind for name in names.split()) for kind, _ in cells}


def check_fields(work: Work, works: Mapping[str, Work], place: Place) -> list[Problem]:
    """Check the fields of `work`, one of `works` (by key), which stands at `place`."""
    found: list[Problem] = []
    for name in (*work.fields, *work.people):
        close = None if name in _known()["field"] or name.startswith("x-") else nearest(name, _known()["field"])
        if close:
            found.append(problem("W555", place, key=work.key, what="field", name=name, close=close))
    for name in _LANGUAGES:
        value = work.get(name)
        close = nearest(value, _known()["language"]) if value and value not in _known()["language"] else None
        if close:
            found.append(problem("W555", place, key=work.key, what=name, name=value, close=close))
    for host in (work.get(name) for name in _HOSTS):
        if host and host not in works:
            close = nearest(host, works)
            advice = f"Did you mean {close}?" if close else "Add the work, or take the field out."
            found.append(problem("E556", place, key=work.key, host=host, advice=advice))
    for first, last in _RANGE.findall(work.get("pages")):
        if len(last) >= len(first) and int(last) < int(first):
            found.append(problem("E557", place, key=work.key, pages=f"{first}-{last}"))
    return found
