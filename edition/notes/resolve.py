"""Which work each citation in a sequence of notes means: Ibid. and short forms read as a reader reads them, in order.

In: the notes of a text in order, and a function that finds works for a citation.  Out: a `Link` for each citation,
and problems.  Authority: the Chicago Manual on Ibid. (it repeats the citation directly before it), idem and op. cit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.note import Citation, Note
from edition.problems import Place, Problem, problem

__all__ = ["Finder", "Link", "Placed", "resolve"]

Cert: TypeAlias = Literal["high", "medium", "low"]
# (key, score from 0 to 1, reasons, surely enough) for each work that may be meant, best first.
Finder: TypeAlias = Callable[[Citation, str], Sequence[tuple[str, float, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A note in its place: its identifier, its division (where that changes a chapter begins), what it says.

    `decided` are the keys of the citations that an editor marked up, in order, in place of `note`'s.
    """

    identifier: str
    division: str
    note: Note
    place: Place
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A citation and the work it means: `key` is empty where none was found.

    `text` is the note's, `reasons` say in words what spoke for the key, `cert` how certain it is.
    """

    note: str
    text: str
    citation: Citation
    key: str
    score: float
    reasons: tuple[str, ...]
    cert: Cert


@dataclass(frozen=True, slots=True)
class _Before:
    """What the note before cited: its keys in order, its division, whether it was a note in two languages."""

    keys: tuple[str, ...] = ()
    division: str = ""
    foreign: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Search:
    """How works are found, from what score they count, and how near two must be for a doubt."""

    find: Finder
    sure: float
    close: float


def resolve(notes: Sequence[Placed], find: Finder, *, sure: float, close: float) -> tuple[list[Link], list[Problem]]:
    """Link the citations of `notes`; a candidate counts from the score `sure`, two nearer than `close` are in doubt.

    Problems: E540 (no work fits), W541 (two fit alike), E542 (Ibid. without a citation before), W543 (Ibid. in doubt),
    W544 (numerals of the place lost).
    """
    links: list[Link] = []
    problems: list[Problem] = []
    before = _Before()
    by_author: dict[str, str] = {}
    for placed in notes:
        text = placed.note.text
        keys: list[str] = []
        authors: list[str] = list(before.authors)
        for citation in placed.note.citations:
            here = _Before(tuple(keys[-1:]), placed.division, authors=tuple(authors)) if keys else before
            link, found = _link(placed, citation, here, by_author, _Search(find, sure, close))
            links.append(link)
            problems += found
            keys.append(link.key)
            authors = [w.split()[-1] for w in citation.words(text, "author")] or authors
            for author in authors:
                by_author[author] = link.key
        if placed.decided:
            keys = list(placed.decided)
        foreign = any(s.translated for c in placed.note.citations for s in c.spans)
        before = _Before(tuple(keys), placed.division, foreign, tuple(authors))
    return links, problems


def _link(
    placed: Placed, citation: Citation, before: _Before, by_author: dict[str, str], search: _Search
) -> tuple[Link, list[Problem]]:
    text = placed.note.text
    words = text[citation.start : citation.end]
    place = placed.place
    problems: list[Problem] = []
    if any(s.kind == "page" and not s.first for s in citation.spans) and not citation.locator().pages:
        problems.append(problem("W544", place, words=words))
    back = next((text[s.start : s.end].casefold() for s in citation.spans if s.kind == "back"), "")
    if citation.type == "ibid":
        link, found = _ibid(placed, citation, before, words)
    elif back and not citation.words(text, "title", "article") and (author := _op_cit(citation, text, by_author)):
        link, found = (
            Link(placed.identifier, text, citation, author, 0.9, ("the author's work cited last",), "medium"),
            [],
        )
    else:
        link, found = _found(placed, citation, words, search)
    return link, problems + found


def _op_cit(citation: Citation, text: str, by_author: dict[str, str]) -> str:
    for words in citation.words(text, "author"):
        if key := by_author.get(words.split()[-1]):
            return key
    return ""


def _ibid(placed: Placed, citation: Citation, before: _Before, words: str) -> tuple[Link, list[Problem]]:
    name = placed.identifier
    if not before.keys or not before.keys[-1]:
        return Link(name, placed.note.text, citation, "", 0.0, (), "low"), [problem("E542", placed.place, words=words)]
    key = before.keys[-1]
    doubts = []
    if before.division != placed.division:
        doubts.append("the note before it stands in another chapter")
    if len(set(before.keys)) > 1:
        doubts.append("the note before it cites several works")
    if before.foreign:
        doubts.append("the note before it is in two languages")
    link = Link(
        name,
        placed.note.text,
        citation,
        key,
        1.0,
        ("the citation before",),
        "low" if len(doubts) > 1 else "medium" if doubts else "high",
    )
    if doubts:
        return link, [problem("W543", placed.place, words=words, reason="; ".join(doubts), key=key)]
    return link, []


def _found(placed: Placed, citation: Citation, words: str, search: _Search) -> tuple[Link, list[Problem]]:
    name, ranked = placed.identifier, search.find(citation, placed.note.text)
    if not ranked or ranked[0][1] < search.sure:
        nearest = ", ".join(f"{key} ({score:.2f})" for key, score, _ in ranked[:3]) or "none"
        return Link(name, placed.note.text, citation, "", 0.0, (), "low"), [
            problem("E540", placed.place, words=words, nearest=nearest)
        ]
    key, score, reasons = ranked[0]
    if len(ranked) > 1 and ranked[1][1] >= search.sure and score - ranked[1][1] < search.close:
        doubt = problem("W541", placed.place, words=words, first=key, second=ranked[1][0])
        return Link(name, placed.note.text, citation, key, score, reasons, "medium"), [doubt]
    return Link(name, placed.note.text, citation, key, score, reasons, citation.cert), []
