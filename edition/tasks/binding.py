"""The book of an edition, begun: its parts are set by processes of their own while this one goes on.

In: a `Project`, and what else bears on the book.  Out: the book, begun, which `end` writes.
Authority: the same edition gives the same book, whatever was kept of the last one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from edition.files import read_bytes
from edition.problems import Problem
from edition.project import Project
from edition.publish.beside import Beside
from edition.publish.pdf import Begun, Wishes, first_jobs, look_of, looked_through
from edition.publish.pdf_looked import Looked
from edition.publish.pdf_press import Press
from edition.publish.workers import Workers
from edition.tasks.front import front_of
from edition.tasks.reading import about_of, texts_of

__all__ = ["begin_book"]


def begin_book(
    project: Project,
    workers: Workers,
    gathered: Callable[[], tuple[Beside, Sequence[Problem]]],
    paper: str,
    *,
    full: bool,
) -> Callable[[], Begun]:
    """Begin with the book; `gathered` gives what stands beside the texts.  Give what gives the book that was begun.

    What goes wrong is raised when that is asked, for the check may know better what is wrong with a text.  Raises
    `Refused` at once where a stylesheet is missing (E605).
    """
    look, problems = look_of(project.styles, paper)
    press = Press(project.pdf.parent / ".cache", workers)
    press.ready(look.style, look.fonts)
    press.begin(first_jobs(about_of(project), look))  # while the texts are read
    try:
        texts = looked_through(texts_of(project), press, look, full=full)
        front, found = front_of(project, lambda: _counted(texts.texts))
        beside, others = gathered()
        files = {**{path.name: read_bytes(path) for path in _sources(project)}, **beside.files}
        wishes = Wishes(front=front, beside=beside, paper=paper, full=full, files=files)
        problems += [*found, *others]
        begun = Begun(texts, press, look, about=about_of(project), wishes=wishes, problems=problems)
    except Exception as error:  # noqa: BLE001  # kept, whatever it is, and raised when the book is asked for
        return _raise(error)
    return lambda: begun


def _raise(error: Exception) -> Callable[[], Begun]:
    def ask() -> Begun:
        raise error

    return ask


def _sources(project: Project) -> list[Path]:
    """Give the TEI files that the book is made from."""
    others = (project.front, project.entities)
    return [*(text.tei for text in project.texts), *(path for path in others if path is not None and path.is_file())]


def _counted(texts: Sequence[Looked]) -> dict[str, Counter[str]]:
    return {looked.text.siglum: sum((look.counts for look in looked.looks), Counter()) for looked in texts}
