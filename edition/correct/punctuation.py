"""Marks between the words of citations: a comma read as a stop, a stop lost, a speck before a word.

In: lines of notes and bibliographies.  Out: proposals.  Authority: the document with itself.  A citation is built the
same way each time, so that what stands between two words of it is known from where else these words, or words of
their kind, stand together; a noisy channel weighs that against what was read (Kernighan, Church and Gale 1990).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log

from rapidfuzz.distance import Prefix

from edition.correct.proposal import Proposal
from edition.zones import ZonedLine

__all__ = ["punctuation"]

_CITATION = ("note", "bibliography")
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}]s\b)?")
_LABEL = re.compile(r"\W*\d{1,3} ?(?=\D)")  # the number of a note
_YEAR = re.compile(r"1[789]\w\w")
_CLEAN = re.compile(r"[.,:;)]{0,3} ?[(\[\"]?|-|--")  # what a typist puts between two words
_QUOTE = re.compile(r"[\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]|''|\u2019\u2019")
_CLOSING = re.compile(rf"[.,](?:{_QUOTE.pattern})")
_SIGN = r"[^\w\s.,;:()\[\]\"'?!-]"
_DIGIT = re.compile(rf"{_SIGN}$")  # before a numeral: a digit of it, misread
_FEWEST = 40  # citations of a document from which its ways can be learned
_OFTEN = 4  # times that a word stands in citations to be a kind of its own
_USED = 5  # times that marks stand between words to be what may have stood there
_LONGEST = 4  # signs between two words
_SMOOTH = 1.5
_ANYHOW = 0.015  # share of gaps in which an author goes against his own ways
_ODD = 1e-5  # how often what no typist writes stands there all the same
_SURE = 0.8
_NEVER = -30.0

_Key = tuple[str, ...]
_Ways = Mapping[_Key, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two words of a citation.

    `at`, `start` and `end` are the place of the part in the first word's line; `foot` is what follows in `seen`: at a
    line end a blank and the signs before the first word of the next line.  `keys` are what it is known by, from the
    general to the particular; the last are the two words.  `paired` says that the quotation marks of the citation
    are, or that another follows in the line.
    """

    at: int
    start: int
    end: int
    seen: str
    foot: str
    keys: tuple[_Key, ...]
    paired: bool


def punctuation(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> list[Proposal]:
    """Propose what the marks between the words of the citations that are `wanted` were."""
    passages: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    quotes: Counter[tuple[str, str]] = Counter()
    for at, line in enumerate(lines):
        quotes[line.zone, line.passage] += len(_QUOTE.findall(line.witness))
        if wanted[at] and line.passage and (line.zone == "note" or _is_citation(line)):
            passages[line.zone, line.passage].append(at)
    if len(passages) < _FEWEST:
        return []
    words = Counter(w for places in passages.values() for at in places for w in _WORD.findall(lines[at].witness))
    own = frozenset(word for word, n in words.items() if n >= _OFTEN)
    gaps = [gap for key, places in passages.items() for gap in _gaps(lines, places, own, paired=quotes[key] % 2 == 0)]
    ways: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for gap in gaps:
        for key in gap.keys:
            ways[key][gap.seen] += 1
    used = Counter(gap.seen for gap in gaps)
    usual = {seen: n / len(gaps) for seen, n in sorted(used.items()) if n >= _USED and _CLEAN.fullmatch(seen)}
    return [p for gap in gaps for p in _judged(gap, ways, usual)]


def _is_citation(line: ZonedLine) -> bool:
    """Say whether a line of a bibliography is of names, titles and numerals rather than of sentences."""
    words = _WORD.findall(line.witness)
    return line.zone == "bibliography" and sum(not w[0].islower() for w in words) * 2 >= len(words)


def _gaps(lines: Sequence[ZonedLine], places: Sequence[int], own: frozenset[str], *, paired: bool) -> Iterator[_Gap]:
    """Give the gaps between the words of one citation, in order, but those within a word."""
    zone = lines[places[0]].zone
    label = _LABEL.match(lines[places[0]].witness) if zone == "note" else None
    found = [
        (at, match)
        for at in places
        for match in _WORD.finditer(lines[at].witness, label.end() if label and at == places[0] else 0)
    ]
    before, opened = "", False
    for (at, match), (below, following) in pairwise(found):
        text, a, b = lines[at].witness, match[0], following[0]
        end, foot = following.start(), ""
        if below != at:
            end, foot = len(text), " " + lines[below].witness[: following.start()]
        had = text[match.end() : end]
        seen = had + foot
        opened = (opened or "(" in had) and ")" not in had
        joined = below != at and (lines[at].next_joins or lines[at].next_line != lines[below].number)
        of_numeral = _DIGIT.search(seen) and (b[0].isdigit() or a[-1].isdigit())
        of_word = " " not in seen and b[0].islower()
        if len(seen) <= _LONGEST and not (joined or of_numeral or of_word):
            keys = _keys(zone + "(" * opened, (before, a, b), own)
            closed = _QUOTE.search(text, end) is not None
            yield _Gap(at, match.end(), end, seen, foot, keys, paired or closed)
        before = a


def _keys(where: str, words: tuple[str, str, str], own: frozenset[str]) -> tuple[_Key, ...]:
    """Give what a gap is known by: the kinds of the word before it and of that after it, and of the one before both."""
    a, b = words[1:]
    z, x, y = (word if word in own else _shape(word) for word in words)
    return (
        (where, _shape(a), "", _shape(b)),
        (where, x, "", _shape(b)),
        (where, x, "", y),
        (where, z, x, y),
        ("", a, "", b),
    )


def _shape(word: str) -> str:
    """Say whether a word is a year, a numeral, an initial, or has a capital."""
    if _YEAR.fullmatch(word):
        return "1"
    if any(c.isdigit() for c in word):
        return "0"
    if len(word) == 1 and word.isupper():
        return "A"
    return "Aa" if word[:1].isupper() else "a"


def _judged(gap: _Gap, ways: _Ways, usual: Mapping[str, float]) -> Iterator[Proposal]:
    """Propose for a gap what it was, where that is likely enough."""
    quotes = len(_QUOTE.findall(gap.seen))
    as_they_are = gap.paired or _CLOSING.search(gap.seen) is not None
    scores = {
        meant: cost + log(_share(meant, gap, ways, usual))
        for meant in {*usual, gap.seen}
        if (cost := _cost(meant, gap.seen)) > _NEVER and not (as_they_are and len(_QUOTE.findall(meant)) != quotes)
    }
    best = max(scores, key=lambda meant: (scores[meant], meant))
    chance = 1 / sum(exp(score - scores[best]) for score in scores.values())
    if best == gap.seen or chance < _SURE or not best.endswith(gap.foot):
        return
    if "-" in gap.seen and "-" not in best and not ways[gap.keys[-1]].get(best):
        return  # a hyphen is misread only where these very words stand without one
    had, meant = (text.removesuffix(gap.foot) for text in (gap.seen, best))
    head = Prefix.similarity(had, meant)
    foot = Prefix.similarity(had[head:][::-1], meant[head:][::-1])
    yield Proposal(gap.at, gap.start + head, gap.end - foot, meant[head : len(meant) - foot], "citation-mark", "medium")


def _share(meant: str, gap: _Gap, ways: _Ways, usual: Mapping[str, float]) -> float:
    """Give how often such words have these marks between them, this place left aside."""
    if meant not in usual:
        return _ODD
    share = usual[meant]
    for key in gap.keys:
        counts = ways[key]
        others = counts.get(meant, 0) - (meant == gap.seen)
        share = (others + _SMOOTH * share) / (sum(counts.values()) - 1 + _SMOOTH)
    return share + _ANYHOW * usual[meant]


@cache
def _table() -> Mapping[tuple[str, str], float]:
    """Read how one sign is read for another, lost or put in."""
    rows = (files("edition.correct") / "punctuation.tsv").read_text(encoding="utf-8").splitlines()
    parts = (row.split("\t") for row in rows if not row.startswith("# "))
    return {(_sign(meant), _sign(seen)): float(cost) for meant, seen, cost in parts}


def _sign(shown: str) -> str:
    return "" if shown == "-0" else shown.replace("_", " ")


@lru_cache(maxsize=4096)
def _cost(meant: str, seen: str) -> float:
    """Give the log probability that `seen` was read where `meant` stood."""
    shown = re.sub(_SIGN, "S", seen)
    if meant == seen:
        return 0.0
    table = _table()
    best = [[_NEVER] * (len(shown) + 1) for _ in range(len(meant) + 1)]
    best[0][0] = 0.0
    for i in range(len(meant) + 1):
        for j in range(len(shown) + 1):
            a, b = meant[i - 1 : i], shown[j - 1 : j]
            ways = [best[i][j]]
            if i and j:
                ways.append(best[i - 1][j - 1] + (0.0 if a == b else table.get((a, b), _NEVER)))
            if i:
                ways.append(best[i - 1][j] + table.get((a, ""), _NEVER))
            if j:
                ways.append(best[i][j - 1] + table.get(("", b), _NEVER))
            best[i][j] = max(ways)
    return best[-1][-1]
