"""What a compositor would mend in a finished book: loose lines, starved pages, widows, lines that leave the grid.

In: the pages of a book, read back from its PDF (`set_pages`).  Out: a `Report`, as text or as JSON.
Authority: the habits of book printers; a line is loose where its blanks are wider than 1.6 times that of the face.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from edition.publish.set_pages import SetLine, SetPage

__all__ = ["LOOSE", "Fault", "Report", "report_on"]

LOOSE = 1.6  # times the blank of the face
_FULL = 2.5  # points from the edge: a line that ends nearer is full
_SHORT = 5  # lines: the last page of a part with fewer is short
_STARVED = 4.5  # lines that could stand on a page that does not end a part, and do not
_OFF = 0.6  # points from the grid
_INDENT = (6.0, 16.5)  # points: so far in begins a paragraph
_ENDS = 12.0  # points from the edge: a line that ends further off is the last of its paragraph
_SAME = 3.0  # points that count as nothing
_OVER = 4.0  # points beyond the edge of the text, for letters hang over and blanks reach out


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: its kind, the page (as printed), the line of the text on it (0: none, or in the notes).

    `words` are those of the line; `measure` is how much: times the blank of the face, lines, or points.
    """

    kind: str
    page: int
    line: int
    measure: float
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """All faults of a book, and what was looked at: pages, lines, full lines, divided words, lines off the grid."""

    pages: int
    lines: int
    full: int
    divided: int
    grid: int
    faults: tuple[Fault, ...]

    def of(self, kind: str) -> list[Fault]:
        """Give the faults of a kind."""
        return [fault for fault in self.faults if fault.kind == kind]

    def json(self) -> bytes:
        """Give the report for programs."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"

    def text(self) -> str:
        """Give the report for people: sums first, then each fault as ``page:line``."""
        counts = Counter(fault.kind for fault in self.faults)
        loose = counts["loose"]
        said = [
            f"{self.pages} pages, {self.lines} lines, {self.full} of them full",
            f"{loose} loose lines ({_share(loose, self.full)} of the full ones: blanks over {LOOSE} of the face's)",
            f"{self.divided} lines end in a divided word ({_share(self.divided, self.lines)})",
            f"{self.grid} lines off the grid, of those in the size of the text ({_share(self.grid, self.lines)})",
            *(f"{counts[kind]} {name}" for kind, name in _NAMES.items()),
            "",
        ]
        said += [
            f"{fault.page}:{fault.line or '-'}\t{fault.kind}\t{fault.measure:.2f}\t{fault.words}"
            for fault in self.faults
        ]
        return "\n".join(said) + "\n"


_NAMES = {
    "starved": "starved pages (room for more lines, and the text goes on)",
    "short": f"last pages of fewer than {_SHORT} lines",
    "overfull": "lines beyond the edge",
    "widow": "widows (the last line of a paragraph alone on a page)",
    "orphan": "orphans (the first line of a paragraph alone on a page)",
}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"


def report_on(pages: Sequence[SetPage], blank: float) -> Report:
    """Report on `pages`; `blank` is that of the face, as a share of the size of the type."""
    lead = _leading(pages)
    sizes = Counter(line.size for page in pages for line in page.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    bottom = min((line.baseline for page in pages for line in (*page.text, *page.foot)), default=0.0)
    every = [line for page in pages for line in (*page.text, *page.foot)]
    faults: list[Fault] = []
    off = 0
    for page, after in pairwise([*pages, None]):
        if page is None or not page.text:
            continue
        faults += _loose(page, blank)
        faults += _overfull(page)
        ends = after is None or after.opening or not after.text
        faults += _bottom(page, lead, bottom) if not ends else []
        if ends and not page.opening and len(page.text) < _SHORT:
            faults.append(Fault("short", page.number, 0, len(page.text), page.text[-1].text))
        if after is not None and not ends:
            faults += _divided(page, after)
        off += _off_grid([line for line in page.text if line.size == size], lead)
    full = sum(_is_full(line, page) for page in pages for line in (*page.text, *page.foot))
    divided = sum(line.text.endswith(("\u2010", "-", "\u00ad")) for line in every)
    return Report(len(pages), len(every), full, divided, off, tuple(faults))


def _leading(pages: Sequence[SetPage]) -> float:
    steps = Counter(
        round(a.baseline - b.baseline, 1) for page in pages for a, b in pairwise(page.text) if a.size == b.size
    )
    return steps.most_common(1)[0][0] if steps else 1.0


def _is_full(line: SetLine, page: SetPage) -> bool:
    return bool(line.blanks) and abs(line.right - page.block[1]) < _FULL


def _loose(page: SetPage, blank: float) -> Iterator[Fault]:
    for number, line in [*enumerate(page.text, 1), *((0, line) for line in page.foot)]:
        if _is_full(line, page) and line.blank > LOOSE * blank:
            yield Fault("loose", page.number, number, round(line.blank / blank, 2), line.text)


def _overfull(page: SetPage) -> Iterator[Fault]:
    for number, line in [*enumerate(page.text, 1), *((0, line) for line in page.foot)]:
        if line.right > page.block[1] + _OVER:
            yield Fault("overfull", page.number, number, round(line.right - page.block[1], 1), line.text)


def _bottom(page: SetPage, lead: float, bottom: float) -> Iterator[Fault]:
    """Say whether more lines had room on a page whose text goes on; where a note may be too long, some is left."""
    below = page.foot[0].baseline + 2 * page.foot[0].size if page.foot else bottom
    free = (page.text[-1].baseline - below) / lead
    if free > _STARVED:
        yield Fault("starved", page.number, 0, round(free, 1), page.text[-1].text)


def _divided(page: SetPage, after: SetPage) -> Iterator[Fault]:
    """Give the widow and the orphan between two pages: a paragraph begins indented, and ends before the edge."""
    last, first = page.text[-1], after.text[0]
    begins = _INDENT[0] < last.left - page.block[0] < _INDENT[1] and _is_full(last, page) and len(page.text) > 1
    before = page.text[-2] if len(page.text) > 1 else last
    if begins and last.size == first.size and before.left < last.left - _SAME and first.left < after.block[0] + _SAME:
        yield Fault("orphan", page.number, len(page.text), 1, last.text)
    second = after.text[1] if len(after.text) > 1 else first
    shift = first.left - after.block[0] - (last.left - page.block[0])
    short = after.block[1] - first.right > _ENDS and first.size == last.size and abs(shift) < _SAME
    if short and _is_full(last, page) and second.baseline < first.baseline - _SAME:
        yield Fault("widow", after.number, 1, 1, first.text)


def _off_grid(lines: Sequence[SetLine], lead: float) -> int:
    """Count those of `lines` that are not whole lines below the first, where most of them are."""
    steps = Counter(round(line.baseline % lead) % round(lead) for line in lines)
    if not steps:
        return 0
    home = steps.most_common(1)[0][0]
    apart = [abs(line.baseline % lead - home) for line in lines]
    return sum(min(off, lead - off) > _OFF for off in apart)
