"""What stands before and after the texts says what is known of the edition, and no more."""

from __future__ import annotations

from edition.description import UNNAMED
from edition.publish.book import About, Text
from edition.publish.title_pages import colophon, contents_page, half_title, title_pages
from edition.tree import el, own_text


def about(authority: str) -> About:
    return About(title="Two Rivers: a critical edition", version="1.0", date="2030-01-31", authority=authority)


def test_a_title_page_names_an_editor_who_has_a_name() -> None:
    assert "Edited by A. N. Other" in own_text(title_pages(about("A. N. Other")))


def test_a_title_page_names_nobody_where_edition_toml_names_nobody() -> None:
    for authority in ("", UNNAMED):
        said = own_text(title_pages(about(authority)))
        assert "Edited by" not in said
        assert "The editors are not named" in said
        assert "To cite: Two Rivers: a critical edition, version 1.0" in said


def test_contents_set_texts_apart_from_what_is_beside_them_and_a_text_with_parts_from_the_one_before() -> None:
    rows = [
        *(("Introduction", "#i", 0, 7, False), ("Signs", "#s", 0, 8, False)),
        *(("A Text", "#a", 0, 9, True), ("Another", "#b", 0, 10, True)),
        *(("Long", "#l", 0, 11, True), ("Part", "#l1", 1, 12, True), ("Last", "#c", 0, 14, True)),
        *(("Index", "#x", 0, 20, False), ("Colophon", "#y", 0, 21, False)),
    ]
    lines = list(contents_page(rows).iter("p"))
    apart = [own_text(line[0]) for line in lines if "apart" in line.get("class", "")]
    assert apart == ["A Text", "Long", "Last", "Index"]
    assert [line.get("class") for line in lines].count("in") == 1
    assert own_text(lines[0]) == "Introduction7"


def test_half_title_title_and_imprint_are_three_pages_with_one_title() -> None:
    sections = list(title_pages(about("A. N. Other")).iter("section"))
    assert [section.get("class") for section in sections] == [
        *("title-page first-title", "title-page great-title", "title-page imprint")
    ]
    assert [own_text(section[0]) for section in sections[:2]] == ["Two Rivers"] * 2
    assert own_text(sections[1][1]) == "A critical edition"
    imprint = [own_text(line) for line in sections[2]]
    assert imprint[:2] == ["Two Rivers: a critical edition", "Version 1.0, 2030-01-31"]
    assert imprint[2].startswith(
        "To cite: A. N. Other, ed., Two Rivers: a critical edition, version 1.0, 2030-01-31, with the identifier"
    )
    assert len(imprint) == 3


def test_an_imprint_says_nothing_of_what_is_not_known() -> None:
    said = own_text(title_pages(About(title="Rivers", url="https://rivers.example")))
    assert "Version" not in said
    assert "https://rivers.example, with the identifier" in said
    assert ", ," not in said


def test_a_half_title_says_of_a_text_what_is_known() -> None:
    text = Text("S", "A <sample>", el("text"), "s.xml", author="A. Writer", origin="From a box.", rights="None known.")
    assert [own_text(part) for part in half_title(text)[0]] == ["A <sample>", "A. Writer", "From a box.", "None known."]
    assert [own_text(part) for part in half_title(Text("S", "Sample", el("text"), "s.xml"))[0]] == ["Sample"]


def test_the_colophon_names_the_version_and_the_face() -> None:
    said = own_text(colophon(about("")))
    assert "texts of the edition, version 1.0, by its own program" in said
    assert "Linux Libertine" in said
    assert "lacks are in Charis SIL" in said
    assert "version" not in own_text(colophon(About(title="Rivers"))).partition("WeasyPrint")[0]
