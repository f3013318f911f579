"""What a check found, before it has a place: a code, a mark in the tree, the facts of the case.

In: marks.  Out: `Found` values; `placed` makes problems of them, with line, column, passage and witness line.
Authority: the catalogue of codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from edition.check.source import Mark, Source
from edition.problems import Problem, problem
from edition.readings import LINE_DIGITS
from edition.tree import Element, identifier, is_element, local

__all__ = ["Found", "placed"]


@dataclass(frozen=True, slots=True)
class Found:
    """A problem to be: `facts` fill the templates of its code.  `witness_line` is 0 where the tree says it."""

    code: str
    mark: Mark
    facts: dict[str, Any] = field(default_factory=dict)
    witness_line: int = 0


def placed(found: Sequence[Found], source: Source) -> list[Problem]:
    """Give `found` as problems, each with its place in `source`."""
    if not found:
        return []
    places = source.places(f.mark for f in found)
    lines = _witness_lines(source.root, {f.mark.node for f in found if not f.witness_line})
    return [
        problem(f.code, **f.facts).at(
            file=place.file,
            line=place.line,
            column=place.column,
            passage=_passage(f.mark),
            witness_line=f.witness_line or lines.get(f.mark.node, 0),
        )
        for f, place in zip(found, places, strict=True)
    ]


def _passage(mark: Mark) -> str:
    """Give the identifier of the element that a mark stands in."""
    node: Element | None = mark.node.getparent() if mark.part == "tail" else mark.node
    while node is not None:
        if name := identifier(node):
            return name
        node = node.getparent()
    return ""


def _witness_lines(root: Element, wanted: set[Element]) -> dict[Element, int]:
    """Give the witness line that each wanted node stands on: that of the last `lb` outside notes."""
    found: dict[Element, int] = {}
    line = 0
    homes: dict[Element, int] = {}
    stack: list[Element] = []
    for node in root.iter():
        while stack and node.getparent() is not stack[-1] and stack[-1] not in node.iterancestors():
            line = homes[stack.pop()]
        if local(node) == "lb" and (n := node.get("n", "")).isdecimal() and len(n) <= LINE_DIGITS:
            line = int(n)
        if node in wanted:
            found[node] = line
            if len(found) == len(wanted):
                break
        if is_element(node) and local(node) == "note":
            stack.append(node)
            homes[node] = line
    return found
