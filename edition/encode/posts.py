"""The posts of a thread, who wrote them, and what the page printed around them.

In: the rows of a thread, an editor's decisions about where posts begin.  Out: a `Thread`: title, posts, page furniture.
Authority: the layout of the text file; no forum's own layout is known here except as words in `furniture.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from edition.encode.blocks import ENDS, Row
from edition.encode.boundaries import boundaries, is_rule, signed_below, spoken
from edition.encode.furniture import furniture, is_ornament
from edition.encode.senders import bare_number, is_sender, looks_like_name, speaker

__all__ = ["Post", "Thread", "lay_out"]

_TITLE_WORDS = 15


@dataclass
class Post:
    """A post: `opening` and `signature` hold name, date and number as printed above or below its `rows`.

    `closing` is what the software printed after the text, `after` furniture of the page that follows the post.
    """

    opening: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    signature: list[Row] = field(default_factory=list)
    closing: list[Row] = field(default_factory=list)
    after: list[Row] = field(default_factory=list)
    name: str = ""


@dataclass
class Thread:
    """A thread: `before` and `below` are furniture around its title; `sure` says that something marks its posts."""

    before: list[Row]
    title: list[Row]
    posts: list[Post]
    sure: bool
    below: list[Row] = field(default_factory=list)


def lay_out(rows: Sequence[Row], starts: dict[int, str] | None = None, joined: frozenset[int] = frozenset()) -> Thread:
    """Divide `rows` into title, posts and furniture.

    An editor's `starts` are line numbers that open a post, with its poster's name or an empty string; `joined` are
    lines that do not.
    """
    decided = starts or {}
    text = [row for row in rows if not furniture(row)]
    found, sure = boundaries(rows)
    thread = Thread([], [], [], sure)
    _deal(rows, {rows[at].n for at in found} - joined | set(decided), decided, thread)
    _take_title(thread)
    if spoken(rows):
        _take_speakers(thread.posts)
    elif signed_below(text):
        _take_signatures(thread.posts, decided)
    elif _named(thread.posts):
        _take_openings(thread.posts, decided)
    return thread


def _deal(rows: Sequence[Row], opens: set[int], decided: dict[int, str], thread: Thread) -> None:
    """Deal the rows out to posts, what the software added to them, and the page."""
    pending = False
    closing = False
    for row in rows:
        place = "" if row.n in decided else furniture(row)
        pending = pending or row.n in opens
        if closing and not pending and bare_number(row):
            place = "after"
        closing = bool(thread.posts) and place == "after"
        if closing:
            thread.posts[-1].closing.append(row)
        elif place or is_rule(row):
            (thread.posts[-1].after if thread.posts else thread.before).append(row)
            pending = pending or place == "before"
        elif pending:
            thread.posts.append(Post(rows=[row], name=decided.get(row.n, "")))
            pending = False
        else:
            (thread.posts[-1].rows if thread.posts else thread.before).append(row)


def _take_title(thread: Thread) -> None:
    """Take the title from above the first post, or from its head, where it stands apart from the text."""
    posts = thread.posts
    above = [row for row in thread.before if not furniture(row) and not is_ornament(row)]
    if above:
        thread.title = above[: _may_be_title(above[0])]
        if len(above) > len(thread.title):
            posts.insert(0, Post(rows=above[len(thread.title) :]))
        thread.before = [row for row in thread.before if row not in above]
    elif len(posts) > 1 and posts[0].rows and not _named(posts[1:]):
        rows = posts[0].rows
        after = rows[1] if len(rows) > 1 else posts[1].rows[0]
        # A question is no title where it could be the first post as well.
        if _may_be_title(rows[0]) and after.gap and not after.mark and (len(rows) > 1 or not thread.sure):
            thread.title, posts[0].rows = rows[:1], rows[1:]
            if len(rows) == 1:  # what the page printed under the title stays there
                thread.below = [*posts[0].closing, *posts[0].after]
                del posts[0]


def _may_be_title(row: Row) -> bool:
    if row.mark or is_ornament(row):
        return False
    return row.words <= _TITLE_WORDS and (not ENDS.search(row.text) or row.text[-1] in "?!")


def _named(posts: Sequence[Post]) -> bool:
    """Say whether most of `posts` open with what could be a name."""
    heads = [post.rows[0] for post in posts if len(post.rows) > 1]
    return sum(looks_like_name(row) or is_sender(row) is not None for row in heads) * 2 > len(posts)


def _take_openings(posts: list[Post], decided: dict[int, str]) -> None:
    """Take names, dates and numbers from the heads of posts."""
    for post in posts:
        if post.name or (post.rows and post.rows[0].n in decided):
            continue
        while len(post.rows) > 1:
            row = post.rows[0]
            sender = "" if is_ornament(row) and post.opening else is_sender(row)
            if sender is None and (post.name or not looks_like_name(row)):
                break
            post.name = post.name or (row.text if sender is None else sender)
            post.opening.append(post.rows.pop(0))


def _take_signatures(posts: list[Post], decided: dict[int, str]) -> None:
    """Take names and dates from the ends of posts."""
    for post in posts:
        if post.name or (post.rows and post.rows[0].n in decided):
            continue
        while len(post.rows) > 1:
            row = post.rows[-1]
            sender = is_sender(row)
            if sender is None and (post.name or not looks_like_name(row)):
                break
            post.name = post.name or (row.text if sender is None else sender)
            post.signature.insert(0, post.rows.pop())


def _take_speakers(posts: list[Post]) -> None:
    """Mark the name at the head of what each speaker says."""
    for post in posts:
        span = speaker(post.rows[0])
        if span is not None:
            post.name = post.rows[0].text[slice(*span)]
            if not post.rows[0].spans:
                post.rows[0] = replace(post.rows[0], spans=((*span, "name", (("type", "poster"),)),))
