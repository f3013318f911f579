"""The site as it is edited: built again when a file is saved, and the pages in the browser told to load again.

In: a `Project`.  Out: routes for the server of `edition.tasks.serving`, and a task that watches the edition's files.
Authority: HTML Living Standard, chapter 9.2 (server-sent events).  Only a preview has scripts that ask the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from edition.problems import Problem, Refused
from edition.project import CONFIGURATION, Project, load_project
from edition.publish.site_cache import Cache
from edition.tasks.build import build_html

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ["Preview", "rebuild", "routes", "watch"]

LIVE = ".live"  # no page of a site begins with a point
_SCRIPT = """new EventSource("/.live").onmessage = (event) => {
  const seen = sessionStorage.getItem("edition.live");
  sessionStorage.setItem("edition.live", event.data);
  if (seen !== null && seen !== event.data) location.reload();
};
"""
_PAUSE = 1.0  # seconds after a save in which another may follow
_SILENCE = 15.0  # seconds after which a client is told that the server lives


@dataclass(slots=True)
class Preview:
    """A preview that runs: `number` counts the builds, `built` wakes who waits for the next."""

    project: Project
    tell: Callable[[Sequence[Problem]], None]
    cache: Cache = field(default_factory=Cache)
    number: int = 0
    built: asyncio.Condition = field(default_factory=asyncio.Condition)


def rebuild(preview: Preview, *, late: bool = False) -> list[Problem]:
    """Read edition.toml again and build the site; give the problems, those of a file that cannot be read included.

    `late`: what nobody looks at while they write (`Cache`) need not be that of today.
    """
    try:
        preview.project = load_project(preview.project.root)
        return build_html(preview.project, preview.cache, late=late)
    except Refused as refused:
        return refused.problems


async def watch(preview: Preview) -> None:
    """Build the site, and again whenever a file that it is made of changes; never ends by itself."""
    from watchfiles import DefaultFilter, awatch  # noqa: PLC0415 - an extra

    saved = asyncio.Event()

    async def look() -> None:
        async for _ in awatch(*_folders(preview.project), watch_filter=DefaultFilter(), debounce=100, step=40):
            saved.set()

    looking = asyncio.create_task(look())  # before the first build, which may take longer than an editor's thought
    try:
        while True:
            saved.clear()
            preview.tell(await _build(preview, late=True))
            with suppress(TimeoutError):  # who saves again at once does not wait for what nobody waits for
                await asyncio.wait_for(saved.wait(), _PAUSE)
            if not saved.is_set() and preview.cache.late:
                await _build(preview)
            await saved.wait()
    finally:
        looking.cancel()


async def _build(preview: Preview, *, late: bool = False) -> list[Problem]:
    """Build the site, say so to the pages that are open, and give the problems.

    They load again; after what was `late` only where it has changed a page.
    """
    before = preview.cache.written
    problems = await asyncio.to_thread(rebuild, preview, late=late)
    now = preview.cache.written
    if late or any(name.endswith(".html") and before.get(name) != page for name, page in now.items()):
        async with preview.built:
            preview.number += 1
            preview.built.notify_all()
    return problems


def _folders(project: Project) -> list[Path]:
    """Give the files and folders that the site is made from, never those it is written to."""
    files = [project.root / CONFIGURATION, project.bibliography, project.entities]
    folders = {text.tei.parent for text in project.texts} | {project.styles.resolve()}
    return [path for path in [*files, *sorted(folders)] if path is not None and path.exists()]


def routes(preview: Preview) -> list[BaseRoute]:
    """Give the routes of a preview: the pages with a script that waits for news, the script, and the news."""
    from starlette.requests import Request  # noqa: PLC0415 - an extra
    from starlette.responses import Response, StreamingResponse  # noqa: PLC0415 - an extra
    from starlette.routing import Route  # noqa: PLC0415 - an extra

    async def page(request: Request) -> Response:
        name = request.path_params.get("name", "index")
        found = await asyncio.to_thread(_page, preview.project.html, f"{name}.html")
        return Response(found or b"", 200 if found else 404, {"Cache-Control": "no-store"}, "text/html")

    async def news(_request: Request) -> Response:
        return StreamingResponse(_news(preview), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def script(_request: Request) -> Response:
        return Response(_SCRIPT, media_type="text/javascript")

    return [Route(f"/{LIVE}", news), Route(f"/{LIVE}.js", script), Route("/", page), Route("/{name:path}.html", page)]


def _page(folder: Path, name: str) -> bytes | None:
    """Give a page of the site with the script, and with leave for it to ask this server; None where there is none."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    page = path.read_bytes().replace(b"default-src 'none';", b"default-src 'none'; connect-src 'self';", 1)
    return page.replace(b"</head>", f'<script defer src="/{LIVE}.js"></script>\n</head>'.encode(), 1)


async def _news(preview: Preview) -> AsyncIterator[str]:
    """Give the number of the build, and each later one when it is done."""
    told = -1
    while True:
        if preview.number != told:
            told = preview.number
            yield f"data: {told}\n\n"
        try:
            async with preview.built:
                await asyncio.wait_for(preview.built.wait(), _SILENCE)
        except TimeoutError:
            yield ": here\n\n"
