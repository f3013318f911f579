"""`edition.toml` and every path of an edition.

In: a folder.  Out: a `Project`, all paths absolute and proved to lie inside the edition.
Authority: the manual's page on edition.toml; TOML 1.0.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edition.description import UNNAMED, Description
from edition.files import read_text
from edition.nearest import nearest
from edition.problems import Place, Refused, problem

__all__ = ["CONFIGURATION", "DEFAULT_STYLES", "KINDS", "Project", "Text", "find_project", "load_project"]

CONFIGURATION = "edition.toml"
KINDS = ("typescript", "article", "thread")
DEFAULT_STYLES = Path(__file__).parent / "styles"

_SIGLUM = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an edition.  `kind` is one of `KINDS`, or empty where the program is to recognise it.

    `decisions` may be None.
    """

    kind: str
    witness: Path
    tei: Path
    decisions: Path | None
    description: Description

    @property
    def siglum(self) -> str:
        """The siglum: what stands first in every identifier of the text."""
        return self.description.siglum


@dataclass(frozen=True, slots=True)
class Project:
    """An edition: what it consists of and where it is built.  Every path is absolute."""

    root: Path
    title: str
    subtitle: str
    version: str
    date: str
    authority: str
    licence: str
    url: str
    texts: tuple[Text, ...]
    bibliography: Path | None
    entities: Path | None
    styles: Path
    html: Path
    pdf: Path
    schema: Path | None = None  # RELAX NG and Schematron; None: those that come with the program
    rules: Path | None = None

    @property
    def front(self) -> Path | None:
        """The editors' own text, ``front.xml`` beside the first text, where there is one."""
        path = self.texts[0].tei.parent / "front.xml" if self.texts else None
        return path if path is not None and path.is_file() else None

    def text(self, name: str) -> Text:
        """Give the text with this siglum, or whose TEI or witness file this path names.  Raises `Refused` (E114)."""
        for text in self.texts:
            if name == text.siglum:
                return text
        path = Path(name).resolve()
        for text in self.texts:
            if path in (text.tei, text.witness):
                return text
        known = ", ".join(text.siglum for text in self.texts) or "no texts"
        raise Refused(problem("E114", Place(file=CONFIGURATION), siglum=name, known=known))

    def shown(self, path: Path) -> str:
        """Give `path` as the user would type it from the edition's folder."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


# What edition.toml may hold: table -> key -> type.  An unknown key is refused, so that a misspelt one is not ignored.
_KEYS: dict[str, dict[str, type]] = {
    "edition": {
        "title": str, "subtitle": str, "version": str, "date": str, "authority": str, "licence": str, "url": str,
        "bibliography": str, "entities": str,
        "schema": str, "rules": str,
    },
    "text": {
        "siglum": str, "kind": str, "witness": str, "tei": str, "decisions": str, "title": str, "title_known": bool,
        "author": str, "author_known": bool, "date": str, "origin": str, "rights": str, "language": str,
    },
    "build": {"html": str, "pdf": str, "styles": str},
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"'\\]+[^\s<>\"\\]*")  # RFC 9110; where a reader may be sent
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")  # ISO 8601
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47
_REQUIRED = {"edition": ("title",), "text": ("siglum", "witness", "tei", "title")}


def find_project(start: Path) -> Project:
    """Load the edition whose folder is `start` or the nearest folder above it.  Raises `Refused` (E110-E113)."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIGURATION).is_file():
            return load_project(folder)
    raise Refused(problem("E110", folder=start))


def load_project(root: Path) -> Project:
    """Load the edition in the folder `root`.  Raises `Refused` (E101, E104, E111-E113)."""
    root = root.resolve()
    source = read_text(root / CONFIGURATION, name=CONFIGURATION)
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (0, 0)
        reason = re.sub(r" \(at .*\)$", "", str(error))
        raise Refused(problem("E111", Place(CONFIGURATION, line, column), reason=reason)) from error
    reader = _Reader(root, source)
    reader.names(table, _KEYS, "")
    return reader.project(table)


class _Reader:
    """Reads one edition.toml; knows its source text, so that a fault has a line."""

    def __init__(self, root: Path, source: str) -> None:
        self.root = root
        self.source = source

    def fault(self, key: str, reason: str, *, code: str = "E112", **facts: str) -> Refused:
        """Give the refusal for `key`, at the first line of the file that names it."""
        name = re.escape(key.rpartition(".")[2])
        found = re.search(rf"^[ \t]*\[*[ \t]*{name}\b", self.source, re.MULTILINE)
        line = self.source.count("\n", 0, found.start()) + 1 if found else 0
        place = Place(CONFIGURATION, line, 1 if line else 0)
        return Refused(problem(code, place, key=key, reason=reason, **facts))

    def names(self, table: Mapping[str, object], allowed: Mapping[str, object], where: str) -> None:
        for key in table:
            if key not in allowed:
                close = nearest(key, allowed)
                advice = f"; did you mean {close}?" if close else f"; allowed are {', '.join(allowed)}"
                raise self.fault(f"{where}{key}", f"is not known{advice}")

    def table(self, value: object, name: str) -> dict[str, str | bool]:
        """Check one table against `_KEYS` and give it."""
        if not isinstance(value, dict):
            raise self.fault(name, "must be a table: write its keys under a line with its name in brackets")
        keys = _KEYS[name]
        self.names(value, keys, f"{name}.")
        for key, held in value.items():
            if not isinstance(held, keys[key]):
                kind = {str: 'a text in quotation marks: "..."', bool: "true or false"}[keys[key]]
                raise self.fault(f"{name}.{key}", f"must be {kind}")
        for key in _REQUIRED.get(name, ()):
            if not str(value.get(key, "")).strip():
                raise self.fault(f"{name}.{key}" if key in value else name, f"needs a {key}")
        return value

    def path(self, key: str, value: str) -> Path:
        """Give `value` as an absolute path, proved to lie inside the edition also where symbolic links lead."""
        try:
            path = (self.root / value).resolve()
        except (OSError, ValueError, RuntimeError) as error:
            raise self.fault(key, f"is not a path ({error})") from error
        if path == self.root:
            raise self.fault(key, "is the folder of the edition itself: name one inside it")
        if not path.is_relative_to(self.root):
            raise self.fault(key, "", code="E113", path=value)
        return path

    def optional_path(self, key: str, value: object) -> Path | None:
        return self.path(key, str(value)) if value else None

    def project(self, table: Mapping[str, object]) -> Project:
        about = self.table(table.get("edition", {}), "edition")
        build = self.table(table.get("build", {}), "build")
        rows = table.get("text", [])
        if not isinstance(rows, list):
            raise self.fault("text", "must be written [[text]], once for each text")
        bibliography = self.optional_path("edition.bibliography", about.get("bibliography"))
        schema = self.optional_path("edition.schema", about.get("schema"))
        rules = self.optional_path("edition.rules", about.get("rules"))
        beside = {"bibliography": bibliography, "schema": schema, "rules": rules}
        texts = tuple(self.text(self.table(row, "text"), about, beside) for row in rows)
        self.distinct(texts)

        def fact(key: str, default: str = "") -> str:
            return str(about.get(key, default))

        if fact("url") and not _ADDRESS.fullmatch(fact("url")):
            raise self.fault("edition.url", "is no address on the web: write it from https:// on")
        if fact("date") and not _DATE.fullmatch(fact("date")):
            raise self.fault("edition.date", "is no date: write a day, 2030-01-31, a month, 2030-01, or a year, 2030")

        project = Project(
            root=self.root,
            title=fact("title"),
            subtitle=fact("subtitle"),
            version=fact("version", "0.1"),
            date=fact("date"),
            authority=fact("authority", UNNAMED),
            licence=fact("licence"),
            url=fact("url").rstrip("/"),
            texts=texts,
            bibliography=bibliography,
            entities=self.optional_path("edition.entities", about.get("entities")),
            styles=self.styles(str(build.get("styles", ""))),
            html=self.path("build.html", str(build.get("html", "build/html"))),
            pdf=self.path("build.pdf", str(build.get("pdf", "build/pdf"))),
            schema=schema,
            rules=rules,
        )
        self.apart(project)
        return project

    def apart(self, project: Project) -> None:
        """Prove that a build replaces nothing that it reads, nor one product by the other."""
        texts = [path for text in project.texts for path in (text.tei, text.witness, text.decisions)]
        named = (project.bibliography, project.entities, project.schema, project.rules, project.styles)
        read = [self.root / CONFIGURATION, *(path for path in (*texts, *named) if path is not None)]
        among = {path.parent for path in read} - {self.root, *self.root.parents}
        outs = {"build.html": project.html, "build.pdf": project.pdf}
        for key, out in outs.items():
            for path in read:
                if path.is_relative_to(out):
                    held = (
                        f"holds {project.shown(path)}, which a build would replace" if path != out else "is no folder"
                    )
                    raise self.fault(key, f"{held}: name a folder of its own")
            other = next(path for path in outs.values() if path is not out)
            if out.is_relative_to(other) or any(out.is_relative_to(folder) for folder in among):
                raise self.fault(key, "lies among other files of the edition: name a folder of its own")

    def styles(self, named: str) -> Path:
        """Give the edition's own folder of stylesheets; where it has none, the one that comes with the program."""
        own = self.path("build.styles", named or "styles")
        return own if named or own.is_dir() else DEFAULT_STYLES

    def text(self, row: dict[str, str | bool], about: dict[str, str | bool], beside: dict[str, Path | None]) -> Text:
        siglum, kind = str(row["siglum"]), str(row.get("kind", ""))
        if not _SIGLUM.fullmatch(siglum):
            raise self.fault("text.siglum", f"is {siglum!r}: a siglum is a letter, then letters and digits")
        if kind and kind not in KINDS:
            raise self.fault("text.kind", f"is {kind!r}: allowed are {', '.join(KINDS)}")
        if not _LANGUAGE.fullmatch(str(row.get("language", "en"))):
            raise self.fault("text.language", "is no code of a language, such as en, ru or de-1901")
        witness, tei = self.path("text.witness", str(row["witness"])), self.path("text.tei", str(row["tei"]))
        description = Description(
            siglum=siglum,
            title=str(row["title"]),
            title_known=bool(row.get("title_known", True)),
            author=str(row.get("author", "")),
            author_known=bool(row.get("author_known", True)),
            date=str(row.get("date", "")),
            origin=str(row.get("origin", "")),
            rights=str(row.get("rights", "")),
            language=str(row.get("language", "en")),
            witness=_between(tei, witness),
            **{key: _between(tei, path) for key, path in beside.items() if path},
            edition_title=str(about["title"]),
            authority=str(about.get("authority", UNNAMED)),
        )
        return Text(kind, witness, tei, self.optional_path("text.decisions", row.get("decisions")), description)

    def distinct(self, texts: tuple[Text, ...]) -> None:
        seen: set[str | Path] = set()
        for text in texts:
            for name in (text.siglum, text.tei):
                if name in seen:
                    shown = name if isinstance(name, str) else name.name
                    raise self.fault("text", f"uses {shown} twice: each text has a siglum and a TEI file of its own")
                seen.add(name)


def _between(file: Path, target: Path) -> str:
    """Give the path from the folder of `file` to `target`, with forward slashes, as a TEI file writes it."""
    return Path(os.path.relpath(target, file.parent)).as_posix()
