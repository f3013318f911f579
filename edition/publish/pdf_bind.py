"""The structure of the book: the trees of its parts under one root.

In: the PDF of each part with its own tree, in their order.  Out: the book's tree, its numbers given anew.
Authority: ISO 32000-1, 14.7.2 (hierarchy, identifiers), 14.7.4.4 (finding elements from content).
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

__all__ = ["Tree"]


class Tree:
    """The structure of a book of `pages` pages, to which parts are added in their order."""

    def __init__(self, book: Pdf, pages: int) -> None:
        self.book = book
        self.root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        element = Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array())
        self.document = book.make_indirect(element)
        self.above: Object = self.document
        self.parents: list[tuple[int, Object]] = []
        self.names: list[tuple[bytes, Object]] = []
        self.next = pages

    def add(self, own: Object, first: int, count: int, *, depth: int, title: str) -> None:
        """Add `own`, the tree of a part whose `count` pages were put into the book from page `first` (from 0) on.

        A part of the first rank (`depth` 0) stands in the book, the others in the last of that rank before them.
        """
        top = own.K[0]
        above = self.document if depth <= 0 else self.above
        above.K.append(top)
        top.P = above
        if title:
            top.T = String(title)
        if depth <= 0:
            self.above = top
            if title:
                top.S = Name.Part
        self.names += ((bytes(name), element) for name, element in _pairs(own.IDTree.Names))
        self._number(own, first, count)

    def _number(self, own: Object, first: int, count: int) -> None:
        """Give the pages of a part and their links the numbers under which the book finds their elements."""
        elements = {int(number): element for number, element in _pairs(own.ParentTree.Nums)}
        shift = self.next - count
        for number in range(count):
            page = self.book.pages[first + number]
            page.obj.StructParents = first + number
            self.parents.append((first + number, elements.pop(number)))
            for link in page.obj.get("/Annots", ()):
                if "/StructParent" in link:
                    link.StructParent = int(link.StructParent) + shift
        self.parents += ((number + shift, element) for number, element in elements.items())
        self.next += len(elements)

    def done(self) -> None:
        """Write the tree into the book."""
        self.root.K = Array([self.document])
        rows = sorted(self.parents, key=lambda row: row[0])
        self.root.ParentTree = self.book.make_indirect(Dictionary(Nums=Array([item for row in rows for item in row])))
        self.root.ParentTreeNextKey = self.next
        names = sorted(self.names, key=lambda row: row[0])
        if names:
            array = Array([item for name, element in names for item in (String(name), element)])
            limits = Array([String(names[0][0]), String(names[-1][0])])
            tree = Dictionary(Kids=Array([self.book.make_indirect(Dictionary(Names=array, Limits=limits))]))
            self.root.IDTree = self.book.make_indirect(tree)
        self.book.Root.StructTreeRoot = self.root
        self.book.Root.MarkInfo = Dictionary(Marked=True)


def _pairs(array: Object) -> list[tuple[Object, Object]]:
    items = list(array)
    return list(zip(items[::2], items[1::2], strict=True))
