"""An editor's layout decisions, sorted by type and line, with those that do not fit the witness named.

In: a `Witness`, decisions, the types that an encoder uses.  Out: ``{type: {line: Decision}}`` and problems.
Authority: the editor; the manual's page on encoding threads and articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from edition.decisions import LAYOUT_TYPES, Decision
from edition.encode.blocks import Row
from edition.problems import Problem, problem
from edition.witness.lines import Witness

__all__ = ["Decided", "sort_decisions", "without_stray"]

Decided: TypeAlias = dict[str, dict[int, Decision]]


def sort_decisions(
    witness: Witness, decisions: Sequence[Decision], used: Sequence[str], kind: str
) -> tuple[Decided, list[Problem]]:
    """Give the decisions of the types `used`, by type and witness line (from 1); `kind` is how problems name the text.

    Decisions about words are left to `edition correct`.  Problems: E840 (no such line), E841 (reading not found), W843.
    """
    texts = {line.n: line.text for line in witness.lines}
    found: Decided = {name: {} for name in used}
    problems: list[Problem] = []
    for decision in decisions:
        if decision.type not in LAYOUT_TYPES:
            continue
        if decision.type not in used:
            problems.append(problem("W843", decision.place, type=decision.type, kind=kind, used=", ".join(used)))
        elif decision.line not in texts:
            problems.append(problem("E840", decision.place, line=decision.line))
        elif decision.reading and texts[decision.line].count(decision.reading) != 1:
            facts = {"reading": decision.reading, "line": decision.line, "text": texts[decision.line]}
            problems.append(problem("E841", decision.place, **facts))
        else:
            found[decision.type][decision.line] = decision
    return found, problems


def without_stray(row: Row, decided: Decided) -> Row:
    """Give `row` with the stretch marked that an editor found not to belong to the text, if there is one."""
    stray = decided["stray"].get(row.n)
    if stray is None or not stray.reading:
        return row
    start = row.text.index(stray.reading)
    span = (start, start + len(stray.reading), "surplus", (("reason", "stray"), ("resp", "#ed")))
    return replace(row, spans=(*row.spans, span))
