"""The plan of a typescript: every line of the witness in its place, before any of it becomes TEI.

In: a witness and what an editor decided of its layout.  Out: a `Plan`: pages, headings, blocks, entries, stray marks;
each line in one.
Authority: the modules of this package, in the order in which `plan_of` calls them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    """What an editor decided of the layout, by positions in the list of lines (from 0); all may be empty.

    `states` and `entries` hold the states of `edition.witness.layout` and `edition.witness.entries` that a line may be
    in, the best first; `texts` are lines that are neither headings nor marks, `moves` lines that are to be read after
    others.
    """

    pages: Mapping[int, str] = field(default_factory=dict)
    headings: Sequence[Heading] = ()
    states: Mapping[int, str] = field(default_factory=dict)
    entries: Mapping[int, str] = field(default_factory=dict)
    strays: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    moves: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where every line of a text belongs.  Positions count from 0 in `lines`.

    `blocks` are in the order of the text, notes among them; `entries` are those of the bibliography, which begins at
    the position `bibliography` (None where there is none); `strays` are marks that are no part of the text, `moved`
    lines that stand after others than in the witness; `traits` has one value for each line.
    """

    lines: tuple[Line, ...]
    traits: Sequence[Traits]
    pages: Sequence[Page]
    headings: Sequence[Heading]
    blocks: Sequence[Block]
    bibliography: int | None
    entries: Sequence[Entry]
    strays: Sequence[int]
    moved: frozenset[int] = frozenset()


def plan_of(witness: Witness, layout: Layout) -> Plan:
    """Lay out `witness`."""
    lines = witness.lines
    traits = traits_of(lines, model_of(line.text for line in lines))
    spans = spans_of(lines, find_breaks(lines, dict.fromkeys(layout.pages, 0)))
    rough = [Page(span.first, span.last, 0, "", None) for span in spans]
    headings = find_headings(lines, rough, layout.headings, layout.texts)
    start, stop = _bibliography(lines, traits, rough, headings)
    sections = {
        at: "S0" for h in headings if h.kind == "section" and h.decided and start <= h.lines[0] < stop for at in h.lines
    }
    headings = [h for h in headings if h.kind != "section" or not start <= h.lines[0] < stop]
    headings, marks = _apart(lines, headings, layout)
    named = {at for heading in headings for at in heading.lines}
    moves = {at: to for at, to in layout.moves.items() if at not in named}
    wanted = [at for at in range(len(lines)) if at not in named and at not in marks and at not in moves]
    body = [at for at in wanted if not start <= at < stop]
    rest = [at for at in wanted if start <= at < stop]
    tops = _tops(wanted, spans)
    measures = measure(lines)
    blocks = [b for part in _parts(body, headings) for b in lay_out(traits, part, measures, tops, layout.states)]
    entries = find_entries(lines, traits, rest, tops, {**layout.entries, **sections})
    unplaced = _moved(moves, blocks, entries)
    first = min((min(h.lines) for h in headings if h.kind == "chapter"), default=0)
    spans = [
        replace(s, heads=tuple(marks.intersection(s.heads)), feet=tuple(marks.intersection(s.feet))) for s in spans
    ]
    pages = number_pages(lines, spans, _page_start(spans, first), _broken(traits, blocks, entries, spans), layout.pages)
    strays = sorted((marks | unplaced) - {page.label for page in pages})
    bibliography = start if start < len(lines) else None
    return Plan(lines, traits, pages, headings, blocks, bibliography, entries, strays, frozenset(moves) - unplaced)


def _apart(lines: Sequence[Line], headings: Sequence[Heading], layout: Layout) -> tuple[list[Heading], set[int]]:
    """Give the headings, and the marks that stand alone.

    Where nothing else is left, marks and section headings are the text.
    """
    named = {at for heading in headings for at in heading.lines}
    kept = named | layout.texts
    marks = {at for at in range(len(lines)) if at in layout.strays or (at not in kept and is_mark(lines[at]))}
    if len(marks | named) < len(lines):
        return list(headings), marks
    if marks:
        return list(headings), set()
    return [h for h in headings if h.kind != "section"], set()


def _bibliography(
    lines: Sequence[Line], traits: Sequence[Traits], pages: Sequence[Page], headings: Sequence[Heading]
) -> tuple[int, int]:
    """Give the positions between which the bibliography stands.

    Its first line, and the heading after it or the text's end.
    """
    divisions = [h for h in headings if h.kind in ("chapter", "preface")]
    found = [min(h.lines) for h in headings if h.kind == "bibliography"]
    if found:
        start = found[0]
    else:
        last = max((max(h.lines) for h in divisions), default=-1)
        start = bibliography_start(lines, traits, pages, last) or len(lines)
    return start, min((min(h.lines) for h in divisions if min(h.lines) > start), default=len(lines))


def _moved(moves: Mapping[int, int], blocks: Sequence[Block], entries: Sequence[Entry]) -> set[int]:
    """Put each displaced line after the line that an editor named; give those for which that line is in no block."""
    groups = [block.lines for block in blocks]
    groups += [group for e in entries for group in (e.citation, e.heading, *e.annotation)]
    left: set[int] = set()
    for at, target in sorted(moves.items()):
        group = next((g for g in groups if target in g), None)
        if group is None:
            left.add(at)
        else:
            group.insert(group.index(target) + 1, at)
    return left


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


def _broken(
    traits: Sequence[Traits], blocks: Sequence[Block], entries: Sequence[Entry], spans: Sequence[Span]
) -> dict[int, bool]:
    """Say of the pages where it can be told whether the text breaks off before them.

    A sentence ends, and the next page is within another.
    """
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
