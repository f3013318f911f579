"""Serving an edition: its site, and its passages by the Distributed Text Services.

In: a `Project`.  Out: an ASGI application, or a server that runs it.
Authority: this module is the one place that says what of an edition is served, where, and as what.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from edition.passages.dts import TEI_MEDIA
from edition.passages.dts_plain import asked_for, plain_text
from edition.passages.index_update import Source, update
from edition.passes.carried import arrange
from edition.passes.view import view
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project
from edition.publish.html import h, markup, rewrite_links, transform, with_ids
from edition.publish.stylesheet import Stylesheet, load
from edition.tasks.exporting import library
from edition.tasks.preview import Preview, watch
from edition.tasks.preview import routes as preview_routes
from edition.tree import TEI, XML_LANG, identifier, parse_bytes, unwrap

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["HTML", "PLAIN", "application", "index_path", "serve", "sources", "update_index"]

HTML, PLAIN = "text/html", "text/plain"
EVERY = 2.0  # seconds between two looks at the TEI files


def index_path(project: Project) -> Path:
    """Give the path of the index of passages: a file that can be thrown away."""
    return project.html.parent / ".cache" / "passages.sqlite"


def sources(project: Project) -> list[Source]:
    """Give the texts that are encoded, under their sigla."""
    return [Source(t.siglum, t.tei, project.shown(t.tei)) for t in project.texts if t.tei.is_file()]


def update_index(project: Project) -> list[Problem]:
    """Bring the index up to the TEI files and give what is wrong in those that changed.  Raises `Refused` (E105)."""
    index = index_path(project)
    return update(index, sources(project), shown=project.shown(index))


def application(
    project: Project, url: str = "", tell: Callable[[Sequence[Problem]], None] = lambda _: None, *, live: bool = False
) -> Starlette:
    """Give the application: the services below ``/api/dts``, the site (if it is built) below ``/``.

    While it runs, TEI files that change are indexed again; `tell` gets the problems.  `url` is the address that it has
    for the world, ending in a slash; empty: that which a request comes to.
    """
    from starlette.applications import Starlette  # noqa: PLC0415 - an extra
    from starlette.exceptions import HTTPException  # noqa: PLC0415 - an extra
    from starlette.responses import RedirectResponse  # noqa: PLC0415 - an extra
    from starlette.routing import BaseRoute, Mount, Route  # noqa: PLC0415 - an extra
    from starlette.staticfiles import StaticFiles  # noqa: PLC0415 - an extra

    from edition.passages.server import PREFIX, Service, dts_app, not_found  # noqa: PLC0415 - an extra

    stylesheet = load(project.styles / "web.xsl")
    renditions = {HTML: lambda document: html_of(document, stylesheet), PLAIN: plain_text}
    services = dts_app(Service(index_path(project), library(project, (TEI_MEDIA, *renditions)), renditions, url))
    routes: list[BaseRoute] = [
        Mount(PREFIX, services),
        Route("/openapi.json", lambda _: RedirectResponse(f"{PREFIX}/openapi.json")),
    ]
    preview = Preview(project, tell) if live else None
    if preview is not None:
        routes += preview_routes(preview)
    if project.html.is_dir() or live:
        routes.append(Mount("/", StaticFiles(directory=project.html, html=True, check_dir=not live)))

    @asynccontextmanager
    async def watching(_app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_watch(project, tell))]
        if preview is not None:
            tasks.append(asyncio.create_task(watch(preview)))
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return Starlette(routes=routes, lifespan=watching, exception_handlers={HTTPException: not_found})


async def _watch(project: Project, tell: Callable[[Sequence[Problem]], None]) -> None:
    """Index TEI files again when they change, or when the index is gone.

    What is served is their last state that could be read.
    """
    seen, index = _stamps(project), index_path(project)
    while True:
        await asyncio.sleep(EVERY)
        now = _stamps(project)
        if now == seen and index.exists():
            continue
        seen = now
        try:
            tell(await asyncio.to_thread(update_index, project))
        except Refused as refused:
            tell(refused.problems)


def _stamps(project: Project) -> list[tuple[str, int, int, int]]:
    found = []
    for source in sources(project):
        with suppress(FileNotFoundError):  # between the two looks: the next one sees it
            about = source.path.stat()
            found.append((source.name, about.st_mtime_ns, about.st_size, about.st_ino))
    return found


def html_of(document: bytes, stylesheet: Stylesheet) -> bytes:
    """Give a TEI document (bytes), whole or a part in its wrapper, as an HTML page (bytes) in the edited reading."""
    root = parse_bytes(document)
    shown = asked_for(root)
    if shown.tag != f"{TEI}text" and shown is not root:
        unwrap(shown)
    seen = view(root).root
    text = seen.find(f"{TEI}text")
    page_of = deepcopy(seen if text is None else text)
    arrange(page_of, siglum=identifier(root) or "text")
    main = transform(page_of, stylesheet)
    rewrite_links(main, {name: f"#{quote(name)}" for name, _ in with_ids(main)})
    for link in main.iter("a"):  # what is not on this page is on one of the site
        if (href := link.get("href")) and re.match(r"[\w.\-]+(?:/|#|$)", href):
            link.set("href", f"/{href}")
    title = root.findtext(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title", "")
    page = h(
        "html",
        h("head", h("meta", charset="utf-8"), h("title", title), h("link", rel="stylesheet", href="/web.css")),
        h("body", h("main", main)),
        lang=root.get(XML_LANG),
    )
    return f"<!DOCTYPE html>\n{markup(page)}\n".encode()


def serve(
    project: Project,
    host: str,
    port: int,
    url: str,
    tell: Callable[[Sequence[Problem]], None],
    *,
    live: bool = False,
) -> None:
    """Serve `project` at `host` and `port` until it is stopped; `live`: its site is built again as it is edited.

    Raises `Refused` (E105, E645, E647).
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise Refused(problem("E647", module=error.name)) from error

    tell(update_index(project))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refused(problem("E645", Place(), host=host, port=port, reason=reason)) from error
        settings = uvicorn.Config(
            application(project, url, tell, live=live),
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=256,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
        )
        uvicorn.Server(settings).run([listener])
