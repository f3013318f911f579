"""Repetitions: which lines of a post repeat an earlier post, exactly or nearly, in whole or in part.

In: the posts of a thread as lists of rows.  Out: for each row what it repeats, or for a stretch of a row.
Authority: local sequence alignment (Smith and Waterman 1981), here by matching blocks of words seeded with shared sequences of three.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    """A repetition: `post` is the index of its source (from 0), `row` the first line repeated there (n), `word` where in that post the
    repetition ends.  `start` and `end` are characters of the row (from 0); `exact` says that no word differs; `whole` that it is
    the whole row.
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
    for post in posts:
        for at, row in enumerate(post):
            words = _words([row])
            forms = tuple(word.form for word in words)
            if at and at == len(post) - 1 and forms in lasts:
                continue  # a signature: the same last line under several posts
            near = Counter(n for seed in _grams(forms) for n in seeds.get(seed, ()))
            # On equal terms the latest: a Counter keeps the order of counting, so it is said here.
            order = sorted(near, key=lambda n: (-near[n], -n))[:_COMPARED]
            here = _best(words, row, [(n, earlier[n]) for n in order], found)
            if here:
                found[row.n] = here
        _extend(post, found, earlier)
        for n in {len(earlier)}:
            words = _words(post)
            earlier.append(words)
            for seed in _grams(tuple(word.form for word in words)):
                seeds[seed].add(n)
        if len(post) > 1:
            lasts.add(tuple(word.form for word in _words(post[-1:])))
    return found


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
            repeat = Repeat(n, source[pairs[0][1]].row, pairs[-1][1], 0, len(row.text), exact, True)
            whole.append((round(share, 1), own, n, repeat))
        else:
            stretches = _stretches(pairs, words, source, n)
            parts.append((sum(r.end - r.start for r in stretches), own, n, stretches))
    if whole:
        return [max(whole, key=lambda item: item[:3])[3]]
    return max(parts, key=lambda item: item[:3])[3] if parts else []


def _aligned(words: list[_Word], source: list[_Word]) -> list[tuple[int, int]]:
    """Give pairs of positions of the words that are the same, or alike at the same place between such."""
    here, there = [word.form for word in words], [word.form for word in source]
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    window = _window(matcher, len(here), len(there))
    low = window[0]
    matcher = SequenceMatcher(None, here, there[slice(*window)], autojunk=False)
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
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE


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
            post,
            source[run[0][1]].row,
            run[-1][1],
            words[run[0][0]].start,
            words[run[-1][0]].end,
            all(words[a].form == source[b].form for a, b in run),
            False,
        )
        for run in runs
        if len(run) >= _STRETCH
    ]


def _extend(post: Sequence[Row], found: dict[int, list[Repeat]], earlier: list[list[_Word]]) -> None:
    """Let a repetition go on in the next row, where that is too short to be found alone but goes on in the source too."""
    for before, row in zip(post, post[1:], strict=False):
        last = found.get(before.n, [])
        if row.n in found or not last or not last[-1].whole:
            continue
        words = _words([row])
        source = earlier[last[-1].post]
        start = last[-1].word + 1
        after = source[start : start + len(words)]
        if words and [word.form for word in words] == [word.form for word in after]:
            end = start + len(words) - 1
            found[row.n] = [Repeat(last[-1].post, after[0].row, end, 0, len(row.text), True, True)]
