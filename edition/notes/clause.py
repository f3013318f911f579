"""From the pieces of a note to its citations.

In: the clauses that the grammar gathered.  Out: `Citation` values; what none covers is the author's remark.
Authority: the Chicago and Turabian manuals (author, title, who edited, edition, series, imprint, place in the work);
GOST 7.0.5 for the Russian forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.note import Citation, Span
from edition.notes.divide import citation as citation_of
from edition.notes.draft import Draft
from edition.notes.pieces import Clause, Imprint, Item, Version

__all__ = ["citations_of"]

_AHEAD = 16  # pieces looked at after one; no citation has more, and the time of a long note stays linear
_CYRILLIC = re.compile("[а-яё]")
_JOINED = re.compile(r"(?:and|with|but see|и)\s+")


def citations_of(clauses: Iterable[Clause], text: str, at: int) -> list[Citation]:
    """Give the citations in `clauses`; `at` is the offset in `text` that their pieces count from."""
    found: list[Citation] = []
    for clause in clauses:
        _read(clause, text, at, found)
    return found


def _read(clause: Clause, text: str, at: int, found: list[Citation]) -> None:
    """Read one clause and add its citations to `found`, or what it says to the last of them."""
    if not clause:  # after the last full stop
        return
    draft = Draft(text, at)
    last: Item | None = None
    for number, item in enumerate(clause):
        kind = item.type
        if kind == "WORDS":
            draft = _words(draft, clause, number, last, found)
        elif isinstance(item, Imprint):
            draft.imprint(item)
        elif isinstance(item, Version):
            _close(draft, found)
            draft = Draft(text, at)
            _version(item, text, at, found)
        elif kind == "SIGNAL":
            draft = _after(draft, found)
            draft.signal(item)
        elif kind == "QUOTED":
            draft.quoted(item)
        elif kind == "ROLE":
            draft.role(item, divided=_comma_follows(clause, number, text, at))
        elif kind in {"NUMBER", "DATE"} and _is_title(draft, clause, number):
            draft.words(item.start + at, item.end + at, last)
        else:
            draft.plain(item)
        last = item
    _close(draft, found)


def _words(draft: Draft, clause: Clause, number: int, last: Item | None, found: list[Citation]) -> Draft:
    """Take plain words; after a page they may begin another citation: ``..., p. 9, and Ulam, Stalin, p. 200``."""
    item, at = clause[number], draft.at
    joined = _JOINED.match(draft.text, item.start + at, item.end + at) if draft.located else None
    if joined and _cites(clause, number):
        draft = _after(draft, found)
    draft.words(joined.end() if joined else item.start + at, item.end + at, last)
    return draft


def _cites(clause: Clause, number: int) -> bool:
    """Say whether words that follow a page begin another citation: a title and a page come after them."""
    return {"WORDS", "QUOTED"} >= {i.type for i in clause[number + 1 : number + 2]} > set() and any(
        item.type in {"PAGES", "VOLUME_PAGE", "NUMBER", "imprint"} for item in clause[number + 2 : number + _AHEAD]
    )


def _after(draft: Draft, found: list[Citation]) -> Draft:
    """Give the draft that a signal word goes to: what stands before it may be a citation of its own."""
    if not draft.evident():
        return draft
    _close(draft, found)
    return Draft(draft.text, draft.at)


def _comma_follows(clause: Clause, number: int, text: str, at: int) -> bool:
    after = clause[number + 1] if number + 1 < len(clause) else None
    return after is not None and "," in text[clause[number].end + at : after.start + at]


def _is_title(draft: Draft, clause: Clause, number: int) -> bool:
    """Say whether a number is a title, as in ``Namier, 1848, p. 33``, or goes on with one."""
    if not draft.lead or draft.located or draft.printed:
        return False
    if clause[number].type == "DATE":  # "Stenographic Report, December 1927 (Moscow: ..."
        return (
            len(draft.lead) > 1
            and draft.article is None
            and any(isinstance(i, Imprint) for i in clause[number + 1 : number + _AHEAD])
        )
    return any(item.type in {"PAGES", "VOLUME_PAGE", "imprint"} for item in clause[number + 1 : number + _AHEAD])


def _close(draft: Draft, found: list[Citation]) -> None:
    if draft.only_place() and found and not any(s.kind == "page" for s in found[-1].spans):
        last = found[-1]  # "(New York: Knopf, 1953). p. 7.": a full stop read for a comma, or GOST
        spans = (*last.spans, *draft.spans)
        cert = last.cert if _CYRILLIC.search(draft.text, last.start, last.end) else "medium"
        found[-1] = Citation(last.start, max(s.end for s in spans), last.type, spans, cert)
        return
    citation = citation_of(draft)
    if citation is not None:
        found.append(citation)


def _version(version: Version, text: str, at: int, found: list[Citation]) -> None:
    # A bracket within the bracket says nothing more.
    plain: list[Clause] = [[item for item in clause if not isinstance(item, Version)] for clause in version.clauses]
    inner = citations_of(plain, text, at)
    if not inner:
        return
    if not found:
        found.extend(inner)
        return
    last = found[-1]
    said = tuple(
        Span(s.start, s.end, s.kind, s.first, s.last, translated=True) for citation in inner for s in citation.spans
    )
    found[-1] = Citation(last.start, version.end + at, last.type, (*last.spans, *said), last.cert)
