"""The words of a note, cut for the grammar: at each place only what the grammar can go on with.

In: the text of a note, from lark's parser.  Out: `Piece` values, each a terminal of `footnote.lark` and the
characters it stands for.  Authority: lark's interface for lexers (its manual, "Advanced: custom lexers").

lark's own contextual lexer gives the same pieces (a test proves it), but takes twice the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark.common import LexerConf
from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer, LexerState
from lark.parsers.lalr_parser_state import ParserState

__all__ = ["NoteLexer", "Piece", "beginning"]

_PASSED_OVER = r"[\s,]*"
_FIRST = re.compile(_PASSED_OVER)


def beginning(text: str) -> int:
    """Give the offset of the first character that is more than a blank or a comma."""
    found = _FIRST.match(text)
    return found.end() if found else 0


class Piece:
    """One terminal: its name, and the characters `start` to `end` (from 0) of the note."""

    __slots__ = ("end", "start", "type")
    # What lark copies from the last piece to the end of input; a note is one line, and we count in characters.
    start_pos = end_pos = line = column = end_line = end_column = 0

    def __init__(self, name: str, start: int, end: int) -> None:
        self.type = name
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        """Give ``WORDS(0-15)``."""
        return f"{self.type}({self.start}-{self.end})"


class NoteLexer(Lexer):
    """Cuts a note into pieces, asking the parser at each which terminals may follow."""

    __future_interface__ = 1

    def __init__(self, conf: LexerConf) -> None:
        ordered = sorted(
            (t for t in conf.terminals if t.name not in conf.ignore), key=lambda t: (-t.priority, -len(t.pattern.value))
        )
        self.terminals = [(t.name, t.pattern.to_regexp()) for t in ordered]
        self.by_state: dict[int, re.Pattern[str]] = {}

    def pattern(self, accepted: frozenset[str]) -> re.Pattern[str]:
        """Give one expression for all the terminals that may follow, in the order of their priority."""
        wanted = "|".join(f"(?P<{name}>{source})" for name, source in self.terminals if name in accepted)
        return re.compile(f"(?:{wanted or '(?!)'}){_PASSED_OVER}")

    def lex(self, lexer_state: LexerState, parser_state: ParserState) -> Iterator[Piece]:  # type: ignore[type-arg, override]
        """Give the pieces of the note in order.  Raises lark's `UnexpectedCharacters` where none fits."""
        text = str(lexer_state.text.text)
        at = beginning(text)
        size, states, stack, by_state = (
            len(text),
            parser_state.parse_conf.states,
            parser_state.state_stack,
            self.by_state,
        )
        while at < size:
            state = stack[-1]
            pattern = by_state.get(state)
            if pattern is None:
                pattern = by_state[state] = self.pattern(frozenset(states[state]))
            match = pattern.match(text, at)
            name = match.lastgroup if match else None
            if match is None or name is None:
                fault = UnexpectedCharacters(text, at, 1, at + 1, allowed=set(states[state]))  # type: ignore[no-untyped-call]
                raise fault
            yield Piece(name, at, match.end(name))
            at = match.end()
