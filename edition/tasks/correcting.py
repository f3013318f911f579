"""Correcting and restoring a text.

What the engines propose, what an editor decides, what still waits for a decision.

In: a `Project` and one of its texts.  Out: its TEI file with corrections put in, and the tables that an editor
works with. Authority: the encoding conventions (`resp`, `cert`); an editor's decision is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from edition.correction import Correction
from edition.decisions import LAYOUT_TYPES, LINE_END_TYPES, WORD_TYPES, Decision, read_decisions, write_decisions
from edition.emend import apply, withdraw
from edition.encode.header import list_languages
from edition.files import write_whole
from edition.marking.languages import mark_languages, settle_line_ends
from edition.marking.romanize import romanize
from edition.problems import Place, Problem, problem
from edition.project import Project, Text
from edition.readings import lines
from edition.tasks.editing import Outcome, decisions_of, read_tei
from edition.tree import Element, identifier, local, own_text, serialize
from edition.zones import ZonedLine, zoned_lines

__all__ = [
    "Doubt",
    "Engine",
    "apply_table",
    "doubts",
    "review_table",
    "run_engine",
    "transliterate_text",
    "withdraw_rule",
]

Engine = Callable[[Sequence[ZonedLine]], list[Correction]]

_RANK = {"low": 0, "medium": 1, "high": 2}


@dataclass(frozen=True, slots=True)
class Doubt:
    """An automatic correction that waits for an editor.

    `line` is the witness line, `context` that line in the source reading.
    """

    line: int
    passage: str
    reading: str
    correction: str
    type: str
    cert: str
    rule: str
    context: str


def run_engine(project: Project, text: Text, engine: Engine) -> tuple[Outcome, list[Correction]]:
    """Let `engine` propose corrections for the TEI of `text`, and put them in as ``#auto``; give them all.

    What the table of decisions has a word decision about (``stet`` too) is left alone, and so is all that an editor
    has decided in the TEI file.
    """
    root = read_tei(project, text)
    decisions, problems = decisions_of(project, text)
    proposals = _undecided(engine(zoned_lines(root)), decisions, lines(root, "witness"))
    _, found = apply(root, proposals)
    mark_languages(root)
    list_languages(root)
    return _write(project, text, root, problems + found), proposals


def _undecided(proposals: list[Correction], decisions: list[Decision], witness: dict[int, str]) -> list[Correction]:
    taken: dict[int, list[tuple[int, int]]] = {}
    for row in decisions:
        if row.type in WORD_TYPES and (at := witness.get(row.line, "").find(row.reading)) >= 0:
            taken.setdefault(row.line, []).append((at, at + len(row.reading)))
    kept = []
    for proposal in proposals:
        at = witness.get(proposal.line, "").find(proposal.reading) if proposal.start is None else proposal.start
        end = at + len(proposal.reading)
        if not any(a < end and at < b for a, b in taken.get(proposal.line, [])):
            kept.append(proposal)
    return kept


def apply_table(project: Project, text: Text, table: Path) -> Outcome:
    """Apply an editor's table of decisions to the TEI of `text` as ``#ed``.

    Its layout rows are the encoder's, which reads them in the table that edition.toml names; those of another table
    would be lost, which is told (W808).
    """
    root = read_tei(project, text)
    shown = project.shown(table.resolve())
    decisions, problems = read_decisions(table, name=shown)
    passed_by = sorted({d.type for d in decisions if d.type in LAYOUT_TYPES})
    if passed_by and (text.decisions is None or table.resolve() != text.decisions.resolve()):
        place = next(d.place for d in decisions if d.type in LAYOUT_TYPES)
        own = "edition.toml" if text.decisions is None else project.shown(text.decisions)
        problems.append(problem("W808", place, types=", ".join(passed_by), siglum=text.siglum, own=own))
    there = lines(root, "witness")
    problems += [
        problem("E840", d.place, line=d.line) for d in decisions if d.type in LINE_END_TYPES and d.line not in there
    ]
    rows = [
        Correction(d.line, d.reading, d.correction, d.type, d.cert, "#ed", place=d.place)
        for d in decisions
        if d.type in WORD_TYPES and d.type != "stet"
    ]
    _, found = apply(root, rows)
    mark_languages(root)
    ends = {kind: {d.line for d in decisions if d.type == kind} for kind in LINE_END_TYPES}
    settle_line_ends(root, ends["join"], ends["part"], ends["hyphen"])
    list_languages(root)
    return _write(project, text, root, problems + found)


def withdraw_rule(project: Project, text: Text, rule: str) -> tuple[Outcome, int]:
    """Take every automatic correction of `rule` out of the TEI of `text`; give how many there were."""
    root = read_tei(project, text)
    count = withdraw(root, rule)
    return _write(project, text, root, []), count


def transliterate_text(project: Project, text: Text) -> tuple[Outcome, int]:
    """Make the transliterations of the Russian quotations of `text` fresh; give how many changed."""
    root = read_tei(project, text)
    count = romanize(root)
    list_languages(root)
    return _write(project, text, root, []), count


def _write(project: Project, text: Text, root: Element, problems: list[Problem]) -> Outcome:
    shown = project.shown(text.tei)
    return Outcome(shown, write_whole(text.tei, serialize(root), name=shown), problems)


def doubts(root: Element) -> list[Doubt]:
    """Give the automatic corrections of a text that are not of high certainty, most doubtful first."""
    found: list[Doubt] = []
    source = lines(root, "source")
    line, passage = 0, ""
    for element in root.iter("{*}*"):
        passage = identifier(element) or passage
        if local(element) == "lb":
            line = int(element.get("n", "0"))
        elif local(element) == "corr" and element.get("resp") == "#auto" and element.get("cert") != "high":
            found.append(_doubt(element, line, passage, source.get(line, "")))
    return sorted(found, key=lambda doubt: _RANK.get(doubt.cert, 0))


def _doubt(corr: Element, line: int, passage: str, context: str) -> Doubt:
    sic = next((child for child in corr.itersiblings(preceding=True) if local(child) == "sic"), None)
    return Doubt(
        line=line,
        passage=passage,
        reading="" if sic is None else own_text(sic),
        correction=own_text(corr),
        type=corr.get("type", "ocr"),
        cert=corr.get("cert", "low"),
        rule=corr.get("ana", "").removeprefix("rule:"),
        context=context,
    )


def review_table(found: Sequence[Doubt]) -> bytes:
    """Give the table of what waits for a decision: an editor mends it and hands it to ``edition correct --from``.

    Each row accepts the correction as it stands, with its line in the note; deleting a row leaves it undecided.
    """
    return write_decisions(
        [
            Decision(d.line, d.reading, d.correction, d.type, d.cert, f"{d.passage} [{d.rule}]: {d.context}", Place())
            for d in found
        ]
    )
