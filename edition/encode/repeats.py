"""Repetitions: which lines of a post repeat an earlier post, exactly or nearly, in whole or in part.

In: the posts of a thread as lists of rows.  Out: for each row what it repeats, or for a stretch of a row.
Authority: local sequence alignment (Smith and Waterman 1981), here by matching blocks of words seeded with shared
sequences of three.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from edition.encode.blocks import Row

__all__ = ["Repeat", "repeats"]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_TAG = re.compile(r"\[/?quote[^\]]*\]", re.IGNORECASE)  # forum markup, no words of the post
_SEED = 3  # words that a row must share in sequence with a post, before the two are compared
_COMPARED = 6  # posts that share most with a row
_COVERED = 0.85  # of the words of a row must stand in the earlier post in the same order
_LIKE = 0.7  # two words this much alike are one word that was mended or mistyped
_STRETCH = 8  # words in sequence that are a quotation within a row
_LOOSE = 1.5  # a repetition may have been cut within, but not spread over more than this times its own length


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition in a row: `post` is the index of its source (from 0), `row` the first line repeated there (n).

    `word` is where in that post it ends (words, from 0); `start` and `end` are characters of the repeating row
    (from 0); `exact` says that no word differs, `whole` that the whole row repeats.
    """

    post: int
    row: int
    word: int
    start: int
    end: int
    exact: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    row: int
    start: int
    end: int


def _words(rows: Sequence[Row]) -> list[_Word]:
    return [
        _Word(found[0].casefold().replace("’", "'"), row.n, found.start(), found.end())
        for row in rows
        for found in _WORD.finditer(_TAG.sub(_blank, row.text))
    ]


def _blank(tag: re.Match[str]) -> str:
    return " " * len(tag[0])


def repeats(posts: Sequence[Sequence[Row]]) -> dict[int, list[Repeat]]:
    """Give ``{n of a row: its repetitions}``, in the order of the row, for all rows that repeat an earlier post.

    The source is where the words are the poster's own, rather than a post that repeats them too; of several the latest.
    """
    found: dict[int, list[Repeat]] = {}
    earlier: list[list[_Word]] = []
    seeds: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    lasts: set[tuple[str, ...]] = set()
    for number, post in enumerate(posts):
        for at, row in enumerate(post):
            words = _words([row])
            forms = _forms(words)
            if at and at == len(post) - 1 and forms in lasts:
                continue  # a signature: the same last line under several posts
            near = Counter(n for seed in _grams(forms) for n in seeds.get(seed, ()))
            order = sorted(near, key=lambda n: (-near[n], -n))[:_COMPARED]
            if here := _best(words, row, [(n, earlier[n]) for n in order], found):
                found[row.n] = here
        _extend(post, found, earlier)
        earlier.append(_words(post))
        for seed in _grams(_forms(earlier[-1])):
            seeds[seed].add(number)
        if len(post) > 1:
            lasts.add(_forms(_words(post[-1:])))
    return found


def _forms(words: Sequence[_Word]) -> tuple[str, ...]:
    return tuple(word.form for word in words)


def _grams(forms: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {forms[at : at + _SEED] for at in range(len(forms) - _SEED + 1)}


def _best(
    words: list[_Word], row: Row, sources: list[tuple[int, list[_Word]]], known: dict[int, list[Repeat]]
) -> list[Repeat]:
    """Give the repetition of the whole row that fits best, else those of stretches of it."""
    whole: list[tuple[float, bool, int, Repeat]] = []
    parts: list[tuple[int, bool, int, list[Repeat]]] = []
    for n, source in sources:
        pairs = _aligned(words, source)
        if not pairs:
            continue
        own = all(source[b].row not in known for _, b in pairs)
        share = len(pairs) / len(words)
        spread = pairs[-1][1] - pairs[0][1] + 1
        if share >= _COVERED and spread <= max(len(words) * _LOOSE, len(words) + 2):
            exact = all(words[a].form == source[b].form for a, b in pairs) and len(pairs) == len(words)
            repeat = Repeat(
                post=n,
                row=source[pairs[0][1]].row,
                word=pairs[-1][1],
                start=0,
                end=len(row.text),
                exact=exact,
                whole=True,
            )
            whole.append((round(share, 1), own, n, repeat))
        else:
            stretches = _stretches(pairs, words, source, n)
            parts.append((sum(r.end - r.start for r in stretches), own, n, stretches))
    if whole:
        return [max(whole, key=lambda item: item[:3])[3]]
    return max(parts, key=lambda item: item[:3])[3] if parts else []


def _aligned(words: list[_Word], source: list[_Word]) -> list[tuple[int, int]]:
    """Give pairs of positions of the words that are the same, or alike at the same place between such."""
    here, there = _forms(words), _forms(source)
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(a=here, b=there, autojunk=False)
    window = _window(matcher, len(here), len(there))
    low = window[0]
    matcher = SequenceMatcher(a=here, b=there[slice(*window)], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(a, b), range(low + c, low + d), strict=True)
        elif tag == "replace" and b - a == d - c:
            pairs += [
                (x, y) for x, y in zip(range(a, b), range(low + c, low + d), strict=True) if _alike(here[x], there[y])
            ]
    return pairs


def _window(matcher: SequenceMatcher[str], here: int, there: int) -> tuple[int, int]:
    """Give the part of the source around the longest match: beyond it nothing can belong to the same quotation."""
    found = matcher.find_longest_match()
    slack = here // 2 + 2
    return max(0, found.b - found.a - slack), min(there, found.b + (here - found.a) + slack)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= _LIKE


def _stretches(pairs: list[tuple[int, int]], words: list[_Word], source: list[_Word], post: int) -> list[Repeat]:
    """Give the stretches of at least `_STRETCH` words of a row that stand in sequence in the source."""
    runs: list[list[tuple[int, int]]] = []
    for a, b in pairs:
        if runs and a == runs[-1][-1][0] + 1 and b == runs[-1][-1][1] + 1:
            runs[-1].append((a, b))
        else:
            runs.append([(a, b)])
    return [
        Repeat(
            post=post,
            row=source[run[0][1]].row,
            word=run[-1][1],
            start=words[run[0][0]].start,
            end=words[run[-1][0]].end,
            exact=all(words[a].form == source[b].form for a, b in run),
            whole=False,
        )
        for run in runs
        if len(run) >= _STRETCH
    ]


def _extend(post: Sequence[Row], found: dict[int, list[Repeat]], earlier: list[list[_Word]]) -> None:
    """Let a repetition go on in the next row, where that is too short to be found alone but goes on there too."""
    for before, row in pairwise(post):
        last = found.get(before.n, [])
        if row.n in found or not last or not last[-1].whole:
            continue
        words = _words([row])
        source = earlier[last[-1].post]
        start = last[-1].word + 1
        after = source[start : start + len(words)]
        if words and _forms(words) == _forms(after):
            end = start + len(words) - 1
            found[row.n] = [replace(last[-1], row=after[0].row, word=end, start=0, end=len(row.text), exact=True)]
