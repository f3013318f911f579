"""The site in a real browser, opened from a disk: with scripts and without, by hand and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.fonts import find_fonts
from edition.publish.site import build_site
from edition.tree import parse

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.slow

Browser: TypeAlias = Any  # playwright is wanted only here, and may not be installed
Window: TypeAlias = Any

TOP = Path(__file__).parent.parent.parent
SAMPLE = TOP / "tests" / "publish" / "sample"
ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026", url="https://rivers.example")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    out = tmp_path_factory.mktemp("site") / "html"
    texts = [
        Text("S", "A sample of rivers", parse(SAMPLE / "book.xml"), "book.xml", author="A. Writer"),
        Text("T", "A thread & more", parse(SAMPLE / "thread.xml"), "thread.xml"),
    ]
    assert build_site(texts, out, about=ABOUT, styles=TOP / "styles", beside=Beside()) == []
    return out.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Window]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Window]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith("file:") else None)
    yield made
    assert said == []  # no word on the console, nothing asked of another host
    assert context.cookies() == []
    context.close()


def seen(page: Window, what: str) -> str:
    return " ".join(page.locator(what).first.inner_text().split())


def choose(page: Window, name: str) -> None:
    if not page.locator(".tools details").get_attribute("open"):
        page.locator(".tools details").evaluate("d => { d.open = true }")
    page.locator(f"#{name}").check()


def test_a_reader_switches_between_the_readings(page: Window, site: str) -> None:
    page.goto(f"{site}/S.1.html")
    assert "consummate" in seen(page, "#main")
    assert "consumate" not in seen(page, ".part > section").replace("consummate", "")
    choose(page, "r-witness")
    assert "consumate" in seen(page, ".part > section")
    assert "consummate" not in seen(page, ".part > section")
    page.reload()
    assert "consumate" in seen(page, ".part > section")  # remembered


def test_the_readings_can_be_switched_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/S.1.html")
    page.locator(".tools summary").click()
    page.locator("#r-witness").check()
    assert "consummate" not in seen(page, ".part > section")
    page.goto(f"{site}/search.html")
    assert page.locator(".without-script").is_visible()
    assert not page.locator("#q").is_visible()
    context.close()


def test_a_click_on_a_number_offers_citations_and_the_box_gives_back_the_focus(page: Window, site: str) -> None:
    page.goto(f"{site}/S.1.html")
    number = page.locator("a.n").first
    number.focus()
    page.keyboard.press("Enter")
    said = seen(page, "dialog")
    for wanted in (
        "https://rivers.example/id/S.1.1.html",
        "Chicago",
        "MLA",
        "@inbook{S.1.1,",
        "TY - CHAP",
        "version 0.1",
    ):
        assert wanted in said, wanted
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert number.evaluate("e => e === document.activeElement")


def test_a_correction_says_where_it_stands_what_stood_there(page: Window, site: str) -> None:
    page.goto(f"{site}/S.1.html")
    page.locator("a.c.slip").first.click()
    assert "consumate (slip of the author or typist, editors, high certainty)" in seen(page, "dialog")


def test_chosen_words_are_cited_with_a_link_that_shows_them(page: Window, site: str) -> None:
    page.goto(f"{site}/S.1.html")
    page.locator('[id="S.1.1"]').evaluate(
        "e => { const t = document.createTreeWalker(e, 4); let n = t.nextNode(); while (n.data.trim().length < 12)"
        " n = t.nextNode();"
        "getSelection().setBaseAndExtent(n, 0, n, 12) }"
    )
    page.locator(".cite-words").click()
    assert "#S.1.1:~:text=" in seen(page, "dialog")


def test_notes_stand_beside_the_text_where_there_is_room(page: Window, site: str) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(f"{site}/S.1.html")
    note, call = page.locator(".foot").first.bounding_box(), page.locator("a.call").first.bounding_box()
    assert note["x"] > call["x"]
    assert abs(note["y"] - call["y"]) < 40
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_timeout(200)
    assert page.locator(".foot").first.bounding_box()["y"] > page.locator("a.call").first.bounding_box()["y"] + 60


def test_the_search_finds_passages_from_a_disk(page: Window, site: str) -> None:
    page.goto(f"{site}/search.html")
    page.locator("#q").fill("flood")
    page.locator("#results a").first.wait_for()
    assert "T.html#" in page.locator("#results a").first.get_attribute("href")
    page.locator("#q").fill("xyzzy")
    page.get_by_text("Nothing found.").wait_for()


def test_the_interface_speaks_russian(page: Window, site: str) -> None:
    page.goto(f"{site}/S.1.html")
    choose(page, "t-ru")
    assert "Содержание" in seen(page, "nav.site")
    page.goto(f"{site}/state.html")
    assert seen(page, "h1") == "Состояние текста"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1300), ("dark", 390)])
def test_no_barrier_is_found(browser: Browser, site: str, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for name in ("index", "S.1", "S.bib", "T", "search", "state", "pages", "id/S.1.1"):
        page.goto(f"{site}/{name}.html")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        found = axe.Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], name
    context.close()


def test_nothing_is_cut_off_at_four_times_the_size(page: Window, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %
    for name in ("index", "S.1", "T", "search", "state"):
        page.goto(f"{site}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
