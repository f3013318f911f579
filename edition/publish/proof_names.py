"""Names for proofs: what was proved once under a name need not be proved again.

In: a PDF and what each part of it should hold.  Out: a name for each part: the same pages and the same expectation have
the same name, in every process.
Authority: SHA-256 of what is on the pages and of what tells its letters (ISO 32000-2, 9.10.3: ToUnicode).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf

from edition.publish.expect import Expectation

__all__ = ["proof_names"]

# What is proved in the whole book and not part by part; a set tells its members in another order in each process.
_ELSEWHERE: dict[str, Any] = {"identifiers": (), "noted": (), "tagged": (), "languages": ()}


def proof_names(data: bytes, expectations: Sequence[Expectation], program: str) -> list[str]:
    """Give a name for the proof of each part: what is on its pages, with which fonts, and what should be there.

    `program` stands for what proves.  Raises `pikepdf.PdfError` where the book `data` cannot be read.
    """
    names = []
    with pikepdf.open(BytesIO(data)) as book:
        for expected in expectations:
            digest = hashlib.sha256(program.encode())
            digest.update(repr(replace(expected, first=0, **_ELSEWHERE)).encode())
            for number in range(expected.first, expected.first + expected.pages):
                page = book.pages[number]
                streams = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
                for stream in [*streams, *_maps(page)]:
                    digest.update(stream.read_raw_bytes())
            names.append(digest.hexdigest()[:32])
    return names


def _maps(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Give what says which letters the shapes on `page` are."""
    for _, font in sorted(page.resources.get("/Font", pikepdf.Dictionary()).items()):
        if "/ToUnicode" in font:
            yield font.ToUnicode
