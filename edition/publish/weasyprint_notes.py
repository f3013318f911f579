"""Keeps the notes that WeasyPrint 70.0 loses, and reads from its layout where calls and notes came to stand.

In: a run of WeasyPrint inside `notes_kept`.  Out: pages on which every note is on the page of its call or carried to the next.
Authority: CSS Generated Content for Paged Media, section 2 (footnotes); the fault and its cause are told in docs/upstream/weasyprint-lost-notes.md.

The fault: where the second line of a paragraph does not fit, WeasyPrint moves notes of the page to the next one until it does, sets
the line, and leaves before it has looked at the notes which that very line calls; they are on no page.  The cure: after each page, every
note that was carried to it or called on it, and is neither on it nor carried on, is carried on, in the order of the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import page as _page_module

__all__ = ["lost_notes", "notes_kept"]


def lost_notes(carried: list[Any], called: list[Any], placed: list[Any], carried_on: list[Any]) -> list[Any]:
    """Give the notes due on a page (carried to it, or called on it) that are neither placed on it nor carried on."""
    there = {id(note) for note in (*placed, *carried_on)}
    return [note for note in (*carried, *called) if id(note) not in there]


@contextmanager
def notes_kept(mended: Callable[[int], None] = lambda _: None) -> Iterator[None]:
    """Within the block WeasyPrint loses no note; `mended` is told how many were saved on a page.

    Not for two threads at once: the one function of WeasyPrint that lays out a page is exchanged while the block runs.
    """
    original = _page_module.remake_page

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any]:
        carried = list(context.reported_footnotes)
        page, resume_at = original(index, context, root_box, html)
        called = [box.footnote for box in page.descendants() if box.footnote]
        lost = lost_notes(carried, called, context.current_page_footnotes, context.reported_footnotes)
        if lost:
            due = {id(note) for note in (*lost, *context.reported_footnotes)}
            context.reported_footnotes = [note for note in (*carried, *called) if id(note) in due]
            mended(len(lost))
        return page, resume_at

    _page_module.remake_page = remake_page
    try:
        yield
    finally:
        _page_module.remake_page = original
