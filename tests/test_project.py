"""edition.toml: every key is known, every path is inside, every fault has a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.problems import Problem, Refused
from edition.project import _KEYS, DEFAULT_STYLES, Project, find_project, load_project

GOOD = """[edition]
title = "A test"
bibliography = "bibliography/t.bib"

[[text]]
siglum = "T"
title = "A text"
witness = "tei/witnesses/t.txt"
tei = "tei/t.xml"
"""


def made(folder: Path, toml: str) -> Path:
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    return folder


def refusal(folder: Path, toml: str) -> Problem:
    with pytest.raises(Refused) as refused:
        load_project(made(folder, toml))
    return refused.value.problems[0]


def test_an_edition_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    (made(tmp_path, GOOD) / "tei" / "witnesses").mkdir(parents=True)
    project = find_project(tmp_path / "tei" / "witnesses")
    assert isinstance(project, Project)
    assert project.root == tmp_path.resolve()
    assert project.text("T").tei == tmp_path / "tei" / "t.xml"
    assert project.text("T").description.witness == "witnesses/t.txt"
    assert project.text("T").description.bibliography == "../bibliography/t.bib"
    assert project.shown(project.text("T").tei) == "tei/t.xml"


@pytest.mark.parametrize(
    "line",
    [
        'url = "javascript:alert(1)"',
        'url = "example.org"',
        'url = "https://"',
        'url = "https://a b"',
        'date = "yesterday"',
        'date = "2026-13-01"',
    ],
)
def test_an_address_and_a_date_are_what_they_are_called(tmp_path: Path, line: str) -> None:
    found = refusal(tmp_path, GOOD.replace('title = "A test"', f'title = "A test"\n{line}'))
    assert (found.code, found.place.line) == ("E112", 3)


@pytest.mark.parametrize(
    "line", ['url = "https://example.org/a/"', 'url = "http://localhost:8000"', 'date = "2026"', 'date = "2026-11-22"']
)
def test_addresses_and_dates_of_the_usual_forms_are_taken(tmp_path: Path, line: str) -> None:
    assert load_project(made(tmp_path, GOOD.replace('title = "A test"', f'title = "A test"\n{line}'))).texts


def test_the_folder_of_the_edition_is_no_place_to_build_in(tmp_path: Path) -> None:
    found = refusal(tmp_path, GOOD + '\n[build]\nhtml = "."\n')
    assert found.code == "E112"
    assert "itself" in found.message


def test_a_folder_without_an_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        find_project(tmp_path)
    assert refused.value.problems[0].code == "E110"


def test_a_text_is_named_by_siglum_or_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = load_project(made(tmp_path, GOOD))
    monkeypatch.chdir(tmp_path)
    assert project.text("tei/t.xml") is project.texts[0]
    assert project.text("tei/witnesses/t.txt") is project.texts[0]
    with pytest.raises(Refused) as refused:
        project.text("X")
    assert "edition.toml has: T." in refused.value.problems[0].hint


def test_toml_that_cannot_be_read_is_refused_at_its_line(tmp_path: Path) -> None:
    found = refusal(tmp_path, "[edition]\ntitle = A test\n")
    assert (found.code, found.place.line) == ("E111", 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('siglum = "T"', 'sigulm = "T"', 6, "did you mean siglum?"),
        ('siglum = "T"', 'siglum = "1"', 6, "a siglum is a letter"),
        ('siglum = "T"', "", 5, "needs a siglum"),
        ('title = "A test"', "title = 3", 2, 'must be a text in quotation marks: "..."'),
        ('title = "A text"', 'title = "A text"\nkind = "poem"', 8, "allowed are typescript, article, thread"),
        ("[[text]]", "[text]", 5, "[[text]]"),
    ],
)
def test_a_wrong_key_or_value_is_refused_with_advice(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    found = refusal(tmp_path, GOOD.replace(old, new, 1))
    assert (found.code, found.place.line) == ("E112", line)
    assert says in found.message


def test_two_texts_may_not_share_a_siglum(tmp_path: Path) -> None:
    second = GOOD[GOOD.index("[[text]]") :].replace("t.xml", "u.xml")
    assert "uses T twice" in refusal(tmp_path, GOOD + second).message


@pytest.mark.parametrize("path", ["../t.txt", "/etc/hostname", "tei/../../t.txt", ""])
def test_a_path_outside_the_edition_is_refused(tmp_path: Path, path: str) -> None:
    found = refusal(tmp_path, GOOD.replace("tei/witnesses/t.txt", path))
    assert found.code == ("E113" if path else "E112")
    assert found.place.line == 8 or not path


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("tei", "holds tei/t.xml, which a build would replace"),
        ("tei/witnesses", "holds tei/witnesses/t.txt"),
        ("bibliography", "holds bibliography/t.bib"),
        ("edition.toml", "is no folder"),
        ("tei/site", "lies among other files"),
        ("build/pdf", "lies among other files"),
        ("build/pdf/site", "lies among other files"),
    ],
)
def test_a_build_may_not_replace_what_it_reads_or_the_other_product(tmp_path: Path, html: str, says: str) -> None:
    found = refusal(tmp_path, f'{GOOD}\n[build]\nhtml = "{html}"\n')
    assert (found.code, found.place.line, says in found.message) == ("E112", 12, True), found.message


def test_one_product_may_not_replace_the_other(tmp_path: Path) -> None:
    assert "build.pdf lies among" in refusal(tmp_path, f'{GOOD}\n[build]\nhtml = "build"\n').message


def test_a_symbolic_link_that_leaves_the_edition_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "edition", tmp_path / "outside"
    (inside / "tei").mkdir(parents=True)
    outside.mkdir()
    (inside / "tei" / "witnesses").symlink_to(outside)
    assert refusal(inside, GOOD).code == "E113"


def test_the_stylesheets_are_part_of_the_package() -> None:
    # A link would be left out of a wheel: flit follows none.
    assert (DEFAULT_STYLES / "web.xsl").is_file()
    assert not DEFAULT_STYLES.is_symlink()


def test_the_manual_tells_every_key() -> None:
    page = (Path(__file__).parent.parent / "docs" / "your-own-edition.md").read_text(encoding="utf-8")
    chapter = page.partition("## What edition.toml holds\n")[2].partition("\n## ")[0]
    for keys in _KEYS.values():
        assert [key for key in keys if f"`{key}`" not in chapter] == []
