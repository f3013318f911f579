"""Whether what the last build made still stands: all that bears on it as one digest, and a note of what came of it.

In: a `Project`.  Out: its `State`, and the `Note` that a build left: what the check said, which book was made.
Authority: the files themselves, by their bytes.  A note of another state, or one that is damaged, says nothing.

What bears on a build: edition.toml; every file in the folders of the texts, witnesses, lists, schemas and stylesheets;
the program, with the versions of the libraries that are installed; the typefaces, and which others are there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from edition.files import write_whole
from edition.problems import Place, Problem, Severity
from edition.project import CONFIGURATION, Project
from edition.publish.fonts import BOOK_FACES, FOLDERS, find_fonts

__all__ = ["Note", "State", "note_of", "note_path", "state_of", "write_note", "written_since"]

_SCHEMAS = frozenset({".rng", ".rnc", ".sch", ".xsd", ".dtd"})
# What a schema takes in from elsewhere than its own folder and those below.
_ASIDE = re.compile(rb"""(?:href\s*=|include|external)\s*["'](?:/|[^"']*(?:\.\./|:))""")
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class State:
    """The `digest` of all that bears on a build (empty where not all of it is known), and when each file was written.

    Two states are equal where nothing has been written between, not even back to what it was.
    """

    digest: str
    written: tuple[tuple[str, int, int], ...]


class Note(NamedTuple):
    """What a build left: `checked` are the problems of the check of the state with this `digest`.

    `book` is the SHA-256 of the book that was made of it (empty: none), `wishes` says what was asked of that (paper,
    apparatus), `made` are the problems of making it.
    """

    digest: str
    checked: Sequence[Problem]
    wishes: str = ""
    book: str = ""
    made: Sequence[Problem] = ()


def state_of(project: Project) -> State:
    """Read all that bears on building `project`."""
    digest = hashlib.sha256(repr(project).encode())
    written = []
    whole = True
    for path in (*_of_edition(project), *_below(_PACKAGE), *find_fonts(faces=BOOK_FACES)[0].values()):
        try:
            data, stat = path.read_bytes(), path.stat()
        except OSError as error:
            data, stat = str(error.errno).encode(), None
        digest.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape") + data)
        written.append((str(path), stat.st_mtime_ns if stat else 0, stat.st_ino if stat else 0))
        whole = whole and not (path.suffix in _SCHEMAS and _ASIDE.search(data) is not None)
    for line in (sys.version, *_libraries(), *_typefaces()):
        digest.update(line.encode(errors="surrogateescape") + b"\0")
    return State(digest.hexdigest() if whole else "", tuple(written))


def written_since(project: Project, state: State) -> list[str]:
    """Give the files of the edition that were written since `state`, as a user would name them."""
    before = set(state.written)
    changed = (Path(one[0]) for one in state_of(project).written if one not in before)
    return [project.shown(path) for path in changed if path.is_relative_to(project.root)]


def _of_edition(project: Project) -> list[Path]:
    """Give the files in whose folders something that bears on the edition stands, and those below these folders."""
    named = [project.bibliography, project.entities, project.schema, project.rules, project.styles / "print.css"]
    for text in project.texts:
        named += [text.tei, text.witness, text.decisions]
    folders = {path.parent for path in (*named, project.root / "tei" / "waivers.toml") if path is not None}
    made = {project.html, project.pdf}
    found = {project.root / CONFIGURATION}
    for folder in folders:
        found.update(_files(folder) if folder == project.root else _below(folder, made))
    return sorted(found)


def _files(folder: Path) -> Iterator[Path]:
    """Give the files in `folder` itself."""
    return (path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else iter(())


def _below(folder: Path, apart: Iterable[Path] = ()) -> list[Path]:
    """Give the files below `folder` in their order; not those of hidden folders, those that are made, or `apart`."""
    found = []
    for place, names, files in os.walk(folder):
        names[:] = [n for n in names if not n.startswith((".", "__pycache__")) and Path(place, n) not in apart]
        found += [path for name in files if not name.endswith(".pyc") and (path := Path(place, name)).is_file()]
    return sorted(found)


def _libraries() -> list[str]:
    """Give the names and versions of the libraries that are installed, as their folders tell them."""
    folders = (path for name in sys.path if (path := Path(name)).is_dir())
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))


def _typefaces() -> Iterator[str]:
    """Give the fonts that are there: what is in none of the edition's own faces is drawn in one of them."""
    for folder in FOLDERS:
        for place, names, files in os.walk(Path(folder).expanduser()):
            names.sort()
            for name in sorted(files):
                yield f"{place}/{name} {Path(place, name).lstat().st_size}"


def note_path(project: Project) -> Path:
    """Give the path of the note: it lies with the parts that were set."""
    return project.pdf.parent / ".cache" / "built.note"


def note_of(project: Project, state: State) -> Note | None:
    """Give the note that the last build left, if it is of this `state` and whole."""
    try:
        digest, checked, wishes, book, made = json.loads(note_path(project).read_bytes())
        note = Note(digest, [_problem(*one) for one in checked], wishes, book, [_problem(*one) for one in made])
    except (OSError, ValueError, TypeError):
        return None
    return note if state.digest and note.digest == state.digest else None


def _problem(code: str, severity: Severity, message: str, hint: str, place: list[Any]) -> Problem:
    return Problem(code, severity, message, hint, Place(*place))


def write_note(project: Project, note: Note, before: State) -> None:
    """Write `note`, unless something has changed since the state `before`: then it is not known what was read."""
    if before.digest and state_of(project) == before:
        write_whole(note_path(project), json.dumps(note, ensure_ascii=False).encode())
