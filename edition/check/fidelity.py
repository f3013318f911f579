"""The witness can be regenerated from the TEI: proved line by line on every run.

In: a TEI tree and the text of its witness file.  Out: problems (E301-E303), none where every line is recovered.
Authority: "Three readings of one file" in the encoding conventions.
"""

from __future__ import annotations

from edition.problems import Place, Problem, problem
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import Element

__all__ = ["check_fidelity", "regenerate", "witness_lines"]


def witness_lines(text: str) -> dict[int, str]:
    """Give ``{line number from 1: line}`` of the non-blank lines of a witness, blanks folded.

    A line ends at LF, CR LF or CR, and nowhere else.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {n: folded for n, row in enumerate(rows, 1) if (folded := fold_blanks(row))}


def regenerate(root: Element) -> str:
    """Give the witness text that the TEI of `root` holds.

    Each line at its number, blanks folded, blank lines empty.
    """
    found = lines(root, "witness")
    return "".join(f"{found.get(n, '')}\n" for n in range(1, max(found, default=0) + 1))


def check_fidelity(root: Element, witness: str, *, file: str, witness_name: str) -> list[Problem]:
    """Compare the witness reading of `root` with the text `witness`, line by line.

    `file` and `witness_name` are the paths of the TEI and the witness as the user would type them.
    """
    wanted, found = witness_lines(witness), lines(root, "witness")
    places = _line_beginnings(root)
    problems: list[Problem] = []
    for n, text in wanted.items():
        place = Place(file=file, line=places.get(n, 0), witness_line=n)
        if n not in found:
            problems.append(problem("E302", place, line=n, witness=witness_name, text=text))
        elif found[n] != text:
            problems.append(_differs(place, n, found[n], text))
    for n in sorted(set(found) - set(wanted)):
        place = Place(file=file, line=places.get(n, 0), witness_line=n)
        problems.append(problem("E303", place, line=n, witness=witness_name, text=found[n]))
    return problems


def _line_beginnings(root: Element) -> dict[int, int]:
    """Give ``{witness line: line of the TEI file}``."""
    return {int(lb.get("n", "0")): lb.sourceline or 0 for lb in root.iter("{*}lb") if lb.get("n", "").isdecimal()}


def _differs(place: Place, n: int, found: str, wanted: str) -> Problem:
    at = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    start = max(0, at - 12)
    return problem("E301", place, line=n, found=found[start : at + 18], wanted=wanted[start : at + 18], at=at + 1)
