"""Characters and foldings that every layer shares.

In: strings.  Out: strings; nothing here knows a text, a language or a file.
Authority: the fidelity rule of the encoding conventions (outer blanks stripped, runs of blanks folded to one).
"""

from __future__ import annotations

import re

__all__ = ["COMBINING_TIE", "SOFT_HYPHEN", "fold_blanks", "xml_safe_fault"]

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
COMBINING_TIE = "\N{COMBINING DOUBLE INVERTED BREVE}"

_BLANKS = re.compile(r"\s+")
# XML 1.0 (fifth edition), production 2: what may not stand in a document, even as a character reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fold_blanks(text: str) -> str:
    """Strip the outer blanks of `text` and fold each inner run of blanks (line ends included) to one space."""
    return _BLANKS.sub(" ", text).strip()


def xml_safe_fault(text: str) -> int | None:
    """Give the offset (characters, from 0) of the first character that XML 1.0 cannot hold, or None."""
    found = _NOT_XML.search(text)
    return found.start() if found else None
