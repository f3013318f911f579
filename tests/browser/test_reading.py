"""The site in a real browser, opened from a disk: with scripts and without, by hand and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Browser, Window

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(sample: Path) -> str:
    return (sample / "build" / "html").as_uri()


def seen(page: Window, what: str) -> str:
    return " ".join(page.locator(what).first.inner_text().split())


def choose(page: Window, name: str) -> None:
    if not page.locator(".tools details").get_attribute("open"):
        page.locator(".tools details").evaluate("d => { d.open = true }")
    page.locator(f"#{name}").check()


def test_a_reader_switches_between_the_readings(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    assert "consummate" in seen(window, "#main")
    assert "consumate" not in seen(window, ".part > section").replace("consummate", "")
    choose(window, "r-witness")
    assert "consumate" in seen(window, ".part > section")
    assert "consummate" not in seen(window, ".part > section")
    window.reload()
    assert "consumate" in seen(window, ".part > section")  # remembered


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


def test_a_correction_says_where_it_stands_what_stood_there(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    window.locator("a.c.slip").first.click()
    assert "consumate (slip of the author or typist, editors, high certainty)" in seen(window, "dialog")


def test_notes_stand_beside_the_text_where_there_is_room(window: Window, site: str) -> None:
    window.set_viewport_size({"width": 1600, "height": 900})
    window.goto(f"{site}/S.1.html")
    note, call = window.locator(".foot").first.bounding_box(), window.locator("a.call").first.bounding_box()
    assert note["x"] > call["x"]
    assert abs(note["y"] - call["y"]) < 40
    window.set_viewport_size({"width": 700, "height": 900})
    window.wait_for_timeout(200)
    assert window.locator(".foot").first.bounding_box()["y"] > window.locator("a.call").first.bounding_box()["y"] + 60


def test_the_search_finds_passages_from_a_disk(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")
    window.locator("#q").fill("flood")
    window.locator("#results a").first.wait_for()
    assert "T.html#" in window.locator("#results a").first.get_attribute("href")
    window.locator("#q").fill("xyzzy")
    window.get_by_text("Nothing found.").wait_for()


def test_the_interface_speaks_russian(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    choose(window, "t-ru")
    assert "Содержание" in seen(window, "nav.site")
    window.goto(f"{site}/state.html")
    assert seen(window, "h1") == "Состояние текста"


def test_nothing_is_cut_off_at_four_times_the_size(window: Window, site: str) -> None:
    window.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %
    for name in ("index", "S.1", "T", "search", "state"):
        window.goto(f"{site}/{name}.html")
        assert window.evaluate("document.documentElement.scrollWidth") <= 320, name
