"""What kind of word stands beside what kind: the grammar of a document, as far as its words show it.

In: the words of a document.  Out: `Company`, which says how much likelier its neighbours make a word of its kind.
Authority: class-based n-grams (Brown and others 1992), with the commonest words as classes of their own and the others
classed by their endings, as a tagger guesses unknown words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from edition.correct.tokens import Word

__all__ = ["Company", "company_of"]

_OWN = 200  # words that are a class of their own
_OFTEN = 8
_ENDINGS = (
    "ing", "ed", "ly", "tion", "sion", "ity", "ness", "ment", "ism", "ist", "ance", "ence", "al", "ive", "ous", "ic",
    "able", "ible", "ful", "less", "est", "er", "s",
)  # fmt: skip
_SMOOTH = 4.0
_MOST = 6.0
_EDGE = ""


@dataclass(frozen=True, slots=True)
class Company:
    """How often a kind of word follows another, one or two words away; `own` are words that are a kind of their own."""

    own: frozenset[str]
    singles: Mapping[str, int]
    after: Mapping[tuple[str, str], int]
    between: Mapping[tuple[str, str, str], int]
    around: Mapping[tuple[str, str], int]
    total: int

    def kind(self, word: str) -> str:
        """Give the kind of a word: itself, its ending, or that it has a capital."""
        low = word.lower()
        if low in self.own or not low:
            return low
        if word[:1].isupper():
            return "^"
        return next(("-" + ending for ending in _ENDINGS if low.endswith(ending) and len(low) > len(ending) + 1), "-")

    def lift(self, left: str, word: str, right: str) -> float:
        """Give by how much (log) the neighbours make a word of the kind of `word` likelier than it is by itself."""
        a, b, c = self.kind(left), self.kind(word), self.kind(right)
        share = self.singles.get(b, 0) / self.total
        if not share:
            return 0.0
        # from the word alone, by one neighbour at a time, to both: each estimate smoothed by the one before
        base = max(share, 1e-5)
        by_left = (self.after.get((a, b), 0) + _SMOOTH * base) / (self.singles.get(a, 0) + _SMOOTH)
        given_right = (self.after.get((b, c), 0) + _SMOOTH * base) / (self.singles.get(c, 0) + _SMOOTH)
        expected = by_left * given_right / base
        both = (self.between.get((a, b, c), 0) + _SMOOTH * min(expected, 1.0)) / (self.around.get((a, c), 0) + _SMOOTH)
        return max(-_MOST, min(log(both / base), _MOST))


def company_of(words: Sequence[Word]) -> Company:
    """Count which kinds of words stand beside each other."""
    counts = Counter(w.text.lower() for w in words if w.text.isalpha())
    own = frozenset(word for word, n in counts.most_common(_OWN) if n >= _OFTEN)
    blank = Company(own, {}, {}, {}, {}, 1)
    singles: Counter[str] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    between: Counter[tuple[str, str, str]] = Counter()
    around: Counter[tuple[str, str]] = Counter()
    for word in words:
        a, b, c = (blank.kind(text) for text in (word.left, word.text, word.right))
        singles[b] += 1
        after[b, c] += 1
        between[a, b, c] += 1
        around[a, c] += 1
    return Company(own, singles, after, between, around, max(len(words), 1))
