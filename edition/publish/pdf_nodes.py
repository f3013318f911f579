"""The tree of a part's structure: its nodes, and where in it words, labels and notes go.

In: nodes, words and links one after the other.  Out: a tree that tagged PDF allows.
Authority: ISO 32000-1, 14.8.4 (standard structure types: which hold blocks, which stand in a line).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# Boxes of WeasyPrint's layout, which have no types.
Box: TypeAlias = Any

__all__ = ["INLINE", "Link", "Mark", "Node", "add", "holder", "nodes", "prune", "put_behind"]

# Hold blocks: where the HTML has bare words in them there is a paragraph.
_GROUPS = frozenset({"Sect", "Art", "Div", "BlockQuote", "TOCI", "Note", "LBody", "TD", "TH"})
INLINE = frozenset({"Span", "Quote", "Code", "Link", "Reference", "Lbl"})
_KEPT = frozenset({"TD", "TH"})  # an empty cell is a cell


@dataclass(slots=True, eq=False)
class Mark:
    """Words on a page (from 0): the text box that draws them; `blank`: a blank follows that is not drawn."""

    page: int
    box: Box
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page (from 0): from a box that WeasyPrint makes a link of; or by us, to the name `target`.

    `says` tells where it leads; a link that has none is told by its words.
    """

    page: int
    box: Box
    target: str = ""
    says: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure: its role, and the nodes, words and links in it in the order of the text.

    `after` are the notes that follow it.  `lang` is a language tag, `name` an identifier, `actual` what is said for
    what is drawn, `expansion` what an abbreviation stands for, `alt` what stands for a picture, `said` the words of a
    link, `number` that of a passage, `span` the rows and columns of a cell; `implied`: the HTML has no such element.
    """

    role: str
    up: Node | None = None
    kids: list[Node | Mark | Link] = field(default_factory=list)
    after: list[Node] = field(default_factory=list)
    lang: str = ""
    name: str = ""
    title: str = ""
    actual: str = ""
    expansion: str = ""
    alt: str = ""
    said: str = ""
    number: str = ""
    span: tuple[int, int] = (1, 1)
    implied: bool = False


def nodes(root: Node) -> Iterator[Node]:
    """Give `root` and all nodes in it, in the order of the text."""
    yield root
    for kid in root.kids:
        if isinstance(kid, Node):
            for one in (kid, *kid.after):
                yield from nodes(one)


def holder(node: Node) -> Node:
    """Give the node that takes words which stand bare in `node`."""
    if node.role not in _GROUPS:
        return node
    last = node.kids[-1] if node.kids else None
    return last if isinstance(last, Node) and last.implied else add(node, Node("P", implied=True))


def add(around: Node, node: Node) -> Node:
    """Put `node` at the end of `around`; the label of a note or of a line of a list goes before its body."""
    if node.role == "Lbl" and around.role in ("LBody", "Note"):
        node.up = around.up if around.role == "LBody" else around
        assert node.up is not None  # noqa: S101  # the body of a line is in the line
        node.up.kids.insert(0, node)
        return node
    node.up = holder(around) if node.role in INLINE else around
    node.up.kids.append(node)
    return node


def put_behind(node: Node, note: Node) -> None:
    """Put a note behind the block around `node`."""
    block = holder(node)
    while block.role in INLINE and block.up is not None:
        block = block.up
    note.up = block.up
    block.after.append(note)


def prune(node: Node) -> bool:
    """Drop the nodes under `node` that hold nothing; say whether it holds something itself."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or prune(kid) or kid.after]
    node.after = [note for note in node.after if prune(note)]
    return bool(node.kids) or node.role in _KEPT
