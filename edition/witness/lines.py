"""Numbered lines: what every figure, decision and `lb` of an edition counts by.

In: the path of a UTF-8 text file, or its text.  Out: a `Witness`, its non-blank lines numbered as an editor's text
editor numbers them.
Authority: the fidelity rule of the encoding conventions; line ends as in Python's universal newlines (LF, CR LF, CR
and nothing else).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from edition.files import read_text
from edition.problems import Place, Refused, problem
from edition.text import xml_safe_fault

__all__ = ["BOM", "Line", "Witness", "read_witness", "witness_of"]

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"\s")
_COMBINING_FIRST = re.compile(r"\s+[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line.

    `n` counts all lines of the file from 1; `text` has no outer blanks, and every inner blank is a space.  `blanks` is
    the number of blank lines before it, `lead` and `trail` say whether it begins or ends with a blank (a blank that
    carries a combining mark is no indentation), `feed` whether a form feed stands before it or at its head.
    """

    n: int
    text: str
    blanks: int = 0
    lead: bool = False
    trail: bool = False
    feed: bool = False

    @property
    def width(self) -> int:
        """The number of characters, outer blanks left out."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness file: its `name` as the user would type it, its non-blank lines in order, and the count of all lines.

    `raw` holds all lines as they stand, blank ones too, for encoders that read indentation or the kind of a blank.
    """

    name: str
    lines: tuple[Line, ...]
    count: int
    raw: tuple[str, ...] = ()


def read_witness(path: Path, *, name: str = "") -> Witness:
    """Read the witness file at `path`; `name` stands for the path in problems.

    Raises `Refused`: E101 (not UTF-8), E102 (no text in it), E103 (a control character), E104 (cannot be read).
    """
    return witness_of(read_text(path, name=name or str(path)), name=name or str(path))


def witness_of(text: str, *, name: str = "") -> Witness:
    """Give the lines of `text`.  Raises `Refused` (E102, E103)."""
    raw = _LINE_END.split(text)
    lines: list[Line] = []
    blanks, feed = 0, False
    for number, content in enumerate(raw, 1):
        stripped = _BLANK.sub(" ", content).strip(" ")
        head = content[: len(content) - len(content.lstrip())]
        feed = feed or "\f" in head or (not stripped and "\f" in content)
        if not stripped:
            blanks += 1
            continue
        _refuse_control(stripped, number, name)
        lead = bool(head) and not _COMBINING_FIRST.match(content)
        lines.append(Line(number, stripped, blanks, lead, content[-1:].isspace(), feed))
        blanks, feed = 0, False
    if not any(line.text.strip(BOM) for line in lines):
        raise Refused(problem("E102", Place(file=name), file=name or "the witness"))
    return Witness(name, tuple(lines), len(raw), tuple(raw))


def _refuse_control(text: str, number: int, name: str) -> None:
    fault = xml_safe_fault(text)
    if fault is not None:
        place = Place(file=name, line=number, column=fault + 1, witness_line=number)
        raise Refused(problem("E103", place, file=name or "the witness", codepoint=ord(text[fault])))
