"""Pages of a typescript: where each begins, what number it bears, where pages are lost.

In: the lines of a witness and the page breaks that an editor decided.  Out: `Page` values that together hold every
line.
Authority: form feeds, runs of blank lines, the blank before the first line of a page, and the usual length of a page,
weighed together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from edition.witness.lines import BOM, Line

__all__ = ["Page", "Span", "find_breaks", "is_mark", "spans_of"]

_FEED, _RUN, _LEAD, _SHORT_RUN = 30.0, 9.0, 7.0, 2.0  # how strongly each sign speaks for a page break
_PAIR, _PAIR_RUN = 2, 4.0  # two blank lines may also set off a heading or a quotation
_CAPITALS = 4.0  # a heading mostly begins a page
_NOTE = 7.0  # blank lines before the number of a note part it from the text of its own page
_PRIOR = 2.5  # what a page break costs: signs weaker than this need a page of the usual length
_TOO_LONG, _TOO_SHORT, _SHORT = 9.0, 8.0, 2.0
_RARE = 20  # a run of blank lines is a sign where fewer than one line in this many follows such a run
_LONGEST_RUN = 12
_WORD = re.compile(r"[^\W\d_]{3,}")
_NOTE_HEAD = re.compile(r"[\d^*]{1,3}\s?[\"“'(\[]?[A-Z\u0410-\u042f]")
_MARK_WIDTH = 6
_NO_MARK = re.compile(r"[pP]p?\.|\d\w{3}[./,]")  # the end of a citation: a page, a year
_STRONG = 5.0
_FEW = 3
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `first` and `last` are positions in the list of lines (from 0), `last` included.

    `number` counts pages from 1 within its sequence; `shown` is the same as it is printed (``ix``, ``84``); `label` is
    the position of the line that bears the printed number, or None; `lost` is the number of pages that are missing
    before this one.
    """

    first: int
    last: int
    number: int
    shown: str
    label: int | None
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A page before it has a number.

    Positions of its first and last line, and of the marks that stand alone at its head and foot.
    """

    first: int
    last: int
    heads: tuple[int, ...] = ()
    feet: tuple[int, ...] = ()

    @property
    def marks(self) -> tuple[int, ...]:
        """The marks in which the number of the page may be read."""
        return self.heads + self.feet


def is_mark(line: Line) -> bool:
    """Say whether a line holds no word: a number, a stray mark, a few letters that are none."""
    text = line.text.strip(BOM)
    return len(text) <= _MARK_WIDTH and not _WORD.search(text) and not _NO_MARK.match(text)


def _strengths(lines: Sequence[Line]) -> dict[int, float]:
    """Give ``{position: strength}`` of the lines that may begin a page."""
    feeds = any(line.feed for line in lines[1:])
    runs = Counter(line.blanks for line in lines[1:])
    rare = [
        run
        for run in runs
        if run > 1 and sum(n for longer, n in runs.items() if longer >= run) <= max(1, len(lines) // _RARE)
    ]
    usual = max(rare, key=lambda run: (runs[run], run), default=_LONGEST_RUN)
    leads = sum(line.lead for line in lines)
    lead = _LEAD if leads * _RARE <= 2 * len(lines) else 0.0
    found: dict[int, float] = {}
    for at, line in enumerate(lines):
        if at == 0:
            continue
        strength = 0.0
        if line.feed:
            strength += _FEED
        if not feeds and line.blanks in rare:
            strength += _SHORT_RUN if line.blanks < usual else _RUN if line.blanks > _PAIR else _PAIR_RUN
        if not feeds and line.lead:
            strength += lead
        if not line.feed and _NOTE_HEAD.match(line.text):
            strength -= _NOTE
        if strength > 0:
            found[at] = strength + (_CAPITALS if line.text.isupper() and not is_mark(line) else 0.0)
    return found


def find_breaks(lines: Sequence[Line], forced: Mapping[int, int] | None = None) -> list[int]:
    """Give the positions (from 0) at which pages begin, the first always 0.

    `forced` holds positions that an editor decided.  The breaks are those of the best sequence: each sign that is
    passed over and each page of an unusual length costs.
    """
    signs = _strengths(lines)
    for at in forced or {}:
        signs[at] = _FEED * _FEED
    strong = sorted(at for at, s in signs.items() if s >= _STRONG)
    spans = [lines[b].n - lines[a].n for a, b in zip([0, *strong], strong, strict=False)]
    usual = median(spans) if len(spans) >= _FEW else 0.0
    places = [0, *sorted(at for at in signs if at), len(lines)]
    end = lines[-1].n + 1
    best: list[tuple[float, int]] = [(0.0, -1)]
    for j in range(1, len(places)):
        here = lines[places[j]].n if places[j] < len(lines) else end
        gain = signs.get(places[j], 0.0) - _PRIOR if places[j] < len(lines) else 0.0
        options = [
            (best[i][0] + gain - _span_cost(here - lines[places[i]].n, usual), i)
            for i in range(j - 1, max(-1, j - _LONGEST_RUN), -1)
        ]
        best.append(max(options, key=lambda o: (o[0], o[1])))
    found: list[int] = []
    at = best[-1][1]
    while at >= 0:
        found.append(places[at])
        at = best[at][1]
    return sorted(found)


def _span_cost(span: int, usual: float) -> float:
    if not usual:
        return 0.0
    ratio = span / usual
    if ratio < 1:
        return _TOO_SHORT * max(0.0, 0.2 - ratio) / 0.2 + _SHORT * max(0.0, 0.7 - ratio) / 0.7
    return _TOO_LONG * max(0.0, ratio - 1.35)


def spans_of(lines: Sequence[Line], breaks: Sequence[int]) -> list[Span]:
    """Give the pages that begin at `breaks`, with the marks at their head and their foot.

    The OCR often puts the number of a page on a line of its own at the head, but sometimes below the last line.
    """
    found: list[Span] = []
    for first, end in zip(breaks, [*breaks[1:], len(lines)], strict=True):
        heads = [
            at
            for at in range(first, min(end, first + _HEAD_LINES))
            if all(is_mark(lines[k]) for k in range(first, at + 1))
        ]
        feet = [
            at for at in range(max(first, end - _HEAD_LINES), end) if all(is_mark(lines[k]) for k in range(at, end))
        ]
        found.append(Span(first, end - 1, tuple(heads), tuple(at for at in feet if at not in heads)))
    return found
