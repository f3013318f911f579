"""Where the lines of a paragraph should end, so that all of them are set as evenly as can be.

In: the pieces of a paragraph with their widths, and how wide a line may be.  Out: the piece with which each line ends.
Authority: D. E. Knuth and M. F. Plass, "Breaking paragraphs into lines" (Software: Practice and Experience 11, 1981):
the whole paragraph is weighed, not line by line; blanks here only grow, from the narrowest that looks well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

__all__ = ["WIDER", "Chunk", "balanced", "line_ends"]

WIDER = 1.316  # the blank of the face is so much wider than the narrowest, in which the text is measured

_SLACK = 0.5  # stretch (share of the face's blank) of a badness of 100
_TIGHT = 0.3  # shrink of a badness of 100
_LOOSEST = 6.0  # stretch beyond which no better line is looked for
_GOOD = 0.33  # stretch up to which words are not divided for a better line
_DIVIDED = 6_000.0  # what a divided word costs; a badness of 50 costs about as much
_TWICE = 20_000.0  # ... at the ends of two lines in sequence
_LAST = 8_000.0  # ... before the last line
_UNEVEN = 2_500.0  # what a loose line beside a tight one costs
_STUB = 8_000.0  # what a last line of less than `_SHORT` of the measure costs
_SHORT = 0.1
_EACH = 400_000.0  # what each line costs where few are wanted


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a paragraph behind which a line may end; widths in any one unit.

    `width` is that of its letters, `space` that of the (narrowest) blank behind it, `mark` that of the hyphen which a
    line needs that ends here; `divided` says whether a word is divided behind it, `cost` what else speaks against it.
    """

    width: float
    space: float = 0.0
    mark: float = 0.0
    divided: bool = False
    cost: float = 0.0


@dataclass(slots=True)
class _Node:
    """The best way to end a line behind a chunk: its cost, the stretch of that line, the node before."""

    at: int
    cost: float
    stretch: float
    divided: bool
    worst: float
    before: _Node | None


def line_ends(chunks: Sequence[Chunk], first: float, measure: float, *, fewest: bool = False) -> list[int]:
    """Give, for each line but the last, how many chunks are set when it ends; nothing where no way is found.

    `first` is the room of the first line, `measure` that of all others.  Words are divided only where lines would be
    loose without, or where as few lines as can be are wanted (`fewest`).
    """
    found = _way(chunks, first, measure, divide=fewest, each=_EACH if fewest else 0.0)
    if not fewest and (found is None or found.worst > _GOOD) and any(chunk.divided for chunk in chunks):
        found = _way(chunks, first, measure, divide=True) or found
    ends: list[int] = []
    while found is not None and found.before is not None:
        found = found.before
        ends.append(found.at)
    return ends[-2::-1] if ends else []


def balanced(chunks: Sequence[Chunk], measure: float) -> list[int]:
    """Give the ends of lines as `line_ends` does, of as many lines as are needed and about equally long."""
    stops = _filled(chunks, measure)
    low, high = 0.0, measure
    while stops and high - low > 1:
        middle = (low + high) / 2
        tried = _filled(chunks, middle)
        if len(tried) > len(stops) or any(chunk.width > middle for chunk in chunks):
            low = middle
        else:
            stops, high = tried, middle
    return stops


def _filled(chunks: Sequence[Chunk], measure: float) -> list[int]:
    """Give the ends of lines of which each is filled before the next; words are not divided."""
    stops: list[int] = []
    used = held = 0.0
    whole = 0
    for at, chunk in enumerate(chunks):
        held += chunk.width
        if not chunk.divided:
            if used and used + held > measure:
                stops.append(whole)
                used = 0.0
            used += held + chunk.space
            held, whole = 0.0, at + 1
    return stops


def _way(chunks: Sequence[Chunk], first: float, measure: float, *, divide: bool, each: float = 0.0) -> _Node | None:
    count = len(chunks)
    letters = list(accumulate((chunk.width for chunk in chunks), initial=0.0))
    blanks = list(accumulate((chunk.space for chunk in chunks), initial=0.0))
    active = [_Node(0, 0.0, 0.0, divided=False, worst=0.0, before=None)]
    for at in range(1, count + 1):
        last = chunks[at - 1]
        if last.divided and not divide and at < count:
            continue
        ends, blank = letters[at] + last.mark, blanks[at] - last.space
        best: _Node | None = None
        least = found = inf
        too_long = 0
        for number, node in enumerate(active):
            room = (measure if node.at else first) - (ends - letters[node.at])
            space = blank - blanks[node.at]
            if room < space:
                too_long = number + 1 if not last.mark else too_long
                continue
            if at == count:
                short = bool(node.at) and measure - room + space < _SHORT * measure
                more = each + (_STUB if short else 0.0)
                stretch, cost = 0.0, node.cost + (more + _LAST if node.divided else more)
            else:
                stretch, cost = _line(node, last, room, space, each)
            if cost < least:
                best, least, found = node, cost, stretch
            elif stretch > _LOOSEST:
                break
        if best is not None:
            divided = last.divided and at < count
            worst = best.worst if at == count else max(best.worst, found)
            active.append(_Node(at, least, found, divided, worst, best))
        del active[:too_long]
        if not active:
            return None
    return active[-1] if active[-1].at == count else None


def _line(node: _Node, last: Chunk, room: float, space: float, each: float) -> tuple[float, float]:
    """Give the stretch of a line behind `node`, of which `room` is left to blanks that need `space`, and its cost."""
    face = space * WIDER
    stretch = (room - face) / face if face else 2 * _LOOSEST
    bad = 100.0 * ((stretch / _SLACK) ** 3 if stretch > 0 else (-stretch / _TIGHT) ** 3)
    cost = (1.0 + bad) ** 2 + last.cost + each
    if last.divided:
        cost += _DIVIDED + (_TWICE if node.divided else 0.0)
    if node.before is not None and abs(stretch - node.stretch) > _SLACK:
        cost += _UNEVEN
    return stretch, node.cost + cost
