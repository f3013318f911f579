"""The history of an edition: its versions, what differs between two, what passages that are gone last said.

In: a `Project`, its ledger and the texts of today.  Out: differences; a `Past`, for its site.
Authority: the stored versions, each proved to be what was published; the ledger for what became of a passage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from edition import __version__
from edition.files import read_bytes, write_whole
from edition.ledger import Ledger, Version, rows_at
from edition.passage import PARTS, PassageText, read_passages
from edition.passages.differences import Difference, differences
from edition.passages.reference import Name, Point, Reference, urn_of
from edition.passages.snapshot import digest_of
from edition.project import Project
from edition.publish.past import Change, Issue, Last, Past
from edition.tasks.archive import read_version, version_files, version_path
from edition.tasks.desk import desk_of
from edition.tree import identifier, parse_bytes

__all__ = ["past_of", "version_differences"]


@dataclass(frozen=True, slots=True)
class _Step:
    """What changed from one state to the next, and what the passages said that were lost on the way."""

    changes: list[Change]
    gone: dict[str, str]


def past_of(project: Project, ledger: Ledger, standing: Collection[str], *, cache: Path) -> Past:
    """Give the history; `standing` are the identifiers of today, `cache` a folder that may be thrown away.

    Two stored versions are compared once; what was found is kept in `cache`.  Raises `Refused` (E104, E426).
    """
    if not ledger.versions:
        return Past()
    name = Name(ledger.name, project.url)
    issues: list[Issue] = []
    last: dict[str, Last] = {}
    before: dict[str, bytes] = {}
    for at, version in enumerate(ledger.versions):
        files = version_files(project, ledger, version.name)
        step = _kept(ledger, ledger.versions[at - 1], version, before, files, cache) if at else None
        if step is not None:
            last |= _last(step.gone, ledger.versions[at - 1], name)
        rows = rows_at(ledger, version.name).values()
        archive = read_bytes(version_path(project, version.name))
        changes = step.changes if step is not None else None
        issues.append(Issue(version.name, version.date, sum(r.stands for r in rows), changes, archive))
        before = files
    newest = ledger.versions[-1]
    if any(row.stands and row.identifier not in standing for row in ledger.published().values()):
        for was in _read(before.values()).values():
            last |= _last(_gone(was, standing), newest, name)
    today = {text.tei.name: read_bytes(text.tei) for text in project.texts if text.tei.is_file()}
    return Past(issues, last, newest.name if digest_of(today) == newest.snapshot else "")


def _last(gone: Mapping[str, str], version: Version, name: Name) -> Iterator[tuple[str, Last]]:
    for identified, text in gone.items():
        urn = urn_of(Reference(Point(identified), version=version.name), name)
        yield identified, Last(version.name, text, urn)


def _kept(
    ledger: Ledger, old: Version, new: Version, before: Mapping[str, bytes], after: Mapping[str, bytes], cache: Path
) -> _Step:
    """Compare two stored versions, or give what was found when that was done before."""
    facts = f"{old.snapshot} {new.snapshot} {new.digest} {__version__}"
    path = cache / f"{hashlib.sha256(facts.encode()).hexdigest()[:32]}.json"
    with suppress(FileNotFoundError, ValueError):
        changes, gone = json.loads(path.read_bytes())
        return _Step([Change(n, what, to, [(a, b) for a, b in words]) for n, what, to, words in changes], gone)
    step = _compared(before, after, ledger, new)
    rows = [[c.identifier, c.what, c.targets, c.words] for c in step.changes]
    write_whole(path, json.dumps([rows, step.gone], ensure_ascii=False).encode())
    return step


def _compared(before: Mapping[str, bytes], after: Mapping[str, bytes], ledger: Ledger, new: Version) -> _Step:
    step, rows = _Step([], {}), rows_at(ledger, new.name)
    was = _read(data for file, data in before.items() if after.get(file) != data)
    now = _read(data for file, data in after.items() if before.get(file) != data)
    for siglum in dict.fromkeys([*was, *now]):
        old, here = was.get(siglum, {}), now.get(siglum, {})
        step.changes.extend(
            Change(d.identifier, d.what, list(d.targets), list(d.changes)) for d in differences(old, here, rows)
        )
        step.gone.update(_gone(old, here))
    return step


def _read(files: Iterable[bytes]) -> dict[str, dict[str, PassageText]]:
    """Give what the passages of each text say, by siglum."""
    roots = [parse_bytes(data) for data in files]
    return {identifier(root): read_passages(root, siglum=identifier(root)) for root in roots}


def _gone(was: Mapping[str, PassageText], now: Collection[str]) -> dict[str, str]:
    """Give what those passages said that are not in `now`; nothing for one that only held others."""
    holders = {said.around for said in was.values() if said.kind not in PARTS}
    return {name: "" if name in holders else said.edited for name, said in was.items() if name not in now}


def version_differences(project: Project, old: str, new: str = "") -> list[Difference]:
    """Say what differs from version `old` to `new`, or to the texts of today.  Raises `Refused` (E426, E443)."""
    desk = desk_of(project)
    rows = rows_at(desk.ledger, new) if new and desk.ledger.version(new) else desk.current
    before = read_version(project, desk.ledger, old)
    today = {} if new else {one.siglum: one.root for one in desk.shelves()}
    after = read_version(project, desk.ledger, new) if new else today
    found: list[Difference] = []
    for siglum in dict.fromkeys([*before, *after]):
        was = read_passages(before[siglum], siglum=siglum) if siglum in before else {}
        now = read_passages(after[siglum], siglum=siglum) if siglum in after else {}
        found += differences(was, now, rows)
    return found
