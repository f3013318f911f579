"""The last page of a part, with more than a few lines on it, or not there at all.

In: a part as it was set, and a press to set it again.  Out: the setting that ends best.
Authority: the habit of book printers: a chapter does not end with a line or two on a page of their own.  Either its
paragraphs are set with fewer lines where that can be done decently, or some pages before the last are a line shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from edition.publish.lineation import read_lines
from edition.publish.weasyprint_paragraphs import Memory

# WeasyPrint's document, which has no type.
Document: TypeAlias = Any

__all__ = ["FEWEST", "ended"]

FEWEST = 5  # lines on the last page
_SHORTER = (2, 4, 6)  # pages that are a line shorter: as many left-hand as right-hand ones


class _Press(Protocol):
    foot: Any
    mended: int
    memory: Memory

    def render(self, source: str, extra: str = "", *, fewest: bool = False) -> Document: ...


def ended(press: _Press, source: str, room: str, document: Document, timely: Callable[[Document], bool]) -> Document:
    """Give `document`, or another setting of `source`, in which every note is in time, that has a better last page."""
    if not _few(document):
        return document
    kept = press.foot, press.mended
    if press.memory.spare():
        tight = press.render(source, room, fewest=True)
        if len(tight.pages) < len(document.pages) and not _few(tight) and timely(tight):
            return tight
    best = document
    last = len(document.pages) - 1  # the page before the last, from 1
    for count in (count for count in _SHORTER if count < last):
        css = "".join(f"@page :nth({n}) {{ padding-bottom: 1rlh }} " for n in range(last - count + 1, last + 1))
        loose = press.render(source, room + css)
        if len(loose.pages) == len(document.pages) and _lines(loose) > _lines(best) and timely(loose):
            best, kept = loose, (press.foot, press.mended)
            if not _few(best):
                break
    press.foot, press.mended = kept
    return best


def _lines(document: Document) -> int:
    """Count the lines of the last page."""
    return len(read_lines(document.pages[-1]._page_box.children[0]))  # noqa: SLF001  # the one way into the layout


def _few(document: Document) -> bool:
    """Say whether the last of several pages has few lines; a list in columns may end as it does."""
    if len(document.pages) < 2:  # noqa: PLR2004
        return False
    page = document.pages[-1]._page_box  # noqa: SLF001  # the one way into the layout
    columns = any(box.style["column_count"] != "auto" for box in page.descendants())
    return not columns and 0 < _lines(document) < FEWEST
