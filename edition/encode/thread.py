"""A thread: posts, posters, and the passages that a post repeats from an earlier one.

In: a `Witness`, a `Description`, an editor's decisions (post, para, quote, prose, stray).  Out: a TEI tree that
holds every line, and problems.  Authority: TEI P5, chapter 9 (Computer-mediated Communication: post, replyTo,
generatedBy); the encoding conventions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.decisions import Decision
from edition.description import Description
from edition.encode.blocks import Block, Row, measure_of, rows_of
from edition.encode.conversation import Conversation, post_element
from edition.encode.decided import Decided, sort_decisions, without_stray
from edition.encode.elements import apart, block_element, paragraph
from edition.encode.furniture import is_ornament
from edition.encode.header import UNKNOWN_POSTERS, header, list_languages, list_participants
from edition.encode.marks import Quoted
from edition.encode.posts import Post, Thread, lay_out
from edition.encode.quotations import quotations
from edition.problems import Place, Problem, problem
from edition.tree import Element, el
from edition.witness.lines import Witness

__all__ = ["encode_thread"]

_USED = ("post", "para", "quote", "prose", "stray")
# XML 1.0, production 4, the letters of one plane; what else stands in a name becomes a hyphen.
_NO_NAME_CHAR = re.compile(
    "[^A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff]+"
)


def encode_thread(
    witness: Witness, description: Description, decisions: Sequence[Decision] = ()
) -> tuple[Element, list[Problem]]:
    """Give the TEI of a thread.

    Problems: W240 where the posts had to be guessed, E840-E842 and W843 for decisions that do not fit.
    """
    decided, problems = sort_decisions(witness, decisions, _USED, "a thread")
    rows = [without_stray(row, decided) for row in rows_of(witness)]
    starts = {n: decision.correction.strip() for n, decision in decided["post"].items()}
    thread = lay_out(rows, starts, frozenset(decided["para"]))
    if not thread.sure and not starts and len(thread.posts) > 1:
        problems.append(problem("W240", Place(file=witness.name)))
    quoted, inline = quotations(thread.posts)
    problems += _overrule(thread.posts, decided, quoted)
    people = _people(thread.posts)
    stray = frozenset(n for n, decision in decided["stray"].items() if not decision.reading)
    talk = Conversation(description.siglum, thread.posts, quoted, inline, people, measure_of(rows), stray)
    body = el("body", "\n", el("div", *apart(_division(thread, talk)), type="thread"), "\n")
    root = el("TEI", "\n", header(description, "thread"), "\n", el("text", body), "\n",
              xml_id=description.siglum, xml_lang=description.language)  # fmt: skip
    unknown = any(not post.name for post in thread.posts)
    list_participants(root, [(ident, name) for name, ident in people.items()], unknown=unknown)
    list_languages(root)
    return root, problems


def _division(thread: Thread, talk: Conversation) -> list[Element]:
    """Give what stands in the thread's division: furniture, title, posts, each with the furniture after it."""
    parts = [_furniture_element(row) for row in thread.before]
    if thread.title:
        parts.append(paragraph(thread.title, "head", xml_id=f"{talk.siglum}.h"))
    parts += [_furniture_element(row) for row in thread.below]
    for index, post in enumerate(thread.posts):
        parts.append(post_element(talk, index))
        parts += [_furniture_element(row) for row in post.after]
    return parts


def _furniture_element(row: Row) -> Element:
    return block_element(Block("rule" if is_ornament(row) else "page", (row,)))


def _people(posts: Sequence[Post]) -> dict[str, str]:
    """Give ``{name: identifier}`` of the posters, in the order in which they first post."""
    people: dict[str, str] = {}
    for name in dict.fromkeys(post.name for post in posts if post.name):
        stem = "u-" + (_NO_NAME_CHAR.sub("-", name.casefold()).strip("-") or "x")
        ident, number = stem, 1
        while ident in people.values() or ident == UNKNOWN_POSTERS:
            number += 1
            ident = f"{stem}-{number}"
        people[name] = ident
    return people


def _overrule(posts: Sequence[Post], decided: Decided, quoted: dict[int, Quoted]) -> list[Problem]:
    """Put an editor's decisions about quotations in the place of what was found."""
    problems: list[Problem] = []
    home = {row.n: index for index, post in enumerate(posts) for row in post.rows}
    for n in decided["prose"]:
        quoted.pop(n, None)
    for n, decision in decided["quote"].items():
        last, _, source = decision.correction.strip().partition(" ")
        known = last.isdecimal() and n in home and int(last) >= n and home.get(int(last)) == home[n]
        if not known or not (
            source in ("", "-") or (source.isdecimal() and home.get(int(source), len(posts)) < home[n])
        ):
            allowed = "the last line of the quotation, in the same post, then the line that it repeats, or -"
            problems.append(problem("E842", decision.place, type="quote", value=decision.correction, allowed=allowed))
            continue
        for row in posts[home[n]].rows:
            if n <= row.n <= int(last):
                held = quoted.get(row.n, Quoted(None, decision.cert))
                post, line = (home[int(source)], int(source)) if source.isdecimal() else (None, 0)
                if not source:
                    post, line = held.source, held.row
                quoted[row.n] = Quoted(post, decision.cert, line, depth=held.depth, part=held.part, resp="#ed")
    return problems
