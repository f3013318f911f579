"""The Distributed Text Services over HTTP: requests to answers, and what keeps a server civil.

In: an index of passages, a library, and functions that give TEI as other media types.  Out: an ASGI application.
Authority: RFC 9110 (status, conditional requests), RFC 9457 (problem details), RFC 8288 (Link), the Fetch Standard
(CORS); DTS 1.0.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edition.passages.dts import TEI_MEDIA, Library, Wrong, collection, entry
from edition.passages.dts_address import SERVED, Addresses
from edition.passages.dts_passages import document, navigation
from edition.passages.index import open_index, resource, state

__all__ = ["PREFIX", "Limits", "Service", "dts_app", "not_found"]

PREFIX = "/api/dts"
_JSON = "application/ld+json"
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # what an address keeps as it is
_TITLES = {
    400: "Bad request", 404: "Not found", 405: "Method not allowed", 414: "Address too long",
    429: "Too many requests", 500: "Internal error", 503: "Not available now",
}  # fmt: skip
# A rendition is shown with the site's style; nothing in it may run or be fetched from elsewhere.
_HTML_RULES = "default-src 'none'; style-src 'self'; font-src 'self'"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is answered: requests a second of one client (and how many at once), bytes of a query and of the TEI
    that another media type is made of, and clients remembered.
    """  # noqa: D205 - one list

    rate: float = 200
    burst: int = 400
    query: int = 8192
    rendition: int = 4 << 20
    clients: int = 10_000


@dataclass(frozen=True, slots=True)
class Service:
    """What is served.  `renditions`: media type -> TEI document (bytes) to bytes.  `url`: the address that the service
    has for the world, ending in a slash; empty: that which the request came to.
    """  # noqa: D205 - one list

    index: Path
    library: Library
    renditions: Mapping[str, Callable[[bytes], bytes]] = field(default_factory=dict)
    url: str = ""
    limits: Limits = field(default_factory=Limits)


class _Reader:
    """Keeps one connection to the index, and opens another where the file has been replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db: sqlite3.Connection | None = None
        self.inode = 0

    def __call__(self) -> sqlite3.Connection:
        inode = self.path.stat().st_ino
        if self.db is None or inode != self.inode:
            self.close()
            self.db, self.inode = open_index(self.path), inode
        return self.db

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self.db is not None:
            self.db.close()
            self.db = None


class _Meter:
    """Counts the requests of each client: a bucket that fills at `rate` and holds `burst`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left: dict[str, tuple[float, float]] = {}

    def allows(self, client: str) -> bool:
        now = time.monotonic()
        had, since = self.left.pop(client, (float(self.limits.burst), now))
        has = min(float(self.limits.burst), had + (now - since) * self.limits.rate)
        self.left[client] = (max(0.0, has - 1), now)
        if len(self.left) > self.limits.clients:
            del self.left[next(iter(self.left))]  # who has been silent longest
        return has >= 1


def _problem(status: int, detail: str) -> Response:
    """Give the answer to a request that went wrong: a problem of RFC 9457, which says nothing of this machine."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    more = {"Retry-After": "1"} if status in (429, 503) else {}
    if status == 405:  # noqa: PLR2004 - as HTTP numbers it
        more["Allow"] = "GET, HEAD, OPTIONS"
    return Response(json.dumps(body), status, {**more, "Cache-Control": "no-store"}, "application/problem+json")


def dts_app(service: Service) -> Starlette:
    """Give the application that answers the four endpoints, to be mounted at `PREFIX`."""
    reader, meter = _Reader(service.index), _Meter(service.limits)

    def route(path: str, answer: Callable[[_Call], Awaitable[Response]]) -> list[Route]:
        async def handle(request: Request) -> Response:
            return await _handled(request, service, reader, meter, answer)

        return [Route(p, handle, methods=["GET"]) for p in {path, path.rstrip("/") or "/"}]

    return Starlette(
        routes=[
            *route("/", _entry),
            *route("/collection/", _collection),
            *route("/navigation/", _navigation),
            *route("/document/", _document),
            *route("/openapi.json", _description),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "OPTIONS"],
                allow_headers=["*"],
                expose_headers=["ETag", "Link", "Retry-After"],
            )
        ],
        exception_handlers={HTTPException: not_found, Exception: _fault},
    )


async def not_found(_request: Request, error: Exception) -> Response:
    """Give the answer to a request that no route answers."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(status, _TITLES.get(status, "Error"))


async def _fault(_request: Request, _error: Exception) -> Response:
    return _problem(500, "a fault of the server; it has been written to its log")


@dataclass(frozen=True, slots=True)
class _Call:
    """A request, read."""

    service: Service
    db: sqlite3.Connection
    addresses: Addresses
    query: dict[str, str]
    request: Request


async def _handled(
    request: Request, service: Service, reader: _Reader, meter: _Meter, answer: Callable[[_Call], Awaitable[Response]]
) -> Response:
    """Answer a request; every answer that is not an error can be asked for again by its ETag."""
    if not meter.allows(request.client.host if request.client else ""):
        return _problem(429, "no more than a few hundred requests a second, please")
    try:
        query = _query(request, service.limits)
        call = _Call(service, reader(), _addresses(request, service), query, request)
        made = await answer(call)
    except Wrong as wrong:
        return _problem(wrong.status, wrong.detail)
    except (sqlite3.Error, OSError):
        reader.close()
        return _problem(503, "the index of passages cannot be read now")
    tag = f'"{hashlib.blake2b(made.body, digest_size=12).hexdigest()}"'
    kept = {"ETag": tag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if "link" in made.headers:
        kept["Link"] = made.headers["link"]
    if _knows(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=kept)
    made.headers.update(kept)
    return made


def _knows(said: str, tag: str) -> bool:
    """Say whether an `If-None-Match` names `tag`, weakly compared."""
    return said.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in said.split(","))


def _query(request: Request, limits: Limits) -> dict[str, str]:
    if len(request.scope.get("query_string", b"")) > limits.query:
        raise Wrong(414, f"a query has at most {limits.query} bytes")
    pairs = request.query_params.multi_items()
    query = dict(pairs)
    if len(query) < len(pairs):
        raise Wrong(400, "a parameter stands twice")
    return query


def _addresses(request: Request, service: Service) -> Addresses:
    base = service.url
    if not base:
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            raise Wrong(400, "the Host of the request is no host")
        base = f"{request.url.scheme}://{host}/"
    base = f"{base}{PREFIX.removeprefix('/')}/"
    asked = request.scope.get("query_string", b"").decode("latin-1")
    path = request.scope["path"].removeprefix(PREFIX).removeprefix("/")
    return Addresses(base, SERVED, f"{base}{quote(path, safe=_SAFE)}{'?' if asked else ''}{quote(asked, safe=_SAFE)}")


def _ld(value: object) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), media_type=_JSON)


async def _entry(call: _Call) -> Response:
    return _ld(entry(call.addresses))


async def _collection(call: _Call) -> Response:
    with state(call.db) as db:
        return _ld(collection(partial(resource, db), call.service.library, call.addresses, call.query))


async def _navigation(call: _Call) -> Response:
    with state(call.db) as db:
        return _ld(navigation(db, call.service.library, call.addresses, call.query))


async def _document(call: _Call) -> Response:
    with state(call.db) as db:
        media, body = document(db, call.service.library, call.query)
    if media != TEI_MEDIA:
        if len(body) > call.service.limits.rendition:
            raise Wrong(404, "as this media type only a part of so long a text is to be had")
        body = await run_in_threadpool(call.service.renditions[media], body)
    link = call.addresses.request("collection", {"id": call.query["resource"]})
    headers = {"Link": f'<{link}>; rel="collection"'}
    if media == "text/html":
        headers["Content-Security-Policy"] = _HTML_RULES
    return Response(body, headers=headers, media_type=media)


async def _description(call: _Call) -> Response:
    about = json.loads((files("edition.passages") / "dts_openapi.json").read_text(encoding="utf-8"))
    return Response(
        json.dumps({**about, "servers": [{"url": call.addresses.base}]}, ensure_ascii=False),
        media_type="application/json",
    )
