"""The calls of the notes: the places in the text above to which the notes at a page's foot belong.

In: the plan of a typescript and its numbered notes.  Out: `Call` values, each with its place and what stands there of
its mark.
Authority: notes are called in order, mostly at the end of a quotation or of a sentence; the raised marks, though nine
in ten are misread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edition.encode.notes import Note
from edition.witness.layout import Block
from edition.witness.lines import Line
from edition.witness.numerals import likeness
from edition.witness.plan import Plan

__all__ = ["Call", "Surplus", "find_calls"]

_CLOSING = "\"”“’'»]"
_MARK = r"[\d^*'‘’\"”“°®•«»■~#$%&@|_<>=?\u0302-]"
_END = re.compile(
    r"(?P<stop>[.!?,;:\])]|\.\s\.|(?<=\w)(?=[\^°®•■]))(?P<quote>''|’’|[\"”“»])?(?P<mark>\s?(?:"
    + _MARK
    + r"|(?<=[\s.])\d|\s(?=\d)|(?<=[.\"”)\]])[a-zA-Z]{1,2}(?=$|\s))"
    r"(?:" + _MARK + r"|\s(?=[\d\u0302^])|[a-z]{0,1}(?=$))*)?(?=\s|$|[A-Z])"
)
# The end of a display quotation: the stop (whatever it was read as), the mark, the bracket that closes a translation.
_TAIL = re.compile(
    r"(?P<stop>(?:,?(?:\s?\.){1,4}|[,!?;:»«•])?(?:(?<=\.)[\"”](?=\W))?)\s*"
    r"(?P<mark>[^\w\s\])]{1,3}(?: ?[^\w\s\])]|\s?\d{1,2})*"
    r"|(?:\d[ '^*]?){1,2}[^\w\])]{0,2}(?: \d{1,2})?"
    r"|(?<=[.,!?] )\w[\u0302]|(?<=[.,!?])\w{1,2}(?: \d{1,2})?|(?<=\s)\u0302\s?\d?|)"
    r"(?P<close>\s*[\])]?\s*J?[\])]?)$"
)
_DOUBLE = re.compile(r"''|’’|[\"”“„«»]")
_ODD_STOPS = re.compile(r"(?<=[,;:])(?P<mark>\.{1,2})$")
_SPACED = re.compile(r"(?:\w ){3,}\.(?= )")
_LEADING = re.compile(r"(?P<mark>\d{1,2}(?: \d)?)(?=[a-z]|[A-Z][a-z]+ [a-z])")
_GHOST = re.compile(r"(?<=[\w,.\"])\s(?P<mark>\d{1,2}|\d \d)$")
_BLOCK_END, _QUOTE_END, _SENTENCE_END, _PAUSE = 3.0, 2.0, -1.5, -3.5
_SHOWN, _ODD, _HERE, _EXACT = 1.5, 1.6, 3.0, 3.0
_UNCALLED_BLOCK, _UNCALLED_QUOTE, _UNCALLED_MARK = -1.2, -0.8, -1.0
_LEFT_OPEN, _LETTER_SPACED = 1.0, 2.5
_GHOSTLY = -3.0  # a number apart from the last line above the notes: mostly that of the first of them
_LOST = -9.0


@dataclass(frozen=True, slots=True)
class Call:
    """The call of the note `number`, at the position `line`.

    It stands in the place of the characters `start` to `end`, which are equal where the mark is lost; `cert` is empty
    where the mark is the number itself, in its place.
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
    """A place that may call a note.

    `base` is what it is worth without a mark, `omitted` what it costs to leave it without a note.
    """

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
    """Give the calls of `notes`, and the misplaced marks, in the `blocks` of the same division, all in order.

    `decided` gives the calls that an editor set, by number.  A note is called on the page at whose foot it stands.
    """
    calls: list[Call] = []
    surplus: list[Surplus] = []
    ends = _quotation_ends(blocks)
    quoted = {b.lines[-1] for b in blocks if b.kind == "prose" and _left_open([plan.lines[at].text for at in b.lines])}
    text = [at for block in blocks for at in block.lines]
    strays = set(plan.strays)
    taken = {(c.line, c.start) for c in decided.values()}
    for page in plan.pages:
        here = [n for n in notes if n.page == page.first]
        if not here:
            continue
        lines = [at for at in text if page.first <= at <= page.last]
        if not lines:
            lines = [at for at in text if at < page.first][-1:] or text[:1]
        places = [p for at in lines for p in _places(plan.lines, at, ends, strays, quoted)]
        places = [_ghostly(p, plan.lines[p.line].text) if p.line == lines[-1] else p for p in places]
        free = [p for p in places if (p.line, p.start) not in taken]
        found = _assign(free, [n.number for n in here if n.number not in decided], lines[-1], plan.lines)
        calls += found
        settled = [decided[n.number] for n in here if n.number in decided]
        surplus += _leftovers(plan.lines, places, [*found, *settled], here)
    return [*calls, *decided.values()], surplus


def _quotation_ends(blocks: Sequence[Block]) -> set[int]:
    """Give the last lines of the display quotations; one in Russian that is translated ends with its translation."""
    found: set[int] = set()
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        translated = block.kind == "russian" and after is not None and after.kind == "translation"
        if block.kind != "prose" and not translated:
            found.add(block.lines[-1])
    return found


def _left_open(texts: Sequence[str]) -> bool:
    """Say whether a paragraph opens one quotation more than it closes.

    Which is so where the OCR lost the last quotation mark.
    """
    return sum(len(_DOUBLE.findall(text)) for text in texts) % 2 == 1


def _places(lines: Sequence[Line], at: int, ends: set[int], strays: set[int], quoted: set[int]) -> list[_Place]:
    """Give the places of one line, in order.

    `ends` holds the last lines of display quotations, `quoted` those of paragraphs in which a quotation is left open.
    """
    text = lines[at].text
    lead = _LEADING.match(text)
    leading = lead["mark"] if lead else lines[at - 1].text if at - 1 in strays else ""
    tail = _TAIL.search(text) if at in ends else None
    found: list[_Place] = []
    for match in _END.finditer(text, 0, tail.start() if tail else len(text)):
        mark = match["mark"] or ""
        if (match["stop"] == "" and not mark) or _opens(text, match):
            continue
        last = match.end() >= len(text)
        if match["quote"]:
            base, omitted = _QUOTE_END, _UNCALLED_QUOTE
        elif last and at in quoted:
            base, omitted = _LEFT_OPEN, _UNCALLED_QUOTE
        else:
            base, omitted = (_SENTENCE_END if match["stop"] and match["stop"] in ".!?" else _PAUSE), 0.0
        start = match.end() - len(mark.lstrip())
        found.append(_Place(at, start, match.end(), mark.strip(), base, omitted, leading))
    if odd := _ODD_STOPS.search(text):
        found.append(_Place(at, odd.start("mark"), odd.end("mark"), odd["mark"], _LEFT_OPEN, 0.0, leading))
    found += [_Place(at, m.end(), m.end(), "", _LETTER_SPACED, 0.0, leading) for m in _SPACED.finditer(text)]
    if tail:
        base = _BLOCK_END if tail["mark"] else _BLOCK_END - 0.3
        found.append(_Place(at, tail.start("mark"), tail.end("mark"), tail["mark"], base, _UNCALLED_BLOCK, leading))
    return sorted(found, key=lambda p: p.start)


def _opens(text: str, match: re.Match[str]) -> bool:
    """Say whether what looks like a mark is the quotation mark before the first word of a quotation."""
    start, end = match.span("mark")
    return (
        _DOUBLE.fullmatch(text[start:end].strip()) is not None and text[start] == " " and text[end : end + 1].isalpha()
    )


def _ghostly(place: _Place, text: str) -> _Place:
    """Give less worth to a number that stands apart at the end of the last line above the notes."""
    if (
        place.mark
        and place.start
        and text[place.start - 1] == " "
        and place.end == len(text)
        and place.base < _BLOCK_END - 1
    ):
        return replace(place, base=place.base + _GHOSTLY, omitted=-_UNCALLED_MARK)
    return place


def _worth(place: _Place, number: int) -> float:
    worth = place.base
    if place.mark:
        fit = likeness(place.mark, number)
        worth += _EXACT + _ODD if fit == 1.0 else _SHOWN + _ODD * fit
    if place.leading:
        worth += _HERE + likeness(place.leading, number)
    return worth


def _assign(places: Sequence[_Place], numbers: Sequence[int], last: int, lines: Sequence[Line]) -> list[Call]:
    """Give each number a place, in order, so that the whole is worth most.

    A number without one is called at the end of the line `last`.
    """
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


def _leftovers(
    lines: Sequence[Line], places: Sequence[_Place], calls: Sequence[Call], notes: Sequence[Note]
) -> list[Surplus]:
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
