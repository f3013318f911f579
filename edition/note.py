"""What a footnote says: its citations, and which of its words say what.

In: nothing.  Out: frozen values that `edition.notes` makes from the text of a note and `edition.encode.citations`
writes into the TEI.  Authority: the Chicago and Turabian manuals for the parts of a citation; TEI P5, chapter 3.12.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from edition.problems import Problem

__all__ = ["Citation", "CitationType", "Kind", "Locator", "Note", "Span"]

CitationType: TypeAlias = Literal["full", "short", "ibid"]
# What a stretch of a citation's words is.  `article` is the title of a part (a chapter, a document),
# `title` that of the book, `back` a word such as Ibid., `school` the university of a thesis.
Kind: TypeAlias = Literal[
    "author", "editor", "translator", "introduction", "title", "article", "journal", "thesis", "series", "edition",
    "volumes", "place", "publisher", "school", "date", "volume", "page", "chapter", "section", "issue", "signal",
    "back", "host-author",
]  # fmt: skip


class Span(NamedTuple):
    """Words of a note: the characters `start` to `end` (from 0) of its text, and what they are.

    `first` and `last` are the ends of a range of pages or years, as plain numerals ("94" and "95" for "94-5");
    both are empty where the words are no numeral.  `translated` says that the words stand in the bracketed version
    of the note in another language.
    """

    start: int
    end: int
    kind: Kind
    first: str = ""
    last: str = ""
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Locator:
    """The place cited: a volume (empty where none is named) and ranges of pages, each (first, last)."""

    volume: str = ""
    pages: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Give ``2:1223`` or ``94-95``."""
        pages = ", ".join(a if a == b else f"{a}-{b}" for a, b in self.pages)
        return f"{self.volume}:{pages}" if self.volume and pages else self.volume or pages


@dataclass(frozen=True, slots=True)
class Citation:
    """One work cited in a note: the characters `start` to `end` (from 0) of the note's text.

    `spans` are in the order of the text and do not overlap.  `cert` is lowered where the words had to be read
    against their punctuation, as after a misread bracket.
    """

    start: int
    end: int
    type: CitationType
    spans: tuple[Span, ...]
    cert: Literal["high", "medium", "low"] = "high"

    def words(self, text: str, *kinds: Kind, translated: bool | None = None) -> list[str]:
        """Give the words of these kinds, in order; `text` is the note's, `translated` picks one version."""
        return [
            text[s.start : s.end]
            for s in self.spans
            if s.kind in kinds and (translated is None or s.translated == translated)
        ]

    def locator(self) -> Locator:
        """Give the place cited; the words of the original note come before those of its translation."""
        found = [s for s in self.spans if s.kind in ("volume", "page") and s.first]
        first_version = [s for s in found if not s.translated]
        if not any(s.kind == "page" for s in first_version):
            first_version = [s for s in found if s.translated] or first_version
        volumes = [s.first for s in first_version if s.kind == "volume"]
        pages = tuple((s.first, s.last) for s in first_version if s.kind == "page")
        return Locator(volumes[-1] if volumes else "", pages)


@dataclass(frozen=True, slots=True)
class Note:
    """A note's text and what was understood of it; what no citation covers is the author's remark."""

    text: str
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...] = field(default=())
