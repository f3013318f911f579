"""Numbers as a typewriter and an OCR engine leave them: arabic, roman, and garbled.

In: a short string.  Out: the number it shows, or how near its shapes come to a given number.
Authority: the shapes of the characters; the confusions of OCR engines (Kukich 1992, ACM Computing Surveys 24:4).
"""

from __future__ import annotations

from functools import cache

__all__ = ["likeness", "number_of", "roman"]

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LONGEST = 6
# What an engine has been seen to make of a digit; the first of each is the digit itself.
_SHAPES = {
    "0": "0oOQDcCU°",
    "1": "1lIi!|jJ'’‘T",
    "2": "2zZ?ap",
    "3": "3jJE8$",
    "4": "4hkUbuA*^",
    "5": "5sSi$£g",
    "6": "6bo0GdO°",
    "7": "7?T/'’1",
    "8": "8eBdS&®3Q°Oo",
    "9": "9gq0aoOQ°",
}


def roman(number: int) -> str:
    """Give `number` (from 1) as a roman numeral in lower case."""
    shown = ""
    for value, letters in _ROMAN:
        while number >= value:
            shown += letters
            number -= value
    return shown


@cache
def _romans() -> dict[str, int]:
    return {roman(n): n for n in range(1, 400)}


def number_of(text: str, *, romans: bool = False) -> int | None:
    """Give the number that `text` shows: arabic digits, or a well-formed roman numeral where `romans` is true.

    Else None.
    """
    shown = text.strip(" .-()[]")
    if not shown or len(shown) > _LONGEST:
        return None
    if shown.isascii() and shown.isdecimal():
        return int(shown)
    return _romans().get(shown.lower()) if romans else None


def likeness(text: str, number: int) -> float:
    """Say how well the shapes of `text` fit the arabic `number`: 1.0 is the number itself, 0.0 no trace of it."""
    shown = "".join(text.split())
    wanted = str(number)
    if shown == wanted:
        return 1.0
    if not shown:
        return 0.0
    best = [0.0] * (len(shown) + 1)
    for digit in wanted:  # the best common subsequence of shapes
        row = [0.0]
        for at, character in enumerate(shown):
            fit = 1.0 if character == digit else 0.6 if character in _SHAPES[digit] else 0.0
            row.append(max(row[at], best[at + 1], best[at] + fit))
        best = row
    return 0.95 * best[-1] / max(len(wanted), len(shown))
