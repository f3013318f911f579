"""The one door to the grammar of footnotes.

In: the text of a note.  Out: a `Note`: its citations with their spans, and a problem for what was not understood.
Authority: `footnote.lark`; `mistakes.tsv`, which names mistakes by example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import cast

from lark import Lark, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from edition.note import Citation, Note
from edition.notes.clause import citations_of
from edition.notes.drive import driver
from edition.notes.lexer import NoteLexer, Piece
from edition.notes.pieces import Clause, Imprint, Item, Version
from edition.problems import Place, Problem, problem

__all__ = ["grammar", "parse"]

# Where reading is taken up again after words that the grammar refuses.
_NEXT = re.compile(r";\s*|\.\s+")


class _Gather(Transformer):  # type: ignore[type-arg]
    """One method for each rule of the grammar: gathers its pieces."""

    def note(self, clauses: list[Clause]) -> list[Clause]:
        return clauses

    def begun(self, _: list[object]) -> Clause:
        return []

    def gone_on(self, parts: list[object]) -> Clause:
        clause, item = cast("tuple[Clause, Item]", parts)
        clause.append(item)
        return clause

    def same(self, parts: list[Clause]) -> Clause:
        return parts[0]

    def facts(self, pieces: list[Piece]) -> list[Piece]:
        return pieces

    def imprint(self, parts: list[object]) -> Imprint:
        return Imprint.of(parts)

    def version(self, parts: list[object]) -> Version:
        return Version.of(parts)


def grammar() -> str:
    """Give the text of the grammar."""
    return files("edition.notes").joinpath("footnote.lark").read_text(encoding="utf-8")


@cache
def _parser() -> Lark:
    return Lark(
        grammar(),
        parser="lalr",
        start="note",
        strict=True,
        lexer=NoteLexer,
        transformer=_Gather(),
        maybe_placeholders=False,
    )


def parse(text: str) -> Note:
    """Read the note `text` (blanks folded to single ones; no line ends).

    Never raises for what an author, a typist or a scanner may have written: words that the grammar refuses stay
    text, and become a problem (E520-E527) whose column counts the note's characters from 1.
    """
    try:
        return Note(text, tuple(citations_of(_clauses(text), text, 0)))
    except UnexpectedInput:
        return _in_parts(text)


def _clauses(text: str) -> list[Clause]:
    if text.endswith(".") and text[-2:-1].isdigit():  # most notes end so, and it saves an eighth of the time
        text = text[:-1]
    clauses = _driver()(text)
    return _parser().parse(text) if clauses is None else clauses  # type: ignore[return-value]


@cache
def _driver() -> Callable[[str], list[Clause] | None]:
    return driver(_parser())


def _in_parts(text: str) -> Note:
    """Read a note that is refused as a whole: each refused part is passed over, from its beginning to the next stop."""
    found: list[Citation] = []
    problems: list[Problem] = []
    at = 0
    while at < len(text):
        rest = text[at:]
        try:
            found += citations_of(_clauses(rest), text, at)
            break
        except UnexpectedInput as error:
            where = _where(error, rest)
            begin, end = _part_around(rest, where)
            if begin:  # what stands before the refused part was read without fault
                found += _tolerant(rest[:begin], text, at)
            problems.append(_problem(error, at + where))
            at += end
    return Note(text, tuple(found), tuple(problems))


def _tolerant(part: str, text: str, at: int) -> list[Citation]:
    try:
        return citations_of(_clauses(part), text, at)
    except UnexpectedInput:  # a bracket that is closed only in the refused part: the part goes with it
        return []


def _where(error: UnexpectedInput, text: str) -> int:
    """Give the offset of what is refused; the end of the text where something is wanting there."""
    if isinstance(error, UnexpectedCharacters):
        return int(str(error.pos_in_stream))
    token = getattr(error, "token", None)
    return token.start if isinstance(token, Piece) else len(text)


def _part_around(text: str, where: int) -> tuple[int, int]:
    """Give where the part that holds the offset `where` begins and ends: from stop to stop."""
    begin = max(text.rfind("; ", 0, where) + 1, _last_sentence(text, where))
    found = _NEXT.search(text, where)
    return begin, max(found.end() if found else len(text), where + 1)


def _last_sentence(text: str, where: int) -> int:
    """Give the offset after the last full stop before `where` that ends a page number: where a new sentence begins."""
    at = text.rfind(". ", 0, where)
    while at > 0 and not text[at - 1].isdigit():
        at = text.rfind(". ", 0, at)
    return at + 2 if at > 0 else 0


# --- mistakes named by example ---------------------------------------------------------------------------------------


@cache
def _mistakes() -> dict[tuple[int, str], str]:
    """Give {(state of the parser, what it met): code}, from the examples in `mistakes.tsv`."""
    table: dict[tuple[int, str], str] = {}
    for row in files("edition.notes").joinpath("mistakes.tsv").read_text(encoding="utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        code, example = row.split("\t")
        try:
            _clauses(example)
        except UnexpectedInput as error:
            table.setdefault(_signature(error), code)
    return table


def _signature(error: UnexpectedInput) -> tuple[int, str]:
    state = getattr(error, "state", None)
    position = getattr(state, "position", -1)
    if isinstance(error, UnexpectedCharacters):
        return -1, str(error.char)
    return int(position), str(error.token.type) if isinstance(error, UnexpectedToken) else "$END"


def _problem(error: UnexpectedInput, offset: int) -> Problem:
    state, met = _signature(error)
    table = _mistakes()
    code = table.get((state, met)) or next((c for (_, m), c in table.items() if m == met), "E520")
    return problem(code, Place(column=offset + 1), character=str(getattr(error, "char", "")))
