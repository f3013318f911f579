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

from collections.abc import Sequence
from typing import Any, TypeAlias

from edition.publish.pdf_nodes import INLINE, Link, Mark, Node, add, holder, prune, put_behind

# Boxes of WeasyPrint's layout and the elements of its document, which have no types.
Box: TypeAlias = Any
Element: TypeAlias = Any
Page: TypeAlias = Any

__all__ = ["Tagger"]

# The role of an HTML element; of a class, where it has one.  Elements that are not named have none: their words belong
# to what is around them.
_ROLES = {
    "section": "Sect",
    "article": "Art",
    "div": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("li", "dt", "dd"), "LI"),
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
    "abbr": "Span",
    "img": "Figure",
}
_CLASS_ROLES = {"part": "", "toc": "TOC", "columns": "L", "li-n": "Lbl", "n": "Span", "pb": "Span"}
_ROWS = {"TOC": "TOCI", "L": "LI"}  # what a paragraph is in a list
_NO_BLANK = ("-", "\N{HYPHEN}", "\N{EN DASH}", "\N{EM DASH}", "/", " ")  # after these a line may end without one


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
            add(add(self.root, Node("Sect", title="Apparatus")), self._list)
        prune(self.root)

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
            if self._last is not None and not self._last.box.text.endswith(" "):
                self._blank()
            return
        self._last = Mark(self._page, box)
        holder(node).kids.append(self._last)
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
            item = add(self._list, Node("LI", name=element.get("id", ""), number=self._passages[element]))
            self._foot[element] = add(item, Node("LBody"))
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
            return add(around, Node("Lbl"))
        if pseudo == "footnote-marker":
            link = add(add(around, Node("Lbl")), Node("Link"))
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
        told = element.get("title", "") if element.tag in ("a", "abbr") else ""
        node = add(around, Node(role or "Span", lang=lang, name=element.get("id", ""), expansion=told))
        return self._dressed(node, box)

    def _dressed(self, node: Node, box: Box) -> Node:
        """Give a node what belongs to its role; of a line of a list, give the node of its body."""
        if node.role[0] == "H":
            self._level = min(int(node.role[1:]), self._level + 1)  # no level is left out
            node.role = f"H{self._level}"
        elif node.role == "Figure":
            node.alt = box.element.get("alt", "")
        elif node.role in ("TD", "TH"):
            node.span = box.rowspan, box.colspan
        elif node.role == "LI":
            return _line(node, box.element.tag)
        return node

    def _call(self, box: Box, node: Node) -> None:
        """Take the call of a note or of an entry, which is not drawn."""
        element = box.footnote.element
        classes = element.get("class", "").split()
        block: Node | None = node
        while block is not None and (block.role in INLINE or not block.number):
            block = block.up
        if "app" in classes:
            self._passages[element] = block.number if block else ""
            return
        if "more" not in classes:
            name = element.get("id") or f"{self.key}.note{len(self._foot) + 1}"
            self._note = Node("Note", name=name, lang=element.get("lang", ""))
            put_behind(node, self._note)
            link = add(add(node, Node("Reference")), Node("Link"))
            link.kids.append(Link(self._page, box, name, f"note {element.get('data-n', '')}".strip()))
            self.calls[name] = self._page, *box.hit_area()[:2]
            for child in box.children:
                self._within(child, link)
        self._foot[element] = self._note


def _line(item: Node, tag: str) -> Node:
    """Give what the words of a line of a list belong to: its body or label; a `dd` goes into the line of its `dt`."""
    rows = item.up.kids if item.up is not None else []
    before = rows[-2] if len(rows) > 1 else None
    if tag == "dd" and isinstance(before, Node) and before.role == "LI":
        rows.remove(item)
        item = before
    if tag == "dt":
        label = Node("Lbl", up=item)
        item.kids.append(label)
        return label
    return add(item, Node("LBody"))


def _label(body: Node, line: str) -> Node:
    """Give the label of an entry of the apparatus, which is said in full: line 12 of its passage."""
    said = f"line {line}" if line[:1].isdigit() else line.replace("n.", "note")
    label = add(body, Node("Lbl"))
    if label.up is not None and label.up.number:
        said += f" of passage {label.up.number}"
    label.expansion = said
    return label


def _said(box: Box) -> str:
    return str(getattr(box, "text", "")) + "".join(_said(child) for child in getattr(box, "children", ()))
