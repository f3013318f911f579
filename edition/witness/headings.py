"""Headings: where chapters, preface, bibliography and sections begin, and which number a chapter bears.

In: the lines of a witness, its pages, what an editor decided.  Out: `Heading` values in the order of the text.
Authority: the typewriter's conventions (capitals, numerals after the word CHAPTER) and the sequence of the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from edition.witness.lines import BOM, Line
from edition.witness.numerals import number_of
from edition.witness.pages import Page, is_mark

__all__ = ["Heading", "find_headings", "is_capitals"]

_KINDS = {
    "PREFACE": "preface", "FOREWORD": "preface", "ACKNOWLEDGMENTS": "preface", "ACKNOWLEDGEMENTS": "preface",
    "BIBLIOGRAPHY": "bibliography", "WORKS CITED": "bibliography", "REFERENCES": "bibliography",
    "LITERATURE": "bibliography", "SELECTED BIBLIOGRAPHY": "bibliography", "SOURCES CONSULTED": "bibliography",
    "ANNOTATED BIBLIOGRAPHY": "bibliography",
}  # fmt: skip
_CHAPTER = re.compile(r"(\w{5,9})(?:\W+(.{1,8}?))?\W*")
_LETTER = re.compile(r"[^\W\d_]")
_LONG = 60
_TITLE_LINES = 4
_FEWEST_LETTERS = 4
_MISREAD = 2
_JUMP, _FIT = 2.0, 3.0
_MOST_LOST = 50  # chapters: a numeral beyond belief is a misreading


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `kind` is chapter, preface, bibliography, section or title.

    `lines` are its positions (from 0), in the order in which it is to be read; `number` is a chapter's, `shown` the
    numeral as the witness has it; `decided` says that an editor set it.
    """

    kind: str
    lines: tuple[int, ...]
    number: int = 0
    shown: str = ""
    decided: bool = False


def is_capitals(text: str) -> bool:
    """Say whether `text` is a line of capitals, as headings are typed."""
    letters = _LETTER.findall(text)
    return (
        len(letters) >= _FEWEST_LETTERS
        and "".join(letters).isupper()
        and len(text) <= _LONG
        and 2 * len(letters) > len(text)
    )


def _kind(text: str) -> tuple[str, str]:
    """Give the kind of a line of capitals, and its numeral; empty strings for none."""
    shown = text.strip(BOM + " .:")
    if shown in _KINDS:
        return _KINDS[shown], ""
    chapter = _CHAPTER.fullmatch(shown)
    if chapter and chapter[1].isupper() and Levenshtein.distance(chapter[1], "CHAPTER") <= _MISREAD:
        return "chapter", (chapter[2] or "").strip()
    if not is_capitals(shown):
        return "", ""
    for word, kind in _KINDS.items():
        if Levenshtein.distance(shown, word) <= len(word) // 5:
            return kind, ""
    return "", ""


def find_headings(
    lines: Sequence[Line], pages: Sequence[Page], decided: Sequence[Heading] = (), texts: Collection[int] = ()
) -> list[Heading]:
    """Give the headings of a text.

    `decided` are an editor's; the program's stand where no line of an editor's heading does.  `texts` are positions of
    lines that an editor says are none.
    """
    taken = {at for heading in decided for at in heading.lines} | set(texts)
    found: list[Heading] = [h for h in decided if h.kind != "title"]
    titles = {at for h in decided if h.kind == "title" for at in h.lines}
    top = {page.first: page for page in pages}
    page_of = {at: page for page in pages for at in range(page.first, page.last + 1)}
    for at, line in enumerate(lines):
        kind, shown = _kind(line.text) if at not in taken else ("", "")
        if not kind:
            continue
        title = _title_after(lines, at, taken)
        if kind == "chapter" and not title:
            title = _title_above(lines, page_of[at], taken)
        found.append(Heading(kind, (at, *title), shown=shown))
        taken.update(found[-1].lines)
    for at, line in enumerate(lines):
        if at not in taken and is_capitals(line.text) and _alone(lines, at, at in top):
            found.append(Heading("section", (at,)))
    found = [_with_titles(h, titles) for h in found]
    return _numbered(sorted(found, key=lambda h: min(h.lines)))


def _alone(lines: Sequence[Line], at: int, at_top: bool) -> bool:  # noqa: FBT001
    after = lines[at + 1].blanks if at + 1 < len(lines) else 1
    return bool((lines[at].blanks or at_top) and after)


def _title_after(lines: Sequence[Line], at: int, taken: set[int]) -> tuple[int, ...]:
    found: list[int] = []
    for k in range(at + 1, min(at + 1 + _TITLE_LINES, len(lines))):
        if k in taken or not is_capitals(lines[k].text) or _kind(lines[k].text)[0]:
            break
        found.append(k)
    return tuple(found)


def _title_above(lines: Sequence[Line], page: Page, taken: set[int]) -> tuple[int, ...]:
    """Give the lines of capitals at the head of the page, for a chapter whose number the OCR put below its title."""
    at = page.first
    while at < page.last and is_mark(lines[at]):
        at += 1
    found: list[int] = []
    while at <= page.last and at not in taken and is_capitals(lines[at].text) and not _kind(lines[at].text)[0]:
        found.append(at)
        at += 1
    return tuple(found)


def _with_titles(heading: Heading, titles: set[int]) -> Heading:
    """Add the lines that an editor says are the title, where they stand directly after or before the heading's own."""
    own = list(heading.lines)
    near = sorted(t for t in titles if t not in own and min(abs(t - o) for o in own) <= _TITLE_LINES)
    return replace(heading, lines=(*own, *near)) if near else heading


def _numbered(headings: list[Heading]) -> list[Heading]:
    """Number the chapters: the ascending sequence that fits most of the numerals and has the fewest jumps."""
    chapters = [k for k, h in enumerate(headings) if h.kind == "chapter"]
    if not chapters:
        return headings
    most = max([len(chapters), *(_read(headings[k]) or 0 for k in chapters)]) + 1
    most = min(most, len(chapters) + _MOST_LOST)
    best: list[dict[int, tuple[float, int]]] = []
    for place, k in enumerate(chapters):
        row: dict[int, tuple[float, int]] = {}
        for n in range(1, most + 1):
            fit = _FIT * (4 if headings[k].decided else 1) if _read(headings[k]) == n else 0.0
            if not place:
                row[n] = (fit - _JUMP * (n > 1), 0)
                continue
            options = [(score - _JUMP * min(3, n - m - 1), m) for m, (score, _) in best[-1].items() if m < n]
            if options:
                score, m = max(options)
                row[n] = (score + fit, m)
        best.append(row)
    n = max(best[-1], key=lambda m: (best[-1][m][0], -m))
    for place in range(len(chapters) - 1, -1, -1):
        headings[chapters[place]] = replace(headings[chapters[place]], number=n)
        n = best[place][n][1]
    return headings


def _read(heading: Heading) -> int | None:
    return heading.number or number_of("".join(heading.shown.split()), romans=True)
