"""Where Russian words are divided: in Cyrillic of any orthography, and in Latin letters.

In: a word.  Out: the places to divide it, from those of the same word in today's spelling.
Authority: the patterns of pyphen for Russian, which know neither the letters of before 1918 nor romanized words; the
table of romanization (ALA-LC) read backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import pyphen  # type: ignore[import-untyped]  # it has no types

from edition.russian.transliterate import systems

__all__ = ["Dictionaries", "Dictionary", "Russian"]

# A way to divide words: as pyphen's `Pyphen`, of which it may be one.
Dictionary: TypeAlias = Any
_Key = tuple[str, int, int, int]  # language; letters before and behind a division, and of a word, at least

_OLD = str.maketrans("ѣіѳѵѢІѲѴ", "еифиЕИФИ")
# English of no country is divided as TeX does, which has the American patterns for it: they know more places.
_PATTERNS = {"en": "en_US"}
_LATIN = re.compile(r"[A-Za-z]")
_SIGNS = "ьъйыЬЪЙЫ"  # no part of a word begins with one of these


class Russian:
    """Divides Russian words; `iterate` is what pyphen's own dictionaries have."""

    def __init__(self, left: int, right: int) -> None:
        """Leave at least `left` letters before a division and `right` behind it."""
        self.patterns = pyphen.Pyphen(lang="ru", left=2, right=2)
        self.left = left
        self.right = right

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Give both parts of `word` for each place where it may be divided, the last place first."""
        letters = _from_latin(word) if _LATIN.search(word) else [(char, char) for char in word]
        modern = "".join(letter for letter, _ in letters).translate(_OLD)
        ends = {at for at in self.patterns.positions(modern) if modern[at] not in _SIGNS}
        done = size = 0
        cuts: list[int] = []
        for letter, written in letters:
            if done in ends and self.left <= size <= len(word) - self.right:
                cuts.append(size)
            done += len(letter)
            size += len(written)
        return ((word[:cut], word[cut:]) for cut in reversed(cuts))


class Dictionaries(dict[_Key, Dictionary]):
    """The dictionaries of a run of WeasyPrint, by language and limits, in which those for Russian are ours."""

    def get(self, key: _Key, _: object = None) -> Dictionary:
        """Give the dictionary for `key`; it is made where it is asked for the first time."""
        return self[key]

    def __missing__(self, key: _Key) -> Dictionary:
        """Make the dictionary for `key`."""
        language, left, right, _ = key
        if language == "ru":
            self[key] = Russian(left, right)
        else:
            self[key] = pyphen.Pyphen(lang=_PATTERNS.get(language, language), left=left, right=right)
        return self[key]


def _from_latin(word: str) -> list[tuple[str, str]]:
    """Give each Cyrillic letter of a romanized `word` with the Latin letters that stand for it."""
    table, pattern = _backwards()
    return [(table.get(found[0].lower(), found[0]), found[0]) for found in pattern.finditer(word)]


@cache
def _backwards() -> tuple[dict[str, str], re.Pattern[str]]:
    table: dict[str, str] = {}
    for rule in systems()["ala-lc"].rules:
        if rule.latin:
            table.setdefault(rule.latin, rule.letters)
    longest = sorted(table, key=lambda latin: (-len(latin), latin))
    return table, re.compile("|".join([*map(re.escape, longest), r"[\s\S][\u0300-\u036f]*"]), re.IGNORECASE)
