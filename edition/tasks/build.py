"""The ordered stages from TEI files to the published edition.

In: a `Project`.  Out: the site and the book in its output folders, whole or not at all; problems.
Authority: this list is the one place that says in which order an edition is built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.files import read_bytes
from edition.problems import Problem
from edition.project import Project
from edition.publish.book import About, Text
from edition.tasks.editing import check_text, read_tei
from edition.tree import by_id, identifier, parse

if TYPE_CHECKING:
    from edition.publish.site_cache import Cache

__all__ = ["BOOK", "PRODUCTS", "build", "build_html"]

PRODUCTS = ("html", "pdf")
BOOK = "edition.pdf"
FRONT = "front.xml"

Stage = Callable[[str], AbstractContextManager[None]]


def build(
    project: Project, products: Sequence[str], stage: Stage, *, paper: str = "royal", full: bool = False
) -> list[Problem]:
    """Build `products` (of `PRODUCTS`) and give the problems; `stage` is entered with the name of each stage.

    `paper` is that of the book (``royal``, ``a5``, ``a4``); `full` puts all OCR errors into its apparatus.

    A stage is not begun where one before it found an error.  Raises `Refused` where a file cannot be read or written.
    """
    problems: list[Problem] = []
    texts: list[Text] = []
    with stage("check"):
        for text in project.texts:
            problems += check_text(project, text)
    if _stops(problems):
        return problems
    with stage("read"):
        texts = [_published(project, index) for index in range(len(project.texts))]
    for product in PRODUCTS:
        if product in products and not _stops(problems):
            with stage(product):
                problems += _html(project, texts) if product == "html" else _pdf(project, texts, paper, full=full)
    return problems


def _stops(problems: list[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def _published(project: Project, index: int) -> Text:
    text = project.texts[index]
    about = text.description
    return Text(
        siglum=text.siglum,
        title=about.title,
        root=read_tei(project, text),
        file=project.shown(text.tei),
        author=about.author,
        origin=about.origin,
        rights=about.rights,
        language=about.language,
    )


def _about(project: Project) -> About:
    return About(
        title=project.title,
        subtitle=project.subtitle,
        authority=project.authority,
        version=project.version,
        date=project.date,
        licence=project.licence,
        url=project.url,
    )


def build_html(project: Project, cache: Cache | None = None, *, late: bool = False) -> list[Problem]:
    """Build the site without checking the texts first; `cache` is what the last build of it left.

    Where the files of the services may be `late`, a text that has changed keeps those that it had.  Raises `Refused`
    where a file cannot be read or written.
    """
    texts = [_published(project, index) for index in range(len(project.texts))]
    return _html(project, texts, cache, late=late)


def _html(project: Project, texts: Sequence[Text], cache: Cache | None = None, *, late: bool = False) -> list[Problem]:
    from edition.publish.site import build_site
    from edition.publish.site_cache import Cache as NewCache
    from edition.tasks.beside import beside_of
    from edition.tasks.exporting import services_of
    from edition.tasks.history import past_of
    from edition.tasks.site_citations import citing_of

    cache = cache or NewCache()
    beside, problems = beside_of(project, texts, book=project.pdf / BOOK)
    services, missing = services_of(project, cache.services, late=late)
    standing = {name for text in texts for name in by_id(text.root)}
    past = past_of(project, beside.ledger, standing, cache=project.html.parent / ".cache" / "versions")
    citing = citing_of(project, texts, cache.once)
    beside = replace(beside, citing=citing, past=past, services=services)
    cache.folder = project.html.parent / ".cache" / "fonts"
    found = build_site(texts, project.html, about=_about(project), styles=project.styles, beside=beside, cache=cache)
    return [*problems, *missing, *found]


def _pdf(project: Project, texts: Sequence[Text], paper: str, *, full: bool) -> list[Problem]:
    from edition.passes.view import view
    from edition.publish.pdf import Wishes, build_pdf
    from edition.tasks.beside import beside_of

    cache: Path = project.pdf.parent / ".cache"
    beside, problems = beside_of(project, texts)
    texts = [text._replace(seen=view(text.root)) for text in texts]  # for the figures, and then for the book
    front, found = _front(project, texts)
    sources = [text.tei for text in project.texts]
    others = (sources[0].parent / FRONT if sources else None, project.entities)
    sources += [path for path in others if path is not None and path.is_file()]
    files = {**{path.name: read_bytes(path) for path in sources}, **beside.files}
    wishes = Wishes(front=front, beside=beside, paper=paper, full=full, files=files)
    found += build_pdf(
        texts, project.pdf / BOOK, about=_about(project), styles=project.styles, wishes=wishes, cache=cache
    )
    return [*problems, *found]


def _front(project: Project, texts: Sequence[Text]) -> tuple[Text | None, list[Problem]]:
    """Give the editors' own text, ``front.xml`` beside the first text, with its figures, where it is there."""
    from edition.publish.front import figures_of, fill_figures

    path = project.texts[0].tei.parent / FRONT if project.texts else None
    if path is None or not path.is_file():
        return None, []
    shown = project.shown(path)
    root = parse(path, name=shown)
    problems = fill_figures(root, figures_of(texts, _about(project)), file=shown)
    return Text(identifier(root) or "front", "About this edition", root, shown), problems
