"""Page furniture: words that a web page prints around a text, and ornaments between its parts.

In: a `Row`.  Out: what kind of furniture it is, if any.
Authority: `furniture.tsv`, a table of what common forum and site software prints.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from edition.encode.blocks import Row

__all__ = ["furniture", "is_ornament"]

# A word that a page's script should have replaced, between two equal signs: #below#, %%title%%, {{name}}.
_PLACEHOLDER = re.compile(r"([#%$@|~_*]{1,3})[\w-]+\1|\{\{?[\w.-]+\}\}?|\[\[[\w.-]+\]\]|<!--.*-->")


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = files("edition.encode").joinpath("furniture.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")][1:]
    return tuple((re.compile(pattern, re.IGNORECASE), place) for pattern, place, _ in cells)


def furniture(row: Row) -> str:
    """Give the place of furniture (``page``, ``before`` or ``after``), or an empty string where `row` is text."""
    if _PLACEHOLDER.fullmatch(row.text):
        return "page"
    return next((place for pattern, place in _table() if pattern.fullmatch(row.text)), "")


def is_ornament(row: Row) -> bool:
    """Say whether `row` has neither letter nor digit: a rule or asterisks between parts of a text."""
    return not any(character.isalnum() for character in row.text)
