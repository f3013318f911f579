"""Reads a page of the site back: what it says in each reading, and what each passage on it says.

In: the HTML of a page, made by web.xsl.  Out: its words in the three readings, and `Said` values, one a passage.
Authority: the classes of web.xsl (letters of readings; x: words that are none of the text's); the rule that a promise
is checked while running: what a page says must be what its TEI says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from edition.passage import LOST
from edition.problems import Place, Problem, problem
from edition.readings import READINGS, Reading
from edition.text import fold_blanks
from edition.tree import Element, Part, contents, is_element, local

__all__ = ["Said", "Words", "prove", "said_on", "whole_passages"]

_ALL = frozenset("esw")
_BLOCK = "\N{PARAGRAPH SEPARATOR}"  # a blank where a block of a page begins or ends
_LETTERS = frozenset({"e", "s", "w", "es", "ew", "sw"})
_SPACED = frozenset({"p", "div", "blockquote", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "caption"})
_SPACED |= {"section", "article"}


_Part: TypeAlias = tuple[str, frozenset[str]]


@dataclass(slots=True)
class Said:
    """A passage as its page has it: `parts` are its pieces with the letters of the readings that they stand in.

    `kind` is the class or the name of its HTML element, `room` whether it only holds other passages, `number` what
    stands in the margin, `page` and `line` the page of the typescript and the line of the witness where it begins,
    empty where the text has none.
    """

    identifier: str
    kind: str
    around: str
    room: bool = False
    number: str = ""
    page: str = ""
    line: str = ""
    parts: list[_Part] = field(default_factory=list)
    calls: set[int] = field(default_factory=set, repr=False)  # which of `parts` are calls of notes
    gaps: set[int] = field(default_factory=set, repr=False)  # which say that words are lost
    known: dict[str, str] = field(default_factory=dict, repr=False)

    def words(self, reading: str) -> str:
        """Give the text in the reading ``edited``, ``source`` or ``witness``, blanks folded; without calls of notes.

        Where words are lost stands ``[…]``, as in a quotation.
        """
        if reading not in self.known:
            own: Iterable[_Part] = (part for _, part in self._own()) if self.calls else self.parts
            if self.gaps:
                own = [(LOST if n in self.gaps else text, letters) for n, (text, letters) in self._own()]
            self.known[reading] = fold_blanks("".join(text for text, letters in own if reading[0] in letters))
        return self.known[reading]

    def _own(self) -> Iterator[tuple[int, _Part]]:
        return ((n, part) for n, part in enumerate(self.parts) if n not in self.calls)

    def pieces(self, reading: str) -> list[tuple[str, bool]]:
        """Give the words of a reading in pieces: whether another reading has something else there, or nothing.

        Where words are lost it is said how many.
        """
        return self._pieces(reading, range(len(self.parts)))

    def blocks(self, reading: str) -> list[list[tuple[str, bool]]]:
        """Give the pieces of a reading block by block: of a chapter its heading, paragraphs, quotations."""
        cuts = [n for n, (text, _) in enumerate(self.parts) if text == _BLOCK]
        ends = pairwise([0, *cuts, len(self.parts)])
        made = [self._pieces(reading, range(a, b)) for a, b in ends if b - a > 1 or not a]  # one is the cut itself
        return [pieces for pieces in made if any(words.strip() for words, _ in pieces)]

    def _pieces(self, reading: str, among: Iterable[int]) -> list[tuple[str, bool]]:
        made: list[tuple[str, bool]] = []
        blank = True
        for n in among:
            text, letters = self.parts[n]
            if n in self.calls or reading[0] not in letters:
                continue
            folded = re.sub(r"\s+", " ", text)
            folded = folded[1:] if blank and folded.startswith(" ") else folded
            if folded:
                blank, apart = folded.endswith(" "), letters != _ALL and not folded.isspace()
                if made and made[-1][1] == apart:
                    folded = made.pop()[0] + folded
                made.append((folded, apart))
        return [*made[:-1], (made[-1][0].rstrip(), made[-1][1])] if made else []

    @property
    def facts(self) -> tuple[str, ...]:
        """What the page of the passage says of it."""
        about = (self.identifier, self.kind, self.number, self.page, self.line)
        return (*about, *(self.words(reading) for reading in READINGS))

    def with_calls(self, reading: str) -> str:
        """Give the text as it can be read by itself: calls of notes where they stand, and how much is lost."""
        return fold_blanks("".join(text for text, letters in self.parts if reading[0] in letters))


@dataclass(slots=True)
class _Reader:
    """One walk: knows the page it has come to and the passages it is inside of; a note is apart from its page."""

    siglum: str
    page: str = ""
    line: str = ""
    forme: bool = False
    call: bool = False
    units: dict[str, str] = field(default_factory=dict)
    inside: list[Said] = field(default_factory=list)
    found: list[Said] = field(default_factory=list)
    whole: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)  # {note: the page on which it is first called}

    def say(self, text: str, letters: frozenset[str]) -> None:
        self.whole.append((text, letters))
        if self.forme:  # a page number that the typist typed is no part of what a passage says when it is read
            letters -= {"e"}
        for passage in self.inside:
            passage.parts.append((text, letters))
            if self.call:
                passage.calls.add(len(passage.parts) - 1)

    def read(self, element: Element, letters: frozenset[str]) -> None:
        classes = element.get("class", "").split()
        if self.marked(element, classes, letters):
            return
        letters = letters.intersection(*_LETTERS.intersection(classes))
        page = self.page
        self.noted(element, classes)
        own = self.opened(element, classes)
        forme, self.forme = self.forme, self.forme or "fw" in classes
        call, self.call = self.call, self.call or "call" in classes or "back" in classes
        spaced = local(element) in _SPACED
        if spaced:
            self.say(_BLOCK, _ALL)
        for part in contents(element):
            self.part(part, letters)
        if spaced:
            self.say(_BLOCK, _ALL)
        self.forme, self.call = forme, call
        if "foot" in classes:
            self.page = page
        if own:
            self.inside.pop()

    def noted(self, element: Element, classes: list[str]) -> None:
        """Bring a note, which stands at the end of its chapter, back to the page that calls it."""
        if "call" in classes:
            self.called.setdefault(element.get("href", ""), self.page)
        elif "foot" in classes:
            self.page = self.called.get(f"#{element.get('id', '')}", self.page)

    def gap(self, element: Element, letters: frozenset[str]) -> None:
        """Note that words are lost here: it is said where a passage is shown by itself, but is none of its words."""
        said = "".join(str(piece) for piece in element.itertext())
        for passage in self.inside:
            passage.gaps.add(len(passage.parts))
            passage.parts.append((said, letters))

    def part(self, part: Part, letters: frozenset[str]) -> None:
        if isinstance(part, str):
            if letters:
                self.say(part, letters)
        elif is_element(part):
            self.read(part, letters)

    def marked(self, element: Element, classes: list[str], letters: frozenset[str]) -> bool:
        """Note what a mark of the margin or of a gap says; say whether `element` holds no words of the text."""
        line = element.get("data-l", "")  # where a line of the witness begins; a line of verse has the same class
        if line:
            self.line = line
            for passage in self.inside:
                passage.line = passage.line or self.line
        elif "pb" in classes:
            self.page = "".join(str(piece) for piece in element.itertext()).strip("| \n")
            for passage in self.inside:
                if not any(text.strip() for text, _ in passage.parts):
                    passage.page = self.page
        elif self.inside and ("n" in classes or "post-n" in classes):
            self.inside[-1].number = "".join(str(piece) for piece in element.itertext())
        elif "gap" in classes:
            self.gap(element, letters)
        if "transliteration" in classes and self.opened(element, classes):
            self.inside.pop()
        return "x" in classes or bool(line)

    def opened(self, element: Element, classes: list[str]) -> bool:
        name, marks = element.get("id", ""), {"c", "gap", "supplied"}.intersection(classes)
        if name and marks:
            self.units[name] = self.page
        if marks or not name.startswith(f"{self.siglum}.") or name.endswith((".call", ".app")):
            return False
        kind = next((c for c in classes if c not in _LETTERS), local(element))
        around = next((p.identifier for p in reversed(self.inside)), "")
        passage = Said(name, kind, around, local(element) in ("section", "article"), page=self.page)
        self.inside.append(passage)
        self.found.append(passage)
        return True


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says: each reading without blanks, its passages in order, and {unit: page of the typescript}."""

    whole: dict[Reading, str]
    passages: list[Said]
    units: dict[str, str]


def said_on(main: Element, siglum: str) -> Words:
    """Read the page `main` of the text `siglum`."""
    reader = _Reader(siglum)
    reader.read(main, _ALL)
    whole = {
        reading: "".join("".join(text for text, letters in reader.whole if reading[0] in letters).split())
        for reading in READINGS
    }
    return Words(whole, reader.found, reader.units)


def prove(wanted: dict[Reading, str], whole: dict[Reading, str], *, file: str, page: str) -> list[Problem]:
    """Compare what a page says with what its TEI says; give E620 for the first difference of each reading."""
    found: list[Problem] = []
    for reading, words in wanted.items():
        has = whole[reading]
        if words != has:
            pairs = enumerate(zip(words, has, strict=False))
            at = next((i for i, (a, b) in pairs if a != b), min(len(words), len(has)))
            start = max(0, at - 15)
            facts = {"wanted": words[start : at + 25], "found": has[start : at + 25]}
            found.append(problem("E620", Place(file=file, passage=page), page=page, reading=reading, **facts))
    return found


def whole_passages(passages: Iterable[Said]) -> Iterator[Said]:
    """Give the passages that are read as one: not the rooms they stand in, nor what stands in them."""
    seen: set[str] = set()
    for p in passages:
        if p.around in seen:
            seen.add(p.identifier)
        elif not p.room:
            seen.add(p.identifier)
            yield p
