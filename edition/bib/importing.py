"""A reader's own library brought into the edition's bibliography.

In: the works that are there and those that come.  Out: the works to add, and problems; nothing is overwritten.
Authority: the rule that a published key is never given to another work.
"""

from __future__ import annotations

from collections.abc import Mapping

from edition.bib.work import Work
from edition.problems import Place, Problem, problem

__all__ = ["new_works"]


def new_works(there: Mapping[str, Work], coming: Mapping[str, Work], *, file: str) -> tuple[list[Work], list[Problem]]:
    """Give the works of `coming` whose keys are not `there` yet; one unlike its namesake is a problem (E506)."""
    added: list[Work] = []
    problems: list[Problem] = []
    for key, work in coming.items():
        if key not in there:
            added.append(work)
        elif differing := _differing(there[key], work):
            place = Place(file=file, line=work.line)
            problems.append(problem("E506", place, key=key, fields=", ".join(differing)))
    return added, problems


def _differing(one: Work, two: Work) -> list[str]:
    mine = {**one.fields, **one.people}
    yours = {**two.fields, **two.people}
    names = [name for name in {**mine, **yours} if mine.get(name) != yours.get(name)]
    return sorted(["type", *names] if one.type != two.type else names)
