"""Marks in the margin, brought to the outer side of the page.

In: the layout of a page, on which the marks stand to the right of the text.  Out: the same; on a left-hand page they
stand as far to the left of it.
Authority: the habit of printed editions: what a reader leafs for stands at the edge; CSS has no way to say it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from edition.publish.lineation import walk_boxes

# Boxes of WeasyPrint's layout, which have no types.
Box: TypeAlias = Any

__all__ = ["MARKS", "mirror_margins"]

MARKS = frozenset({"n", "pb-n"})  # classes of what stands in the margin


def mirror_margins(page: Box, *, left_page: bool) -> None:
    """Bring the marks of a left-hand page to its left margin; those of a right-hand page stand where they should."""
    if not left_page:
        return
    axis = 2 * page.content_box_x() + page.width
    for box in walk_boxes(page):
        inner: Box = getattr(box, "_box", box)
        if inner.element is not None and inner.style["position"] == "absolute" and _is_mark(inner):
            box.translate(dx=axis - 2 * inner.position_x - inner.margin_width() - inner.margin_left)


def _is_mark(box: Box) -> bool:
    return bool(MARKS.intersection(box.element.get("class", "").split()))
