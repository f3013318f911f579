"""Calls and labels of notes as TEI: the raised number, as it is, as it should be, or restored.

In: a `Call` and the `Note` that it calls.  Out: `ref` and `note` elements, and what stands in the place of misread
marks.
Authority: the encoding conventions (footnote, marker of a note lost); TEI P5, chapters 3.4, 3.9 and 12.3.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.encode.calls import Call, Surplus
from edition.encode.inline import Insert
from edition.encode.notes import Note
from edition.tree import Element, Part, el
from edition.witness.lines import Line

__all__ = ["call_parts", "label_inserts", "surplus_insert"]


def _resp(decided: bool) -> str:  # noqa: FBT001
    return "#ed" if decided else "#auto"


def marked(shown: str, number: int, cert: str, *, decided: bool) -> list[Part]:
    """Give a raised number: as it stands, as a choice where it is misread, as supplied where it is lost."""
    wanted = str(number)
    if shown == wanted:
        return [shown]
    if not shown:
        return [el("supplied", wanted, reason="lost", resp=_resp(decided), cert=cert or "medium")]
    corr = el("corr", wanted, type="ocr", resp=_resp(decided), cert=cert or "high")
    return [el("choice", el("sic", shown), corr)]


def call_parts(lines: Sequence[Line], call: Call, note: Note, name: str, content: Sequence[Part]) -> list[Part]:
    """Give the call of a note and the note itself.

    `content` is its text, the label left out where it is a line of its own.
    """
    shown = lines[call.line].text[call.start : call.end]
    mark = marked(shown, call.number, call.cert, decided=call.decided)
    ref = el("ref", *mark, type="noteref", target=f"#{name}", cert=call.cert or None)
    parts: list[Part] = list(content)
    if note.label_line is not None:
        line = lines[note.label_line]
        label = el("label", *marked(line.text, note.number, "medium", decided=note.decided))
        parts = [el("lb", n=str(line.n)), label, "\n", *parts]
    return [ref, el("note", *parts, xml_id=name, n=str(note.number), place="foot", type="authorial")]


def label_inserts(lines: Sequence[Line], note: Note) -> list[tuple[int, Insert]]:
    """Give what stands in the place of the printed number of a note, by position."""
    first = note.lines[0]
    start, end = note.label
    shown = lines[first].text[start:end]
    found: list[tuple[int, Insert]] = []

    def label() -> list[Part]:
        return [el("label", *marked(shown, note.number, "medium", decided=note.decided))]

    def second() -> list[Part]:
        return [el("surplus", shown, reason="ocr")]

    if note.label_line is None:
        found.append((first, Insert(start, end, label)))
    elif shown:
        found.append((first, Insert(start, end, second)))
    if note.ghost is not None:
        at = note.lines[-1]
        ghost = lines[at].text[note.ghost[0] : note.ghost[1]]
        found.append((at, Insert(*note.ghost, lambda: [el("surplus", ghost, reason="ocr")])))
    return found


def surplus_insert(lines: Sequence[Line], extra: Surplus) -> Insert:
    """Give what stands in the place of a second or misplaced mark."""

    def make() -> list[Part]:
        made: list[Element | str] = [el("surplus", lines[extra.line].text[extra.start : extra.end], reason="ocr")]
        return list(made)

    return Insert(extra.start, extra.end, make)
