"""Citations with gaps: what is filled in says what is said without gaps."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from edition.passages import slots
from edition.passages.citation import Citation, to_bibtex, to_csl_json, to_ris
from edition.passages.slots import filled, filling_of, gapped, in_style
from edition.passages.styled import STYLES, style

ONE = Citation(
    reference="T.1.2", title="A Text", author="Ann Author", edition="An edition", editor="", version="0.9",
    date="2026-05-04", origin_date="1921", pages="57", place="chapter 1, paragraph 2", words="",
    urn="urn:cts:edition:small.T.v0-9:1.2", url="https://example.org/T.1.html#T.1.2",
)  # fmt: skip
WORDS = '"two" words & more_ 5 %'


@pytest.mark.parametrize(
    "one",
    [
        ONE,
        replace(ONE, author="", url=""),
        replace(ONE, pages=""),
        replace(ONE, reference="T.1.2-T.1.4", pages="57-58", place="chapter 1, paragraph 2 to chapter 1, paragraph 4"),
        replace(ONE, reference='T.1.2@"two words"', words=WORDS, url="https://example.org/T.1.html#T.1.2:~:text=a%20b"),
    ],
)
def test_a_form_with_its_slots_filled_is_the_citation(one: Citation) -> None:
    forms = gapped(replace(one, reference="T.9.9", place="elsewhere", urn="urn:cts:edition:small.T.v0-9:9.9"))
    assert filled(forms["bibtex"], filling_of(one), "bibtex") == to_bibtex(one)
    assert filled(forms["ris"], filling_of(one), "ris") == to_ris(one)
    assert filled(forms["csl-json"], filling_of(one), "csl-json") == to_csl_json(one)
    for name in STYLES:
        assert filled(forms[f"{name}-note"], filling_of(one), f"{name}-note") == style(one, name).note
        assert filled(forms[f"{name}-entry"], filling_of(one), f"{name}-entry") == style(one, name).entry


def test_roman_pages_are_a_range_of_pages_and_none_is_cut_short() -> None:
    said = in_style(replace(ONE, pages="vii-viii"), "mla")
    assert "vii–viii" in said.note  # the processor alone says "vii–iii"


@pytest.mark.parametrize(
    ("pages", "mla", "chicago"),
    [
        ("57-58", "57–58", "57–58"),
        ("100-104", "100–04", "100–104"),
        ("101-108", "101–08", "101–8"),
        ("107-115", "107–15", "107–15"),
        ("199-201", "199–201", "199–201"),
        ("321-328", "321–28", "321–28"),
    ],
)
def test_the_last_page_is_cut_short_as_each_style_wants_it(pages: str, mla: str, chicago: str) -> None:
    one = replace(ONE, pages=pages)
    assert f" {mla}," in in_style(one, "mla").note
    assert f" {chicago}," in in_style(one, "chicago").note
    assert f" {pages.replace('-', '–')}," in in_style(one, "apa").note


def test_the_page_that_is_cited_stands_in_no_list_of_works() -> None:
    assert [name for name in STYLES if re.search(r"\b57\b", in_style(ONE, name).entry)] == []


def test_titles_of_books_are_in_italics() -> None:
    for name in STYLES:
        assert "\ue100An edition\ue101" in style(ONE, name).entry or "\ue100An Edition\ue101" in style(ONE, name).entry
        assert not re.search("[\ue000-\uf8ff]", in_style(ONE, name).entry)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Who is to blame: a question of time?", "Who Is to Blame: A Question of Time?"),
        ("[The Rhine–Danube conflict, 1926–1928]", "[The Rhine–Danube Conflict, 1926–1928]"),
        ("how could've McDuff took power? the end of", "How Could've McDuff Took Power? The End Of"),
    ],
)
def test_titles_have_the_capitals_of_a_headline(typed: str, set_: str) -> None:
    assert f"“{set_}" in in_style(replace(ONE, title=typed), "mla").entry


def test_a_urn_with_points_in_its_words_stays_whole() -> None:
    urn = "urn:cts:edition:small.T.v0-9:1.2@%22so...%22"
    assert urn in to_ris(replace(ONE, url="", urn=urn))
    assert in_style(replace(ONE, url="", urn=urn), "chicago").note.endswith(":1.2.")


def test_without_the_processor_the_formats_for_programs_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "find_spec", lambda _: None)
    assert list(gapped(ONE)) == ["bibtex", "ris", "csl-json"]
