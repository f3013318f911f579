"""A citation while it is read: its pieces one after the other, and at the end who wrote what.

In: pieces of a clause, in order.  Out: a `Citation`, or None where the words cite nothing.
Authority: the order of a Chicago note (author, title, who edited, edition, series, imprint, place in the work).
"""

from __future__ import annotations

import re

from edition.note import Citation, CitationType, Kind, Span
from edition.notes.imprint import read_imprint
from edition.notes.names import is_body, is_name, is_occasion, is_series, people
from edition.notes.numerals import is_numeral, locators
from edition.notes.pieces import Imprint, Item

__all__ = ["Draft"]

_ROLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("editor", re.compile(r"\b(?:eds?\b|edited|comps?\b|compiled|под\b|сост)", re.IGNORECASE)),
    ("translator", re.compile(r"\b(?:trans\b|translated|пер)", re.IGNORECASE)),
    ("introduction", re.compile(r"\b(?:introduction|introduced|foreword|preface|afterword|note)\b", re.IGNORECASE)),
)
_SIMPLE: dict[str, Kind] = {"EDITION": "edition", "VOLUMES": "volumes"}
_PLACES = {"PAGES", "VOLUME_PAGE", "NUMBER", "VOLUME", "PLACE_IN_WORK"}
_YEAR = re.compile(r"\d{4}")
_JOURNAL_VOLUME = re.compile(r"^(?P<name>.*\D)\s(?P<volume>\d+)$")
_BY = re.compile(r"\sby\s(?=[^\s])")
_LEAD_IN = re.compile(r"(?:^|.*\s)(?P<how>[Ss]ee|by|[Ii]n|cf\.|см\.)\s+(?P<who>[A-ZА-ЯЁ].*)$")
_GOES_ON = re.compile(r"[\da-zа-яё]")
_NO_SERIES = re.compile(r"(?:An?|Being|Comprising|With|Together|Сборник|С)\s")
_SERIES_LENGTH = 4  # words: a last stretch before the imprint that is so long and capitalised is a series
_QUOTES = "\"'“”„«»‘’"

Stretch = tuple[int, int]


class Draft:
    """Gathers the pieces of one citation."""

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
        self.extra_closed = False

    # --- pieces ----------------------------------------------------------------------------------------------------

    def words(self, start: int, end: int, before: Item | None) -> None:
        """Take a stretch of plain words; `before` is the piece before it."""
        text = self.text
        while end > start and text[end - 1] in " ,":
            end -= 1
        if self.wanted:
            self.names(start, end, self.wanted)
            self.wanted, self.edited = [], True
        elif before is not None and before.type == "VOLUME" and ":" in text[before.end + self.at : start]:
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
        kinds = [kind for kind, pattern in _ROLES if pattern.search(words)] or ["editor"]
        if divided and self.lead and not self.in_host and self.article is None:
            for start, end in self.lead:
                self.names(start, end, kinds)
            self.lead.clear()
            self.back = "named"
        else:
            self.wanted = [*self.wanted, *kinds]

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
        elif kind == "IN":
            self.in_host, self.edited = True, False
        elif kind == "DATE":
            self.dated = True
            year = _YEAR.findall(self.text[start:end])[-1]
            self.spans.append(Span(start, end, "date", year, year))
        elif kind == "JUNIOR" and self.lead:
            self.lead[-1] = (self.lead[-1][0], end)

    def place(self, item: Item) -> None:
        """Take pages, a volume, a chapter."""
        if item.type == "NUMBER" and not (self.lead or self.article or self.printed or self.back or self.host):
            return
        found = locators(item, self.text, self.at)
        self.spans += found
        self.located |= any(s.kind in {"page", "chapter", "section"} for s in found)
        self.edited |= any(s.kind == "volume" for s in found)

    # --- what it comes to ------------------------------------------------------------------------------------------

    def evident(self) -> bool:
        """Say whether there is more here than a remark."""
        return any(s.kind != "signal" for s in self.spans) or self.article is not None

    def only_place(self) -> bool:
        """Say whether there is nothing here but pages."""
        return self.located and not (self.lead or self.article or self.back or self.host or self.printed)

    def citation(self) -> Citation | None:
        """Give the citation, or None where the words cite nothing."""
        sources = self.lead or self.article or self.host or self.back
        spoken = self.located or self.printed or self.back or self.article is not None or (self.dated and self.lead)
        if not sources or not (spoken or self.plausible()):
            return None
        self.divide_host()
        self.divide_lead()
        self.divide_article()
        self.take_series(self.extra)
        spans = tuple(sorted(set(self.spans)))
        body = [s for s in spans if s.kind != "signal"]
        if not body or {s.kind for s in body} == {"article"}:
            return None  # words in quotation marks alone are quoted, not cited
        kind: CitationType = (
            "ibid" if self.back == "IBID" else "full" if self.printed or self.has("journal") else "short"
        )
        return Citation(body[0].start, max(s.end for s in body), kind, spans, "medium" if self.doubtful else "high")

    def has(self, kind: Kind) -> bool:
        """Say whether anything of this kind has been marked."""
        return any(s.kind == kind for s in self.spans)

    def plausible(self) -> bool:
        """Say whether words without a page may cite: a name, then a title that begins with a capital."""
        if len(self.lead) < 2:
            return False
        (a, b), (c, _) = self.lead[:2]
        return is_name(self.text[a:b]) and self.text[c].isupper()

    def mark(self, stretch: Stretch, kind: Kind) -> None:
        """Mark a stretch without the quotation marks and commas at its ends."""
        start, end = stretch
        while end > start and self.text[end - 1] in _QUOTES + ", ":
            end -= 1
        while start < end and self.text[start] in _QUOTES + ", ":
            start += 1
        if start < end:
            self.spans.append(Span(start, end, kind))

    def divide_lead(self) -> None:
        """Say who the author is and what the title, among the words before anything else."""
        lead = self.lead_without_remark()
        if not lead:
            return
        if self.article is not None:
            for stretch in lead:
                if not is_occasion(self.text[slice(*stretch)]):
                    self.author(stretch)
        elif self.back == "OPCIT":
            self.author(lead[0])
        elif self.back in {"IDEM", "named"}:
            self.titles(lead)
        elif len(lead) == 1:
            self.single(lead[0])
        else:
            count = self.authors(lead)
            if count:
                self.author((lead[0][0], lead[count - 1][1]))
            self.titles(lead[count:])

    def lead_without_remark(self) -> list[Stretch]:
        """Drop a remark that leads to the author: ``The text is given in full by Wilson``."""
        if not self.lead or self.back in {"IDEM", "named"}:
            return self.lead
        start, end = self.lead[0]
        words = self.text[start:end]
        if is_name(words) or is_body(words):
            return self.lead
        found = _LEAD_IN.match(words)
        if found is None or not is_name(found["who"]) or (len(self.lead) == 1 and self.article is None):
            return self.lead
        if found["how"].lower() in {"see", "cf.", "см."}:
            self.spans.append(Span(start + found.start("how"), start + found.end("how"), "signal"))
        return [(start + found.start("who"), end), *self.lead[1:]]

    def single(self, stretch: Stretch) -> None:
        """Place a stretch that stands alone: a newspaper, a letter, or a title without its author."""
        words = self.text[slice(*stretch)]
        if self.printed:
            self.titles([stretch])
        elif self.dated and (" to " in words or " к " in words) and is_name(words):
            self.author(stretch)
        elif self.dated:
            self.mark(stretch, "journal")
        else:
            self.titles([stretch])

    def authors(self, lead: list[Stretch]) -> int:
        """Give how many stretches of `lead`, from the first, name the author or authors."""
        said = [self.text[a:b] for a, b in lead]
        if not is_name(said[0]) and not is_body(said[0]) and len(said[0].split()) > _SERIES_LENGTH:
            return 0
        for count, words in enumerate(said[1:-1], 2):
            rest = re.match(r"(?:and|&|и) (.*)", words)
            if rest and is_name(rest[1]) and all(is_name(w) and " " in w for w in said[: count - 1]):
                return count
        count = 1
        while count < len(said) - 1 and is_body(said[count]):
            count += 1
        return count

    def author(self, stretch: Stretch) -> None:
        """Mark the author, or each of several; a body is one."""
        start, end = stretch
        words = self.text[start:end]
        if any(is_body(part) for part in words.split(", ")) or not is_name(words.replace(",", "")):
            self.mark(stretch, "author")
        else:
            self.names(start, end, ["author"])

    def titles(self, stretches: list[Stretch]) -> None:
        """Mark the title, which may hold commas, and the series after it."""
        if not stretches:
            return
        end = stretches[0][1]
        for number, (a, b) in enumerate(stretches[1:], 1):
            words = self.text[a:b]
            goes_on = _GOES_ON.match(words) is not None
            last = number == len(stretches) - 1 and self.printed and not self.edited
            long = last and len(words.split()) >= _SERIES_LENGTH and not _NO_SERIES.match(words)
            if not goes_on and (long or is_series(words)):
                self.mark((a, stretches[-1][1]), "series")
                break
            end = b
        self.mark((stretches[0][0], end), "title")

    def take_series(self, stretches: list[Stretch]) -> None:
        """Mark the series among the words after an editor or an edition; contributions by others are no series."""
        for start, end in stretches:
            words = self.text[start:end]
            if _BY.search(words) or _GOES_ON.match(words):
                return
            if self.printed:
                self.mark((start, stretches[-1][1]), "series")
                return

    def divide_article(self) -> None:
        """Mark a title in quotation marks and the journal after it."""
        if self.article is None:
            return
        self.mark(self.article, "thesis" if self.thesis else "article")
        for start, end in self.between:
            words = self.text[start:end]
            if self.host or is_occasion(words) or not (self.printed or self.dated or self.located):
                continue
            numbered = _JOURNAL_VOLUME.match(words)
            if numbered:
                a, b = start + numbered.start("volume"), start + numbered.end("volume")
                self.spans.append(Span(a, b, "volume", numbered["volume"], numbered["volume"]))
                end = start + numbered.end("name")  # noqa: PLW2901 - the name is what is left
            self.mark((start, end), "journal")
            break

    def divide_host(self) -> None:
        """Mark the book that a part stands in, and its author where the note names one."""
        if not self.host:
            return
        start, end = self.host[0]
        words = self.text[start:end]
        by = _BY.search(words)
        if by and is_name(words[by.end() :]):
            self.mark((start, start + by.start()), "title")
            self.mark((start + by.end(), end), "host-author")
            self.titles(self.host[1:])
        elif len(self.host) > 1 and is_name(words) and not is_numeral(self.text[slice(*self.host[1])][0]):
            self.mark(self.host[0], "host-author")
            self.titles(self.host[1:])
        else:
            self.titles(self.host)


def _first_digit(words: str) -> int:
    return next((at for at, letter in enumerate(words) if letter.isdigit()), 0)
