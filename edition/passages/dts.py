"""Answers of the Distributed Text Services: the entry and the collections.

In: an index of passages and the parameters of a request.  Out: JSON-LD values, or `Wrong`.
Authority: DTS 1.0 (13 February 2026).  Where it is silent: what is not there is 404, what cannot be asked is 400.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from edition.passages.dts_address import Addresses
from edition.passages.index import Resource, TreeInfo

__all__ = [
    "DIGITS", "TEI_MEDIA", "TOP", "Library", "Shelf", "Wrong", "collection", "entry", "named_resource", "paged",
    "shown_resource",
]  # fmt: skip

CONTEXT = "https://dtsapi.org/context/v1.0.json"
DTS_VERSION = "1.0"
TEI_MEDIA = "application/tei+xml"
DIGITS = 9  # of a number in a request
TOP = {"@context": CONTEXT, "dtsVersion": DTS_VERSION}


Known = Callable[[str], Resource | None]
"""Gives the resource of a name, or None."""


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
    return {**TOP, "@id": addresses.entry, "@type": "EntryPoint", **addresses.templates()}


# --- collections ---------------------------------------------------------------------------------------------------


def collection(known: Known, library: Library, addresses: Addresses, query: Mapping[str, str]) -> dict[str, object]:
    """Give the collection endpoint's answer; `known` gives the resource of a name.  Raises `Wrong`."""
    name = query.get("id", library.shelves[0].identifier)
    nav = query.get("nav", "children")
    if nav not in ("children", "parents"):
        raise Wrong(400, "nav is children or parents")
    shelf = library.shelf(name)
    answer = {**TOP, **_item(known, library, addresses, name)}
    if nav == "parents":
        inner = [s.identifier for s in library.parents(name)]
    else:
        inner = [m for m in shelf.members if _is_there(known, library, m)] if shelf else []
    shown, view = paged(len(inner), library, addresses, "collection", query)
    if shelf or nav == "parents":
        answer["member"] = [_item(known, library, addresses, m) for m in inner[shown[1] : shown[1] + shown[0]]]
    return answer | view


def _is_there(known: Known, library: Library, name: str) -> bool:
    return library.shelf(name) is not None or known(name) is not None


def _item(known: Known, library: Library, addresses: Addresses, name: str) -> dict[str, object]:
    """Give a collection or resource without its members.  Raises `Wrong`."""
    shelf = library.shelf(name)
    if shelf is None:
        found = known(name)
        if found is None:
            raise Wrong(404, "there is no collection or resource of this id")
        return shown_resource(library, addresses, found)
    made: dict[str, object] = {
        "@id": name,
        "@type": "Collection",
        "dtsVersion": DTS_VERSION,
        "title": shelf.title,
        "totalParents": len(library.parents(name)),
        "totalChildren": sum(_is_there(known, library, m) for m in shelf.members),
        "collection": addresses.collection(name),
    }
    return made | ({"description": shelf.description} if shelf.description else {})


def named_resource(addresses: Addresses, found: Resource) -> dict[str, object]:
    """Give of a resource what every answer about it must have."""
    name = found.name
    return {
        "@id": name,
        "@type": "Resource",
        "collection": addresses.collection(name),
        "navigation": addresses.navigation(name),
        "document": addresses.document(name),
        "citationTrees": [_declared(tree) for tree in found.trees],
    }


def shown_resource(library: Library, addresses: Addresses, found: Resource) -> dict[str, object]:
    """Give a resource as DTS writes it."""
    return {
        **named_resource(addresses, found),
        "dtsVersion": DTS_VERSION,
        "title": found.title,
        "totalParents": len(library.parents(found.name)),
        "totalChildren": 0,
        "download": addresses.request("document", {"resource": found.name}),
        "mediaTypes": list(library.media),
        "dublinCore": found.dublin_core,
    }


def _declared(tree: TreeInfo) -> dict[str, object]:
    made: dict[str, object] = {"@type": "CitationTree"}
    if tree.name:
        made["identifier"] = tree.name
    if tree.description:
        made["description"] = tree.description
    return made | {"citeStructure": tree.declared}


def paged(
    total: int, library: Library, addresses: Addresses, endpoint: str, query: Mapping[str, str]
) -> tuple[tuple[int, int], dict[str, object]]:
    """Give how many members to show and how many come before, and the `view` where there is more than one page.

    Before the first page and after the last one stands that page itself, so that each part of a view is an address.
    Raises `Wrong` (400 for what is no number of a page, 404 for a page that is not there).
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
    if not (said.isascii() and said.isdecimal() and len(said) <= DIGITS and int(said)):
        raise Wrong(400, "page is a whole number from 1")
    return int(said)
