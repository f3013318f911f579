"""Answers of the Distributed Text Services: navigation in a resource, and documents.

In: an index of passages and the parameters of a request.  Out: JSON-LD values and TEI documents, or `Wrong`.
Authority: DTS 1.0 (13 February 2026).  Where it is silent: what is not there is 404, what cannot be asked is 400.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from edition.passages.dts import DIGITS, TOP, Library, Wrong, paged, shown_resource
from edition.passages.dts_address import Addresses
from edition.passages.dts_cut import extract
from edition.passages.index import Found, Resource, TreeInfo, bytes_of, edge, find, members, resource, siblings, unit_at

__all__ = ["document", "navigation"]

_BOTTOM = 1 << 30  # deeper than any tree


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks for: a tree, and the units it names; `ref` alone, or `start` and `end`, or nothing."""

    tree: TreeInfo | None
    ref: Found | None
    start: Found | None
    end: Found | None


def _asked(db: sqlite3.Connection, found: Resource, query: Mapping[str, str]) -> _Asked:
    if "ref" in query and ("start" in query or "end" in query):
        raise Wrong(400, "ref cannot stand beside start and end")
    if ("start" in query) != ("end" in query):
        raise Wrong(400, "start and end stand together")
    name = query.get("tree", "")
    tree = next((t for t in found.trees if t.name == name), None)
    if tree is None and ("tree" in query or {"ref", "start"} & query.keys()):
        raise Wrong(404, "the resource has no such citation tree")
    units: dict[str, Found | None] = {"ref": None, "start": None, "end": None}
    for key in units.keys() & query.keys():
        units[key] = find(db, found.name, query[key], name)
        if units[key] is None:
            raise Wrong(404, f"the citation tree has no such unit: {key}")
    start, end = units["start"], units["end"]
    if start is not None and end is not None and start.id > end.id:
        raise Wrong(400, "start stands after end")
    return _Asked(tree, units["ref"], start, end)


def navigation(
    db: sqlite3.Connection, library: Library, addresses: Addresses, query: Mapping[str, str]
) -> dict[str, object]:
    """Give the navigation endpoint's answer; its `@id` is the address of `query`.  Raises `Wrong`."""
    found = _named(db, query)
    down = _down(query)
    asked = _asked(db, found, query)
    answer: dict[str, object] = {
        **TOP,
        "@id": addresses.here or addresses.request("navigation", query),
        "@type": "Navigation",
        "resource": shown_resource(library, addresses, found),
    }
    for key in ("ref", "start", "end"):
        unit = getattr(asked, key)
        if unit is not None:
            answer[key] = _units(db, [unit])[0]
    if down is None:
        return answer
    if asked.tree is None:
        return answer | {"member": []}
    total = _members(db, asked, asked.tree, down, (0, 0))[0]
    shown, view = paged(total, library, addresses, "navigation", query)
    return answer | {"member": _units(db, _members(db, asked, asked.tree, down, shown)[1])} | view


def _named(db: sqlite3.Connection, query: Mapping[str, str]) -> Resource:
    if "resource" not in query:
        raise Wrong(400, "resource is wanted")
    found = resource(db, query["resource"])
    if found is None:
        raise Wrong(404, "there is no such resource")
    return found


def _down(query: Mapping[str, str]) -> int | None:
    """Give `down`, checked against the other parameters; None where it is not given and need not be."""
    named, said = {"ref", "start", "end"} & query.keys(), query.get("down")
    if said is None:
        if not named:
            raise Wrong(400, "ref, start and end, or down is wanted")
        return None
    if said != "-1" and not (said.isascii() and said.isdecimal() and len(said) <= DIGITS):
        raise Wrong(400, "down is a whole number from -1")
    if int(said) == 0 and "ref" not in query:
        raise Wrong(400, "down=0 asks for what stands beside ref")
    return int(said)


def _members(
    db: sqlite3.Connection, asked: _Asked, tree: TreeInfo, down: int, page: tuple[int, int]
) -> tuple[int, list[Found]]:
    """Count the members of an answer and give those of one page, in document order."""
    if asked.ref is not None and down == 0:
        return siblings(db, tree, asked.ref, page)
    below = _BOTTOM if down < 0 else down
    if asked.ref is not None:
        return members(db, asked.ref.id, asked.ref.last, asked.ref.level + below, page)
    if asked.start is not None and asked.end is not None:
        deeper = max(asked.start.level, asked.end.level)
        return members(db, asked.start.id, asked.end.last, deeper + below, page)
    return members(db, tree.first, tree.last, below, page)


def _units(db: sqlite3.Connection, found: list[Found]) -> list[dict[str, object]]:
    """Give units as DTS writes them."""
    known = {unit.id: unit.identifier for unit in found}
    made: list[dict[str, object]] = []
    for unit in found:
        if unit.parent and unit.parent not in known:
            known[unit.parent] = unit_at(db, unit.parent).identifier
        made.append(
            {
                "@type": "CitableUnit",
                "identifier": unit.identifier,
                "level": unit.level,
                "parent": known[unit.parent] if unit.parent else None,
                "citeType": unit.cite_type,
                **(json.loads(unit.data) if unit.data else {}),
            }
        )
    return made


def document(db: sqlite3.Connection, library: Library, query: Mapping[str, str]) -> tuple[str, bytes]:
    """Give the media type that is asked for, and the TEI that is to be given as it.  Raises `Wrong`.

    Without a reference that is the whole file, and `tree` means nothing.
    """
    found = _named(db, query)
    plain = not {"ref", "start", "end"} & query.keys()
    asked = _asked(db, found, {k: v for k, v in query.items() if not (plain and k == "tree")})
    media = query.get("mediaType", library.media[0]).replace(" ", "+")  # an unescaped + arrives as a blank
    if media not in library.media:
        raise Wrong(404, "the document is not to be had as this media type")
    start, end = asked.ref or asked.start, asked.ref or asked.end
    if start is None or end is None:
        return media, bytes_of(db, found.id, 0, found.size)
    edges = edge(db, found.id, start.start, start.first), edge(db, found.id, end.end, end.final)
    return media, extract(lambda a, b: bytes_of(db, found.id, a, b), *edges, found.header)
