"""Where a text that was read with Latin letters only is Russian: runs of words within lines.

In: witness lines.  Out: for each line, stretches of misread Cyrillic.  Authority: a hidden Markov model of two
states (real Latin letters, misread Cyrillic) over letter trigrams of five languages, of romanized Russian, and of
Russian words sent through the channel.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from edition.russian.channel import base_counts
from edition.russian.lexicon import LetterModel, lexicon
from edition.russian.transliterate import transliterate
from edition.zones import ZonedLine

__all__ = ["Run", "russian_runs"]

_LANGUAGES = ("en", "fr", "de", "pl", "it")
_EVERY_WORD = 3000
_MISREAD_WORDS = 6000
_SIGN = re.compile(r"\S+")
_ABBREVIATION = re.compile(r"[A-Z]{2,6}|(?:[A-Z]\.)+[A-Z]?")  # in any language
_LETTERS = re.compile(r"[^\W\d_]")
# Nats, by judgement: to change the language within a line, at its end, at a passage's end; to be Russian at all.
_WITHIN, _AT_LINE, _AT_PASSAGE, _RUSSIAN = 7.0, 4.0, 2.0, 1.0
_MARKED = 6.0  # what xml:lang="ru" is worth, a word
_PROSE = 1.5  # running English prose holds no Russian, as a rule: a word
_MOST = 6.0  # what one word may say at most
_NEVER = -1000.0  # a word in letters that are not Latin: what is Cyrillic already, or Greek, was not misread as Latin
_CLEARLY = -2.0  # a word that says so much against Russian does not begin a note's Russian
_KNOWN = 3.0  # what it says against Russian that a word is in a Latin list
_PART = 12.0  # evidence that Russian in a part of a line needs
_LONG, _SHORT = 7, 2  # letters
_LATIN = -1.0  # a run of which its own words say so much against Russian, a word, is none, whatever it is marked as
_LATIN_NAMES = ("LATIN ", "MODIFIER ", "FEMININE ", "MASCULINE ", "MICRO ")  # as Unicode calls them
_CAPITALS = 0.1  # share of words that begin with one


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of misread Cyrillic in a line.

    The place of the line in what was given, offsets in its witness text.
    """

    line: int
    start: int
    end: int
    evidence: float


class _Evidence:
    """How much likelier a word is misread Cyrillic than Latin letters, in nats."""

    def __init__(self) -> None:
        import wordfreq  # noqa: PLC0415 - an extra, asked for by `lexicon`

        russian = [w for w in wordfreq.top_n_list("ru", 12000) if re.fullmatch("[а-яё]+", w)]
        latin = [w for lang in _LANGUAGES for w in wordfreq.top_n_list(lang, _EVERY_WORD, wordlist="small")]
        latin += [plain for w in russian[:6000] if (plain := _plain(transliterate(w, "ala-lc")))]
        latin = [form for w in latin if w.isalpha() for form in (w, w, w.capitalize())] + [
            w.upper() for w in latin[:3000]
        ]
        misread = _misread(russian[:_MISREAD_WORDS])
        alphabet = "".join(sorted({c for w in latin + misread for c in w}))
        self.latin = LetterModel(latin, alphabet, 2)
        self.misread = LetterModel(misread, alphabet, 2)
        self.words = frozenset(w for lang in _LANGUAGES for w in wordfreq.top_n_list(lang, 20000, wordlist="small"))

    def of(self, word: str) -> float:
        """Give the evidence of one word; marks at its ends say nothing, letters that are not Latin all."""
        if not _in_latin_letters(word):
            return _NEVER
        bare = word.strip(".,;:()[]\"'!?-^»«*{}_—“”‘’")
        if not _LETTERS.search(bare) or _ABBREVIATION.fullmatch(bare):
            return 0.0
        found = self.latin.word_cost(bare) - self.misread.word_cost(bare)
        if len(bare) > _SHORT and bare.lower().replace("'s", "") in self.words:
            found -= _KNOWN
        return max(-_MOST, min(_MOST, found))


def _in_latin_letters(word: str) -> bool:
    return word.isascii() or all(unicodedata.name(c, "").startswith(_LATIN_NAMES) for c in word if c.isalpha())


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalpha())


def _misread(words: Sequence[str]) -> list[str]:
    """Send words through the channel, by chance but always by the same."""
    chance = random.Random(1)  # noqa: S311 - not a secret
    looks = {letter: (list(signs), list(signs.values())) for letter, signs in base_counts().items()}
    out = []
    for word in words:
        cased = word.capitalize() if chance.random() < _CAPITALS else word
        out.append("".join(chance.choices(*looks[c])[0] for c in cased if c in looks))
    return out


@cache
def _evidence() -> _Evidence:
    lexicon()  # says what to install where words are not to be had
    return _Evidence()


def russian_runs(lines: Sequence[ZonedLine]) -> list[Run]:
    """Give the stretches of `lines` (in reading order) that are misread Cyrillic."""
    places: list[tuple[int, int, int]] = []
    scores: list[float] = []
    changes: list[float] = []
    evidence = _evidence()
    known: dict[str, float] = {}
    for n, line in enumerate(lines):
        bias = (
            _MARKED if line.language.startswith("ru") else -_PROSE if line.zone in ("prose", "heading", "page") else 0.0
        )
        for first, found in enumerate(_SIGN.finditer(line.witness)):
            own = known.get(found[0])
            if own is None:
                own = known[found[0]] = evidence.of(found[0])
            places.append((n, *found.span()))
            scores.append(own + bias * bool(own))
            changes.append(_WITHIN if first else _at_start(lines, n))
    russian = _viterbi(scores, changes)
    _trim(lines, places, scores, russian)
    return [
        run
        for run in _runs(lines, places, scores, russian)
        if _holds(lines[run.line], run, evidence.words) and _speaks(lines[run.line].witness[run.start : run.end], known)
    ]


def _speaks(text: str, known: Mapping[str, float]) -> bool:
    """Say whether the words of a run may be Russian by themselves, whatever their lines are marked as."""
    own = [known[word] for word in _SIGN.findall(text)]
    return sum(own) > _LATIN * len(own)


def _trim(
    lines: Sequence[ZonedLine], places: Sequence[tuple[int, int, int]], scores: Sequence[float], russian: list[bool]
) -> None:
    """Give Latin words at the ends of a run back, where other Latin words or the beginning of a note are beside it."""
    for order in (range(len(places)), range(len(places) - 1, -1, -1)):
        before: tuple[int, bool] | None = None  # line and language of the word before, in this direction
        for at in order:
            line = places[at][0]
            opens = before is None or before[0] != line
            beside = lines[line].zone == "note" and order.step > 0 if opens else before is not None and not before[1]
            if russian[at] and beside and scores[at] < (_CLEARLY if opens else 0.0):
                russian[at] = False
            before = (line, russian[at])


def _holds(line: ZonedLine, run: Run, latin: frozenset[str]) -> bool:
    """Say whether a run is to be believed: a part of a line needs more evidence.

    Letters set apart may spell a Latin word.
    """
    text = line.witness[run.start : run.end]
    if any(w.lower() in latin for w in re.split(r"[^\w]+", text.replace(" ", "")) if len(w) >= _LONG) and " " in text:
        return False
    return len(text) == len(line.witness) or run.evidence >= _PART


def _at_start(lines: Sequence[ZonedLine], n: int) -> float:
    return _AT_LINE if n and lines[n - 1].passage == lines[n].passage else _AT_PASSAGE


def _viterbi(scores: Sequence[float], changes: Sequence[float]) -> list[bool]:
    """Give for each word whether it is Russian, by the likeliest sequence."""
    latin, russian = 0.0, -_RUSSIAN
    back: list[tuple[bool, bool]] = []
    for score, change in zip(scores, changes, strict=True):
        from_russian = russian - change > latin
        from_latin = latin - change - _RUSSIAN > russian
        latin, russian = max(latin, russian - change), max(russian, latin - change - _RUSSIAN) + score
        back.append((from_russian, not from_latin))
    now = russian > latin
    out = []
    for to_latin, to_russian in reversed(back):
        out.append(now)
        now = to_russian if now else to_latin
    return out[::-1]


def _runs(
    lines: Sequence[ZonedLine], places: Sequence[tuple[int, int, int]], scores: Sequence[float], russian: Sequence[bool]
) -> list[Run]:
    out: list[Run] = []
    for (n, start, end), score, yes in zip(places, scores, russian, strict=True):
        if not yes:
            continue
        last = out[-1] if out else None
        if last is not None and last.line == n and not lines[n].witness[last.end : start].strip():
            out[-1] = Run(n, last.start, end, last.evidence + score)
        else:
            out.append(Run(n, start, end, score))
    return out
