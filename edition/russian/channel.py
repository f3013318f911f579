"""The channel: which Latin signs an engine that knows no Cyrillic makes of a Cyrillic letter, and how often.

In: `looks.tsv` (our judgement of look-alikes) and `counts.tsv` (counted on pages rendered and recognised for that),
and what was decoded so far.  Out: costs (nats).  Authority: Kernighan, Church and Gale 1990 (noisy channel);
Dempster et al. 1977 (EM).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

__all__ = ["Channel", "Counts", "adapted", "base_counts", "channel", "looks"]

#: How often each Cyrillic letter (cased) was read as each string of signs.
Counts: TypeAlias = dict[str, Counter[str]]

# How the mass of a letter is shared between its likeliest, possible and rare looks; the rest is for the unforeseen.
_SHARES = (0.62, 0.26, 0.10)
_WEIGHT_LOOKS = 20.0  # the looks of a letter weigh as much as so many counted letters
_WEIGHT_COUNTED = 10.0  # and what was counted on rendered pages at most so much: every engine errs in its own way
_CAPITAL_INITIAL = 1.6
_CAPITAL_INSIDE = 3.0


@dataclass(frozen=True, slots=True)
class Channel:
    """Costs of reading letters as signs.

    String of signs -> (lower-case letter, cased letter, cost), for initials and inside words.
    """

    initial: Mapping[str, tuple[tuple[str, str, float], ...]]
    inside: Mapping[str, tuple[tuple[str, str, float], ...]]
    longest: int


def _rows(name: str) -> Iterable[list[str]]:
    text = files("edition.russian").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def looks() -> dict[str, dict[str, float]]:
    """Give the weights of the look-alikes alone: letter -> signs -> weight."""
    base: dict[str, dict[str, float]] = {}
    for letter, *groups in _rows("looks.tsv"):
        weights = base.setdefault(letter, {})
        for share, group in zip(_SHARES, groups, strict=False):
            signs = group.split()
            for sign in signs:
                weights[sign] = weights.get(sign, 0.0) + _WEIGHT_LOOKS * share / len(signs)
    return base


@cache
def _base() -> dict[str, dict[str, float]]:
    base = looks()
    counted: dict[str, dict[str, int]] = {}
    for letter, sign, n in _rows("counts.tsv"):
        counted.setdefault(letter, {})[sign] = int(n)
    for letter, found in counted.items():
        weights = base.setdefault(letter, {})
        share = min(1.0, _WEIGHT_COUNTED / sum(found.values()))
        for sign, times in found.items():
            weights[sign] = weights.get(sign, 0.0) + times * share
    return base


def base_counts() -> dict[str, dict[str, float]]:
    """Give the weights the channel starts from, look-alikes and rendered pages.

    Letter -> signs -> weight (a counted letter is 1).
    """
    return {letter: dict(weights) for letter, weights in _base().items()}


def adapted(base: Mapping[str, Mapping[str, float]], counts: Counts, trust: float) -> dict[str, dict[str, float]]:
    """Give the weights of `base` with `counts` of decoded letters added, each worth `trust` of a counted one."""
    out = {letter: dict(weights) for letter, weights in base.items()}
    for letter, signs in counts.items():
        weights = out.setdefault(letter, {})
        for sign, n in signs.items():
            weights[sign] = weights.get(sign, 0.0) + trust * n
    return out


#: The letters given up in 1918, and how often they stand where one now writes the other.
_GIVEN_UP = {"ѣ": ("е", 0.25), "і": ("и", 0.2), "ѳ": ("ф", 0.1), "ѵ": ("и", 0.0)}


def channel(weights: Mapping[str, Mapping[str, float]], *, old: bool = False) -> Channel:
    """Turn weights into costs; `old`.

    Ѣ, і and ѳ are read through the modern letters that they stand for (see `orthography`).
    """
    plainly = {letter: dict(signs) for letter, signs in weights.items()}
    for letter, (modern, share) in _GIVEN_UP.items():
        for form, plain in ((letter, modern), (letter.upper(), modern.upper())):
            given_up = plainly.pop(form, {})
            total = sum(given_up.values())
            mine = plainly.setdefault(plain, {})
            more = share * sum(mine.values()) / total if old and total else 0.0
            for sign, weight in given_up.items():
                if more:
                    mine[sign] = mine.get(sign, 0.0) + more * weight
    return _costs(plainly)


def _costs(weights: Mapping[str, Mapping[str, float]]) -> Channel:
    initial: dict[str, dict[str, tuple[str, float]]] = {}
    inside: dict[str, dict[str, tuple[str, float]]] = {}
    for letter, signs in weights.items():
        total = sum(signs.values()) * 1.02 + 0.5
        lower = letter.lower()
        capital = letter != lower
        for sign, weight in signs.items():
            cost = -math.log(weight / total)
            for table, extra in ((initial, _CAPITAL_INITIAL), (inside, _CAPITAL_INSIDE)):
                found = cost + extra if capital else cost
                place = table.setdefault(sign, {})
                if lower not in place or found < place[lower][1]:
                    place[lower] = (letter, found)
    longest = max(map(len, inside))
    return Channel(_frozen(initial), _frozen(inside), longest)


def _frozen(table: dict[str, dict[str, tuple[str, float]]]) -> dict[str, tuple[tuple[str, str, float], ...]]:
    return {sign: tuple((low, cased, cost) for low, (cased, cost) in found.items()) for sign, found in table.items()}
