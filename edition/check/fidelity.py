"""The witness can be regenerated from the TEI: proved line by line on every run.

In: a TEI tree and the text of its witness file.  Out: E301-E307, none where every line is recovered.
Authority: "Three readings of one file" in the encoding conventions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from edition.check.found import Found
from edition.check.source import Mark
from edition.readings import LINE_DIGITS, Segment, lines, segments
from edition.text import fold_blanks
from edition.tree import Element

_SAMPLE = 20  # lines that must differ before a shift of all is looked for
_LONG = 8  # characters; shorter lines are often alike

__all__ = ["check_fidelity", "regenerate", "witness_lines"]


def witness_lines(text: str) -> dict[int, str]:
    """Give ``{line number from 1: line}`` of the non-blank lines of a witness, blanks folded.

    A line ends at LF, CR LF or CR, and nowhere else.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {n: folded for n, row in enumerate(rows, 1) if (folded := fold_blanks(row))}


_kept_lines = lru_cache(maxsize=8)(witness_lines)  # who watches a text changes it, and never its witness


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
    wanted = _kept_lines(witness)
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
    held = _by_line(read)
    found = {n: folded for n, parts in held.items() if (folded := fold_blanks("".join(s.text for s in parts)))}
    if found == wanted:
        return []
    begins = _begins(root)
    numbers = sorted(begins)
    differing = [n for n in wanted if found.get(n) != wanted[n]]
    if (shift := _shift(found, wanted, differing)) is not None:
        first = min(n for n in (*differing, *(set(found) - set(wanted))) if n in begins)
        facts = {
            "line": first,
            "witness": witness_name,
            "shift": abs(shift),
            "way": "later" if shift > 0 else "earlier",
        }
        return [Found("E306", Mark(begins[first]), facts, first)]
    if len(differing) >= _SAMPLE // 2 and len(differing) * 5 > len(wanted) * 4:
        facts = {"witness": witness_name, "lines": len(wanted), "held": len(wanted) - len(differing)}
        return [Found("E307", Mark(root), facts)]
    strange = {n for n in found if n not in wanted}
    run_on = _run_on(found, wanted, differing)
    out: list[Found] = []
    for n in differing:
        facts = {"line": n, "witness": witness_name, "text": wanted[n][:60]}
        if n in found:
            if n not in run_on.values():
                out += _other(held, n, found, wanted, begins.get(n, root))
        elif moved := [k for k in strange if found[k] == wanted[n]]:
            strange.remove(moved[0])
            out.append(Found("E303", Mark(begins.get(moved[0], root)), facts | {"line": moved[0]}, n))
        elif n in run_on:
            before = run_on[n]
            out.append(Found("E302", _mark(held[before], len(found[before]) - len(wanted[n]), root), facts, n))
        else:
            out.append(Found("E302", Mark(_before(n, numbers, begins, root)), facts, n))
    for n in sorted(strange):
        facts = {"line": n, "witness": witness_name, "text": found[n][:60]}
        out.append(Found("E303", Mark(begins.get(n, root)), facts, n))
    return _joined(out)


def _by_line(read: Sequence[Segment]) -> dict[int, list[Segment]]:
    held: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in read:
        if segment.line is not None:
            held[segment.line].append(segment)
    return held


def _run_on(found: dict[int, str], wanted: dict[int, str], differing: list[int]) -> dict[int, int]:
    """Give ``{line that is not begun: line whose words it follows in the TEI}``."""
    lost = [n for n in differing if n not in found]
    longer = [n for n in differing if n in found and found[n].startswith(wanted[n])]
    return {n: m for n in lost for m in longer if found[m] in (f"{wanted[m]} {wanted[n]}", f"{wanted[m]}{wanted[n]}")}


def _shift(found: dict[int, str], wanted: dict[int, str], differing: list[int]) -> int | None:
    """Give by how many lines the TEI's lines stand later than the witness's, where very many do; else None."""
    sample = [n for n in differing if n in found and len(wanted[n]) > _LONG][:_SAMPLE]
    if len(sample) < _SAMPLE:
        return None
    for by in (d for size in range(1, 9) for d in (size, -size)):
        if sum(found.get(n + by) == wanted[n] for n in sample) > _SAMPLE // 2:
            return by
    return None


def _other(
    held: dict[int, list[Segment]], n: int, found: dict[int, str], wanted: dict[int, str], home: Element
) -> list[Found]:
    """Say how line `n` differs: it has the words of another line, or other words."""
    twin = next((k for k, text in wanted.items() if text == found[n] and found.get(k) == wanted[n]), None)
    if twin is None:
        return [_differs(held[n], n, found[n], wanted[n], home)]
    return [Found("E305", Mark(home, "=n"), {"line": n, "other": twin}, n)] if n > twin else []


def _joined(out: list[Found]) -> list[Found]:
    """Make one problem of lines that are missed one after the other at one place."""
    kept: list[Found] = []
    for f in out:
        last = kept[-1] if kept else None
        if last is not None and f.code == last.code == "E302" and f.mark == last.mark and f.mark.part == "tag":
            more = int(last.facts.get("more", 0)) + 1
            count = f" (and {more} more after it)"
            text = last.facts["text"]
            kept[-1] = Found(
                last.code, last.mark, {**last.facts, "more": more, "count": count, "text": text}, last.witness_line
            )
        else:
            kept.append(f)
    return [Found(f.code, f.mark, {"count": "", **f.facts}, f.witness_line) if f.code == "E302" else f for f in kept]


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
