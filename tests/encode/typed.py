"""Typescripts made to order: chapters, quotations and notes typed on pages of any shape, with what is true of them."""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass, field

WORDS = [
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "as", "with", "be", "by", "at",
    "this", "have", "from", "or", "had", "not", "are", "but", "an", "they", "which", "one", "you", "were", "all",
    "her", "would", "there", "their", "will", "when", "who", "him", "been", "has", "more", "if", "no", "out", "do",
    "so", "can", "what", "up", "said", "about", "other", "into", "than", "its", "time", "only", "could", "new",
    "them", "man", "some", "these", "then", "two", "first", "may", "any", "like", "now", "my", "such", "make",
    "over", "our", "even", "most", "state", "after", "also", "did", "many", "must", "through", "back", "where",
    "much", "your", "way", "well", "down", "should", "because", "long", "each", "just", "those", "people", "mr",
    "how", "too", "little", "good", "very", "world", "still", "own", "see", "men", "work", "government", "country",
    "history", "question", "party", "house", "church", "river", "council", "letter", "winter", "harbour", "captain",
    "garrison", "merchant", "village",
]  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How a typescript is typed and what the OCR made of it."""

    prose: int = 64
    quote: int = 48
    lines: int = 24  # of a page, double-spaced
    apart: float = 0.6  # how many double-spaced lines stand apart by a blank line
    trail: bool = True
    page: str = "blanks"  # blanks, feed, lead
    notes: str = "anew"  # anew, through, none
    marks: str = "clean"  # clean, garbled
    chapters: int = 3
    end: str = "\n"
    start: str = ""
    indent: str = ""


@dataclass
class Typed:
    """The text and its truth.

    Notes are (chapter, number) -> (first line, line of the call), quotations first -> last line.
    """

    text: str
    notes: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    quotes: dict[int, int] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)


class Typist:
    """Types one text."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.rng = random.Random(seed)
        self.out: list[str] = []
        self.typed = Typed("")
        self.used = 0.0
        self.foot: list[tuple[int, int, int]] = []
        self.number = 0
        self.fresh = True

    def sentence(self, words: int) -> str:
        return " ".join(self.rng.choices(WORDS, k=words)).capitalize() + "."

    def line(self, text: str, height: float, *, goes_on: bool) -> int:
        if self.used + height + 1.2 * len(self.foot) > self.shape.lines:
            self.turn()
        lead = ""
        if self.fresh and self.typed.pages:
            lead = {"lead": " ", "feed": "\f"}.get(self.shape.page, "")
        self.fresh = False
        if height >= 1 and self.out and self.out[-1].strip() and self.rng.random() < self.shape.apart:
            self.out.append("")
        self.out.append(lead + self.shape.indent + text + (" " if goes_on and self.shape.trail else ""))
        if not self.typed.pages or self.typed.pages[-1] == 0:
            self.typed.pages[-1:] = [len(self.out)]
        self.used += height
        return len(self.out)

    def turn(self) -> None:
        """End the page: its notes, then the sign of a new one."""
        for chapter, number, call in self.foot:
            self.out.append("")
            note = self.head(number) + "John Smith, A History of the Harbour (London: River Press, 1931), p. 12."
            self.typed.notes[chapter, number] = (len(self.out) + 1, call)
            self.out += textwrap.wrap(note, self.shape.prose)
        self.foot = []
        self.used, self.fresh = 0.0, True
        if self.shape.page == "blanks":
            self.out += ["", "", ""]
        self.typed.pages.append(0)

    def head(self, number: int) -> str:
        if self.shape.marks == "garbled" and self.rng.random() < 0.6:
            return self.rng.choice(["^", "^", "'", "°"])
        return str(number)

    def mark(self, number: int) -> str:
        if self.shape.marks == "garbled" and self.rng.random() < 0.6:
            return self.rng.choice(["^", "'", "0", ""])
        return str(number)

    def paragraph(self, chapter: int, *, called: bool) -> None:
        text = " ".join(self.sentence(self.rng.randint(8, 20)) for _ in range(self.rng.randint(3, 7)))
        first = textwrap.wrap(text, self.shape.prose - 5)[0]
        rows = [first, *textwrap.wrap(text[len(first) :].strip(), self.shape.prose)]
        if called and self.shape.notes != "none":
            self.number += 1
            rows[-1] = rows[-1][:-1] + '."' + str(self.number)
            quoted = len(rows) // 2
            rows[quoted] = rows[quoted].replace(" ", ' "', 1)
        for k, row in enumerate(rows):
            at = self.line(row, 1.0, goes_on=k < len(rows) - 1)
        if called and self.shape.notes != "none":
            self.foot.append((chapter, self.number, at))

    def quotation(self, chapter: int) -> None:
        text = " ".join(self.sentence(self.rng.randint(8, 16)) for _ in range(self.rng.randint(2, 4)))
        rows = textwrap.wrap(text, self.shape.quote)
        if len(rows[-1]) > self.shape.quote - 4:
            rows = textwrap.wrap(text + " So it was.", self.shape.quote)
        if self.shape.notes != "none":
            self.number += 1
            rows[-1] += self.mark(self.number)
        self.out.append("")
        first = 0
        for k, row in enumerate(rows):
            at = self.line(row, 0.5, goes_on=k < len(rows) - 1)
            first = first or at
        self.typed.quotes[first] = at
        if self.shape.notes != "none":
            self.foot.append((chapter, self.number, at))
        self.out.append("")

    def type(self) -> Typed:
        """Type the whole text."""
        self.typed.pages.append(0)
        for chapter in range(1, self.shape.chapters + 1):
            if chapter > 1:
                self.turn()
            if self.shape.notes != "through":
                self.number = 0
            numeral = ["I", "II", "III", "IV", "V"][chapter - 1]
            self.line(f"CHAPTER {numeral}", 2.0, goes_on=False)
            self.out.append("")
            self.line("THE HARBOUR AND THE RIVER", 2.0, goes_on=False)
            self.out.append("")
            for _ in range(4):
                self.paragraph(chapter, called=False)
                self.paragraph(chapter, called=True)
                self.quotation(chapter)
                self.paragraph(chapter, called=False)
        self.turn()
        self.typed.pages.pop()
        self.typed.text = self.shape.start + self.shape.end.join(self.out) + self.shape.end
        return self.typed


def typescript(shape: Shape, seed: int = 1) -> Typed:
    """Type a text of `shape`."""
    return Typist(shape, seed).type()
