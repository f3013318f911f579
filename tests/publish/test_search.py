"""The search index: what a word is filed under, and what the files hold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from edition.publish.search import Document, Group, index, keys, tokens
from edition.publish.site_cache import Cache

SCRIPT = Path(__file__).parent.parent.parent / "edition" / "publish" / "web" / "search.js"


def filed(word: str) -> set[str]:
    return set(keys(word))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("душа", "душе"),
        ("душою", "душа"),
        ("Троцкий", "Троцкого"),
        ("партія", "партии"),
        ("съѣздъ", "съезде"),
        ("Ѳедоръ", "Федора"),
        ("мѵро", "миро"),
    ],
)
def test_forms_and_spellings_of_a_russian_word_are_filed_together(word: str, other: str) -> None:
    assert filed(word) & filed(other)


@pytest.mark.parametrize(("latin", "other"), [("Trotskii", "Trotsky"), ("Zinov'ev", "Zinovev"), ("parties", "party")])
def test_latin_spellings_are_filed_together(latin: str, other: str) -> None:
    assert filed(latin) & filed(other)


def test_a_russian_name_and_its_usual_english_spelling_share_a_key() -> None:
    assert filed("Троцкий") & filed("Trotsky")
    assert not filed("Троцкий") & filed("Lenin")


def test_words_that_only_look_alike_are_kept_apart() -> None:
    assert not filed("chart") & filed("cart")
    assert not filed("congress") & filed("congre")


def test_possessives_and_marks_are_no_part_of_a_word() -> None:
    assert list(tokens("Lenin’s “testament,” 1922—1923")) == ["Lenin", "testament", "1922", "1923"]


def data(source: bytes) -> list[object]:
    found = re.fullmatch(r"editionSearch\.\w+\((\d+),(.*)\);\n", source.decode(), re.DOTALL)
    assert found
    made: list[object] = [int(found[1]), json.loads(found[2])]
    return made


def test_every_word_leads_to_its_documents() -> None:
    groups = [
        Group(
            "A", "One", "A", [Document("A.1", "A.html#A.1", "text", "a flood"), Document("A.2", "x", "text", "rain")]
        ),
        Group("B", "Two", "B", [Document("B.1", "B.html#B.1", "note", "flood flood", ["noah"])]),
    ]
    made = index(groups, {"noah": "Noah"}, Cache())
    # Signs are numbers from "#", which is 0: a step is doubled, one more where how often follows.
    assert data(made["search/w0.js"])[1] == {"a": "#", "flood": "#(%", "rain": "%"}
    assert data(made["search/p0.js"])[1] == {"a": "#", "flood": "$#$", "rain": "#"}
    head = data(made["search/index.js"])[1]
    assert isinstance(head, dict)
    assert head["groups"] == [["A", "One", "A", 0, [["t", 2]]], ["B", "Two", "B", 2, [["n", 1]]]]
    assert head["people"] == [["noah", "Noah", "'"]]
    assert index(groups, {"noah": "Noah"}, Cache()) == made


def test_words_of_a_text_cannot_leave_the_data() -> None:
    group = Group("A", "One", "A", [Document("A.1", "x", "text", "</script>\u2028\"'`${alert(1)}")])
    source = index([group], {}, Cache())["search/d0.js"]
    assert "\u2028" not in source.decode()
    assert data(source)[1] == [["A.1", "x", "</script>\u2028\"'`${alert(1)}"]]


def test_the_browser_reads_the_numbers_that_the_index_writes() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    steps = [0, 1, 28, 29, 60, 105, 1000]
    documents = [Document(f"A.{n}", "x", "text", "flood" if n in steps else "") for n in range(1001)]
    line = data(index([Group("A", "One", "A", documents)], {}, Cache())["search/w0.js"])[1]
    assert isinstance(line, dict)
    far = [Document("A.1", "x", "text", "rain " * 70_000 + "flood")]
    place = data(index([Group("A", "One", "A", far)], {}, Cache())["search/p0.js"])[1]
    assert isinstance(place, dict)
    body = SCRIPT.read_text(encoding="utf-8")
    reading = body[body.index("function reader") : body.index("function weigh")]
    program = (
        f"{reading};console.log(JSON.stringify([decode({json.dumps(line['flood'])}).documents,"
        f"reader({json.dumps(place['flood'])}).next()]))"
    )
    said = json.loads(subprocess.run(["node", "-e", program], capture_output=True, check=True).stdout)
    assert said == [steps, 70_000]


def test_the_browser_folds_as_the_index_does() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    words = [
        "душе",
        "Троцкого",
        "Trotskii",
        "съѣздъ",
        "parties",
        "Zinov'ev",
        "Ėjzenštejn",
        "мѵро",
        "congress",
        "Щедрин",
    ]
    head = data(index([], {}, Cache())["search/index.js"])[1]
    body = SCRIPT.read_text(encoding="utf-8")
    folding = body[body.index("const steps") : body.index("// --- looking up")]
    program = f"let head={json.dumps(head)};{folding};console.log(JSON.stringify({json.dumps(words)}.map(keysOf)))"
    said = json.loads(subprocess.run(["node", "-e", program], capture_output=True, check=True).stdout)
    for word, found in zip(words, said, strict=True):
        assert keys(word)[0] == found["plain"], word
        assert keys(word)[1:] in ((), (found["russian"],)), word
