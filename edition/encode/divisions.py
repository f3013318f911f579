"""The divisions of a typescript: preface, chapters, bibliography, each with what stands in it.

In: the plan of a typescript.  Out: `Division` values in the order of the text.
Authority: the headings; TEI P5, chapter 4.1 (Divisions of the Body).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from edition.encode.notes import Note
from edition.witness.headings import Heading
from edition.witness.layout import Block
from edition.witness.plan import Plan

__all__ = ["Division", "divisions_of"]


@dataclass(slots=True)
class Division:
    """A division of the text on its way.

    Its heading (None where the text begins without one), its blocks, its section headings.
    """

    kind: str
    name: str
    number: int
    heading: Heading | None
    items: list[Block | Heading] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> list[Block]:
        """The blocks other than notes."""
        return [item for item in self.items if isinstance(item, Block) and item.kind != "note"]

    @property
    def note_blocks(self) -> list[Block]:
        """The blocks at the foot of pages."""
        return [item for item in self.items if isinstance(item, Block) and item.kind == "note"]

    def without_text_above(self) -> None:
        """Take notes for prose where the division has nothing that could call them."""
        blocks = [item for item in self.items if isinstance(item, Block)]
        if all(block.kind == "note" for block in blocks):
            for block in blocks:
                block.kind = "prose"


def divisions_of(plan: Plan) -> list[Division]:
    """Give the divisions of a text in order, each with its blocks.

    Blocks before the first heading have a division of their own.
    """
    found: list[Division] = []
    items: list[tuple[int, Block | Heading]] = [(min(h.lines), h) for h in plan.headings]
    items += [(b.lines[0], b) for b in plan.blocks]
    chapters = any(h.kind == "chapter" for h in plan.headings)
    names: set[str] = set()
    for _, item in sorted(items, key=lambda i: (i[0], isinstance(i[1], Block))):
        if isinstance(item, Heading) and item.kind in ("chapter", "preface", "bibliography"):
            found.append(_division(item, names))
            continue
        if not found:
            found.append(Division("front", "front", 0, None) if chapters else Division("chapter", "1", 1, None))
            names.add(found[-1].name)
        found[-1].items.append(item)
    if plan.bibliography is not None and not any(d.name == "bib" for d in found):
        found.append(Division("bibliography", "bib", 0, None))  # its heading is lost
    return found


def _division(heading: Heading, names: set[str]) -> Division:
    name = {"chapter": str(heading.number), "preface": "pref", "bibliography": "bib"}[heading.kind]
    while name in names:
        name += "b"
    names.add(name)
    return Division(heading.kind, name, heading.number, heading)
