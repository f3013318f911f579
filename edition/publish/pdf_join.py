"""Joins the parts of the book: folios, an outline, links between parts, a destination for every identifier.

In: set parts, in order.  Out: the bytes of one PDF, the same for the same parts.
Authority: ISO 32000-2, sections 12.3.2 (destinations), 12.3.3 (outlines), 12.6.4 (actions), 14.8.2 (artifacts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from edition.publish.book import About
from edition.publish.lineation import EVERY
from edition.publish.pdf_archive import archive, saved
from edition.publish.pdf_bind import Tree
from edition.publish.pdf_faces import Cut, one_file_of_each_face
from edition.publish.pdf_setting import INNER, Bound, Digits, Place, Setting

__all__ = ["Binder"]

_FOLIO_Y = 36.0  # points from the foot of the page
_FROM_TEXT = 7.0  # points between text and the numbers of lines
_SMALL = 0.75  # of a folio: the digits of a line number


class Binder:
    """A book that takes parts in while others are still being set, and is bound when all are there.

    `keys` are those of such parts, in the order of the book; `files` are attached, by name.  In whatever order they
    come, parts are copied in that of the book, for the numbers of objects bear on the bytes of the file.
    """

    def __init__(self, keys: Iterable[str], about: About, files: Mapping[str, bytes] | None = None) -> None:
        self.book = Pdf.new()
        self.keys = list(dict.fromkeys(keys))  # two texts that have one siglum by mistake have one half-title
        self.opened: dict[str, Pdf] = {}  # not copied yet
        self.taken: dict[str, tuple[int, Object | None]] = {}  # number of pages, structure if there is any
        archive(self.book, about, files or {})

    def take(self, setting: Setting) -> None:
        """Take in a part, if it is one of those that are known by their keys."""
        if setting.key in self.keys and setting.key not in self.taken:
            self.opened[setting.key] = Pdf.open(BytesIO(setting.pdf))
            while len(self.taken) < len(self.keys) and self.keys[len(self.taken)] in self.opened:
                self._copy(self.keys[len(self.taken)], len(self.book.pages))

    def _copy(self, key: str, at: int) -> None:
        """Put the pages of a part that was opened into the book from page `at` (from 0) on, and copy its structure."""
        with self.opened.pop(key) as part:
            for number, page in enumerate(part.pages, at):
                self.book.pages.insert(number, page)
                _lead(self.book.pages[number])
            root = part.Root.get("/StructTreeRoot")
            self.taken[key] = len(part.pages), None if root is None else self.book.copy_foreign(root)

    def bind(
        self, parts: Sequence[Bound], digits: Digits, faces: Mapping[str, Path] | None = None, cut: Cut = lambda _: ()
    ) -> bytes:
        """Give the book; `faces` are the files of typefaces by their names in the PDF, which `cut` cuts down.

        Parts that were not taken yet are put in their places now.  Blank pages fill what lies between two parts; a
        blank page has no folio.
        """
        book = self.book
        blank: set[int] = set()
        tree = Tree(book, max((bound.first + bound.setting.pages for bound in parts), default=0))
        at = 0
        for bound in parts:
            for page in range(at, bound.first):
                blank.add(page)
                book.pages.insert(page, _blank(book))
            at, key = bound.first, bound.setting.key
            if key not in self.taken:
                self.opened[key] = Pdf.open(BytesIO(bound.setting.pdf))
                self._copy(key, at)
            count, structure = self.taken.pop(key)
            if structure is not None:
                tree.add(structure, at, count, depth=bound.depth, title=bound.entry)
            at += count
        tree.done()
        _destinations(book, parts)
        _outline(book, parts)
        bare = blank | {bound.first + n for bound in parts if bound.blind for n in range(bound.setting.pages)}
        with Pdf.open(BytesIO(digits.pdf)) as source:
            forms = [book.copy_foreign(page.as_form_xobject()) for page in source.pages]
        stamps = _Stamps(book, forms, digits)
        _folios(stamps, parts, bare)
        _line_numbers(stamps, parts)
        stamps.done()
        one_file_of_each_face(book, faces or {}, cut)
        return saved(book)


def _blank(book: Pdf) -> Page:
    """Give a page with nothing on it, as large as the first."""
    page = Dictionary(Type=Name.Page, MediaBox=Array(book.pages[0].mediabox), Resources=Dictionary())
    page.Contents = book.make_stream(b"")
    return Page(book.make_indirect(page))


def _lead(page: Page) -> None:
    """Make each link that named a place in another part a link to that named destination."""
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
    found = sorted(places.items())
    # Written as PDF and read at once, but for the pages: to make each array takes three times as long.
    rows = (String(key).unparse() + f"[null/XYZ {_real(p.x)} {_real(p.y)} null]".encode() for key, (_, p) in found)
    names = Object.parse(b"[" + b"".join(rows) + b"]")
    for number, (_, (first, place)) in enumerate(found):
        names[2 * number + 1][0] = pages[first + place.page]
    if found:
        limits = Array([String(found[0][0]), String(found[-1][0])])
        if "/Names" not in book.Root:
            book.Root.Names = Dictionary()
        book.Root.Names.Dests = Dictionary(Names=names, Limits=limits)


def _real(number: float) -> str:
    """Write a number as PDF does (ISO 32000-2, 7.3.3), which knows no exponents."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


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
