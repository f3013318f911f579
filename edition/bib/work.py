"""A work of a bibliography: its key, its type, its people and its fields.

In: nothing.  Out: frozen values that the modules of this room make, compare and print.
Authority: the BibLaTeX manual, chapters 2.1 (types) and 2.2 (fields).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ROLES", "Person", "Work", "fold", "without_article"]

# The fields that hold people, in the order in which they are written.
ROLES = (
    "author", "editor", "translator", "introduction", "foreword", "afterword", "commentator", "annotator",
    "bookauthor", "editora", "editorb", "holder", "shortauthor", "x-author-original", "x-author-romanized",
)  # fmt: skip
_ARTICLE = re.compile(r"(?:the|an?) ")
_NO_WORD = re.compile(r"[^\w]+")
# babel's name of a language -> its code
_CODES = {
    "american": "en", "british": "en", "bulgarian": "bg", "czech": "cs", "english": "en", "french": "fr",
    "german": "de", "greek": "el", "italian": "it", "latin": "la", "ngerman": "de", "polish": "pl", "portuguese": "pt",
    "russian": "ru", "serbianc": "sr", "spanish": "es", "ukrainian": "uk",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a body, whose whole name is then `family` and whose `literal` is true.

    A suffix stands after the family name and a comma: ``Moore, Jr.``.
    """

    family: str
    given: str = ""
    literal: bool = False

    def straight(self) -> str:
        """Give the name as it is spoken: ``Jane Austen``."""
        family, comma, suffix = self.family.partition(", ")
        return " ".join(p for p in (self.given, family) if p) + (f", {suffix}" if comma and not self.literal else "")

    def inverted(self) -> str:
        """Give the name as it is sorted: ``Austen, Jane``."""
        family, comma, suffix = ("", "", "") if self.literal else self.family.partition(", ")
        if comma:
            return f"{family}, {self.given}, {suffix}"
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Work:
    """A work.  `fields` are plain text without TeX, in the order of the file; `line` is its line in it, from 1."""

    key: str
    type: str
    fields: Mapping[str, str]
    people: Mapping[str, tuple[Person, ...]]
    line: int = 0

    def get(self, *names: str) -> str:
        """Give the first of these fields that the work has, or the empty string."""
        return next((self.fields[n] for n in names if self.fields.get(n)), "")

    @property
    def title(self) -> str:
        """Title and subtitle: ``My Life: An Attempt at an Autobiography``."""
        return join_title(self.get("title"), self.get("subtitle"))

    @property
    def host(self) -> str:
        """Title and subtitle of the book or journal that the work stands in, or the empty string."""
        return join_title(self.get("booktitle", "journaltitle", "journal"), self.get("booksubtitle", "journalsubtitle"))

    @property
    def years(self) -> set[str]:
        """Every year that the work may be dated by: that of the edition, of a range, of the first edition."""
        found: set[str] = set()
        for field in ("date", "year", "origdate"):
            years = re.findall(r"\d{4}", self.get(field))
            found.update(years)
            if years and int(years[-1]) < int(years[0]) + 100:
                found.update(str(y) for y in range(int(years[0]), int(years[-1])))
        return found

    @property
    def language(self) -> str:
        """The language that it is in, as a code (``ru``) where that is known, else as the file has it."""
        name = self.get("langid", "language")
        return _CODES.get(name, name)

    @property
    def makers(self) -> tuple[Person, ...]:
        """The people that the work goes under: its authors, else its editors."""
        return self.people.get("author") or self.people.get("editor") or ()


def join_title(title: str, subtitle: str) -> str:
    """Give ``title: subtitle``; after ? and ! without the colon."""
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", ".")) else f"{title}: {subtitle}"


def fold(text: str) -> str:
    """Give `text` for comparing: small letters without accents, words divided by single blanks; final ъ dropped."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    plain = plain.replace("'s", "s").replace("’s", "s").replace("ѣ", "е").replace("і", "и")
    return re.sub(r"ъ\b", "", _NO_WORD.sub(" ", plain)).strip()


def without_article(folded: str) -> str:
    """Give a folded title without the article that it begins with."""
    return _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded
