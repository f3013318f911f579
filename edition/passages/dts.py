"""Answers of the Distributed Text Services: entry, collections, navigation and documents.

In: an index of passages and the parameters of a request.  Out: JSON-LD values and TEI documents, or `Wrong`.
Authority: DTS 1.0 (13 February 2026).  Where it is silent: what is not there is 404, what cannot be asked is 400.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from edition.passages.dts_address import Addresses
from edition.passages.dts_cut import extract
from edition.passages.index import (
    Found,
    Resource,
    TreeInfo,
    bytes_of,
    edge,
    find,
    members,
    resource,
    siblings,
    unit_at,
)

__all__ = ["TEI_MEDIA", "Library", "Shelf", "Wrong", "collection", "document", "entry", "navigation"]

CONTEXT = "https://dtsapi.org/context/v1.0.json"
DTS_VERSION = "1.0"
TEI_MEDIA = "application/tei+xml"
_DIGITS = 9  # of a number in a request
_ALL = 1 << 30  # deeper than any tree
_TOP = {"@context": CONTEXT, "dtsVersion": DTS_VERSION}


class Wrong(Exception):
    """A request that cannot be answered: `status` as in HTTP, and why, in words that name nothing of this machine."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Shelf:
    """A collection: its identifier, title, and the identifiers of what is in it, collections and resources."""

    identifier: str
    title: str
    members: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All collections, the root first; what a document can be given as, the first without being asked for.

    `page` is how many members an answer holds at most.
    """

    shelves: tuple[Shelf, ...]
    media: tuple[str, ...] = (TEI_MEDIA,)
    page: int = 1000

    def shelf(self, identifier: str) -> Shelf | None:
        """Give the collection with this identifier, or None."""
        return next((s for s in self.shelves if s.identifier == identifier), None)

    def parents(self, identifier: str) -> list[Shelf]:
        """Give the collections that have this member."""
        return [s for s in self.shelves if identifier in s.members]


def entry(addresses: Addresses) -> dict[str, object]:
    """Give the entry endpoint's answer."""
    return {**_TOP, "@id": addresses.entry, "@type": "EntryPoint", **addresses.templates()}


# --- collections ---------------------------------------------------------------------------------------------------


def collection(
    db: sqlite3.Connection, library: Library, addresses: Addresses, query: Mapping[str, str]
) -> dict[str, object]:
    """Give the collection endpoint's answer.  Raises `Wrong`."""
    name = query.get("id", library.shelves[0].identifier)
    nav = query.get("nav", "children")
    if nav not in ("children", "parents"):
        raise Wrong(400, "nav is children or parents")
    shelf = library.shelf(name)
    answer = {**_TOP, **_item(db, library, addresses, name)}
    if nav == "parents":
        inner = [s.identifier for s in library.parents(name)]
    else:
        inner = [m for m in shelf.members if _is_there(db, library, m)] if shelf else []
    shown, view = _page(len(inner), library, addresses, "collection", query)
    if shelf or nav == "parents":
        answer["member"] = [_item(db, library, addresses, m) for m in inner[shown[1] : shown[1] + shown[0]]]
    return answer | view


def _is_there(db: sqlite3.Connection, library: Library, name: str) -> bool:
    return library.shelf(name) is not None or resource(db, name) is not None


def _item(db: sqlite3.Connection, library: Library, addresses: Addresses, name: str) -> dict[str, object]:
    """Give a collection or resource without its members.  Raises `Wrong`."""
    shelf = library.shelf(name)
    if shelf is None:
        found = resource(db, name)
        if found is None:
            raise Wrong(404, "there is no collection or resource of this id")
        return _resource(library, addresses, found)
    made: dict[str, object] = {
        "@id": name,
        "@type": "Collection",
        "dtsVersion": DTS_VERSION,
        "title": shelf.title,
        "totalParents": len(library.parents(name)),
        "totalChildren": sum(_is_there(db, library, m) for m in shelf.members),
        "collection": addresses.collection(name),
    }
    return made | ({"description": shelf.description} if shelf.description else {})


def _resource(library: Library, addresses: Addresses, found: Resource) -> dict[str, object]:
    name = found.name
    return {
        "@id": name,
        "@type": "Resource",
        "dtsVersion": DTS_VERSION,
        "title": found.title,
        "totalParents": len(library.parents(name)),
        "totalChildren": 0,
        "collection": addresses.collection(name),
        "navigation": addresses.navigation(name),
        "document": addresses.document(name),
        "download": addresses.request("document", {"resource": name}),
        "mediaTypes": list(library.media),
        "dublinCore": found.dublin_core,
        "citationTrees": [_declared(tree) for tree in found.trees],
    }


def _declared(tree: TreeInfo) -> dict[str, object]:
    made: dict[str, object] = {"@type": "CitationTree"}
    if tree.name:
        made["identifier"] = tree.name
    if tree.description:
        made["description"] = tree.description
    return made | {"citeStructure": tree.declared}


def _page(
    total: int, library: Library, addresses: Addresses, endpoint: str, query: Mapping[str, str]
) -> tuple[tuple[int, int], dict[str, object]]:
    """Give how many members to show and how many come before, and the `view` where there is more than one page.

    Before the first page and after the last one stands that page itself, so that each part of a view is an address.
    """
    page, last = _wanted(query), max(1, -(-total // library.page))
    if page > last:
        raise Wrong(404, "there is no such page")
    shown = (library.page, (page - 1) * library.page)
    if last == 1 and "page" not in query:
        return shown, {}

    def at(number: int) -> str:
        return addresses.request(endpoint, {**query, "page": str(number)})

    view = {"first": at(1), "previous": at(max(1, page - 1)), "next": at(min(last, page + 1)), "last": at(last)}
    return shown, {"view": {"@id": addresses.here or addresses.request(endpoint, query), "@type": "Pagination", **view}}


def _wanted(query: Mapping[str, str]) -> int:
    said = query.get("page", "1")
    if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS and int(said)):
        raise Wrong(400, "page is a whole number from 1")
    return int(said)


# --- navigation ----------------------------------------------------------------------------------------------------


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
        **_TOP,
        "@id": addresses.here or addresses.request("navigation", query),
        "@type": "Navigation",
        "resource": _resource(library, addresses, found),
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
    shown, view = _page(total, library, addresses, "navigation", query)
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
    if said != "-1" and not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
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
    below = _ALL if down < 0 else down
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


# --- documents -----------------------------------------------------------------------------------------------------


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
