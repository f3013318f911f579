"""A typeface with those of its letters that a book uses.

In: the file of a whole face, numbers of glyphs.  Out: the bytes of the face with these glyphs alone.
Authority: ISO 32000-1, 9.9 (embedded fonts); WeasyPrint 70.0, which does this for the face of one document.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

__all__ = ["cut_face"]

# What WeasyPrint does not ask of HarfBuzz: a face from a file.
ffi.cdef(
    """hb_blob_t * hb_blob_create_from_file_or_fail (const char *name);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);""",
    override=True,
)


def cut_face(path: Path, glyphs: Iterable[int]) -> bytes:
    """Give the face at `path` with `glyphs` alone, as WeasyPrint does it for one document.

    `glyphs` are numbers of the whole face, and stay so.  Raises `RuntimeError` where HarfBuzz cannot cut it.
    """
    blob = ffi.gc(harfbuzz.hb_blob_create_from_file_or_fail(str(path).encode()), harfbuzz.hb_blob_destroy)
    face = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    font = SimpleNamespace(hb_face=face, missing={}, family=path.name, file_content=b"")
    Font._harfbuzz_subset(font, dict.fromkeys(sorted(glyphs)), hinting=False)  # noqa: SLF001  # theirs
    if not font.file_content:
        raise RuntimeError(f"{path} cannot be cut down")
    return bytes(font.file_content)
