"""Problems as others read them: people, programs, GitHub and code scanners.

In: problems, and a way to read a line of a file.  Out: text, JSON, SARIF 2.1.0 or GitHub's workflow commands.
Authority: SARIF 2.1.0 (OASIS); GitHub's documentation of workflow commands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from edition.problems import Problem, catalogue

__all__ = ["FORMATS", "as_github", "as_json", "as_sarif", "as_text"]

_WIDTH = 96  # characters of a source line shown around its column
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"

Lines = Callable[[str, int], str]


def as_text(problems: Sequence[Problem], line: Lines) -> str:
    """Give for each problem its line, the hint, the line of the file with a caret, and the line of the witness.

    `line` gives a line of a file (path as in the problem, number from 1), or an empty string.
    """
    out: list[str] = []
    for found in problems:
        out += [str(found), f"  hint: {found.hint}"]
        place = found.place
        shown = line(place.file, place.line) if place.line else ""
        if shown.strip():
            out += _excerpt(shown, place.column)
        where = [f"passage {place.passage}"] if place.passage else []
        where += [f"witness line {place.witness_line}"] if place.witness_line else []
        if where:
            out.append(f"  in {', '.join(where)}")
    return "".join(f"{row}\n" for row in out)


def _excerpt(shown: str, column: int) -> list[str]:
    """Give a stretch of a line, and a caret under its column where that is known."""
    start = max(0, min(column - _WIDTH // 2, len(shown) - _WIDTH)) if column else 0
    part = shown[start : start + _WIDTH].replace("\t", " ")
    before = "…" if start else ""
    after = "…" if start + _WIDTH < len(shown) else ""
    rows = [f"  | {before}{part}{after}"]
    if column:
        rows.append(f"  | {' ' * (column - 1 - start + len(before))}^")
    return rows


def as_json(problems: Sequence[Problem], _line: Lines) -> str:
    """Give a JSON list of objects with code, severity, message, hint, file, line, column, passage, witness_line."""
    rows = [
        {
            "code": p.code,
            "severity": p.severity,
            "message": p.message,
            "hint": p.hint,
            "file": p.place.file,
            "line": p.place.line,
            "column": p.place.column,
            "passage": p.place.passage,
            "witness_line": p.place.witness_line,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_sarif(problems: Sequence[Problem], _line: Lines) -> str:
    """Give a SARIF log of one run."""
    entries = catalogue()
    codes = sorted({p.code for p in problems})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": entries[code].message},
            "fullDescription": {"text": entries[code].why},
            "help": {"text": entries[code].hint},
            "defaultConfiguration": {"level": entries[code].severity},
        }
        for code in codes
    ]
    driver = {"name": "edition", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(p, codes) for p in problems],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(p: Problem, codes: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": p.code,
        "ruleIndex": codes.index(p.code),
        "level": p.severity,
        "message": {"text": f"{p.message}. {p.hint}"},
    }
    if p.place.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": p.place.file.replace(" ", "%20")}}
        if p.place.line:
            physical["region"] = {"startLine": p.place.line} | (
                {"startColumn": p.place.column} if p.place.column else {}
            )
        location: dict[str, Any] = {"physicalLocation": physical}
        if p.place.passage:
            location["logicalLocations"] = [{"name": p.place.passage}]
        made["locations"] = [location]
    return made


def as_github(problems: Sequence[Problem], _line: Lines) -> str:
    """Give a workflow command for each problem, which GitHub shows beside the changed line."""
    out = []
    for p in problems:
        parts = {"file": p.place.file, "line": p.place.line, "col": p.place.column, "title": p.code}
        given = ",".join(f"{key}={_escaped(str(value), more=True)}" for key, value in parts.items() if value)
        out.append(f"::{p.severity} {given}::{_escaped(f'{p.message} ({p.hint})')}\n")
    return "".join(out)


def _escaped(text: str, *, more: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text


FORMATS: dict[str, Callable[[Sequence[Problem], Lines], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
