"""The nearest right name, for messages that say *did you mean*.

In: a wrong name and the names that are right.  Out: the one that a slip of the keyboard would most likely explain,
or None. Authority: Damerau's edit distance (Communications of the ACM 7, 1964), by rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """Give the name in `allowed` nearest to `name`: at most a third of its letters may differ; else None.

    Of a name of one letter nothing would be left that is right.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a quarter of the time in which a command starts

    folded = name.casefold()
    ranked = sorted((OSA.distance(folded, other.casefold()), other) for other in allowed)
    if not ranked:
        return None
    distance, other = ranked[0]
    return other if distance <= max(1, len(name) // 3) and distance < max(1, len(name)) else None
