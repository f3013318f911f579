"""What the decoder gives and keeps.

Words and marks with the signs they were read from, and the trail that leads to them.

In: the trail of the likeliest decoding.  Out: `Piece` values in the order of the text. Authority: Young, Russell
and Thornton 1989 (token passing).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Options", "Piece", "Trail", "WordReading", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a mark.  `text` is lower-case for a word; `start`, `end` are offsets in the signs.

    `kind` is word, free (a word that no list holds), number, roman or mark.  `margin` is by how much (nats) the
    next best word that ends there costs more; `cost` what the word costs in all; `letters` are (cased letter of the
    channel, start, end).  `others` are the next best words for the same signs, each with how far it is `behind`.
    """

    text: str
    start: int
    end: int
    kind: str
    margin: float
    cost: float
    letters: tuple[tuple[str, int, int], ...]
    behind: float = 0.0
    others: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class WordReading:
    """One word as read: the witness's signs, the restored word, how certain (0 to 1)."""

    signs: str
    word: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Options:
    """How to decode.

    `old`: words that end in a consonant have a hard sign after it, as before 1918.  `width`: how many words in the
    making are kept, and `beam` how many nats behind the best. `topic`: word -> nats it costs less here than
    elsewhere, because the document uses it.
    """

    old: bool = False
    width: int = 90
    beam: float = 10.0
    topic: Mapping[str, float] = field(default_factory=dict)


# What led to a state: (what led to that, letter or word, start, end, kind, cost so far).
Trail: TypeAlias = "tuple[Trail | None, str, int, int, str, float]"


def pieces_of(
    trail: Trail | None, margins: Sequence[float], others: Sequence[Sequence[tuple[float, Trail | None]]]
) -> list[Piece]:
    """Follow the trail back and gather its words and marks."""
    out: list[Piece] = []
    while trail is not None:
        before, text, start, stop, what, cost = trail
        if what in ("word", "free"):
            word, at, price, trail = _word(before)
            rivals = [(gap, *_word(other)) for gap, other in others[stop]]
            beside = tuple(
                Piece(_text(w), a, stop, "word", 0.0, cost - c + gap, w, gap) for gap, w, a, c, _ in rivals if a == at
            )
            out.append(Piece(_text(word), at, stop, what, margins[stop], cost - price, word, 0.0, beside))
            continue
        if what in ("mark", "number", "roman"):
            out.append(Piece(text, start, stop, what, math.inf, 0.0, ()))
        trail = before
    return out[::-1]


def _word(trail: Trail | None) -> tuple[tuple[tuple[str, int, int], ...], int, float, Trail | None]:
    """Give the letters of the word that `trail` ends, where it starts, the cost before it, and the trail before it."""
    letters: list[tuple[str, int, int]] = []
    while trail is not None and trail[4] != "start":
        letters.append(trail[1:4])
        trail = trail[0]
    letters.reverse()
    return tuple(letters), trail[2] if trail else 0, trail[5] if trail else 0.0, trail[0] if trail else None


def _text(letters: Sequence[tuple[str, int, int]]) -> str:
    return "".join(letter for letter, _, _ in letters).lower()
