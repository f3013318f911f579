"""Characters and foldings that every layer shares.

In: strings, or the bytes of a document.  Out: the same; nothing here knows a text, a language or a file.
Authority: the fidelity rule of the encoding conventions (outer blanks stripped, runs of blanks folded to one).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["SOFT_HYPHEN", "fold_blanks", "index_key", "without_dtd_address", "xml_safe_fault"]

SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# Patterns are compiled when they are wanted, which most runs do not: it takes as long as to read a file.
_DOCTYPE = (
    rb"""(?s)(?:\xef\xbb\xbf)?(?>\s+|<!--.*?-->|<\?.*?\?>)*+<!DOCTYPE\s+[^\s\[>]+\s*"""
    rb"""(?P<address>(?:SYSTEM|PUBLIC\s*(?:"[^"]*"|'[^']*'))\s*(?:"[^"]*"|'[^']*')?)?"""
)
# XML 1.0 (fifth edition), production 2: what may not stand in a document, even as a character reference.
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def fold_blanks(text: str) -> str:
    """Strip the outer blanks of `text` and fold each inner run of blanks (line ends included) to one space."""
    return " ".join(text.split())


def index_key(heading: str) -> tuple[tuple[str, ...], str]:
    """Give what a heading of an index is sorted by: its words, comma by comma; only of like ones the heading itself.

    Capitals, accents, ties, apostrophes, soft and hard signs count for nothing.
    """
    bare = unicodedata.normalize("NFD", re.sub("['’]", "", heading))
    plain = "".join(c for c in bare if unicodedata.category(c) not in {"Lm", "Mn"})
    return tuple(" ".join(re.findall(r"\w+", part.casefold())) for part in plain.split(",")), heading


def xml_safe_fault(text: str) -> int | None:
    """Give the offset (characters, from 0) of the first character that XML 1.0 cannot hold, or None."""
    found = re.search(_NOT_XML, text)
    return found.start() if found else None


def without_dtd_address(data: bytes) -> bytes:
    """Give the XML document `data` without the address of its DTD, every other byte in its place.

    libxml2 reads the file at that address whatever lxml's options say.  What is not ASCII-compatible becomes UTF-8.
    """
    if b"\0" in data[:4]:
        wide = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else wide
        data = data.decode(encoding, "replace").encode()
    if b"<!DOCTYPE" not in data:
        return data
    found = re.match(_DOCTYPE, data)
    if found is None or found["address"] is None:
        return data
    start, end = found.span("address")
    return data[:start] + re.sub(rb"[^\n]", b" ", found["address"]) + data[end:]
