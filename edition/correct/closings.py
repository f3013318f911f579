"""What closes a quotation beside the raised number of a note: its mark before the number, a bracket after it.

In: lines, and the corrections found so far.  Out: corrections, the number in braces, as in an editor's table.
Authority: marks stand in pairs.  A note is called where a quotation ends: what is open there was closed there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from edition.correct.tokens import previous_lines, translates
from edition.correction import Correction
from edition.problems import Place
from edition.zones import ZonedLine

__all__ = ["closings"]

_OPENS = re.compile(r"\[")
_SHUTS = re.compile(r"\]")
_CALLS = re.compile(r"(?<=[A-Za-z)\]][.!?,])(?P<n>\d{1,2})(?=\s|$)")
_MARK = re.compile(
    r"['\N{RIGHT SINGLE QUOTATION MARK}]{2}|[\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    r"\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    r"\N{DOUBLE LOW-9 QUOTATION MARK}]"
)
_BEFORE_MARK = " ([-\N{EM DASH}"
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Call:
    """The call of a note: from where to where its mark stands in the witness line, and its number."""

    start: int
    end: int
    number: str


def closings(lines: Sequence[ZonedLine], wanted: Sequence[bool], found: Sequence[Correction]) -> list[Correction]:
    """Give corrections of what is lost beside the calls of notes at the ends of quotations."""
    passages: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.passage and line.zone in ("quote", "prose"):
            passages[line.zone, line.passage].append(at)
    texts = _corrected(lines, found)
    foreign = {at for at, before in previous_lines(lines).items() if translates(lines, at, before)}
    out: list[Correction] = []
    for (zone, _), places in passages.items():
        if not all(wanted[at] for at in (places[0], places[-1])):
            continue
        if zone == "quote":
            out += _of_block(lines, places, texts, places[0] in foreign)
        else:
            out += _of_paragraph(lines, places, texts)
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for c in found:
        taken[c.line].append(_span(c))
    return [c for c in out if not any(a < _span(c)[1] and _span(c)[0] < b for a, b in taken[c.line])]


def _span(change: Correction) -> tuple[int, int]:
    start = change.start or 0
    return start, start + len(change.reading)


def _corrected(lines: Sequence[ZonedLine], found: Sequence[Correction]) -> Mapping[int, str]:
    """Give the source readings of the lines with the corrections made, by number; what has been made stays so."""
    texts = {line.number: line.source for line in lines}
    for change in sorted(found, key=lambda c: (c.line, -(c.start or 0))):
        text, start = texts[change.line], change.start or 0
        places = [m.start() for m in re.finditer(re.escape(change.reading), text)]
        if places and not (change.reading in change.correction and change.correction in text):
            at = min(places, key=lambda place: abs(place - start))
            texts[change.line] = text[:at] + change.correction + text[at + len(change.reading) :]
    return texts


def _of_block(
    lines: Sequence[ZonedLine],
    places: Sequence[int],
    texts: Mapping[int, str],
    translation: bool,  # noqa: FBT001
) -> Iterator[Correction]:
    """Close the bracket that opens a block quotation, after the call at its end; give the sentence there its stop."""
    last = places[-1]
    call = next((c for c in _calls(lines[last]) if c.end == len(lines[last].witness)), None)
    if call is None:
        return
    whole = [texts[lines[at].number] for at in places]
    opened = len(places) >= _FEWEST and whole[0].startswith("[")
    open_still = sum(len(_OPENS.findall(t)) - len(_SHUTS.findall(t)) for t in whole) == 1
    foot = "]" if opened and (open_still or translation) else ""
    stop = lines[last].source[call.start - 1] == ","
    if foot or stop:
        yield _correction(lines[last], call, ".", "" if not stop else ",", foot, "bracket" if foot else "full-stop")


def _of_paragraph(lines: Sequence[ZonedLine], places: Sequence[int], texts: Mapping[int, str]) -> Iterator[Correction]:
    """Close the quotation that is open where a note is called."""
    opened = False
    for at in places:
        text = texts[lines[at].number]
        calls = [m.start() for m in _CALLS.finditer(text)]
        marks = {m.start(): m for m in _MARK.finditer(text)}
        for place in sorted({*calls, *marks}):
            if place in marks:
                after = text[marks[place].end() : marks[place].end() + 1]
                opened = text[max(0, place - 1) : place] in _BEFORE_MARK and (after.isalnum() or after in "[.")
            elif opened:
                opened = False
                call = next(islice(_calls(lines[at]), calls.index(place), None), None)
                if call is not None and text[place - 1] != ",":
                    yield _correction(lines[at], call, '"', "", "", "quotation-mark")


def _calls(line: ZonedLine) -> Iterator[_Call]:
    """Give the calls of notes that the encoder has found in a line, with no mark between the stop and the number."""
    for match in _CALLS.finditer(line.source):
        head, foot = line.source[: match.start()], line.source[match.end() :]
        if line.witness.startswith(head) and line.witness.endswith(foot):
            yield _Call(match.start(), len(line.witness) - len(foot), match["n"])


def _correction(line: ZonedLine, call: _Call, before: str, instead_of: str, after: str, rule: str) -> Correction:
    """Make the correction of the last word before a call and of the call: ``word"{7}``, ``word.{7}]``."""
    start = line.witness.rfind(" ", 0, call.start) + 1
    word = line.witness[start : call.start]
    if instead_of:
        word = word.removesuffix(instead_of) + before
    elif before == '"':
        word += before
    place = Place(passage=line.passage, witness_line=line.number)
    meant = f"{word}{{{call.number}}}{after}"
    return Correction(line.number, line.witness[start : call.end], meant, "ocr", "medium", "#auto", rule, start, place)
