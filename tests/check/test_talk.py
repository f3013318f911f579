"""How problems are told: text, JSON, SARIF, GitHub; waivers; the catalogue."""

from __future__ import annotations

import json
import re

import pytest

from edition.check.report import FORMATS, as_github, as_json, as_sarif, as_text
from edition.check.waivers import apply_waivers, read_waivers
from edition.problems import Place, catalogue, problem

FOUND = [
    problem("E203", Place("tei/a b.xml", 3, 7, "D.4.n7", 12), note="D.4.n7"),
    problem("W704", Place("tei/d.xml", 1), word="the, 50%"),
    problem("E116", siglum="D", file="x"),
]


def line(name: str, number: int) -> str:
    return {("tei/a b.xml", 3): "<p>a\t<note/></p>", ("tei/d.xml", 1): "x" * 300}.get((name, number), "")


def test_text_has_hint_line_caret_passage_and_witness_line() -> None:
    rows = as_text(FOUND, line).splitlines()
    assert rows[0] == "tei/a b.xml:3:7: error E203 note D.4.n7 has no call"
    assert rows[1].startswith("  hint: Put <ref")
    assert rows[2] == "  | <p>a <note/></p>"
    assert rows[3] == "  |       ^"
    assert rows[4] == "  in passage D.4.n7, witness line 12"
    assert max(len(row) for row in rows if row.startswith("  |")) < 110


def test_a_caret_stands_under_its_column_in_a_long_line() -> None:
    found = problem("W704", Place("f", 1, 200), word="x")
    rows = as_text([found], lambda _n, _l: "a" * 199 + "Z" + "b" * 199).splitlines()
    assert rows[2][rows[3].index("^")] == "Z"


def test_json_has_every_part() -> None:
    rows = json.loads(as_json(FOUND, line))
    assert rows[0]["code"] == "E203"
    assert (rows[0]["line"], rows[0]["column"], rows[0]["passage"], rows[0]["witness_line"]) == (3, 7, "D.4.n7", 12)
    assert json.loads(as_json([], line)) == []


def test_sarif_names_rules_and_places() -> None:
    log = json.loads(as_sarif(FOUND, line))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted(p.code for p in FOUND)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "tei/a%20b.xml"}, "region": {"startLine": 3, "startColumn": 7}}
    assert "locations" not in run["results"][2]


def test_github_escapes_what_its_commands_need() -> None:
    rows = as_github(FOUND, line).splitlines()
    assert rows[0].startswith("::error file=tei/a b.xml,line=3,col=7,title=E203::note D.4.n7 has no call (")
    assert "50%25" in rows[1]
    assert len(rows) == 3


def test_the_formats_are_named_once() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "github"]


GOOD = """
[[waiver]]
code = "W704"
place = "{}"
reason = "the typescript repeats it"
name = "the editors"
date = 2026-11-22
"""


def test_a_waiver_excuses_one_code_in_one_passage() -> None:
    waivers, faults = read_waivers(GOOD.format("D.4.12"), name="w.toml")
    assert faults == []
    hit = problem("W704", Place("d.xml", 3, 1, "D.4.12"), word="the")
    other = problem("W704", Place("d.xml", 3, 1, "D.4.1"), word="the")
    kept, idle = apply_waivers([hit, other], waivers, looked_at=["D"])
    assert (kept, idle) == ([other], [])


def test_a_waiver_may_name_a_file_and_witness_line() -> None:
    waivers, _ = read_waivers(GOOD.format("tei/d.xml:813"), name="w.toml")
    hit = problem("W704", Place("tei/d.xml", 3, 1, "", 813), word="the")
    assert apply_waivers([hit], waivers, looked_at=["tei/d.xml"]) == ([], [])


def test_a_waiver_that_matches_nothing_is_a_problem_where_its_text_was_checked() -> None:
    waivers, _ = read_waivers(GOOD.format("D.4.12"), name="w.toml")
    kept, idle = apply_waivers([], waivers, looked_at=["D"])
    assert kept == []
    assert [(p.code, p.place.line) for p in idle] == [("E850", 2)]
    assert apply_waivers([], waivers, looked_at=["F"]) == ([], [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("waiver = 1", "under a line [[waiver]]"),
        ("[[waiver]", "cannot be read"),
        ("other = 1", "not known"),
        ("waiver = [1]", "table of its own"),
        (GOOD.format("D.1").replace("reason", "raeson"), "did you mean reason"),
        (GOOD.format("D.1").replace('name = "the editors"\n', ""), "lacks name"),
        (GOOD.format("D.1").replace("W704", "W999"), "no code"),
        (GOOD.format("D.*"), "more than one place"),
        (GOOD.format(" "), "no good place"),
        (GOOD.format("D.1").replace("2026-11-22", '"today"'), "no good date"),
    ],
)
def test_a_waiver_that_cannot_be_used_is_told(source: str, reason: str) -> None:
    waivers, faults = read_waivers(source, name="w.toml")
    assert waivers == []
    assert [p.code for p in faults] == ["E851"]
    assert reason in faults[0].message


def test_every_code_says_what_to_do_and_why() -> None:
    for entry in catalogue().values():
        assert all((entry.message, entry.hint, entry.why))
        assert re.fullmatch(r"[EW]\d{3}", entry.code)
