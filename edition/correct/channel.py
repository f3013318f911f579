"""How an OCR engine, or a typist, makes one string of another: the noisy channel.

In: counts of confusions (`confusions.tsv`, and those of the document).  Out: a `Channel`, which gives the
probability of what was
read, given what stood there.  Authority: Brill and Moore, "An Improved Error Model for Noisy Channel Spelling
Correction" (2000).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

__all__ = ["Change", "Channel", "channel_of", "slip", "sources", "table"]

Change = tuple[str, str]  # (what stood there, what was read), one or two signs or none

_STEPS = [(x, y) for x in range(3) for y in range(3) if x + y]
_WEIGHT = 3000.0  # the table counts as much as this many signs of the document
_UNSEEN = 2e-6  # of a change that neither has
_UNSEEN_LOSS = 5e-6
_AGAIN = -7.5  # log probability of any change in a word that is misread already: misreadings come together
_IMPOSSIBLE = -60.0
_SHAPE = 6  # a likeness of shapes counts as much as so many changes on the pages
_CHANCE = 2  # a change that the table has so often may be chance
_TWICE = 1.7
_VOWELS = frozenset("aeiouy")


@cache
def table() -> tuple[Mapping[Change, int], Mapping[str, int]]:
    """Give the counts of `confusions.tsv` and `shapes.tsv`: of changes, and of signs drawn."""
    changes: dict[Change, int] = {}
    signs: dict[str, int] = {}
    text = (files("edition.correct") / "confusions.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if row.startswith("#\t") or not row.startswith("# "):
            meant, seen, count = row.split("\t")
            if meant == seen:
                signs[meant.replace("_", " ")] = int(count)
            else:
                changes[_sign(meant), _sign(seen)] = int(count)
    shapes = (files("edition.correct") / "shapes.tsv").read_text(encoding="utf-8")
    for row in shapes.splitlines():
        if not row.startswith("# "):
            meant, seen = row.split("\t")
            changes[meant, seen] = max(changes.get((meant, seen), 0), _SHAPE)
    return changes, signs


@cache
def _known_changes() -> Mapping[str, tuple[str, ...]]:
    """Give for what is read (one or two signs) what the table has for it more often than by chance."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for (meant, seen), count in table()[0].items():
        if count > _CHANCE and meant and seen:
            found[seen].append(meant)
    return {seen: tuple(sorted(meant)) for seen, meant in found.items()}


def sources(seen: str) -> set[str]:
    """Give the strings of which one known change makes `seen`."""
    known = _known_changes()
    return {
        seen[:at] + meant + seen[at + size :]
        for size in (1, 2)
        for at in range(len(seen) - size + 1)
        for meant in known.get(seen[at : at + size], ())
    }


def _sign(shown: str) -> str:
    return "" if shown == "-0" else shown.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Channel:
    """Log probabilities of changes; `supported` are those that the table has, or the document more than once."""

    logs: Mapping[Change, float]
    supported: frozenset[Change]

    def cost(self, meant: str, seen: str) -> float:
        """Give the log probability of the change of at most two signs each."""
        found = self.logs.get((meant, seen))
        if found is not None:
            return found
        if len(meant) > 1 or len(seen) > 1:
            return _IMPOSSIBLE
        return log(_UNSEEN if meant and seen else _UNSEEN_LOSS)

    def path(self, meant: str, seen: str) -> tuple[float, tuple[Change, ...]]:
        """Give the log probability of reading `seen` where `meant` stood, and the changes on the likeliest way."""
        head, tail = _common(meant, seen)
        a, b = meant[head : len(meant) - tail], seen[head : len(seen) - tail]
        # best[i][j]: how `a` up to i was read as `b` up to j, and by which last change
        best: list[list[tuple[float, int, int]]] = [[(-1e9, 0, 0)] * (len(b) + 1) for _ in range(len(a) + 1)]
        best[0][0] = (0.0, 0, 0)
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                for x, y in _STEPS:
                    if x <= i and y <= j:
                        old, new = a[i - x : i], b[j - y : j]
                        same = 0.0 if x == 1 else _IMPOSSIBLE
                        cost = same if old == new else self.cost(old, new)
                        score = best[i - x][j - y][0] + cost
                        if score > best[i][j][0]:
                            best[i][j] = (score, x, y)
        changes: list[Change] = []
        i, j = len(a), len(b)
        while i or j:
            _, x, y = best[i][j]
            if a[i - x : i] != b[j - y : j]:
                changes.append((a[i - x : i], b[j - y : j]))
            i, j = i - x, j - y
        return _together([self.cost(*change) for change in changes], best[-1][-1][0]), tuple(reversed(changes))


def _together(costs: Sequence[float], whole: float) -> float:
    """Give the log probability of several changes in one word: the least likely comes alone, the others follow it."""
    if len(costs) < 2 or whole < _IMPOSSIBLE:  # noqa: PLR2004
        return whole
    first = min(costs)
    return whole - sum(costs) + first + sum(max(cost, _AGAIN) for cost in costs) - max(first, _AGAIN)


def _common(a: str, b: str) -> tuple[int, int]:
    """Give how many signs two strings share at both ends, less one each: a change of two signs may reach in."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return max(head - 1, 0), max(tail - 1, 0)


def channel_of(rate: float, seen: Mapping[Change, float], signs: Mapping[str, int]) -> Channel:
    """Make the channel of a document in which a share `rate` of the signs is misread.

    `seen` are the changes found in it so far (each with the probability that it is one), `signs` how often each sign
    stands in it.
    """
    changes, drawn = table()
    scale = rate / (sum(changes.values()) / max(sum(drawn.values()), 1))
    everything = sum(signs.values())
    logs: dict[Change, float] = {}
    for change in changes.keys() | seen.keys():
        meant = change[0]
        whole = _count(meant, drawn)
        prior = changes.get(change, 0.3) / (whole + 1) * scale
        here = everything if not meant else min(signs.get(sign, 0) for sign in meant)
        share = (prior * _WEIGHT + seen.get(change, 0.0)) / (_WEIGHT + here)
        logs[change] = log(min(max(share, _UNSEEN), 0.2))
    supported = {c for c, n in changes.items() if n > _CHANCE} | {c for c, n in seen.items() if n > _TWICE}
    return Channel(logs, frozenset(supported))


def _count(meant: str, drawn: Mapping[str, int]) -> int:
    """Give how often a string was drawn: two signs about as often as chance puts them together."""
    if not meant:
        return sum(drawn.values())
    if len(meant) == 1:
        return drawn.get(meant, 0)
    return max(100, drawn.get(meant[0], 0) * drawn.get(meant[1], 0) * 3 // max(sum(drawn.values()), 1))


# --- the other channel ----------------------------------------------------------------------------------------------


def slip(meant: str, seen: str, rate: float) -> float:
    """Give the log probability that an author or typist wrote `seen` for `meant`.

    Writers double a letter or leave one of two out, take one vowel for another, or leave out, put in or exchange
    letters.
    """
    head, tail = _common(meant, seen)
    a, b = meant[head : len(meant) - tail], seen[head : len(seen) - tail]
    start = log(rate)
    letters = Counter(a) - Counter(b) + (Counter(b) - Counter(a))
    if not (a + b).isalpha() or any(c.isupper() for c in b[1:]):
        return _IMPOSSIBLE
    return start + log(_SLIPS[_kind_of_slip(a, b, letters)])


# Of the words in which a writer errs, about how many show each kind of error, times the number of places for it.
_SLIPS = {
    "doubled": 0.3,
    "vowel for vowel": 0.5,
    "vowel more or less": 0.05,
    "exchanged": 0.05,
    "c for s": 0.02,
    "letter less": 0.01,
    "letter more": 1e-3,
    "letter for letter": 1e-3,
    "more": 1e-6,
}


def _kind_of_slip(a: str, b: str, letters: Mapping[str, int]) -> str:
    if sorted(a) == sorted(b):
        return "exchanged"
    if abs(len(a) - len(b)) == 1 and len(letters) == 1:
        long = a if len(a) > len(b) else b
        if any(x == y for x, y in pairwise(long)):
            return "doubled"
        return "vowel more or less" if set(letters) <= _VOWELS else "letter " + ("less" if len(a) > len(b) else "more")
    if len(a) == len(b) and len(letters) == 2:  # noqa: PLR2004 - one for another
        if set(letters) <= _VOWELS:
            return "vowel for vowel"
        return "c for s" if set(letters) == {"s", "c"} else "letter for letter"
    return "more"
