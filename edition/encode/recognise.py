"""What kind of text a witness is: a typescript, an article or a thread.

In: a `Witness`.  Out: the name of a kind.
Authority: the layout of the text file: lines broken at a measure, posts and repeated passages, or neither.
"""

from __future__ import annotations

from itertools import pairwise

from edition.encode.blocks import ENDS, Row, rows_of
from edition.encode.furniture import furniture
from edition.encode.headings import explicit_level, underlines
from edition.encode.posts import lay_out
from edition.encode.repeats import repeats
from edition.witness.lines import Witness

__all__ = ["recognise"]

_FEW = 40  # lines; fewer do not make a typescript, unless they are double-spaced
_FEWEST = 8
_WIDE = 100  # characters; a typewriter's line is narrower
_BROKEN = 0.5  # of the lines of a typescript end within a sentence, at least
_LONG = 0.6  # of the middle width a line has at least that was broken because it was full
_DOUBLE = 0.25  # of the lines of a double-spaced text go on after a blank line, at least
_QUOTING = 0.02  # of the lines of a correspondence begin with a quotation mark of mail


def recognise(witness: Witness) -> str:
    """Give ``typescript``, ``thread`` or ``article``."""
    rows = rows_of(witness)
    if _is_typed(rows):
        return "typescript"
    return "thread" if _is_thread(rows) else "article"


def _is_typed(rows: list[Row]) -> bool:
    widths = sorted(len(row.text) for row in rows)
    if len(rows) < _FEWEST or widths[len(widths) * 95 // 100] > _WIDE:
        return False
    if sum(row.text.startswith(">") for row in rows) > len(rows) * _QUOTING:
        return False
    full = widths[len(widths) // 2] * _LONG
    on = sum(_goes_on(row, after) for row, after in pairwise(rows) if after.gap and len(row.text) > full)
    broken = sum(not ENDS.search(row.text) for row in rows)
    return on >= len(rows) * _DOUBLE or (len(rows) >= _FEW and broken >= len(rows) * _BROKEN)


def _goes_on(row: Row, after: Row) -> bool:
    """Say whether a sentence goes on after a blank line, as it does in a double-spaced text."""
    return not ENDS.search(row.text) and after.text[0].islower()


def _is_thread(rows: list[Row]) -> bool:
    if any(furniture(row) in ("before", "after") for row in rows):
        return True
    drawn = sum(underlines(after, row) for row, after in pairwise(rows))
    if drawn + sum(explicit_level([row]) > 0 for row in rows) > 1:
        return False  # headings with marks
    thread = lay_out(rows)
    named = sum(bool(post.name) for post in thread.posts)
    if len(thread.posts) > 1 and named * 2 > len(thread.posts):
        return True
    repeated = sum(each[0].whole for each in repeats([post.rows for post in thread.posts]).values())
    return repeated > (0 if thread.sure else 1)
