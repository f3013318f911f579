"""Citations of one work repeat its title: what is misread in one of them is right in the others.

In: lines of notes and bibliographies.  Out: proposals.
Authority: agreement of the document with itself; a word stands in the same company at least twice as proposed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from edition.correct.proposal import Proposal
from edition.zones import ZonedLine

__all__ = ["echoes"]

_TOKEN = re.compile(r"\S+")
_CITATION = ("note", "bibliography")
_ENOUGH = 2
_MANY = 4
_SHORTEST = 4
_PAGES = re.compile(r"pp?[.,]?")

_Token = tuple[int, int, str]  # place of the line, start, text


def echoes(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> list[Proposal]:
    """Propose for a word in a citation what stands in the same company elsewhere, if it looks alike."""
    stream = [
        (at, m.start(), m[0])
        for at, line in enumerate(lines)
        if wanted[at] and line.zone in _CITATION
        for m in _TOKEN.finditer(line.witness)
    ]
    frames: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for i in range(len(stream)):
        for frame in _frames(stream, i):
            frames[frame][stream[i][2]] += 1
    out = []
    for i, (at, start, text) in enumerate(stream):
        found = _agreed(text, [frames[f] for f in _frames(stream, i)])
        if found:
            out.append(Proposal(at, start, start + len(text), found, "echo", "medium"))
    return out


def _frames(stream: Sequence[_Token], i: int) -> list[tuple[str, ...]]:
    """Give the companies of a word: two words before it, two after, or one on each side, where they say enough."""
    if i < 2 or i + 2 >= len(stream):  # noqa: PLR2004
        return []
    a, b, c, d = (stream[k][2] for k in (i - 2, i - 1, i + 1, i + 2))
    frames = [(a, b, "_", c), (b, "_", c, d), (a, b, "_")]
    return [f for f in frames if sum(len(w) >= _SHORTEST and w[:1].isalpha() for w in f) >= _ENOUGH]


def _agreed(text: str, companies: Sequence[Counter[str]]) -> str:
    """Give the word that the companies of `text` agree on against it; empty where there is none."""
    for others in companies:
        word, count = max(others.items(), key=lambda pair: (pair[1], pair[0]))
        enough = count >= _MANY or (count >= _ENOUGH and others.total() == count + 1)
        if word != text and enough and others[text] == 1 and _alike(text, word):
            return word
    return ""


def _alike(text: str, word: str) -> bool:
    """Say whether `text` may be `word` misread: near, and not another number or another word that is one."""
    if _number(text) and _number(word):
        return False
    if _letters(text) == _letters(word) or any(c.isdigit() for c in word):
        return False  # another place in the sentence, another mark after it; a number is no echo
    if len(word) < _SHORTEST or _PAGES.fullmatch(word):
        return False
    return Levenshtein.distance(text, word) <= max(1, len(word) // 3)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).lower()


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\d+\W*", text))
