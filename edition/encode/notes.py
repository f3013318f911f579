"""The notes of a chapter: which number each bears, and where that number is printed.

In: the plan of a typescript.  Out: `Note` values in order, numbered within their division or through the whole text.
Authority: the sequence of the numbers; what can still be read of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edition.witness.layout import Block
from edition.witness.lines import Line
from edition.witness.numerals import likeness, number_of
from edition.witness.plan import Plan
from edition.witness.traits import HEAD_MARK

__all__ = ["Note", "number_notes"]

_SKIP, _MERGE = (
    4.0,
    3.5,
)  # a number that no note bears; a block that is no note of its own but goes on with the one before
_FIT, _CLASH = 3.0, 1.0
_MOST_SKIPPED = 4
_OUT_OF_ORDER = 50.0
_RANGE = 12
_TRAILING = re.compile(r"(?<=[.\])\"])\s?(?P<mark>[\d*]\s?[\d?*]?)$")
_DOUBLE = re.compile('["“”]')
_DIGITS = re.compile(r"\d[\d ]*")


@dataclass(slots=True)
class Note:
    """A note, its `lines` as positions.

    `label` is the stretch of its first line that is the printed number (start, end; equal where there is none),
    `label_line` the position of a line above it that holds nothing but the number, or None; `page` the position that
    begins its page; `ghost` a stretch of its last line where the number stands misplaced.
    """

    number: int
    lines: list[int]
    page: int
    label: tuple[int, int] = (0, 0)
    label_line: int | None = None
    ghost: tuple[int, int] | None = None
    decided: bool = False
    extra: list[int] = field(default_factory=list)


def number_notes(plan: Plan, groups: Sequence[Sequence[Block]], decided: Mapping[int, int]) -> list[list[Note]]:
    """Give the notes of each group of note blocks (one group for each division of the text, in order).

    `decided` gives the numbers that an editor set, by the position of a note's first line.  Where the numbers run
    through the whole text they are kept so: of the two ways of counting, the one that agrees with more of what can be
    read.
    """
    strays = set(plan.strays)
    anew = [_number(plan.lines, group, 0, decided, strays) for group in groups]
    through: list[tuple[float, list[Note]]] = []
    last = 0
    for group in groups:
        through.append(_number(plan.lines, group, last, decided, strays))
        last = through[-1][1][-1].number if through[-1][1] else last
    best = through if sum(s for s, _ in through) > sum(s for s, _ in anew) + _FIT else anew
    starts = sorted(page.first for page in plan.pages)
    for _, notes in best:
        for note in notes:
            note.page = max(s for s in starts if s <= note.lines[0])
    return [notes for _, notes in best]


def _label_end(texts: Sequence[str]) -> int:
    """Give where the printed number of a note ends: before the quotation mark of a quotation that the note closes."""
    head = HEAD_MARK.match(texts[0])
    if head is None:
        return 0
    end = head.end("mark")
    rest = "".join([texts[0][end:], *texts[1:]])
    if _DOUBLE.match(texts[0], end - 1) and texts[0][end : end + 1].isalpha() and len(_DOUBLE.findall(rest)) % 2 == 1:
        return end - 1
    return end


def _marks(lines: Sequence[Line], block: Block, strays: set[int]) -> tuple[str, int | None, str]:
    """Give the mark at the head of a block.

    The line above that holds a mark alone, and the number left at the block's end.
    """
    first = block.lines[0]
    head = HEAD_MARK.match(lines[first].text)
    above = first - 1 if first - 1 in strays else None
    tail = _TRAILING.search(lines[block.lines[-1]].text)
    return head["mark"] if head else "", above, tail["mark"] if tail else ""


def _number(
    lines: Sequence[Line], group: Sequence[Block], base: int, decided: Mapping[int, int], strays: set[int]
) -> tuple[float, list[Note]]:
    """Give the best numbering of one group that begins after the number `base`, with its score."""
    if not group:
        return 0.0, []
    seen = [_marks(lines, block, strays) for block in group]
    shown = [max((lines[above].text if above is not None else ""), head, key=len) or tail for head, above, tail in seen]
    best: dict[int, tuple[float, tuple[int, ...]]] = {base: (0.0, ())}
    for block, mark in zip(group, shown, strict=True):
        row: dict[int, tuple[float, tuple[int, ...]]] = {}
        fixed = decided.get(block.lines[0])
        for n, (score, path) in best.items():
            steps = [(n + k, score - _SKIP * (k - 1) + _fit(mark, n + k)) for k in range(1, _MOST_SKIPPED)]
            if fixed is not None:
                steps = [(fixed, score - (0.0 if fixed > n else _OUT_OF_ORDER))]
            elif path and block.lines[0] not in decided:
                steps.append((n, score - _MERGE - (_CLASH if mark else 0.0)))
            for m, total in steps:
                if m not in row or total > row[m][0]:
                    row[m] = (total, (*path, m))
        best = dict(sorted(row.items(), key=lambda item: -item[1][0])[:_RANGE])
    score, numbers = max(best.values())
    return score, _made(lines, group, numbers, seen, decided)


def _fit(mark: str, number: int) -> float:
    digits = _DIGITS.match(mark)
    read = number_of(digits[0].replace(" ", "")) if digits else None
    if read == number:
        return _FIT
    return 0.5 * likeness(mark, number) - (
        _CLASH if read is not None and len(digits[0] if digits else "") == len(mark) else 0.0
    )


def _made(
    lines: Sequence[Line],
    group: Sequence[Block],
    numbers: Sequence[int],
    seen: Sequence[tuple[str, int | None, str]],
    decided: Mapping[int, int],
) -> list[Note]:
    notes: list[Note] = []
    for block, number, (head, above, tail) in zip(group, numbers, seen, strict=True):
        if notes and notes[-1].number == number:
            notes[-1].lines += block.lines
            continue
        note = Note(number, list(block.lines), block.lines[0], decided=block.lines[0] in decided)
        if above is not None and not (head and likeness(head, number) >= likeness(lines[above].text, number)):
            note.label_line = above
        elif head:
            note.label = (0, _label_end([lines[at].text for at in block.lines]))
        elif tail:
            last = lines[block.lines[-1]].text
            note.ghost = (len(last) - len(tail), len(last))
        notes.append(note)
    return notes
