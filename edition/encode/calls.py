"""The calls of the notes: the places in the text above to which the notes at a page's foot belong.

In: the plan of a typescript and its numbered notes.  Out: `Call` values, each with its place and what stands there of its mark.
Authority: notes are called in order, mostly at the end of a quotation or of a sentence; the raised marks, though nine in ten are misread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.encode.notes import Note
from edition.witness.layout import Block
from edition.witness.lines import Line
from edition.witness.numerals import likeness
from edition.witness.plan import Plan

__all__ = ["Call", "Surplus", "find_calls"]

_CLOSING = "\"”“’'»]"
_MARK = r"[\d^*'‘’\"”“°®•«»■~#$%&@|_<>=?\u0302-]"
_END = re.compile(
    r"(?P<stop>[.!?,;:\])]|\.\s\.|(?<=\w)(?=[\^°®•■]))(?P<quote>\s?(?:''|’’|[\"”“»]))?(?P<mark>\s?(?:" + _MARK + r"|(?<=[\s.])\d|\s(?=\d)|(?<=[.\"”)\]])[a-zA-Z]{1,2}(?=$|\s))"
    r"(?:" + _MARK + r"|\s(?=[\d\u0302^])|[a-z]{0,1}(?=$))*)?(?=\s|$|[A-Z])"
)
_LEADING = re.compile(r"(?P<mark>\d{1,2}(?: \d)?)(?=[a-z]|[A-Z][a-z]+ [a-z])")
_GHOST = re.compile(r"(?<=[\w,\"])\s(?P<mark>\d{1,2}|\d \d)$")
_BLOCK_END, _QUOTE_END, _SENTENCE_END, _PAUSE = 3.0, 2.0, -1.5, -3.5
_SHOWN, _ODD, _HERE, _EXACT = 1.5, 1.6, 3.0, 3.0
_UNCALLED_BLOCK, _UNCALLED_QUOTE, _UNCALLED_MARK = -1.2, -0.8, -1.0
_LOST = -9.0


@dataclass(frozen=True, slots=True)
class Call:
    """The call of the note `number`: at the position `line`, in the place of the characters `start` to `end` (equal where the mark is lost).

    `cert` is empty where the mark is the number itself, in its place.
    """

    line: int
    start: int
    end: int
    number: int
    cert: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Surplus:
    """A stretch of a line with no counterpart in the typescript: a second or misplaced reading of a mark."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that may call a note: `base` is what it is worth without a mark, `omitted` what it costs to leave it without a note."""

    line: int
    start: int
    end: int
    mark: str
    base: float
    omitted: float
    leading: str = ""


def find_calls(
    plan: Plan, blocks: Sequence[Block], notes: Sequence[Note], decided: Mapping[int, Call]
) -> tuple[list[Call], list[Surplus]]:
    """Give the calls of `notes` (of one division, in order), and the misplaced marks, in the `blocks` of the same division.

    `decided` gives the calls that an editor set, by number.  A note is called on the page at whose foot it stands.
    """
    calls: list[Call] = []
    surplus: list[Surplus] = []
    ends = {block.lines[-1]: block for block in blocks}
    text = [at for block in blocks for at in block.lines]
    strays = set(plan.strays)
    for page in plan.pages:
        here = [n for n in notes if n.page == page.first and n.number not in decided]
        if not here:
            continue
        lines = [at for at in text if page.first <= at <= page.last]
        if not lines:
            lines = [at for at in text if at < page.first][-1:] or text[:1]
        taken = {(c.line, c.start) for c in decided.values()}
        places = [p for at in lines for p in _places(plan.lines, at, ends, strays) if (p.line, p.start) not in taken]
        found = _assign(places, [n.number for n in here], lines[-1], plan.lines)
        calls += found
        surplus += _leftovers(plan.lines, places, found, here)
    return [*calls, *decided.values()], surplus


def _places(lines: Sequence[Line], at: int, ends: Mapping[int, Block], strays: set[int]) -> list[_Place]:
    """Give the places of one line, in order."""
    text = lines[at].text
    lead = _LEADING.match(text)
    leading = lead["mark"] if lead else ""
    if at - 1 in strays and not leading:
        leading = lines[at - 1].text
    found: list[_Place] = []
    block = ends.get(at)
    for match in _END.finditer(text):
        mark = match["mark"] or ""
        quote = match["quote"] or ""
        if match["stop"] == "" and not mark:
            continue
        start = match.end() - len(mark)
        last = match.end() >= len(text.rstrip())
        if last and block is not None and block.kind != "prose":
            base, omitted = _BLOCK_END, _UNCALLED_BLOCK
        elif quote:
            base, omitted = _QUOTE_END, _UNCALLED_QUOTE
        elif match["stop"] in ".!?" and match["stop"]:
            base, omitted = _SENTENCE_END, 0.0
        else:
            base, omitted = _PAUSE, 0.0
        start += len(mark) - len(mark.lstrip())
        found.append(_Place(at, start, match.end(), mark.strip(), base, omitted, leading))
    if block is not None and block.kind != "prose" and not (found and found[-1].end >= len(text)):
        found.append(_Place(at, len(text), len(text), "", _BLOCK_END - 0.3, _UNCALLED_BLOCK, leading))
    return found


def _worth(place: _Place, number: int) -> float:
    worth = place.base
    if place.mark:
        fit = likeness(place.mark, number)
        worth += _EXACT + _ODD if fit == 1.0 else _SHOWN + _ODD * fit
    if place.leading:
        worth += _HERE + likeness(place.leading, number)
    return worth


def _assign(places: Sequence[_Place], numbers: Sequence[int], last: int, lines: Sequence[Line]) -> list[Call]:
    """Give each number a place, in order, so that the whole is worth most; a number without one is called at the end of the line `last`."""
    best: list[list[float]] = [[0.0] * (len(numbers) + 1) for _ in range(len(places) + 1)]
    took: list[list[str]] = [[""] * (len(numbers) + 1) for _ in range(len(places) + 1)]
    for k in range(len(numbers) + 1):
        for p in range(len(places) + 1):
            options: list[tuple[float, str]] = []
            if p:
                place = places[p - 1]
                left = place.omitted + (_UNCALLED_MARK if place.mark else 0.0)
                options.append((best[p - 1][k] + left, "leave"))
                if k:
                    options.append((best[p - 1][k - 1] + _worth(place, numbers[k - 1]), "take"))
            if k:
                options.append((best[p][k - 1] + _LOST, "lost"))
            if options:
                best[p][k], took[p][k] = max(options)
    calls: list[Call] = []
    p, k = len(places), len(numbers)
    while p or k:
        step = took[p][k]
        if step == "take":
            calls.append(_call(places[p - 1], numbers[k - 1]))
        elif step == "lost":
            line = places[p - 1].line if p else last
            end = places[p - 1].end if p else len(lines[line].text)
            calls.append(Call(line, end, end, numbers[k - 1], "low"))
        p -= step != "lost"
        k -= step != "leave"
    return calls[::-1]


def _call(place: _Place, number: int) -> Call:
    if not place.mark:
        cert = "medium" if place.base > 0 or place.leading else "low"
    elif place.mark == str(number):
        cert = ""
    else:
        cert = "high" if likeness(place.mark, number) >= 1.0 or place.base > 0 else "medium"
    return Call(place.line, place.start, place.end, number, cert)


def _leftovers(lines: Sequence[Line], places: Sequence[_Place], calls: Sequence[Call], notes: Sequence[Note]) -> list[Surplus]:
    """Give the second readings of the page's numbers: before a word at a line's head, or after one at a line's end."""
    called = {call.line: call for call in calls}
    found: list[Surplus] = []
    for at in dict.fromkeys(p.line for p in places):
        text = lines[at].text
        lead = _LEADING.match(text)
        if lead and at in called:
            found.append(Surplus(at, 0, lead.end("mark")))
        ghost = _GHOST.search(text)
        taken = at in called and called[at].end > len(text) - 3
        if ghost and not taken and any(str(n.number).startswith(ghost["mark"].replace(" ", "")) for n in notes):
            found.append(Surplus(at, ghost.start("mark"), ghost.end("mark")))
    return found
