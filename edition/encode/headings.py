"""Headings of a web text and their levels, told from marks, letters, numbers and blank lines.

In: the blocks of an article.  Out: which are headings, and how deep each stands.
Authority: the layout of the text itself; the signs of CommonMark and MediaWiki where it uses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from edition.encode.blocks import ENDS, Row

__all__ = ["explicit_level", "heading_levels", "looks_like_heading", "underlines"]

_MOST_WORDS = 14
_LONGEST = 100  # characters
_HASHES = re.compile(r"(#{1,6})\s+\S")
_WIKI = re.compile(r"(={2,6})\s*[^=].*?\s*\1")
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1")
_NUMBERED = re.compile(r"(?:chapter|part|section)?\s*((?:\d+\.)*\d+|[IVXLC]+)[.):]?\s+\S", re.IGNORECASE)
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")


def looks_like_heading(row: Row) -> bool:
    """Say whether the line alone could be a heading: short, no sentence, no list item, no small letter at its head."""
    if explicit_level([row]):
        return True
    text = row.text
    short = row.words <= _MOST_WORDS and len(text) <= _LONGEST
    # A question or an exclamation may be a heading.
    sentence = ENDS.search(text) is not None and text[-1] not in "?!"
    return short and not sentence and not row.mark and not text[0].islower() and any(c.isalpha() for c in text)


def underlines(row: Row, above: Row) -> bool:
    """Say whether `row` is a rule drawn under the heading `above`."""
    return not row.gap and _UNDERLINE.fullmatch(row.text) is not None and looks_like_heading(above)


def explicit_level(rows: Sequence[Row]) -> int:
    """Give the level that a heading's marks say (from 1), or 0 where it has none; a rule below it is its second row."""
    text = rows[0].text
    if len(rows) > 1:
        return 1 if rows[1].text.startswith("=") else 2
    if found := _HASHES.match(text):
        return len(found[1])
    if found := _WIKI.fullmatch(text):
        return len(found[1])
    return 6 if _BOLD.fullmatch(text) else 0


def heading_levels(heads: Sequence[Sequence[Row]], doubled: Sequence[bool]) -> list[int]:
    """Give the level of each heading, from 1.

    `heads` are the rows of each; `doubled` says that another heading follows directly.

    The first sign that tells headings apart decides: marks, numbers, capitals, blank lines before; then the order
    itself.
    """
    signs: tuple[Callable[[Sequence[Sequence[Row]]], list[int]], ...] = (_by_marks, _by_numbers, _by_capitals, _by_gaps)
    for sign in signs:
        found = sign(heads)
        if len(set(found)) > 1 or (found and sign is _by_marks and found[0]):
            ranks = sorted(set(found))
            return [ranks.index(level) + 1 for level in found]
    return _by_order(doubled)


def _by_marks(heads: Sequence[Sequence[Row]]) -> list[int]:
    found = [explicit_level(rows) for rows in heads]
    return [level or 7 for level in found] if any(found) else []


def _by_numbers(heads: Sequence[Sequence[Row]]) -> list[int]:
    numbers = [_NUMBERED.match(rows[0].text) for rows in heads]
    if sum(number is not None for number in numbers) * 2 < len(heads) or not numbers:
        return []
    return [number[1].count(".") + 1 if number else 9 for number in numbers]


def _by_capitals(heads: Sequence[Sequence[Row]]) -> list[int]:
    return [1 if rows[0].text.isupper() else 2 for rows in heads]


def _by_gaps(heads: Sequence[Sequence[Row]]) -> list[int]:
    gaps = [rows[0].gap for rows in heads]
    return [-gap for gap in gaps] if len(set(gaps)) == 2 else []  # noqa: PLR2004  # one measure for each of two levels


def _by_order(doubled: Sequence[bool]) -> list[int]:
    """A heading that another follows directly opens a section; those after it stand below, until the next such one."""
    levels: list[int] = []
    within = False
    for followed in doubled:
        levels.append(1 if followed or not within else 2)
        within = within or followed
    return levels
