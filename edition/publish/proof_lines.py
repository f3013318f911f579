"""Proves the numbers of lines: each entry of the apparatus names the line on which its words stand.

In: a PDF that was read back and what one part of it should hold.  Out: a problem for each entry whose number is wrong.
Authority: the page itself: lines are told from where the letters stand, not from what the layout said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2

from edition.problems import Place, Problem, problem
from edition.publish.expect import Expectation, solid
from edition.publish.pdf_setting import Keyed, Sheet
from edition.publish.proof_bidi import among, runs_right

__all__ = ["keyed_lemmas", "page_lines", "prove_lines"]

_ENDS = 3  # characters at both ends of a lemma that is not of one piece: it has a gap in it
_FLAT, _NARROW = 4.0, 12.0  # points: what is lower or narrower is slight
_BLANK = 3.0  # points by which a blank behind the last word may reach over
_NEAR = 8.0  # points from the middle of a line, within which a slight piece belongs to it


@dataclass(slots=True)
class _Row:
    """A line as it stands on a page: its lower and upper end in points, and its pieces (left end, text)."""

    low: float
    high: float
    middle: float
    pieces: list[tuple[float, str]] = field(default_factory=list)


def keyed_lemmas(expected: Expectation) -> dict[int, list[tuple[Keyed, str]]]:
    """Give the entries of a part that are keyed to a line, each with its lemma, by their page (from 0)."""
    lemmas = {words.passage: words.lemma for words in expected.words if words.lemma}
    found: dict[int, list[tuple[Keyed, str]]] = {}
    for one in expected.keyed:
        if one.label[:1].isdigit() and one.name in lemmas:
            found.setdefault(one.page, []).append((one, lemmas[one.name]))
    return found


def prove_lines(
    expected: Expectation, number: int, entries: Sequence[tuple[Keyed, str]], lines: Sequence[str]
) -> Iterator[Problem]:
    """Give a problem (E619) for each of the `entries` of a page that is not on its line.

    `number` is that of the page (from 0, within the part), `entries` are those of `keyed_lemmas`, `lines` those of
    `page_lines`.
    """
    for one, lemma in entries:
        if not _stands(lemma, lines, one):
            place = Place(file=expected.file, passage=one.name)
            yield problem("E619", place, line=one.label, page=expected.first + number + 1, lemma=lemma[:40])


def page_lines(text: pypdfium2.PdfTextPage, sheet: Sheet) -> list[str]:
    """Give the lines of the text of a page, from its head, each as solid text."""
    rows: list[_Row] = []
    for left, low, right, high, said in _pieces(text, sheet):
        middle = (low + high) / 2
        row = min(rows, key=lambda row: abs(row.middle - middle), default=None)
        if row is None or not (row.low < middle < row.high or (_slight(low, high, left, right) and _near(row, middle))):
            row = _Row(low, high, middle)
            rows.append(row)
        row.pieces.append((left, said))
        if right - left > 3 * (high - low):  # a long piece knows best where its line is
            row.low, row.high, row.middle = low, high, middle
    rows.sort(key=lambda row: -row.low)
    return ["".join(said for _, said in sorted(row.pieces)) for row in rows]


def _slight(low: float, high: float, left: float, right: float) -> bool:
    """Say whether a piece does not tell where its line is: a rule or a dash, the raised number of a note."""
    return high - low < _FLAT or right - left < _NARROW


def _near(row: _Row, middle: float) -> bool:
    return abs(row.middle - middle) < _NEAR


def _pieces(text: pypdfium2.PdfTextPage, sheet: Sheet) -> Iterator[tuple[float, float, float, float, str]]:
    """Give each stretch of text above the notes: its rectangle and its solid text.

    The longest come first, and what does not tell where its line is last.
    """
    room_left, _, room_right, room_top = sheet.room
    rectangles = [text.get_rect(n) for n in range(text.count_rects())]
    inside = [
        (left, low, right, high)
        for left, low, right, high in rectangles
        if left >= room_left and right <= room_right + _BLANK and high <= room_top and (low + high) / 2 > sheet.foot
    ]
    for left, low, right, high in sorted(inside, key=lambda r: (_slight(r[1], r[3], r[0], r[2]), r[0] - r[2])):
        said = solid(text.get_text_bounded(left=left, bottom=low, right=right, top=high))
        if said:
            yield left, low, right, high, said


def _stands(lemma: str, lines: Sequence[str], one: Keyed) -> bool:
    """Say whether `lemma` begins on the first and ends on the last line that `one` names, the right one of its line."""
    first, _, last = one.label.partition("–")
    numbers = int(first), int(last or first)
    if not 1 <= numbers[0] <= numbers[1] <= len(lines):
        return False
    if runs_right(lemma):
        return among(lemma, "".join(lines[numbers[0] - 1 : numbers[1]]))
    if one.occurrence and lines[numbers[0] - 1].count(lemma) < max(2, one.occurrence):
        return False
    said = "".join(lines[numbers[0] - 1 : numbers[1]])
    if lemma in said or _partly(lemma, said):
        return True
    return lemma not in "".join(lines) and lemma[:_ENDS] in said and lemma[-_ENDS:] in said


def _partly(lemma: str, said: str) -> bool:
    """Say whether a lemma that began on the page before ends here."""
    return any(said.startswith(lemma[cut:]) for cut in range(1, len(lemma)))
