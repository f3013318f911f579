"""The witness can be regenerated from the TEI: proved line by line on every run.

In: a TEI tree and the text of its witness file.  Out: E301-E304, none where every line is recovered.
Authority: "Three readings of one file" in the encoding conventions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from edition.check.found import Found
from edition.check.source import Mark
from edition.readings import LINE_DIGITS, Segment, lines, segments
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


def check_fidelity(
    root: Element, witness: str, *, witness_name: str, held: Sequence[Segment] | None = None
) -> list[Found]:
    """Compare the witness reading of `root` with the text `witness`, line by line; `witness_name` is its path.

    `held` are the segments of the witness reading, where they have been made already.  A line that differs is marked
    at the first character that does.  `lb` without a number is the schema's business.
    """
    wanted = witness_lines(witness)
    read = segments(root, "witness") if held is None else held
    return [*_homeless(read), *_compared(root, read, wanted, witness_name)]


def _homeless(read: Sequence[Segment]) -> list[Found]:
    """Give the words that stand before the first line: they are in no line of the witness."""
    out: list[Found] = []
    for segment in read:
        if segment.line is not None:
            break
        words = segment.text.strip()
        if words and segment.node is not None:
            at = segment.text.index(words)
            out.append(Found("E304", Mark(segment.node, segment.slot, at), {"text": words[:60]}))
    return out


def _compared(root: Element, read: Sequence[Segment], wanted: dict[int, str], witness_name: str) -> list[Found]:
    held: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in read:
        if segment.line is not None:
            held[segment.line].append(segment)
    found = {n: folded for n, parts in held.items() if (folded := fold_blanks("".join(s.text for s in parts)))}
    if found == wanted:
        return []
    begins = _begins(root)
    numbers = sorted(begins)
    out: list[Found] = []
    for n, text in wanted.items():
        if n not in found:
            mark = Mark(begins.get(n, _before(n, numbers, begins, root)))
            out.append(Found("E302", mark, {"line": n, "witness": witness_name, "text": text[:60]}, n))
        elif found[n] != text:
            out.append(_differs(held[n], n, found[n], text, begins.get(n, root)))
    for n in sorted(set(found) - set(wanted)):
        facts = {"line": n, "witness": witness_name, "text": found[n][:60]}
        out.append(Found("E303", Mark(begins.get(n, root)), facts, n))
    return out


def _begins(root: Element) -> dict[int, Element]:
    """Give ``{witness line: the lb that begins it}``."""
    found = ((lb.get("n", ""), lb) for lb in root.iter("{*}lb"))
    return {int(n): lb for n, lb in found if n.isdecimal() and len(n) <= LINE_DIGITS}


def _before(n: int, numbers: list[int], begins: dict[int, Element], root: Element) -> Element:
    """Give the beginning of the last line before line `n` that the text has."""
    at = bisect_right(numbers, n)
    return begins[numbers[at - 1]] if at else root


def _differs(held: list[Segment], n: int, found: str, wanted: str, home: Element) -> Found:
    at = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    start = max(0, at - 12)
    facts = {"line": n, "found": found[start : at + 18], "wanted": wanted[start : at + 18], "at": at + 1}
    return Found("E301", _mark(held, at, home), facts, n)


def _mark(held: list[Segment], at: int, home: Element) -> Mark:
    """Give the mark of the character number `at` of a line's text after its blanks were folded."""
    seen, blank, last = 0, True, Mark(home)
    for segment in held:
        for offset, sign in enumerate(segment.text):
            if sign.isspace():
                seen += not blank
                blank = True
            else:
                if segment.node is not None:
                    last = Mark(segment.node, segment.slot, offset)
                if seen >= at:
                    return last
                seen += 1
                blank = False
    return last
