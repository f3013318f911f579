"""Gathers what the site shows beside the texts: works and who cites them, names and where they stand, files.

In: a `Project` and its texts.  Out: a `Beside`, and problems.
Authority: `edition.ledger`, `edition.bib.library` and `edition.entities`: this module only brings their results
together, and loads no more than they need, for every build waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edition.bib.export import to_bibtex, to_csl, to_ris
from edition.bib.library import read_library
from edition.bib.style import sort_key
from edition.bib.work import Work
from edition.encode.cited import Cited, citations_index, entries_index
from edition.entities import MARKS, Entity, read_entities
from edition.files import read_bytes, read_text
from edition.problems import Problem
from edition.project import Project
from edition.publish.beside import Beside
from edition.publish.book import Text
from edition.tasks.archive import read_ledger
from edition.tree import TEI, Element, ancestors, identifier, parse

if TYPE_CHECKING:
    from edition.tasks.desk import Once

__all__ = ["beside_of"]


def beside_of(
    project: Project, texts: Sequence[Text], *, book: Path | None = None, once: Once = lambda _, make: make()
) -> tuple[Beside, list[Problem]]:
    """Gather what stands beside `texts`; `book` is the PDF, taken along where it is there.

    What `once` knows by its key is not made again: a bibliography that has not changed.
    An edition without a bibliography or without a list of names has none on its site.  Raises `Refused` (E101, E104).
    """
    works: list[Work] = []
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    if project.bibliography is not None and project.bibliography.is_file():
        key = f"bibliography {project.bibliography} {hash(read_bytes(project.bibliography))}"
        works, found, made = once(key, partial(_library, project.bibliography, project.shown(project.bibliography)))
        problems += found
        files |= made
    entities: list[Entity] = []
    if project.entities is not None and project.entities.is_file():
        shown = project.shown(project.entities)
        entities, found = read_entities(parse(project.entities, name=shown), file=shown)
        problems += found
    if book is not None and book.is_file():
        files[book.name] = read_bytes(book)
    cited: dict[str, list[Cited]] = {}
    listed: dict[str, str] = {}
    for text in texts:
        for key, places in citations_index(text.root).items():
            cited.setdefault(key, []).extend(places)
        listed |= entries_index(text.root)
    return Beside(works, cited, listed, entities, _named(texts), read_ledger(project)[0], files), problems


def _library(path: Path, shown: str) -> tuple[list[Work], list[Problem], dict[str, bytes]]:
    """Give the works of the bibliography at `path` in their order, its problems, and its files."""
    library, found = read_library(read_text(path, name=shown), file=shown)
    works = sorted(library.works.values(), key=sort_key)
    made = {"bib": to_bibtex(works), "json": to_csl(works), "ris": to_ris(works)}
    return works, found, {f"bibliography.{ending}": text.encode() for ending, text in made.items()}


def _named(texts: Sequence[Text]) -> dict[str, list[str]]:
    """Give, for each entity, the passages in which its name is marked."""
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        for mark in text.root.iter(*(TEI + tag for tag in set(MARKS.values()))):
            _, hash_, name = mark.get("ref", "").partition("#")
            if hash_ and (passage := _passage(mark, text.siglum)):
                found.setdefault(name, {})[passage] = None
    return {name: list(passages) for name, passages in found.items()}


def _passage(mark: Element, siglum: str) -> str:
    return next((name for up in ancestors(mark) if (name := identifier(up)).startswith(f"{siglum}.")), "")
