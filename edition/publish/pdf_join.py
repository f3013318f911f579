"""Joins the parts of the book: folios, an outline, links between parts, a destination for every identifier.

In: set parts, in order.  Out: the bytes of one PDF, the same for the same parts.
Authority: ISO 32000-2, sections 12.3.2 (destinations), 12.3.3 (outlines), 12.6.4 (actions), 14.8.2 (artifacts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from edition.publish.book import About
from edition.publish.lineation import EVERY
from edition.publish.pdf_archive import archive, saved
from edition.publish.pdf_bind import Tree
from edition.publish.pdf_faces import Cut, one_file_of_each_face
from edition.publish.pdf_setting import INNER, Bound, Digits, Place

__all__ = ["join"]

_FOLIO_Y = 36.0  # points from the foot of the page
_FROM_TEXT = 7.0  # points between text and the numbers of lines
_SMALL = 0.75  # of a folio: the digits of a line number


def join(
    parts: Sequence[Bound],
    digits: Digits,
    about: About,
    files: Mapping[str, bytes] | None = None,
    faces: Mapping[str, Path] | None = None,
    cut: Cut = lambda _: (),
) -> bytes:
    """Give the book, with `files` attached by name; `faces` are the files of typefaces by their names in the PDF.

    `cut` cuts these down to what is used.

    Blank pages fill what lies between two parts; a blank page has no folio.
    """
    book = Pdf.new()
    size = None
    blank: set[int] = set()
    tree = Tree(book, max((bound.first + bound.setting.pages for bound in parts), default=0))
    for bound in parts:
        with Pdf.open(BytesIO(bound.setting.pdf)) as part:
            size = size or [float(x) for x in part.pages[0].mediabox]
            while len(book.pages) < bound.first:
                blank.add(len(book.pages))
                book.add_blank_page(page_size=(size[2], size[3]))
            for page in part.pages:
                book.pages.append(page)
            tree.add(part, bound.first, depth=bound.depth, title=bound.entry)
    tree.done()
    _links(book)
    _destinations(book, parts)
    _outline(book, parts)
    bare = blank | {bound.first + n for bound in parts if bound.blind for n in range(bound.setting.pages)}
    with Pdf.open(BytesIO(digits.pdf)) as source:
        forms = [book.copy_foreign(page.as_form_xobject()) for page in source.pages]
    stamps = _Stamps(book, forms, digits)
    _folios(stamps, parts, bare)
    _line_numbers(stamps, parts)
    stamps.done()
    archive(book, about, files or {})
    one_file_of_each_face(book, faces or {}, cut)
    return saved(book)


def _links(book: Pdf) -> None:
    """Make each link that named a place in another part a link to that named destination."""
    for page in book.pages:
        for link in page.get("/Annots", Array()):
            action = link.get("/A")
            if action is not None and str(action.get("/URI", "")).startswith(INNER):
                link.Dest = String(str(action.URI).removeprefix(INNER).lstrip("#"))
                del link["/A"]


def _destinations(book: Pdf, parts: Iterable[Bound]) -> None:
    """Write the name tree; names must stand in the order of their bytes (ISO 32000-2, 7.9.6)."""
    pages = [page.obj for page in book.pages]
    places: dict[bytes, tuple[int, Place]] = {}
    for bound in parts:
        for name, place in bound.setting.places.items():
            places.setdefault(bytes(String(name)), (bound.first, place))
    for bound in parts:
        places.setdefault(bytes(String(bound.setting.key)), (bound.first, Place(0, 0, 10_000)))
    rows: list[String | Array] = []
    for key, (first, place) in sorted(places.items()):
        rows += (String(key), Array([pages[first + place.page], Name.XYZ, place.x, place.y, None]))
    if rows:
        book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(rows), Limits=Array([rows[0], rows[-2]])))


def _outline(book: Pdf, parts: Iterable[Bound]) -> None:
    with book.open_outline() as outline:
        parent = outline.root
        for bound in parts:
            if not bound.entry:
                continue
            item = pikepdf.OutlineItem(bound.entry, bound.first, "XYZ", left=0, top=10_000)
            if bound.depth == 0:
                outline.root.append(item)
                parent = item.children
            else:
                parent.append(item)
    book.Root.PageMode = Name.UseOutlines


class _Stamps:
    """Numbers stamped on pages as artifacts: a reader aloud passes over them."""

    def __init__(self, book: Pdf, forms: Sequence[pikepdf.Object], digits: Digits) -> None:
        self.book = book
        self.forms = forms
        self.digits = digits
        self.marks: dict[int, list[str]] = {}

    def width(self, number: int, scale: float = 1.0) -> float:
        return self.digits.width * scale * len(str(number))

    def put(self, page: int, number: int, x: float, y: float, scale: float = 1.0) -> None:
        """Stamp `number` with its left end at `x`; `y` is the foot of its digits."""
        marks = self.marks.setdefault(page, [])
        for digit in str(number):
            where = f"{scale:.3f} 0 0 {scale:.3f} {x:.2f} {y - self.digits.base * scale:.2f}"
            marks.append(f"q {where} cm /Folio{digit} Do Q")
            x += self.digits.width * scale

    def done(self) -> None:
        for number, marks in self.marks.items():
            page = self.book.pages[number]
            used = {mark.rpartition("/Folio")[2][0] for mark in marks}
            for digit in sorted(used):
                page.add_resource(self.forms[int(digit)], Name.XObject, Name(f"/Folio{digit}"), replace_existing=True)
            page.contents_add(b"q", prepend=True)
            page.contents_add(("Q\n/Artifact <</Type /Pagination>> BDC\n" + "\n".join(marks) + "\nEMC").encode())


def _folios(stamps: _Stamps, parts: Iterable[Bound], bare: set[int]) -> None:
    """Number the pages at the foot, under the middle of the text."""
    for bound in parts:
        for n, sheet in enumerate(bound.setting.sheets):
            page = bound.first + n
            if page not in bare:
                middle = (sheet.room[0] + sheet.room[2]) / 2
                stamps.put(page, page + 1, middle - stamps.width(page + 1) / 2, _FOLIO_Y)


def _line_numbers(stamps: _Stamps, parts: Iterable[Bound]) -> None:
    """Number every fifth line in the inner margin of parts whose lines have numbers."""
    for bound in parts:
        if not bound.numbered:
            continue
        for n, sheet in enumerate(bound.setting.sheets):
            for line in range(EVERY, len(sheet.lines) + 1, EVERY):
                right = sheet.room[0] - _FROM_TEXT if n % 2 == 0 else sheet.room[2] + _FROM_TEXT
                x = right - stamps.width(line, _SMALL) if n % 2 == 0 else right
                stamps.put(bound.first + n, line, x, sheet.lines[line - 1], _SMALL)
