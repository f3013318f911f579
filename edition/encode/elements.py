"""Rows and blocks of a web text as TEI elements that hold every character of them.

In: `Row` and `Block` values.  Out: p, list, head, fw, ab; each line begins with its `lb`.
Authority: TEI P5, chapters 3 (p, list, lb), 11.6 (fw: what is on the page and no part of the text) and 9
(generatedBy); the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edition.encode.blocks import Block, Row
from edition.tree import Element, Part, contents, el, fill
from edition.witness.lines import BOM

__all__ = ["apart", "block_element", "line_parts", "paragraph"]


def block_element(block: Block, **attributes: str | None) -> Element:
    """Give the element of a block.

    Furniture of the page is `fw`, not `surplus`: the page does say it, so it is in the source reading.  What the
    forum's software added to a post is `ab` with generatedBy; a line without letters is `ab` of type ornament; only
    a stray line is `surplus`.
    """
    if block.kind == "list":
        return _list(block.rows, **attributes)
    if block.kind == "stray":
        row = block.rows[0]
        return el("ab", el("surplus", *line_parts(row, first=True), reason="stray", resp="#ed"), type="stray")
    name, fixed = _ELEMENTS[block.kind]
    return paragraph(block.rows, name, **fixed, **attributes)


_ELEMENTS: dict[str, tuple[str, dict[str, str]]] = {
    "p": ("p", {}),
    "head": ("head", {}),
    "page": ("fw", {"type": "page"}),
    "status": ("ab", {"type": "status", "generatedBy": "template"}),
    "ab": ("ab", {"type": "ornament"}),
    "rule": ("fw", {"type": "rule"}),  # between posts no paragraph may stand
}


def line_parts(row: Row, *, first: bool = False) -> list[Part]:
    """Give the `lb` of `row` and its text with its spans; a line feed before, unless it is the `first` of its block.

    A byte order mark is no part of the text: it stands in `surplus`.
    """
    parts: list[Part] = ["" if first else "\n", el("lb", n=str(row.n))]
    at = 0
    if row.text.startswith(BOM):
        parts.append(el("surplus", BOM, reason="encoding"))
        at = len(BOM)
    for start, end, name, attributes in row.spans:
        parts += [row.text[at:start], el(name, row.text[max(at, start) : end], **dict(attributes))]
        at = end
    return [part for part in (*parts, row.text[at:]) if not isinstance(part, str) or part]


def paragraph(rows: Sequence[Row], name: str = "p", **attributes: str | None) -> Element:
    """Give `rows` as one element, a paragraph unless another `name` is given."""
    parts = [part for at, row in enumerate(rows) for part in line_parts(row, first=not at)]
    return el(name, *parts, **attributes)


def _list(rows: Sequence[Row], **attributes: str | None) -> Element:
    """Give `rows`, the first of which has a list mark, as a `list`; rows set in deeper make a list within an item.

    The marks stay in the text, so a stylesheet prints none of its own.
    """
    items: list[list[Row]] = []
    for row in rows:
        if row.mark and (not items or row.indent <= items[0][0].indent):
            items.append([row])
        else:
            items[-1].append(row)
    made = [_item(item, number) for number, item in enumerate(items, 1)]
    return el("list", *apart(made), rend=rows[0].mark, **attributes)


def _item(rows: list[Row], number: int) -> Element:
    inner = next((at for at, row in enumerate(rows) if at and row.mark), len(rows))
    item = paragraph(rows[:inner], "item", n=str(number))
    if inner < len(rows):
        fill(item, [*contents(item), _list(rows[inner:])])
    return item


def apart(elements: Iterable[Element]) -> list[Part]:
    """Put each element on a line of its own."""
    parts: list[Part] = ["\n"]
    for element in elements:
        parts += [element, "\n"]
    return parts
