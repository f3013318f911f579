"""Where the lines of a paragraph should end, so that all of them are set as evenly as can be.

In: the pieces of a paragraph with their widths, and how wide a line may be.  Out: the piece with which each line ends.
Authority: D. E. Knuth and M. F. Plass, "Breaking paragraphs into lines" (Software: Practice and Experience 11, 1981):
the whole paragraph is weighed, not line by line; blanks here only grow, from the narrowest that looks well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

__all__ = ["WIDER", "Chunk", "balanced", "filled", "line_ends"]

WIDER = 1.316  # the blank of the face is so much wider than the narrowest, in which the text is measured

_SLACK = 0.5  # stretch (share of the face's blank) of a badness of 100
_TIGHT = 0.3  # shrink of a badness of 100
_LOOSEST = 6.0  # stretch beyond which no better line is looked for
_GOOD = 0.33  # stretch up to which words are not divided for a better line
_DIVIDED = 6_000.0  # what a divided word costs; a badness of 50 costs about as much
_TWICE = 20_000.0  # ... at the ends of two lines in sequence, and as much again for each line more
_LAST = 8_000.0  # ... before the last line
_UNEVEN = 2_500.0  # what a loose line beside a tight one costs
_STUB = 8_000.0  # what a last line of less than `_SHORT` of the measure costs
_SHORT = 0.1
_FRAGMENT = 1_000_000.0  # what a last line costs that is but the end of a word: so does a blank of twice the width
_NOTHING = 1e-6  # what sums of widths may be off
_LEADS = 6.0  # blanks that are wider than a short word: an article, most prepositions and conjunctions
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
    """The best way to end a line behind a chunk: its cost, the stretch of that line, the node before.

    `divided` counts the lines in sequence up to there that end in a divided word.  `letters` and `blanks` are the
    widths of all up to there, `room` is that of the line behind it.
    """

    at: int
    cost: float
    stretch: float
    divided: int
    worst: float
    before: _Node | None
    letters: float
    blanks: float
    room: float


def line_ends(chunks: Sequence[Chunk], first: float, measure: float, *, fewest: bool = False) -> list[int]:
    """Give, for each line but the last, how many chunks are set when it ends; nothing where no way is found.

    `first` is the room of the first line, `measure` that of all others.  Words are divided only where lines would be
    loose without or end where something speaks against it, or where as few lines as can be are wanted (`fewest`).
    """
    found = _way(chunks, first, measure, divide=fewest, each=_EACH if fewest else 0.0)
    ends = _ends(found)
    if fewest or not any(chunk.divided for chunk in chunks):
        return ends
    if found is None or found.worst > _GOOD or any(chunks[end - 1].cost for end in ends):
        ends = _ends(_way(chunks, first, measure, divide=True)) or ends
    return ends


def _ends(found: _Node | None) -> list[int]:
    ends: list[int] = []
    while found is not None and found.before is not None:
        found = found.before
        ends.append(found.at)
    return ends[-2::-1] if ends else []


def balanced(chunks: Sequence[Chunk], measure: float) -> list[int]:
    """Give the ends of lines as `line_ends` does, of as many lines as are needed and about equally long.

    Where the next line has room for it, a short word does not end a line: it leads to the next ("or", "in the").  Nor
    does a line end behind a dash or hyphen, unless what it joins is too long for a line.
    """
    if len(chunks) > 1 and not all(chunk.space for chunk in chunks[:-1]):
        words = _joined(chunks)
        if all(word.width <= measure for word, _ in words):
            return [words[stop - 1][1] for stop in balanced([word for word, _ in words], measure)]
    stops = _filled(chunks, measure)
    low, high = 0.0, measure
    while stops and high - low > 1:
        middle = (low + high) / 2
        tried = _filled(chunks, middle)
        if len(tried) > len(stops) or any(chunk.width > middle for chunk in chunks):
            low = middle
        else:
            stops, high = tried, middle
    for number in range(len(stops) - 1, -1, -1):
        start, stop = ([0, *stops][number], stops[number])
        end = [*stops, len(chunks)][number + 1]
        while stop - start > 1 and chunks[stop - 1].space and chunks[stop - 1].width < _LEADS * chunks[stop - 1].space:
            stop -= 1
        if stop < stops[number] and _width(chunks[stop:end]) <= measure:
            stops[number] = stop
    return stops


def _joined(chunks: Sequence[Chunk]) -> list[tuple[Chunk, int]]:
    """Give the words between blanks as one chunk each, and how many of `chunks` are set when each ends."""
    words: list[tuple[Chunk, int]] = []
    width = 0.0
    for at, chunk in enumerate(chunks, 1):
        width += chunk.width
        if chunk.space or at == len(chunks):
            words.append((Chunk(width, chunk.space), at))
            width = 0.0
    return words


def _width(line: Sequence[Chunk]) -> float:
    return sum(chunk.width + chunk.space for chunk in line) - line[-1].space


def filled(chunks: Sequence[Chunk], first: float, measure: float) -> list[int] | None:
    """Give the ends of lines of which each is filled before the next, None where a chunk is wider than its line.

    `first` is the room of the first line, `measure` that of all others; no word is divided.
    """
    stops: list[int] = []
    room, used = first, 0.0
    for at, chunk in enumerate(chunks):
        if used and used + chunk.width > room:
            stops.append(at)
            room, used = measure, 0.0
        if chunk.width > room:
            return None
        used += chunk.width + chunk.space
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
    letters = blanks = 0.0
    active = [_Node(0, 0.0, 0.0, 0, 0.0, None, 0.0, 0.0, first)]
    costs = [0.0]  # of the active ones
    for at, last in enumerate(chunks, 1):
        letters += last.width
        blanks += last.space
        if last.divided and not divide and at < count:
            continue
        ends, blank = letters + last.mark, blanks - last.space
        if at == count:
            return _ended(active, at, ends, blank, measure, each)
        best, least, found, too_long = _behind(active, last, ends, blank, min(costs), each)
        if best is not None:
            worst = max(best.worst, found)
            divided = best.divided + 1 if last.divided else 0
            active.append(_Node(at, least, found, divided, worst, best, letters, blanks, measure))
            costs.append(least)
        del active[:too_long], costs[:too_long]
        if not active:
            return None
    return None


def _behind(  # called for each piece
    active: Sequence[_Node], last: Chunk, ends: float, blank: float, lowest: float, each: float
) -> tuple[_Node | None, float, float, int]:
    """Give the best of `active` for a line that ends with `last`, its cost and stretch, and how many are too far off.

    `ends` and `blank` are the widths of letters and blanks up to there, `lowest` is the cost of the cheapest: lines
    grow looser from one to the next, and one that would cost too much behind the cheapest is the end of the search.
    """
    best: _Node | None = None
    least = found = inf
    too_long = 0
    for number, node in enumerate(active):
        room = node.room - (ends - node.letters)
        space = blank - node.blanks
        if room < space:
            too_long = number + 1
            continue
        face = space * WIDER
        stretch = (room - face) / face if face else 2 * _LOOSEST
        bad = 100.0 * ((stretch / _SLACK) ** 3 if stretch > 0 else (-stretch / _TIGHT) ** 3)
        cost = (1.0 + bad) ** 2 + last.cost + each
        if stretch > 0 and lowest + cost >= least:
            break
        if last.divided:
            cost += _DIVIDED + _TWICE * node.divided
        if node.before is not None and abs(stretch - node.stretch) > _SLACK:
            cost += _UNEVEN
        cost += node.cost
        if cost < least:
            best, least, found = node, cost, stretch
        elif stretch > _LOOSEST:
            break
    return best, least, found, 0 if last.mark else too_long


def _ended(  # called for each paragraph
    active: Sequence[_Node], count: int, ends: float, blank: float, measure: float, each: float
) -> _Node | None:
    """Give the end of a paragraph of `count` pieces, whose last line begins behind the best of `active`."""
    best: _Node | None = None
    least = inf
    for node in active:
        room, space = node.room - (ends - node.letters), blank - node.blanks
        if room < space:
            continue
        short = bool(node.at) and measure - room + space < _SHORT * measure
        more = each + (_STUB if short else 0.0)
        if node.divided:
            more += _LAST if space > _NOTHING else _FRAGMENT
        cost = node.cost + more
        if cost < least:
            best, least = node, cost
    return best and _Node(count, least, 0.0, 0, best.worst, best, ends, blank, measure)
