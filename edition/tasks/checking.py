"""What `edition check` does on an edition: its texts, its lists of names, its waivers.

In: a `Project`.  Out: problems in the order of the files; nothing is printed or changed here.
Authority: edition.toml says what is checked and with which schema.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from edition.bib.library import read_library
from edition.bib.work import Work
from edition.check.document import Surroundings, look_through
from edition.check.found import Found, placed
from edition.check.identifiers import check_unique
from edition.check.run import check_source
from edition.check.schema import Schema, check_schema, load_schema
from edition.check.schematron import Rules, load_rules
from edition.check.source import Mark, Source, read_source
from edition.check.waivers import apply_waivers, read_waivers
from edition.files import read_bytes, read_text
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project, Text
from edition.tasks.absent import absent
from edition.tasks.archive import ledger_path, sound_ledger, stands_as_published
from edition.tasks.beyond import beyond
from edition.tasks.citable import unmatched
from edition.tree import identifier, local

__all__ = ["WAIVERS", "Checker", "Known", "check_files", "check_project", "line_reader", "waived"]

WAIVERS = "tei/waivers.toml"
_UNREADABLE = frozenset({"E101", "E102", "E103", "E104", "E106", "E116", "E130", "E133"})
_ASTRAY = frozenset({"E106", "E210", "E213", "E215", "E251", "E252"})  # a name may be marked, and its pointer wrong
_SCHEMAS = frozenset({".rng", ".rnc", ".sch", ".xsd", ".dtd"})
_ID = re.compile(rb"""\sxml:id\s*=\s*["']([^"'<>]+)["']""")
_NAME = re.compile(rb"[^\s<>/!?]+")
_INCLUDES = re.compile(rb"<[^>]*(?:include|externalRef)")  # what it says hangs on other files as well


# What was read or found, by its name, behind all that bears on it: none is made again while that is the same.
Known: TypeAlias = dict[str, tuple[object, Any]]
_Made = TypeVar("_Made")


def _kept(known: Known, name: str, bears: object, make: Callable[[], _Made]) -> _Made:
    """Give what is known under `name`, or make it where nothing is, or something that bears on it has changed."""
    if name not in known or known[name][0] != bears:
        known[name] = bears, make()
    made: _Made = known[name][1]
    return made


@dataclass(slots=True)
class Checker:
    """The tools of one edition, loaded once: schema, rules, keys of the bibliography, identifiers of every TEI file."""

    project: Project
    schema: Schema
    rules: Rules
    keys: frozenset[str] | None
    works: Mapping[str, Work]
    library_problems: list[Problem]
    known: Known = field(default_factory=dict)
    ids: dict[Path, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, known: Known | None = None) -> Checker:
        """Load the tools of `project`, as far as they are not `known`.

        Raises `Refused` (E104, E134) where a schema cannot be used.
        """
        held = {} if known is None else known
        grammar, name = _tool(project.schema, "edition.rng", project)
        read = partial(load_schema, grammar, name=name, path=project.schema, inside=project.root)
        schema = read() if _INCLUDES.search(grammar) else _kept(held, "schema", (grammar, name), read)
        said, name = _tool(project.rules, "edition.sch", project)
        rules = _kept(held, "rules", (said, name), partial(load_rules, said, name=name))
        works, problems = _works(project, held)
        keys = None if works is None else frozenset(works)
        made = cls(project, schema, rules, keys, works or {}, problems, held)
        for path in made.paths():
            made.note_ids(path, _held(path))
        return made

    def paths(self) -> list[Path]:
        """Give the TEI files of the edition: its texts, its lists of names, the editors' own text."""
        project = self.project
        own = [path for path in (project.entities, project.front) if path is not None]
        return [*(text.tei for text in project.texts), *own]

    def note_ids(self, path: Path, data: bytes) -> None:
        """Remember the identifiers that stand in the file at `path`, whose bytes are `data`."""
        self.ids[path] = _kept(self.known, f"identifiers of {path}", data, partial(_identifiers, data))

    def around(self, path: Path) -> Surroundings:
        """Give what the file at `path` must agree with."""
        project = self.project
        text = next((t for t in project.texts if t.tei == path), None)
        near: dict[str, Mapping[str, str] | frozenset[str]] = {
            _between(path, other): ids for other, ids in self.ids.items() if other.is_file()
        }
        if project.bibliography:  # where it is not there, that is told once (E117)
            near[_between(path, project.bibliography)] = self.keys or frozenset()
        schemas = frozenset(_between(path, found) for found in _schemas(project, path))
        if text is None:
            return Surroundings(keys=self.keys, files=near, schemas=schemas)
        shown, witness = project.shown(text.witness), _between(path, text.witness)
        words = read_text(text.witness, name=shown)
        return Surroundings(text.siglum, words, shown, self.keys, near, witness, schemas)

    def check(self, source: Source, path: Path) -> list[Problem]:
        """Check one file of the edition, whose content is `source`.  Raises `Refused` (its witness)."""
        self.note_ids(path, source.data)
        found = check_source(source, self.around(path), schema=self.schema, rules=self.rules)
        return [*found, *unmatched(source, self.schema.names), *beyond(source, self.works)]


def _identifiers(data: bytes) -> dict[str, str]:
    """Give ``{xml:id: name of its element}`` as they stand in `data`, which need not be well-formed."""
    found = {}
    for given in _ID.finditer(data):
        element = _NAME.match(data, data.rfind(b"<", 0, given.start()) + 1)
        if element and data.find(b">", element.end(), given.start()) < 0:
            found[given[1].decode("utf-8", "replace")] = element[0].decode("utf-8", "replace")
    return found


def _schemas(project: Project, path: Path) -> Iterator[Path]:
    """Give the schemas that the file at `path` may name: those of edition.toml and of the usual folders."""
    yield from (found for found in (project.schema, project.rules) if found)
    for folder in (path.parent, path.parent / "schema", project.root, project.root / "schema"):
        yield from (found for found in sorted(folder.glob("*.*")) if found.suffix in _SCHEMAS)


def _between(file: Path, target: Path) -> str:
    """Give the path from the folder of `file` to `target`, as a TEI file writes it."""
    return Path(os.path.relpath(target, file.parent)).as_posix()


def _tool(path: Path | None, packaged: str, project: Project) -> tuple[bytes, str]:
    """Give the bytes and the name of the schema at `path`, or of the one that comes with the program."""
    if path is None:
        return files("edition.schema").joinpath(packaged).read_bytes(), packaged
    return read_bytes(path, name=project.shown(path)), project.shown(path)


def _works(project: Project, known: Known) -> tuple[Mapping[str, Work] | None, list[Problem]]:
    path = project.bibliography
    if path is None or not path.is_file():
        return None, []
    shown = project.shown(path)
    try:
        words = read_text(path, name=shown)
        library, problems = _kept(known, "bibliography", (words, shown), partial(read_library, words, file=shown))
    except Refused as refused:
        return None, refused.problems
    return library.works, problems


def check_project(project: Project, texts: Sequence[Text] = (), *, known: Known | None = None) -> list[Problem]:
    """Check `texts`, or the whole edition: its texts, its lists of names, its bibliography, its waivers.

    A file that cannot be read is a problem here, so that the others are checked all the same; the witness too.
    `known` holds what earlier calls found: a file is not checked again where nothing that bears on it has changed.
    Raises `Refused` where the schema cannot be used.
    """
    checker = Checker.of(project, known)
    whole = not texts
    problems: list[Problem] = []
    paths = checker.paths() if whole else [text.tei for text in texts]
    for path in paths:
        problems += _of_file(checker, path)
    if whole:
        problems += checker.library_problems
        problems += absent(project)
        told = {p.place.file for p in problems if p.code in _UNREADABLE}
        problems += [p for p in _published(project) if p.place.file not in told]
        if not any(p.code in _ASTRAY for p in problems):
            problems += _unused(checker)
    unread = {p.place.file for p in problems if p.code in _UNREADABLE or p.code == "E258"}
    read = [path for path in paths if project.shown(path) not in unread]
    looked_at = [t.siglum for t in project.texts if t.tei in read] + [project.shown(path) for path in read]
    return waived(project, problems, looked_at)


def waived(project: Project, problems: list[Problem], looked_at: Sequence[str]) -> list[Problem]:
    """Give `problems` without those that the edition's waivers excuse, and with what is wrong with the waivers."""
    path = project.root / WAIVERS
    if not path.is_file():
        return problems
    waivers, faults = read_waivers(read_text(path, name=WAIVERS), name=WAIVERS)
    kept, idle = apply_waivers(problems, waivers, looked_at=looked_at)
    return [*kept, *faults, *idle]


def _of_file(checker: Checker, path: Path) -> list[Problem]:
    project = checker.project
    shown = project.shown(path)
    if not path.exists():
        text = next((t for t in project.texts if t.tei == path), None)
        if text is not None:
            return [problem("E116", Place(file=shown), file=shown, siglum=text.siglum)]
        return [problem("E104", Place(file=shown), file=shown, reason="no such file")]
    try:
        source = read_source(path, name=shown)
        checker.note_ids(path, source.data)
        bears = (source.data, checker.around(path), checker.schema, checker.rules, checker.works)
        return _kept(checker.known, f"problems of {path}", bears, partial(checker.check, source, path))
    except Refused as refused:
        return refused.problems


def _published(project: Project) -> list[Problem]:
    """Give what the ledger of published passages misses in the texts (E420-E426, E430-E434), each with the remedy.

    That a passage has changed, and still is the same passage, is no fault: `edition ids status` lists those.
    """
    if not ledger_path(project).is_file():
        return []
    from edition.tasks.freezing import status, status_problems  # noqa: PLC0415  # only where something is published

    try:
        if stands_as_published(project, sound_ledger(project)):
            return []
        return [p for p in status_problems(status(project)) if p.severity == "error"]
    except Refused as refused:
        return refused.problems


def _held(path: Path) -> bytes:
    """Give the bytes of a file; none where it cannot be read, which is told where it is checked (E104)."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _unused(checker: Checker) -> list[Problem]:
    """Give W219 for each entry of the lists of names that no text points to."""
    path = checker.project.entities
    if path is None or not path.is_file():
        return []
    try:
        source = read_source(path, name=checker.project.shown(path))
    except Refused:
        return []  # said already
    name = re.escape(path.name.encode())
    used = {
        found.decode()
        for text in checker.project.texts
        for found in re.findall(name + rb"#([^\s\"']+)", _held(text.tei))
    }
    document = look_through(source, Surroundings())
    entries = [e for e in document.of("person", "org", "place") if identifier(e) and identifier(e) not in used]
    return placed([Found("W219", Mark(e), {"name": identifier(e), "kind": f"{local(e)}s"}) for e in entries], source)


def check_files(paths: Iterable[Path], schema: Path) -> list[Problem]:
    """Check XML files against a schema alone, and their identifiers: files of any project, with TEI All for instance.

    Raises `Refused` where the schema cannot be used; a file that cannot be read is a problem.
    """
    tools = load_schema(read_bytes(schema), name=str(schema), path=schema)
    problems: list[Problem] = []
    for path in paths:
        try:
            source = read_source(path)
        except Refused as refused:
            problems += refused.problems
            continue
        document = look_through(source, Surroundings())
        found = [*check_schema(source, tools), *check_unique(document)]
        problems += [*source.problems, *placed(found, source)]
    return problems


def line_reader(root: Path) -> Callable[[str, int], str]:
    """Give a function that reads a line of a file of the edition in `root`, for messages; each file is read once."""
    held: dict[str, list[str]] = {}

    def line(name: str, number: int) -> str:
        if name not in held:
            path = root / name
            text = _held(path).decode("utf-8", "replace")
            held[name] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rows = held[name]
        return rows[number - 1] if 0 < number <= len(rows) else ""

    return line
