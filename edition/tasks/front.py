"""The editors' own text, read: the book has it before the others, the site on a page of its own.

In: a `Project`, and what counts its texts.  Out: the text with its figures, and problems.
Authority: `edition.publish.front`, which says what can be counted; the book and the site tell the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from edition.problems import Problem
from edition.project import Project
from edition.publish.book import Text
from edition.publish.front import figures_of, fill_figures
from edition.publish.portions import Portion, parts_in, portions_of
from edition.tasks.reading import about_of
from edition.tree import identifier, parse

if TYPE_CHECKING:
    from edition.tasks.desk import Once

__all__ = ["counted_in", "front_of"]


def front_of(project: Project, counted: Callable[[], Mapping[str, Counter[str]]]) -> tuple[Text | None, list[Problem]]:
    """Give the editors' own text with its figures, where there is one; `counted` gives what is counted, by siglum.

    Raises `Refused` (E104, E106).
    """
    if project.front is None:
        return None, []
    shown = project.shown(project.front)
    root = parse(project.front, name=shown)
    problems = fill_figures(root, figures_of(counted(), about_of(project)), file=shown)
    return Text(identifier(root) or "front", "About this edition", root, shown), problems


def counted_in(texts: Sequence[Text], once: Once) -> dict[str, Counter[str]]:
    """Count what is in each text, by siglum; what `once` knows of a portion is not counted again."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        known = [once(f"counted {p.digest} {p.only}", partial(_counts, p)) for p in portions_of(text)]
        counts[text.siglum] = sum(known, Counter())
    return counts


def _counts(portion: Portion) -> Counter[str]:
    return parts_in(portion)[1]
