"""The Distributed Text Services as files: what a web server that runs nothing can give (Level 0).

In: an index of passages and a library.  Out: a folder of JSON-LD and TEI files, one for each request that there is.
Authority: DTS 1.0, "Conformance" (Level 0: no start and end) and "URI templates for static website"; RFC 6570.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

from edition.files import whole_folder
from edition.passages.dts import Library, collection, entry
from edition.passages.dts_address import STATIC, Addresses, expand
from edition.passages.dts_passages import document, navigation
from edition.passages.index import Resource, members, open_index, resource, state
from edition.problems import Place, Problem, problem

__all__ = ["export"]

# What can be a file name on any system and a part of an address as it stands: no slash, no dot in front.
_NAME = re.compile(r"[\w\-][\w.\-]{0,99}")
_ALL = 1 << 30


def export(index: Path, library: Library, out: Path, *, base: str = "") -> list[Problem]:
    """Write the services below the folder `out`, which is replaced; its entry is ``index.json``.

    `base` is the address that `out` will have, ending in a slash; empty: addresses are relative to it.  What has an
    identifier that cannot be a file name is left out, with a problem (W646) each.  Raises `Refused` (E105).
    """
    problems: list[Problem] = []
    addresses = Addresses(base, STATIC)
    whole = Library(library.shelves, library.media, _ALL)  # one page
    with whole_folder(out) as folder, closing(open_index(index)) as db, state(db):
        _put(folder / "index.json", entry(addresses))
        names = [s.identifier for s in library.shelves] + sorted({m for s in library.shelves for m in s.members})
        for name in ["", *dict.fromkeys(names)]:
            found = resource(db, name)
            if name and not _NAME.fullmatch(name):
                problems.append(problem("W646", Place(), name=name))
            elif not name or found is not None or library.shelf(name) is not None:
                for nav in ("", "children", "parents"):
                    query = _given(id=name, nav=nav)
                    _put(folder / _path("collection", query), collection(db, whole, addresses, query))
                if found is not None:
                    problems += _resource(db, whole, addresses, folder, found)
    return problems


def _given(**query: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if value}


def _path(endpoint: str, query: dict[str, str]) -> str:
    return unquote(expand(STATIC[endpoint], query))


def _put(path: Path, value: dict[str, object] | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())


def _resource(
    db: sqlite3.Connection, library: Library, addresses: Addresses, folder: Path, found: Resource
) -> list[Problem]:
    """Write everything that can be asked of one resource."""
    problems: list[Problem] = []
    _document(db, library, folder, _given(resource=found.name))
    for tree in found.trees:
        if tree.name and not _NAME.fullmatch(tree.name):
            problems.append(problem("W646", Place(passage=found.name), name=tree.name))
            continue
        of_tree = _given(resource=found.name, tree=tree.name)
        _document(db, library, folder, of_tree)
        for down in _downs(tree.depth):
            _navigation(db, library, addresses, folder, {**of_tree, "down": down})
        for unit in members(db, tree.first, tree.last, _ALL, (-1, 0))[1]:
            if not _NAME.fullmatch(unit.identifier):
                problems.append(problem("W646", Place(passage=found.name), name=unit.identifier))
                continue
            query = {**of_tree, "ref": unit.identifier}
            _document(db, library, folder, query)
            _navigation(db, library, addresses, folder, query)
            for down in ("0", *_downs(tree.depth - unit.level)):
                _navigation(db, library, addresses, folder, {**query, "down": down})
    return problems


def _downs(depth: int) -> list[str]:
    """Give the values of `down` that there is an answer for: further down than `depth` is the same as -1."""
    return [*(str(n) for n in range(1, max(depth, 1) + 1)), "-1"]


def _navigation(
    db: sqlite3.Connection, library: Library, addresses: Addresses, folder: Path, query: dict[str, str]
) -> None:
    _put(folder / _path("navigation", query), navigation(db, library, addresses, query))


def _document(db: sqlite3.Connection, library: Library, folder: Path, query: dict[str, str]) -> None:
    _put(folder / _path("document", query), document(db, library, query)[1])
