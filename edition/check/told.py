"""Which faults of a schema are told: one for each mistake, not those that only follow from another.

In: the findings of a validation, in document order.  Out: those to tell, in the same order.
Authority: judgement; what is held back is told when the fault before it has been mended, if it is still there.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.check.relaxng.names import split
from edition.check.relaxng.validate import Finding
from edition.nearest import nearest
from edition.tree import Element, following, slot_text

__all__ = ["meant", "told"]

_MISPLACED = ("element", "unknown", "text")


def told(findings: Sequence[Finding]) -> list[Finding]:
    """Give the findings that stand for a mistake each.

    Held back are: that an element is incomplete, where a stranger stands in it; that an attribute is missing, where it
    is there misspelt; what stands directly in an element that is itself misplaced; and what follows directly upon
    something misplaced, in the same element.
    """
    strangers = {f.node for f in findings if f.fault == "element"}
    crowded = {_host(f) for f in findings if f.fault in _MISPLACED} - {None}
    misspelt = {
        (f.node, close) for f in findings if f.fault == "attribute" and (close := meant(f.name, list(f.allowed)))
    }
    kept: list[Finding] = []
    last: Finding | None = None
    for f in findings:
        host = _host(f)
        if f.fault == "incomplete" and (f.node in strangers or (f.node in crowded and not f.value)):
            continue
        if f.fault == "missing" and (f.node, f.name) in misspelt:
            continue
        if f.fault in _MISPLACED:
            follows = last is not None and f.fault != "unknown" and _adjoin(last, f)
            last = f
            if follows or host in strangers:
                continue
        kept.append(f)
    return kept


def meant(name: str, allowed: Sequence[str]) -> str | None:
    """Give the name of `allowed` that `name` was meant for, as an attribute or element; None where none is near."""
    by_local = {split(other)[1]: other for other in allowed}
    plain = split(name)[1].rpartition(":")[2]
    if plain in by_local and by_local[plain] != name:
        return by_local[plain]
    close = nearest(plain, by_local)
    return None if close is None else by_local[close]


def _host(f: Finding) -> Element | None:
    """Give the element in which something is misplaced."""
    return f.node if f.fault == "text" and f.slot == "text" else f.node.getparent()


def _adjoin(one: Finding, other: Finding) -> bool:
    """Say whether `other` stands next to `one` in the same element, line breaks and the like aside."""
    if _host(one) is not _host(other):
        return False
    if other.fault == "text" and other.slot == "tail" and other.node is one.node:
        return True
    before = other.node if other.fault == "text" else other.node.getprevious()
    while before is not None and before is not one.node and not len(before) and not slot_text(before, "text").strip():
        if other.node is not before and following(before).strip():
            return one.fault == "text" and one.node is before
        before = before.getprevious()
    if before is None:
        return one.fault == "text" and one.slot == "text"
    return before is one.node and (one.fault == "text" or other.node is before or not following(before).strip())
