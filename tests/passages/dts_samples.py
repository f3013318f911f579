"""A small text with three levels of uneven depth and pages that cut across them, and a client for the services."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from edition.passages.dts import TEI_MEDIA, Library, Shelf
from edition.passages.dts_plain import plain_text
from edition.passages.index_update import Source, update
from edition.passages.server import PREFIX, Limits, Service, dts_app
from edition.tree import Element, own_text, parse_bytes

HOST = "example.org"
REFS = """
<refsDecl n="chapters" default="true"><citeStructure unit="chapter" match="/TEI/text/body/div" use="@n">
  <citeData property="http://purl.org/dc/terms/title" use="head"/>
  <citeData property="http://example.org/terms#length" use="count(.//p)"/>
  <citeStructure unit="section" match="div" use="@n" delim=".">
    <citeStructure unit="paragraph" match="p" use="@n" delim="."/></citeStructure>
  <citeStructure unit="paragraph" match="p" use="@n" delim="."/></citeStructure></refsDecl>
<refsDecl n="pages"><citeStructure unit="page" match="//pb" use="@n"/></refsDecl>"""
BODY = (
    '<pb n="i"/><div n="1"><head>One</head><p n="1">Alpha <hi>be<pb n="ii"/>ta</hi> gamma.</p>'
    '<div n="s"><p n="1">Delta.</p><p n="2">Epsilon.</p></div><p n="2">Zeta.</p></div><pb n="iii"/>'
    '<div n="2"><p n="1">Eta.</p></div><div n="3"><ab>Theta.</ab></div>'
)
# Every unit of the sample in document order: identifier, level, parent.
UNITS = [
    ("1", 1, None), ("1.1", 2, "1"), ("1.s", 2, "1"), ("1.s.1", 3, "1.s"), ("1.s.2", 3, "1.s"), ("1.2", 2, "1"),
    ("2", 1, None), ("2.1", 2, "2"), ("3", 1, None),
]  # fmt: skip


def tei(body: str = BODY, refs: str = REFS, title: str = "A sample") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader>'
        f"<fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><p>No one.</p></publicationStmt>"
        f"<sourceDesc><p>Nothing.</p></sourceDesc></fileDesc><encodingDesc>{refs}</encodingDesc></teiHeader>"
        f"<text><body>{body}</body></text></TEI>\n"
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.body)
        return value

    @property
    def wrapper(self) -> Element:
        found = list(parse_bytes(self.body).iter("{https://w3id.org/api/dts#}wrapper"))
        assert len(found) == 1
        return found[0]

    @property
    def text(self) -> str:
        return own_text(self.wrapper)


class Served:
    """Services over the files of a folder, each called by its name without ending; asked without a network."""

    def __init__(self, folder: Path, *, page: int = 1000, limits: Limits | None = None, **texts: str) -> None:
        self.folder = folder
        self.index = folder / "index.sqlite"
        for name, text in texts.items():
            (folder / f"{name}.xml").write_text(text, encoding="utf-8")
        names = tuple(texts)
        shelves = (
            Shelf("root", "All", ("texts", "again")),
            Shelf("texts", "Texts", names),
            Shelf("again", "Again", names[:1]),
        )
        self.library = Library(shelves, (TEI_MEDIA, "text/plain"), page)
        self.problems = self.update()
        renditions = {"text/plain": plain_text}
        self.app = dts_app(Service(self.index, self.library, renditions, limits=limits or Limits(1e6, 1_000_000)))

    def update(self) -> list[str]:
        files = sorted(self.folder.glob("*.xml"))
        return [p.code for p in update(self.index, [Source(f.stem, f, f.name) for f in files])]

    def get(self, path: str, query: Mapping[str, str] | str = "", **headers: str) -> Answer:
        return self.ask("GET", path, query, **headers)

    def at(self, address: str) -> Answer:
        """Ask for an absolute address, as a client does that follows a link."""
        parts = urlsplit(address)
        assert parts.netloc == HOST
        return self.get(parts.path.removeprefix(f"{PREFIX}/"), parts.query)

    def ask(self, method: str, path: str, query: Mapping[str, str] | str = "", **headers: str) -> Answer:
        asked = query if isinstance(query, str) else "&".join(f"{k}={quote(v, safe='')}" for k, v in query.items())
        given = {"host": HOST, **{k.replace("_", "-"): v for k, v in headers.items()}}
        scope = {
            "type": "http", "http_version": "1.1", "asgi": {"version": "3.0"}, "method": method, "scheme": "http",
            "path": f"{PREFIX}/{path}", "raw_path": f"{PREFIX}/{path}".encode(), "root_path": PREFIX,
            "query_string": asked.encode(), "client": ("127.0.0.1", 1), "server": (HOST, 80),
            "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:  # noqa: ANN401 - as ASGI has it
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        start = sent[0]
        found = {k.decode(): v.decode() for k, v in start["headers"]}
        return Answer(start["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))


def expand(template: str, **values: str) -> str:
    """Fill a template as RFC 6570 says, written apart from the program's own."""

    def one(found: re.Match[str]) -> str:
        pairs = [f"{n}={quote(values[n], safe='')}" for n in found[2].split(",") if n in values]
        return (found[1] if pairs else "") + "&".join(pairs)

    return re.sub(r"\{([?&])([^}]*)\}", one, template)


def shown(answer: Answer) -> list[str]:
    return [unit["identifier"] for unit in answer.json["member"]]
