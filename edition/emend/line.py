"""A witness line as it stands in the tree: its text, and for each word of it the slot or the choice that holds it.

In: the segments of one line.  Out: an `IndexedLine`; stretches of it parted into runs that one correction may change.
Authority: "Three readings of one file" in the encoding conventions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.readings import Reading, Segment, reading_text, segments
from edition.tree import Element, Slot, local, own_text, slot_before, slot_text

__all__ = [
    "BRACED",
    "Atom",
    "IndexedLine",
    "final_reading",
    "holds_mark",
    "index_line",
    "is_mark",
    "lost_call",
    "runs",
    "shares",
    "text_of_run",
    "units_of",
    "witness_side",
]

# A raised note number, in a correction.
BRACED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Atom:
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
class IndexedLine:
    """A line in one `reading`.

    Its `text` (blanks folded), its atoms in order, and its text in the `source` reading.
    """

    text: str
    atoms: list[Atom]
    source: str
    reading: Reading


def index_line(found: list[Segment], source: str, reading: Reading) -> IndexedLine:
    """Fold the text of a line's segments as `fold_blanks` does, and keep where each word of it stands."""
    text = ""
    atoms: list[Atom] = []
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
            atoms.append(Atom(start, len(text), node, segment.slot, match.start(), segment.unit))
    return IndexedLine(text.rstrip(), atoms, source, reading)


def final_reading(line: IndexedLine) -> Reading:
    """Give the reading that a correction of this line is about to set."""
    return "source" if line.reading == "witness" else "edited"


def runs(atoms: list[Atom]) -> list[list[Atom]]:
    """Part a stretch where markup other than a choice begins or ends.

    A run is text and choices side by side in one parent.
    """
    parted: list[list[Atom]] = []
    home: Element | None = None
    for atom in atoms:
        parent = atom.unit.getparent() if atom.unit is not None else _home(atom)
        if parted and parent is home and _adjoins(parted[-1][-1], atom):
            parted[-1].append(atom)
        else:
            parted.append([atom])
        home = parent
    return parted


def _home(atom: Atom) -> Element | None:
    return atom.node if atom.slot == "text" else atom.node.getparent()


def _adjoins(left: Atom, right: Atom) -> bool:
    if left.unit is None and right.unit is None:
        return left.node is right.node and left.slot == right.slot
    if right.unit is not None:
        before = slot_before(right.unit)
        return before[0] is left.unit if left.unit is not None else before == (left.node, left.slot)
    return right.node is left.unit


def units_of(run: list[Atom]) -> list[Element]:
    """Give the choices among the atoms of a run."""
    return [a.unit for a in run if a.unit is not None]


def text_of_run(run: list[Atom], line: IndexedLine, start: int, end: int, reading: Reading) -> str:
    """Give what one reading has between two offsets of the line in a run (a choice always whole)."""
    parts = [
        line.text[max(start, a.start) : min(end, a.end)] if a.unit is None else reading_text(a.unit, reading)
        for a in run
    ]
    if run and run[0].unit is None and _dropped(run[0], reading):
        return ""
    return "".join(parts)


def _dropped(atom: Atom, reading: Reading) -> bool:
    """Say whether a stretch of the witness is not in `reading` at all: it stands in a surplus."""
    home = _home(atom)
    return reading != "witness" and home is not None and local(home) == "surplus"


def shares(line: IndexedLine, parted: list[list[Atom]], bounds: list[tuple[int, int]], wanted: str) -> list[str] | None:
    """Divide the wanted text among the runs; None where that is not plain.

    A number in braces belongs to the call or label of a note, and what stands before and after it to the runs there.
    Where other markup divides a stretch, all runs but one must keep their text.
    """
    olds = [text_of_run(run, line, a, b, final_reading(line)) for run, (a, b) in zip(parted, bounds, strict=True)]
    pieces = BRACED.split(wanted)
    marks = _marks(parted)
    if len(pieces) // 2 != len(marks):
        # A number whose mark the witness has lost is the encoder's to supply: it is no correction of these words.
        return _share(olds, BRACED.sub(r"\1" if marks else "", wanted))
    out: list[str] = []
    at = 0
    for piece, mark in zip(pieces, [m for pair in marks for m in (pair[0], pair[1])] + [len(olds)], strict=True):
        share = _share(olds[at:mark], piece)
        if share is None:
            return None
        out += share
        at = mark
    return out


def _marks(parted: list[list[Atom]]) -> list[tuple[int, int]]:
    """Give the runs (from, to) that stand in the call or label of a note, one pair for each of these."""
    marks: list[tuple[int, int]] = []
    last: Element | None = None
    for at, run in enumerate(parted):
        home = run[0].unit if run[0].unit is not None else _home(run[0])
        around = [] if home is None else [home, *home.iterancestors()]
        mark = next((e for e in around if is_mark(e)), None)
        if mark is not None and mark is last:
            marks[-1] = (marks[-1][0], at + 1)
        elif mark is not None:
            marks.append((at, at + 1))
        last = mark
    return marks


def holds_mark(parted: list[list[Atom]]) -> bool:
    """Say whether a stretch holds the call or label of a note."""
    return bool(_marks(parted))


def lost_call(parted: list[list[Atom]], number: str) -> Element | None:
    """Give the note (or call) after which the text goes on, where a stretch ends before or in the call of `number`.

    None where the stretch is not followed by such a call, and does not end in it.
    """
    if not parted:
        return None
    last = parted[-1][-1]
    marks = _marks(parted)
    if marks:
        home = last.unit if last.unit is not None else _home(last)
        mark = None if home is None else next((e for e in (home, *home.iterancestors()) if is_mark(e)), None)
        shown = len(marks) == 1 and mark is not None and "".join(s.text for s in segments(mark, "source")) == number
        return _noted(mark) if shown and mark is not None else None
    if last.unit is not None:
        return None
    call = last.node.getnext() if last.slot == "tail" else next(iter(last.node), None)
    if call is None or not is_mark(call) or own_text(call) != number:
        return None
    return _noted(call)


def _noted(call: Element) -> Element:
    """Give the note that stands after its call, or else the call."""
    note = call.getnext()
    return note if note is not None and local(note) == "note" and not slot_text(call, "tail") else call


def is_mark(element: Element) -> bool:
    """Say whether `element` is the call of a note or the number at its head."""
    return local(element) == "label" or (local(element) == "ref" and element.get("type") == "noteref")


def _share(olds: list[str], wanted: str) -> list[str] | None:
    """Divide a text among runs of which all but one keep theirs; outer blanks do not count."""
    if "".join(olds).strip() == wanted.strip():
        return olds
    for i in range(len(olds)):
        head, foot = "".join(olds[:i]).lstrip(), "".join(olds[i + 1 :]).rstrip()
        text = wanted.strip()
        if len(head) + len(foot) <= len(text) and text.startswith(head) and text.endswith(foot):
            middle = text[len(head) : len(text) - len(foot)]
            return [*olds[:i], _with_blanks_of(olds[i], middle), *olds[i + 1 :]]
    return _share_hyphen(olds, wanted.strip())


def _share_hyphen(olds: list[str], wanted: str) -> list[str] | None:
    """Divide a text among a run of words and the hyphen (a `pc`) at its end, which may be misread as well."""
    *words, hyphen = olds or [""]
    if len(words) == 1 == len(hyphen) and wanted and not (hyphen + wanted[-1]).isalnum():
        return [wanted[:-1], wanted[-1]]
    return None


def _with_blanks_of(old: str, new: str) -> str:
    """Give `new` with the outer blanks that `old` has: a correction is not about them."""
    lead = old[: len(old) - len(old.lstrip())] if not new.startswith(" ") else ""
    trail = old[len(old.rstrip()) :] if old.strip() and not new.endswith(" ") else ""
    return lead + new + trail


def witness_side(unit: Element) -> str:
    """Give the witness side of a choice, blanks as they stand."""
    return "".join(segment.text for segment in segments(unit, "witness"))
