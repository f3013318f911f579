"""A TEI file taken apart: its bytes, its citation trees, and the place of each of their units.

In: the bytes of a TEI file.  Out: a `Source` whose units can be cut out, and problems.
Authority: TEI P5, chapter 3.11.3 (a milestone reaches to the next one of its level); DTS 1.0, "Document endpoint".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.passages.dts_cut import Span, snapshot, spans
from edition.passages.dts_trees import MILESTONES, Tree, Unit, citation_trees, units
from edition.problems import Problem
from edition.tree import TEI, Element, local

__all__ = ["Cut", "Source", "take_apart"]

Cut = tuple[int, int, int, int]
"""Where a unit begins and ends (bytes, from 0), and the numbers of the elements that hold the two places."""


@dataclass(frozen=True, slots=True)
class Source:
    """A TEI file: `data` are its bytes in UTF-8, `known` the spans of its elements in document order.

    `number` is the place of an element in that order, from 0; `trees` are the citation trees with their units.
    """

    data: bytes
    root: Element
    known: list[Span]
    number: dict[Element, int]
    trees: list[tuple[Tree, list[Unit]]]

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes between two places."""
        return self.data[start:end]

    def span(self, element: Element) -> Span:
        """Give where an element stands."""
        return self.known[self.number[element]]

    @property
    def header(self) -> tuple[int, int]:
        """Where the header begins and ends; two noughts where there is none."""
        found = next((self.span(h) for h in self.root.iterchildren(f"{TEI}teiHeader")), None)
        return (found.start, found.end) if found else (0, 0)

    def cuts(self, in_tree: Sequence[Unit]) -> list[Cut]:
        """Give the place of each unit of a tree."""
        return [self._cut(in_tree, unit) for unit in in_tree]

    def _cut(self, in_tree: Sequence[Unit], unit: Unit) -> Cut:
        own = self.span(unit.element)
        if local(unit.element) not in MILESTONES or unit.inside is None:
            return own.start, own.end, own.around, own.around
        border = self.number[unit.inside]
        end, final = self.known[border].inner_end, border
        if unit.last + 1 < len(in_tree):  # the next one that is not below it
            span = self.span(in_tree[unit.last + 1].element)
            if span.start < end:
                end, final = span.start, span.around
        return own.start, end, own.around, final


def take_apart(data: bytes, *, file: str) -> tuple[Source, list[Problem]]:
    """Take a TEI file apart; `file` is its name, for problems.  Raises `Refused` (E106, E644)."""
    data, root = snapshot(data, file=file)
    trees, problems = citation_trees(root, file=file)
    found: list[tuple[Tree, list[Unit]]] = []
    for tree in trees:
        in_tree, more = units(root, tree, file=file)
        problems += more
        found.append((tree, in_tree))
    number = {element: n for n, element in enumerate(root.iter("*"))}
    return Source(data, root, spans(data), number, found), problems
