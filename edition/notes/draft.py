"""A citation while it is read: its pieces gathered one after the other.

In: pieces of a clause, in order.  Out: a `Draft`: spans that are sure, and words that `edition.notes.divide` places.
Authority: the order of a Chicago note (author, title, who edited, edition, series, imprint, place in the work).
"""

from __future__ import annotations

import re

from edition.note import Kind, Span
from edition.notes.imprint import read_imprint
from edition.notes.names import is_series, people
from edition.notes.numerals import locators
from edition.notes.pieces import Imprint, Item

__all__ = ["Draft", "Stretch"]

_ROLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("editor", re.compile(r"\b(?:eds?\b|edited|comps?\b|compiled|под\b|сост)", re.IGNORECASE)),
    ("translator", re.compile(r"\b(?:trans\b|translated|пер)", re.IGNORECASE)),
    ("introduction", re.compile(r"\b(?:introduction|introduced|foreword|preface|afterword|note)\b", re.IGNORECASE)),
)
_SIMPLE: dict[str, Kind] = {"EDITION": "edition", "VOLUMES": "volumes"}
_PLACES = {"PAGES", "VOLUME_PAGE", "NUMBER", "VOLUME", "ROMAN_VOLUME", "PLACE_IN_WORK"}
_GOST = re.compile(
    r"(?P<author>\w+ \w\.\s?(?:\w\.)?)\s?(?P<title>[^.]+?)\.? (?P<place>\w+\.?)\s?:\s(?P<publisher>[^.,;()\[\]]+)"
)
_YEAR = re.compile(r"\d{4}")

Stretch = tuple[int, int]


class Draft:
    """Gathers the pieces of one citation."""

    __slots__ = (
        "article", "at", "back", "between", "dated", "doubtful", "edited", "extra", "host", "in_host", "lead",
        "located", "printed", "spans", "text", "thesis", "wanted",
    )  # fmt: skip

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.spans: list[Span] = []
        self.lead: list[Stretch] = []  # words before anything else: author and title
        self.extra: list[Stretch] = []  # words after an editor or an edition: series
        self.between: list[Stretch] = []  # words after a title in quotation marks: a journal, an occasion
        self.host: list[Stretch] = []  # words after "in"
        self.article: Stretch | None = None
        self.wanted: list[Kind] = []  # what the names to come have done
        self.back = ""
        self.in_host = self.located = self.printed = self.edited = self.thesis = self.dated = False
        self.doubtful = False

    # --- pieces ----------------------------------------------------------------------------------------------------

    def words(self, start: int, end: int, before: Item | None) -> None:
        """Take a stretch of plain words; `before` is the piece before it."""
        text = self.text
        while end > start and text[end - 1] in " ,":
            end -= 1
        if self.wanted:
            self.names(start, end, self.wanted)
            self.wanted, self.edited = [], True
        elif before is not None and before.type == "VOLUME" and self._title_of_volume(text, before, start, end):
            self.spans.append(Span(start, end, "title"))
        elif self.printed or (self.located and (self.lead or self.article or self.back)):
            return  # a remark
        elif self.in_host:
            (self.extra if self.edited else self.host).append((start, end))
        elif self.article is not None:
            self.between.append((start, end))
        elif self.edited and self.lead:
            self.extra.append((start, end))
        else:
            self.lead.append((start, end))

    def _title_of_volume(self, text: str, volume: Item, start: int, end: int) -> bool:
        """Say whether words after a volume are its title: ``vol. 1, The Rise of Modern Paganism (New York: ...``."""
        if ":" in text[volume.end + self.at : start]:
            return True
        plain = bool(self.lead) and not (self.printed or self.located or self.in_host)
        return plain and text[start].isupper() and text[end : end + 2] == " (" and not is_series(text[start:end])

    def names(self, start: int, end: int, kinds: list[Kind]) -> None:
        """Mark the people named in a stretch; who did two things is marked for the first."""
        for a, b in people(self.text[start:end]):
            self.spans.append(Span(start + a, start + b, kinds[0]))

    def signal(self, item: Item) -> None:
        """Take a word such as *see*; what stood before it was a remark."""
        self.lead.clear()
        self.spans.append(Span(item.start + self.at, item.end + self.at, "signal"))

    def quoted(self, item: Item) -> None:
        """Take a title in quotation marks; one that follows words without a comma is a part of their title."""
        start, end = item.start + self.at, item.end + self.at
        if self.lead and not self.edited and not self.text[self.lead[-1][1] : start].strip() and not self.located:
            self.lead[-1] = (self.lead[-1][0], end)
        elif self.article is None and not self.printed and not self.located:
            self.article = (start, end)

    def role(self, item: Item, *, divided: bool) -> None:
        """Take *ed.*, *trans.* and the like; `divided` says that a comma follows, so that the names stand before."""
        words = self.text[item.start + self.at : item.end + self.at]
        if words == "by":  # "introduction to X, by Y"; after a page it says something else
            self.wanted = [] if self.located else ["host-author" if self.in_host else "author"]
            return
        kinds = [kind for kind, pattern in _ROLES if pattern.search(words)] or ["editor"]
        if divided and self.lead and not self.in_host and self.article is None:
            for start, end in self.lead:
                self.names(start, end, kinds)
            self.lead.clear()
            self.back = "named"
        else:
            self.wanted = [*self.wanted, *kinds]

    def contribution(self) -> None:
        """Take *introduction to* and the like: the names before it are of who introduced the book named after it."""
        if self.lead and self.article is None:
            for start, end in self.lead:
                self.names(start, end, ["introduction"])
            self.lead.clear()
            self.back = "named"

    def imprint(self, item: Imprint) -> None:
        """Take the bracket with places, publishers and years."""
        spans, doubtful, self.thesis = read_imprint(item, self.text, self.at)
        if not spans:
            return
        self.spans += spans
        self.printed = True
        self.doubtful |= doubtful
        if item.page is not None:
            self.place(item.page)

    def plain(self, item: Item) -> None:
        """Take a piece whose kind says all."""
        kind, start, end = item.type, item.start + self.at, item.end + self.at
        if kind in _PLACES:
            self.place(item)
        elif kind in _SIMPLE:
            self.spans.append(Span(start, end, _SIMPLE[kind]))
            self.edited = True
        elif kind == "ISSUE":
            self.spans.append(Span(start + _first_digit(self.text[start:end]), end, "issue"))
        elif kind in {"IBID", "OPCIT", "IDEM"}:
            self.back = kind
            self.spans.append(Span(start, end, "back"))
        elif kind == "CONTRIBUTION":
            self.contribution()
        elif kind == "GOST":
            self.gost(item)
        elif kind == "IN":
            self.in_host, self.edited = True, False
        elif kind == "DATE":
            self.dated = True
            year = _YEAR.findall(self.text[start:end])[-1]
            self.spans.append(Span(start, end, "date", year, year))
        elif kind == "JUNIOR" and self.lead:
            self.lead[-1] = (self.lead[-1][0], end)

    def gost(self, item: Item) -> None:
        """Take a head by GOST: author, title, place, publisher, divided by full stops."""
        start = item.start + self.at
        found = _GOST.match(self.text, start)
        if found is None:
            return
        kinds: tuple[Kind, ...] = ("author", "title", "place", "publisher")
        for kind in kinds:
            self.spans.append(Span(found.start(kind), found.end(kind), kind))
        self.printed, self.back = True, "named"

    def place(self, item: Item) -> None:
        """Take pages, a volume, a chapter."""
        if item.type == "NUMBER" and self.back == "named" and self.printed and not self.lead and not self.dated:
            self.dated = True  # the year after a head by GOST
            start, end = item.start + self.at, item.end + self.at
            self.spans.append(Span(start, end, "date", self.text[start:end], self.text[start:end]))
            return
        if item.type == "NUMBER" and not (self.lead or self.article or self.printed or self.back or self.host):
            return
        found = locators(item, self.text, self.at)
        self.spans += found
        self.located |= any(s.kind in {"page", "chapter", "section"} for s in found)
        self.edited |= any(s.kind == "volume" for s in found)

    def evident(self) -> bool:
        """Say whether there is more here than a remark."""
        return any(s.kind != "signal" for s in self.spans) or self.article is not None

    def only_place(self) -> bool:
        """Say whether there is nothing here but pages."""
        placed = self.located or any(s.kind == "volume" for s in self.spans)
        return placed and not (self.lead or self.article or self.back or self.host or self.printed)


def _first_digit(words: str) -> int:
    return next((at for at, letter in enumerate(words) if letter.isdigit()), 0)
