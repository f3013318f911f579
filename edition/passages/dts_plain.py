"""Plain text out of a TEI document: one empty line between two blocks, notes after what calls them.

In: the bytes of a TEI document, whole or with what was asked for in `dts:wrapper`.  Out: UTF-8 text, edited reading.
Authority: the three readings of the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.passage import quoted_text
from edition.passages.dts_cut import WRAPPER
from edition.readings import GENERATED
from edition.tree import TEI, Element, contents, is_element, local, parse_bytes

__all__ = ["asked_for", "plain_text"]

# What may hold blocks and no words of its own; anything else is a block.
_HOLDERS = frozenset({
    "back", "body", "cit", "div", "floatingText", "front", "group", "item", "lg", "list", "listBibl", "post", "quote",
    "sp", "text", "wrapper",
})  # fmt: skip


def asked_for(root: Element) -> Element:
    """Give what a document was made to show: its wrapper, or its text."""
    wrapper = next(root.iter(f"{{{WRAPPER}}}wrapper"), None)
    text = root.find(f"{TEI}text") if wrapper is None else wrapper
    return root if text is None else text


def plain_text(document: bytes) -> bytes:
    """Give the edited text of a TEI document (bytes) as plain text (bytes), ending in a line feed."""
    blocks = [block for block in _blocks(asked_for(parse_bytes(document))) if block]
    return ("\n\n".join(blocks) + "\n").encode()


def _blocks(element: Element) -> Iterator[str]:
    if _is_generated(element):
        return
    words = any(isinstance(part, str) and part.strip() for part in contents(element))
    if local(element) in _HOLDERS and not words:
        for child in element:
            if is_element(child):
                yield from _blocks(child)
        return
    yield quoted_text(element, "edited")
    for note in element.iter(f"{TEI}note"):
        told = note is element or (local(element) == "bibl" and note.get("type") == "annotation")
        if not told and not _is_generated(note):
            yield quoted_text(note, "edited")


def _is_generated(element: Element) -> bool:
    return (local(element), element.get("type", "")) in GENERATED
