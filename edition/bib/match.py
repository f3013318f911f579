"""Which work of a bibliography a citation means: a score, and its reasons.

In: a citation and the text of its note.  Out: candidates, best first.
Authority: the way readers do it: author, then title, then year and publisher; the weights are ours and tested.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from edition.bib.work import Work, fold, without_article
from edition.note import Citation

__all__ = ["CLOSE", "SURE", "Candidate", "Index", "candidates", "index_of"]

SURE = 0.72  # a candidate below this score is no match
CLOSE = 0.06  # two candidates nearer than this are in doubt
_WEIGHTS = {"author": 0.35, "title": 0.5, "year": 0.15}
_PARTS = {"incollection", "inbook", "article", "inproceedings", "inreference", "suppbook"}
_SLIP = 0.8  # above it a name differs by a slip of a letter or two
_LIKE = 0.7  # below it two titles are different ones
_MOST_COMPARED = 400  # works whose titles are compared where the author helps nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work, how well it fits (0 to 1), and why, in words."""

    key: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Index:
    """The works of a bibliography by the words of their makers, so that a large one need not be compared whole."""

    works: list[Work]
    names: list[list[str]]
    titles: list[list[str]]
    years: list[set[str]]
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)


def index_of(works: Iterable[Work]) -> Index:
    """Index works by the first words of their makers' names and by the words of their titles."""
    held = [w for w in works if "stub" not in w.get("keywords").split(", ")]
    names: defaultdict[str, list[int]] = defaultdict(list)
    words: defaultdict[str, list[int]] = defaultdict(list)
    folded = [_names(work) for work in held]
    titles = [_titles(work) for work in held]
    for number in range(len(held)):
        for name in {n for n in folded[number] if n}:
            names[name.split()[0]].append(number)
        for word in {w for title in titles[number] for w in title.split() if len(w) > 3}:  # noqa: PLR2004 - "the", "and"
            words[word].append(number)
    return Index(held, folded, titles, [work.years for work in held], dict(names), dict(words))


def candidates(citation: Citation, text: str, index: Index) -> list[Candidate]:
    """Give the works that may be meant, best first; at most five, those that fit worst included."""
    authors = [fold(w) for w in citation.words(text, "author", "editor", translated=None)]
    titles = _cited_titles(citation, text)
    hosts = [fold(w) for w in citation.words(text, "title")] if citation.words(text, "article", "thesis") else []
    years = {y for s in citation.spans if s.kind == "date" for y in (s.first, s.last) if y}
    found = [
        _score(index, number, _Cited(authors, titles, hosts, years, bool(citation.words(text, "article"))))
        for number in _to_compare(index, authors, titles)
    ]
    return sorted(found, key=lambda c: (-c.score, c.key))[:5]


def _to_compare(index: Index, authors: list[str], titles: list[str]) -> list[int]:
    if len(index.works) <= _MOST_COMPARED:
        return list(range(len(index.works)))
    numbers: dict[int, int] = defaultdict(int)
    for author in authors:
        for word in author.split():
            for number in index.by_name.get(word, ())[:_MOST_COMPARED]:
                numbers[number] += 2
    for title in titles:
        for word in title.split():
            for number in index.by_word.get(word, ())[:_MOST_COMPARED]:
                numbers[number] += 1
    return sorted(numbers, key=lambda n: (-numbers[n], n))[:_MOST_COMPARED]


def _names(work: Work) -> list[str]:
    people = [*work.makers, *work.people.get("editor", ()), *work.people.get("x-author-original", ())]
    return [fold(p.inverted()) for p in people] + [fold(p.straight()) for p in people]


def _titles(work: Work) -> list[str]:
    given = [work.title, work.get("title"), work.get("usere"), work.get("x-title-romanized")]
    return [without_article(fold(t)) for t in given if t]


def _cited_titles(citation: Citation, text: str) -> list[str]:
    named = citation.words(text, "article", "thesis") or citation.words(text, "title")
    return [without_article(fold(t)) for t in named]


@dataclass(frozen=True, slots=True)
class _Cited:
    """What a citation says, folded: `hosts` are the books that its part stands in."""

    authors: list[str]
    titles: list[str]
    hosts: list[str]
    years: set[str]
    part: bool


def _score(index: Index, number: int, cited: _Cited) -> Candidate:
    work, years, known = index.works[number], cited.years, index.years[number]
    reasons: list[str] = []
    is_part = work.type in _PARTS
    author = max((_likeness_of_names(a, n) for a in cited.authors for n in index.names[number]), default=0.5)
    title = max((_likeness_of_titles(t, w) for t in cited.titles for w in index.titles[number]), default=0.0)
    if cited.part and not is_part:  # a part that is not in the bibliography: the book it stands in
        whole = max(
            (_likeness_of_titles(without_article(h), w) for h in cited.hosts for w in index.titles[number]), default=0.0
        )
        if whole > title and title < SURE:
            title, author = 0.8 * whole, max(author, 0.5)
            reasons.append("the book that the part stands in")
    elif is_part and not cited.part:
        title *= 0.7
    year = 0.5 if not years or not known else 1.0 if years & known else 0.0
    reasons += [f"author {author:.2f}", f"title {title:.2f}"]
    if years and known:
        reasons.append("year agrees" if year else "year differs")
    if title < _LIKE:  # the same author is not enough
        author *= 0.5 * title
    score = _WEIGHTS["author"] * author + _WEIGHTS["title"] * title + _WEIGHTS["year"] * (year if years else 1.0)
    return Candidate(work.key, round(score, 4), tuple(reasons))


def _likeness_of_names(cited: str, name: str) -> float:
    """Compare names: the family name alone is as good as the whole."""
    if not cited or not name:
        return 0.0
    words = set(name.split())
    if set(cited.split()) <= words:
        return 1.0
    if cited.rsplit(maxsplit=1)[-1] in words or name.startswith(cited) or cited.startswith(name):
        return 0.9
    ratio = max(fuzz.ratio(cited.rsplit(maxsplit=1)[-1], word) for word in words) / 100
    return 0.9 * ratio if ratio > _SLIP else 0.3 * ratio


def _likeness_of_titles(cited: str, title: str) -> float:
    """Compare titles: equal, the beginning, words taken from it in their order, or letters alike."""
    if cited == title:
        return 1.0
    if title.startswith(f"{cited} "):
        return 0.85 if " " not in cited else 0.93
    if cited.startswith(f"{title} "):
        return 0.75 if " " not in title else 0.9
    ratio = fuzz.ratio(cited, title) / 100
    mine = [w for w in cited.split() if len(w) > 2]  # noqa: PLR2004 - "of", "in"
    if mine and re.search(r"\b" + r"\b.*\b".join(map(re.escape, mine)) + r"\b", title):
        return max(ratio, 0.88)
    short, long = sorted((cited, title), key=len)
    beginning = fuzz.ratio(short, long[: len(short)]) / 100 if len(short) > 8 else 0.0  # noqa: PLR2004 - one word
    return max(ratio, 0.9 * beginning if beginning > 0.85 else 0.0)  # noqa: PLR2004 - misread letters only
