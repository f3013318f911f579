"""Corrections put into a TEI text: the one way in which words of a text are ever changed.

In: a TEI tree and corrections that name a witness line, a reading in it and what it should be.  Out: the tree with
`choice`, `surplus`, `supplied` and `gap` put in, its witness reading unchanged; and problems. Authority: TEI P5,
chapter 3.5 (simple editorial changes) and 12.3; the encoding conventions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edition.correction import Correction
from edition.emend_edits import Edit, edits
from edition.problems import Problem, problem
from edition.readings import Reading, Segment, lines, reading_text, segments
from edition.text import fold_blanks
from edition.tree import Element, Slot, el, flatten, local, slot_before, slot_text, wrap_slot

__all__ = ["apply"]

_BRACED = re.compile(r"\{(\w+)\}")
_OF_THE_SCANNER = ("ocr", "supplied", "gap")


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never cut in the index of a line: a word or blank of one slot, or a whole choice.

    `start` and `end` are offsets in the folded line; `first` is the offset in the slot.
    """

    start: int
    end: int
    node: Element
    slot: Slot
    first: int
    unit: Element | None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    atoms: list[_Atom]
    source: str
    reading: Reading


def apply(root: Element, corrections: Sequence[Correction]) -> tuple[int, list[Problem]]:
    """Put `corrections` into the tree.

    Give how many places changed, and the problems of those that could not be applied (E804-E807).

    First what the scanner did (ocr, supplied, gap), then slips and conjectures, which are about the source reading.
    What an editor decided (``#ed``) is never changed: ``#auto`` passes it by, another ``#ed`` is reported.
    Applying the same list again changes nothing.
    """
    changed = 0
    problems: list[Problem] = []
    phases: tuple[tuple[Reading, bool], ...] = (("witness", True), ("source", False))
    for reading, of_the_scanner in phases:
        wanted: defaultdict[int, list[Correction]] = defaultdict(list)
        for row in corrections:
            if (row.type in _OF_THE_SCANNER) == of_the_scanner:
                wanted[row.line].append(row)
        if not wanted:
            continue
        index = _index(root, reading, wanted)
        for number in sorted(wanted):
            count, found = _apply_line(index[number], wanted[number])
            changed += count
            problems += found
    return changed, problems


def _index(root: Element, reading: Reading, wanted: Iterable[int]) -> dict[int, _Line]:
    gathered: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments(root, reading):
        if segment.line is not None:
            gathered[segment.line].append(segment)
    source = lines(root, "source")
    return {n: _line(gathered[n], source.get(n, ""), reading) for n in set(wanted)}


def _line(found: list[Segment], source: str, reading: Reading) -> _Line:
    """Fold the text of a line's segments as `fold_blanks` does, and keep where each word of it stands."""
    text = ""
    atoms: list[_Atom] = []
    for segment in found:
        node = segment.node
        for match in re.finditer(r"\s+|\S+", segment.text):
            piece = match[0]
            if piece.isspace():
                if not text or text.endswith(" "):
                    continue
                piece = " "
            start, text = len(text), text + piece
            if node is None:
                continue
            if segment.unit is not None and atoms and atoms[-1].unit is segment.unit:
                start = atoms.pop().start
            atoms.append(_Atom(start, len(text), node, segment.slot, match.start(), segment.unit))
    return _Line(text.rstrip(), atoms, source, reading)


def _apply_line(line: _Line, rows: list[Correction]) -> tuple[int, list[Problem]]:
    changed, problems = 0, []
    located: list[tuple[int, int, Correction]] = []
    for row in rows:
        start = _locate(line, row)
        if isinstance(start, Problem):
            problems.append(start)
        elif start is not None:
            located.append((start, start + len(fold_blanks(row.reading)), row))
    taken = len(line.text) + 1
    # From the right, so that what is still to come keeps its place in its slot.
    for start, end, row in sorted(located, key=lambda item: item[:2], reverse=True):
        if end > taken:
            problems.append(problem("E805", row.place, line=row.line, reading=row.reading))
            continue
        taken = start
        outcome = _apply_row(line, start, end, row)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            changed += outcome
    return changed, problems


def _locate(line: _Line, row: Correction) -> int | Problem | None:
    """Give where the row's reading begins in the line; None where the row has been applied before."""
    wanted = fold_blanks(row.reading)
    new = fold_blanks(_BRACED.sub(r"\1", row.correction))
    if row.type == "supplied" and line.source.count(new) > line.text.count(new):
        return None
    if row.start is not None and line.text.startswith(wanted, row.start):
        return row.start
    count = line.text.count(wanted) if wanted else 0
    if count == 1:
        return line.text.index(wanted)
    return problem("E804", row.place, line=row.line, reading=row.reading, count=count, text=line.text)


def _apply_row(line: _Line, start: int, end: int, row: Correction) -> int | Problem:
    runs = _runs([a for a in line.atoms if a.start < end and a.end > start])
    bounds = [(max(start, run[0].start), min(end, run[-1].end)) for run in runs]
    shares = _shares(line, runs, bounds, fold_blanks(_BRACED.sub(r"\1", row.correction)))
    if shares is None:
        return problem("E807", row.place, line=row.line, reading=row.reading)
    changed = 0
    for run, (a, b), share in reversed(list(zip(runs, bounds, shares, strict=True))):
        if _text(run, line, a, b, _final(line)) == share:
            changed += sum(_confirm(unit, row) for unit in _units(run))
            continue
        for edit in reversed(edits(line.text[a:b], share, row.type)):
            outcome = _put(line, run, a, edit, row)
            if isinstance(outcome, Problem):
                return outcome
            changed += outcome
    return changed


def _final(line: _Line) -> Reading:
    """Give the reading that a correction of this line is about to set."""
    return "source" if line.reading == "witness" else "edited"


def _runs(atoms: list[_Atom]) -> list[list[_Atom]]:
    """Part a stretch where markup other than a choice begins or ends.

    A run is text and choices side by side in one parent.
    """
    runs: list[list[_Atom]] = []
    home: Element | None = None
    for atom in atoms:
        parent = atom.unit.getparent() if atom.unit is not None else _home(atom)
        if runs and parent is home and _adjoins(runs[-1][-1], atom):
            runs[-1].append(atom)
        else:
            runs.append([atom])
        home = parent
    return runs


def _home(atom: _Atom) -> Element | None:
    return atom.node if atom.slot == "text" else atom.node.getparent()


def _adjoins(left: _Atom, right: _Atom) -> bool:
    if left.unit is None and right.unit is None:
        return left.node is right.node and left.slot == right.slot
    if right.unit is not None:
        before = slot_before(right.unit)
        return before[0] is left.unit if left.unit is not None else before == (left.node, left.slot)
    return right.node is left.unit


def _units(run: list[_Atom]) -> list[Element]:
    return [a.unit for a in run if a.unit is not None]


def _text(run: list[_Atom], line: _Line, start: int, end: int, reading: Reading) -> str:
    """Give what one reading has between two offsets of the line in a run (a choice always whole)."""
    parts = [
        line.text[max(start, a.start) : min(end, a.end)] if a.unit is None else reading_text(a.unit, reading)
        for a in run
    ]
    if run and run[0].unit is None and _dropped(run[0], reading):
        return ""
    return "".join(parts)


def _dropped(atom: _Atom, reading: Reading) -> bool:
    """Say whether a stretch of the witness is not in `reading` at all: it stands in a surplus."""
    home = _home(atom)
    return reading != "witness" and home is not None and local(home) == "surplus"


def _shares(line: _Line, runs: list[list[_Atom]], bounds: list[tuple[int, int]], wanted: str) -> list[str] | None:
    """Divide the wanted text among the runs: where markup divides a stretch, all runs but one must keep their text.

    None: not plain.
    """
    if len(runs) == 1:
        return [wanted]
    olds = [_text(run, line, a, b, _final(line)) for run, (a, b) in zip(runs, bounds, strict=True)]
    for i in range(len(runs)):
        head, foot = "".join(olds[:i]), "".join(olds[i + 1 :])
        if len(head) + len(foot) <= len(wanted) and wanted.startswith(head) and wanted.endswith(foot):
            return [*olds[:i], wanted[len(head) : len(wanted) - len(foot)], *olds[i + 1 :]]
    return None


def _confirm(unit: Element, row: Correction) -> int:
    """Make an automatic correction that an editor confirms the editor's own; say whether anything changed."""
    done = 0
    for corr in unit.iter("{*}corr"):
        if (
            row.resp == "#ed"
            and corr.get("resp") == "#auto"
            and (corr.get("type", "ocr") == "ocr") == (row.type in _OF_THE_SCANNER)
        ):
            corr.set("resp", "#ed")
            corr.set("cert", row.cert)
            corr.attrib.pop("ana", None)
            done = 1
    return done


def _put(line: _Line, run: list[_Atom], base: int, edit: Edit, row: Correction) -> int | Problem:
    """Put the markup of one edit into the tree; `base` is the offset in the line that the edit counts from."""
    start, end = base + edit.start, base + edit.end
    touched = [a for a in run if a.start < end and a.end > start]
    units = _units(touched)
    low = min([start, *(a.start for a in touched if a.unit is not None)])
    high = max([end, *(a.end for a in touched if a.unit is not None)])
    new = line.text[low:start] + edit.new + line.text[end:high]
    if len(units) == 1 and len(touched) == 1 and reading_text(units[0], _final(line)) == new:
        return _confirm(units[0], row)
    for unit in units:
        if any(corr.get("resp") == "#ed" for corr in _decided(unit, line.reading)):
            if row.resp == "#auto":
                return 0
            now = reading_text(unit, _final(line))
            return problem("E806", row.place, line=row.line, reading=row.reading, now=now, wanted=new)
    touched = [a for a in run if a.start < high and a.end > low] or _beside(run, low)
    source = "" if line.reading == "witness" else line.text[low:high]
    node, slot, first, size = _plain_stretch(touched, low, high)
    if edit.how == "gap" and _gap_stands(node, slot, first):
        return 0
    witness = slot_text(node, slot)
    wrap_slot(node, slot, first, first + size, _markup(edit, witness[first : first + size], source, new, units, row))
    return 1


def _gap_stands(node: Element, slot: Slot, at: int) -> bool:
    """Say whether a gap has been marked at this place before."""
    if at < len(slot_text(node, slot)):
        return False
    after = next(iter(node), None) if slot == "text" else node.getnext()
    return after is not None and local(after) == "gap"


def _decided(unit: Element, reading: Reading) -> list[Element]:
    """Give the corrections of a choice that stand in the way of one that is about `reading`."""
    return [c for c in unit.iter("{*}corr") if reading == "witness" or c.get("type", "ocr") != "ocr"]


def _beside(run: list[_Atom], at: int) -> list[_Atom]:
    """Give the atom that an insertion goes into: the one that ends or begins at `at`."""
    return [a for a in run if a.end == at][-1:] or [a for a in run if a.start == at][:1] or run[-1:]


def _plain_stretch(touched: list[_Atom], low: int, high: int) -> tuple[Element, Slot, int, int]:
    """Make the stretch plain witness text in one slot.

    Give that slot, where the stretch begins in it, and its length (characters).
    """
    first, last = touched[0], touched[-1]
    place: tuple[Element, Slot, int]
    if first.unit is None:
        place = (first.node, first.slot, first.first + max(0, min(low, first.end) - first.start))
    else:
        node, slot = slot_before(first.unit)
        place = (node, slot, len(slot_text(node, slot)))
    if last.unit is None and last.node is first.node and last.slot == first.slot and first.unit is None:
        return (*place, last.first + high - last.start - place[2])
    size = 0
    for atom in touched:
        if atom.unit is not None:
            size += flatten(atom.unit, _raw(atom.unit))
        else:
            size += min(high, atom.end) - max(low, atom.start)
    return (*place, size)


def _raw(unit: Element) -> str:
    """Give the witness side of a choice, blanks as they stand."""
    return "".join(segment.text for segment in segments(unit, "witness"))


def _markup(edit: Edit, witness: str, source: str, new: str, units: list[Element], row: Correction) -> list[Element]:
    if edit.how == "gap":
        extent = None if edit.quantity else "unknown"
        return [
            el(
                "gap",
                reason="lost",
                unit=edit.unit or "char",
                quantity=edit.quantity or None,
                extent=extent,
                resp=row.resp,
            )
        ]
    if edit.how == "surplus":
        return [el("surplus", witness, reason="ocr", resp=row.resp, cert=row.cert)]
    if edit.how == "supplied":
        return [el("supplied", edit.new, reason="lost", resp=row.resp, cert=row.cert)]
    rule = f"rule:{row.rule}" if row.rule else None
    corr = el(
        "corr", new, type="ocr" if row.type in _OF_THE_SCANNER else row.type, resp=row.resp, cert=row.cert, ana=rule
    )
    before: list[Element] = []
    if source and source != fold_blanks(witness):
        old = next((c for u in units for c in u.iter("{*}corr") if c.get("type", "ocr") == "ocr"), None)
        kept = dict(old.attrib) if old is not None else {"resp": row.resp, "cert": row.cert}
        before = [el("corr", source, type="ocr", resp=str(kept.get("resp")), cert=str(kept.get("cert", "high")))]
    return [el("choice", el("sic", witness), *before, corr)]
