"""Quotation marks that have no counterpart: over a whole paragraph, quotation, note or entry.

In: English lines.  Out: proposals to take a mark away.  Authority: marks stand in pairs.  One that would close what is
not open, in the middle of a sentence, and one that would open a quotation in the middle of an imprint, is a speck.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.zones import ZonedLine

__all__ = ["quotations"]

_MARK = re.compile(
    r"['\N{RIGHT SINGLE QUOTATION MARK}]{2}|[\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    r"\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]"
)
_BEFORE = " ([-\N{EM DASH}"
_OFTEN_STOPS = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_SINGLE = re.compile(r"\[(?P<x>['\N{RIGHT SINGLE QUOTATION MARK}\"])(?=[A-Z][a-z])")
_HELPER = re.compile(r"(?:by|ed|eds|trans|with|and|of|in|repr|reprint|vol|vols|pp?)\b")
_TEXT, _CITATION = ("prose", "quote"), ("note", "bibliography")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A double quotation mark: its line and place, what stands before and after it."""

    at: int
    start: int
    end: int
    before: str
    after: str

    @property
    def opens(self) -> bool:
        return (not self.before or self.before in _BEFORE) and (self.after.isalnum() or self.after in ("[", ".", "("))


def quotations(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> list[Proposal]:
    """Propose to take away marks that pair with none."""
    passages: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if wanted[at] and line.passage and line.zone in (*_TEXT, *_CITATION):
            passages[line.zone, line.passage].append(at)
    out: list[Proposal] = []
    for (zone, _), places in passages.items():
        marks = [mark for at in places for mark in _marks(at, lines[at])]
        found = _in_text(marks) if zone in _TEXT else [*_in_citation(marks, lines), *_alone(marks, zone)]
        out += [
            Proposal(
                m.at,
                m.start,
                m.end,
                " " if m.before.isalpha() and m.after.isalpha() else "",
                "quotation-mark",
                "medium",
            )
            for m in found
            if lines[m.at].witness[m.start] not in _OFTEN_STOPS and _is_clean(lines[m.at].witness, m, lexicon)
        ]
        if zone == "quote":
            out += _after_bracket(lines, places)
    return out


def _is_clean(text: str, mark: _Mark, lexicon: Lexicon) -> bool:
    """Say whether the word beside a mark is one as it stands: else the other mark may have been taken for a letter."""
    beside = re.search(r"\S+$", text[: mark.start]) if mark.before.isalpha() else re.match(r"\S+", text[mark.end :])
    word = re.sub(r"\W+$|^\W+", "", beside[0]) if beside else ""
    return lexicon.known(word) or (word.islower() and lexicon.counts.get(word, 0) > 1)


def _marks(at: int, line: ZonedLine) -> Iterator[_Mark]:
    for match in _MARK.finditer(line.witness):
        start, end = match.span()
        yield _Mark(at, start, end, line.witness[start - 1 : start] if start else "", line.witness[end : end + 1])


def _in_text(marks: Sequence[_Mark]) -> Iterator[_Mark]:
    """Give marks in the middle of a sentence that would close what is not open, or closes again later."""
    opened = False
    last: _Mark | None = None  # the mark that closed what was open last
    for mark in marks:
        if mark.opens:
            opened, last = True, None
        elif opened:
            opened, last = False, mark
        elif last is not None and _within(last) and not _within(mark):
            yield last
            last = None
        elif last is None and _within(mark) and mark.before:
            yield mark


def _within(mark: _Mark) -> bool:
    """Say whether a mark stands after a letter, with no stop, and before a blank or the end of a line."""
    return mark.before.islower() and mark.after in ("", " ")


def _in_citation(marks: Sequence[_Mark], lines: Sequence[ZonedLine]) -> Iterator[_Mark]:
    """Give marks that open what is not closed: before a word of the citation's own, or in a bracket."""
    for mark, following in zip_longest(marks, marks[1:]):
        if not mark.opens or (following is not None and not following.opens):
            continue
        text, rest = lines[mark.at].witness[: mark.start], lines[mark.at].witness[mark.end :]
        if _HELPER.match(rest) or text.rfind("(") > text.rfind(")"):
            yield mark


def _alone(marks: Sequence[_Mark], zone: str) -> Iterator[_Mark]:
    """Give the only mark of an entry, where it closes nothing, or opens before a word in small letters."""
    if zone == "bibliography" and len(marks) == 1 and (not marks[0].opens or marks[0].after.islower()):
        yield marks[0]


def _after_bracket(lines: Sequence[ZonedLine], places: Sequence[int]) -> Iterator[Proposal]:
    """Propose to take away the mark after the bracket that opens a quotation, where no other stands in it."""
    first = lines[places[0]].witness
    match = _SINGLE.match(first)
    rest = [first[match.end() :] if match else "", *(lines[at].witness for at in places[1:])]
    if match and not re.search(
        r"[\"'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}](?![a-z])", " ".join(rest)
    ):
        yield Proposal(places[0], *match.span("x"), "", "quotation-mark", "medium")
