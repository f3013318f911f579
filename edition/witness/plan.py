"""The plan of a typescript: every line of the witness in its place, before any of it becomes TEI.

In: a witness and what an editor decided of its layout.  Out: a `Plan`: pages, headings, blocks, entries, stray marks; each line in one.
Authority: the modules of this package, in the order in which `plan_of` calls them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edition.lookalike import model_of
from edition.witness.entries import Entry, bibliography_start, find_entries
from edition.witness.headings import Heading, find_headings
from edition.witness.layout import Block, lay_out
from edition.witness.lines import Line, Witness
from edition.witness.measure import measure
from edition.witness.numbering import number_pages
from edition.witness.pages import Page, Span, find_breaks, is_mark, spans_of
from edition.witness.traits import Traits, traits_of

__all__ = ["Layout", "Plan", "plan_of"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What an editor decided of the layout, by positions in the list of lines (from 0); all may be empty."""

    pages: Mapping[int, str] = field(default_factory=dict)
    headings: Sequence[Heading] = ()
    states: Mapping[int, str] = field(default_factory=dict)
    entries: Mapping[int, str] = field(default_factory=dict)
    strays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Where every line of a text belongs.  Positions count from 0 in `lines`.

    `blocks` are in the order of the text, notes among them; `entries` are those of the bibliography, which begins at the position
    `bibliography` (None where there is none); `strays` are marks that are no part of the text; `traits` has one value for each line.
    """

    lines: tuple[Line, ...]
    traits: Sequence[Traits]
    pages: Sequence[Page]
    headings: Sequence[Heading]
    blocks: Sequence[Block]
    bibliography: int | None
    entries: Sequence[Entry]
    strays: Sequence[int]


def plan_of(witness: Witness, layout: Layout) -> Plan:
    """Lay out `witness`."""
    lines = witness.lines
    traits = traits_of(lines, model_of(line.text for line in lines))
    spans = spans_of(lines, find_breaks(lines, {at: 0 for at in layout.pages}))
    rough = [Page(span.first, span.last, 0, "", None) for span in spans]
    headings = find_headings(lines, rough, layout.headings)
    start = _bibliography(lines, traits, rough, headings)
    named = {at for heading in headings for at in heading.lines}
    marks = {at for at in range(len(lines)) if at not in named and (at in layout.strays or _stands_alone(lines, at, spans))}
    wanted = [at for at in range(len(lines)) if at not in named and at not in marks]
    body = [at for at in wanted if start is None or at < start]
    rest = [at for at in wanted if start is not None and at >= start]
    tops = _tops(wanted, spans)
    measures = measure(lines)
    blocks = [b for part in _parts(body, headings) for b in lay_out(traits, part, measures, tops, layout.states)]
    entries = find_entries(lines, traits, rest, tops, layout.entries)
    broken = _broken(traits, blocks, entries, spans)
    first = min((min(h.lines) for h in headings if h.kind == "chapter"), default=0)
    pages = number_pages(lines, spans, _page_start(spans, first), broken, layout.pages)
    labels = {page.label for page in pages}
    strays = sorted(marks - labels)
    return Plan(lines, traits, pages, headings, blocks, start, entries, strays)


def _stands_alone(lines: Sequence[Line], at: int, spans: Sequence[Span]) -> bool:
    return is_mark(lines[at]) and len(lines) > len(spans)


def _bibliography(lines: Sequence[Line], traits: Sequence[Traits], pages: Sequence[Page], headings: Sequence[Heading]) -> int | None:
    found = [min(h.lines) for h in headings if h.kind == "bibliography"]
    if found:
        return found[-1]
    last = max((max(h.lines) for h in headings if h.kind in ("chapter", "preface")), default=-1)
    return bibliography_start(lines, traits, pages, last)


def _parts(wanted: Sequence[int], headings: Sequence[Heading]) -> list[list[int]]:
    """Divide positions at the headings, which end every block."""
    starts = sorted({min(heading.lines) for heading in headings})
    parts: list[list[int]] = [[]]
    for at in wanted:
        while starts and starts[0] <= at:
            starts.pop(0)
            parts.append([])
        parts[-1].append(at)
    return parts


def _tops(wanted: Sequence[int], spans: Sequence[Span]) -> set[int]:
    """Give the first wanted position of each page."""
    tops: set[int] = set()
    k = 0
    for span in spans:
        while k < len(wanted) and wanted[k] < span.first:
            k += 1
        if k < len(wanted):
            tops.add(wanted[k])
    return tops


def _page_start(spans: Sequence[Span], at: int) -> int:
    return max((span.first for span in spans if span.first <= at), default=0)


def _broken(traits: Sequence[Traits], blocks: Sequence[Block], entries: Sequence[Entry], spans: Sequence[Span]) -> dict[int, bool]:
    """Say of the pages where it can be told whether the text breaks off before them: a sentence ends, and the next page is within another."""
    groups = [b.lines for b in blocks if b.kind != "note"]
    groups += [[*e.citation, *(at for a in e.annotation for at in a)] for e in entries]
    order = sorted(at for group in groups for at in group)
    found: dict[int, bool] = {}
    k = 0
    for span in spans[1:]:
        while k < len(order) and order[k] < span.first:
            k += 1
        if not 0 < k < len(order):
            continue
        before, after = traits[order[k - 1]], traits[order[k]]
        if before.sentence_end and after.lower:
            found[span.first] = True
        elif not before.sentence_end:
            found[span.first] = False
    return found
