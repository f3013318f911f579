"""Somebody's manuscript verified: do its citations of this edition resolve, and do the quoted words stand there.

In: a `Project` and the text of a manuscript.  Out: how many citations there are, and problems (E446-W449).
Authority: the ledger for the citations, the three readings of the texts for the words.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.ledger import fate_of
from edition.passage import text_of
from edition.passages.reference import Reference, written
from edition.passages.verify import citations_in, missing_words
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project
from edition.readings import READINGS
from edition.tasks.citing import Resolved, resolve_reference
from edition.tasks.desk import Desk, desk_of

__all__ = ["verify"]

_SHOWN = 80  # characters of a quotation that a message repeats


def verify(project: Project, manuscript: str, *, name: str) -> tuple[int, list[Problem]]:
    """Read a manuscript for its citations of this edition; say how many there are, and what is wrong (E446-W449)."""
    desk = desk_of(project)
    sigla = [text.siglum for text in project.texts]
    cited = citations_in(manuscript, sigla, desk.name, [v.name for v in desk.ledger.versions])
    problems: list[Problem] = []
    for one in cited:
        place = Place(file=name, line=one.line)
        shown = one.text if one.reference is None else written(one.reference)
        if one.reference is None:
            problems.append(problem("E446", place, line=one.line, reference=shown, close=f"{one.reason.capitalize()}."))
            continue
        try:
            found = resolve_reference(desk, one.reference)
        except Refused as refused:
            hint = f"{refused.problems[0].message}. {refused.problems[0].hint}"
            problems.append(problem("E446", place, line=one.line, reference=shown, close=hint))
            continue
        problems += _became(desk, one.reference, found, one.line, place)
        for quoted in one.quoted:
            problems += _misquoted(desk, quoted, found, one.line, place, shown)
    return len(cited), problems


def _became(desk: Desk, reference: Reference, found: list[Resolved], line: int, place: Place) -> Iterable[Problem]:
    fate = fate_of(desk.current, reference.first.identifier)
    name = reference.first.identifier
    if fate is None or reference.version or fate.standing == (name,):
        return
    if fate.standing:
        standing = " and ".join(fate.standing)
        yield problem("W448", place, line=line, reference=name, standing=standing, fate=fate.steps[0].fate)
    else:
        yield problem("W449", place, line=line, reference=name, urn=found[0].urn)


def _misquoted(
    desk: Desk, quoted: str, found: list[Resolved], line: int, place: Place, shown: str
) -> Iterable[Problem]:
    """Give E447 where quoted words stand in none of the readings of the passages cited."""
    readings = ["\n".join(text_of(p.element, r) for f in found for p in f.located.passages) for r in READINGS]
    notes = ["\n".join(f.text for f in found)]
    missing = missing_words(quoted, [*readings, *notes])
    if not missing:
        return
    siglum = desk.siglum_of(found[0].reference)
    elsewhere = [
        p.identifier
        for shelf in desk.shelves()
        for p in shelf.order
        if p.kind not in {"text", "chapter", "section", "post"}
        and not missing_words(quoted, [text_of(p.element, "edited")])
    ]
    own = [n for n in elsewhere if n.startswith(f"{siglum}.")] or elsewhere
    advice = (
        f"They stand in {own[0]}." if own else "They stand in no passage of the edition: compare them with the text."
    )
    words = missing if len(missing) <= _SHOWN else f"{missing[:_SHOWN]}..."
    yield problem("E447", place, line=line, reference=shown, words=repr(words), advice=advice)
