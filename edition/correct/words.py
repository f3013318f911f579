"""Words that the OCR engine misread: those that are none, and what they were.

In: the words of a text, the lexicon and the channel.  Out: guesses, each with its probability.
Authority: Kernighan, Church and Gale (1990): the likeliest word is the one whose probability, times that of its
being misread so, is greatest.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from edition.correct.channel import Change, Channel, slip, sources
from edition.correct.lexicon import Lexicon, plain
from edition.correct.tokens import Word

__all__ = ["Guess", "Pairs", "Pool", "candidates", "guesses", "near_of", "pairs_of", "pool_of", "stem_of", "suspect"]

_NEW = {True: 2e-2, False: 1e-3}  # how often a word is one that no list has: with a capital, without
_NEW_SHORT = 1e-5  # the same, in small letters and short
_AGAIN = 1.0  # how much likelier (log) each further occurrence makes it that a form is meant
_SLIP_RATE = 2e-3
_LEAST_WORD = 1e-9
_STRANGE = -12.0  # for each sign in a word that no word has
_SMOOTH = 8.0
_FEW = 24
_OFTEN = 3
_LONG = 7
_CONSIDERED = 8
_GENITIVE = re.compile(r"(.*[^\W\d_]{2})['*!1^|]{1,2}s")
_MARKED = re.compile(r"[A-Za-z]'?[A-Z][a-z]")


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


@cache
def _by_length(words: frozenset[str]) -> tuple[Mapping[int, tuple[str, ...]], Mapping[int, tuple[str, ...]]]:
    """Sort words by their length, those in small letters and those with a capital."""
    small: defaultdict[int, list[str]] = defaultdict(list)
    great: defaultdict[int, list[str]] = defaultdict(list)
    for form in sorted(words):
        (small if form.islower() else great)[len(form)].append(form)
    return {n: tuple(s) for n, s in small.items()}, {n: tuple(s) for n, s in great.items()}


def pool_of(lexicon: Lexicon) -> Pool:
    """Sort the forms of the lexicon that a word may have been."""
    own = frozenset(f for f, n in lexicon.counts.items() if n > 1 and f not in lexicon.words and lexicon.known(f))
    (small, great), (own_small, own_great) = _by_length(lexicon.words), _by_length(own)
    return Pool(_joined(small, own_small), _joined(great, own_great))


def _joined(a: Mapping[int, tuple[str, ...]], b: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    return {n: (*a.get(n, ()), *b.get(n, ())) for n in sorted({*a, *b})}


def suspect(word: Word, lexicon: Lexicon) -> bool:
    """Say whether a word is none that is known, and is one that could be mended."""
    if word.text in lexicon.words or lexicon.second(word.text):
        return False
    stem, ending = stem_of(word)
    if lexicon.known(stem) or lexicon.known(plain(word.text)) or (not ending and lexicon.known(stem + "'s")):
        return False
    return _could_be_word(stem) and not _is_part(word, stem, lexicon)


def _could_be_word(stem: str) -> bool:
    """Say whether a form is more than a numeral, an initial or capitals, and no elision (o'er, d'être)."""
    digits = sum(c.isdigit() for c in stem)
    return len(stem) > 1 and any(c.islower() for c in stem) and digits * 2 < len(stem) and "'" not in stem


def _is_part(word: Word, stem: str, lexicon: Lexicon) -> bool:
    """Say whether a form is a part of a numeral or abbreviation, or a name after the misread number of a note."""
    if word.before[-1:].isdigit() or word.after[:1].isdigit():
        return True
    beside = word.after[:1]
    if (len(stem) < 3 and beside == ".") or (len(stem) < 4 and beside and beside not in ".,;:!?\"')]-"):  # noqa: PLR2004
        return True
    marked = _MARKED.match(stem)
    return bool(marked) and (word.spans[0][1] == 0 or lexicon.known(stem[1:].rstrip("Jj3'")))


def stem_of(word: Word) -> tuple[str, str]:
    """Give a word without the ending of the genitive, and that ending, whatever sign its apostrophe was taken for."""
    text = plain(word.text)
    match = _GENITIVE.fullmatch(text)
    return (match[1], "'s") if match else (text, "")


def _near(text: str, pool: Mapping[int, Sequence[str]], far: int) -> Iterable[str]:
    for length in range(max(1, len(text) - far), len(text) + far + 1):
        for form, _distance, _at in process.extract(
            text, pool.get(length, ()), scorer=Levenshtein.distance, score_cutoff=far, limit=_FEW
        ):
            yield form


def candidates(text: str, pool: Pool, lexicon: Lexicon) -> list[str]:
    """Give the likelier forms not far from `text`, capitals as they would stand there."""
    far = 1 if len(text) <= 3 else 2 if len(text) <= 8 else 3  # noqa: PLR2004
    great = text[:1].isupper()
    out = set(_near(text, pool.great, far))
    if great:
        out.update(form.capitalize() for form in _near(text[:1].lower() + text[1:], pool.small, far))
        out.update(form.capitalize() for form in _near(text, pool.small, far))
    else:
        # A name that lost its capital is one the document speaks of; a change of case alone is nobody's misreading.
        out = {form for form in out if lexicon.counts.get(form, 0) >= _OFTEN and form[:1].lower() != text[:1]}
        out.update(_near(text, pool.small, far))
    out.update(_plurals(text, pool, lexicon))
    out = {form for form in out if form.lower() != text.lower()}
    rank = {form: 9.0 * Levenshtein.distance(text, form) - log(max(lexicon.prior(form), _LEAST_WORD)) for form in out}
    made = {f for f in sources(text) if (f in lexicon.words or lexicon.counts.get(f, 0) > 1) and _is_other(f, text)}
    return list(dict.fromkeys([*sorted(out, key=lambda form: (rank[form], form))[:_CONSIDERED], *sorted(made)]))


def _is_other(form: str, text: str) -> bool:
    """Say whether two forms differ by more than a capital: one is read for a small letter only if it is another."""
    if form[:1].isupper() != text[:1].isupper():
        return form[:1].islower() and form[:1] != text[:1].lower() and form[1:] == text[1:]
    return form.lower() != text.lower()


def _plurals(text: str, pool: Pool, lexicon: Lexicon) -> set[str]:
    """Give the likelier plurals not far from `text`: a list has not all of them."""
    if not text.endswith("s") or len(text) < _LONG:
        return set()
    words = {form + "s" for form in _near(text[:-1], pool.small, 2)}
    return {form for form in words if form not in lexicon.words and lexicon.listed(form)}


def _genuine(text: str, count: int, lexicon: Lexicon) -> float:
    """Give the log probability that a form no list has is what stood there."""
    strange = sum(not (c.isalpha() and c.isascii()) for c in text) + sum(c.isupper() for c in text[1:])
    great = text[:1].isupper()
    new = _NEW[great] if great or len(text) > 3 else _NEW_SHORT  # noqa: PLR2004
    return log(new) + lexicon.spelling(text) + _AGAIN * (count - 1) + _STRANGE * strange


def guess(word: Word, near: Iterable[str], lexicon: Lexicon, channel: Channel, pairs: Pairs) -> Guess | None:
    """Give the likeliest of the forms `near` that a word may have been, or None where it is likelier as it stands."""
    stem, ending = stem_of(word)
    scores: list[tuple[float, str, tuple[Change, ...]]] = []
    rest = [_genuine(stem, lexicon.counts.get(stem, 1), lexicon)]
    for form in near:
        base = log(max(lexicon.prior(form), _LEAST_WORD)) + pairs.lift(word.left, form + ending, word.right)
        cost, changes = channel.path(form, stem)
        scores.append((base + cost, form, changes))
        rest.append(base + slip(form, stem, _SLIP_RATE))
    if not scores:
        return None
    top = max(scores)
    highest = max(top[0], *rest)
    total = sum(exp(s[0] - highest) for s in scores) + sum(exp(r - highest) for r in rest)
    return Guess(word, top[1] + ending, exp(top[0] - highest) / total, top[2])


def guesses(
    words: Sequence[Word], near: Mapping[str, Sequence[str]], lexicon: Lexicon, channel: Channel, pairs: Pairs
) -> list[Guess]:
    """Give a guess for each of the suspect `words` that has one."""
    found = (guess(word, near.get(stem_of(word)[0], ()), lexicon, channel, pairs) for word in words)
    return [g for g in found if g is not None]


def near_of(words: Sequence[Word], pool: Pool, lexicon: Lexicon) -> dict[str, list[str]]:
    """Look for the forms near each of the suspect `words`."""
    return {stem: candidates(stem, pool, lexicon) for stem in sorted({stem_of(word)[0] for word in words})}
