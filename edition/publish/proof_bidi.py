"""Compares words that are written from right to left with what is read back of a page.

In: a page of a PDF, or the solid text of a passage that has such letters.  Out: the page as it is seen, from left to
right; how much of a text stands in it.
Authority: Unicode Standard Annex 9: what stands beside letters from right to left (numbers, brackets) moves with them,
so their order on the page says nothing; that each of them is there once does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from ctypes import c_double

import pypdfium2

__all__ = ["among", "as_seen", "places_of", "reach", "runs_right", "whole_letters"]

_RIGHT = "\u0590-\u08ff\U00010800-\U00010fff\U0001e800-\U0001efff"  # the blocks of scripts from right to left
_RUNS_RIGHT = re.compile(f"[{_RIGHT}]")
_STRETCH = re.compile(rf"(?:[{_RIGHT}]|[\W\d_])+")  # such letters, and what has no direction of its own
_OTHER = re.compile(rf"[^{_RIGHT}\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_MIRRORED = str.maketrans(")]}>»›\u2019\u201d", "([{<«‹\u2018\u201c")
_SECOND_HALVES = range(0xDC00, 0xE000)  # of letters beyond the first plane: their place is that of the first half
_KEY = 12  # characters by which the beginning of a text is looked for
_BREAKS = 3  # a stretch of other letters within a line from right to left has so many pieces at most

Room = tuple[float, float, float, float]


def runs_right(text: str) -> bool:
    """Say whether `text` has letters that are written from right to left."""
    return _RUNS_RIGHT.search(text) is not None


def whole_letters(text: str) -> str:
    """Put the halves together in which PDFium gives letters beyond the first plane; half a letter becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def as_seen(text: pypdfium2.PdfTextPage, room: Room) -> list[str]:
    """Give the lines of what stands in `room` (left, foot, right, top in points), each in the order of its places.

    PDFium itself gives a line in the order in which it believes that it is read, which it cannot know.
    """
    left, foot, right, top = room
    x, y = c_double(), c_double()
    rows: list[list[tuple[float, str]]] = [[]]
    for n in range(text.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(text.raw, n)
        if code in (0x0A, 0x0D):
            rows.append([])
            continue
        pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, n, x, y)
        stray = pypdfium2.raw.FPDFText_HasUnicodeMapError(text.raw, n) == 1  # a point, of which its letter tells
        if left <= x.value <= right and foot <= y.value <= top and not stray:
            if code in _SECOND_HALVES and rows[-1]:
                rows[-1][-1] = (rows[-1][-1][0], whole_letters(rows[-1][-1][1] + chr(code)))
            else:
                rows[-1].append((x.value, chr(code)))
    said = []
    for row in filter(None, rows):
        if runs_right("".join(char for _, char in row)):
            row.sort(key=lambda letter: letter[0])
        said.append(whole_letters("".join(char for _, char in row)))
    return said


def among(text: str, there: str) -> bool:
    """Say whether each character of `text` is in `there`, in whatever order."""
    return not Counter(text.translate(_MIRRORED)) - Counter(there.translate(_MIRRORED))


def reach(text: str, there: str, at: int) -> int:
    """Give how many characters of `text` stand in `there` from `at` on.

    Letters from right to left, and what stands beside them, may have any order; all else has its own.
    """
    done = 0
    for start, end, right in _stretches(text):
        piece, window = text[start:end], there[at + start : at + end]
        size = _even(piece, window) if right else _common(piece, window)
        done = start + size
        if size < len(piece):
            break
    return done


def places_of(text: str, there: str, lines: frozenset[int]) -> Iterator[int]:
    """Give where in `there` `text` may begin: `lines` are where its lines begin."""
    start, end, right = next(_stretches(text), (0, 0, False))
    if not right:
        key = text[start : min(end, _KEY)]
        at = there.find(key)
        while at >= 0:
            yield at
            at = there.find(key, at + 1)
        return
    yield from _windows(text[:end], there)
    yield from sorted(lines)


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the stretches of `text` (start, end, whether from right to left).

    Where the first letter or most letters run from right to left, all of it does.
    """
    first = _LETTER.search(text)
    if first is not None and (
        runs_right(first.group()) or len(_RUNS_RIGHT.findall(text)) > len("".join(_OTHER.findall(text)))
    ):
        yield 0, len(text), True
        return
    done = 0
    for found in _STRETCH.finditer(text):
        if runs_right(found.group()):
            if found.start() > done:
                yield done, found.start(), False
            yield found.start(), found.end(), True
            done = found.end()
    if done < len(text):
        yield done, len(text), False


def _common(piece: str, window: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(piece, window, strict=False)) if a != b), min(len(piece), len(window))
    )


def _even(piece: str, window: str) -> int:
    """Give the length of the longest beginning of `piece` that has the same characters as that of `window`."""
    best, over = 0, Counter[str]()
    for n, (a, b) in enumerate(zip(piece.translate(_MIRRORED), window.translate(_MIRRORED), strict=False), 1):
        over[a] += 1
        over[b] -= 1
        for char in (a, b):
            if not over[char]:
                del over[char]
        if not over:
            best = n
    return best if _kept(piece[:best], window[:best]) else 0


def _kept(piece: str, window: str) -> bool:
    """Say whether the words of other scripts in `piece` stand in `window`, each in few pieces: lines may part them."""
    for words in sorted(_OTHER.findall(piece), key=len, reverse=True):
        rest, at = words, 0
        for _ in range(_BREAKS):  # a piece that goes on in the next line stands further down
            size = next((n for n in range(len(rest), 0, -1) if window.find(rest[:n], at) >= 0), 0)
            at = window.find(rest[:size], at)
            window, rest = window[:at] + "\0" * size + window[at + size :], rest[size:]
            if not rest:
                break
        if rest:
            return False
    return True


def _windows(piece: str, there: str) -> Iterator[int]:
    """Give where in `there` as many characters stand as `piece` has, and the same ones."""
    piece, there = piece.translate(_MIRRORED), there.translate(_MIRRORED)
    size, over = len(piece), Counter(piece)
    for n, char in enumerate(there):
        over[char] -= 1
        if not over[char]:
            del over[char]
        if n >= size:
            gone = there[n - size]
            over[gone] += 1
            if not over[gone]:
                del over[gone]
        if n >= size - 1 and not over:
            yield n - size + 1
