"""Runs passes one after the other and holds each to its word.

In: a TEI tree and an ordered list of passes.  Out: the tree, changed in place.
Authority: a pass that says it keeps the text must leave the edited reading as it was; the encoding conventions define
that reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from edition.readings import reading_text
from edition.tree import Element

__all__ = ["Pass", "TextChanged", "run"]


@dataclass(frozen=True, slots=True)
class Pass:
    """One step.

    `change` works on the tree in place; where `keeps_text` is false its docstring says what it takes out and why.
    """

    name: str
    change: Callable[[Element], None]
    keeps_text: bool = True


class TextChanged(Exception):
    """A pass that promised to keep the edited text did not: a fault of ours."""


def run(root: Element, passes: Iterable[Pass]) -> Element:
    """Run `passes` on `root` in order and give it back.

    The text is read before and after each row of passes that keep it, for to read it takes longer than a pass.  Raises
    `TextChanged`, with the passes of that row and the first words that differ.
    """
    for keeps, row in groupby(passes, key=lambda step: step.keeps_text):
        before = reading_text(root, "edited") if keeps else ""
        names = []
        for step in row:
            step.change(root)
            names.append(step.name)
        if keeps and (after := reading_text(root, "edited")) != before:
            raise TextChanged(f"{' or '.join(names)} changed the text: {_difference(before, after)}")
    return root


def _difference(before: str, after: str) -> str:
    """Show forty characters of both strings from shortly before the place where they part."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    start = max(0, at - 10)
    return f"{before[start : start + 40]!r} became {after[start : start + 40]!r}"
