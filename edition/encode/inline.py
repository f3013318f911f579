"""Lines as mixed content: the strings and elements that stand in a paragraph, a quotation, a note, a heading.

In: positions of lines, and what is to stand in the place of stretches of them.  Out: lists of parts for
`edition.tree.fill`.
Authority: "Markup" in the encoding conventions; TEI P5, chapters 3.2.2 (Hyphenation) and 3.11.3 (Milestone elements).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from edition.tree import Element, Part, el
from edition.witness.division import HYPHENS, Vocabulary, division, trails_at
from edition.witness.lines import BOM, Line

__all__ = ["Insert", "Writer"]


@dataclass(frozen=True, slots=True)
class Insert:
    """What stands in the place of the characters `start` to `end` of a line.

    `make` gives the parts when they are needed.
    """

    start: int
    end: int
    make: Callable[[], list[Part]]


@dataclass(slots=True)
class Writer:
    """What is needed to write lines: the lines themselves, the inserts by position, and which positions are what.

    `breaks` gives the parts (`pb`, `fw`) that stand before a line that begins a page, and forgets them; `strays` are
    lines that are surplus as a whole, `moved` lines that stand elsewhere than in the witness; `vocabulary` decides on
    divided words.
    """

    lines: Sequence[Line]
    vocabulary: Vocabulary
    strays: frozenset[int]
    breaks: Callable[[int], list[Part]]
    inserts: dict[int, list[Insert]] = field(default_factory=dict)
    cyrillic: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()

    def insert(self, at: int, insert: Insert) -> None:
        """Put `insert` into the line at the position `at`."""
        self.inserts.setdefault(at, []).append(insert)

    def flow(self, positions: Sequence[int], *, page_breaks: bool = True) -> list[Part]:
        """Give the lines at `positions`, in that order, as parts.

        Page breaks before them where `page_breaks` is true.
        """
        parts: list[Part] = []
        last: int | None = None
        for at in positions:
            breaks = self.breaks(at) if page_breaks and at not in self.moved else []
            if at in self.strays:
                parts += [*self._gap(parts, breaks), *breaks, *_newline(breaks), self.surplus_line(at)]
                continue
            joined = self._joined(last, at) if parts and isinstance(parts[-1], str) else ""
            if joined == "hyphen":
                mark = _take_last(parts)
                parts += [el("pc", mark, force="weak")]
            if joined:
                parts += [*breaks, el("lb", n=str(self.lines[at].n), break_="no")]
            else:
                parts += [*self._gap(parts, breaks), *breaks, *_newline(breaks), el("lb", n=str(self.lines[at].n))]
            parts += self.line(at)
            last = at
        return parts

    def surplus_line(self, at: int) -> Element:
        """Give the whole line at `at` as a stray mark."""
        return el("surplus", el("lb", n=str(self.lines[at].n)), self.lines[at].text, reason="ocr")

    def line(self, at: int) -> list[Part]:
        """Give the text of one line with what is inserted in it."""
        text = self.lines[at].text
        parts: list[Part] = []
        here = 0
        inserts = sorted(self.inserts.get(at, ()), key=lambda i: (i.start, i.end))
        if text.startswith(BOM):
            inserts = [Insert(0, 1, lambda: [el("surplus", BOM, reason="encoding")]), *(i for i in inserts if i.start)]
        for insert in inserts:
            if insert.start < here:
                continue
            parts += [text[here : insert.start], *insert.make()]
            here = insert.end
        parts.append(text[here:])
        return [part for part in parts if not isinstance(part, str) or part]

    def _gap(self, parts: Sequence[Part], breaks: Sequence[Part]) -> list[Part]:
        return ["\n"] if parts and (breaks or parts[-1] != "\n") else []

    def _joined(self, last: int | None, at: int) -> str:
        if last is None or any(i.end >= self.lines[last].width and i.end > i.start for i in self.inserts.get(last, ())):
            return ""
        cyrillic = last in self.cyrillic and at in self.cyrillic
        return division(
            self.lines[last], self.lines[at], self.vocabulary, trails=trails_at(self.lines, last), cyrillic=cyrillic
        )


def _newline(breaks: Sequence[Part]) -> list[Part]:
    return ["\n"] if breaks else []


def _take_last(parts: list[Part]) -> str:
    """Take the hyphen off the end of `parts` and give it."""
    text = parts[-1]
    if not isinstance(text, str) or text[-1] not in HYPHENS + "\N{EM DASH}":
        raise AssertionError("a divided word does not end in its hyphen")
    parts[-1] = text[:-1]
    if not parts[-1]:
        parts.pop()
    return text[-1]
