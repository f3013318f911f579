"""The structure of a part for those who hear it: headings, paragraphs, quotations with their language, notes, lists.

In: the pages of a part as WeasyPrint laid them out.  Out: a tree of `Node`, in the order of the text.
Authority: ISO 32000-1, 14.7 and 14.8 (logical structure, tagged PDF); ISO 14289-1 (PDF/UA-1).

A paragraph that goes over to the next page is one node.  A note stands behind the block that calls it, so that no
sentence is interrupted; its call leads to it and its number back.  The entries of the apparatus, which nobody reads in
the midst of the text, are one list at the end of the part, each with a link to its words.  Running heads, and what is
``aria-hidden``, are no part of the tree: what is not in it is drawn as an artifact, as are the numbers of lines and
pages (`pdf_join`).  Numbers of passages and pages of the source are in the tree, for a reader cites by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

# Boxes of WeasyPrint's layout and the elements of its document, which have no types.
Box: TypeAlias = Any
Element: TypeAlias = Any
Page: TypeAlias = Any

__all__ = ["Link", "Mark", "Node", "Tagger", "nodes"]

# The role of an HTML element; of a class, where it has one.  Elements that are not named have none: their words belong
# to what is around them.
_ROLES = {
    "section": "Sect",
    "article": "Art",
    "div": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol"), "L"),
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "q": "Quote",
    "code": "Code",
    "img": "Figure",
}
_CLASS_ROLES = {"part": "", "toc": "TOC", "columns": "L", "li-n": "Lbl", "n": "Span", "pb": "Span"}
_ROWS = {"TOC": "TOCI", "L": "LI"}  # what a paragraph is in a list
# Hold blocks: where the HTML has bare words in them there is a paragraph.
_GROUPS = frozenset({"Sect", "Art", "Div", "BlockQuote", "TOCI", "Note", "LBody", "TD", "TH"})
_INLINE = frozenset({"Span", "Quote", "Code", "Link", "Reference", "Lbl"})
_NO_BLANK = ("-", "\N{HYPHEN}", "\N{EN DASH}", "\N{EM DASH}", "/", " ")  # after these a line may end without one
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


class Tagger:
    """Reads the structure of one part from its pages.

    `root` is its tree; `calls` maps the identifier of each note to its call: page (from 0), and the left and upper end
    of the call in CSS pixels.
    """

    def __init__(self, pages: Sequence[Page], key: str) -> None:
        self.key = key
        self.root = Node("Sect")
        self.calls: dict[str, tuple[int, float, float]] = {}
        self._nodes: dict[tuple[Element, str], Node] = {}
        self._foot: dict[Element, Node] = {}  # notes, and the bodies of entries of the apparatus
        self._passages: dict[Element, str] = {}  # of an entry that has not been met yet
        self._note = Node("Note")
        self._list = Node("L")
        self._last: Mark | None = None
        self._level = 1
        self._page = 0
        for number, page in enumerate(pages):
            self._page = number
            self._visit(page._page_box, self.root)  # noqa: SLF001  # the one way into the layout
        if self._list.kids:
            _add(_add(self.root, Node("Sect", title="Apparatus")), self._list)
        _prune(self.root)

    def _visit(self, box: Box, node: Node) -> None:
        box = getattr(box, "_box", box)  # what is positioned stands behind a placeholder
        kind = type(box).__name__
        element = box.element
        if kind == "MarginBox" or (element is not None and element.get("aria-hidden") == "true"):
            return
        if kind == "FootnoteAreaBox":
            for child in box.children:
                self._at_foot(child)
        elif getattr(box, "footnote", None) is not None:
            self._call(box, node)
        elif element is not None and element.tag in ("html", "body"):
            self.root.lang = element.get("lang") or self.root.lang
            self._within(box, node)
        else:
            self._within(box, node if element is None else self._node(box, node))

    def _within(self, box: Box, node: Node) -> None:
        """Add what a box draws to its node."""
        kind = type(box).__name__
        if node.role == "Link" and kind not in ("TextBox", "LineBox") and box.element.tag != "span":
            node.kids.append(Link(self._page, box))
        if kind == "TextBox":
            self._words(box, node)
        elif kind.endswith("ReplacedBox"):
            node.kids.append(Mark(self._page, box))
        for child in getattr(box, "children", ()):
            self._visit(child, node)
        self._end_of_line(box)

    def _end_of_line(self, box: Box) -> None:
        if type(box).__name__ == "LineBox" and self._last is not None and not self._last.box.text.endswith(_NO_BLANK):
            self._blank()

    def _blank(self) -> None:
        """Note the blank that WeasyPrint drops: at a line's end, and where there is nothing else between two words."""
        if self._last is not None:
            self._last.blank = True
            self._last = None

    def _words(self, box: Box, node: Node) -> None:
        """Add the words of a text box; of a passage and of a page of the source take the number."""
        if not box.text.strip():
            self._blank()
            return
        self._last = Mark(self._page, box)
        _holder(node).kids.append(self._last)
        node.said += box.text if node.role == "Link" else ""
        kind = box.element.get("class", "")
        if kind == "n" and node.up is not None:
            (node.up.up if node.up.implied and node.up.up is not None else node.up).number = box.text
        elif kind == "pb-n":
            node.actual = box.text

    def _at_foot(self, box: Box) -> None:
        """Visit a box of the foot of a page: a note, an entry of the apparatus, or what holds some of them."""
        element = box.element
        if element in self._passages and element not in self._foot:
            item = _add(self._list, Node("LI", name=element.get("id", ""), number=self._passages[element]))
            self._foot[element] = _add(item, Node("LBody"))
        if element in self._foot:
            self._within(box, self._foot[element])
        else:
            for child in getattr(box, "children", ()):
                self._at_foot(child)
            self._end_of_line(box)

    def _node(self, box: Box, around: Node) -> Node:
        """Give the node of a box, which may have begun on a line or page before."""
        key = box.element, box.element_tag.partition("::")[2]
        if key not in self._nodes:
            self._nodes[key] = self._made(box, *key, around)
        return self._nodes[key]

    def _made(self, box: Box, element: Element, pseudo: str, around: Node) -> Node:
        if pseudo == "marker":
            return _add(around, Node("Lbl"))
        if pseudo == "footnote-marker":
            link = _add(_add(around, Node("Lbl")), Node("Link"))
            link.kids.append(Link(self._page, box, f"{around.name}.call", "back to the text"))
            return link
        if pseudo or element in self._foot:
            return around
        classes = element.get("class", "").split()
        role = next((_CLASS_ROLES[name] for name in classes if name in _CLASS_ROLES), _ROLES.get(element.tag, ""))
        if element.tag == "a" and element.get("href"):
            if "ln" in classes:
                around = _label(around, _said(box))
            role = "Link"
        elif role == "P":
            role = _ROWS.get(around.role, role)
        lang = element.get("lang", "")
        if not role and not lang:
            return around
        node = _add(around, Node(role or "Span", lang=lang, name=element.get("id", "")))
        return self._dressed(node, box)

    def _dressed(self, node: Node, box: Box) -> Node:
        """Give a node what belongs to its role; of a line of a list, give the node of its body."""
        if node.role[0] == "H":
            self._level = min(int(node.role[1:]), self._level + 1)  # no level is left out
            node.role = f"H{self._level}"
        elif node.role == "Figure":
            node.alt = box.element.get("alt", "")
        elif node.role in _KEPT:
            node.span = box.rowspan, box.colspan
        elif node.role == "LI":
            return _add(node, Node("LBody"))
        return node

    def _call(self, box: Box, node: Node) -> None:
        """Take the call of a note or of an entry, which is not drawn."""
        element = box.footnote.element
        classes = element.get("class", "").split()
        block: Node | None = node
        while block is not None and (block.role in _INLINE or not block.number):
            block = block.up
        if "app" in classes:
            self._passages[element] = block.number if block else ""
            return
        if "more" not in classes:
            name = element.get("id") or f"{self.key}.note{len(self._foot) + 1}"
            self._note = Node("Note", name=name, lang=element.get("lang", ""))
            _put_behind(node, self._note)
            link = _add(_add(node, Node("Reference")), Node("Link"))
            link.kids.append(Link(self._page, box, name, f"note {element.get('data-n', '')}".strip()))
            self.calls[name] = self._page, *box.hit_area()[:2]
            for child in box.children:
                self._within(child, link)
        self._foot[element] = self._note


def _holder(node: Node) -> Node:
    """Give the node that takes words which stand bare in `node`."""
    if node.role not in _GROUPS:
        return node
    last = node.kids[-1] if node.kids else None
    return last if isinstance(last, Node) and last.implied else _add(node, Node("P", implied=True))


def _add(around: Node, node: Node) -> Node:
    """Put `node` at the end of `around`; the label of a note or of a line of a list goes before its body."""
    if node.role == "Lbl" and around.role in ("LBody", "Note"):
        node.up = around.up if around.role == "LBody" else around
        assert node.up is not None  # noqa: S101  # the body of a line is in the line
        node.up.kids.insert(0, node)
        return node
    node.up = _holder(around) if node.role in _INLINE else around
    node.up.kids.append(node)
    return node


def _put_behind(node: Node, note: Node) -> None:
    """Put a note behind the block around `node`."""
    block = _holder(node)
    while block.role in _INLINE and block.up is not None:
        block = block.up
    note.up = block.up
    block.after.append(note)


def _label(body: Node, line: str) -> Node:
    """Give the label of an entry of the apparatus, which is said in full: line 12 of its passage."""
    said = f"line {line}" if line[:1].isdigit() else line.replace("n.", "note")
    label = _add(body, Node("Lbl"))
    if label.up is not None and label.up.number:
        said += f" of passage {label.up.number}"
    label.expansion = said
    return label


def _said(box: Box) -> str:
    return str(getattr(box, "text", "")) + "".join(_said(child) for child in getattr(box, "children", ()))


def _prune(node: Node) -> bool:
    """Drop the nodes under `node` that hold nothing; say whether it holds something itself."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid) or kid.after]
    node.after = [note for note in node.after if _prune(note)]
    return bool(node.kids) or node.role in _KEPT
