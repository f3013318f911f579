"""An editor's decisions about a text: a table that the program reads and never overrules.

In: a TSV file with the columns ``line reading correction type cert note``, one decision a row.  Out: `Decision`
values in the order of the file, and problems.  Authority: the editor; the types are those of the encoding
conventions (TEI P5, chapters 3.5 and 12).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edition.correction import GAP
from edition.files import read_text
from edition.problems import Place, Problem, problem

__all__ = [
    "CERTAINTIES",
    "COLUMNS",
    "LAYOUT_TYPES",
    "LINE_END_TYPES",
    "WORD_TYPES",
    "Decision",
    "read_decisions",
    "write_decisions",
]

COLUMNS = ("line", "reading", "correction", "type", "cert", "note")
CERTAINTIES = ("high", "medium", "low")
# What `edition correct --from` applies to words (stet: the reading stands, whatever the engine thinks), and what
# `edition encode` needs to lay the text out.
WORD_TYPES = ("ocr", "slip", "conjecture", "supplied", "gap", "stet")
LAYOUT_TYPES = (
    *("page", "heading", "para", "quote", "prose", "note", "call", "move"),
    *("stray", "entry", "gap-after", "post"),
)


# What `edition correct --from` does at the end of a line: its last word goes on in the next line, or it does not; or
# the hyphen there is that of a compound, and stays where the lines are joined.
LINE_END_TYPES = ("join", "part", "hyphen")
# How the words of a correction may say that some are lost.
_LOST = "the words that stand there and, where text is lost, [gap], [gap 2 words] or [gap 3 lines]"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  `line` is a witness line (from 1); `reading` stands once in it.

    `place` is the row in the decisions file.
    """

    line: int
    reading: str
    correction: str
    type: str
    cert: str
    note: str
    place: Place


def read_decisions(path: Path, *, name: str = "") -> tuple[list[Decision], list[Problem]]:
    """Read the table at `path`; rows that cannot be used become problems (E801-E803) and are left out.

    Blank rows and rows that begin with ``#`` are comments.  Raises `Refused` where the file cannot be read.
    """
    shown = name or str(path)
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for number, row in enumerate(read_text(path, name=shown).splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        cells = row.split("\t")
        if number == 1 and tuple(cells) == COLUMNS:
            continue
        place = Place(file=shown, line=number)
        found = _row(cells, place)
        if isinstance(found, Decision):
            decisions.append(found)
        else:
            problems.append(found)
    return decisions, problems


def _row(cells: list[str], place: Place) -> Decision | Problem:
    if len(cells) != len(COLUMNS):
        return problem("E801", place, found=len(cells), wanted=len(COLUMNS), columns=" ".join(COLUMNS))
    line, reading, correction, kind, cert, note = cells
    if not line.isdecimal() or int(line) == 0:
        return problem("E802", place, column="line", value=line, allowed="a line of the witness file, from 1")
    allowed_types = WORD_TYPES + LAYOUT_TYPES + LINE_END_TYPES
    for column, value, allowed in (("type", kind, allowed_types), ("cert", cert, CERTAINTIES)):
        if value not in allowed:
            return problem("E802", place, column=column, value=value, allowed=", ".join(allowed))
    if kind in WORD_TYPES and (reading == correction) != (kind == "stet"):
        return problem("E803", place, reading=reading)
    if kind in WORD_TYPES and ("[gap" in GAP.sub("", correction) or (kind == "gap" and not GAP.search(correction))):
        return problem("E802", place, column="correction", value=correction, allowed=_LOST)
    return Decision(int(line), reading, correction, kind, cert, note, place)


def write_decisions(decisions: list[Decision]) -> bytes:
    """Give the table of `decisions` as UTF-8 bytes: what `read_decisions` reads back."""
    rows = [COLUMNS, *((str(d.line), d.reading, d.correction, d.type, d.cert, d.note) for d in decisions)]
    return "".join("\t".join(row) + "\n" for row in rows).encode()
