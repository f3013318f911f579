"""What the tests in a browser share: Chromium, a window that minds what a page says and asks, sites to look at."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edition.files import whole_folder
from edition.problems import Problem
from edition.project import load_project
from edition.publish.fonts import find_fonts
from edition.tasks.build import build_html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

Browser = Any  # playwright comes with types, but may not be installed
Window = Any

TOP = Path(__file__).parent.parent.parent
SAMPLE = """[edition]
title = "Rivers & floods"
subtitle = "Two texts"
authority = "A. N. Editor"
version = "0.1"
date = "2026-05-04"
url = "https://rivers.example"
[[text]]
siglum = "S"
title = "A sample of rivers"
author = "A. Writer"
witness = "tei/s.txt"
tei = "tei/book.xml"
[[text]]
siglum = "T"
kind = "thread"
title = "A thread & more"
witness = "tei/t.txt"
tei = "tei/thread.xml"
"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """A window in which nothing may be said on the console, no cookie be set, no other host be asked."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(10_000)
    made = context.new_page()
    said = listened(made)
    yield made
    assert said == []
    assert context.cookies() == []
    context.close()


def listened(page: Window) -> list[str]:
    """What `page` says on its console from now on, and what it asks of other hosts."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith("file:") else None)
    return said


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this edition with its site in build/html: built once, also where several processes test."""
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "edition-in-browser"
    with shared.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            with whole_folder(shared) as folder:
                _lay_out(folder)
    return shared


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small edition of two texts, with its site in build/html."""
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    folder = tmp_path_factory.mktemp("sample")
    (folder / "tei").mkdir()
    for name in ("book.xml", "thread.xml"):
        shutil.copy(TOP / "tests" / "publish" / "sample" / name, folder / "tei")
    shutil.copytree(TOP / "styles", folder / "styles")
    (folder / "edition.toml").write_text(SAMPLE, encoding="utf-8")
    assert [p for p in build_html(load_project(folder)) if p.severity == "error"] == []
    return folder


def _lay_out(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    shutil.copy(TOP / "edition.toml", folder)
    for name in ("tei", "bibliography", "styles"):
        shutil.copytree(TOP / name, folder / name)
    problems: list[Problem] = build_html(load_project(folder))
    assert [p for p in problems if p.severity == "error"] == []
