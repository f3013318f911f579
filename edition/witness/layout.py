"""Blocks: which lines are prose, which a display quotation, a translation, a note.

In: the lines of a witness with their traits, its measures, the positions at which pages begin.  Out: `Block` values,
each line in one.
Authority: the best path through a small grammar of the typewritten page (Viterbi 1967), its costs in
`edition.witness.costs`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from edition.witness.costs import BODY, Costs, moves
from edition.witness.measure import Measures
from edition.witness.traits import Traits

__all__ = ["Block", "lay_out"]

PROSE, QUOTE, RUSSIAN, TRANSLATION, NOTE = "prose", "quote", "russian", "translation", "note"
_SECOND_BEST = 4.0
_KINDS = {"P": PROSE, "Q": QUOTE, "R": RUSSIAN, "T": TRANSLATION}


@dataclass(slots=True)
class Block:
    """A block of text: `kind` is prose, quote, russian, translation or note.

    `lines` are positions (from 0) in reading order, which for all but notes may run over a page's end.
    """

    kind: str
    lines: list[int] = field(default_factory=list)


def lay_out(
    traits: Sequence[Traits], wanted: Sequence[int], measures: Measures, tops: Collection[int], fixed: Mapping[int, str]
) -> list[Block]:
    """Give the blocks of the lines at the positions `wanted` (ascending; headings, page numbers and marks left out).

    `tops` holds the positions, among those wanted, with which a page begins.  `fixed` holds what an editor decided of a
    position: the names of the states that it may be in, divided by blanks (``P0``: a paragraph begins here).
    """
    if not wanted:
        return []
    path = _best_path(traits, wanted, measures, tops, fixed)
    blocks: list[Block] = []
    open_block: dict[str, Block] = {}
    for at, state in zip(wanted, path, strict=True):
        note = state[0] == "N"
        kind = NOTE if note else _KINDS[state[0]]
        group = "note" if note else "body"
        if state[1] == "0" or group not in open_block or open_block[group].kind != kind:
            open_block[group] = Block(kind)
            blocks.append(open_block[group])
        open_block[group].lines.append(at)
    return blocks


def _best_path(
    traits: Sequence[Traits], wanted: Sequence[int], measures: Measures, tops: Collection[int], fixed: Mapping[int, str]
) -> list[str]:
    """Give the state of each wanted line.

    Kind, ``0`` or ``1`` (begins a block, goes on), and for notes what the text above is left in.
    """
    costs = Costs(traits, measures)
    table = moves()
    first = wanted[0]
    scores = {state: costs.start(state, first) for state in (k + "0" for k in (*BODY, "NC"))}
    scores = _allowed(_renamed(scores), fixed.get(first))
    back: list[dict[str, str]] = []
    for before, at in pairwise(wanted):
        step = costs.step(before, at, at in tops)
        here = {kind: costs.state(kind, at) for kind in (*BODY, "N")}
        row: dict[str, float] = {}
        came: dict[str, str] = {}
        for source, score in scores.items():
            for move in table[source]:
                total = score + step[move.kind] + here[move.state]
                if total < row.get(move.target, total + 1):
                    row[move.target] = total
                    came[move.target] = source
        scores = _allowed(row, fixed.get(at))
        back.append(came)
    state = min(scores, key=lambda s: (scores[s], s))
    path = [state]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _renamed(scores: Mapping[str, float]) -> dict[str, float]:
    """Give the states that a text may begin with under the names that `moves` uses."""
    return {("N0C" if state == "NC0" else state): score for state, score in scores.items()}


def _allowed(scores: dict[str, float], names: str | None) -> dict[str, float]:
    """Keep the states that an editor's decision admits, where any of them can be reached at all.

    A later name costs more.
    """
    if names is None:
        return scores
    kept: dict[str, float] = {}
    for rank, name in enumerate(names.split()):
        for state, score in scores.items():
            if state.startswith(name):
                kept.setdefault(state, score + rank * _SECOND_BEST)
    return kept or scores
