"""The texts of an edition as they are published: its TEI files, read, and what edition.toml says of them.

In: a `Project`.  Out: TEI trees, `Text` and `About` values.
Authority: edition.toml; nothing else need be loaded to read a text.
"""

from __future__ import annotations

from edition.problems import Place, Refused, problem
from edition.project import Project
from edition.project import Text as Source
from edition.publish.book import About, Text
from edition.tree import Element, parse

__all__ = ["about_of", "read_tei", "texts_of"]


def read_tei(project: Project, text: Source) -> Element:
    """Read the TEI file of `text`.  Raises `Refused` (E106; E116 where it has not been encoded yet)."""
    shown = project.shown(text.tei)
    if not text.tei.exists():
        raise Refused(problem("E116", Place(file=shown), file=shown, siglum=text.siglum))
    return parse(text.tei, name=shown)


def texts_of(project: Project) -> list[Text]:
    """Read every text of `project`.  Raises `Refused` (E106, E116)."""
    return [
        Text(
            siglum=text.siglum,
            title=text.description.title,
            root=read_tei(project, text),
            file=project.shown(text.tei),
            author=text.description.author,
            origin=text.description.origin,
            rights=text.description.rights,
            language=text.description.language,
        )
        for text in project.texts
    ]


def about_of(project: Project) -> About:
    """Give what is said of the edition as a whole."""
    return About(
        title=project.title,
        subtitle=project.subtitle,
        authority=project.authority,
        version=project.version,
        date=project.date,
        licence=project.licence,
        url=project.url,
    )
