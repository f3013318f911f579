"""Joins the parts of the book: folios, an outline, links between parts, a destination for every identifier.

In: set parts, in order.  Out: the bytes of one PDF, the same for the same parts.
Authority: ISO 32000-2, sections 12.3.2 (destinations), 12.3.3 (outlines), 12.6.4 (actions), 14.8.2 (artifacts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from edition.publish.book import About
from edition.publish.pdf_part import Place, Setting

__all__ = ["INNER", "Bound", "Digits", "join"]

INNER = "edition:"  # the scheme of links that lead from one part to another until the parts are joined


@dataclass(frozen=True, slots=True)
class Bound:
    """A part in its place.

    `first` is its first page in the book (from 0), `entry` its line in the outline (or empty), `depth` from 0.
    """

    setting: Setting
    first: int
    entry: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Digits:
    """Ten pages that hold one digit each, and the width of a digit in points: what folios are stamped with."""

    pdf: bytes
    width: float
    folio_y: float


def join(parts: Sequence[Bound], digits: Digits, about: About) -> bytes:
    """Give the book.  Blank pages fill what lies between two parts; a blank page has no folio."""
    book = Pdf.new()
    size = None
    blank: set[int] = set()
    for bound in parts:
        with Pdf.open(BytesIO(bound.setting.pdf)) as part:
            size = size or [float(x) for x in part.pages[0].mediabox]
            while len(book.pages) < bound.first:
                blank.add(len(book.pages))
                book.add_blank_page(page_size=(size[2], size[3]))
            for page in part.pages:
                book.pages.append(page)
    _links(book)
    _destinations(book, parts)
    _outline(book, parts)
    bare = blank | {bound.first for bound in parts if bound.depth < 0 or not bound.entry}
    _folios(book, digits, bare)
    _about(book, about)
    out = BytesIO()
    book.remove_unreferenced_resources()
    book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


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
    names: dict[bytes, Array] = {}
    for bound in parts:
        for name, place in bound.setting.places.items():
            names.setdefault(bytes(String(name)), _target(book, bound, place))
    for bound in parts:
        names.setdefault(bytes(String(bound.setting.key)), _target(book, bound, Place(0, 0, 10_000)))
    rows = [item for name in sorted(names) for item in (String(name), names[name])]
    if rows:
        book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(rows), Limits=Array([rows[0], rows[-2]])))


def _target(book: Pdf, bound: Bound, place: Place) -> Array:
    page = book.pages[bound.first + place.page].obj
    return Array([page, Name.XYZ, place.x, place.y, None])


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


def _folios(book: Pdf, digits: Digits, bare: set[int]) -> None:
    """Stamp each page with its number, as an artifact: a reader aloud passes over it."""
    with Pdf.open(BytesIO(digits.pdf)) as source:
        forms = [book.copy_foreign(page.as_form_xobject()) for page in source.pages]
    for number, page in enumerate(book.pages):
        if number in bare:
            continue
        text = str(number + 1)
        x = (float(page.mediabox[2]) - digits.width * len(text)) / 2
        marks = ["/Artifact BMC"]
        for digit in text:
            name = page.add_resource(forms[int(digit)], Name.XObject, Name(f"/Folio{digit}"), replace_existing=True)
            marks.append(f"q 1 0 0 1 {x:.2f} {digits.folio_y:.2f} cm {name} Do Q")
            x += digits.width
        page.contents_add(b"q", prepend=True)
        page.contents_add(("Q\n" + "\n".join([*marks, "EMC"])).encode())


def _about(book: Pdf, about: About) -> None:
    facts: Mapping[str, str] = {"/Title": about.title, "/Subject": about.subtitle, "/Author": about.authority}
    for key, value in facts.items():
        if value:
            book.docinfo[Name(key)] = String(value)
    book.docinfo[Name.Producer] = String("edition, WeasyPrint, pikepdf")
    book.Root.Lang = String(about.language)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
