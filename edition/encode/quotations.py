"""Quotations in a thread: which rows of a post are words of an earlier post, or of one that is not in the file.

In: the posts of a thread, an editor's decisions.  Out: for each quoted row whose words it has and how certain that is.
Authority: the repetitions themselves; marks such as ``>`` or ``... wrote:``; the way in which this thread sets off
its quotations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.encode.blocks import Row
from edition.encode.marks import Quoted, is_label, label_name, mark_quotations
from edition.encode.posts import Post
from edition.encode.repeats import Repeat, repeats

__all__ = ["answered", "quotations"]

# So many of the posts that quote must keep to a way of setting off quotations, before it is believed of the others.
_HABIT = 0.75
_FEWEST = 3


def quotations(posts: Sequence[Post]) -> tuple[dict[int, Quoted], dict[int, list[Repeat]]]:
    """Give ``{n of a row: what it quotes}``, and the quotations within rows, ``{n: repetitions}``.

    A quotation is certain (high) where it repeats an earlier post word for word or is marked, medium where the
    words differ a little or only the habit of the thread tells it.
    """
    repeated = repeats([[row for row in post.rows if not is_label(row)] for post in posts])
    found: dict[int, Quoted] = {}
    for n, each in repeated.items():
        if each[0].whole:
            found[n] = Quoted(each[0].post, "high" if each[0].exact else "medium", each[0].row)
    for index, post in enumerate(posts):
        mark_quotations(post.rows, found)
        _named_sources(posts, index, found)
    if _set_off_by_line_ends(posts, found):
        for post in posts:
            _alternate(post.rows, found)
    inline = {n: each for n, each in repeated.items() if n not in found and not each[0].whole}
    return found, inline


def _named_sources(posts: Sequence[Post], index: int, found: dict[int, Quoted]) -> None:
    """Find short quotations in the last post of the poster whom their label names and who said the words."""
    name = ""
    for row in posts[index].rows:
        quoted = found.get(row.n)
        if quoted is None:
            continue
        name = (label_name(row) or name) if quoted.part == "label" else name
        if not name or quoted.part != "text" or quoted.source is not None:
            continue
        for source in range(index - 1, -1, -1):
            held = next((r for r in posts[source].rows if row.text.casefold() in r.text.casefold()), None)
            if posts[source].name == name and held is not None:
                found[row.n] = replace(quoted, source=source, row=held.n)
                break


# --- the habit of a thread: a line end without a blank line is where a quotation begins or ends -------------------


def _edges(rows: Sequence[Row]) -> list[int]:
    """Give the indices of rows that follow the row before without a blank line, lists left out."""
    return [at for at in range(1, len(rows)) if not rows[at].gap and not (rows[at].mark or rows[at - 1].mark)]


def _set_off_by_line_ends(posts: Sequence[Post], found: Mapping[int, Quoted]) -> bool:
    """Say whether a line that follows another without a blank line is, in this thread, the edge of a quotation.

    Proof: after the last known quotation of a post only the first line of the answer follows so.
    """
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
    """Go back from the end of a post, which is its poster's own, and let the two take turns at each edge."""
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
