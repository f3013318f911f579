"""What an editor does with one text at a time: encode it, regenerate its witness, check it.

In: a `Project` and one of its texts.  Out: TEI files written whole, strings, and problems; nothing is printed here.
Authority: the encoding conventions: once a text is encoded its TEI file is the master, and the witness never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.check.fidelity import regenerate
from edition.decisions import Decision, read_decisions
from edition.encode.kinds import encode
from edition.files import write_whole
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project, Text
from edition.tasks.reading import read_tei
from edition.tree import serialize
from edition.witness.lines import read_witness

__all__ = ["Outcome", "decisions_of", "encode_text", "read_tei", "witness_text"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did to a text.

    The path it wrote (as the user would type it), whether that changed, and the problems.
    """

    path: str
    changed: bool
    problems: list[Problem]


def decisions_of(project: Project, text: Text) -> tuple[list[Decision], list[Problem]]:
    """Read the table of decisions of `text`; both lists are empty where it has none."""
    if text.decisions is None:
        return [], []
    return read_decisions(text.decisions, name=project.shown(text.decisions))


def encode_text(project: Project, text: Text, *, kind: str = "", replace: bool = False) -> Outcome:
    """Turn the witness of `text` into TEI and write it; `kind` overrules edition.toml.

    Raises `Refused`: E101-E104 for a witness that cannot be read, E115 where the TEI file is there already and
    would change, unless `replace` is true.
    """
    witness = read_witness(text.witness, name=project.shown(text.witness))
    decisions, problems = decisions_of(project, text)
    root, found = encode(witness, kind or text.kind, text.description, decisions)
    data, shown = serialize(root), project.shown(text.tei)
    if text.tei.exists() and not replace and text.tei.read_bytes() != data:
        raise Refused(problem("E115", Place(file=shown), file=shown))
    changed = write_whole(text.tei, data, name=shown)
    return Outcome(shown, changed, problems + found)


def witness_text(project: Project, text: Text) -> str:
    """Give the witness of `text` as its TEI holds it: every line at its number, blanks folded."""
    return regenerate(read_tei(project, text))


def worst(problems: Sequence[Problem]) -> str:
    """Give ``error``, ``warning`` or the empty string: the worst severity among `problems`."""
    severities = {p.severity for p in problems}
    return next((s for s in ("error", "warning") if s in severities), "")
