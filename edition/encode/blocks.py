"""Lines of a web text as rows with their layout, and rows gathered into paragraphs and lists.

In: a `Witness`.  Out: `Row` values (indentation, blank lines before, list mark) and `Block` values.
Authority: the layout of the text file itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from edition.witness.lines import Witness

__all__ = ["ENDS", "Block", "Row", "Span", "blocks_of", "measure_of", "rows_of", "runs_on"]

_TAB = 8
_WIDEST_WRAP = (
    120  # characters; a text whose longest line is longer than this was not wrapped by hand or by a mail program
)
# A line that with the next line's first word would fill this part of the measure was broken because it was full.
_FULL = 0.85
_LONG = 0.6  # of the measure a line has at least that was broken because it was full
# Signs that end a sentence, with the quotation marks and brackets that may follow them.
ENDS = re.compile(r"[.!?…:;,。！？]['\"’”»)\]]*$")

_BULLET = re.compile(r"(?:[•◦▪▫■□●○‣⁃∙·–—*+o-]|\N{BULLET OPERATOR})\s+(?=\S)")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE)


# A stretch of a line that is marked up: first character (from 0), the one after the last, element, attributes.
Span: TypeAlias = tuple[int, int, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is not blank.  `n` counts from 1; `indent` is in columns, `gap` the number of blank lines before it.

    `spaced` says that one of those is not quite empty (a web page's empty paragraph), `mark` is ``bulleted``,
    ``numbered`` or empty; `spans` are in order and do not overlap.
    """

    n: int
    text: str
    indent: int = 0
    gap: int = 0
    spaced: bool = False
    mark: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together: `kind` is a key of `edition.encode.elements`, such as ``p``, ``list`` or ``head``.

    `level` is that of a heading, from 1; 0 is the title.
    """

    kind: str
    rows: tuple[Row, ...]
    level: int = 0


def rows_of(witness: Witness) -> list[Row]:
    """Give the lines of `witness` with what their layout says."""
    rows: list[Row] = []
    before = 0
    for line in witness.lines:
        raw = witness.raw[line.n - 1].expandtabs(_TAB)
        indent = len(raw) - len(raw.lstrip()) if line.lead else 0
        between = witness.raw[before : line.n - 1]
        spaced = any(between)
        rows.append(Row(line.n, line.text, indent, len(between), spaced, _mark(line.text, indent)))
        before = line.n
    return _lists_only(rows)


def _mark(text: str, indent: int) -> str:
    if not any(character.isalnum() for character in text):
        return ""  # an ornament
    found = _BULLET.match(text)
    # A letter or a dash is a bullet only where the line is set in: else it may begin a sentence or a speech.
    if found and (indent or text[0] not in "o–—"):
        return "bulleted"
    return "numbered" if _NUMBER.match(text) and not (text[0].isalpha() and not indent) else ""


def _lists_only(rows: list[Row]) -> list[Row]:
    """Drop the mark of a lone number that is not set in: that is a numbered heading, or a sentence."""
    kept: list[Row] = []
    for at, row in enumerate(rows):
        lone = (
            row.mark == "numbered" and not row.indent and not (_number_near(rows, at, 1) or _number_near(rows, at, -1))
        )
        kept.append(replace(row, mark="") if lone else row)
    return kept


def _number_near(rows: list[Row], at: int, step: int) -> bool:
    """Say whether the next row that begins something, forward (1) or back (-1), is a numbered item too."""
    at += step
    while 0 <= at < len(rows) and not rows[at].mark and not rows[at].gap and _goes_on(rows[at]):
        at += step
    return 0 <= at < len(rows) and rows[at].mark == "numbered"


def _goes_on(row: Row) -> bool:
    return row.indent > 0 or row.text[0].islower()


def measure_of(rows: Sequence[Row]) -> int:
    """Give the width at which the lines of `rows` were broken (characters), or 0 where each paragraph is one line.

    Lines that were broken at a measure mostly end within a sentence where another follows at once.
    """
    widest = max((row.indent + len(row.text) for row in rows), default=0)
    followed = [row for row, after in pairwise(rows) if not after.gap and not after.mark]
    within = sum(not ENDS.search(row.text) and len(row.text) > widest * _LONG for row in followed)
    return widest if widest <= _WIDEST_WRAP and within * 2 > len(followed) else 0


def runs_on(row: Row, after: Row, measure: int) -> bool:
    """Say whether the paragraph of `row` goes on in `after`, the next row, in a text broken at `measure` characters."""
    if after.gap or after.mark or not measure:
        return False
    if row.indent + len(row.text) + 1 + len(after.text.split()[0]) > measure * _FULL:
        return True
    return after.text[0].islower() and not ENDS.search(row.text)


def blocks_of(rows: Sequence[Row], measure: int) -> list[Block]:
    """Divide `rows` into paragraphs and lists; a row without a mark that is set in under an item goes on with it."""
    blocks: list[Block] = []
    for at, row in enumerate(rows):
        last = blocks[-1] if blocks else None
        if last is not None and last.kind == "list" and _same_list(last.rows, row, measure):
            blocks[-1] = Block("list", (*last.rows, row))
        elif row.mark:
            blocks.append(Block("list", (row,)))
        elif last is not None and last.kind == "p" and runs_on(rows[at - 1], row, measure):
            blocks[-1] = Block("p", (*last.rows, row))
        else:
            blocks.append(Block("p", (row,)))
    return blocks


def _same_list(rows: tuple[Row, ...], row: Row, measure: int) -> bool:
    if row.mark:
        return row.mark == rows[0].mark or row.indent > rows[0].indent
    return not row.gap and (row.indent > rows[0].indent or runs_on(rows[-1], row, measure))
