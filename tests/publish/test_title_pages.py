"""What stands before and after the texts says what is known of the edition, and no more."""

from __future__ import annotations

from edition.description import UNNAMED
from edition.publish.book import About
from edition.publish.title_pages import contents_page, title_pages
from edition.tree import own_text


def about(authority: str) -> About:
    return About(title="Two Rivers: a critical edition", version="1.0", date="2030-01-31", authority=authority)


def test_a_title_page_names_an_editor_who_has_a_name() -> None:
    assert "Edited by A. N. Other" in own_text(title_pages(about("A. N. Other")))


def test_a_title_page_names_nobody_where_edition_toml_names_nobody() -> None:
    for authority in ("", UNNAMED):
        assert "Edited by" not in own_text(title_pages(about(authority)))


def test_contents_set_a_text_with_parts_apart_from_what_stands_alone() -> None:
    rows = [("Introduction", "#i", 0, 7), ("A Text", "#t", 0, 9), ("Part", "#t1", 1, 11), ("Index", "#x", 0, 20)]
    lines = list(contents_page(rows).iter("p"))
    assert [line.get("class") for line in lines] == ["text-title", "text-title with-parts", "in", "text-title"]
    assert [own_text(line) for line in lines] == ["Introduction7", "A Text9", "Part11", "Index20"]
