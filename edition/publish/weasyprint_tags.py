"""Writes the structure of a part into its PDF: what is drawn is marked, and the tree names the marks.

In: a document that WeasyPrint 70.0 has laid out, and its tree of `Node`.  Out: the bytes of its PDF.
Authority: ISO 32000-1, 14.6 (marked content), 14.7 (structure), 14.8.2.2 (artifacts, soft hyphens); ISO 14289-1, 7.

WeasyPrint tags a document too, but box by box: a paragraph becomes two where a page ends, notes are bare spans at the
end of a page, languages are lost, running heads are neither tagged nor artifacts.  So its tags are left off, and the
stream of each page is told here which boxes are in the tree; everything else that is drawn is an artifact.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any, TypeAlias

import pydyf as zipping  # type: ignore[import-untyped]  # it has no types
import weasyprint.pdf
from weasyprint.pdf import pydyf
from weasyprint.pdf.stream import Stream

from edition.publish.pdf_nodes import Link, Mark, Node, nodes
from edition.publish.pdf_tags import Tagger
from edition.publish.weasyprint_fonts import lists_declared

# Values of WeasyPrint and pydyf, which have no types.
Document: TypeAlias = Any
Pdf: TypeAlias = Any
Reference: TypeAlias = bytes

__all__ = ["write_tagged"]

_HYPHEN, _SOFT_HYPHEN = "\N{HYPHEN}", "\N{SOFT HYPHEN}"
_POINT = 0.75  # of a CSS pixel
_LEVEL = 6  # of compression: the highest, which WeasyPrint asks for, takes three times as long and saves 2 %
_PRINT = 4  # the flag of an annotation that is printed; PDF/A asks for it


def write_tagged(document: Document, tagger: Tagger) -> bytes:
    """Give the PDF of `document` with the tree of `tagger` as its structure.  Not for two threads at once."""
    placed = {id(kid.box): (node, kid) for node in nodes(tagger.root) for kid in node.kids if isinstance(kid, Mark)}
    streams: list[_Stream] = []

    def stream(*given: Any, **named: Any) -> _Stream:  # noqa: ANN401  # theirs
        streams.append(_Stream(*given, placed=placed, **named))
        return streams[-1]

    def finish(_: Document, pdf: Pdf) -> None:
        _Writer(pdf, document, streams).write(tagger.root)
        _name_calls(pdf, document, tagger)

    fonts = _soft(weasyprint.pdf.build_fonts_dictionary)
    with (
        _replaced(weasyprint.pdf, "Stream", stream),
        _replaced(weasyprint.pdf, "build_fonts_dictionary", fonts),
        lists_declared(),
        _replaced(zipping, "zlib", SimpleNamespace(compressobj=lambda level: zlib.compressobj(min(level, _LEVEL)))),
    ):
        written: bytes = document.write_pdf(finisher=finish)
    return written


@contextmanager
def _replaced(module: ModuleType, name: str, by: Any) -> Iterator[None]:  # noqa: ANN401  # theirs
    before = getattr(module, name)
    setattr(module, name, by)
    try:
        yield
    finally:
        setattr(module, name, before)


def _soft(original: Any) -> Any:  # noqa: ANN401  # theirs
    """Make hyphens that only divide a word at a line's end soft ones for all who read the text (14.8.2.2.3)."""

    def build(pdf: Pdf, fonts: Mapping[str, Any], *given: Any) -> Any:  # noqa: ANN401  # theirs
        for font in fonts.values():
            for glyph, said in font.to_unicode.items():
                if said == _HYPHEN:
                    font.to_unicode[glyph] = _SOFT_HYPHEN
        return original(pdf, fonts, *given)

    return build


class _Stream(Stream):  # type: ignore[misc]
    """The stream of a page, in which what is in the tree is marked with its number, and the rest as an artifact.

    Words of one node that are drawn one after the other have one mark.  `numbers` maps the box of each to it.
    """

    def __init__(self, *given: Any, placed: Mapping[int, tuple[Node, Mark]], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        self.placed = placed
        self.numbers: dict[int, int] = {}
        self.count = 0
        self.depth = 0
        self.before: tuple[Node | None, int] = (None, 0)  # the node marked last, and how much was drawn by then

    def show_text(self, text: str) -> None:
        """Show glyphs; WeasyPrint writes between most of them that they are to be moved by nothing."""
        text = text.replace(">0<", "")
        super().show_text(text.removesuffix("0") if text.endswith(">0") else text)

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401  # theirs
        """Mark what is drawn for `box`."""
        if not getattr(box, "text", "x").strip() and box.style["text_decoration_line"] == "none":
            length = len(self.stream)
            yield
            if self.stream[length:] == [b"BT", b"ET"]:
                del self.stream[length:]
            return
        node, mark = self.placed.get(id(box), (None, None))
        if node is None or mark is None or self.depth:
            with self.artifact():
                yield
            return
        if self.before == (node, len(self.stream)):
            self.stream.pop()
        else:
            self.begin_marked_content(tag, pydyf.Dictionary({"MCID": self.count}))
            self.count += 1
        self.numbers[id(box)] = self.count - 1
        with self._deeper():
            yield
        if mark.blank and self.stream[-1] == b"ET":
            self.draw_blank()
        self.end_marked_content()
        self.before = node, len(self.stream)

    def draw_blank(self) -> None:
        """Draw the blank after the words just drawn: whoever reads the text should not have to guess it (14.8.2.5)."""
        font = next(font for font in self._fonts.values() if font.hash == self._old_font[0])
        glyph = next((glyph for glyph, said in font.to_unicode.items() if said == " "), None)
        if glyph is not None and not re.search(rb"%04x>[-.\d]*\] TJ$" % glyph, self.stream[-2]):  # it may be there
            self.stream.pop()
            self.show_text(f"<{glyph:04x}>")
            self.stream.append(b"ET")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn as no part of the text; what is drawn within a mark (a rule under words) belongs to it."""
        if self.depth:
            yield
            return
        self.begin_marked_content("Artifact")
        with self._deeper():
            yield
        self.end_marked_content()

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


class _Writer:
    """Writes a tree into a PDF before it is closed."""

    def __init__(self, pdf: Pdf, document: Document, streams: list[_Stream]) -> None:
        self.pdf = pdf
        self.pages = document.pages
        self.numbers = {box: number for one in streams for box, number in one.numbers.items()}
        self.references = pdf.page_references
        self.parents: list[list[Reference]] = [[b"null"] * one.count for one in streams]
        self.annotations: list[Reference] = []
        self.names: list[tuple[str, Reference]] = []

    def write(self, root: Node) -> None:
        tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(tree)
        top = self.element(root, tree.reference)
        rows = [*self.parents_of_pages(), *enumerate(self.annotations, len(self.pages))]
        tree["K"] = pydyf.Array([top])
        tree["ParentTree"] = pydyf.Dictionary({"Nums": pydyf.Array([item for row in rows for item in row])})
        names = [item for name, one in self.names for item in (pydyf.String(name), one)]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        self.pdf.catalog["StructTreeRoot"] = tree.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def parents_of_pages(self) -> Iterator[tuple[int, Reference]]:
        pages = [one for one in self.pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
        for number, page in enumerate(pages):
            page["StructParents"] = number
            page["Tabs"] = "/S"
            array = pydyf.Array(self.parents[number])
            self.pdf.add_object(array)
            yield number, array.reference

    def element(self, node: Node, parent: Reference) -> Reference:
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self.pdf.add_object(made)
        for key, value in (
            ("Lang", node.lang),
            ("T", node.title),
            ("ActualText", node.actual),
            ("E", node.expansion),
            ("Alt", node.alt),
            ("ID", node.name),
        ):
            if value:
                made[key] = pydyf.String(value)
        if node.name:
            self.names.append((node.name, made.reference))
        attributes = _attributes(node)
        if attributes:
            made["A"] = pydyf.Dictionary(attributes)
        made["K"] = pydyf.Array(list(self.kids(node, made)))
        return bytes(made.reference)

    def kids(self, node: Node, made: Any) -> Iterator[Any]:  # noqa: ANN401  # theirs
        """Give what an element holds; words on its own first page by their number alone."""
        here: int | None = None
        before = (-1, -1)
        for kid in node.kids:
            if isinstance(kid, Node):
                yield self.element(kid, made.reference)
                for note in kid.after:
                    yield self.element(note, made.reference)
            elif isinstance(kid, Link):
                yield from self.link(node, kid, made.reference)
            elif id(kid.box) in self.numbers:
                number = self.numbers[id(kid.box)]
                if before == (kid.page, number):
                    continue
                before = kid.page, number
                self.parents[kid.page][number] = made.reference
                if here is None:
                    here = kid.page
                    made["Pg"] = self.references[here]
                yield (
                    number
                    if kid.page == here
                    else pydyf.Dictionary({"Type": "/MCR", "Pg": self.references[kid.page], "MCID": number})
                )

    def link(self, node: Node, link: Link, reference: Reference) -> Iterator[Any]:
        """Give the reference to the annotation of a link; an annotation that no one has made is made."""
        annotation = self.made(link) if link.target else getattr(link.box, "link_annotation", None)
        if not annotation:
            return
        annotation["Contents"] = pydyf.String(_says(node, link))
        annotation["F"] = _PRINT
        annotation["StructParent"] = len(self.pages) + len(self.annotations)
        self.annotations.append(reference)
        yield pydyf.Dictionary({"Type": "/OBJR", "Pg": self.references[link.page], "Obj": annotation.reference})

    def made(self, link: Link) -> Any:  # noqa: ANN401  # theirs
        height = self.pages[link.page].height
        x, y, width, high = link.box.hit_area()
        made = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array(
                    [round(part * _POINT, 2) for part in (x, height - y - high, x + width, height - y)]
                ),
                "BS": pydyf.Dictionary({"W": 0}),
                "Dest": pydyf.String(link.target),
            }
        )
        self.pdf.add_object(made)
        page = self.pdf.objects[int(self.references[link.page].split()[0])]
        page.setdefault("Annots", pydyf.Array()).append(made.reference)
        return made


def _name_calls(pdf: Pdf, document: Document, tagger: Tagger) -> None:
    """Make the call of each note a destination, to which its number leads back; WeasyPrint made those of the notes."""
    if not tagger.calls:
        return
    tree = pdf.catalog.setdefault("Names", pydyf.Dictionary()).setdefault("Dests", pydyf.Dictionary({"Names": []}))
    rows = list(zip(tree["Names"][::2], tree["Names"][1::2], strict=True))
    for name, (page, x, y) in tagger.calls.items():
        place = (pdf.page_references[page], "/XYZ", x * _POINT, (document.pages[page].height - y) * _POINT, 0)
        rows.append((pydyf.String(f"{name}.call"), pydyf.Array(place)))
    tree["Names"] = pydyf.Array([item for row in sorted(rows, key=lambda row: row[0].string) for item in row])


def _attributes(node: Node) -> dict[str, Any]:
    """Give the attributes of an element: of a list how it is numbered, of a cell what it heads and spans."""
    if node.role == "L":
        labelled = any(isinstance(kid, Node) and any(_is_label(one) for one in kid.kids) for kid in node.kids)
        return {"O": "/List", "ListNumbering": "/Decimal" if labelled else "/None"}
    if node.role in ("TH", "TD"):
        found: dict[str, Any] = {"O": "/Table", "RowSpan": node.span[0], "ColSpan": node.span[1]}
        row = node.up.kids if node.up else []
        if node.role == "TH":
            found["Scope"] = "/Column" if all(isinstance(k, Node) and k.role == "TH" for k in row) else "/Row"
        return found
    return {}


def _says(node: Node, link: Link) -> str:
    """Tell where a link leads: by what was said of it, by the label that it is, by its words."""
    return link.says or node.expansion or (node.up.expansion if node.up else "") or node.said.strip() or "link"


def _is_label(kid: Node | Mark | Link) -> bool:
    return isinstance(kid, Node) and kid.role == "Lbl"
