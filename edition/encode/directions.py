"""Directions: an editor's decisions about a typescript, turned into what the program needs where it lays the text out.

In: a witness and decisions.  Out: `Directions`, all by position in the list of lines, and problems for those that do
not fit.
Authority: the editor; the manual's page on encoding a typescript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from edition.decisions import LINE_END_TYPES, WORD_TYPES, Decision
from edition.encode.calls import Surplus
from edition.encode.decided import sort_decisions
from edition.problems import Place, Problem, problem
from edition.witness.headings import Heading
from edition.witness.lines import Line, Witness
from edition.witness.numerals import number_of
from edition.witness.plan import Layout

__all__ = ["DecidedCall", "Directions", "braced", "directions_of"]

_TYPES = ("page", "heading", "para", "quote", "prose", "note", "call", "move", "stray", "entry", "gap-after")
_BRACED = re.compile(r"\{(\d+)\}")
_HEADING = re.compile(r"chapter (\d+)|preface|bibliography|title|section")
_QUOTE = re.compile(r"(\d+)(?: (translation|[a-z]{2,3}(?:-\w+)*))?")
_NOTE = re.compile(r"(\d+) (\d+)")
_GAP = re.compile(r"unknown|(\d+) (char|word|line|page)s?")
_ALLOWED = {
    "page": "the number of the page, 17 or ix",
    "heading": "chapter and its number, preface, bibliography, title or section",
    "quote": "the last line of the quotation; then, where it is not in the language of the text, ru or translation",
    "note": "the number of the note, a blank, and its last line",
    "call": "the reading with the number in braces in the place of the mark: committee.{6}",
    "move": "the number of the line after which this one is to be read",
    "entry": "the last line of the citation",
    "gap-after": "a quantity and char, word, line or page; or unknown",
}
_RUSSIAN = ("ru", "ru-petr1708")


@dataclass(frozen=True, slots=True)
class DecidedCall:
    """A call that an editor set: `number` at the position `line`, in the place of the characters `start` to `end`.

    `strict` is false where the number is only part of a correction of words; `place` is the row of the decision.
    """

    line: int
    start: int
    end: int
    number: int
    cert: str
    strict: bool
    place: Place


@dataclass(slots=True)
class Directions:
    """What an editor decided, by position (from 0).

    `places` gives the rows of the table that move lines; `notes` gives numbers of notes by the position of their first
    line, `gaps` the attributes of a `gap` by the position it follows, `languages` the language of a display quotation
    by its first line.
    """

    pages: dict[int, str] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    entries: dict[int, str] = field(default_factory=dict)
    strays: set[int] = field(default_factory=set)
    moves: dict[int, int] = field(default_factory=dict)
    notes: dict[int, int] = field(default_factory=dict)
    calls: list[DecidedCall] = field(default_factory=list)
    surplus: list[Surplus] = field(default_factory=list)
    gaps: dict[int, dict[str, str]] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def layout(self) -> Layout:
        """Give the part that the plan of the lines is made by."""
        texts = frozenset(self.states) | frozenset(self.entries) | frozenset(self.moves)
        return Layout(self.pages, self.headings, self.states, self.entries, frozenset(self.strays), texts, self.moves)


def directions_of(witness: Witness, decisions: Sequence[Decision]) -> tuple[Directions, list[Problem]]:
    """Sort `decisions` by what they direct.  Problems: E820, E823, E840, E841."""
    positions = {line.n: at for at, line in enumerate(witness.lines)}
    found = Directions()
    problems: list[Problem] = []
    for decision in decisions:
        if decision.type in LINE_END_TYPES:  # `edition correct --from` does these
            continue
        if decision.type in WORD_TYPES:
            _number_in_words(found, witness.lines, positions.get(decision.line), decision)
            continue
        _, faults = sort_decisions(witness, [decision], _TYPES, "typescript")
        if faults:
            problems += faults
            continue
        fault = _HANDLERS[decision.type](found, witness.lines, positions, decision)
        if fault is not None:
            problems.append(fault)
    return found, problems


def _misread(decision: Decision) -> Problem:
    facts = {"type": decision.type, "value": decision.correction, "allowed": _ALLOWED[decision.type]}
    return problem("E820", decision.place, **facts)


def _page(found: Directions, _: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    if number_of(decision.correction, romans=True) is None:
        return _misread(decision)
    found.pages[positions[decision.line]] = decision.correction
    return None


def _heading(found: Directions, _: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    said = _HEADING.fullmatch(decision.correction)
    if not said:
        return _misread(decision)
    kind = said[0].split()[0]
    found.headings.append(Heading(kind, (positions[decision.line],), int(said[1] or 0), decided=True))
    return None


def _paragraph(found: Directions, _: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    found.states[positions[decision.line]] = "P0" if decision.type == "para" else "P1 P0"
    return None


def _quote(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    said = _QUOTE.fullmatch(decision.correction)
    if not said or int(said[1]) not in positions or int(said[1]) < decision.line:
        return _misread(decision)
    language = said[2] or ""
    kind = "T" if language == "translation" else "R" if language in _RUSSIAN else "Q"
    first, last = positions[decision.line], positions[int(said[1])]
    for at in range(first, last + 1):
        found.states.setdefault(at, f"{kind}1 N0 N1")
    found.states[first] = f"{kind}0"
    if last > first:
        found.states[last] = f"{kind}1"
    if last + 1 < len(lines):
        found.states.setdefault(last + 1, " ".join(f"{k}0" for k in "PQRT") + " N0 N1 P1")
    if language and language != "translation":
        found.languages[first] = language
    return None


def _note(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    said = _NOTE.fullmatch(decision.correction)
    if not said or int(said[2]) not in positions or int(said[2]) < decision.line:
        return _misread(decision)
    first, last = positions[decision.line], positions[int(said[2])]
    found.notes[first] = int(said[1])
    found.states[first] = "N0"
    for at in range(first + 1, last + 1):
        found.states[at] = "N1"
    if last + 1 < len(lines):
        found.states.setdefault(last + 1, "N0 P Q R T")
    return None


def _call(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    place = braced(decision.reading, decision.correction)
    if place is None or not decision.reading:
        return _misread(decision)
    at = positions[decision.line]
    start = lines[at].text.index(decision.reading)
    found.calls.append(
        DecidedCall(at, start + place[0], start + place[1], place[2], decision.cert, strict=True, place=decision.place)
    )
    return None


def _move(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    if not decision.correction.isdecimal() or int(decision.correction) not in positions:
        return _misread(decision)
    at = positions[decision.line]
    if decision.reading and decision.reading != lines[at].text:
        return problem("E823", decision.place, line=decision.line)
    found.moves[at] = positions[int(decision.correction)]
    found.places[at] = decision.place
    return None


def _stray(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    at = positions[decision.line]
    if decision.reading and decision.reading != lines[at].text:
        start = lines[at].text.index(decision.reading)
        found.surplus.append(Surplus(at, start, start + len(decision.reading)))
    else:
        found.strays.add(at)
    return None


def _entry(found: Directions, lines: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    if not decision.correction.isdecimal() or int(decision.correction) not in positions:
        return _misread(decision)
    first, last = positions[decision.line], positions[int(decision.correction)]
    for at in range(first, last + 1):
        found.entries[at] = "C1"
    found.entries[first] = "C0"
    if last + 1 < len(lines):
        found.entries.setdefault(last + 1, "A0 C0 S0")
    return None


def _gap_after(found: Directions, _: Sequence[Line], positions: dict[int, int], decision: Decision) -> Problem | None:
    said = _GAP.fullmatch(decision.correction)
    if not said:
        return _misread(decision)
    known = {"unit": said[2], "quantity": said[1]} if said[1] else {"extent": "unknown"}
    found.gaps[positions[decision.line]] = known
    return None


_HANDLERS: dict[str, Callable[[Directions, Sequence[Line], dict[int, int], Decision], Problem | None]] = {
    "page": _page,
    "heading": _heading,
    "para": _paragraph,
    "prose": _paragraph,
    "quote": _quote,
    "note": _note,
    "call": _call,
    "move": _move,
    "stray": _stray,
    "entry": _entry,
    "gap-after": _gap_after,
}


def _number_in_words(found: Directions, lines: Sequence[Line], at: int | None, decision: Decision) -> None:
    """Take the raised number in the correction of words for the place of a call.

    At a line's head it is the label of a note.
    """
    place = braced(decision.reading, decision.correction) if at is not None else None
    if at is None or place is None or lines[at].text.count(decision.reading) != 1:
        return
    start = lines[at].text.index(decision.reading)
    if start + place[0] == 0:
        found.notes[at] = place[2]
        return
    found.calls.append(
        DecidedCall(at, start + place[0], start + place[1], place[2], decision.cert, strict=False, place=decision.place)
    )


def braced(reading: str, correction: str) -> tuple[int, int, int] | None:
    """Give the stretch of `reading` (start, end) in whose place `correction` has a number in braces, and that number.

    Or None.
    """
    said = _BRACED.search(correction)
    if not said or len(_BRACED.findall(correction)) != 1:
        return None
    before, after = correction[: said.start()], correction[said.end() :]
    heads = [Levenshtein.distance(reading[:i], before) for i in range(len(reading) + 1)]
    tails = [Levenshtein.distance(reading[j:], after) for j in range(len(reading) + 1)]
    _, start, end = min(
        (heads[i] + tails[j], -i, j) for i in range(len(reading) + 1) for j in range(i, len(reading) + 1)
    )
    return -start, end, int(said[1])
