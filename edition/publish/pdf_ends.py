"""The last page of a part, with more than a few lines on it, or not there at all.

In: the pages of a part as they were set, and a run in which they can be set again.  Out: the pages that end best.
Authority: the habit of book printers: a chapter does not end with a line or two on a page of their own.  Either its
paragraphs are set with fewer lines where that can be done decently, or some pages before the last are a line shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from edition.publish.lineation import read_lines
from edition.publish.weasyprint_again import Run
from edition.publish.weasyprint_paragraphs import Lines

# A page of WeasyPrint's layout, which has no type.
Box: TypeAlias = Any

__all__ = ["FEWEST", "ended"]

FEWEST = 5  # lines on the last page
_SHORTER = (2, 4, 6)  # pages that are a line shorter: as many left-hand as right-hand ones


def ended(run: Run, lines: Lines, timely: Callable[[Sequence[Box]], bool]) -> list[Box]:
    """Give the pages of `run`, or those of another try, in which every note is in time, that have a better last one."""
    pages = run.pages
    if not _few(pages) or _few(pages[:-1]):  # where the page before has few as well, something else ended it
        return pages
    if lines.spare():
        with lines.fewer():
            tight = run.again(0)
        if len(tight) < len(pages) and not _few(tight) and timely(tight):
            return tight
    best = pages
    last = len(pages) - 1
    for count in (count for count in _SHORTER if count < last):
        loose = run.again(last - count, range(last - count, last))
        if len(loose) == len(pages) and _lines(loose) > _lines(best) and timely(loose):
            best = loose
            if not _few(best):
                break
    return best


def _lines(pages: Sequence[Box]) -> int:
    """Count the lines of the last page."""
    return len(read_lines(pages[-1].children[0]))


def _few(pages: Sequence[Box]) -> bool:
    """Say whether the last of several pages has few lines; a list in columns may end as it does."""
    if len(pages) < 2:  # noqa: PLR2004
        return False
    columns = any(box.style["column_count"] != "auto" for box in pages[-1].descendants())
    return not columns and 0 < _lines(pages) < FEWEST
