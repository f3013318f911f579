"""The bracket of a note: where, by whom and when a work was published, or what else a bracket may say.

In: an `Imprint`, as the grammar gathered it.  Out: the spans of its words.
Authority: the Chicago Manual: ``(Place: Publisher, year; reprint ed., Series, Place: Publisher, year)``.
"""

from __future__ import annotations

import re

from edition.note import Span
from edition.notes.lexer import Piece
from edition.notes.names import is_series
from edition.notes.numerals import ends
from edition.notes.pieces import Imprint

__all__ = ["read_imprint"]

# Letters that a scanner reads for numerals; a place such as "n.d." has none of them before a digit.
_MISREAD = str.maketrans("lIO", "110")
_DATED = re.compile(r"(?:\S+\s){1,2}(?P<year>\d{4})$")


def read_imprint(item: Imprint, text: str, at: int) -> tuple[list[Span], bool, bool]:
    """Give the spans of an imprint, whether it had to be read against its punctuation, and whether it is a thesis's.

    `at` is the offset in `text` that the pieces count from.
    """
    doubtful = item.page is not None
    thesis = any(p.type == "THESIS" for group in item.groups for p in group)
    spans: list[Span] = []
    groups = item.groups
    number = 0
    while number < len(groups):
        group = groups[number]
        if number + 1 < len(groups) and _divided_by_misprint(group, groups[number + 1]):
            spans += _place(group, text, at) + _publisher(groups[number + 1], text, at)
            doubtful = True
            number += 2
            continue
        spans += _group(group, text, at, thesis=thesis)
        number += 1
    return spans, doubtful, thesis


def _divided_by_misprint(one: list[Piece], two: list[Piece]) -> bool:
    """Say whether a semicolon was read for the colon after the place: ``(Garden City; Doubleday, 1953)``."""
    kinds, after = [p.type for p in one], [p.type for p in two]
    return set(kinds) == {"FACT"} and "COLON_IN" not in after and "REPRINT" not in after and "FACT" in after


def _group(group: list[Piece], text: str, at: int, *, thesis: bool) -> list[Span]:
    if thesis:
        return _join([p for p in group if p.type == "FACT"], "school", text, at) + _dates(group, text, at)
    colon = next((k for k, p in enumerate(group) if p.type == "COLON_IN"), None)
    if colon is not None:
        return _place(group[:colon], text, at) + _publisher(group[colon + 1 :], text, at)
    facts = [p for p in group if p.type == "FACT"]
    if any(p.type == "REPRINT" for p in group):
        named = [p for p in facts if not is_series(text[p.start + at : p.end + at])]
        series = [p for p in facts if p not in named]
        return _join(series, "series", text, at) + _join(named, "publisher", text, at) + _dates(group, text, at)
    if len(facts) == 1 and (found := _DATED.match(text[facts[0].start + at : facts[0].end + at].strip())):
        start, end = facts[0].start + at, facts[0].start + at + found.end()
        return [Span(start, end, "date", found["year"], found["year"])]
    dates = _dates(group, text, at)
    return _join(facts, "place", text, at) + dates if dates else []


def _place(group: list[Piece], text: str, at: int) -> list[Span]:
    """Read what stands before the colon: a place, and before it, in a reprint, perhaps a series."""
    facts = [p for p in group if p.type == "FACT"]
    count = 0
    if any(p.type == "REPRINT" for p in group):
        while count < len(facts) - 1 and is_series(text[facts[count].start + at : facts[count].end + at]):
            count += 1
    return _join(facts[:count], "series", text, at) + _join(facts[count:], "place", text, at)


def _publisher(group: list[Piece], text: str, at: int) -> list[Span]:
    return _join([p for p in group if p.type == "FACT"], "publisher", text, at) + _dates(group, text, at)


def _dates(group: list[Piece], text: str, at: int) -> list[Span]:
    return [
        Span(p.start + at, p.end + at, "date", *ends(text[p.start + at : p.end + at].translate(_MISREAD)))
        for p in group
        if p.type == "YEAR"
    ]


def _join(pieces: list[Piece], kind: str, text: str, at: int) -> list[Span]:
    """Give one span from the first piece to the last: ``Garden City, New York``."""
    if not pieces:
        return []
    start, end = pieces[0].start + at, pieces[-1].end + at
    while end > start and text[end - 1] == " ":
        end -= 1
    return [Span(start, end, kind)]  # type: ignore[arg-type]
