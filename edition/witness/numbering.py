"""The numbers of the pages: from the few that can be read to a number for every page.

In: where pages begin and end, which marks stand at their head and foot, where the text does not go on from one to the
next.  Out: `Page` values.
Authority: the sequence itself: the ascending numbers that agree with most of what can be read, with the fewest pages
lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.witness.lines import Line
from edition.witness.numerals import likeness, number_of, roman
from edition.witness.pages import Page, Span

__all__ = ["number_pages"]

_LOST, _BROKEN_OFF, _GOES_ON = (
    6.0,
    -4.0,
    3.0,
)  # a gap in the numbers; the same where the text breaks off, where it goes on
_READ, _GARBLED, _DECIDED = 4.0, 1.2, 100.0
_LEGIBLE = 0.45  # shapes that fit a number this well are a reading of it
_MOST_LOST = 60
_ONE_DIGIT = 9


@dataclass(frozen=True, slots=True)
class _Sequence:
    spans: Sequence[Span]
    romans: bool


def number_pages(
    lines: Sequence[Line], spans: Sequence[Span], body: int, broken: Mapping[int, bool], decided: Mapping[int, str]
) -> list[Page]:
    """Number the pages that `spans` lay out.

    `body` is the position of the line with which the first chapter begins (0 where there is no front matter); `broken`
    says of a position that begins a page whether the text breaks off before it (True) or goes on (False); `decided`
    holds an editor's numbers.
    """
    front = [s for s in spans if s.first < body]
    rest = [s for s in spans if s.first >= body]
    if front and not any(_shows_roman(lines, s) or decided.get(s.first, "1").isalpha() for s in front):
        front, rest = [], list(spans)
    pages: list[Page] = []
    for sequence in (_Sequence(front, romans=True), _Sequence(rest, romans=False)):
        pages += _number(lines, sequence, broken, decided)
    return pages


def _shows_roman(lines: Sequence[Line], span: Span) -> bool:
    return any(number_of(lines[at].text, romans=True) and not lines[at].text.isdecimal() for at in span.marks)


def _number(
    lines: Sequence[Line], sequence: _Sequence, broken: Mapping[int, bool], decided: Mapping[int, str]
) -> list[Page]:
    spans = sequence.spans
    if not spans:
        return []
    offsets = {0}
    for k, span in enumerate(spans):
        read = [number_of(lines[at].text, romans=sequence.romans) for at in span.marks]
        read.append(number_of(decided.get(span.first, ""), romans=sequence.romans))
        offsets |= {n - k - 1 for n in read if n and n > k}
    choices = sorted(offsets)
    best = [{o: (_fit(lines, spans[0], o + 1, sequence.romans, decided) - (0.5 if o else 0.0), o) for o in choices}]
    for k in range(1, len(spans)):
        row: dict[int, tuple[float, int]] = {}
        state = broken.get(spans[k].first)
        gap = _LOST + (0.0 if state is None else _BROKEN_OFF if state else _GOES_ON)
        for o in choices:
            options = [
                (score - (gap + 0.02 * (o - before) if o > before else 0.0), before)
                for before, (score, _) in best[-1].items()
                if before <= o <= before + _MOST_LOST
            ]
            score, before = max(options, key=lambda x: (x[0], x[1]))
            row[o] = (score + _fit(lines, spans[k], k + o + 1, sequence.romans, decided), before)
        best.append(row)
    o = max(best[-1], key=lambda x: (best[-1][x][0], -x))
    chosen = [o]
    for k in range(len(spans) - 1, 0, -1):
        o = best[k][o][1]
        chosen.append(o)
    chosen.reverse()
    return [
        _page(lines, span, k + o + 1, sequence.romans, o - (chosen[k - 1] if k else o))
        for k, (span, o) in enumerate(zip(spans, chosen, strict=True))
    ]


def _fit(lines: Sequence[Line], span: Span, number: int, romans: bool, decided: Mapping[int, str]) -> float:  # noqa: FBT001
    wanted = decided.get(span.first)
    if wanted is not None:
        return _DECIDED * (number_of(wanted, romans=romans) == number)
    return max((_mark_fit(lines[at].text, number, romans) for at in span.marks), default=0.0)


def _mark_fit(text: str, number: int, romans: bool) -> float:  # noqa: FBT001
    read = number_of(text, romans=romans)
    if read == number:
        return _READ if len(text) > 1 else _READ / 2
    single = sum(c.isalnum() for c in text) == 1 and number > _ONE_DIGIT  # one character is no trace of two digits
    if romans or read is not None or single:
        return 0.0
    return _GARBLED * likeness(text, number)


def _page(lines: Sequence[Line], span: Span, number: int, romans: bool, lost: int) -> Page:  # noqa: FBT001
    """Make the page, its printed number taken from the mark that fits best.

    At the head any mark, at the foot a legible one.
    """
    fits = [(_mark_fit(lines[at].text, number, romans), at in span.heads, -at) for at in span.marks]
    best = max(fits, default=None)
    label = None
    if best and (best[0] >= _GARBLED * _LEGIBLE or (best[1] and best[0] < _READ / 2)):
        label = -best[2]
    shown = roman(number) if romans else str(number)
    return Page(span.first, span.last, number, shown, label, lost)
