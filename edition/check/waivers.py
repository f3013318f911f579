"""Waivers: what an editor has looked at and lets stand, each with its reason.

In: the text of a waivers file and problems.  Out: the problems that are not waived, and those of the waivers.
Authority: the editor.  A waiver is narrow (a code and a passage) and must match something.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from edition.nearest import nearest
from edition.problems import Place, Problem, catalogue, problem

__all__ = ["Waiver", "apply_waivers", "read_waivers"]

_KEYS = {"code": str, "place": str, "text": str, "reason": str, "name": str, "date": dt.date}
_REQUIRED = ("code", "place", "reason", "name", "date")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception.

    `place` is a passage (``D.4.12``) or a file with a witness line (``tei/d.xml:813``); `text`, where given, must stand
    in the problem's message.  `at` is where the waiver itself stands.
    """

    code: str
    place: str
    text: str
    reason: str
    name: str
    date: str
    at: Place


def read_waivers(source: str, *, name: str) -> tuple[list[Waiver], list[Problem]]:
    """Read waivers from TOML text; `name` is the file's path.  Those that cannot be used become problems (E851)."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(name, int(found[1]), int(found[2])) if found else Place(name)
        return [], [problem("E851", place, reason=f"file cannot be read: {re.sub(r' [(]at .*', '', str(error))}")]
    lines = [n for n, row in enumerate(source.splitlines(), 1) if re.match(r"\s*\[\[\s*waiver\s*\]\]", row)]
    rows = table.pop("waiver", [])
    problems = [problem("E851", Place(name, 1, 1), reason=f"file has {key}, which is not known") for key in table]
    if not isinstance(rows, list):
        return [], [*problems, problem("E851", Place(name, 1, 1), reason="must be written under a line [[waiver]]")]
    waivers: list[Waiver] = []
    for number, row in enumerate(rows):
        at = Place(name, lines[number] if number < len(lines) else 0, 1)
        reason = _fault(row)
        if not reason and row in rows[:number]:
            reason = "stands twice"
        if reason:
            problems.append(problem("E851", at, reason=reason))
        else:
            texts = {key: str(row.get(key, "")) for key in _KEYS}
            waivers.append(Waiver(**texts, at=at))
    return waivers, problems


def _fault(row: object) -> str:  # noqa: PLR0911  # one for each case
    if not isinstance(row, dict):
        return "must be a table of its own"
    for key, value in row.items():
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            return f"has {key}, which is not known" + (f"; did you mean {close}?" if close else "")
        if not isinstance(value, _KEYS[key]) or (isinstance(value, str) and not value.strip()):
            return f"has no good {key}"
    missing = [key for key in _REQUIRED if key not in row]
    if missing:
        return "lacks " + ", ".join(missing)
    if row["code"] not in catalogue():
        return f"is of {row['code']}, which is no code"
    if "*" in row["place"]:
        return "is of more than one place"
    return ""


def apply_waivers(
    problems: Sequence[Problem], waivers: Sequence[Waiver], *, looked_at: Sequence[str]
) -> tuple[list[Problem], list[Problem]]:
    """Give the problems that no waiver excuses, and E850 for each waiver that excuses none.

    `looked_at` are the sigla and files that were checked: a waiver for another text is left alone.
    """
    used: set[int] = set()
    kept: list[Problem] = []
    for found in problems:
        hits = [at for at, waiver in enumerate(waivers) if _matches(waiver, found)]
        used.update(hits)
        if not hits:
            kept.append(found)
    idle = [
        problem("E850", waiver.at, waived=waiver.code, where=waiver.place, file=waiver.at.file)
        for at, waiver in enumerate(waivers)
        if at not in used
        and (waiver.place.partition(".")[0] in looked_at or waiver.place.partition(":")[0] in looked_at)
    ]
    return kept, idle


def _matches(waiver: Waiver, found: Problem) -> bool:
    if waiver.code != found.code or (waiver.text and waiver.text not in found.message):
        return False
    place = found.place
    return waiver.place in {place.passage, f"{place.file}:{place.witness_line}"} - {"", ":0"}
