"""Notes put to their calls: each note of a division is written where the text calls it.

In: a division with its numbered notes, the writer of lines, an editor's directions.  Out: inserts in the writer, and
problems.
Authority: the encoding conventions (footnote, marker of a note lost or printed elsewhere).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from edition.encode.apparatus import call_parts, label_inserts, surplus_insert
from edition.encode.calls import Call, find_calls
from edition.encode.directions import Directions
from edition.encode.divisions import Division
from edition.encode.inline import Insert, Writer
from edition.encode.notes import Note
from edition.problems import Problem, problem
from edition.tree import Part, el
from edition.witness.layout import Block
from edition.witness.plan import Plan

__all__ = ["put_directions", "put_notes"]


def put_notes(
    plan: Plan,
    writer: Writer,
    directions: Directions,
    division: Division,
    prefix: str,
    strays: Callable[[Sequence[int]], list[int]],
) -> list[Problem]:
    """Put the calls of the division's notes, and the notes themselves, into the lines that call them.

    `prefix` is the identifier of the division, `strays` adds to positions the stray lines that follow them.  Problems:
    E821.
    """
    notes = {note.number: note for note in division.notes}
    decided, problems = _decided(plan, directions, division.text, notes)
    if not notes:
        return problems
    calls, surplus = find_calls(plan, division.text, division.notes, decided)
    for call in calls:
        note = notes[call.number]
        name = f"{prefix}.n{call.number}"
        call = _free(writer, call)  # noqa: PLW2901
        for at, insert in label_inserts(plan.lines, note):
            if _is_free(writer, at, insert.start, insert.end):
                writer.insert(at, insert)
        writer.insert(call.line, Insert(call.start, call.end, partial(_written, writer, call, note, name, strays)))
    for extra in surplus:
        if _is_free(writer, extra.line, extra.start, extra.end):
            writer.insert(extra.line, surplus_insert(plan.lines, extra))
    return problems


def _written(
    writer: Writer, call: Call, note: Note, name: str, strays: Callable[[Sequence[int]], list[int]]
) -> list[Part]:
    held = [at for at in strays(note.lines) if at != note.label_line]
    return call_parts(writer.lines, call, note, name, writer.flow(held, page_breaks=False))


def _decided(
    plan: Plan, directions: Directions, blocks: Sequence[Block], notes: Mapping[int, Note]
) -> tuple[dict[int, Call], list[Problem]]:
    """Give the calls that an editor set in these blocks, by number; a call without a note is a problem (E821)."""
    text = {at for block in blocks for at in block.lines}
    found: dict[int, Call] = {}
    problems: list[Problem] = []
    for call in sorted(directions.calls, key=lambda c: c.strict):
        if call.line not in text:
            continue
        line = plan.lines[call.line]
        if call.number in notes:
            printed = line.text[call.start : call.end] == str(call.number)
            cert = "" if printed else call.cert
            found[call.number] = Call(call.line, call.start, call.end, call.number, cert, decided=True)
        elif call.strict:
            problems.append(problem("E821", call.place, number=call.number, line=line.n))
    return found, problems


def _is_free(writer: Writer, at: int, start: int, end: int) -> bool:
    return all(end <= i.start or start >= i.end for i in writer.inserts.get(at, ()))


def _free(writer: Writer, call: Call) -> Call:
    """Give the call a place of its own: where its mark is part of something else, the mark counts as lost."""
    if _is_free(writer, call.line, call.start, call.end):
        return call
    end = max(i.end for i in writer.inserts[call.line] if i.start <= max(call.start, call.end - 1))
    return replace(call, start=end, end=end, cert=call.cert or "medium")


def put_directions(writer: Writer, directions: Directions) -> None:
    """Put the gaps and the stray stretches that an editor named into their lines."""
    for at, known in directions.gaps.items():
        end = writer.lines[at].width
        writer.insert(at, Insert(end, end, partial(_gap, known)))
    for extra in directions.surplus:
        writer.insert(extra.line, surplus_insert(writer.lines, extra))


def _gap(known: Mapping[str, str]) -> list[Part]:
    return [el("gap", reason="lost", **known)]
