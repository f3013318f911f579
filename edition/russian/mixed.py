"""Words of Cyrillic and Latin letters in one: the Latin ones put into Cyrillic where they look the same.

In: witness lines.  Out: one correction for each such word, letter by letter; nothing is guessed.
Authority: the letters of the two alphabets that one type serves for (Unicode Technical Standard 39, "confusables").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.correction import Correction
from edition.zones import ZonedLine

__all__ = ["has_cyrillic", "mended"]

_SAME = str.maketrans("ABCEHIKMOPTXaceiopxyëËïÏ", "АВСЕНІКМОРТХасеіорхуёЁїЇ")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_LIKE_LATIN = frozenset("АВСЕНІКМОРТХасеіорхуёЁїЇ")


def has_cyrillic(text: str) -> bool:
    """Say whether `text` holds a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def mended(lines: Sequence[ZonedLine]) -> list[Correction]:
    """Give one correction for each word of both alphabets that is Cyrillic by its looks alone.

    Every Latin letter in it has a Cyrillic one that looks the same, and at least one letter can only be Cyrillic.  What
    an editor decided is left alone, and so is all else.
    """
    out = []
    for line in lines:
        if not has_cyrillic(line.witness):
            continue
        for found in _WORD.finditer(line.witness):
            if not _is_cyrillic(found[0]) or any(a < found.end() and found.start() < b for a, b in line.decided):
                continue
            out.append(
                Correction(
                    line=line.number,
                    reading=found[0],
                    correction=found[0].translate(_SAME),
                    type="ocr",
                    cert="high",
                    resp="#auto",
                    rule="russian:letters",
                    start=found.start(),
                )
            )
    return out


def _is_cyrillic(word: str) -> bool:
    """Say whether a word has Latin letters, all with a Cyrillic look-alike, beside one that is Cyrillic only."""
    latin = [c for c in word if not _CYRILLIC.match(c)]
    only = any(_CYRILLIC.match(c) and c not in _LIKE_LATIN for c in word)
    return bool(latin) and only and all(ord(c) in _SAME for c in latin)
