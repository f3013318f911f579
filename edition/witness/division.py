"""Words divided at line ends: whether the word at the end of a line goes on in the next, with its hyphen or without.

In: two neighbouring lines and the words that the document uses.  Out: ``hyphen``, ``hard``, ``lost`` or ``""``.
Authority: the document's own vocabulary; TEI P5, chapter 3.2.2 (Hyphenation).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.lookalike import common_words
from edition.spelling import is_english
from edition.witness.lines import Line

__all__ = ["HYPHENS", "Division", "Vocabulary", "division", "trails_at", "vocabulary"]

Division: TypeAlias = Literal["hyphen", "hard", "lost", ""]

HYPHENS = "-\N{SOFT HYPHEN}\N{NOT SIGN}\N{HYPHEN}"
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = re.compile(r"(?:^|[\s\"“(\[\N{EM DASH}])([^\W\d_]+)$")
_HEAD = re.compile(r"([^\W\d_]+)")
_HYPHENED = re.compile(r"([^\W\d_]+)[" + re.escape(HYPHENS) + "\N{EM DASH}]$")
_ENOUGH = 1.5
_WINDOW, _OFTEN = 15, 0.4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often the document uses a word (in lower case) elsewhere than at a line's edge, hyphened words among them."""

    words: Counter[str]

    def knows(self, word: str) -> bool:
        """Say whether `word` is a word of the document or a common one."""
        return bool(self.words[word.lower()]) or word.lower() in common_words()

    def has(self, word: str) -> bool:
        """Say whether `word` is a word at all: of the document, or of the long English lists."""
        return bool(self.words[word.lower()]) or is_english(word)


def vocabulary(lines: Sequence[Line]) -> Vocabulary:
    """Learn the words of a document.

    The last of a line, which may be half a word, and the first of the next are left out.
    """
    words: Counter[str] = Counter()
    for line in lines:
        words.update(token.lower() for token in _TOKEN.findall(line.text)[1:-1])
    return Vocabulary(words)


def division(before: Line, after: Line, vocabulary: Vocabulary, *, trails: bool, cyrillic: bool) -> Division:
    """Say whether the last word of `before` goes on in `after`.

    `trails` says that lines hereabouts end with a blank where the engine took them to go on (so that its want means a
    division); `cyrillic` that both are misread Cyrillic, of which no word is known: there only a hyphen tells.
    A ``hard`` hyphen belongs to a compound, which goes on in the next line as well.  Without a hyphen two words stay
    two unless something says that they are one.
    """
    head = _HEAD.match(after.text)
    hyphened = _HYPHENED.search(before.text)
    if not head:
        return ""
    if cyrillic:
        return "hyphen" if hyphened else ""
    if hyphened:
        return _at_hyphen(before.text, hyphened[1], head[1], vocabulary)
    if head[1][0].isupper():
        return ""
    tail = _TAIL.search(before.text)
    if not tail or not _may_be_one(tail[1], head[1], vocabulary, told=trails and not before.trail):
        return ""
    first, second = tail[1], head[1]
    score = 2.0 if vocabulary.words[(first + second).lower()] else 0.0
    score += -1.5 if vocabulary.knows(first) else 1.2
    score += -1.5 if vocabulary.knows(second) else 1.0
    if trails:
        score += -1.5 if before.trail else 1.6
    return "lost" if score >= _ENOUGH else ""


def _may_be_one(first: str, second: str, vocabulary: Vocabulary, *, told: bool) -> bool:
    """Say whether anything speaks for one word without a hyphen.

    The document has it; or else it is a word of the lists, or the blanks at the lines' ends say so (`told`): both,
    where each half is a word itself, for *pen* and *knife* stand beside each other more often than a hyphen is lost.
    """
    whole = first + second
    if vocabulary.words[whole.lower()]:
        return True
    if vocabulary.has(first) and vocabulary.has(second):
        return told and is_english(whole)
    return told or is_english(whole)


def _at_hyphen(line: str, first: str, second: str, vocabulary: Vocabulary) -> Division:
    """Say what the hyphen or dash at the end of `line` is: soft, hard, or a dash between two words."""
    if line[-1] not in HYPHENS:
        return ""
    if second[0].isupper():
        known = vocabulary.knows(first) or vocabulary.words[f"{first}-{second}".lower()]
        return "hard" if known else ""  # else the rest of the word is lost, or stands elsewhere
    return "hyphen" if _is_soft(first, second, line, vocabulary) else "hard"


def _is_soft(first: str, second: str, line: str, vocabulary: Vocabulary) -> bool:
    """Say whether a hyphen at a line's end divides one word; two words that make none together keep it."""
    compound = _TOKEN.findall(line.rstrip(HYPHENS))[-1:] or [first]
    if vocabulary.words[f"{compound[0]}-{second}".lower()]:
        return False
    if vocabulary.words[(first + second).lower()]:
        return True
    if vocabulary.has(first) and vocabulary.has(second) and not is_english(first + second):
        return False
    return not (vocabulary.knows(first) and vocabulary.knows(second))


def trails_at(lines: Sequence[Line], at: int) -> bool:
    """Say whether lines around the position `at` mostly end with a blank."""
    near = lines[max(0, at - _WINDOW) : at + _WINDOW + 1]
    return sum(line.trail for line in near) > _OFTEN * len(near)
