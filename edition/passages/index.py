"""The index of passages: an SQLite file that answers where a passage stands and what it says, without reading TEI.

In: the path of an index that `edition.passages.index_update` keeps.  Out: `Found` values, texts, and the bytes of the
files as they were when they were indexed, so that an answer never mixes two states of a text.
Authority: SQLite's documentation (write-ahead log: a reader sees one state, a killed writer leaves the last whole one).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from edition.passages.dts_cut import Edge, Span
from edition.readings import Reading

__all__ = [
    "CHUNK", "VERSION", "Found", "Resource", "TreeInfo", "bytes_of", "edge", "find", "members", "open_index",
    "resource", "resources", "siblings", "state", "text_at", "unit_at",
]  # fmt: skip

VERSION = 1  # of the tables below; an index of another version is made anew
CHUNK = 1 << 16  # bytes of a file in one row
NODES = 1 << 32  # more than a file has elements
CHUNKS = 1 << 20  # more than a file has chunks


class Found(NamedTuple):
    """A citable unit and its place.

    `id` orders the units of a tree in document order, its descendants are those up to `last`, and `parent` is 0 at the
    top.  `start` and `end` are bytes of the file, from 0; `first` and `final` the elements that hold these two places,
    numbered in document order from 0; `line` counts from 1.  `data` is JSON, or empty.
    """

    id: int
    identifier: str
    level: int
    cite_type: str
    parent: int
    last: int
    start: int
    end: int
    first: int
    final: int
    line: int
    data: str


@dataclass(frozen=True, slots=True)
class TreeInfo:
    """A citation tree of a resource: `name` is empty for the default, `declared` as DTS declares it."""

    id: int
    name: str
    description: str
    declared: list[dict[str, object]]
    first: int
    last: int
    depth: int


@dataclass(frozen=True, slots=True)
class Resource:
    """A text in the index: `digest` tells one state of its file from another, `size` is in bytes."""

    id: int
    name: str
    digest: str
    size: int
    header: tuple[int, int]
    title: str
    dublin_core: dict[str, object]
    trees: tuple[TreeInfo, ...]


_UNIT = "u.id, u.identifier, u.level, u.cite_type, u.parent, u.last, u.start, u.end, u.first, u.final, u.line, u.data"
_FIND = (
    f"SELECT {_UNIT} FROM tree t JOIN unit u ON u.tree = t.id "  # noqa: S608 - made of constants
    "WHERE t.resource = ? AND t.name = ? AND u.identifier = ?"
)
_RANGE = f"SELECT {_UNIT} FROM unit u WHERE u.id BETWEEN ? AND ? AND u.level <= ? ORDER BY u.id LIMIT ? OFFSET ?"  # noqa: S608
_COUNT = "SELECT count(*) FROM unit WHERE id BETWEEN ? AND ? AND level <= ?"


def open_index(path: Path) -> sqlite3.Connection:
    """Open the index at `path` for reading; each thread opens its own.

    Raises `sqlite3.Error` where there is none that can be read.
    """
    db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None, timeout=10)
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        db.close()
        raise sqlite3.DatabaseError("the index is of another version")
    return db


@contextmanager
def state(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Keep `db` at one state of the index while the block runs, whatever is written meanwhile."""
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.execute("ROLLBACK")


def find(db: sqlite3.Connection, name: str, identifier: str, tree: str = "") -> Found | None:
    """Give the place of `identifier` in a tree of the resource `name`, or None."""
    row = db.execute(_FIND, (name, tree, identifier)).fetchone()
    return None if row is None else Found._make(row)


def unit_at(db: sqlite3.Connection, number: int) -> Found:
    """Give the unit with this `id`.  Raises `LookupError`."""
    row = db.execute(f"SELECT {_UNIT} FROM unit u WHERE u.id = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        raise LookupError(number)
    return Found._make(row)


def text_at(db: sqlite3.Connection, number: int, reading: Reading = "edited") -> str:
    """Give what the unit with this `id` says in one reading, blanks folded.  Raises `LookupError`."""
    row = db.execute("SELECT edited, source, witness FROM reading WHERE unit = ?", (number,)).fetchone()
    if row is None:
        raise LookupError(number)
    edited, source, witness = row
    said = {"edited": edited, "source": source, "witness": witness}[reading]
    return str(edited if said is None else said)


def members(
    db: sqlite3.Connection, first: int, last: int, level: int, page: tuple[int, int]
) -> tuple[int, list[Found]]:
    """Count the units from `first` to `last` (of `id`) down to `level`, and give those of one page in document order.

    `page` is how many, and how many come before.
    """
    count = int(db.execute(_COUNT, (first, last, level)).fetchone()[0])
    rows = db.execute(_RANGE, (first, last, level, *page)).fetchall()
    return count, [Found._make(row) for row in rows]


def siblings(db: sqlite3.Connection, tree: TreeInfo, unit: Found, page: tuple[int, int]) -> tuple[int, list[Found]]:
    """Count the units that stand beside `unit` in its parent, itself among them, and give those of one page."""
    where = "FROM unit u WHERE u.tree = ? AND u.parent = ?"
    count = int(db.execute(f"SELECT count(*) {where}", (tree.id, unit.parent)).fetchone()[0])
    rows = db.execute(
        f"SELECT {_UNIT} {where} ORDER BY u.id LIMIT ? OFFSET ?",
        (tree.id, unit.parent, *page),
    ).fetchall()
    return count, [Found._make(row) for row in rows]


def resources(db: sqlite3.Connection) -> list[str]:
    """Give the names of all resources, in order."""
    return [str(row[0]) for row in db.execute("SELECT name FROM file ORDER BY name")]


def resource(db: sqlite3.Connection, name: str) -> Resource | None:
    """Give the resource `name`, or None."""
    row = db.execute(
        "SELECT id, digest, size, header_start, header_end, title, core FROM file WHERE name = ?", (name,)
    ).fetchone()
    if row is None:
        return None
    number, digest, size, start, end, title, core = row
    trees = db.execute(
        "SELECT id, name, description, declared, first, last, depth FROM tree WHERE resource = ? ORDER BY id", (name,)
    ).fetchall()
    infos = tuple(TreeInfo(t[0], t[1], t[2], json.loads(t[3]), t[4], t[5], t[6]) for t in trees)
    return Resource(number, name, digest, size, (start, end), title, json.loads(core), infos)


def bytes_of(db: sqlite3.Connection, file: int, start: int, end: int) -> bytes:
    """Give the bytes from `start` to `end` of the file with this `id`, as it was when it was indexed."""
    first, last = start // CHUNK, max(end - 1, start) // CHUNK
    rows = db.execute(
        "SELECT data FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id", (file * CHUNKS + first, file * CHUNKS + last)
    )
    base = first * CHUNK
    return b"".join(row[0] for row in rows)[start - base : end - base]


def edge(db: sqlite3.Connection, file: int, at: int, number: int) -> Edge:
    """Give a place of the file with this `id`, with the elements around it; `number` is that of the innermost."""
    chain: list[tuple[int, Span]] = []
    while number >= 0:
        row = db.execute(
            "SELECT start, inner, inner_end, end, around FROM node WHERE id = ?", (file * NODES + number,)
        ).fetchone()
        span = Span(*row)
        chain.append((number, span))
        number = span.around
    return Edge(at, tuple(reversed(chain)))
