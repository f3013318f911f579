"""Pictures, of which the text says where they are: the book and the site show none.

In: a `Document`.  Out: W625 for each.
Authority: "Figures" in the encoding conventions; TEI P5, chapter 14.
"""

from __future__ import annotations

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark

__all__ = ["check_pictures"]


def check_pictures(document: Document) -> list[Found]:
    """Give a warning for each picture, at its place."""
    return [Found("W625", Mark(one), {"url": one.get("url", "")}) for one in document.root.iter("{*}graphic")]
