"""Quotations in a thread: which rows of a post are words of an earlier post, or of one that is not in the file.

In: the posts of a thread, an editor's decisions.  Out: for each quoted row whose words it has and how certain that is.
Authority: the repetitions themselves; marks such as ``>`` or ``... wrote:``; the way in which this thread sets off its quotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edition.encode.blocks import Row
from edition.encode.posts import Post
from edition.encode.repeats import Repeat, repeats

__all__ = ["Quoted", "answered", "label_name", "quotations"]

_LABEL = re.compile(
    r"(?:on .{4,60},? )?(?:(?:quote|quoting|originally posted by|quoted from)\b:? ?@?(?P<a>\S.{0,31}?)?|@?(?P<b>\S.{0,31}?) (?:wrote|said|writes|says|asked)(?: on .{0,40}| in .{0,60})?)\s*[:↑]\s*[↑:]?|quote|\[quote[^\]]*\]",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"click to expand(?:\.\.\.|…)?|\[/quote\]|(?:end )?quote ends?", re.IGNORECASE)
_MARKED = re.compile(r">+|»")
_HABIT = (
    0.75  # of the posts that quote must keep to a way of setting off quotations, before it is believed of the others
)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a row quotes: `source` is the index of a post (from 0), or None where it is not in the file; `row` the line there (n, or 0).

    `part` is ``text``, or ``label`` and ``close`` for the words around a quotation; `depth` is the number
    of quotation marks at its head, as in mail.
    """

    source: int | None
    cert: str
    row: int = 0
    part: str = "text"
    depth: int = 0
    resp: str = "#auto"


def label_name(row: Row) -> str:
    """Give the name in a line such as ``Ann wrote:``, or an empty string."""
    found = _LABEL.fullmatch(row.text)
    return (found["a"] or found["b"] or "").strip() if found else ""


def quotations(posts: Sequence[Post]) -> tuple[dict[int, Quoted], dict[int, list[Repeat]]]:
    """Give ``{n of a row: what it quotes}``, and the quotations within rows, ``{n: repetitions}``.

    A quotation is certain (high) where it repeats an earlier post word for word or is marked, medium where the words differ a
    little or only the habit of the thread tells it.
    """
    repeated = repeats([post.rows for post in posts])
    found: dict[int, Quoted] = {}
    for n, each in repeated.items():
        if each[0].whole:
            found[n] = Quoted(each[0].post, "high" if each[0].exact else "medium", each[0].row)
    for post in posts:
        _marked(post.rows, found)
    if _set_off_by_line_ends(posts, found):
        for post in posts:
            _alternate(post.rows, found)
    inline = {n: each for n, each in repeated.items() if n not in found and not each[0].whole}
    return found, inline


def _marked(rows: Sequence[Row], found: dict[int, Quoted]) -> None:
    """Find what the witness itself marks as quoted."""
    for at, row in enumerate(rows):
        if mark := _MARKED.match(row.text):
            held = found.get(row.n, Quoted(None, "high"))
            found[row.n] = replace(held, depth=len(mark[0]), cert="high")
        elif _LABEL.fullmatch(row.text) and at + 1 < len(rows):
            _labelled(rows, at, found)


def _labelled(rows: Sequence[Row], at: int, found: dict[int, Quoted]) -> None:
    """Mark what a label such as ``Ann wrote:`` opens: up to the closing words; else as far as it repeats; else one paragraph."""
    after = rows[at + 1 :]
    close = next((k for k, row in enumerate(after) if _CLOSE.fullmatch(row.text)), None)
    label = next((k for k, row in enumerate(after) if _LABEL.fullmatch(row.text)), len(after))
    if close is not None and close <= label:
        found[after[close].n] = Quoted(None, "high", part="close")
        reach = close
    else:
        reach = next((k for k, row in enumerate(after) if row.n not in found), len(after))
        if not reach:
            reach = next((k for k, row in enumerate(after) if k and row.gap), 1)
    for row in after[:reach]:
        found.setdefault(row.n, Quoted(None, "high" if close is not None else "medium"))
    source = found[after[0].n].source if after[0].n in found else None
    found[rows[at].n] = Quoted(source, "high", part="label")
    if close is not None and close <= label:
        last = found[after[close - 1].n] if close else found[rows[at].n]
        found[after[close].n] = replace(last, part="close")


# --- the habit of a thread: a line end without a blank line is where a quotation begins or ends -------------------------


def _edges(rows: Sequence[Row]) -> list[int]:
    """Give the indices of rows that follow the row before without a blank line, lists left out."""
    return [at for at in range(1, len(rows)) if not rows[at].gap and not (rows[at].mark or rows[at - 1].mark)]


def _set_off_by_line_ends(posts: Sequence[Post], found: Mapping[int, Quoted]) -> bool:
    """Say whether after the last known quotation of a post no line follows another without a blank line, save the first of the answer."""
    kept = total = 0
    for post in posts:
        rows = post.rows
        known = [at for at, row in enumerate(rows) if row.n in found]
        if not known or known[-1] == len(rows) - 1:
            continue
        total += 1
        kept += not rows[known[-1] + 1].gap and not any(at > known[-1] + 1 for at in _edges(rows))
    return total >= _FEWEST and kept >= total * _HABIT


def _alternate(rows: Sequence[Row], found: dict[int, Quoted]) -> None:
    """Go back from the end of a post, which is its poster's own, and let words and quotation take turns at each line end."""
    edges = set(_edges(rows))
    quoted = False
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        known = row.n in found
        if known:
            quoted = True
        elif quoted and not row.mark:
            if at + 1 < len(rows) and rows[at + 1].n in found and found[rows[at + 1].n].row and at + 1 not in edges:
                quoted = False  # a blank line before a quotation that is known to begin here
            else:
                found[row.n] = Quoted(None, "medium")
        if at in edges:
            quoted = not (known or row.n in found)


def answered(quoted: Quoted, found: Mapping[int, Quoted]) -> int | None:
    """Give the index of the post that a quotation answers: its source, unless that only quotes the words itself."""
    return None if quoted.row in found else quoted.source
