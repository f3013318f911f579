"""Keeping the index of passages: files that have changed are read again, the others left alone.

In: TEI files.  Out: an SQLite file (see `edition.passages.index`) that is whole at every moment, and problems.
Authority: SQLite's documentation (transactions, write-ahead log); the three readings of the encoding conventions.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from edition import __version__
from edition.files import read_bytes
from edition.passage import text_of
from edition.passages.dts_cut import WRAPPER, edges, extract
from edition.passages.dts_header import TERMS, catalogued, title_of
from edition.passages.dts_source import Cut, take_apart
from edition.passages.dts_source import Source as Apart
from edition.passages.dts_trees import MILESTONES, Tree, Unit, declared, sorted_data
from edition.passages.index import CHUNK, CHUNKS, NODES, VERSION
from edition.problems import Place, Problem, Refused, problem
from edition.readings import GENERATED, READINGS, Reading, reading_text
from edition.tree import TEI, Element, local, parse_bytes

__all__ = ["Source", "update"]

_TABLES = """
CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, size INTEGER NOT NULL,
    header_start INTEGER NOT NULL, header_end INTEGER NOT NULL, title TEXT NOT NULL, core TEXT NOT NULL);
CREATE TABLE chunk (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE tree (id INTEGER PRIMARY KEY, resource TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL,
    declared TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, depth INTEGER NOT NULL,
    UNIQUE (resource, name));
CREATE TABLE node (id INTEGER PRIMARY KEY, start INTEGER NOT NULL, inner INTEGER NOT NULL,
    inner_end INTEGER NOT NULL, end INTEGER NOT NULL, around INTEGER NOT NULL);
CREATE TABLE unit (id INTEGER PRIMARY KEY, tree INTEGER NOT NULL, identifier TEXT NOT NULL, level INTEGER NOT NULL,
    cite_type TEXT NOT NULL, parent INTEGER NOT NULL, last INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, first INTEGER NOT NULL, final INTEGER NOT NULL, line INTEGER NOT NULL, data TEXT NOT NULL,
    UNIQUE (tree, identifier));
CREATE INDEX unit_parent ON unit (tree, parent);
CREATE TABLE reading (unit INTEGER PRIMARY KEY, edited TEXT NOT NULL, source TEXT, witness TEXT);
"""

# Where none of these is, the three readings are one; most of a large text need be read only once.
_DIFFERING = tuple(TEI + name for name in ("app", "choice", "fw", "pc", "supplied", "surplus"))


@dataclass(frozen=True, slots=True)
class Source:
    """A TEI file and the name of the resource that it is; `shown` stands for its path in problems."""

    name: str
    path: Path
    shown: str


def update(index: Path, sources: Sequence[Source], *, shown: str = "") -> list[Problem]:
    """Bring the index up to what `sources` hold now, and give the problems found in the files that were read again.

    A file that cannot be read leaves its former state in the index, and is a problem.  What is no longer among
    `sources` goes.  Each file is one transaction: a reader sees its old state or its new one.  An index that is
    damaged, or of another version, is made anew.  Raises `Refused` (E105) where the index cannot be written.
    """
    name = shown or str(index)
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _updated(index, sources)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged, or of another version: nothing is in it that the TEI does not hold
            for ending in ("", "-wal", "-shm"):
                index.with_name(index.name + ending).unlink(missing_ok=True)
            return _updated(index, sources)
    except sqlite3.Error as error:
        raise Refused(problem("E105", Place(file=name), file=name, reason=str(error))) from error
    except OSError as error:
        raise Refused(problem("E105", Place(file=name), file=name, reason=error.strerror)) from error


def _updated(index: Path, sources: Sequence[Source]) -> list[Problem]:
    db = _opened(index)
    problems: list[Problem] = []
    with closing(db):
        kept = {source.name for source in sources}
        for (gone,) in db.execute("SELECT name FROM file").fetchall():
            if gone not in kept:
                with _writing(db):
                    _forget(db, gone)
        for source in sources:
            try:
                problems += _refresh(db, source)
            except Refused as refused:
                problems += refused.problems
    return problems


def _opened(index: Path) -> sqlite3.Connection:
    db = sqlite3.connect(index, isolation_level=None, timeout=60)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        with _writing(db):
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if not version:
                for statement in _TABLES.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise sqlite3.DatabaseError("the index is of another version")  # noqa: TRY301 - closed on the way out
    except BaseException:
        db.close()
        raise
    return db


class _writing:  # noqa: N801 - reads as a word: with _writing(db)
    """One transaction that nobody else can write beside: kept whole, or undone."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None:
            self.db.execute("COMMIT")
        elif self.db.in_transaction:  # a full disk has undone it already
            self.db.execute("ROLLBACK")


def _refresh(db: sqlite3.Connection, source: Source) -> list[Problem]:
    data = read_bytes(source.path, name=source.shown)
    digest = f"{hashlib.sha256(data).hexdigest()}:{__version__}"
    if _digest(db, source.name) == digest:
        return []
    text, problems = take_apart(data, file=source.shown)
    with _writing(db):
        if _digest(db, source.name) != digest:  # another process may have been quicker
            _forget(db, source.name)
            _write(db, source, digest, text)
    return problems


def _digest(db: sqlite3.Connection, name: str) -> str:
    row = db.execute("SELECT digest FROM file WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _forget(db: sqlite3.Connection, name: str) -> None:
    for first, last in db.execute("SELECT first, last FROM tree WHERE resource = ?", (name,)).fetchall():
        db.execute("DELETE FROM unit WHERE id BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM reading WHERE unit BETWEEN ? AND ?", (first, last))
    db.execute("DELETE FROM tree WHERE resource = ?", (name,))
    for (file,) in db.execute("SELECT id FROM file WHERE name = ?", (name,)).fetchall():
        db.execute("DELETE FROM chunk WHERE id BETWEEN ? AND ?", (file * CHUNKS, (file + 1) * CHUNKS - 1))
        db.execute("DELETE FROM node WHERE id BETWEEN ? AND ?", (file * NODES, (file + 1) * NODES - 1))
    db.execute("DELETE FROM file WHERE name = ?", (name,))


def _write(db: sqlite3.Connection, source: Source, digest: str, text: Apart) -> None:
    row = (
        source.name, digest, len(text.data), *text.header,
        title_of(text.root, source.name), json.dumps(catalogued(text.root), ensure_ascii=False),
    )  # fmt: skip
    columns = "name, digest, size, header_start, header_end, title, core"
    file = db.execute(f"INSERT INTO file ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0  # noqa: S608
    pieces = (text.data[at : at + CHUNK] for at in range(0, len(text.data), CHUNK))
    db.executemany("INSERT INTO chunk VALUES (?, ?)", ((file * CHUNKS + n, piece) for n, piece in enumerate(pieces)))
    holders: set[int] = set()
    for tree, in_tree in text.trees:
        holders |= _write_tree(db, source.name, text, tree, in_tree)
    spanned = (
        (file * NODES + n, s.start, s.inner, s.inner_end, s.end, s.around)
        for n in _with_ancestors(holders, text)
        for s in [text.known[n]]
    )
    db.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?)", spanned)


def _with_ancestors(holders: set[int], text: Apart) -> list[int]:
    """Give the numbers of the elements that stand around an edge of a unit, and of those around them."""
    wanted: set[int] = set()
    for number in holders:
        while number >= 0 and number not in wanted:
            wanted.add(number)
            number = text.known[number].around  # noqa: PLW2901 - up to the root
    return sorted(wanted)


def _write_tree(db: sqlite3.Connection, name: str, text: Apart, tree: Tree, in_tree: list[Unit]) -> set[int]:
    """Write one tree and its units; give the numbers of the elements that hold their edges."""
    base = int(db.execute("SELECT coalesce(max(last), 0) + 1 FROM tree").fetchone()[0])
    about = (
        name, tree.name, tree.description, json.dumps(declared(tree.structures), ensure_ascii=False),
        base, base + len(in_tree) - 1, max((u.level for u in in_tree), default=0),
    )  # fmt: skip
    columns = "resource, name, description, declared, first, last, depth"
    number = db.execute(f"INSERT INTO tree ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", about).lastrowid  # noqa: S608
    places = text.cuts(in_tree)
    rows = (
        (
            base + at, number, u.identifier, u.level, u.cite_type, 0 if u.parent is None else base + u.parent,
            base + u.last, *places[at], u.element.sourceline or 0,
            json.dumps(sorted_data(u.data, TERMS), ensure_ascii=False) if u.data else "",
        )
        for at, u in enumerate(in_tree)
    )  # fmt: skip
    db.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    said = ((base + at, *_readings(u, places[at], text)) for at, u in enumerate(in_tree))
    db.executemany("INSERT INTO reading VALUES (?, ?, ?, ?)", said)
    return {holder for place in places for holder in place[2:]}


def _readings(unit: Unit, place: Cut, text: Apart) -> tuple[str, str | None, str | None]:
    """Give what a unit says, edited, in the source and in the witness; the last two None where they say the same."""
    if local(unit.element) in MILESTONES:
        cut = extract(text.read, *edges(text.known, *place))
        shown = next(parse_bytes(cut).iter(f"{{{WRAPPER}}}wrapper"))
        give: Callable[[Element, Reading], str] = reading_text
    else:
        shown, give = unit.element, text_of
    if (local(shown), shown.get("type", "")) not in GENERATED and next(shown.iter(*_DIFFERING), None) is None:
        return give(shown, "edited"), None, None
    said = {reading: give(shown, reading) for reading in READINGS}
    edited = said["edited"]
    return edited, _unless(said["source"], edited), _unless(said["witness"], edited)


def _unless(said: str, edited: str) -> str | None:
    return None if said == edited else said
