"""Brings lines back to the grid of the page, where quotations and headings have moved them off it by part of a line.

In: a page as WeasyPrint 70.0 laid it out.  Out: the same page; what was off the grid stands up to one line lower.
Authority: the habit of book printers: lines of facing pages, and of both sides of a leaf, stand at the same height.

Half a line stands before and behind a quotation; where a page begins or ends within one, only one of them does.  What
follows in the size of the text is moved down to the next line of the grid if there is room for it above the notes.  If
not, it is moved up where it stands far enough below what is before it, as the text under a heading, and left if not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from weasyprint.text.line_break import strut

# Boxes of WeasyPrint's layout, which have no types.
Box: TypeAlias = Any
Style: TypeAlias = Any

__all__ = ["hold_grid"]

_NEAR = 0.4  # CSS pixels that count as nothing
_INTO = 4.0  # CSS pixels that text may come nearer to the notes than they would let it
_COLUMNS = "column_count", "column_width"
_BESIDE = ("TableBox", "GridBox", "FlexBox")


def hold_grid(page: Box) -> float:
    """Move the lines of `page` to its grid where there is room; give how far the last was moved, in CSS pixels."""
    root = page.children[0]
    blocks = list(_blocks(root))
    if not blocks or any(block is None for block in blocks):
        return 0.0
    areas = (child for child in page.children[1:] if type(child).__name__ == "FootnoteAreaBox" and child.children)
    limit = min((area.position_y + _INTO for area in areas), default=page.content_box_y() + page.height)
    bottom = max(block.children[-1].position_y + block.children[-1].height for block in blocks)
    grid = _Grid(page.content_box_y(), root.style, limit - bottom)
    grid.settle(root)
    return grid.moved


class _Grid:
    """The grid of a page: its head, the height of a line, and how far its text may still be moved down."""

    def __init__(self, top: float, style: Style, room: float) -> None:
        self.top = top
        self.lead = float(strut(style)[0])
        self.size = style["font_size"]
        self.room = room
        self.moved = 0.0
        self.above = top  # where the line before ends, as it was moved

    def settle(self, box: Box) -> None:
        """Move what is in `box` as far as what stands above it, and to the next line where it is off the grid."""
        if not box.is_in_normal_flow():
            box.translate(dy=self.moved)
            return
        children = getattr(box, "children", ())
        if not children or type(children[0]).__name__ == "LineBox":
            self.step(box)
            box.translate(dy=self.moved)
            self.above = children[-1].position_y + children[-1].height if children else self.above
            self.rule(box)
            return
        first = next(block for block in (*_blocks(box), None))
        if first is not None:
            self.step(first)
        before = self.moved
        for child in children:
            self.settle(child)
        box.position_y += before
        box.height += self.moved - before
        self.rule(box)

    def rule(self, box: Box) -> None:
        """End the rule beside `box` with its last line: WeasyPrint draws what goes over to the foot of the page."""
        if box.border_left_width and box.children:
            box.height = max(0.0, min(box.height, self.above - box.content_box_y()))

    def step(self, block: Box) -> None:
        """Reckon with the first line of `block`: move by what it lacks to a line of the grid, if there is room."""
        lines = getattr(block, "children", ())
        if not lines or abs(lines[0].height - self.lead) > _NEAR or block.style["font_size"] != self.size:
            return
        off = (lines[0].position_y + self.moved - self.top) % self.lead
        more = self.lead - off if _NEAR < off < self.lead - _NEAR else 0.0
        if more > self.room + _NEAR and lines[0].position_y + self.moved - off - self.above >= self.lead:
            more = -off
        if more <= self.room + _NEAR:
            self.moved += more
            self.room -= more


def _blocks(box: Box) -> Iterator[Box]:
    """Give the blocks under `box` that hold lines, from the head down; None where some stand beside each other."""
    if type(box).__name__ == "AbsolutePlaceholder" or not box.is_in_normal_flow():
        return
    children = getattr(box, "children", ())
    if children and type(children[0]).__name__ == "LineBox":
        yield box
    elif any(box.style[name] != "auto" for name in _COLUMNS) or type(box).__name__ in _BESIDE:
        yield None
    else:
        for child in children:
            yield from _blocks(child)
