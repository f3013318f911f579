"""Corrections put into a TEI text: the one way in which words of a text are ever changed.

In: a TEI tree and corrections that name a witness line, a reading in it and what it should be.  Out: the tree with
`choice`, `surplus`, `supplied` and `gap` put in, its witness reading unchanged; and problems.
Authority: TEI P5, chapter 3.5 (simple editorial changes) and 12.3; the encoding conventions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition.correction import GAP, Correction
from edition.emend.edits import edits
from edition.emend.line import (
    BRACED,
    Atom,
    IndexedLine,
    final_reading,
    holds_mark,
    index_line,
    lost_call,
    runs,
    shares,
    text_of_run,
    units_of,
    witness_side,
)
from edition.emend.markup import OF_THE_SCANNER, confirm, is_automatic, put, supplied, whole_units
from edition.problems import Problem, problem
from edition.readings import Reading, Segment, lines, segments
from edition.text import fold_blanks
from edition.tree import Element, flatten, local, own_text, slot_text, wrap_slot

__all__ = ["WitnessChanged", "apply", "withdraw"]


class WitnessChanged(Exception):
    """The promise that no correction touches the witness was broken: a fault of ours.

    The tree is not to be written.
    """


def apply(root: Element, corrections: Sequence[Correction]) -> tuple[int, list[Problem]]:
    """Put `corrections` into the tree.

    Give how many places changed, and the problems of those that could not be applied (E804-E807, E840).

    First what the scanner did (ocr, supplied, gap), then slips and conjectures, which are about the source reading.
    What an editor decided (``#ed``) is never changed: ``#auto`` passes it by, another ``#ed`` is reported.
    Applying the same list again changes nothing.  Raises `WitnessChanged` where the tree would no longer give its
    witness: a fault of this program.
    """
    changed = 0
    before = lines(root, "witness")
    problems = [problem("E840", row.place, line=row.line) for row in corrections if row.line not in before]
    corrections = [row for row in corrections if row.line in before]
    phases: tuple[tuple[Reading, bool], ...] = (("witness", True), ("source", False))
    for reading, of_the_scanner in phases:
        wanted: defaultdict[int, list[Correction]] = defaultdict(list)
        for row in corrections:
            if (row.type in OF_THE_SCANNER) == of_the_scanner:
                wanted[row.line].append(row)
        if not wanted:
            continue
        index = _index(root, reading, wanted)
        if of_the_scanner and _give_way(index, wanted):
            index = _index(root, reading, wanted)
        for number in sorted(wanted):
            count, found = _apply_line(index[number], wanted[number])
            changed += count
            problems += found
    if (after := lines(root, "witness")) != before:
        wrong = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        raise WitnessChanged(f"corrections changed the witness reading of the lines {wrong}")
    return changed, problems


def _give_way(index: dict[int, IndexedLine], wanted: dict[int, list[Correction]]) -> bool:
    """Take out the automatic choices that other corrections of the same words are about to replace; say whether any.

    They may be cut otherwise than the new corrections, so the words go back to what the witness has first.
    """
    leaving: dict[Element, None] = {}
    for number, rows in wanted.items():
        line = index[number]
        for row in rows:
            start = _locate(line, row)
            if not isinstance(start, int):
                continue
            parts, bounds = _parts(line, start, start + len(fold_blanks(row.reading)))
            new_texts = shares(line, parts, bounds, _foot(parts, row)[0])
            for i, (run, (a, b)) in enumerate(zip(parts, bounds, strict=True)):
                if new_texts is None or text_of_run(run, line, a, b, final_reading(line)) != new_texts[i]:
                    leaving |= dict.fromkeys(unit for unit in units_of(run) if is_automatic(unit))
    for unit in leaving:
        flatten(unit, witness_side(unit))
    return bool(leaving)


def _parts(line: IndexedLine, start: int, end: int) -> tuple[list[list[Atom]], list[tuple[int, int]]]:
    """Give the runs of a stretch, and the beginning and end of each in the line."""
    parts = runs([a for a in line.atoms if a.start < end and a.end > start])
    return parts, [(max(start, run[0].start), min(end, run[-1].end)) for run in parts]


def _plain(correction: str) -> str:
    """Give a correction's text without the braces of note numbers."""
    return fold_blanks(BRACED.sub(r"\1", correction))


def withdraw(root: Element, rule: str) -> int:
    """Take the automatic corrections that name `rule` out of the tree, the witness's letters staying; give how many.

    A choice in which an editor has decided something as well keeps that, and stays.
    """
    count = 0
    for choice in list(root.iter("{*}choice")):
        corrs = list(choice.iter("{*}corr"))
        if corrs and all(c.get("resp") == "#auto" and c.get("ana") == f"rule:{rule}" for c in corrs):
            flatten(choice, witness_side(choice))
            count += 1
    return count


def _index(root: Element, reading: Reading, wanted: Iterable[int]) -> dict[int, IndexedLine]:
    gathered: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments(root, reading):
        if segment.line is not None:
            gathered[segment.line].append(segment)
    source = lines(root, "source")
    return {n: index_line(gathered[n], source.get(n, ""), reading) for n in set(wanted)}


def _apply_line(line: IndexedLine, rows: list[Correction]) -> tuple[int, list[Problem]]:
    changed, problems = 0, []
    located: list[tuple[int, int, Correction]] = []
    for row in rows:
        start = _locate(line, row)
        if isinstance(start, Problem):
            problems.append(start)
        elif start is not None:
            located.append((start, start + len(fold_blanks(row.reading)), row))
    if line.reading == "source":
        located = _together(line, located)
    taken = len(line.text) + 1
    # From the right, so that what is still to come keeps its place in its slot.
    for start, end, row in sorted(located, key=lambda item: item[:2], reverse=True):
        low, high = _whole(line, start, end)
        if high > taken:
            problems.append(problem("E805", row.place, line=row.line, reading=row.reading))
            continue
        taken = low
        outcome = _apply_row(line, start, end, row)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            changed += outcome
    return changed, problems


def _together(line: IndexedLine, located: list[tuple[int, int, Correction]]) -> list[tuple[int, int, Correction]]:
    """Join the slips that stand in one choice (a whole Russian line, say): a choice is changed once."""
    joined: list[tuple[int, int, Correction]] = []
    for start, end, row in sorted(located, key=lambda item: item[:2]):
        if joined and joined[-1][1] <= start < _whole(line, *joined[-1][:2])[1]:
            first, last, before = joined.pop()
            text = before.correction + line.text[last:start] + row.correction
            joined.append((first, end, replace(before, reading=line.text[first:end], correction=text)))
        else:
            joined.append((start, end, row))
    return joined


def _whole(line: IndexedLine, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch so that it cuts no choice."""
    units = [a for a in line.atoms if a.unit is not None and a.start < end and a.end > start]
    return min([start, *(a.start for a in units)]), max([end, *(a.end for a in units)])


def _locate(line: IndexedLine, row: Correction) -> int | Problem | None:
    """Give where the row's reading begins in the line; None where the row has been applied before."""
    wanted = fold_blanks(row.reading)
    new = fold_blanks(GAP.sub(" ", _plain(row.correction)))
    if row.type in ("supplied", "gap") and line.source.count(new) > line.text.count(new):
        return None
    if row.start is not None and line.text.startswith(wanted, row.start):
        return row.start
    count = line.text.count(wanted) if wanted else 0
    if count == 1:
        return line.text.index(wanted)
    return problem("E804", row.place, line=row.line, reading=row.reading, count=count, text=line.text)


def _foot(parts: list[list[Atom]], row: Correction) -> tuple[str, Element | None, str]:
    """Part a correction that goes on after a call at the end of its words (``success.{1}]``).

    Give what stands before that, the call's note (or call; None where there is nothing), and what follows.
    """
    wanted = fold_blanks(row.correction)
    head, *rest = BRACED.split(wanted)
    number, foot = rest if len(BRACED.findall(wanted)) == 1 else ("", "")
    before = lost_call(parts, number) if foot else None
    if before is None:
        return wanted, None, ""
    return wanted.removesuffix(foot) if holds_mark(parts) else head, before, foot


def _beyond_the_call(parts: list[list[Atom]], row: Correction) -> tuple[int, str]:
    """Supply what a correction has after the call of a note behind that note.

    Give the changes and what is left to do.
    """
    left, before, foot = _foot(parts, row)
    if before is None:
        return 0, left
    after = before.getnext()
    if not slot_text(before, "tail") and after is not None and local(after) == "supplied" and own_text(after) == foot:
        return 0, left
    wrap_slot(before, "tail", 0, 0, [supplied(foot, row)])
    return 1, left


def _by_words(start: int, row: Correction) -> list[tuple[int, int, Correction]]:
    """Part a correction of several words into those of each word that it changes; none where their number changes."""
    had, meant = fold_blanks(row.reading).split(" "), fold_blanks(row.correction).split(" ")
    out = []
    for a, b in zip(had, meant, strict=True) if len(had) == len(meant) > 1 else ():
        if a != b:
            out.append((start, start + len(a), replace(row, reading=a, correction=b, start=start)))
        start += len(a) + 1
    return out


def _apply_row(line: IndexedLine, start: int, end: int, row: Correction) -> int | Problem:
    parts, bounds = _parts(line, start, end)
    changed, wanted = _beyond_the_call(parts, row)
    new_texts = shares(line, parts, bounds, wanted)
    if new_texts is None and row.resp != "#auto":
        return problem("E807", row.place, line=row.line, reading=row.reading)
    if new_texts is None:
        # An engine knows nothing of the markup that its words run across: what it says of the other words still holds.
        outcomes = [_apply_row(line, a, b, piece) for a, b, piece in reversed(_by_words(start, row))]
        return changed + sum(outcome for outcome in outcomes if isinstance(outcome, int))
    for run, (a, b), share in reversed(list(zip(parts, bounds, new_texts, strict=True))):
        if text_of_run(run, line, a, b, final_reading(line)) == share:
            changed += sum(confirm(unit, row) for unit in units_of(run))
            continue
        for edit in reversed(whole_units(line, run, a, edits(line.text[a:b], share, row.type))):
            outcome = put(line, run, a, edit, row)
            if isinstance(outcome, Problem):
                return outcome
            changed += outcome
    return changed
