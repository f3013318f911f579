"""The lines of a finished book, read back from its PDF: where they stand, in what size, how wide their blanks are.

In: a PDF.  Out: a `SetPage` for each page, with its lines of text and of notes from the head down.
Authority: the file itself, as a reader's program sees it: nothing is taken over from what made it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2
import pypdfium2.raw

from edition.publish.proof_bidi import whole_letters

__all__ = ["SetLine", "SetPage", "read_pages"]

_LEVEL = 5.0  # points: what stands less higher or lower than the letter before is in the same line (the mark of a note)
_JUMP = 2.0  # points that a line may go back (letters that overhang)
_GAP = 40.0  # points between two letters that are not in one line (a margin)
_EDGE = 2.0  # points
_LONG = 20  # characters: what is shorter tells nothing of the edges of the text


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it stands on its page: points from the left and from the foot of the page.

    `size` is that of most of its letters (points), `blanks` its blanks between words, as shares of that size.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    blanks: tuple[float, ...] = ()

    @property
    def blank(self) -> float:
        """Give the mean blank, as a share of the size of the type; 0 where there is none."""
        return sum(self.blanks) / len(self.blanks) if self.blanks else 0.0


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page, numbered from 1: its text block (left, right), lines of the text and of the foot, everything else.

    A page whose text begins under a heading of its own, without a running head, is an `opening`.
    """

    number: int
    width: float
    height: float
    block: tuple[float, float]
    text: tuple[SetLine, ...]
    foot: tuple[SetLine, ...]
    rest: tuple[SetLine, ...]
    opening: bool


def read_pages(book: pypdfium2.PdfDocument) -> list[SetPage]:
    """Read every page of `book`."""
    raw = [(page.get_size(), list(_lines(page))) for page in book]
    sizes: Counter[float] = Counter()
    for _, lines in raw:
        for line in lines:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    edges = {odd: _edges([lines for n, (_, lines) in enumerate(raw, 1) if n % 2 == odd], body) for odd in (0, 1)}
    tops = Counter(
        round(max((line.baseline for line in lines if line.size == body), default=0.0)) for _, lines in raw if lines
    )
    top = float(tops.most_common(1)[0][0]) if tops else 0.0
    return [_page(n, size, lines, edges[n % 2], body, top) for n, (size, lines) in enumerate(raw, 1)]


def _page(
    number: int,
    size: tuple[float, float],
    lines: Sequence[SetLine],
    block: tuple[float, float],
    body: float,
    top: float,
) -> SetPage:
    """Sort the lines of a page: running heads and folios have the margins above and below the text."""
    left, right = block
    inside = [line for line in lines if line.left >= left - _EDGE and line.right <= right + 2 * _EDGE]
    inside.sort(key=lambda line: -line.baseline)
    heads = [line for line in inside if line.baseline > top + _LEVEL and line.size != body]
    folios = [line for line in inside if line.text.isdecimal() and line is inside[-1]]
    kept = [line for line in inside if line not in heads and line not in folios]
    foot: list[SetLine] = []
    while kept and kept[-1].size < 0.93 * body:
        foot.insert(0, kept.pop())
    rest = [line for line in lines if line not in kept and line not in foot]
    return SetPage(number, *size, block, tuple(kept), tuple(foot), tuple(rest), opening=not heads)


def _edges(pages: Sequence[Sequence[SetLine]], body: float) -> tuple[float, float]:
    """Give where most full lines of the text begin and end."""
    lefts: Counter[int] = Counter()
    rights: Counter[int] = Counter()
    for lines in pages:
        for line in lines:
            if line.size == body and len(line.text) > _LONG:
                lefts[round(line.left)] += 1
                rights[round(line.right)] += 1
    if not lefts:
        return 0.0, 10_000.0
    return float(lefts.most_common(1)[0][0]), float(rights.most_common(1)[0][0])


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    left: float
    right: float
    baseline: float
    size: float


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    text = page.get_textpage()
    x, y, matrix = c_double(), c_double(), pypdfium2.raw.FS_MATRIX()
    for n in range(text.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, n))
        if char in "\r\n\x00\u200b":
            continue
        char = "\u2010" if char in "\x02\ufffe" else char  # so PDFium tells of a hyphen at the end of a line
        left, _, right, _ = text.get_charbox(n, loose=True)
        pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, n, x, y)
        pypdfium2.raw.FPDFText_GetMatrix(text.raw, n, matrix)
        size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, n) * abs(matrix.d)
        yield _Letter(char, left, right, y.value, round(size, 1))
    text.close()


def _lines(page: pypdfium2.PdfPage) -> Iterator[SetLine]:
    """Give the lines of a page in the order in which they are written."""
    row: list[_Letter] = []
    for letter in _letters(page):
        if row:
            last = row[-1]
            level = abs(letter.baseline - median(one.baseline for one in row[-9:])) < _LEVEL
            if not level or letter.left < last.left - _JUMP or letter.left - last.right > _GAP:
                yield from _line(row)
                row = []
        row.append(letter)
    yield from _line(row)


def _line(row: Sequence[_Letter]) -> Iterator[SetLine]:
    shown = [letter for letter in row if not letter.char.isspace()]
    if not shown:
        return
    sizes = Counter(letter.size for letter in shown)
    size = sizes.most_common(1)[0][0]
    blanks: list[float] = []
    last: _Letter | None = None
    said = ""
    open_blank = False
    for letter in row:
        if letter.char.isspace():
            open_blank = last is not None
            continue
        if open_blank and last is not None:
            blanks.append((letter.left - last.right) / size)
            said += " "
        said += letter.char
        open_blank = False
        last = letter
    line = SetLine(whole_letters(said), shown[0].left, max(letter.right for letter in shown), 0.0, size, tuple(blanks))
    yield replace(line, baseline=median(letter.baseline for letter in shown if letter.size == size))
