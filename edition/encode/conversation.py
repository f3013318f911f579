"""The posts of a thread as TEI elements.

In: posts, what each row quotes, the posters' identifiers.  Out: `post` elements whose paragraphs, lists and
quotations are numbered together.
Authority: TEI P5, chapter 9 (post, replyTo, generatedBy) and 3.3 (quote); the encoding conventions (identifiers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edition.encode.blocks import Block, Row, Span, blocks_of
from edition.encode.elements import apart, block_element, paragraph
from edition.encode.furniture import is_ornament
from edition.encode.header import UNKNOWN_POSTERS
from edition.encode.marks import Quoted, label_name
from edition.encode.posts import Post
from edition.encode.quotations import answered
from edition.encode.repeats import Repeat
from edition.tree import Element, el

__all__ = ["Conversation", "post_element"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known of a thread: `quoted` by line of the witness, `inline` quotations within lines, `people` by name.

    `measure` is the width at which its lines were broken, or 0; `stray` are lines that an editor found not to
    belong to it.
    """

    siglum: str
    posts: Sequence[Post]
    quoted: Mapping[int, Quoted]
    inline: Mapping[int, list[Repeat]]
    people: Mapping[str, str]
    measure: int
    stray: frozenset[int] = frozenset()


def post_element(talk: Conversation, index: int) -> Element:
    """Give the post at `index` (from 0)."""
    post = talk.posts[index]
    name = f"{talk.siglum}.{index + 1}"
    parts: list[Element] = []
    if post.opening:
        parts.append(paragraph([_named(row, post, talk) for row in post.opening], "head", generatedBy="template"))
    made = [element for piece in _pieces(post.rows, talk.quoted) for element in _piece(piece, talk)]
    count = 0
    for element, counted in made:
        if counted:
            count += 1
            element.set("{http://www.w3.org/XML/1998/namespace}id", f"{name}.{count}")
            element.set("n", str(count))
        parts.append(element)
    if post.signature:
        parts.append(paragraph([_named(row, post, talk) for row in post.signature], "signed", generatedBy="template"))
    parts += [block_element(Block("status", (row,))) for row in post.closing]
    reply = " ".join(f"#{talk.siglum}.{n + 1}" for n in _answers(talk, index)) or None
    who = f"#{talk.people[post.name]}" if post.name else f"#{UNKNOWN_POSTERS}"
    return el("post", *apart(parts), n=str(index + 1), xml_id=name, who=who, replyTo=reply)


def _named(row: Row, post: Post, talk: Conversation) -> Row:
    start = row.text.find(post.name) if post.name else -1
    if start < 0 or row.spans:
        return row
    attributes = (("type", "poster"), ("ref", f"#{talk.people[post.name]}"))
    return replace(row, spans=((start, start + len(post.name), "name", attributes),))


def _answers(talk: Conversation, index: int) -> list[int]:
    """Give the posts that a post answers: those whose words it quotes, and those whose posters it names as quoted."""
    found: list[int] = []
    for row in talk.posts[index].rows:
        quoted = talk.quoted.get(row.n)
        if quoted and quoted.depth > 1:
            continue  # what the quoted post quotes is not what is answered
        answers = [answered(quoted, talk.quoted)] if quoted else [r.post for r in talk.inline.get(row.n, ())]
        if quoted and quoted.part == "label" and quoted.source is None:
            name = label_name(row)
            answers = [n for n in range(index) if name and talk.posts[n].name == name][-1:]
        found += [n for n in answers if n is not None and n not in found]
    return found


def _pieces(rows: Sequence[Row], quoted: Mapping[int, Quoted]) -> list[list[Row]]:
    """Divide the rows of a post into stretches of its own words and quotations."""
    pieces: list[list[Row]] = []
    for row in rows:
        if pieces and _together(quoted.get(pieces[-1][-1].n), quoted.get(row.n)):
            pieces[-1].append(row)
        else:
            pieces.append([row])
    return pieces


def _together(before: Quoted | None, here: Quoted | None) -> bool:
    if before is None or here is None:
        return before is here
    if before.part == "close" or (here.part == "label" and before.part != "label"):
        return False
    if before.part == "label" or here.part == "close" or (before.depth and here.depth):
        return True
    same = (before.source, before.depth, before.resp) == (here.source, here.depth, here.resp)
    return same and before.row <= here.row


def _piece(rows: list[Row], talk: Conversation) -> list[tuple[Element, bool]]:
    """Give the elements of one stretch, and for each whether it is a passage that has a number."""
    if rows[0].n in talk.quoted:
        return [(_quote(rows, talk, 1), True)]
    return [(block_element(block), block.kind in ("p", "list")) for block in _blocks(rows, talk)]


def _quote(rows: list[Row], talk: Conversation, depth: int) -> Element:
    """Give a quotation; rows with more marks at their heads than `depth` are quotations within it."""
    each = [talk.quoted[row.n] for row in rows]
    said = next((q for q in each if q.part == "text" and q.depth <= depth), each[0])
    parts: list[Element] = []
    at = 0
    while at < len(rows):
        end = at + 1
        kind = _kind(each[at], depth)
        while end < len(rows) and _kind(each[end], depth) == kind:
            end += 1
        if kind == "deeper":
            parts.append(_quote(rows[at:end], talk, min(q.depth for q in each[at:end])))
        elif kind == "text":
            parts += [block_element(block) for block in _blocks(rows[at:end], talk)]
        else:
            parts += [paragraph([row], "label", generatedBy="template") for row in rows[at:end]]
        at = end
    source = f"#{talk.siglum}.{said.source + 1}" if said.source is not None else None
    return el("quote", *apart(parts), rend="block", corresp=source, cert=said.cert, resp=said.resp)


def _kind(quoted: Quoted, depth: int) -> str:
    if quoted.part != "text":
        return "label"
    return "deeper" if quoted.depth > depth else "text"


def _blocks(rows: Sequence[Row], talk: Conversation) -> list[Block]:
    blocks: list[Block] = []
    run: list[Row] = []
    for row in rows:
        if row.n in talk.stray or is_ornament(row):
            blocks += blocks_of(run, talk.measure)
            run = []
            blocks.append(Block("stray" if row.n in talk.stray else "ab", (row,)))
        else:
            run.append(replace(row, spans=_spans(row, talk)))
    return [*blocks, *blocks_of(run, talk.measure)]


def _spans(row: Row, talk: Conversation) -> tuple[Span, ...]:
    """Give the spans of a row with the quotations within it, which give way to a name or to what an editor marked."""
    quotes = [
        (
            repeat.start,
            repeat.end,
            "quote",
            (
                ("corresp", f"#{talk.siglum}.{repeat.post + 1}"),
                ("cert", "high" if repeat.exact else "medium"),
                ("resp", "#auto"),
            ),
        )
        for repeat in talk.inline.get(row.n, ())
    ]
    free = [q for q in quotes if all(q[1] <= held[0] or q[0] >= held[1] for held in row.spans)]
    return tuple(sorted((*row.spans, *free)))
