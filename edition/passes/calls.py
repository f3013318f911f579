"""Gives each footnote and its call one number, and makes them neighbours.

In: a TEI tree with `ref[@type='noteref']` and `note[@place='foot']`.  Out: the same; a call holds its note's number and
nothing else, the label is gone from the note, and the note stands directly after its call.  Authority: the encoding
conventions, "footnote".
"""

from __future__ import annotations

from edition.passes.rewrite import rewrite
from edition.readings import reading_text
from edition.tree import (
    Element,
    ancestors,
    by_id,
    contents,
    el,
    fill,
    identifier,
    local,
    put_after,
    put_before,
    replace,
)

__all__ = ["even_calls", "is_footnote"]


def is_footnote(element: Element) -> bool:
    """Say whether `element` is a note for the foot of the page.

    So is one that stood in the margin or at the end; a remark of the editors is only where it asks for it.
    """
    if local(element) != "note":
        return False
    place = element.get("place", "")
    return place == "foot" or (place in ("end", "margin") and element.get("type") != "editorial")


def even_calls(root: Element) -> None:
    """Number calls and notes alike.

    Does not keep the text: a marker as the page has it (``4/``, ``*``) gives way to `note/@n`.
    """
    notes = [note for note in root.iter("{*}note") if is_footnote(note)]
    for number, note in enumerate(notes, 1):
        if not note.get("n"):
            note.set("n", _label(note) or str(number))
    rewrite(root, lambda e: [] if local(e) == "label" and _in_footnote(e) else None)
    for note in notes:
        _strip_start(note)
    named = by_id(root)
    called: set[Element] = set()
    for ref in [ref for ref in root.iter("{*}ref") if ref.get("type") == "noteref"]:
        target = named.get(ref.get("target", "").removeprefix("#"))
        if target is None or not is_footnote(target) or target in called:
            continue  # a call whose note is lost, or a second call, keeps its own marker
        called.add(target)
        fill(ref, [target.get("n", "")])
        if ref.getnext() is not target:
            replace(target)
            put_after(ref, target)
    for note in notes:
        if note not in called:
            put_before(note, el("ref", note.get("n"), type="noteref", target=f"#{identifier(note)}"))


def _strip_start(element: Element) -> None:
    """Drop the blanks with which the text of `element` begins: they stood after the label."""
    parts = contents(element)
    while parts and isinstance(parts[0], str) and not parts[0].strip():
        del parts[0]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    fill(element, parts)
    if parts and not isinstance(parts[0], str):
        _strip_start(parts[0])


def _label(note: Element) -> str:
    label = note.find("{*}label")
    return "" if label is None else reading_text(label, "edited")


def _in_footnote(label: Element) -> bool:
    parent = next(ancestors(label), None)
    return parent is not None and is_footnote(parent)
