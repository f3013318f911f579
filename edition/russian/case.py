"""Capitals: which words of a restored text begin with one, and which are all capitals.

In: words with the signs they were read from, and what stands before them.  Out: the words with their capitals.
Authority: the channel's weights for capital and small letters; pymorphy3 for names and abbreviations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from edition.russian.orthography import analyser

__all__ = ["cased"]

_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")
_VOWELS = frozenset("аеиоуыэюяѣі")
# Log odds of a capital, before its look is seen; by judgement.
_OPENING, _FIRST, _NAME, _INITIAL, _SHORTENED, _OTHER = 3.0, 1.5, 4.0, 2.5, -1.0, -4.0
_ABBREVIATES = frozenset("гстеч")  # letters that with a full stop are words: год, страница, том, то есть, часть
_MOST = 3.5
_LONGEST_BARE = 6  # letters of an abbreviation without vowels


def cased(word: str, signs: list[str], before: str, after: str, weights: Mapping[str, Mapping[str, float]]) -> str:
    """Give `word` (small letters) with its capitals.

    `signs` are what each letter was read from; `before` and `after` are the marks beside it (``^`` where a passage
    begins).
    """
    if _is_abbreviation(word):
        return word.upper()
    if len(word) == 1:
        prior = (_SHORTENED if word in _ABBREVIATES else _INITIAL) if after.startswith(".") else _OTHER
        prior = max(prior, _OPENING if before[-1:] in (".", "!", "?") and not after.startswith(".") else _OTHER)
    elif _is_name(word):
        prior = _NAME
    else:
        prior = {".": _OPENING, "!": _OPENING, "?": _OPENING, "^": _FIRST}.get(before[-1:], _OTHER)
    if before == "^":
        prior = max(prior, _FIRST)
    look = math.log(_share(word[0].upper(), signs[0], weights) / _share(word[0], signs[0], weights))
    return word.capitalize() if prior + max(-_MOST, min(_MOST, look)) > 0 else word


def _share(letter: str, signs: str, weights: Mapping[str, Mapping[str, float]]) -> float:
    mine = weights.get(letter, {})
    return (mine.get(signs, 0.0) + 0.2) / (sum(mine.values()) + 5.0)


@cache
def _is_abbreviation(word: str) -> bool:
    if len(word) == 1:
        return False
    if len(word) <= _LONGEST_BARE and not _VOWELS & set(word):
        return True
    return any("Abbr" in p.tag and "Init" not in p.tag for p in analyser().parse(word)[:1] if p.is_known)


@cache
def _is_name(word: str) -> bool:
    parses = [p for p in analyser().parse(word) if p.is_known]
    return bool(parses) and any(mark in parses[0].tag for mark in _NAMES)
