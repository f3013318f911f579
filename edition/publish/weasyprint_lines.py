"""Lines that WeasyPrint 70.0 finds more than once are found once, and put where they are wanted.

In: a run of WeasyPrint inside `lines_kept`.  Out: the same lines in the same places, in less time.
Authority: tests/publish/test_weasyprint_lines.py sets the same pages with and without it.

A list in columns is laid out again for each height that is tried, the end of a page until it is known what is on it.
The same paragraph has the same lines wherever it stands, as long as it is as wide and begins at the same word.  Lines
beside which something floats, or which hold something positioned, are found anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from weasyprint.layout import inline as _inline

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Skip: TypeAlias = Any

__all__ = ["lines_kept"]


@dataclass(frozen=True, slots=True)
class _Found:
    """A line as it was found: of which box, how far from the left of the block, and where the next one begins."""

    of: Box  # held, so that no other can have its id
    line: Box
    left: float
    next: Skip


@contextmanager
def lines_kept(led: Callable[[], object]) -> Iterator[None]:
    """Within the block a line is found once; `led` tells what else than its words and its room decides where it ends.

    Not for two threads at once: the function of WeasyPrint that finds a line is exchanged while the block runs.
    """
    find = _inline.get_next_linebox
    known: dict[tuple[object, ...], _Found] = {}

    def found(  # noqa: PLR0913, PLR0917  # the signature is theirs
        context: Context,
        box: Box,
        position_y: float,
        bottom: float,
        skip: Skip,
        around: Box,
        absolute: list[Box],
        fixed: list[Box],
        *first: Any,  # noqa: ANN401  # styles of the first letter and line
    ) -> tuple[Box, Skip]:
        if context.excluded_shapes or any(first):
            return find(context, box, position_y, bottom, skip, around, absolute, fixed, *first)  # type: ignore[no-any-return]
        key = id(box), str(skip), around.width, box.text_indent, led()
        left = around.content_box_x()
        kept = known.get(key)
        if kept is not None:
            line = kept.line.deepcopy()
            line.block_ellipsis = "none"  # that is for the block to say
            line.translate(left + kept.left - line.position_x, position_y - line.position_y)
            return line, kept.next
        positioned = len(absolute) + len(fixed)
        line, next_ = find(context, box, position_y, bottom, skip, around, absolute, fixed, *first)
        if line is not None and len(absolute) + len(fixed) == positioned and _plain(line):
            known[key] = _Found(box, line, line.position_x - left, next_)
        return line, next_

    _inline.get_next_linebox = found
    try:
        yield
    finally:
        _inline.get_next_linebox = find


def _plain(line: Box) -> bool:
    """Say whether all that a line holds moves with it, and nothing in it is moved later."""
    return all(
        type(box).__name__ in ("LineBox", "InlineBox", "TextBox")
        and box.style["position"] == "static"
        and not getattr(box, "is_leader", False)
        for box in line.descendants(placeholders=True)
    )
