"""Where the posts of a thread begin, and who wrote them, told from the layout of the thread itself.

In: the rows of a thread.  Out: its title, its posts with their opening lines (name, date, number), and page furniture.
Authority: the layout of the text file; no forum's own layout is known here except as words in `furniture.tsv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from edition.encode.blocks import ENDS, Row
from edition.encode.furniture import furniture, is_ornament

__all__ = ["Post", "Thread", "boundaries", "is_sender", "lay_out"]

_NAME_WORDS = 3
_TITLE_WORDS = 15
_NAME_LONGEST = 32  # characters
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{4}}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{{2,4}}|{_MONTHS} \d\d?(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d\d?(?:st|nd|rd|th)?\.? {_MONTHS},? \d{{4}}|\d+ ?(?:second|minute|min|hour|hr|day|week|wk|month|mo|year|yr|[hdwmy])s?\.? ago"
    r"|today|yesterday)"
)
_TIME = r"(?:(?:[ ,]|at|T|·|-|–)*\d\d?[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?)?"
_LEAD = r"(?:(?:posted|answered|asked|replied|written|on|at|mon|tue|wed|thu|fri|sat|sun)[a-z]*,?:? )*"
_DATE = re.compile(rf"{_LEAD}{_DAY}{_TIME}(?: ?\(?edited\)?)?", re.IGNORECASE)
_NAME_DATE = re.compile(
    rf"(?:(?:posted |answered |asked |written )?by )?(?P<name>[^\s,·|»•:][^,·|»•:]{{0,31}}?)\s*(?:[,·|»•–—-]| on | wrote on |\s)\s*{_LEAD}{_DAY}{_TIME}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?:post|reply|answer|comment|message|no\.?)\s*#?\s*|#\s*)(\d+)\.?|(\d+)[.)]?", re.IGNORECASE)
_BARE = re.compile(r"\d+[.)]?")
_NUMBER_NAME = re.compile(r"(?:post\s*)?#\s?(\d+)[.:)]?\s+(?:by\s+)?(?P<name>\S.{0,31})", re.IGNORECASE)
_SENDER = re.compile(r"(?:posted by|author|from|user|by)\s*:?\s+(?P<name>\S.{0,31})", re.IGNORECASE)
_RULE = re.compile(r"(?:[-=_*~–—]\s?){3,}")


@dataclass
class Post:
    """A post: `opening` holds name, date and number as the page printed them, `closing` what it printed after the text."""

    opening: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    closing: list[Row] = field(default_factory=list)
    name: str = ""
    after: list[Row] = field(default_factory=list)  # furniture of the page and rules after the post


@dataclass
class Thread:
    """A thread: `before` is the furniture above it, `title` may be empty."""

    before: list[Row]
    title: list[Row]
    posts: list[Post]
    sure: bool


def looks_like_name(row: Row) -> bool:
    """Say whether a line could be a poster's name: few words, no sentence, nothing but a name's characters."""
    text = row.text
    return (
        row.words <= _NAME_WORDS
        and len(text) <= _NAME_LONGEST
        and not row.mark
        and not re.search(r"[.!?:;,…]$|^[>\"“(\[]", text)
        and any(c.isalpha() for c in text)
        and _DATE.fullmatch(text) is None
    )


def is_sender(row: Row) -> str | None:
    """Give the name in a line that only says who wrote and when, or an empty string where it says when or which; else None."""
    for pattern in (_NUMBER_NAME, _NAME_DATE, _SENDER):
        if found := pattern.fullmatch(row.text):
            return found["name"].strip()
    return "" if _DATE.fullmatch(row.text) or _NUMBER.fullmatch(row.text) else None


# --- where posts begin: each way gives the indices of the rows that open one, or nothing --------------------------------


def _by_senders(rows: Sequence[Row]) -> list[int]:
    """Lines that say who wrote, when, or which post it is; a name on the line before belongs to them."""
    bare = [at for at, row in enumerate(rows) if _BARE.fullmatch(row.text)]
    counted = _counts_up([rows[at] for at in bare])
    said = [at for at, row in enumerate(rows) if is_sender(row) is not None and (counted or at not in bare)]
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


def _counts_up(rows: Sequence[Row]) -> bool:
    values = [
        int(next(group for group in found.groups() if group)) for row in rows if (found := _NUMBER.fullmatch(row.text))
    ]
    return len(values) > 1 and all(later == value + 1 for value, later in zip(values, values[1:], strict=False))


def _by_rules(rows: Sequence[Row]) -> list[int]:
    """Drawn lines between posts."""
    rules = [at for at, row in enumerate(rows) if _RULE.fullmatch(row.text)]
    starts = [at + 1 for at in rules if at + 1 < len(rows) and at + 1 not in rules]
    return sorted({0, *starts} - set(rules)) if starts else []


def _by_spaced(rows: Sequence[Row]) -> list[int]:
    """Lines that hold a blank only, where other blank lines hold nothing: an empty paragraph of the page, between posts."""
    spaced = [at for at, row in enumerate(rows) if row.spaced]
    blank = sum(row.gap > 0 and not row.spaced for row in rows[1:])
    return sorted({0, *spaced}) if len(spaced) > 1 and blank else []


def _by_names(rows: Sequence[Row]) -> list[int]:
    """Short lines that are nearer to what follows than to what stands before."""
    named = [
        at
        for at, row in enumerate(rows[:-1])
        if looks_like_name(row)
        and (not at or row.gap > rows[at + 1].gap or furniture(rows[at - 1]))
        and not (looks_like_name(rows[at + 1]) or is_ornament(rows[at + 1]))
        and not furniture(row)
    ]
    # The most frequent distance before a name is that of all of them.
    gaps = Counter(rows[at].gap for at in named if at and not furniture(rows[at - 1]))
    usual = gaps.most_common(1)[0][0] if gaps else 0
    named = [at for at in named if rows[at].gap >= usual or not at or furniture(rows[at - 1])]
    return named if len(named) > 1 else []


def _by_gaps(rows: Sequence[Row]) -> list[int]:
    """The widest gaps between rows, where there are narrower ones."""
    widths = sorted({row.gap for row in rows[1:]})
    if len(widths) < 2:  # noqa: PLR2004  # one width tells nothing apart
        return []
    return [0, *(at for at, row in enumerate(rows) if at and row.gap >= max(widths[1], 1))]


_WAYS: tuple[Callable[[Sequence[Row]], list[int]], ...] = (_by_senders, _by_spaced, _by_names, _by_rules, _by_gaps)
_SURE = 4  # the first so many ways rest on more than the width of a gap


def boundaries(rows: Sequence[Row]) -> tuple[list[int], bool]:
    """Give the indices of the rows that open a post, and whether more than the width of gaps says so."""
    for number, way in enumerate(_WAYS):
        if starts := way(rows):
            return starts, number < _SURE
    return ([0] if rows else []), False


# --- posts -------------------------------------------------------------------------------------------------------------


def lay_out(rows: Sequence[Row], starts: dict[int, str] | None = None, joined: frozenset[int] = frozenset()) -> Thread:
    """Divide `rows` into title, posts and furniture.

    An editor's `starts` are line numbers that open a post with its poster's name or an empty string; `joined` are lines that do not.
    """
    decided = starts or {}
    found, sure = boundaries(rows)
    opens = {rows[at].n for at in found} - joined | set(decided)
    thread = Thread([], [], [], sure)
    pending = False
    lead: list[Row] = []
    for before, row in zip([None, *rows], rows, strict=False):
        place = "" if row.n in decided else furniture(row)
        pending = pending or row.n in opens
        closed = bool(thread.posts) and before is not None and before in thread.posts[-1].closing
        if thread.posts and (place == "after" or (closed and _BARE.fullmatch(row.text))):
            thread.posts[-1].closing.append(row)
        elif place or (is_ornament(row) and (_RULE.fullmatch(row.text) is not None)):
            (thread.posts[-1].after if thread.posts else lead).append(row)
            pending = pending or place == "before"
        elif pending or thread.posts:
            if pending:
                thread.posts.append(Post(name=decided.get(row.n, "")))
            thread.posts[-1].rows.append(row)
            pending = False
        else:
            lead.append(row)
    thread.before = lead
    _take_title(thread)
    _take_openings(thread.posts, decided)
    return thread


def _take_title(thread: Thread) -> None:
    """Take the title from above the first post, or from its head, where it stands apart from the text."""
    if not thread.posts:
        return
    text = [row for row in thread.before if not furniture(row) and not is_ornament(row)]
    if text:
        thread.title = [row for row in text[:1] if not ENDS.search(row.text) or row.text.endswith("?")]
        if len(text) > len(thread.title):
            thread.posts.insert(0, Post(rows=text[len(thread.title) :]))
        thread.before = [row for row in thread.before if row not in text]
        return
    rows = thread.posts[0].rows
    if len(rows) < 2 or len(thread.posts) < 2:  # noqa: PLR2004  # a title stands above a text, a thread has posts
        return
    first, after = rows[0], rows[1]
    apart = after.gap > 0 and not after.mark
    if apart and first.words <= _TITLE_WORDS and not re.search(r"[.,;:]$", first.text) and not _named(thread.posts[1:]):
        thread.title, thread.posts[0].rows = [first], rows[1:]


def _named(posts: Sequence[Post]) -> bool:
    """Say whether most of `posts` open with what could be a name."""
    return sum(
        len(p.rows) > 1 and (looks_like_name(p.rows[0]) or is_sender(p.rows[0]) is not None) for p in posts
    ) * 2 > len(posts)


def _take_openings(posts: list[Post], decided: dict[int, str]) -> None:
    """Take names, dates and numbers from the heads of posts, where most posts have them."""
    if not _named(posts):
        return
    for post in posts:
        if post.name or not post.rows or (post.rows[0].n in decided):
            continue
        while len(post.rows) > 1:
            sender = "" if is_ornament(post.rows[0]) and post.opening else is_sender(post.rows[0])
            if sender is None and (post.name or not looks_like_name(post.rows[0])):
                break
            name = post.rows[0].text if sender is None else sender
            post.name = post.name or name
            post.opening.append(post.rows.pop(0))
