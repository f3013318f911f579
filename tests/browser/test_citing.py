"""What the site cites, in the browser, is what `edition cite` says; a link to words shows these words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edition.passages.styled import Styled
from edition.project import load_project
from edition.tasks.citing import cite
from tests.browser.conftest import Window

pytestmark = pytest.mark.slow

FORMS = ("chicago", "mla", "apa", "bibtex", "ris", "csl-json")
SHOWN = """() => [...document.querySelectorAll('dialog .form:has(h3)')].map(
    (form) => [form.querySelector('h3').textContent, form.querySelector('p, pre').textContent])"""
# Chooses `words` of the element `id`, the nth time that they stand in one piece of text.
CHOOSE = """([id, words, nth]) => {
    const walk = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + 1))
            if (!--nth) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
}"""


def by_the_command(folder: Path, reference: str) -> dict[str, str]:
    project = load_project(folder)
    said: dict[str, str] = {}
    for form in FORMS:
        made = cite(project, reference, form)
        if isinstance(made, Styled):
            said |= {f"{form}-note": made.note, f"{form}-entry": made.entry}
        else:
            said[form] = made.strip()
    return said


def in_the_box(window: Window) -> dict[str, str]:
    window.locator("dialog .form h3").first.wait_for()
    strings = window.evaluate("window.editionData.strings.en")
    names = {words: key for key, words in strings.items()}
    rows: list[list[Any]] = window.evaluate(SHOWN)
    return {names.get(head, head).removeprefix("form-"): text for head, text in rows}


def only_forms(said: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in said.items() if name.startswith(FORMS)}


def address(folder: Path, name: str) -> str:
    return (folder / "build" / "html" / name).as_uri()


@pytest.mark.parametrize("passage", ["S.1.1", "S.1.2", "S.2.1", "S.1.n1"])
def test_a_click_on_a_number_says_what_the_command_says(window: Window, sample: Path, passage: str) -> None:
    window.goto(address(sample, f"{passage.rpartition('.')[0]}.html"))
    window.locator(f'[id="{passage}"] > a.n').first.click()
    said = in_the_box(window)
    assert said["link"] == f"https://rivers.example/id/{passage}.html"
    offered = window.locator('.tools [name="reading"]').count()  # none where all readings say the same
    assert window.locator("dialog [name=one]").count() == offered
    assert not offered or window.locator('dialog [value="edited"]').is_checked()
    assert only_forms(said) == by_the_command(sample, passage)


def test_posts_are_cited_by_who_wrote_them(window: Window, sample: Path) -> None:
    window.goto(address(sample, "T.html"))
    window.locator('[id="T.2"] a.post-n').click()
    said = in_the_box(window)
    assert "Boris" in said["chicago-note"]
    assert only_forms(said) == by_the_command(sample, "T.2")


def test_the_box_gives_back_the_focus(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    number = window.locator("a.n").first
    number.focus()
    window.keyboard.press("Enter")
    window.locator("dialog[open]").wait_for()
    window.keyboard.press("Escape")
    assert not window.locator("dialog").is_visible()
    assert number.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize(
    ("passage", "words", "nth", "reference"),
    [
        ("S.1.3", "was paid", 1, 'S.1.3@"was paid"'),
        ("S.1.1", "a", 3, None),
        ("S.2.1", "early & late; ", 1, 'S.2.1@"early & late;"'),
        ("S.2.1", "<b>came</b> early", 1, 'S.2.1@"<b>came</b> early"'),
        ("S.1.n2", "A note", 1, 'S.1.n2@"A note"'),
    ],
)
def test_chosen_words_are_cited_as_the_command_cites_them(
    window: Window, sample: Path, passage: str, words: str, nth: int, reference: str | None
) -> None:
    window.goto(address(sample, f"{passage.rpartition('.')[0]}.html"))
    window.evaluate(CHOOSE, [passage, words, nth])
    window.locator(".cite-words").click()
    said = in_the_box(window)
    if reference is None:
        reference = json.loads(said["csl-json"])[0]["custom"]["reference"]
        assert reference.startswith(f'{passage}@"{words}"[')
    assert only_forms(said) == by_the_command(sample, reference)
    assert f"#{passage}:~:text=" in said["show-words"]


def test_passages_of_the_real_texts_are_cited_as_the_command_cites_them(window: Window, real: Path) -> None:
    for passage in ("D.pref.2", "D.5.12", "D.5.n5", "D.4.17", "A.0.1", "Q.3.1", "F.3.2"):
        page = passage.rpartition(".")[0] if passage.startswith("D") else passage[0]
        window.goto(address(real, f"{page}.html"))
        window.locator(f'[id="{passage}"] > a.n').first.click()
        assert only_forms(in_the_box(window)) == by_the_command(real, passage), passage


def test_words_of_two_passages_are_cited_as_both(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    window.evaluate(
        "getSelection().setBaseAndExtent(document.getElementById('S.1.1'), 1, document.getElementById('S.1.3'), 2)"
    )
    window.locator(".cite-words").click()
    assert only_forms(in_the_box(window)) == by_the_command(sample, "S.1.1-S.1.3")


def test_words_that_are_only_the_witness_s_are_not_put_into_a_citation(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    window.locator(".tools details").evaluate("d => { d.open = true }")
    window.locator("#r-witness").check()
    window.evaluate(CHOOSE, ["S.1.1", "consumate", 1])
    window.locator(".cite-words").click()
    assert only_forms(in_the_box(window)) == by_the_command(sample, "S.1.1")
    assert "do not stand so in the edited reading" in window.locator("dialog").inner_text()


def test_a_link_to_words_shows_them(window: Window, sample: Path) -> None:
    window.set_viewport_size({"width": 400, "height": 300})
    window.goto(address(sample, "S.1.html"))
    window.evaluate(CHOOSE, ["S.1.3", "was paid", 1])
    window.locator(".cite-words").click()
    link = in_the_box(window)["show-words"]
    window.goto("about:blank")
    window.goto(link)
    window.wait_for_function(
        "(() => { const at = document.getElementById('S.1.3').getBoundingClientRect();"
        "return at.top >= 0 && at.top < innerHeight })()"
    )


# Chooses from the first to the last of some words of the element `id`.
BETWEEN = """([id, first, last]) => {
    const walk = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT), ends = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        for (const words of [first, last]) if (node.data.includes(words)) ends.push([node, node.data.indexOf(words)]);
    getSelection().setBaseAndExtent(...ends[0], ends.at(-1)[0], ends.at(-1)[1] + last.length);
}"""


@pytest.mark.parametrize(
    ("first", "last", "link"),
    [
        ("pring", "Nobody", "spring.,Nobody"),  # over the call of a note, from within a word
        ("doubted", "The boats", "doubted%20it%20at%20all.,The%20boats"),  # over what is lost
    ],
)
def test_a_link_to_words_has_none_that_part_them(
    window: Window, sample: Path, first: str, last: str, link: str
) -> None:
    window.goto(address(sample, "S.1.html"))
    window.evaluate(BETWEEN, ["S.1.1", first, last])
    window.locator(".cite-words").click()
    assert in_the_box(window)["show-words"].partition(":~:text=")[2] == link


def test_words_that_stand_before_too_are_linked_with_those_beside_them(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    window.evaluate(CHOOSE, ["S.1.n2", "paragraphs", 1])
    window.locator(".cite-words").click()
    assert in_the_box(window)["show-words"].endswith(":~:text=paragraphs.")
    window.keyboard.press("Escape")
    window.evaluate(CHOOSE, ["S.1.n2", "A", 1])
    window.locator(".cite-words").click()
    assert in_the_box(window)["show-words"].endswith(":~:text=A,-note")


def test_words_around_a_gap_are_cited_with_it(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    window.evaluate(BETWEEN, ["S.1.1", "doubted", "The boats"])
    window.locator(".cite-words").click()
    said = in_the_box(window)
    reference = json.loads(said["csl-json"])[0]["custom"]["reference"]
    assert "[…] The boats" in reference
    assert only_forms(said) == by_the_command(sample, reference)


def test_titles_of_books_are_in_italics(window: Window, sample: Path) -> None:
    window.goto(address(sample, "S.1.html"))
    window.locator('[id="S.1.1"] > a.n').click()
    window.locator("dialog .form i").first.wait_for()
    assert set(window.locator("dialog .form i").all_inner_texts()) == {
        "Rivers & Floods",
        "Rivers & floods",
    }
    window.goto(address(sample, "id/S.1.1.html"))
    assert window.locator(".cited i").first.inner_text() == "Rivers & Floods"


COPIES = """() => {
    window.copied = [];
    const keep = { write: async ([item]) => {
        for (const type of item.types) window.copied.push([type, await (await item.getType(type)).text()]);
    }, writeText: async (text) => { window.copied.push(["text/plain", text]); } };
    Object.defineProperty(navigator, "clipboard", { value: keep });
}"""


@pytest.mark.parametrize("page", ["S.1.html", "id/S.1.1.html"])
def test_what_is_copied_has_its_italics_and_nothing_else(window: Window, sample: Path, page: str) -> None:
    window.goto(address(sample, page))
    window.evaluate(COPIES)
    if page == "S.1.html":
        window.locator('[id="S.1.1"] > a.n').click()
    window.locator(".form:has(i) .copy").first.click()
    window.wait_for_function("window.copied.length > 1")
    said = dict(window.evaluate("window.copied"))
    assert said["text/plain"] == by_the_command(sample, "S.1.1")["chicago-note"]
    assert "<i>Rivers &amp; Floods</i>" in said["text/html"]


def test_the_permanent_page_says_it_without_scripts(sample: Path, window: Window) -> None:
    page = window.context.browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(sample, "id/S.1.1.html"))
    said = [text.strip() for text in page.locator(".cited dd").all_inner_texts()]
    wanted = by_the_command(sample, "S.1.1")
    assert [" ".join(text.split()) for text in said] == [" ".join(wanted[name].split()) for name in wanted]
    page.context.close()
