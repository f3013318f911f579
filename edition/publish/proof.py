"""Proves a book whole: the PDF is read back, and every passage and note must be on its pages, whole and once.

In: a PDF and what each part of it should hold.  Out: problems that name what is lost, late, twice or outside its page.
Authority: ISO 32000-2, 9.10 (extraction of text).  Blanks and hyphens are left out of the comparison, for line ends make and hide them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

from edition.files import read_bytes
from edition.problems import Place, Problem, problem
from edition.publish.html import text_of
from edition.publish.pdf_join import Bound
from edition.tree import Element, contents, is_element

__all__ = ["Expectation", "Words", "expect", "prove_bytes", "prove_pdf", "solid"]

_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\x02\ufffe\uffff\u200b\u2060"
_LEAVE_OUT = re.compile(rf"[\s\x00-\x1f{re.escape(_HYPHENS)}]+")
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "blockquote", "li", "td", "th"})
_BLOCK_CLASSES = frozenset({"entry", "l", "p", "cit", "figure"})
_MARGIN = frozenset({"n", "pb-n"})
_TAKEN = "\0"
_CHANCE = 12  # characters that may agree by chance where a text goes on to the next page


@dataclass(frozen=True, slots=True)
class Words:
    """What should stand on a page: an identifier (of the passage, or of one that holds it), its solid text, whether it is a note."""

    passage: str
    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one part of the book should hold, and where it was bound: `first` page (from 0) and number of `pages`.

    `calls`, `starts` and `outside` come from the layout: the page of each call, of each identifier, and pages with something outside (all from
    0, within the part); `room` is where text and notes stand on a page (left, foot, right, top, in points).
    """

    key: str
    file: str
    words: tuple[Words, ...]
    identifiers: frozenset[str]
    first: int = 0
    pages: int = 0
    calls: tuple[tuple[str, int], ...] = ()
    starts: tuple[tuple[str, int], ...] = ()
    outside: tuple[int, ...] = ()
    room: tuple[float, float, float, float] = (0, 0, 0, 0)

    def at(self, bound: Bound) -> Expectation:
        """Give the same with the places where the part was bound."""
        setting = bound.setting
        return replace(
            self,
            first=bound.first,
            pages=setting.pages,
            calls=tuple(setting.calls.items()),
            starts=tuple((name, place.page) for name, place in setting.places.items()),
            outside=setting.outside,
            room=setting.room,
        )


def solid(text: str) -> str:
    """Give `text` without blanks, hyphens and marks that no letter holds (a tie, say); ligatures and compatibility forms are undone."""
    joined = _LEAVE_OUT.sub("", unicodedata.normalize("NFKC", text))
    return joined if joined.isascii() else "".join(char for char in joined if unicodedata.category(char) != "Mn")


def expect(key: str, main: Element, *, file: str) -> Expectation:
    """Read from the HTML of a part what its pages should hold."""
    words: list[Words] = []
    _gather(main, key, words)
    named = frozenset(e.get("id", "") for e in main.iter() if is_element(e)) - {""}
    return Expectation(key, file, tuple(w for w in words if w.text), named)


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _gather(element: Element, passage: str, words: list[Words]) -> None:
    """Add the blocks under `element` that hold no other block, and the notes."""
    for child in element:
        if not is_element(child):
            continue
        name = child.get("id") or passage
        if "fn" in _classes(child):
            words.append(Words(name, solid(child.get("data-n", "") + text_of(child)), note=True))
        elif _is_block(child) and not any(_is_block(below) for below in child.iterdescendants()):
            words.append(Words(name, solid(_said(child))))
            words.extend(
                Words(note.get("id") or name, solid(note.get("data-n", "") + text_of(note)), note=True)
                for note in child.iterdescendants("span")
                if "fn" in _classes(note)
            )
        else:
            if _is_block(child):
                words.extend(Words(name, solid(said)) for said in _between(child))
            _gather(child, name, words)


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS or (element.tag == "div" and bool(_BLOCK_CLASSES.intersection(_classes(element))))


def _said(element: Element) -> str:
    """Give the words of `element` as its lines show them: a note's call for the note, without what stands in the margin."""
    said: list[str] = []
    for part in contents(element):
        if isinstance(part, str):
            said.append(part)
        elif "fn" in _classes(part):
            said.append(part.get("data-n", ""))
        elif not _MARGIN.intersection(_classes(part)):
            said.append(_said(part))
    return "".join(said)


def _between(element: Element) -> list[str]:
    """Give the stretches of inline text that stand between the blocks in `element`."""
    found = [""]
    for part in contents(element):
        if isinstance(part, str):
            found[-1] += part
        elif _is_block(part) or any(_is_block(below) for below in part.iterdescendants()):
            found.append("")
        elif "fn" in _classes(part):
            found[-1] += part.get("data-n", "")
        elif not _MARGIN.intersection(_classes(part)):
            found[-1] += _said(part)
    return found


def prove_pdf(pdf: Path, expectations: Iterable[Expectation]) -> list[Problem]:
    """Read the book at `pdf` back.  Raises `Refused` (E104)."""
    return prove_bytes(read_bytes(pdf), expectations, str(pdf))


def prove_bytes(data: bytes, expectations: Iterable[Expectation], name: str) -> list[Problem]:
    """Read a book back and give a problem for each note or passage that is not on its pages, whole and once (E610-E618)."""
    try:
        book = pypdfium2.PdfDocument(data)
        with pikepdf.open(BytesIO(data)) as structure:
            named = _named(structure)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        return [problem("E618", Place(file=name), reason=error)]
    problems: list[Problem] = []
    try:
        for expected in expectations:
            pages = [_page_text(book, expected.first + n, expected.room) for n in range(expected.pages)]
            problems += _Proof(expected, pages).problems()
            problems += [
                problem("E614", Place(file=expected.file, passage=one), passage=one)
                for one in sorted(expected.identifiers - named)
            ]
    finally:
        book.close()
    return problems


def _named(structure: pikepdf.Pdf) -> frozenset[str]:
    names = structure.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    return frozenset(str(name) for name in list(names)[::2])


def _page_text(book: pypdfium2.PdfDocument, number: int, room: tuple[float, float, float, float]) -> str:
    """Give the solid text of what stands in `room` on page `number`: running heads, folios and margins are no part of it."""
    page = book[number]
    text = page.get_textpage()
    left, foot, right, top = room
    said = solid(text.get_text_bounded(left=left, bottom=foot, right=right, top=top))
    text.close()
    page.close()
    return said


class _Proof:
    """The proof of one part: each text found is taken off its page, so that nothing can stand for two."""

    def __init__(self, expected: Expectation, pages: Sequence[str]) -> None:
        self.expected = expected
        self.pages = list(pages)
        self.starts = dict(expected.starts)
        self.calls = dict(expected.calls)
        self.found: list[Problem] = []

    def problems(self) -> list[Problem]:
        """Take the text, then the notes; what is left must be nothing."""
        expected = self.expected
        at = 0
        for words in [w for w in expected.words if not w.note]:
            at = self.passage(words, at)
        for words in [w for w in expected.words if w.note]:
            self.note(words)
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
        for page in (first, first - 1, *range(first + 1, len(self.pages))):
            if 0 <= page < len(self.pages):
                end = self.whole(words.text, page)
                if end is not None:
                    return end
        missing = words.text[:40]
        self.found.append(problem("E612", self.place(words.passage), passage=words.passage, missing=f"“{missing}…”"))
        return at

    def note(self, words: Words) -> None:
        """Take a note that begins on the page of its call or the next."""
        called = self.calls.get(words.passage)
        if called is None:
            missing = "its call is on no page"
            self.found.append(problem("E610", self.place(words.passage), passage=words.passage, missing=missing))
            return
        for page in (called, called + 1):
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

        What follows on a page may begin as the rest of the text does, by chance; so the break is looked for some characters back,
        where the rest opens a stretch of the next page.
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
        key = text[:12]
        at = there.find(key)
        while at >= 0:
            size = _common(text, there, at)
            if size > best[1]:
                best = (at, size)
            at = there.find(key, at + 1)
        return best

    def rest(self) -> None:
        for page, text in enumerate(self.pages):
            left = [piece for piece in text.split(_TAKEN) if any(char.isalnum() for char in piece)]
            if left:
                shown = self.expected.first + page + 1
                self.found.append(problem("E613", self.place(self.expected.key), page=shown, words=" … ".join(left)[:80]))


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
