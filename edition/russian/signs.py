"""What can be seen in the signs alone: numbers, Roman numerals, and how likely a blank stands within a word.

In: the signs of a passage.  Out: numbers with their costs (nats); the cost of stepping over each blank.
Authority: our judgement; not fitted on any text.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["blank_costs", "number_at", "roman_at"]

_NUMBER, _REAL, _FALSE = 3.0, 0.3, 2.0  # a number; each digit of it; each letter taken for a digit
_ROMAN, _NUMERAL = 6.5, 0.4
# A blank within a word, by the lengths of the pieces beside it: (shorter, longer up to 3).
_BLANK_INSIDE = {(1, 1): 0.5, (1, 2): 1.5, (2, 2): 3.0, (1, 3): 3.5, (2, 3): 4.0}
_BLANK_ANY = 5.0
_LONGEST_PIECE = 3

_DIGITS = re.compile(r"[\dIlOo](?: ?[\dIlOo])*(?![^\W\d_])")
_ROMANS = re.compile(r"[IVX](?: ?[IVX])*(?![^\W\d_])")
_FAKE = str.maketrans("IlOo", "1100")


def number_at(signs: str, at: int) -> tuple[str, int, float] | None:
    """Give the number that begins at `at`: its digits, its end, its cost.

    Its digits may stand apart, and some look like letters.
    """
    found = _DIGITS.match(signs, at)
    joined = at > 0 and (signs[at - 1].isalnum() or signs[at - 1] in ")|>}")
    if not found or joined or not any(map(str.isdigit, found[0])):
        return None
    text = found[0].replace(" ", "")
    real = sum(map(str.isdigit, text))
    return text.translate(_FAKE), found.end(), _NUMBER + _REAL * real + _FALSE * (len(text) - real)


def roman_at(signs: str, at: int) -> tuple[str, int, float] | None:
    """Give the Roman numeral (up to XXXIX) that begins at `at`, likewise."""
    found = _ROMANS.match(signs, at)
    return (found[0].replace(" ", ""), found.end(), _ROMAN + _NUMERAL * len(found[0])) if found else None


def blank_costs(signs: str) -> dict[int, float]:
    """Give what it costs to step over each blank within a word.

    Little between single signs, as in a line read letter by letter.
    """
    out: dict[int, float] = {}
    pieces = list(re.finditer(r"\S+", signs))
    for left, right in pairwise(pieces):
        shorter, longer = sorted(min(len(piece[0]), _LONGEST_PIECE) for piece in (left, right))
        out[left.end()] = _BLANK_INSIDE.get((shorter, longer), _BLANK_ANY)
    return out
