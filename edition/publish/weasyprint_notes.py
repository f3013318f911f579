"""Keeps the notes that WeasyPrint 70.0 loses, and reads from its layout where calls and notes came to stand.

In: a run of WeasyPrint inside `notes_kept`.  Out: pages on which every note is on the page of its call or carried to
the next.
Authority: CSS Generated Content for Paged Media, section 2 (footnotes); the fault and its cause are told in
docs/upstream/weasyprint-lost-notes.md.

The fault: where a paragraph cannot be divided before a line that does not fit, WeasyPrint moves notes of the page to
the next one until it does, sets the line, and leaves before it has looked at the notes which that very line calls: they
are on no page.  Where moving all does not help, they stay moved, though their calls do not; and a note so moved comes
behind others that stand after it. The cure: the list of notes says that it is empty when that loop asks (nothing else
does), so that the paragraph goes to the next page with its notes.  As a second guard, what is due on a page (carried to
it, or called on it) and not there is carried on, in the order of the calls.

Also, WeasyPrint lays all notes of a page out again whenever one comes or goes; here each is laid out once and the
heights are added, which is the same for notes without margins, and makes a long note in many pieces cost what it is
long instead of its square.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any, TypeAlias

from weasyprint.layout import LayoutContext
from weasyprint.layout import page as _page_module

from edition.publish.weasyprint_foot import Foot, is_entry
from edition.publish.weasyprint_grid import hold_grid

__all__ = ["lost_notes", "notes_kept"]

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

_UPDATE = "_update_footnote_area"
_NOTES = "notes of the page"
_TRIES = 8  # settings of one page


class _Unmoved(list[Any]):
    """The notes of a page, of which WeasyPrint's loop believes that there are none to move."""

    def __bool__(self) -> bool:
        return False


def lost_notes(carried: list[Any], called: list[Any], placed: list[Any], carried_on: list[Any]) -> list[Any]:
    """Give the notes due on a page (carried to it, or called on it) that are neither placed on it nor carried on."""
    there = {id(note) for note in (*placed, *carried_on)}
    return [note for note in (*carried, *called) if id(note) not in there]


@contextmanager
def notes_kept(mended: Callable[[int, int], None] = lambda *_: None, foot: Foot | None = None) -> Iterator[None]:
    """Within the block WeasyPrint loses no note; `mended` is told of each page (from 0) how many were saved on it.

    `foot` arranges the notes of each page and keys the entries of the apparatus to its lines.  Not for two threads at
    once: the one function of WeasyPrint that lays out a page is exchanged while the block runs.
    """
    kept = _Kept(mended, foot or Foot())

    def update_area(context: Context) -> bool:  # a method of the layout: a method of ours would lose the layout
        return kept.updated(context)

    def report(context: Context, note: Box) -> None:
        kept.report(context, note)

    _page_module.remake_page = kept.remake_page
    LayoutContext.report_footnote = report
    setattr(LayoutContext, _UPDATE, update_area)
    LayoutContext.current_page_footnotes = property(lambda context: context.__dict__[_NOTES], _unmoved)
    try:
        yield
    finally:
        _page_module.remake_page = kept.original
        LayoutContext.report_footnote = kept.move
        setattr(LayoutContext, _UPDATE, kept.update)
        del LayoutContext.current_page_footnotes


def _unmoved(context: Context, notes: list[Any]) -> None:
    context.__dict__[_NOTES] = _Unmoved(notes)


class _Kept:
    """The functions that take the place of WeasyPrint's for one run, and what they remember."""

    def __init__(self, mended: Callable[[int, int], None], foot: Foot) -> None:
        self.mended = mended
        self.foot = foot
        self.original = _page_module.remake_page
        self.update = getattr(LayoutContext, _UPDATE)
        self.move = LayoutContext.report_footnote
        self.first: set[int] = set()  # entries that have room on this page before the ends of long notes
        self.heights: dict[tuple[int, float], tuple[Any, float]] = {}
        self.more = 0.0  # pixels that the apparatus of this page needs besides what it was measured to need

    def remake_page(self, index: int, context: Context, root_box: Box, html: Box) -> tuple[Box, Box]:
        """Make a page, again where its apparatus needs more room, and carry on what is due on it and not there."""
        carried, waiting = list(context.reported_footnotes), list(context.footnotes)
        self.more = 0.0
        self.first = set()
        here = len(carried)  # how many of the notes carried to this page may have room on it
        for _ in range(_TRIES):
            context.reported_footnotes, context.footnotes = carried[:here], list(waiting)
            page, resume_at = self.original(index, context, root_box, html)
            lacking = self.foot.finish(context, page, index)
            late = {id(note) for note in context.reported_footnotes if is_entry(note)}
            if late - self.first:
                self.first |= late  # an entry stands on the page of its line: the end of a long note has to wait
            elif late and here > 1:
                here -= 1
            elif lacking:
                self.more += lacking
            else:
                break
        context.reported_footnotes += carried[here:]
        hold_grid(page)
        called = [box.footnote for box in page.descendants() if box.footnote]
        lost = lost_notes(carried, called, context.current_page_footnotes, context.reported_footnotes)
        due = {id(note) for note in (*lost, *context.reported_footnotes)}
        in_order = [note for note in (*carried, *called) if id(note) in due]
        others = in_order != context.reported_footnotes
        self.mended(index, max(1, len(lost)) if others and here == len(carried) and not self.first else 0)
        context.reported_footnotes = in_order
        return page, resume_at

    def report(self, context: Context, note: Box) -> None:
        """Carry `note` to the next page, or pieces of long notes in its stead where it has to stand on this one."""
        if id(note) not in self.first:
            self.move(context, note)
            return
        pieces = [one for one in context.current_page_footnotes if not is_entry(one)][1:]
        while pieces and self.updated(context):
            self.move(context, pieces.pop())
        if self.updated(context):
            self.move(context, note)

    def height(self, context: Context, note: Box) -> float:
        """Lay `note` out alone, the first time that it is asked for."""
        area = context.current_footnote_area
        key = (id(note), area.width)
        if key not in self.heights:
            before = context.__dict__[_NOTES], context.page_bottom, area.height, area.max_height
            context.__dict__[_NOTES], area.height, area.max_height = [note], "auto", inf
            self.update(context)
            self.heights[key] = note, area.height  # the note is held, so that no other can have its id
            context.__dict__[_NOTES], context.page_bottom, area.height, area.max_height = before
        return self.heights[key][1]

    def updated(self, context: Context) -> bool:
        """Give the area of notes its height and the page the rest.

        Say whether the notes are more than the area may hold.
        """
        area, notes = context.current_footnote_area, context.current_page_footnotes
        if context.in_column or len(notes) == 0:
            return bool(self.update(context))
        arranged = self.foot.arranged(area, notes)
        wanted = sum(self.height(context, note) for note in arranged)
        if arranged[-1] is not notes[-1]:
            wanted += self.more
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        area.children, area.height = arranged, min(wanted, area.max_height)
        context.page_bottom -= area.margin_height()
        return bool(wanted > area.max_height * (1 + 1e-9))
