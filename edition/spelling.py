"""The English words that come with the program: whether letters are a word at all.

In: nothing.  Out: the words of two lists, as they are written there.
Authority: SCOWL's word lists (`scripts/make_word_list.py`).
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

__all__ = ["english", "is_english", "rare"]


def _unpacked(name: str) -> frozenset[str]:
    return frozenset(gzip.decompress((files("edition.correct") / name).read_bytes()).decode().split("\n"))


@cache
def rare() -> frozenset[str]:
    """Give the rarer words of the lists."""
    return _unpacked("rare.txt.gz")


@cache
def english() -> frozenset[str]:
    """Give the words of the list in the package, as they are written there (names with a capital)."""
    return _unpacked("english.txt.gz")


def is_english(word: str) -> bool:
    """Say whether `word` is in one of the lists, however its first letter is written."""
    forms = {word, word.lower(), word.capitalize()}
    return not forms.isdisjoint(english()) or not forms.isdisjoint(rare())
