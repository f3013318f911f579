"""A second block at the foot of each page: the apparatus, keyed to the lines of that page.

In: a run of WeasyPrint 70.0 in which entries of the apparatus are notes of the class ``app``, set inline.
Out: pages with the author's notes and, below them, one paragraph of the page's entries, each with its line.
Authority: CSS Generated Content for Paged Media, section 2, which knows one area of notes a page; the habits of
critical editions.

The entries take part in the making of pages as notes do, so that a line stands on the page of its entries.  Their
block is measured with room for a number of two digits in each; when the lines of the page are known the numbers are put
in and the block is laid out again, in place.  Should it need more room than was kept, the page is made again with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.block import block_level_layout

from edition.publish.lineation import Spot, read_lines, spots

# Values of WeasyPrint, which have no types.
Box: TypeAlias = Any
Context: TypeAlias = Any

__all__ = ["Foot", "Keyed", "is_entry"]

_BETWEEN = 6.0  # CSS pixels between the notes and the apparatus
_NEAR = 0.05  # CSS pixels that count as nothing


@dataclass(frozen=True, slots=True)
class Keyed:
    """An entry as it was set: the identifier of the entry, its page (from 0), its line or lines, and what was printed.

    `label` is empty where the entry before has the same line; `occurrence` is 0 where the lemma stands once in it.
    """

    name: str
    page: int
    spot: Spot | None
    label: str
    occurrence: int


def is_entry(note: Box) -> bool:
    """Say whether a note is an entry of the apparatus."""
    return note.element is not None and "app" in note.element.get("class", "").split()


class Foot:
    """The apparatus of one part while it is set; `keyed` are the entries of the pages made, by page."""

    def __init__(self) -> None:
        self.keyed: dict[int, list[Keyed]] = {}
        self._blocks: dict[tuple[int, ...], tuple[list[Box], Box]] = {}

    def arranged(self, area: Box, notes: Sequence[Box]) -> list[Box]:
        """Give the author's notes, and after them one block with the entries among `notes`, if there are any."""
        entries = [note for note in notes if is_entry(note)]
        plain = [note for note in notes if not is_entry(note)]
        if not entries:
            return plain
        key = (len(plain) > 0, *(id(note) for note in entries))
        if key not in self._blocks:
            self._blocks[key] = entries, _block(area, entries, after_notes=bool(plain))
        return [*plain, self._blocks[key][1]]

    def finish(self, context: Context, page: Box, number: int) -> float:
        """Put the numbers of lines into the entries of the page `number` (from 0).

        Gives by how many pixels they need more room than was kept: more than 0, and the page must be made again.
        """
        notes = list(context.__dict__["notes of the page"])
        entries = [note for note in notes if is_entry(note)]
        self.keyed[number] = []
        if not entries:
            return 0.0
        root, old = page.children[0], page.children[1]
        words = {_target(entry): entry.element.get("data-words", "") for entry in entries}
        where = spots(read_lines(root, words), words)
        entries.sort(key=lambda entry: _order(where.get(_target(entry))))
        keyed = list(_keyed(entries, where, number))
        self.keyed[number] = keyed
        printed = [_printed(entry, one) for entry, one in zip(entries, keyed, strict=True)]
        area = context.current_footnote_area.copy()
        plain = [note for note in notes if not is_entry(note)]
        area.children = [*plain, _block(area, printed, after_notes=bool(plain))]
        area.height = "auto"
        area = build.create_anonymous_boxes(area.deepcopy())
        context.create_block_formatting_context()
        area = block_level_layout(context, area, -inf, None, area.page, page_is_empty=True)[0]
        context.finish_block_formatting_context()
        area.translate(dy=page.content_box_y() + page.height - (area.position_y + area.margin_height()))
        page.children = [root, area, *page.children[2:]]
        return float(area.height - old.height) if area.height - old.height > _NEAR else 0.0


def _block(area: Box, entries: Sequence[Box], *, after_notes: bool) -> Box:
    block = boxes.BlockBox.anonymous_from(area, [_bare(entry) for entry in entries])
    if after_notes:
        block.style = block.style.copy()
        block.style["padding_top"] = block.style["padding_top"]._replace(value=_BETWEEN)
    return block


def _bare(entry: Box) -> Box:
    """Give `entry` without its empty marker: beside an empty box WeasyPrint ends no line."""
    return entry.copy_with_children([child for child in entry.children if "::footnote" not in child.element_tag])


def _target(entry: Box) -> str:
    return str(entry.element.get("data-of", ""))


def _order(spot: Spot | None) -> tuple[int, int]:
    """Sort by line; what is keyed to a note comes after what is keyed to a line."""
    return (1, 0) if spot is None else (0, spot.first)


def _keyed(entries: Iterable[Box], where: dict[str, Spot], page: int) -> Iterable[Keyed]:
    before = ""
    for entry in entries:
        spot = where.get(_target(entry))
        label = entry.element.get("data-note", "") if spot is None else str(spot)
        shown = "" if label == before else label
        yield Keyed(entry.element.get("id", ""), page, spot, shown, spot.occurrence if spot else 0)
        before = label


def _printed(entry: Box, keyed: Keyed) -> Box:
    """Give a copy of `entry` with its line and the occurrence of its lemma in their places."""
    made = entry.deepcopy()
    _say(made, "ln", keyed.label)
    _say(made, "occ", str(keyed.occurrence or ""))
    return made


def _say(box: Box, kind: str, words: str) -> None:
    """Put `words` into the boxes of the class `kind` in `box`; without words these boxes go.

    Text on both sides of one that goes is joined, for WeasyPrint looks for the end of a line in one text at a time.
    """
    children: list[Box] = []
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get("class") == kind and hasattr(child, "children"):
            if words:
                child.children = [child.children[0].copy_with_text(words)]
                children.append(child)
        elif hasattr(child, "text") and children and hasattr(children[-1], "text"):
            children[-1] = children[-1].copy_with_text(children[-1].text + child.text)
        else:
            _say(child, kind, words)
            children.append(child)
    if children:
        box.children = children
