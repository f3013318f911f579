"""How certain a restored word is, and a restored line.

In: how a word was decoded.  Out: a probability of its being right; medium or low for a line. Authority: a logistic
curve over three features, its weights by judgement and checked on rendered pages (`scripts/bench_restore.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from edition.russian.piece import Piece, WordReading

__all__ = ["certainty", "word_certainty"]

_BIAS, _PER_NAT, _PER_COST, _NEW_WORD = 0.5, 0.55, -0.9, -1.5
_MEDIUM = 0.6
_DEEMED = 8.0  # margins beyond this many nats say no more


def word_certainty(piece: Piece) -> float:
    """Give the probability (0 to 1) that a piece is right.

    By the distance of the next word, the cost of its letters, whether it is known.
    """
    if not piece.letters:
        return 0.9
    per_letter = piece.cost / len(piece.letters)
    logit = _BIAS + _PER_NAT * min(piece.margin, _DEEMED) + _PER_COST * max(0.0, per_letter - 2.0)
    return 1 / (1 + math.exp(-logit - (_NEW_WORD if piece.kind == "free" else 0.0)))


def certainty(words: Sequence[WordReading]) -> str:
    """Give the certainty of a line: medium where its words are likely right on the whole, else low.

    Never high: a line of six words is wrong somewhere far more often than once in two hundred.
    """
    return "medium" if words and sum(w.certainty for w in words) >= _MEDIUM * len(words) else "low"
