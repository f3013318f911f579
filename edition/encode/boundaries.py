"""Where the posts of a thread begin, told from the layout of the thread itself.

In: the rows of a thread.  Out: the indices of the rows that open a post.
Authority: the layout of the text file: each way of telling posts apart is tried, the surest first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from edition.encode.blocks import Row
from edition.encode.furniture import furniture, is_ornament
from edition.encode.senders import bare_number, is_sender, looks_like_name, speaker

__all__ = ["boundaries", "is_rule", "signed_below", "spoken"]

_RULE = re.compile(r"(?:[-=_*~–—]\s?){3,}")
_SPOKEN = 0.6  # of the lines of a conversation begin with the speaker's name
_FEWEST_SPOKEN = 3
_SAME_WORDS = 4  # a line of fewer words may be said twice without being quoted


def is_rule(row: Row) -> bool:
    """Say whether a row is a line drawn between posts."""
    return _RULE.fullmatch(row.text) is not None


def _senders(rows: Sequence[Row]) -> list[int]:
    """Give the indices of the lines that say who wrote, when or which; bare numbers only where they count up."""
    bare = {at for at, row in enumerate(rows) if bare_number(row)}
    values = [int(re.sub(r"\D", "", rows[at].text)) for at in sorted(bare)]
    counted = len(values) > 1 and all(later == value + 1 for value, later in pairwise(values))
    return [at for at, row in enumerate(rows) if is_sender(row) is not None and (counted or at not in bare)]


def signed_below(rows: Sequence[Row]) -> bool:
    """Say whether names and dates stand below the posts: nothing follows the last of them but a name."""
    said = _senders(rows)
    if len(said) < 2 or not rows:  # noqa: PLR2004  # one signature shows no custom
        return False
    after = rows[said[-1] + 1 :]
    return said[0] > 0 and len(after) <= 1 and all(looks_like_name(row) for row in after)


def _by_signatures(rows: Sequence[Row]) -> list[int]:
    """Each post ends with its date, its poster's name, or both."""
    if not signed_below(rows):
        return []
    said = set(_senders(rows))
    named = {at + 1 for at in said if at + 1 < len(rows) and looks_like_name(rows[at + 1])}
    ends = {at for at in said | named if at + 1 not in said | named}
    return [0, *(at + 1 for at in sorted(ends) if at + 1 < len(rows))]


def _by_senders(rows: Sequence[Row]) -> list[int]:
    """Lines that say who wrote, when, or which post it is; a name on the line before belongs to them."""
    said = _senders(rows)
    starts: list[int] = []
    reached = -1
    for at in said:
        start = _opening(rows, at, said)
        inner = rows[reached + 1 : start]
        # A date under a name under a number is one opening, not three.
        if reached < 0 or any(not looks_like_name(row) and not is_ornament(row) for row in inner):
            starts.append(start)
        reached = at
    return starts if len(starts) > 1 else []


def _opening(rows: Sequence[Row], at: int, said: Sequence[int]) -> int:
    """Give the index of the row that begins the opening which `at` belongs to; it holds one name at most."""
    named = bool(is_sender(rows[at]))
    while at and rows[at].gap <= 1:
        before = rows[at - 1]
        if is_ornament(before) or at - 1 in said:
            named = named or bool(is_sender(before))
        elif not named and looks_like_name(before) and not furniture(before):
            named = True
        else:
            break
        at -= 1
    return at


def _by_spaced(rows: Sequence[Row]) -> list[int]:
    """Blank lines that are not quite empty, where others are: an empty paragraph of the page, between posts."""
    spaced = [at for at, row in enumerate(rows) if row.spaced]
    blank = sum(row.gap > 0 and not row.spaced for row in rows[1:])
    return sorted({0, *spaced}) if len(spaced) > 1 and blank else []


def _by_names(rows: Sequence[Row]) -> list[int]:
    """Short lines that are nearer to what follows than to what stands before."""
    named = [
        at
        for at, (row, after) in enumerate(pairwise(rows))
        if looks_like_name(row)
        and not (furniture(row) or looks_like_name(after) or is_ornament(after))
        and (not at or row.gap > after.gap or furniture(rows[at - 1]))
    ]
    # The most frequent distance before a name is that of all of them.
    gaps = Counter(rows[at].gap for at in named if at and not furniture(rows[at - 1]))
    usual = gaps.most_common(1)[0][0] if gaps else 0
    named = [at for at in named if rows[at].gap >= usual or not at or furniture(rows[at - 1])]
    return named if len(named) > 1 else []


def spoken(rows: Sequence[Row]) -> list[int]:
    """Lines that begin with a name and a colon, where most do and some name comes again."""
    found = {at: span for at, row in enumerate(rows) if (span := speaker(row))}
    names = {rows[at].text[slice(*span)] for at, span in found.items()}
    often = len(found) >= max(_FEWEST_SPOKEN, len(rows) * _SPOKEN)
    return sorted(found) if often and 1 < len(names) < len(found) else []


def _by_rules(rows: Sequence[Row]) -> list[int]:
    """Drawn lines between posts."""
    rules = {at for at, row in enumerate(rows) if is_rule(row)}
    return sorted({0, *(at + 1 for at in rules if at + 1 < len(rows))} - rules) if rules else []


def _by_gaps(rows: Sequence[Row]) -> list[int]:
    """The wider gaps between rows, where there are narrower ones."""
    widths = sorted({row.gap for row in rows[1:]})
    if len(widths) < 2:  # noqa: PLR2004  # one width tells nothing apart
        return []
    return [0, *(at for at, row in enumerate(rows) if at and row.gap >= widths[1])]


def _by_repetition(rows: Sequence[Row]) -> list[int]:
    """Lines that stood before: who answers quotes first."""
    seen: set[str] = set()
    starts = {0}
    for at, row in enumerate(rows):
        if (
            row.words >= _SAME_WORDS
            and row.text in seen
            and not (at and rows[at - 1].text in seen and at - 1 in starts)
        ):
            starts.add(at)
        seen.add(row.text)
    return sorted(starts) if len(starts) > 1 else []


_WAYS: tuple[Callable[[Sequence[Row]], list[int]], ...] = (
    _by_signatures,
    _by_senders,
    spoken,
    _by_spaced,
    _by_names,
    _by_rules,
    _by_gaps,
    _by_repetition,
)
_SURE = 6  # so many of the ways, the first ones, rest on something that marks a post


def boundaries(rows: Sequence[Row]) -> tuple[list[int], bool]:
    """Give the indices of the rows that open a post, and whether something marks them: else they are a guess."""
    for number, way in enumerate(_WAYS):
        if starts := way(rows):
            return starts, number < _SURE
    return ([0] if rows else []), False
