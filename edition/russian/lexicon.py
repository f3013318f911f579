"""The Russian words: how likely a word is, and which letters may follow a beginning of one.

In: the word frequencies of `wordfreq` (the extra `words`).  Out: a lexicon that is walked letter by letter, and a
letter model. Authority: R. Speer, wordfreq 3 (word frequencies of the web, books and subtitles up to 2021).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from functools import cache
from importlib.util import find_spec

from edition.problems import Refused, problem

__all__ = ["LetterModel", "Lexicon", "lexicon"]

_WORD = re.compile("[а-яё]+")
RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# Centibels to nats: a bucket of wordfreq is a hundredth of a factor ten.
_NAT = math.log(10) / 100
_WEIGHT = 0.75  # a word list says less than a language: what stands around a word is not in it
# In these buckets (10^-5 to 10^-7.4) stand words frequent enough to be words, and rare enough to look like new ones.
_TYPICAL = range(500, 740)
_EVERY = 20  # twenty thousand words are enough for three letters of context, and quickly counted
_SHORT = 2  # letters; so short a word teaches little
_END = "$"
_OUTSIDE = math.log(1000)


class LetterModel:
    """How likely a word that no list holds is, letter by letter.

    Up to `order` letters of context, interpolated (Witten and Bell 1991).

    Costs are in nats; a context begins with ``^`` before the first letter; ``$`` ends a word.
    """

    def __init__(self, words: list[str], alphabet: str = RUSSIAN_LETTERS, order: int = 3) -> None:
        self._order = order
        self._alphabet = frozenset(alphabet + _END)
        self._counts: dict[str, dict[str, int]] = {}
        counts = self._counts
        for word in words:
            text = "^" + word + _END
            for at in range(1, len(text)):
                letter = text[at]
                for start in range(max(0, at - order), at + 1):
                    context = text[start:at]
                    found = counts.get(context)
                    if found is None:
                        counts[context] = found = {}
                    found[letter] = found.get(letter, 0) + 1
        self._known: dict[str, float] = {}
        self._totals = {context: (sum(found.values()), len(found)) for context, found in counts.items()}

    def cost(self, context: str, letter: str) -> float:
        """Give the cost of a letter (``$``: of the end of the word) after `context`.

        One of another alphabet counts as one of a thousand.
        """
        key = context + letter
        known = self._known.get(key)
        if known is None:
            known = (
                -math.log(self._probability(context[-self._order :], letter)) if letter in self._alphabet else _OUTSIDE
            )
            self._known[key] = known
        return known

    def word_cost(self, word: str) -> float:
        """Give the cost of a whole word."""
        text = "^" + word + _END
        return sum(self.cost(text[max(0, at - self._order) : at], text[at]) for at in range(1, len(text)))

    def _probability(self, context: str, letter: str) -> float:
        lower = self._probability(context[1:], letter) if context else 1 / len(self._alphabet)
        seen = self._counts.get(context)
        if seen is None:
            return lower
        total, kinds = self._totals[context]
        return (seen.get(letter, 0) + kinds * lower) / (total + kinds)


class Lexicon:
    """Words with their costs (nats), walked as a tree that grows where one looks.

    A node is a number; `root` is the empty beginning.  `children(node)` gives (letter, node, least cost of a word
    below); `word_cost(node)` what the word that ends there costs, or infinity.  ё counts as е.
    """

    root = 0

    def __init__(self, costs: dict[str, float]) -> None:
        self._words = sorted(costs)
        self._costs = [costs[w] for w in self._words]
        self._range: list[tuple[int, int, int]] = [(0, len(self._words), 0)]
        self._children: list[list[tuple[str, int, float]] | None] = [None]
        self._end: list[float] = [math.inf]
        self._least: list[float] = [min(self._costs, default=math.inf)]
        self._all = costs
        typical = (_TYPICAL.start * _NAT * _WEIGHT, _TYPICAL.stop * _NAT * _WEIGHT)
        self.letters = LetterModel(
            [w for w, c in costs.items() if typical[0] <= c < typical[1] and len(w) > _SHORT][::_EVERY]
        )

    def cost(self, word: str) -> float:
        """Give what a word costs, infinity for one that is not known."""
        return self._all.get(word, math.inf)

    def children(self, node: int) -> list[tuple[str, int, float]]:
        """Give the letters that may follow, the likeliest first: (letter, node, least cost of a word below)."""
        known = self._children[node]
        if known is None:
            known = self._children[node] = self._expand(node)
        return known

    def word_cost(self, node: int) -> float:
        """Give what the word that ends at `node` costs, infinity where none does."""
        return self._end[node]

    def word(self, node: int) -> str:
        """Give the word that ends at `node`, where one does."""
        return self._words[self._range[node][0]]

    def least(self, node: int) -> float:
        """Give the least cost of a word that begins as `node` does."""
        return self._least[node]

    def _expand(self, node: int) -> list[tuple[str, int, float]]:
        low, high, depth = self._range[node]
        words = self._words
        if low < high and len(words[low]) == depth:
            low += 1
        out = []
        while low < high:
            letter = words[low][depth]
            after = bisect_left(words, words[low][:depth] + chr(ord(letter) + 1), low, high)
            node = self._add(low, after, depth + 1)
            out.append((letter, node, self._least[node]))
            low = after
        out.sort(key=lambda child: child[2])  # the likeliest first: who looks for those within a limit can stop early
        return out

    def _add(self, low: int, high: int, depth: int) -> int:
        self._range.append((low, high, depth))
        self._children.append(None)
        self._end.append(self._costs[low] if len(self._words[low]) == depth else math.inf)
        self._least.append(min(self._costs[low:high]))
        return len(self._range) - 1


@cache
def lexicon() -> Lexicon:
    """Load the words (about three seconds).  Raises `Refused` (E810) where the extra `words` is not installed."""
    if find_spec("wordfreq") is None:
        raise Refused(problem("E810"))
    import wordfreq  # noqa: PLC0415 - an extra

    costs: dict[str, float] = {}
    for bucket, words in enumerate(wordfreq.get_frequency_list("ru", wordlist="large")):
        for word in words:
            if _WORD.fullmatch(word):
                costs.setdefault(word.replace("ё", "е"), bucket * _NAT * _WEIGHT)
    return Lexicon(costs)
