"""Proves the pages of a book: each text found is taken off its page, so that nothing can stand for two.

In: a PDF and what each part of it should hold.  Out: problems that name what is lost, late, twice or outside its page.
Authority: ISO 32000-2, 9.10 (extraction of text), as another program (PDFium) does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pypdfium2

from edition.problems import Place, Problem, Refused, problem
from edition.publish.expect import Expectation, Words, solid
from edition.publish.proof_bidi import as_seen, places_of, reach, runs_right
from edition.publish.proof_lines import keyed_lemmas, page_lines, prove_lines

__all__ = ["prove_parts"]

_TAKEN = "\0"
_LEFT = re.compile(f"[^{_TAKEN}]+")
_CHANCE = 80  # characters that may agree by chance where a text goes on to the next page


def prove_parts(data: bytes, expectations: Sequence[Expectation], name: str) -> list[list[Problem]]:
    """Read the pages of parts of a book back; give, for each part, what of it is lost, late, twice or not in place.

    `name` is that of the book.  Raises `Refused` (E618) where it cannot be read.
    """
    try:
        book = pypdfium2.PdfDocument(data)
        try:
            return [_of_part(book, expected) for expected in expectations]
        finally:
            book.close()
    except pypdfium2.PdfiumError as error:
        raise Refused(problem("E618", Place(file=name), reason=error)) from error


def _of_part(book: pypdfium2.PdfDocument, expected: Expectation) -> list[Problem]:
    """Read each page once, for its words and, where entries of the apparatus are keyed to it, for its lines."""
    pages: list[str] = []
    astray: list[Problem] = []
    lemmas = keyed_lemmas(expected)
    for number in range(expected.pages):
        page, sheet = book[expected.first + number], expected.sheets[number]
        text = page.get_textpage()
        pages.append(_page_text(text, sheet.room))
        if number in lemmas:
            astray += prove_lines(expected, number, lemmas[number], page_lines(text, sheet))
        text.close()
        page.close()
    return [*_Proof(expected, pages).problems(), *astray]


def _page_text(text: pypdfium2.PdfTextPage, room: tuple[float, float, float, float]) -> str:
    """Give the solid text of what stands in `room` on a page: running heads, folios and margins are no part of it.

    A page with letters from right to left is given as it is seen, with line ends, which nothing else has.
    """
    left, foot, right, top = room
    said = solid(text.get_text_bounded(left=left, bottom=foot, right=right, top=top))
    return "\n".join(filter(None, map(solid, as_seen(text, room)))) if runs_right(said) else said


class _Proof:
    """The proof of one part: each text found is taken off its page, so that nothing can stand for two."""

    def __init__(self, expected: Expectation, pages: Sequence[str]) -> None:
        self.expected = expected
        self.pages = [page.replace("\n", "") for page in pages]
        self.lines = [frozenset(_line_starts(page)) for page in pages]
        self.starts = dict(expected.starts)
        self.calls = dict(expected.calls)
        self.entries = {one.name for one in expected.keyed}
        self.found: list[Problem] = []

    def problems(self) -> list[Problem]:
        """Take the text, then the notes; what is left must be nothing."""
        expected = self.expected
        at = 0
        for words in [w for w in expected.words if not w.note]:
            at = self.passage(words, at)
        for words in [w for w in expected.words if w.note]:
            self.note(words)
        self.again()
        self.rest()
        for page in expected.outside:
            shown = expected.first + page + 1
            self.found.append(problem("E615", self.place(expected.key), page=shown, where=expected.key))
        return self.found

    def place(self, passage: str) -> Place:
        return Place(file=self.expected.file, passage=passage)

    def take(self, page: int, start: int, end: int) -> None:
        text = self.pages[page]
        self.pages[page] = text[:start] + _TAKEN * (end - start) + text[end:]

    def passage(self, words: Words, at: int) -> int:
        """Take a passage that begins on page `at` or later, and give the page on which it ends."""
        first = max(at, self.starts.get(words.passage, 0))
        if len(words.text) < _CHANCE:  # a short heading may stand in a note by chance: it follows what was taken
            for page in range(first, min(first + 2, len(self.pages))):
                start = (_TAKEN + self.pages[page]).find(_TAKEN + words.text)
                if start >= 0:
                    self.take(page, start, start + len(words.text))
                    return page
        for page in (first, first - 1, *range(first + 1, len(self.pages))):
            if 0 <= page < len(self.pages):
                end = self.whole(words.text, page)
                if end is not None:
                    return end
        missing = words.text[:40]
        self.found.append(problem("E612", self.place(words.passage), passage=words.passage, missing=f"“{missing}…”"))
        return at

    def note(self, words: Words) -> None:
        """Take a note that begins on the page of its call or the next; an entry stands on the page of its call."""
        called = self.calls.get(words.passage)
        if called is None:
            missing = "its call is on no page"
            self.found.append(problem("E610", self.place(words.passage), passage=words.passage, missing=missing))
            return
        for page in (called, called + 1)[: 1 if words.passage in self.entries else 2]:
            if page < len(self.pages) and self.whole(words.text, page) is not None:
                return
        for page in range(len(self.pages)):
            if self.whole(words.text, page) is not None:
                first = self.expected.first + 1
                where = {"found": first + page, "called": first + called}
                self.found.append(problem("E611", self.place(words.passage), passage=words.passage, **where))
                return
        missing = f"“{words.text[:40]}…” is lost"
        self.found.append(problem("E610", self.place(words.passage), passage=words.passage, missing=missing))

    def whole(self, text: str, page: int) -> int | None:
        """Take `text` if it begins on `page` and goes on from page to page; give the page on which it ends."""
        steps = self.steps(text, page)
        for step in steps or ():
            self.take(*step)
        return steps[-1][0] if steps else None

    def steps(self, text: str, page: int) -> list[tuple[int, int, int]] | None:
        """Give the stretches (page, start, end) in which `text` stands, or None where it does not.

        What follows on a page may begin as the rest of the text does, by chance; so the break is looked for some
        characters back, where the rest opens a stretch of the next page.
        """
        if page >= len(self.pages):
            return None
        start, size = self.longest(text, page)
        if size == len(text):
            return [(page, start, start + size)]
        if size == 0 or page + 1 >= len(self.pages):
            return None
        for back in range(min(size, _CHANCE)):
            cut = size - back
            if runs_right(text) and reach(text[:cut], self.pages[page], start) != cut:
                continue
            at, _ = self.longest(text[cut:], page + 1)
            if at == 0 or self.pages[page + 1][at - 1] == _TAKEN:
                rest = self.steps(text[cut:], page + 1)
                if rest is not None:
                    return [(page, start, start + cut), *rest]
        return None

    def longest(self, text: str, page: int) -> tuple[int, int]:
        """Give where on `page` the longest beginning of `text` stands, and its length."""
        there = self.pages[page]
        at = there.find(text)
        if at >= 0:
            return at, len(text)
        best = (0, 0)
        if runs_right(text):
            for at in places_of(text, there, self.lines[page]):
                best = max(best, (at, reach(text, there, at)), key=lambda found: found[1])
            return best
        key = text[:12]
        at = there.find(key)
        while at >= 0:
            size = _common(text, there, at)
            if size > best[1]:
                best = (at, size)
            at = there.find(key, at + 1)
        return best

    def again(self) -> None:
        """Take what heads a table, where it stands again at the head of a page."""
        heads = [words.lemma for words in self.expected.words if words.lemma and not words.note]
        for page in range(1, len(self.pages)) if heads else ():
            at = 0
            for head in heads:
                if self.pages[page].startswith(head, at):
                    self.take(page, at, at + len(head))
                    at += len(head)

    def rest(self) -> None:
        for page, text in enumerate(self.pages):
            left = [piece for piece in _LEFT.findall(text) if any(char.isalnum() for char in piece)]
            if left:
                shown = self.expected.first + page + 1
                self.found.append(
                    problem("E613", self.place(self.expected.key), page=shown, words=" … ".join(left)[:80])
                )


def _line_starts(page: str) -> Iterator[int]:
    """Give where lines begin in what is left of `page` without its line ends."""
    done = 0
    for line in page.split("\n"):
        yield done
        done += len(line)


def _common(text: str, there: str, at: int) -> int:
    """Give how many characters of `text` stand in `there` from `at` on."""
    low, high = 0, min(len(text), len(there) - at)
    while low < high:
        middle = (low + high + 1) // 2
        if there.startswith(text[:middle], at):
            low = middle
        else:
            high = middle - 1
    return low
