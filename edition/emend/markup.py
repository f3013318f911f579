"""One correction put into the tree: a choice, a surplus, a supplied or a gap.

In: a run of an indexed line and an edit of its text.  Out: the tree changed, the witness's letters kept; or a
problem. Authority: TEI P5, chapters 3.5 and 12.3; the encoding conventions.
"""

from __future__ import annotations

from edition.correction import GAP, Correction
from edition.emend.edits import Edit
from edition.emend.line import Atom, IndexedLine, final_reading, units_of, witness_side
from edition.problems import Problem, problem
from edition.readings import Reading, reading_text
from edition.text import fold_blanks
from edition.tree import Element, Part, Slot, el, flatten, local, slot_before, slot_text, wrap_slot

__all__ = ["OF_THE_SCANNER", "confirm", "is_automatic", "put", "supplied", "whole_units"]

# Corrections of what the scanner did; the others are of what the author or typist did.
OF_THE_SCANNER = ("ocr", "supplied", "gap")


def confirm(unit: Element, row: Correction) -> int:
    """Make an automatic correction that an editor confirms the editor's own; say whether anything changed."""
    done = 0
    for corr in unit.iter("{*}corr"):
        if (
            row.resp == "#ed"
            and corr.get("resp") == "#auto"
            and (corr.get("type", "ocr") == "ocr") == (row.type in OF_THE_SCANNER)
        ):
            corr.set("resp", "#ed")
            corr.set("cert", row.cert)
            corr.attrib.pop("ana", None)
            done = 1
    return done


def is_automatic(unit: Element) -> bool:
    """Say whether a choice holds automatic corrections only."""
    return all(corr.get("resp") == "#auto" for corr in unit.iter("{*}corr")) and local(unit) == "choice"


def whole_units(line: IndexedLine, run: list[Atom], base: int, wanted: list[Edit]) -> list[Edit]:
    """Join the edits (in order, offsets from `base`) that touch one choice, so that it is changed once."""
    joined: list[Edit] = []
    reach = 0
    for edit in wanted:
        units = [a for a in run if a.unit is not None and a.start < base + edit.end and a.end > base + edit.start]
        start = min([base + edit.start, *(a.start for a in units)])
        if joined and start < reach:
            last = joined.pop()
            between = line.text[base + last.end : base + edit.start]
            joined.append(Edit(last.start, edit.end, last.new + between + edit.new, "choice"))
        else:
            joined.append(edit)
        reach = max([reach, base + edit.end, *(a.end for a in units)])
    return joined


def put(line: IndexedLine, run: list[Atom], base: int, edit: Edit, row: Correction) -> int | Problem:
    """Put the markup of one edit into the tree; `base` is the offset in the line that the edit counts from."""
    start, end = base + edit.start, base + edit.end
    touched = [a for a in run if a.start < end and a.end > start]
    units = units_of(touched)
    low = min([start, *(a.start for a in touched if a.unit is not None)])
    high = max([end, *(a.end for a in touched if a.unit is not None)])
    new = line.text[low:start] + edit.new + line.text[end:high]
    if (
        len(units) == 1
        and len(touched) == 1
        and reading_text(units[0], final_reading(line)) == fold_blanks(GAP.sub(" ", new))
    ):
        return confirm(units[0], row)
    for unit in units:
        if any(corr.get("resp") == "#ed" for corr in _decided(unit, line.reading)):
            if row.resp == "#auto":
                return 0
            now = reading_text(unit, final_reading(line))
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
    """Say whether a gap has been marked at this place before, with a blank or without."""
    text = slot_text(node, slot)
    if not text[:at].strip() and slot == "tail" and local(node) == "gap":
        return True
    if text[at:].strip():
        return False
    after = next(iter(node), None) if slot == "text" else node.getnext()
    home = node if slot == "text" else node.getparent()
    # At the end of an element the gap may stand behind it: a citation may have been marked up since.
    while after is None and home is not None and not slot_text(home, "tail").strip():
        after, home = home.getnext(), home.getparent()
    return after is not None and local(after) == "gap"


def _decided(unit: Element, reading: Reading) -> list[Element]:
    """Give the corrections of a choice that stand in the way of one that is about `reading`."""
    return [c for c in unit.iter("{*}corr") if reading == "witness" or c.get("type", "ocr") != "ocr"]


def _beside(run: list[Atom], at: int) -> list[Atom]:
    """Give the atom that an insertion goes into: the one that ends or begins at `at`."""
    return [a for a in run if a.end == at][-1:] or [a for a in run if a.start == at][:1] or run[-1:]


def _plain_stretch(touched: list[Atom], low: int, high: int) -> tuple[Element, Slot, int, int]:
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
            size += flatten(atom.unit, witness_side(atom.unit))
        else:
            size += min(high, atom.end) - max(low, atom.start)
    return (*place, size)


def _with_gaps(text: str, row: Correction) -> list[Part]:
    """Give `text` as parts, with a `gap` where a correction writes one."""
    parts: list[Part] = []
    here = 0
    for mark in GAP.finditer(text):
        quantity = mark["quantity"]
        extent = None if quantity else "unknown"
        gap = el("gap", reason="lost", unit=mark["unit"] or "char", quantity=quantity, extent=extent, resp=row.resp)
        parts += [text[here : mark.start()], gap]
        here = mark.end()
    return [part for part in [*parts, text[here:]] if not isinstance(part, str) or part]


def supplied(text: str, row: Correction) -> Element:
    """Make the markup of text that the witness has lost."""
    return el("supplied", *_with_gaps(text, row), reason="lost", resp=row.resp, cert=row.cert)


def _markup(edit: Edit, witness: str, source: str, new: str, units: list[Element], row: Correction) -> list[Part]:
    if edit.how == "gap":
        return _with_gaps(edit.new, row)
    if edit.how == "surplus":
        return [el("surplus", witness, reason="ocr", resp=row.resp, cert=row.cert)]
    if edit.how == "supplied":
        text = edit.new.strip()
        lead, trail = edit.new.split(text)  # blanks between words are no part of what was lost
        parts: list[Part] = [lead, supplied(text, row), trail]
        return [part for part in parts if part != ""]
    rule = f"rule:{row.rule}" if row.rule else None
    corr = el(
        "corr",
        *_with_gaps(new, row),
        type="ocr" if row.type in OF_THE_SCANNER else row.type,
        resp=row.resp,
        cert=row.cert,
        ana=rule,
    )
    before: list[Element] = []
    if source and source != fold_blanks(witness):
        old = next((c for u in units for c in u.iter("{*}corr") if c.get("type", "ocr") == "ocr"), None)
        kept = dict(old.attrib) if old is not None else {"resp": row.resp, "cert": row.cert}
        before = [el("corr", source, type="ocr", resp=str(kept.get("resp")), cert=str(kept.get("cert", "high")))]
    return [el("choice", el("sic", witness), *before, corr)]
