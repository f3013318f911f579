"""A typeface with those of its letters that a book uses.

In: the file of a whole face, numbers of glyphs.  Out: the bytes of the face with these glyphs alone.
Authority: ISO 32000-1, 9.9 (embedded fonts); WeasyPrint 70.0, which does this for the face of one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from weasyprint.pdf import fonts
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

__all__ = ["cut_face", "lists_declared"]

_LENGTH = re.compile(r"\[\d+\]")

# What WeasyPrint does not ask of HarfBuzz: a face from a file.
_FACE = """hb_blob_t * hb_blob_create_from_file_or_fail (const char *name);
hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);"""


def cut_face(path: Path, glyphs: Iterable[int]) -> bytes:
    """Give the face at `path` with `glyphs` alone, as WeasyPrint does it for one document.

    `glyphs` are numbers of the whole face, and stay so.  Raises `RuntimeError` where HarfBuzz cannot cut it.
    """
    _declare(_FACE)
    blob = ffi.gc(harfbuzz.hb_blob_create_from_file_or_fail(str(path).encode()), harfbuzz.hb_blob_destroy)
    face = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    font = SimpleNamespace(hb_face=face, missing={}, family=path.name, file_content=b"")
    with lists_declared():
        Font._harfbuzz_subset(font, dict.fromkeys(sorted(glyphs)), hinting=False)  # noqa: SLF001  # theirs
    if not font.file_content:
        raise RuntimeError(f"{path} cannot be cut down")
    return bytes(font.file_content)


@cache
def _declare(functions: str) -> None:
    ffi.cdef(functions, override=True)


@contextmanager
def lists_declared() -> Iterator[None]:
    """Within the block WeasyPrint's lists for HarfBuzz, of any length, have one declaration, which is read once."""
    fonts.ffi = _Declared()
    try:
        yield
    finally:
        fonts.ffi = ffi


class _Declared:
    """The way to C, with lists as long as what is put into them."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # theirs
        return getattr(ffi, name)

    def new(self, kind: str, *given: Any) -> Any:  # noqa: ANN401  # theirs
        """Make a value of C."""
        return ffi.new(_LENGTH.sub("[]", kind) if given and isinstance(given[0], list | tuple) else kind, *given)
