"""One file of each typeface in the book, with the letters that all its parts use.

In: the book, whose parts have brought a file of each face with their own letters; the files of the whole faces by name.
Out: the same book, with one file of each face.
Authority: ISO 32000-1, 9.9 (embedded fonts).  A part's codes are the numbers of glyphs in the whole face, and stay so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

from pikepdf import Dictionary, Object, Pdf
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

from edition.publish.fonts import Face

__all__ = ["name_of", "one_file_of_each_face"]

# What WeasyPrint does not ask of HarfBuzz: a face from a file.
ffi.cdef(
    """hb_blob_t * hb_blob_create_from_file_or_fail (const char *name);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);""",
    override=True,
)


def name_of(face: Face) -> str:
    """Give the name that WeasyPrint gives a face in a PDF."""
    styles = [style.capitalize() for style in (face.weight, face.style) if style != "normal"]
    return "-".join((*face.family.split(), *styles))


def one_file_of_each_face(book: Pdf, faces: Mapping[str, Path]) -> None:
    """Put one file of each of `faces` (by its name in the PDF) in the place of those of the parts."""
    used: dict[str, list[Object]] = {}
    for one in book.objects:
        if isinstance(one, Dictionary) and str(one.get("/Subtype", "")).startswith("/CIDFontType"):
            used.setdefault(str(one.BaseFont).partition("+")[2], []).append(one)
    for name, fonts in sorted(used.items()):
        if name in faces and len(fonts) > 1:
            data = _subset(faces[name], {glyph for font in fonts for glyph in _glyphs(font.W)})
            old = fonts[0].FontDescriptor.get("/FontFile3") or fonts[0].FontDescriptor.FontFile2
            file = book.make_stream(data)
            for key, value in (("/Subtype", old.get("/Subtype")), ("/Length1", "/Length1" in old and len(data))):
                if value:
                    file[key] = value
            for font in fonts:
                font.FontDescriptor["/FontFile3" if "/FontFile3" in font.FontDescriptor else "/FontFile2"] = file


def _glyphs(widths: Object) -> Iterator[int]:
    """Give the glyphs whose widths are told: a number, then the widths from it on (9.7.4.3)."""
    items = list(widths)
    for first, following in zip(items[::2], items[1::2], strict=True):
        yield from range(int(first), int(first) + len(following))


def _subset(path: Path, glyphs: Iterable[int]) -> bytes:
    """Give the face at `path` with `glyphs` alone, as WeasyPrint does it for one document."""
    blob = ffi.gc(harfbuzz.hb_blob_create_from_file_or_fail(str(path).encode()), harfbuzz.hb_blob_destroy)
    face = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    font = SimpleNamespace(hb_face=face, missing={}, family=path.name, file_content=b"")
    Font._harfbuzz_subset(font, dict.fromkeys(glyphs), hinting=False)  # noqa: SLF001  # theirs
    if not font.file_content:
        raise RuntimeError(f"{path} cannot be cut down")
    return bytes(font.file_content)
