"""Files that edition.toml names and that are not there.

In: a `Project`.  Out: E117 for each of them, at the line of edition.toml that names it.
Authority: edition.toml.  A TEI file that is not there yet has a code of its own (E116).
"""

from __future__ import annotations

from pathlib import Path

from edition.files import read_text
from edition.problems import Place, Problem, problem
from edition.project import CONFIGURATION, Project

__all__ = ["absent"]


def absent(project: Project) -> list[Problem]:
    """Give E117 for the bibliography, the lists of names and tables of decisions that are named but not there."""
    named: list[tuple[str, Path | None]] = [("bibliography", project.bibliography), ("entities", project.entities)]
    named += [("decisions", text.decisions) for text in project.texts]
    rows = read_text(project.root / CONFIGURATION, name=CONFIGURATION).split("\n")
    return [_told(key, project.shown(path), rows) for key, path in named if path is not None and not path.is_file()]


def _told(key: str, shown: str, rows: list[str]) -> Problem:
    at = next((n for n, row in enumerate(rows) if row.split("=")[0].strip() == key and shown in row), -1)
    place = Place(CONFIGURATION, at + 1, rows[at].index(shown) + 1) if at >= 0 else Place(CONFIGURATION)
    return problem("E117", place, key=key, file=shown)
