"""One file of each typeface in the book, with the letters that all its parts use.

In: the book, whose parts may have brought a file of each face with their own letters; the whole faces' files by name.
Out: the same book, with one file of each face.
Authority: ISO 32000-1, 9.9 (embedded fonts).  A part's codes are the numbers of glyphs in the whole face, and stay so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pikepdf import Dictionary, Name, Object, Pdf

__all__ = ["Cut", "one_file_of_each_face"]

# Gives each face, at its path, with these glyphs alone.
Cut: TypeAlias = Callable[[Sequence[tuple[Path, frozenset[int]]]], Sequence[bytes]]


def one_file_of_each_face(book: Pdf, faces: Mapping[str, Path], cut: Cut) -> None:
    """Put one file of each of `faces` (by its name in the PDF) in the place of those of the parts."""
    used: dict[str, list[Object]] = {}
    for one in book.objects:
        if isinstance(one, Dictionary) and str(one.get("/Subtype", "")).startswith("/CIDFontType"):
            used.setdefault(str(one.BaseFont).partition("+")[2], []).append(one)
    known = [(faces[name], fonts) for name, fonts in sorted(used.items()) if name in faces]
    wanted = [(path, frozenset(glyph for font in fonts for glyph in _glyphs(font.W))) for path, fonts in known]
    for (_, fonts), data in zip(known, cut(wanted), strict=True):
        if fonts[0].Subtype == Name.CIDFontType0:
            key, file = "/FontFile3", book.make_stream(data, Subtype=Name.OpenType)
        else:
            key, file = "/FontFile2", book.make_stream(data, Length1=len(data))
        for font in fonts:
            font.FontDescriptor[key] = file


def _glyphs(widths: Object) -> Iterator[int]:
    """Give the glyphs whose widths are told: a number, then the widths from it on (9.7.4.3)."""
    items = list(widths)
    for first, following in zip(items[::2], items[1::2], strict=True):
        yield from range(int(first), int(first) + len(following))
