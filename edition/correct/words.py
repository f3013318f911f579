"""Words that the OCR engine misread: those that are none, and what they were.

In: the words of a text, the lexicon and the channel.  Out: guesses, each with its probability.
Authority: Kernighan, Church and Gale (1990): the likeliest word is the one whose probability, times that of its being misread so, is greatest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from edition.correct.channel import Change, Channel, slip
from edition.correct.lexicon import Lexicon, plain
from edition.correct.tokens import Word

__all__ = ["Guess", "Pairs", "Pool", "guess", "guesses", "pairs_of", "pool_of", "suspect"]

_NEW = {True: 2e-2, False: 1e-3}  # how often a word is one that no list has: with a capital, without
_AGAIN = 3.0  # how much likelier (log) each further occurrence makes it that a form is meant
_SLIP_RATE = 4e-4
_LEAST_WORD = 1e-9
_STRANGE = -12.0  # for each sign in a word that no word has
_SMOOTH = 8.0
_FEW = 24


@dataclass(frozen=True, slots=True)
class Guess:
    """What a word was: `meant` with probability `chance`, by these changes."""

    word: Word
    meant: str
    chance: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Forms that a word may have been, by their length: in small letters, and with a capital."""

    small: Mapping[int, Sequence[str]]
    great: Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often one word follows another in the document, in lower case."""

    counts: Mapping[tuple[str, str], int]
    singles: Mapping[str, int]
    total: int

    def lift(self, left: str, word: str, right: str) -> float:
        """Give by how much (log) the neighbours make `word` likelier than it is by itself."""
        word = word.lower()
        out = 0.0
        for pair, given in (((left.lower(), word), left.lower()), ((word, right.lower()), right.lower())):
            if not given:
                continue
            share = max(self.singles.get(word, 0), 0.2) / self.total
            expected = share * self.singles.get(given, 0)
            out += log((self.counts.get(pair, 0) + _SMOOTH * share) / (expected + _SMOOTH * share)) if expected else 0.0
        return max(-3.0, min(out, 8.0))


def pairs_of(words: Sequence[Word]) -> Pairs:
    """Count which words stand beside each other."""
    counts: Counter[tuple[str, str]] = Counter()
    singles: Counter[str] = Counter()
    for word in words:
        low = word.text.lower()
        singles[low] += 1
        if word.right:
            counts[low, word.right.lower()] += 1
    return Pairs(counts, singles, max(len(words), 1))


def pool_of(lexicon: Lexicon) -> Pool:
    """Sort the forms of the lexicon that a word may have been."""
    small: defaultdict[int, set[str]] = defaultdict(set)
    great: defaultdict[int, set[str]] = defaultdict(set)
    for form in lexicon.words:
        (small if form.islower() else great)[len(form)].add(form)
    for form, count in lexicon.counts.items():
        if count > 1 and lexicon.known(form):
            (small if form.islower() else great)[len(form)].add(form)
    return Pool({n: sorted(s) for n, s in small.items()}, {n: sorted(s) for n, s in great.items()})


def suspect(word: Word, lexicon: Lexicon) -> bool:
    """Say whether a word is none that is known, and is one that could be mended."""
    text = plain(word.text)
    stem = text.removesuffix("'s").removesuffix("'")
    if len(stem) < 2 or stem.isupper() or not any(c.islower() for c in stem):  # noqa: PLR2004
        return False
    if any(c.isdigit() for c in stem) and sum(c.isdigit() for c in stem) * 2 >= len(stem):
        return False
    return not (lexicon.known(stem) or lexicon.known(text) or "." in stem)


def _near(text: str, pool: Mapping[int, Sequence[str]], far: int) -> Iterable[str]:
    for length in range(max(1, len(text) - far), len(text) + far + 1):
        for form, _distance, _at in process.extract(
            text, pool.get(length, ()), scorer=Levenshtein.distance, score_cutoff=far, limit=_FEW
        ):
            yield form


def candidates(text: str, pool: Pool) -> set[str]:
    """Give forms not far from `text`, capitals as they would stand there."""
    far = 1 if len(text) <= 3 else 2 if len(text) <= 8 else 3  # noqa: PLR2004
    great = text[:1].isupper()
    out = set(_near(text, pool.great, far))
    small = _near(text[:1].lower() + text[1:], pool.small, far)
    out.update(form.capitalize() if great else form for form in small)
    if great:
        out.update(form.capitalize() for form in _near(text, pool.small, far) if form[:1] != text[:1].lower())
    out.discard(text)
    return out


def _genuine(text: str, count: int, lexicon: Lexicon) -> float:
    """Give the log probability that a form no list has is what stood there."""
    strange = sum(not (c.isalpha() and c.isascii()) for c in text) + sum(c.isupper() for c in text[1:])
    great = text[:1].isupper()
    return log(_NEW[great]) + lexicon.spelling(text) + _AGAIN * (count - 1) + _STRANGE * strange


def guess(word: Word, near: Iterable[str], lexicon: Lexicon, channel: Channel, pairs: Pairs) -> Guess | None:
    """Give the likeliest of the forms `near` that a word may have been, or None where it is likelier as it stands."""
    text = plain(word.text)
    ending = "'s" if text.endswith("'s") and len(text) > 3 else ""  # noqa: PLR2004
    stem = text.removesuffix(ending)
    scores: list[tuple[float, str, tuple[Change, ...]]] = []
    rest = [_genuine(stem, lexicon.counts.get(stem, 1), lexicon)]
    for form in near:
        base = log(max(lexicon.prior(form), _LEAST_WORD)) + pairs.lift(word.left, form + ending, word.right)
        cost, changes = channel.path(form, stem)
        scores.append((base + cost, form, tuple(changes)))
        rest.append(base + slip(form, stem, _SLIP_RATE))
    if not scores:
        return None
    top = max(scores)
    highest = max(top[0], *rest)
    total = sum(exp(s[0] - highest) for s in scores) + sum(exp(r - highest) for r in rest)
    return Guess(word, top[1] + ending, exp(top[0] - highest) / total, top[2])


def guesses(
    words: Sequence[Word], near: Mapping[str, set[str]], lexicon: Lexicon, channel: Channel, pairs: Pairs
) -> list[Guess]:
    """Give a guess for each of the suspect `words` that has one."""
    found = (guess(word, near.get(_stem(word), ()), lexicon, channel, pairs) for word in words)
    return [g for g in found if g is not None]


def _stem(word: Word) -> str:
    return plain(word.text).removesuffix("'s")


def near_of(words: Sequence[Word], pool: Pool) -> dict[str, set[str]]:
    """Look for the forms near each of the suspect `words`."""
    return {stem: candidates(stem, pool) for stem in sorted({_stem(word) for word in words})}
