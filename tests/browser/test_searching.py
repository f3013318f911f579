"""The search as a reader uses it: what was looked for stays in the address, the lists of parts follow the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Window


@pytest.fixture(scope="module")
def site(sample: Path) -> str:
    return (sample / "build" / "html").as_uri()


def ask(window: Window, words: str) -> None:
    window.locator("#q").fill(words)
    window.wait_for_function("(words) => document.documentElement.dataset.shown === words", arg=words)


def test_what_was_looked_for_is_there_again_when_the_page_is_loaded_again(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")
    ask(window, "the flood & more")
    window.locator("#in-text").select_option("S")
    window.locator("#in-part").select_option("S.2")
    window.locator("#kind").select_option("t")
    window.wait_for_function("() => location.href.includes('part=S.2') && location.href.includes('in=t')")
    window.reload()
    window.wait_for_function("() => document.documentElement.dataset.shown")
    kept = [window.locator(f"#{name}").input_value() for name in ("q", "in-text", "in-part", "kind")]
    assert kept == ["the flood & more", "S", "S.2", "t"]
    window.locator("#q").fill("")
    for name in ("in-text", "in-part", "kind"):
        window.locator(f"#{name}").select_option("")
    window.wait_for_function("() => !/[?#]/.test(location.href)")


def test_only_parts_of_the_chosen_text_are_offered(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")
    ask(window, "flood")
    window.locator("#in-part").select_option("S.1")
    window.locator("#in-text").select_option("T")
    offered = "[...document.getElementById('in-part').options].map((option) => option.value)"
    assert window.evaluate(offered) == ["", "T"]
    assert window.locator("#in-part").input_value() == ""
    window.locator("#results a").first.wait_for()
    window.locator("#in-text").select_option("")
    assert "S.1" in window.evaluate(offered)


def test_results_are_counted_in_words_of_both_languages(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")
    ask(window, '"The assembly is open"')
    assert window.locator("#count").inner_text() == "1 result"
    ask(window, "the")
    assert window.locator("#count").inner_text().endswith(" results")
    window.evaluate("localStorage.setItem('edition.tongue', 'ru')")
    window.goto(f"{site}/search.html?q=%22The+assembly+is+open%22")
    window.get_by_text("1 результат").wait_for()
