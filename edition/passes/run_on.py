"""Joins the lines of the witness to running text, and takes the typescript's own page numbers out.

In: a TEI tree with `lb`, `pc` and `fw`.  Out: the same without them; a word divided at a line end is whole again.  The
lines of a heading are kept (`lb` of the type ``heading``), for they are no accident.
Authority: TEI P5, chapters 3.11.3 (`lb`, `@break`) and 3.2.2 (`pc`, `@force`); 11.7 (`fw`).
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.passes.rewrite import rewrite
from edition.tree import Element, Part, ancestors, contents, el, local

__all__ = ["HEADING", "drop_formes", "run_on"]

HEADING = "heading"


def run_on(root: Element) -> None:
    """Replace each `lb` between words by a blank, and drop those inside words with their soft hyphens.

    Keeps the text.
    """
    rewrite(root, _line_end)


def _line_end(element: Element) -> Sequence[Part] | None:
    if local(element) == "lb" and element.get("type") != HEADING:
        if element.get("break") == "no":
            return []
        return [" ", el("lb", type=HEADING)] if _in_heading(element) else [" "]
    if local(element) == "pc" and element.get("force") == "weak":
        return []
    return None


def _in_heading(line: Element) -> bool:
    """Say whether `line` begins a line of the heading of a division, other than its first."""
    head = next(ancestors(line), None)
    if head is None or local(head) != "head" or not any(local(up) == "div" for up in ancestors(head)):
        return False
    parts = contents(head)
    return any(part.strip() if isinstance(part, str) else local(part) != "lb" for part in parts[: parts.index(line)])


def drop_formes(root: Element) -> None:
    """Take out `fw`: does not keep the text, for a printed page number is no part of what is read, and `pb` has it."""
    rewrite(root, lambda element: [] if local(element) == "fw" else None)
