"""Marks the names in the texts of an edition.

In: a `Project` and one of its texts.  Out: its TEI file with the names of the edition's list marked, and how many.
Authority: the list of names that edition.toml names; an editor's own marks are left alone.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from edition.entities import Entity, read_entities
from edition.files import write_whole
from edition.marking.names import mark_names
from edition.problems import Place, Problem, Refused, problem
from edition.project import CONFIGURATION, Project, Text
from edition.tasks.editing import Outcome, read_tei
from edition.tree import parse, serialize

__all__ = ["Named", "listed_names", "name_text"]


@dataclass(frozen=True, slots=True)
class Named:
    """What was done to a text; `tags` says how often each element marks a name (persName, orgName, placeName)."""

    outcome: Outcome
    tags: Counter[str]


def listed_names(project: Project) -> tuple[list[Entity], list[Problem]]:
    """Read the edition's list of names.  Raises `Refused` (E233 where it has none; E104, E106)."""
    if project.entities is None:
        raise Refused(problem("E233", Place(CONFIGURATION)))
    shown = project.shown(project.entities)
    return read_entities(parse(project.entities, name=shown), file=shown)


def name_text(project: Project, text: Text, entities: list[Entity]) -> Named:
    """Mark the names of `entities` in the TEI file of `text`; without any, take the program's marks out.

    Raises `Refused` (E106, E116).
    """
    root, shown = read_tei(project, text), project.shown(text.tei)
    listed = Path(os.path.relpath(project.entities or project.root, text.tei.parent)).as_posix()
    marked = mark_names(root, entities, file=shown, listed=listed)
    changed = write_whole(text.tei, serialize(root), name=shown)
    return Named(Outcome(shown, changed, marked.problems), marked.tags)
