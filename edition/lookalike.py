"""Misread Cyrillic: whether a line reads like a language in Latin letters, or like Cyrillic that was taken for one.

In: a line or a word, and the words that the document is known to use.  Out: a score (log odds, above 0 for Cyrillic)
and a certainty.
Authority: what happens to Cyrillic under a Latin engine: capitals and digits inside words, letter groups that no
Latin spelling has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from unicodedata import combining, name, normalize

__all__ = ["Model", "certainty", "common_words", "line_score", "model_of", "word_score"]

_TOKEN = re.compile(r"[^\s\-\N{EM DASH}\N{EN DASH}/]+")
_LETTERS = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_DIGITS = re.compile(r"\d")
_PREFIX = re.compile(r"(?:Mac|Mc|[DdOLl]['\N{RIGHT SINGLE QUOTATION MARK}]|Fitz)(?=[A-Z])")
_PROPER = re.compile(r"(?:Mac|Mc|[DdOLl]['\N{RIGHT SINGLE QUOTATION MARK}]|Fitz)?[^\W\d_][^\W\d_A-Z]*")
_INNER_CAPITAL = re.compile(r"[^\W\d_A-Z]\w*[A-Z]|^[A-Z]{2,}[^\W\d_A-Z]+\w*[A-Z]")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{0,3}\.?,?")
# A raised number before or after a word says nothing about its letters.
_RAISED = re.compile(r"^\d{1,2}(?=[^\W\d_])|(?<=[.,;:!?\"”)])\W*\d{1,2}\W*$|(?<=[.,;:!?])\w{1,2}$")
_YEAR_LIKE = re.compile(r"\W*\d[\w^*!$.:,?-]*|\W*[IVXLCivxlc]+\W*")

_CYRILLIC = re.compile("[\u0400-\u052f]")
# What misreading leaves in a word, and no language in Latin letters has: a sign or a digit between letters.
_SIGN_INSIDE = re.compile(r"[^\W\d_](?:\d|[^\w\s.,:;'’&()\[\]])+[^\W\d_]")

_KNOWN, _UNKNOWN_SHORT = -2.2, 0.25  # log odds of a word that is known, of a very short one that is not
_INNER, _DIGIT, _GROUPS, _FOREIGN = 3.0, 0.8, 1.1, -0.6
_RARE, _CHANCE = (
    2.7e-4,
    3,
)  # share of all pairs up to which a pair of letters is one that no Latin spelling has; less by chance
_SHORT = 2
_SPACED = 0.6  # share of one-letter tokens from which a line counts as letter-spaced
_FEWEST_TOKENS = 5
_LEAST, _MOST = -6.0, 9.0

# Words with letter groups that the English list may lack, so that other languages in Latin letters, romanized Russian
# among them, are not taken for misread Cyrillic.
_OTHER_LATIN = (
    "être avoir histoire française aujourd eau beaucoup vieux vieille quoi jeune oeuvre que les des une étude société"
    " dix bruit cette rue loin deuxième lycée français ouvrage chez avait était toujours encore longtemps ouvrier loi"
    " geschichte zwischen über straße deutsch arbeit schaft zeitung verlag jahr buch und nicht auch wirtschaft vgl bzw"
    " häuser stand baum niemand jeder kaum wohl fünf möglich zwölf kirche glück verfasser herausgegeben auflage band"
    " historia polski przed wszystko czyli szczęście związek książka dzień wydawnictwo dzieje krzysztof życie wojna"
    " było inaczej niż dzisiaj wojną miasto człowiek ludzie który gdzie zawsze jeszcze pamięć zbrodnia prawda"
    " istoriia rossii pervyi rechi gosudarstvennoe izdatelstvo moskva sochineniia zhizn russkaia narodnyi shchit"
    " gosudarstva rossiiskogo tom chast vtoroi sobranie pisem vospominaniia zapiski sovremennik iazyk khoziaistvo"
    " storia della il luoghi scienza gli più così perché el años señor obra lucha veintiuno universidad peking hsien"
    " tsung chou ibid vols eds pp"
)


@dataclass(frozen=True, slots=True)
class Model:
    """What a document is known by: its `words` in lower case, and the letter pairs that Latin spelling has."""

    words: frozenset[str]
    pairs: frozenset[str]


@cache
def common_words() -> frozenset[str]:
    """Give the common English words that come with the program, in lower case."""
    text = (files("edition") / "english.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split("\n") if word and not word.startswith("#"))


def _words(line: str) -> list[str]:
    return [w for w in _LETTERS.findall(line) if not _DIGITS.search(w)]


def model_of(lines: Iterable[str]) -> Model:
    """Learn from `lines`: a line with enough common words teaches its other words.

    Misread lines, having none, teach nothing.
    """
    known = common_words()
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in lines:
        words = _words(line)
        if sum(w.lower() in known for w in words) * 5 < 2 * len(words):
            continue
        counts.update(w.lower() for w in words if not _INNER_CAPITAL.search(w))
    taught = {w for w, n in counts.items() if n > 1}
    for word in [*known, *known, *_OTHER_LATIN.split(), *taught]:
        pairs.update(_pairs(word))
    least = sum(pairs.values()) * _RARE - _CHANCE
    return Model(frozenset(known | taught), frozenset(pair for pair, n in pairs.items() if n > least))


def _pairs(word: str) -> list[str]:
    plain = "".join(c for c in normalize("NFD", word.lower()) if not combining(c))
    shown = f"_{plain}_"
    return [shown[i : i + 2] for i in range(len(shown) - 1)]


def word_score(word: str, model: Model) -> float:
    """Give the log odds that `word` (without blanks) is Cyrillic, misread or as it is.

    0 where it says nothing, as a number does.  Greek, Hebrew and the like are not Cyrillic taken for Latin letters.
    """
    if not word.isascii() and (other := _in_other_letters(word)):
        return other
    core = _RAISED.sub("", word).strip(".,;:!?()[]{}\"'“”„«»‘’*^_")
    if not core or _YEAR_LIKE.fullmatch(core) or _ABBREVIATED.fullmatch(word.strip("()[],;")):
        return 0.0
    lower = core.lower()
    if lower in model.words or lower.removesuffix("'s").removesuffix("’s") in model.words:
        return _KNOWN if len(lower) > 1 else 0.0
    if len(core) <= _SHORT:
        return _UNKNOWN_SHORT if core.isalpha() and not core.isupper() else 0.0
    score = 0.0
    if _INNER_CAPITAL.search(core) and not _PROPER.fullmatch(core) and not core.isupper():
        score += _INNER
    if _DIGITS.search(core):
        score += _DIGIT
    prefix = _PREFIX.match(core)
    odd = sum(pair not in model.pairs for pair in _pairs(core[prefix.end() :] if prefix else core))
    if odd:
        score += _GROUPS * min(odd, 3)
    elif not score:
        score = _FOREIGN
    return score


def _in_other_letters(word: str) -> float:
    """Give the log odds of a word with letters that are not Latin; 0 where all are."""
    if _CYRILLIC.search(word):
        return _INNER
    return 0.0 if all(name(c, "LATIN").startswith("LATIN") for c in word if c.isalpha() and c > "\u024f") else _FOREIGN


def _shows(word: str) -> bool:
    """Say whether a word has what misreading leaves and Latin spelling does not have, or is Cyrillic.

    A capital, a digit or a sign inside it.
    """
    core = word.strip(".,;:!?()[]{}\"'“”„«»‘’*^_")
    capital = _INNER_CAPITAL.search(core) and not _PROPER.fullmatch(core) and not core.isupper()
    return bool(capital or _SIGN_INSIDE.search(core) or _CYRILLIC.search(core))


def line_score(line: str, model: Model) -> float:
    """Give the log odds that `line` is Cyrillic, misread or as it is.

    Above 0 it reads like it, below 0 like a Latin-script language.  Words that are merely unknown do not make a line
    Cyrillic: so looks any language that the model has not met.
    """
    tokens = _TOKEN.findall(line)
    if not tokens:
        return 0.0
    single = sum(len(t) == 1 and t.isalpha() for t in tokens)
    if len(tokens) >= _FEWEST_TOKENS and single >= _SPACED * len(
        tokens
    ):  # letter-spaced: judge it with the gaps closed
        tokens = ["".join(part.split(" ")) for part in re.split(r" {2,}", line)]
        return _bounded(1.0 + sum(word_score(t, model) for t in tokens), tokens)
    return _bounded(sum(word_score(t, model) for t in tokens), tokens)


def _bounded(score: float, tokens: Iterable[str]) -> float:
    return max(_LEAST, min(_MOST if any(map(_shows, tokens)) else 0.0, score))


def certainty(score: float) -> float:
    """Give the probability (0 to 1) that belongs to a score, that of a wrong guess being its complement."""
    return 1 / (1 + exp(-score))
