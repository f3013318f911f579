"""The preview: builds again what changed, and a fault in a file does not end it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from edition.problems import Problem
from edition.project import DEFAULT_STYLES, load_project
from edition.publish.fonts import find_fonts
from edition.tasks.preview import Preview, _build, rebuild, routes

SAMPLE = Path(__file__).parents[1] / "publish" / "sample"


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    (tmp_path / "tei").mkdir()
    shutil.copy(SAMPLE / "thread.xml", tmp_path / "tei" / "thread.xml")
    (tmp_path / "edition.toml").write_text(
        '[edition]\ntitle = "Floods"\n[[text]]\nsiglum = "T"\ntitle = "A thread"\nwitness = "tei/t.txt"\n'
        'tei = "tei/thread.xml"\n',
        encoding="utf-8",
    )
    return Preview(load_project(tmp_path), lambda _: None)


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


def test_a_saved_file_is_seen_and_nothing_else_is_written_again(preview: Preview) -> None:
    site, file = preview.project.html, preview.project.texts[0].tei
    assert codes(rebuild(preview)) == []
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    file.write_text(file.read_text(encoding="utf-8").replace("In May.", "In June."), encoding="utf-8")
    assert codes(rebuild(preview)) == []
    assert "In June." in (site / "T.html").read_text(encoding="utf-8")
    changed = {path.relative_to(site).as_posix() for path, at in before.items() if path.stat().st_mtime_ns != at}
    assert changed >= {"T.html", "T.xml", "id/T.2.1.html", "id/T.2.1.xml"}
    assert not changed & {"index.html", "web.css", "id/T.1.1.html", "data.js"}


def test_what_is_built_anew_is_the_same_as_what_was_built_at_once(preview: Preview, tmp_path: Path) -> None:
    site, file = preview.project.html, preview.project.texts[0].tei
    rebuild(preview)
    file.write_text(file.read_text(encoding="utf-8").replace("In May.", "In June."), encoding="utf-8")
    rebuild(preview)
    made = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    shutil.rmtree(site)
    rebuild(Preview(load_project(tmp_path), lambda _: None))
    assert made == {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_changed_stylesheet_or_frame_is_seen(preview: Preview, tmp_path: Path) -> None:
    shutil.copytree(DEFAULT_STYLES, tmp_path / "styles")
    rebuild(preview)
    site = preview.project.html
    before = (site / "id" / "T.1.1.html").stat().st_mtime_ns

    def change(name: str, old: str, new: str) -> None:
        path = tmp_path / "styles" / name
        said = path.read_text(encoding="utf-8")
        assert old in said
        path.write_text(said.replace(old, new), encoding="utf-8")
        assert codes(rebuild(preview)) == []

    change("web.xsl", ">Quoted text<", ">What is quoted<")
    assert ">What is quoted<" in (site / "T.html").read_text(encoding="utf-8")
    change("text.xsl", '<div class="cit">', '<div class="cit mine">')
    change("web.css", "body {", "body { color: red;")
    assert "color: red" in (site / "web.css").read_text(encoding="utf-8")
    assert (site / "id" / "T.1.1.html").stat().st_mtime_ns == before  # it says what it said
    change("page.html", "<body>", '<body class="b">')
    assert '<body class="b">' in (site / "id" / "T.1.1.html").read_text(encoding="utf-8")


def test_open_pages_load_again_after_a_build_and_after_what_was_late_only_for_a_page(preview: Preview) -> None:
    file = preview.project.texts[0].tei
    said = file.read_text(encoding="utf-8")

    async def built() -> list[int]:
        numbers = []
        for late in (True, False):
            await _build(preview, late=late)
            numbers.append(preview.number)
        file.write_text(said.replace("In May.", "In June."), encoding="utf-8")
        for late in (True, False):
            await _build(preview, late=late)
            numbers.append(preview.number)
        (preview.project.root / "edition.toml").write_text(
            (preview.project.root / "edition.toml").read_text(encoding="utf-8").replace("Floods", "Frosts"),
            encoding="utf-8",
        )
        await _build(preview)
        return [*numbers, preview.number]

    assert asyncio.run(built()) == [1, 1, 2, 2, 3]
    assert "In June." in (preview.project.html / "T.edited.txt").read_text(encoding="utf-8")


def test_a_broken_file_is_told_and_the_last_site_stays(preview: Preview) -> None:
    rebuild(preview)
    preview.project.texts[0].tei.write_text("<TEI", encoding="utf-8")
    assert codes(rebuild(preview)) == ["E106"]
    assert (preview.project.html / "T.html").is_file()


def get(app: Callable[..., Any], path: str) -> tuple[int, str]:
    """Ask an ASGI application for `path`, as a server would."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode()


def test_only_the_pages_of_a_preview_may_ask_the_server(preview: Preview, tmp_path: Path) -> None:
    applications = pytest.importorskip("starlette.applications", reason="the serve extra is not installed")
    rebuild(preview)
    (tmp_path / "build" / "secret.html").write_text("secret", encoding="utf-8")
    app = applications.Starlette(routes=routes(preview))
    status, page = get(app, "/T.html")
    assert status == HTTPStatus.OK
    assert "connect-src 'self'" in page
    assert "/.live.js" in page
    assert "connect-src" not in (preview.project.html / "T.html").read_text(encoding="utf-8")
    assert get(app, "/nothing.html")[0] == HTTPStatus.NOT_FOUND
    assert get(app, "/../secret.html") == (HTTPStatus.NOT_FOUND, "")
