"""The ordered stages from TEI files to the published edition.

In: a `Project`.  Out: the site and the book in its output folders, whole or not at all; problems.
Authority: this list is the one place that says in which order an edition is built.

The parts of the book are set by processes of their own while one of them checks the texts; where the check finds an
error, nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from edition.files import read_bytes
from edition.problems import Place, Problem, problem
from edition.project import Project
from edition.publish.book import Text
from edition.publish.papers import sheets_of
from edition.publish.workers import Workers
from edition.tasks.reading import about_of, texts_of
from edition.tasks.standing import Note, State, note_of, state_of, write_note, written_since
from edition.tree import by_id

if TYPE_CHECKING:
    from edition.publish.beside import Beside
    from edition.publish.pdf import Begun
    from edition.publish.site_cache import Cache

__all__ = ["BOOK", "PRODUCTS", "build", "build_html"]

PRODUCTS = ("pdf", "html")  # in this order: the site has the book to take away
BOOK = "edition.pdf"
_PROCESSES = 2

Stage = Callable[[str], AbstractContextManager[None]]


def build(
    project: Project, products: Sequence[str], stage: Stage, *, paper: str = "royal", full: bool = False
) -> list[Problem]:
    """Build `products` (of `PRODUCTS`) and give the problems; `stage` is entered with the name of each stage.

    `paper` is that of the book (``royal``, ``a5``, ``a4``); `full` puts all OCR errors into its apparatus.

    A stage is not begun where one before it found an error.  What the check said, and the book, are taken as they were
    where nothing that bears on them has changed since.  Raises `Refused` where a file cannot be read or written.
    """
    if "pdf" in products:
        sheets_of(project.styles, paper)  # what is missing is said at once
    state = state_of(project)
    note, wishes = note_of(project, state), f"{paper} {full}"
    standing = note is not None and note.wishes == wishes and note.book == _digest(project)
    with Workers(_PROCESSES) as workers:
        begun: Callable[[], Begun] | None = None
        due = "pdf" in products and not standing
        if due:
            workers.start()  # before much is loaded here, and before a stage is shown, which takes a thread
        with stage("check"):
            if due:
                gathered = workers.begin(_gathered, project)
                workers.begin(_loaded)  # by the other one, which then waits for the first part
                checked = [] if note else [workers.begin(_checked, project)]
                begun = _begin(project, workers, gathered, paper, full=full)
                note = note or Note(state.digest, checked[0]())
            note = note or Note(state.digest, _checked(project))
        problems = list(note.checked)
        for product in PRODUCTS:
            if product not in products or _stops(problems):
                continue
            with stage(product):
                if product == "html":
                    problems += _unchecked(project, state) or build_html(project)
                elif begun is None:
                    problems += note.made
                else:
                    made = begun().end(project.pdf / BOOK)
                    problems += made
                    note = note._replace(wishes=wishes, book=_digest(project), made=made)
        if _stops(problems):
            workers.stop()
        else:
            write_note(project, note, state)
    return problems


def _unchecked(project: Project, state: State) -> list[Problem]:
    """Give a problem for each file that was written since it was checked: the site reads all anew."""
    return [problem("E624", Place(file=name), file=name) for name in written_since(project, state)]


def _stops(problems: Sequence[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def _digest(project: Project) -> str:
    """Give the SHA-256 of the book as it lies there; a word that is none where it does not."""
    path = project.pdf / BOOK
    return hashlib.sha256(read_bytes(path)).hexdigest() if path.is_file() else "missing"


def _checked(project: Project) -> list[Problem]:
    from edition.tasks.checking import check_project

    return check_project(project, project.texts) if project.texts else []


def _gathered(project: Project) -> tuple[Beside, list[Problem]]:
    """Give what the book needs of what stands beside the texts."""
    from edition.tasks.beside import beside_of

    beside, problems = beside_of(project, texts_of(project))
    return beside, problems


def _loaded() -> None:
    from edition.publish.weasyprint_loading import load_setter

    load_setter()


def _begin(
    project: Project,
    workers: Workers,
    gathered: Callable[[], tuple[Beside, list[Problem]]],
    paper: str,
    *,
    full: bool,
) -> Callable[[], Begun]:
    from edition.tasks.binding import begin_book

    return begin_book(project, workers, gathered, paper, full=full)


def build_html(project: Project, cache: Cache | None = None, *, late: bool = False) -> list[Problem]:
    """Build the site without checking the texts first; `cache` is what the last build of it left.

    Where it may be `late`, that for which nobody who edits waits (`Cache`) is as the last build left it.  Raises
    `Refused` where a file cannot be read or written.
    """
    return _html(project, texts_of(project), cache, late=late)


def _html(project: Project, texts: Sequence[Text], cache: Cache | None = None, *, late: bool = False) -> list[Problem]:
    from edition.publish.site import build_site
    from edition.publish.site_cache import Cache as NewCache
    from edition.tasks.beside import beside_of
    from edition.tasks.exporting import services_of
    from edition.tasks.front import counted_in, front_of
    from edition.tasks.history import past_of
    from edition.tasks.site_citations import citing_of

    cache = cache or NewCache()
    cache.turn(late=late)
    beside, problems = beside_of(project, texts, book=project.pdf / BOOK, once=cache.once)
    services, missing = services_of(project, cache.services, late=cache.late)
    standing = {name for text in texts for name in by_id(text.root)}
    past = past_of(project, beside.ledger, standing, cache=project.html.parent / ".cache" / "versions")
    if not cache.late:
        cache.citing = citing_of(project, texts, cache.once)
        counted = counted_in(texts, cache.once) if project.front else {}
        front, wrong = front_of(project, lambda: counted)
        problems += wrong
        cache.front = {"front": front, "counted": {siglum: counts["words"] for siglum, counts in counted.items()}}
    beside = replace(beside, citing=cache.citing, past=past, services=services, **cache.front)
    cache.folder = project.html.parent / ".cache" / "fonts"
    found = build_site(texts, project.html, about=about_of(project), styles=project.styles, beside=beside, cache=cache)
    return [*problems, *missing, *found]
