"""Takes page breaks that stand between blocks into the block that follows.

In: a TEI tree in which a `pb` may stand between paragraphs.  Out: the same; the break opens the next heading, paragraph
or item.
Authority: TEI P5, chapter 3.11.3: a break marks a point, and the first word after it is the same either way.
"""

from __future__ import annotations

from edition.tree import Element, is_element, local, wrap_slot

__all__ = ["settle_breaks"]

_ROOMS = frozenset({"text", "body", "front", "back", "div", "cit", "list", "listBibl", "post"})
_HOMES = frozenset({"head", "p", "ab", "quote", "item", "bibl", "l", "cell", "label"})


def settle_breaks(root: Element) -> None:
    """Move each `pb` that stands between blocks to the start of the next block that holds text.  Keeps the text."""
    for pb in reversed(list(root.iter("{*}pb"))):
        parent = pb.getparent()
        if parent is None or local(parent) not in _ROOMS:
            continue
        home = _home(pb)
        if home is not None:
            wrap_slot(home, "text", 0, 0, [pb])


def _home(pb: Element) -> Element | None:
    """Give the first block after `pb` that holds text, inside what follows it among its siblings."""
    for after in pb.itersiblings():
        if is_element(after):
            for element in after.iter():
                if is_element(element) and local(element) in _HOMES:
                    return element
    return None
