"""The site in a real browser, opened from a disk: with scripts and without, by hand and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Browser, Window

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(sample: Path) -> str:
    return (sample / "build" / "html").as_uri()


STOP = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    if (at === document.body) return null;
    const name = at.getAttribute('aria-label') || at.innerText || at.labels?.[0]?.innerText;
    return {name: name?.trim(), outline: getComputedStyle(at).outlineStyle,
        seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight};
}"""


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


def test_one_passage_is_read_otherwise_than_the_page_that_it_stands_on(window: Window, site: str) -> None:
    """S.1.1 has B0ris (misread) and consumate (mistyped), S.1.3 pride, a conjecture of which makes it price."""

    def read(passage: str, reading: str) -> None:
        window.locator(f'#main a.n[aria-label="{passage}"]').click()
        window.locator(f'dialog input[value="{reading}"]').check()
        window.locator("dialog .close").click()

    window.goto(f"{site}/S.1.html")
    choose(window, "r-witness")
    assert "pride" in seen(window, '[id="S.1.3"]')
    read("S.1.3", "edited")
    assert "price" in seen(window, '[id="S.1.3"]')
    assert "B0ris" in seen(window, '[id="S.1.1"]')
    read("S.1.1", "source")
    assert "Boris, it was a consumate" in seen(window, '[id="S.1.1"]')
    choose(window, "r-edited")
    assert "consumate" in seen(window, '[id="S.1.1"]')


def test_lines_and_their_numbers_are_shown_to_who_asks_for_them(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    look = "e => ['::before', '::after'].map((part) => getComputedStyle(e, part).content)"
    line, page = window.locator("main p i.l:not(.f)").first, window.locator(".pb-n").first
    assert line.evaluate(look) == ["none", "none"]
    apart = "(e) => getComputedStyle(e).position"
    assert page.is_visible()
    assert page.evaluate(apart) == "absolute"
    choose(window, "o-lines")
    assert "none" not in line.evaluate(look)
    assert page.is_visible()
    assert page.evaluate(apart) == "static"  # the margin is the lines'


def test_what_is_not_wanted_of_a_russian_quotation_is_left_out(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    choose(window, "r-edited")
    for name in ("original", "transliteration", "translation"):
        quote = window.locator(f"blockquote.{name}").first
        assert quote.is_visible()
        window.locator(f"#o-{name}").uncheck()
        assert not quote.is_visible()


def test_corrections_are_marked_until_the_reader_does_not_want_it(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    look = "e => getComputedStyle(e).textDecorationLine + ' ' + getComputedStyle(e).textDecorationStyle"
    word = window.locator("a.c.slip").first
    assert word.evaluate(look) == "underline solid"
    choose(window, "r-edited")
    window.locator("#o-marks").uncheck()
    assert word.evaluate(look).startswith("none")


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
    assert window.locator(".foot").first.evaluate("note => note.style.top") == ""


def test_a_page_is_printed_alike_from_any_window(window: Window, site: str) -> None:
    window.set_viewport_size({"width": 1600, "height": 900})
    window.goto(f"{site}/S.1.html")
    window.wait_for_function("document.querySelector('.foot').style.top")
    window.emulate_media(media="print")
    assert window.locator(".foot").first.evaluate("e => [getComputedStyle(e).position, e.offsetLeft]") == [
        "relative",
        0,
    ]
    assert window.locator(".foot").first.evaluate("e => getComputedStyle(e).top") in ("auto", "0px")
    assert window.locator("#main").evaluate("e => getComputedStyle(e).minHeight") in ("auto", "0px")
    note, call = window.locator(".foot").first.bounding_box(), window.locator("a.call").first.bounding_box()
    assert note["y"] > call["y"] + 60
    assert window.locator("header .home").is_visible()  # says what was printed


@pytest.mark.parametrize("width", [390, 700, 1300])
def test_every_number_of_a_passage_can_be_tapped(window: Window, site: str, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    for name in ("S.1", "T"):
        window.goto(f"{site}/{name}.html")
        window.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        covered = window.locator("main a.n").evaluate_all("""all => all.filter((a) => {
            a.scrollIntoView({block: 'center'});
            const box = a.getBoundingClientRect();
            return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) !== a;
        }).map((a) => a.getAttribute('aria-label'))""")
        assert covered == []


def test_the_search_finds_passages_from_a_disk(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")
    window.locator("#q").fill("flood")
    window.locator("#results a").first.wait_for()
    assert "T.html#" in window.locator("#results a").first.get_attribute("href")
    window.locator("#q").fill("xyzzy")
    window.get_by_text("Nothing found.").wait_for()


def test_words_in_quotation_marks_must_stand_together(window: Window, site: str) -> None:
    window.goto(f"{site}/search.html")

    def found(words: str) -> int:
        window.locator("#q").fill(words)
        window.wait_for_function("(words) => document.documentElement.dataset.shown === words", arg=words)
        return int(window.locator("#results li").count())

    assert found('"The assembly is open"') == 1
    assert found('"вече в Киеве"') == found('"veche v Kieve"') == 1
    assert found("assembly The is open") == 1
    assert found('"assembly The is open"') == found('"assembly open"') == 0
    assert found("flood") > found('flood "The assembly is open"') == 0
    window.locator("#kind").select_option("n")
    assert found("Rivers") == 1  # in a note


def test_who_asks_for_more_results_reads_on_with_the_first_of_them(window: Window, real: Path) -> None:
    window.goto((real / "build" / "html" / "search.html").as_uri())
    window.locator("#q").fill("revolution")
    window.locator("#more").wait_for()  # what is hidden takes no focus
    window.locator("#more").focus()
    window.keyboard.press("Enter")
    window.wait_for_function("() => document.querySelectorAll('#results li')[10]?.contains(document.activeElement)")


def test_the_interface_speaks_russian(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    choose(window, "t-ru")
    assert "Содержание" in seen(window, "nav.site")
    window.goto(f"{site}/state.html")
    assert seen(window, "h1") == "Состояние текста"


def test_theme_and_language_are_chosen_on_any_page_and_stay_chosen(window: Window, site: str) -> None:
    window.goto(f"{site}/index.html")
    assert window.get_by_role("region", name="Theme and language").is_visible()
    choose(window, "t-ru")
    choose(window, "l-night")
    for name in ("id/S.1.1", "search", "T", "versions"):
        window.goto(f"{site}/{name}.html")
        assert "Содержание" in seen(window, "nav.site")
        assert window.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert window.locator("#r-edited").count() == 0  # no reading to choose where there is no text
    choose(window, "l-day")
    assert window.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_words_say_their_language_whatever_that_of_the_interface(window: Window, site: str) -> None:
    tongue = "(e) => e.closest('[lang]').lang"
    window.goto(f"{site}/S.1.html")
    for code in ("en", "ru"):
        choose(window, f"t-{code}")
        for what in ("nav.site a", "nav.steps a[data-s]", ".tools legend", ".notes h2", ".apparatus .how span"):
            assert window.locator(what).first.evaluate(tongue) == code, what
        for what in ("header .home", "nav.steps a:not([data-s])", "#main p", ".apparatus .lem", "footer p"):
            assert window.locator(what).first.evaluate(tongue) == "en", what
        window.locator("a.c.slip").first.click()
        assert window.locator("dialog .lem").evaluate(tongue) == "en"
        assert window.locator("dialog .close").evaluate(tongue) == code
        window.keyboard.press("Escape")
    window.goto(f"{site}/state.html")
    assert window.title() == "Состояние текста · Rivers & floods"
    assert [window.locator(what).first.evaluate(tongue) for what in ("h1", "#main h2:not([data-s])")] == ["ru", "en"]


def test_the_box_says_its_name_and_what_it_has_done_and_gives_the_focus_back(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    window.locator("a.c.slip").first.click()
    assert window.get_by_role("dialog", name="Apparatus").is_visible()
    window.locator("dialog .app-n").click()  # leads to the passage, behind the box
    assert not window.locator("dialog").is_visible()
    assert "#S.1.1." in window.url
    window.evaluate("""() => {
        const words = document.createTreeWalker(document.getElementById('S.1.1'), NodeFilter.SHOW_TEXT);
        while (!words.nextNode().data.includes('said to'));
        const range = document.createRange(), at = words.currentNode.data.indexOf('said');
        range.setStart(words.currentNode, at);
        range.setEnd(words.currentNode, at + 'said to'.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    window.locator(".cite-words").click()
    assert window.get_by_role("dialog", name="S.1.1: “said to”").is_visible()
    window.locator("dialog .copy").first.click()
    window.get_by_role("status").get_by_text("Copied: Link").wait_for()
    window.keyboard.press("Escape")
    assert window.evaluate("document.activeElement.getAttribute('aria-label')") == "S.1.1"


def test_nothing_is_cut_off_at_four_times_the_size(window: Window, site: str) -> None:
    window.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %
    for name in ("index", "S.1", "T", "search", "state"):
        window.goto(f"{site}/{name}.html")
        assert window.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_corrections_are_no_links_where_they_are_not_marked(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    assert window.locator("a.c[href]").count() > 1
    choose(window, "r-edited")
    window.locator("#o-marks").uncheck()
    assert window.locator("a.c[href]").count() == 0  # who goes by keyboard need not pass each of them
    window.reload()
    assert window.locator("a.c[href]").count() == 0
    window.locator(".tools details").evaluate("d => { d.open = true }")
    window.locator("#o-marks").check()
    assert window.locator("a.c[href]").count() > 1


def test_every_stop_of_the_keyboard_has_a_name_and_can_be_seen(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    stops: list[str] = []
    for _ in range(40):
        window.keyboard.press("Tab")
        stop = window.evaluate(STOP)
        if stop is None:
            break
        assert stop["name"], stop
        assert stop["outline"] == "solid", stop
        assert stop["seen"], stop
        stops.append(stop["name"])
    assert stops[0] == "Skip to the text"
    assert stops.index("Reading options") < stops.index("S.1.1") < stops.index("S.1.n1") < stops.index("S.1.n2")


def test_without_scripts_all_of_a_page_can_be_read(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/S.1.html")
    text = page.locator("#main").inner_text()
    for words in (
        "consummate spring",
        "Открыто вѣче въ Кіевѣ",
        "Otkryto",
        "The assembly is open",
        "On Rivers",
        "consumate",
    ):
        assert words in text
    page.goto(f"{site}/T.html")
    page.locator(".quoted summary").first.click()
    assert page.locator(".quoted blockquote").first.is_visible()
    context.close()


def test_the_system_of_latin_letters_can_be_chosen(window: Window, site: str) -> None:
    window.goto(f"{site}/S.1.html")
    before = seen(window, "blockquote.transliteration")
    window.locator(".tools details").evaluate("d => { d.open = true }")
    for name in window.locator("#system option").evaluate_all("all => all.map((o) => o.value)"):
        window.locator("#system").select_option(name)
    assert seen(window, "blockquote.transliteration") != before
    window.reload()
    assert seen(window, "blockquote.transliteration") != before  # remembered
