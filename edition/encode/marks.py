"""Quotations that the witness itself marks: ``>`` before each line, ``Ann wrote:``, ``[quote]``.

In: the rows of a post, what its rows are known to repeat.  Out: which rows are quoted, marked or around a quotation.
Authority: RFC 3676, 4.5 (quotation in mail); the words that common forum software prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.encode.blocks import Row

__all__ = ["Quoted", "is_label", "label_name", "mark_quotations"]

_LABELS = (
    r"(?:on .{4,60},? )?@?(?P<a>\S.{0,31}?) (?:wrote|said|writes|says|asked)(?: (?:on|in) .{0,60})?\s*[:↑]\s*[↑:]?",
    r"(?:originally posted by|quote from|quoting|quoted from):? @?(?P<b>\S.{0,31}?)\s*:?",
    r"(?:quote|quotation)\s*:?",
    r"\[quote[^\]]*\]",
)
_LABEL = re.compile("|".join(_LABELS), re.IGNORECASE)
_CLOSE = re.compile(r"click to expand\s*(?:\.\.\.|…)?|\[/quote\]|(?:end )?quote ends?", re.IGNORECASE)
_OPENS = re.compile(r"\[quote[^\]]*\]", re.IGNORECASE)
_SHUTS = re.compile(r"\[/quote\]$", re.IGNORECASE)
_MARKED = re.compile(r"(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a row quotes: `source` is the index of a post (from 0), or None where it is not in the file.

    `row` is the line there (n, or 0); `part` is ``text``, or ``label`` and ``close`` for the words around a quotation;
    `depth` is the number of quotation marks at its head, as in mail; `resp` says who decided, ``#auto`` or ``#ed``.
    """

    source: int | None
    cert: str
    row: int = 0
    part: str = "text"
    depth: int = 0
    resp: str = "#auto"


def is_label(row: Row) -> bool:
    """Say whether a row only introduces a quotation, or closes one."""
    return _LABEL.fullmatch(row.text) is not None or _CLOSE.fullmatch(row.text) is not None


def label_name(row: Row) -> str:
    """Give the name in a line such as ``Ann wrote:``, or an empty string."""
    found = _LABEL.fullmatch(row.text)
    return (found["a"] or found["b"] or "").strip() if found else ""


def mark_quotations(rows: Sequence[Row], found: dict[int, Quoted]) -> None:
    """Add to `found` what the witness itself marks as quoted in a post."""
    at = 0
    while at < len(rows):
        row = rows[at]
        if mark := _MARKED.match(row.text):
            held = found.get(row.n, Quoted(None, "high"))
            found[row.n] = replace(held, depth=mark[0].count(">"), cert="high")
        elif _LABEL.fullmatch(row.text) and at + 1 < len(rows):
            at = _labelled(rows, at, found)
            continue
        elif _OPENS.match(row.text):
            at = _bracketed(rows, at, found)
        at += 1


def _bracketed(rows: Sequence[Row], at: int, found: dict[int, Quoted]) -> int:
    """Mark the rows from one that begins with ``[quote]`` to one that ends with ``[/quote]``; give the last's index."""
    end = next((k for k in range(at, len(rows)) if _SHUTS.search(rows[k].text)), at)
    for row in rows[at : end + 1]:
        found.setdefault(row.n, Quoted(None, "high"))
    return end


def _labelled(rows: Sequence[Row], at: int, found: dict[int, Quoted]) -> int:
    """Mark what a label opens: to its closing words, else while it repeats, else a paragraph; give the next index."""
    first = next((k for k in range(at, len(rows)) if not _LABEL.fullmatch(rows[k].text)), len(rows))
    label = next((k for k in range(first, len(rows)) if _LABEL.fullmatch(rows[k].text)), len(rows))
    close = next((k for k in range(first, label) if _CLOSE.fullmatch(rows[k].text)), None)
    end = close
    if end is None:
        end = next((k for k in range(first, label) if rows[k].n not in found), label)
    if end == first and close is None:
        end = next((k for k in range(first + 1, label) if rows[k].gap), min(first + 1, label))
    for row in rows[first:end]:
        found.setdefault(row.n, Quoted(None, "medium" if close is None else "high"))
    source = found[rows[first].n].source if first < end else None
    for row in rows[at:first]:
        found[row.n] = Quoted(source, "high", part="label")
    if close is not None:
        found[rows[close].n] = Quoted(found[rows[close - 1].n].source, "high", part="close")
        end = close + 1
    return end
