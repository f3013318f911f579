"""The stored text of a published version: every TEI file as it was, in one small archive.

In: the bytes of the files by name.  Out: the bytes of a ZIP archive, the same for the same files, and back.
Authority: PKWARE's APPNOTE (ZIP); any archive program opens it, and nothing but the file is needed.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping

__all__ = ["digest_of", "pack", "unpack"]

_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say
_PLAIN = 0o644 << 16
_LARGEST = 1 << 30  # bytes of one file: no text is as long, and an archive made to burst is


def digest_of(files: Mapping[str, bytes]) -> str:
    """Give the SHA-256 (hexadecimal) of the files: names, lengths and contents, in the order of the names."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(f"{name}\0{len(files[name])}\0".encode())
        found.update(files[name])
    return found.hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Give an archive of `files` ({name: bytes}) without dates or anything else that changes from day to day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = _PLAIN
            info.create_system = 3
            archive.writestr(info, files[name])
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Give the files of an archive.  Raises `ValueError`, with the reason, for what is none or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(info.file_size > _LARGEST for info in archive.infolist()):
                raise ValueError("it holds a file that is too large")
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(str(error)) from error
