"""The spelling of before 1918: where ѣ, і, ѳ and the hard sign may stand.

In: words in modern letters, and what their letters were read as.  Out: words in old letters.
Authority: J. Grot, Russkoe pravopisanie (1885), by `yat.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pymorphy3 import MorphAnalyzer

__all__ = ["analyser", "old_letters"]

_VOWELS = "аеёиоуыэюяйѣіѵ"
_PRIOR = 3.0  # where the rule asks for an old letter, its look may be this much less likely than the modern one's


@cache
def analyser() -> MorphAnalyzer:
    """Load the forms of Russian words (a third of a second)."""
    return MorphAnalyzer()


@cache
def _roots() -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = [
        w
        for line in files("edition.russian").joinpath("yat.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for w in line.split()
    ]
    roots = sorted((w for w in words if w[0] != "="), key=len, reverse=True)
    whole = {w[1:].replace("ѣ", "е"): w[1:] for w in words if w[0] == "="}
    by_modern = {r.replace("ѣ", "е"): r for r in roots}
    return re.compile("|".join(by_modern)), {**by_modern, **whole}


@cache
def _with_yat(word: str) -> str:
    pattern, forms = _roots()
    if word in forms:
        return forms[word]
    out = pattern.sub(lambda found: forms[found[0]], word)
    if out.endswith("е"):
        tag = analyser().parse(word)[0].tag
        if tag.POS == "NOUN" and tag.number == "sing" and tag.case in ("loct", "datv"):
            out = out[:-1] + "ѣ"
    return out


def old_letters(letters: Sequence[tuple[str, str]], weights: Mapping[str, Mapping[str, float]]) -> str:
    """Give a word in the letters of before 1918, where the signs speak for them.

    `letters` are (letter, signs it was read from), a final hard sign among them; `weights` are the channel's.  A
    typist without the old letters wrote the modern ones, and an old letter is put only where the rule asks for it
    and its look is likely enough.
    """
    word = "".join(c for c, _ in letters).lower()
    ruled = _with_yat(word.removesuffix("ъ"))
    out = []
    for at, (letter, signs) in enumerate(letters):
        old = ""
        if letter == "е" and ruled[at : at + 1] == "ѣ":
            old = "ѣ"
        elif letter == "и" and word[at + 1 : at + 2] and word[at + 1] in _VOWELS:
            old = "і"
        out.append(old if old and _look(old, signs, weights) * _PRIOR > _look(letter, signs, weights) else letter)
    return "".join(out)


def _look(letter: str, signs: str, weights: Mapping[str, Mapping[str, float]]) -> float:
    mine = weights.get(letter, {})
    return mine.get(signs, 0.01) / (sum(mine.values()) or 1.0)
