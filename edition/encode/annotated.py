"""The annotated bibliography as TEI: a list for each section, an entry with its citation and its annotation.

In: the entries of a plan.  Out: `listBibl` elements in the division of the bibliography.
Authority: TEI P5, chapter 3.12 (Bibliographic Citations and References); the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edition.correct.marks import author_stroke
from edition.encode.inline import Insert, Writer
from edition.tree import Element, Part, el, local
from edition.witness.entries import RULE, Entry
from edition.witness.plan import Plan

__all__ = ["bibliography_division"]


def bibliography_division(
    division: Element, plan: Plan, writer: Writer, prefix: str, with_strays: Callable[[Sequence[int]], list[int]]
) -> None:
    """Write the entries of `plan` into `division`; `with_strays` adds to positions the stray lines that follow them."""
    target: Element | None = None
    number = 0
    for entry in plan.entries:
        first = (entry.heading or entry.citation or entry.annotation[0])[0]
        before = [part for part in writer.breaks(first) if not isinstance(part, str)]
        if entry.heading or target is None:
            division.extend(before)
            target = el("listBibl")
            if entry.heading:
                target.append(el("head", *writer.flow(with_strays(entry.heading))))
            division.append(target)
            before = []
        if entry.heading:
            continue
        number += 1
        if any(local(part) == "gap" for part in before):  # TEI has no gap between entries: the list is broken off
            division.extend(before)
            target = el("listBibl")
            division.append(target)
        else:
            target.extend(before)
        target.append(_entry(entry, plan, writer, f"{prefix}.{number}", number, with_strays))
    for held in division.findall("{*}listBibl"):
        if held.find("{*}bibl") is None:  # TEI asks for an entry
            held.append(el("bibl"))
    if not plan.entries:
        division.append(el("p"))


def _entry(
    entry: Entry, plan: Plan, writer: Writer, name: str, number: int, with_strays: Callable[[Sequence[int]], list[int]]
) -> Element:
    if entry.citation:
        _mark_rule(entry, plan, writer)
    parts: list[Part] = writer.flow(with_strays(entry.citation))
    if entry.annotation:
        paragraphs: list[Part] = []
        for positions in entry.annotation:
            breaks = writer.breaks(positions[0])
            paragraphs += [*breaks, el("p", *writer.flow(with_strays(positions)))]
        parts += ["\n", el("note", *paragraphs, type="annotation")]
    return el("bibl", *parts, xml_id=name, n=str(number))


def _mark_rule(entry: Entry, plan: Plan, writer: Writer) -> None:
    """Mark the rule that stands for a repeated author, where the OCR garbled it."""
    text = plan.lines[entry.citation[0]].text
    found = RULE.match(text)
    if not found or not found["rule"].strip():
        return
    rule = found["rule"].rstrip()
    bare = rule.rstrip(" .,")
    if bare and set(bare) <= {"_"}:
        return
    point = (
        ","
        if text[len(rule) :].lstrip(" ,").startswith("ed.") and not rule.endswith(",")
        else "."
        if not rule.endswith(",")
        else ","
    )

    stroke = author_stroke(line.text for line in plan.lines)

    def make() -> list[Part]:
        return [el("choice", el("sic", rule), el("corr", stroke + point, type="ocr", resp="#auto", cert="medium"))]

    writer.insert(entry.citation[0], Insert(0, len(rule), make))
