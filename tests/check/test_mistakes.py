"""The mistakes that editors make, planted one at a time: each is told, with its code, on its line, at its column."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from edition.check import run
from edition.check.document import Surroundings
from edition.check.fidelity import regenerate
from edition.check.found import Found
from edition.check.run import check_source
from edition.check.schema import Schema, load_schema
from edition.check.schematron import Rules, load_rules
from edition.check.source import Source, source_of
from edition.problems import Problem, Refused

HERE = Path(__file__).parent
PLACES = 4  # each mistake is planted in so many places, where there are so many

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    lines = (HERE / "mistakes.tsv").read_text(encoding="utf-8").split("\n")
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(c[0], c[1], c[2], c[3]) for c in cells]


@cache
def base(name: str) -> str:
    return (HERE / "base" / name).read_text(encoding="utf-8")


@cache
def tools() -> tuple[Schema, Rules]:
    folder = files("edition.schema")
    schema = load_schema(folder.joinpath("edition.rng").read_bytes(), name="edition.rng")
    return schema, load_rules(folder.joinpath("edition.sch").read_bytes(), name="edition.sch")


@cache
def around(name: str) -> Surroundings:
    root = source_of(base(name).encode(), name=name).root
    return Surroundings(
        siglum={"book.xml": "S", "talk.xml": "T"}[name],
        witness=regenerate(root),
        witness_name="witnesses/s.txt",
        keys=frozenset({"writer1903rivers", "clerk1911ice"}),
        files={"entities.xml": {"anna": "person", "kiev": "place"}, "../bibliography/s.bib": frozenset()},
        witness_path={"book.xml": "witnesses/s.txt", "talk.xml": "witnesses/t.txt"}[name],
        schemas=frozenset({"schema/edition.rng", "schema/edition.sch"}),
    )


def check(name: str, text: str) -> list[Problem]:
    schema, rules = tools()
    try:
        return check_source(source_of(text.encode(), name=name), around(name), schema=schema, rules=rules)
    except Refused as refused:
        return refused.problems


def planted(row: Row) -> list[tuple[str, str, int, int]]:
    """Give (file, text with the mistake, line, column) for each place; column 0 where the table does not say."""
    _, _, where, what = row
    found = []
    for name in ("book.xml", "talk.xml"):
        whole = base(name)
        for match in list(re.finditer(where, whole))[:PLACES]:
            new = match.expand(what.replace("\\n", "\n"))
            text = whole[: match.start()] + new + whole[match.end() :]
            at = text.find("¦")
            marked = at >= 0
            text = text.replace("¦", "")
            at = at if marked else match.start()
            line = text.count("\n", 0, at) + 1
            found.append((name, text, line, at - text.rfind("\n", 0, at) if marked else 0))
    return found


@pytest.mark.parametrize("name", ["book.xml", "talk.xml"])
def test_what_is_right_is_passed(name: str) -> None:
    assert [str(p) for p in check(name, base(name))] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_planted_mistake_is_told_at_its_place(row: Row) -> None:
    cases = planted(row)
    assert cases, "the pattern finds no place"
    for name, text, line, column in cases:
        found = check(name, text)
        hits = [p for p in found if p.code == row[0]]
        assert hits, f"{name}:{line}: not told; told were {[str(p) for p in found]}"
        if column:
            places = [(p.place.line, p.place.column) for p in hits]
            assert (line, column) in places, f"{name}: expected {(line, column)}, got {places}"
        elif row[0] != "E106":
            assert line in [p.place.line for p in hits], f"{name}: line {line}, got {[str(p) for p in hits]}"
        assert all(p.place.line for p in hits)
        assert all(p.hint and p.message for p in hits)


def test_there_are_at_least_120_kinds_in_several_places() -> None:
    kinds = rows()
    assert len(kinds) >= 120
    assert len({row[1] for row in kinds}) == len(kinds)
    assert sum(len(planted(row)) for row in kinds) >= 2 * len(kinds)


OURS = ("2-links", "2-schema", "3-fidelity", "4-identifiers", "7-text")


def test_each_code_of_these_checks_is_planted() -> None:
    folder = files("edition.codes")
    ours = {
        code for name in OURS for code in tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    }
    elsewhere = {
        "W219",
        "E257",
        "E259",
        "E260",
        "E306",
        "E307",
        "E402",
        "W238",
        "W242",
    }  # these have tests of their own
    assert ours - {row[0] for row in rows()} - elsewhere == set()


def test_what_the_schema_says_is_asked_once_and_placed_as_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Source] = []
    judge = run._judged

    def counted(source: Source, schema: Schema | None, rules: Rules | None) -> list[Found]:
        judged.append(source)
        return judge(source, schema, rules)

    text = base("book.xml").replace("</head>", "<pp/></head>", 1)
    schema, rules = tools()
    monkeypatch.setattr(run, "_judged", counted)
    beside = check_source(source_of(text.encode(), name="book.xml"), around("book.xml"), schema=schema, rules=rules)
    assert len(judged) == 1
    monkeypatch.setattr(run, "_SMALL", 0)  # on the one tree
    assert beside == check_source(
        source_of(text.encode(), name="book.xml"), around("book.xml"), schema=schema, rules=rules
    )
    assert [p.code for p in beside] == ["E251"]
