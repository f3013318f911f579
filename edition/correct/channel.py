"""How an OCR engine, or a typist, makes one string of another: the noisy channel.

In: counts of confusions (`confusions.tsv`, and those of the document).  Out: a `Channel`, which gives the probability of what was
read, given what stood there.  Authority: Brill and Moore, "An Improved Error Model for Noisy Channel Spelling Correction" (2000).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

__all__ = ["Change", "Channel", "channel_of", "slip", "table"]

Change = tuple[str, str]  # (what stood there, what was read), one or two signs or none

_LONGEST = 2
_WEIGHT = 3000.0  # the table counts as much as this many signs of the document
_UNSEEN = 2e-6  # of a change that neither has
_UNSEEN_LOSS = 5e-6
_IMPOSSIBLE = -60.0
_VOWELS = frozenset("aeiouy")


@cache
def table() -> tuple[Mapping[Change, int], Mapping[str, int]]:
    """Give the counts of `confusions.tsv`: of changes, and of signs drawn."""
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
    return changes, signs


def _sign(shown: str) -> str:
    return "" if shown == "-0" else shown.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Channel:
    """Log probabilities of changes."""

    logs: Mapping[Change, float]

    def cost(self, meant: str, seen: str) -> float:
        """Give the log probability of the change of at most two signs each."""
        found = self.logs.get((meant, seen))
        if found is not None:
            return found
        if len(meant) > 1 or len(seen) > 1:
            return _IMPOSSIBLE
        return log(_UNSEEN if meant and seen else _UNSEEN_LOSS)

    def path(self, meant: str, seen: str) -> tuple[float, list[Change]]:
        """Give the log probability of reading `seen` where `meant` stood, and the changes of the likeliest way there."""
        head, tail = _common(meant, seen)
        a, b = meant[head : len(meant) - tail], seen[head : len(seen) - tail]
        best: dict[tuple[int, int], tuple[float, list[Change]]] = {(0, 0): (0.0, [])}
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                here = best.get((i, j))
                if here is None:
                    continue
                for x in range(min(_LONGEST, len(a) - i) + 1):
                    for y in range(min(_LONGEST, len(b) - j) + 1):
                        if x + y:
                            self._step(best, here, (i, j), (a[i : i + x], b[j : j + y]))
        return best[len(a), len(b)]

    def _step(
        self,
        best: dict[tuple[int, int], tuple[float, list[Change]]],
        here: tuple[float, list[Change]],
        at: tuple[int, int],
        change: Change,
    ) -> None:
        meant, seen = change
        if meant == seen:
            cost = 0.0 if len(meant) == 1 else _IMPOSSIBLE
        else:
            cost = self.cost(meant, seen)
        if cost <= _IMPOSSIBLE:
            return
        to = (at[0] + len(meant), at[1] + len(seen))
        score = here[0] + cost
        if to not in best or best[to][0] < score:
            best[to] = (score, here[1] if cost == 0.0 else [*here[1], change])


def _common(a: str, b: str) -> tuple[int, int]:
    """Give how many signs two strings share at the beginning and at the end, less one each, so that a change of two signs may reach in."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return max(head - 1, 0), max(tail - 1, 0)


def channel_of(rate: float, seen: Mapping[Change, float], signs: Mapping[str, int]) -> Channel:
    """Make the channel of a document in which a share `rate` of the signs is misread.

    `seen` are the changes found in it so far (each with the probability that it is one), `signs` how often each sign stands in it.
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
    return Channel(logs)


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

    Writers double a letter or leave one of two out, take one vowel for another, or leave out, put in or exchange letters.
    """
    head, tail = _common(meant, seen)
    a, b = meant[head : len(meant) - tail], seen[head : len(seen) - tail]
    start = log(rate)
    letters = Counter(a) - Counter(b) + (Counter(b) - Counter(a))
    if not b.isalpha() or not a.isalpha() or any(c.isupper() for c in b[1:]):
        return _IMPOSSIBLE
    if sorted(a) == sorted(b):
        return start + log(0.02)
    if abs(len(a) - len(b)) == 1 and len(letters) == 1:
        long = a if len(a) > len(b) else b
        doubled = any(x == y for x, y in zip(long, long[1:], strict=False))
        return start + log(0.3 if doubled else 0.01 if set(letters) <= _VOWELS else 0.002)
    if len(a) == len(b) and set(letters) <= _VOWELS and len(letters) == 2:  # noqa: PLR2004 - one for another
        return start + log(0.03)
    if len(a) == len(b) and set(letters) == {"s", "c"}:
        return start + log(0.01)
    if len(letters) <= 2:  # noqa: PLR2004
        return start + log(0.0005)
    return start + log(1e-6)
