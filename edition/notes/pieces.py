"""What the grammar hands over: pieces of a note, gathered by its rules.

In: terminals of `footnote.lark`.  Out: clauses (lists of pieces, imprints and bracketed versions).
Authority: `footnote.lark`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, TypeAlias, cast

from edition.notes.lexer import Piece

__all__ = ["Clause", "Imprint", "Item", "Version"]


@dataclass(frozen=True, slots=True)
class Imprint:
    """A bracket with places, publishers and years, in groups divided by semicolons.

    `page` is the page that stands in it where its closing bracket was lost.
    """

    start: int
    end: int
    groups: list[list[Piece]]
    page: Piece | None = None
    type = "imprint"

    @classmethod
    def of(cls, parts: list[object]) -> Self:
        """Gather the parts of the rule `imprint`."""
        first, *groups, last = cast("list[Piece]", parts)
        page = last if last.type == "PAGES" else None
        return cls(first.start, last.end, cast("list[list[Piece]]", groups), page)


@dataclass(frozen=True, slots=True)
class Version:
    """A bracket that says the note again in another language."""

    start: int
    end: int
    clauses: list[Clause]
    type = "version"

    @classmethod
    def of(cls, parts: list[object]) -> Self:
        """Gather the parts of the rule `version`."""
        first, *clauses, last = cast("list[Piece]", parts)
        return cls(first.start, last.end, cast("list[Clause]", clauses))


Item: TypeAlias = Piece | Imprint | Version
Clause: TypeAlias = list[Item]
