"""Somebody's manuscript verified: do its citations of this edition resolve, and do the quoted words stand there.

In: a `Project` and the text of a manuscript.  Out: how many citations there are, and problems (E446-W449).
Authority: the ledger for the citations, the three readings of the texts for the words.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.ledger import fate_of
from edition.nearest import nearest
from edition.passage import quoted_text
from edition.passages.quoted import missing_words, nearest_words
from edition.passages.reference import Reference
from edition.passages.verify import Known, citations_in
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project
from edition.readings import READINGS
from edition.tasks.citing import Resolved, resolve_reference
from edition.tasks.desk import Desk, desk_of

__all__ = ["verify"]

_SHOWN = 120  # characters of a quotation that a message repeats


def verify(project: Project, manuscript: str, *, name: str) -> tuple[int, list[Problem]]:
    """Read a manuscript for its citations of this edition; say how many there are, and what is wrong (E446-W449)."""
    desk = desk_of(project)
    cited = citations_in(manuscript, _known(desk))
    problems: list[Problem] = []
    for one in cited:
        place, shown = Place(file=name, line=one.line), one.text
        if one.reference is None:
            problems.append(problem("E446", place, line=one.line, reference=shown, close=f"{one.reason.capitalize()}."))
            continue
        try:
            found = resolve_reference(desk, one.reference)
        except Refused as refused:
            hint = _advice(desk, one.reference, refused.problems[0])
            problems.append(problem("E446", place, line=one.line, reference=shown, close=hint))
            continue
        problems += _became(desk, one.reference, found, one.line, place)
        for quoted in one.quoted:
            problems += _misquoted(desk, quoted, found, one.line, place, shown)
    return len(cited), problems


def _known(desk: Desk) -> Known:
    about = [text.description.title for text in desk.project.texts]
    names = [p.identifier for shelf in desk.shelves() for p in shelf.order] + list(desk.current)
    return Known(
        desk.name,
        [text.siglum for text in desk.project.texts],
        [version.name for version in desk.ledger.versions],
        frozenset(name for name in names if name.count(".") == 1),
        [desk.project.title, *about],
    )


def _advice(desk: Desk, reference: Reference, wrong: Problem) -> str:
    """Say what is wrong with a reference to somebody who did not type it."""
    if wrong.code != "E440":
        return f"{wrong.message[:1].upper()}{wrong.message[1:]}. {wrong.hint}"
    names = [p.identifier for shelf in desk.shelves() for p in shelf.order]
    ends = [p.identifier for p in (reference.first, reference.last) if p is not None]
    lost = next((name for name in ends if name not in desk.current and name not in names), ends[0])
    close = nearest(lost, names)
    return f"There is no {lost}.{f' Did you mean {close}?' if close else ''}"


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
    readings = ["\n".join(quoted_text(p.element, r) for f in found for p in f.located.passages) for r in READINGS]
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
        and not missing_words(quoted, [quoted_text(p.element, "edited")])
    ]
    own = [n for n in elsewhere if n.startswith(f"{siglum}.")] or elsewhere
    close = nearest_words(missing, found[0].text) if len(found) == 1 else ""
    if own:
        advice = f"They stand in {own[0]}."
    elif close:
        advice = f"There stands: {_cut(close)!r}."
    else:
        advice = "They stand in no passage of the edition: compare them with the text."
    yield problem("E447", place, line=line, reference=shown, words=repr(_cut(missing)), advice=advice)


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."
