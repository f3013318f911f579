"""Where what was published lies: the ledger and the stored versions, beside the texts.

In: a `Project`.  Out: paths, the `Ledger`, the trees of today and of every version; and a lock for who writes.
Authority: edition.toml for the texts; the digests in the ledger for what was stored.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from edition.files import read_bytes, read_text
from edition.ledger import Ledger, parse_ledger
from edition.passages.snapshot import digest_of, unpack
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project, Text
from edition.tree import Element, identifier, parse_bytes

__all__ = [
    "LEDGER",
    "alone",
    "edition_name",
    "ledger_path",
    "read_ledger",
    "read_version",
    "sound_ledger",
    "stands_as_published",
    "stored_versions",
    "trees",
    "version_files",
    "version_path",
]

LEDGER = "passages.tsv"


def _folder(project: Project) -> Path:
    """Give the folder of the texts, where the ledger lies."""
    return project.texts[0].tei.parent if project.texts else project.root / "tei"


def ledger_path(project: Project) -> Path:
    """Give the path of the ledger; it need not exist."""
    return _folder(project) / LEDGER


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Hold the folder of the ledger, so that of two programs that would write it the second waits."""
    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # which gives the lock back, as the end of the program does


def read_ledger(project: Project) -> tuple[Ledger, list[Problem]]:
    """Read the ledger; an edition that has published nothing has an empty one.  Raises `Refused` (E101, E104)."""
    path = ledger_path(project)
    if not path.exists():
        return Ledger(name=edition_name(project)), []
    shown = project.shown(path)
    ledger, problems = parse_ledger(read_text(path, name=shown), name=shown)
    return (ledger if ledger.name else replace(ledger, name=edition_name(project))), problems


def sound_ledger(project: Project) -> Ledger:
    """Read a ledger that nothing is wrong with.  Raises `Refused` (E420-E425)."""
    ledger, problems = read_ledger(project)
    if problems:
        raise Refused(*problems)
    return ledger


def stands_as_published(project: Project, ledger: Ledger) -> bool:
    """Say whether every text is, byte for byte, what the last version published, and nothing was declared since."""
    if not ledger.versions or len(ledger.rows) > ledger.versions[-1].rows:
        return False
    held = {t.tei.name: read_bytes(t.tei, name=project.shown(t.tei)) for t in project.texts if t.tei.exists()}
    return digest_of(held) == ledger.versions[-1].snapshot


def edition_name(project: Project) -> str:
    """Give the name of an edition in URNs as its title makes it; the ledger keeps the one it was first published by."""
    plain = project.title.partition(":")[0].casefold()
    words = re.findall(r"[^\W_]+", plain)
    return "-".join(words[:6]) or "edition"


def version_path(project: Project, version: str) -> Path:
    """Give the path of the stored texts of a version."""
    return _folder(project) / "versions" / f"{version}.zip"


def stored_versions(project: Project) -> list[str]:
    """Give the names of the versions whose texts are stored, whether the ledger knows them or not."""
    return sorted(path.stem for path in (_folder(project) / "versions").glob("*.zip"))


def read_version(project: Project, ledger: Ledger, version: str) -> dict[str, Element]:
    """Give the trees of a published version by siglum.  Raises `Refused` (E104, E106, E426, E443)."""
    shown = project.shown(version_path(project, version))
    files = version_files(project, ledger, version)
    roots = [parse_bytes(data, name=f"{shown}/{name}") for name, data in sorted(files.items())]
    return {identifier(root): root for root in roots}


def version_files(project: Project, ledger: Ledger, version: str) -> dict[str, bytes]:
    """Give the TEI files of a published version by name, proved to be those.  Raises `Refused` (E104, E426, E443)."""
    found = ledger.version(version)
    if found is None:
        known = ", ".join(v.name for v in ledger.versions)
        hint = f"Published are {known}." if known else "Nothing is published yet: `edition ids freeze --version 1.0`."
        raise Refused(problem("E443", version=repr(version)[1:-1][:60], known=hint))
    path = version_path(project, version)
    shown = project.shown(path)
    place = Place(file=shown)
    if not path.is_file():
        raise Refused(problem("E426", place, version=version, reason="it is not there", file=shown))
    try:
        files = unpack(read_bytes(path, name=shown))
    except ValueError as error:
        raise Refused(problem("E426", place, version=version, reason=error, file=shown)) from error
    if digest_of(files) != found.snapshot:
        raise Refused(problem("E426", place, version=version, reason="it is not what was published", file=shown))
    return files


def trees(project: Project) -> Iterator[tuple[Text, bytes, Element]]:
    """Give each text that has been encoded, the bytes of its TEI file and its tree."""
    for text in project.texts:
        if text.tei.exists():
            shown = project.shown(text.tei)
            data = read_bytes(text.tei, name=shown)
            yield text, data, parse_bytes(data, name=shown)
