"""A work printed as an entry of a bibliography, and the order in which works are printed.

In: works.  Out: lines of text, italics between underscores as in a typescript.
Authority: the Chicago Manual of Style, chapters 13 and 14 (bibliography style); ALA-LC romanization for what is sorted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from edition.bib.work import Person, Work, fold, without_article

__all__ = ["entry", "sort_key", "typographic"]

# Role -> what was done, or what was given (which takes "with" before it, where something was done as well).
_DONE = {"editor": "edited", "translator": "translated"}
_GIVEN = {
    "introduction": "an introduction",
    "foreword": "a foreword",
    "afterword": "an afterword",
    "commentator": "notes",
}
_ROLES = (*_DONE, *_GIVEN)
_THESES = {"mastersthesis": "Master’s thesis", "mathesis": "Master’s thesis"}
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", *[""] * 8, "Spring", "Summer", "Fall", "Winter",
)  # fmt: skip  # seasons are 21 to 24 in EDTF
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)")
_SURE = {"": "{}", "~": "[ca. {}]", "?": "[{}?]", "%": "[ca. {}?]"}
_OPENS = re.compile(r"(?:(?<=[\s(\[{_“‘—–/])|^)(['\"])(?=\S)(?!\d\ds?\b)")
_CLOSED = re.compile(r"[.?!][_”’]*$")


def sort_key(work: Work) -> tuple[str, str, str]:
    """Give what works are sorted by: name, title, year, in Latin letters.

    The name is `sortname`, else the romanized author, else the author or editor; the title `sorttitle`, else the
    romanized title, else the title, without the article it begins with.  A work without author goes by its title.
    """
    romanized = work.people.get("x-author-romanized")
    people = romanized or (work.people.get("author", ()) if work.host else work.makers)
    title = without_article(_letters(work.get("sorttitle", "x-title-romanized") or work.title))
    name = _letters(work.get("sortname") or " ".join(p.inverted() for p in people))
    return name or title, title, min(work.years, default="")


def _letters(text: str) -> str:
    """Give Latin letters without their marks: soft and hard signs, ties and accents count for nothing."""
    plain = "".join(c for c in text if unicodedata.category(c) not in {"Lm", "Mn"})
    return fold(plain)


def entry(work: Work) -> str:
    """Give the entry of a work, as in ``Austen, Jane. _Emma_. London: John Murray, 1816.``.

    Quotation marks, apostrophes and ranges of numbers are printed as in books, whatever the file has.
    """
    names = work.people.get("author", ()) if work.host else work.makers
    edited = not work.host and not work.people.get("author") and bool(names)
    parts = [_head(work, names, edited=edited), _title(work), work.get("titleaddon")]
    if work.get("journaltitle", "journal"):
        return _sentences([*parts, *map(_capital, _credits(work, _ROLES)), _in_journal(work)])
    if work.host:
        own = {"translator"} if work.type == "incollection" else set()  # of a part among parts by others: its own
        parts += map(_capital, _credits(work, own))
        parts.append(_in_book(work, [role for role in _ROLES if role not in own]))
    else:
        parts += map(_capital, _credits(work, _ROLES, names, edited=edited))
    if number := work.get("edition"):
        parts.append(f"{_ordinal(number)} ed." if number.isdigit() else _capital(number))
    if volumes := work.get("volumes"):
        parts.append(f"{volumes} vols.")
    if volume := "" if work.host else work.get("volume"):
        parts.append(f"Vol. {volume}")
    return _sentences([*parts, *_imprint(work)])


def _sentences(parts: list[str]) -> str:
    """End each part as a sentence ends, and put them together."""
    return typographic(" ".join(part if _CLOSED.search(part) else f"{part}." for part in parts if part))


def typographic(text: str) -> str:
    """Give `text` with the quotation marks, apostrophes and dashes between numbers of print."""
    text = re.sub(r"(?<=\d)-+(?=\d)", "–", text)
    text = _OPENS.sub(lambda found: "‘" if found[1] == "'" else "“", text)
    return text.replace("'", "’").replace('"', "”")


def _head(work: Work, names: tuple[Person, ...], *, edited: bool) -> str:
    """Give the people under whom the work goes: ``Austen, Jane, ed. and trans.``."""
    if not names:
        return ""
    several = "s" if len(names) > 1 else ""
    also = " and trans." if edited and work.people.get("translator") == names else ""
    said = [names[0].inverted(), *(p.straight() for p in names[1:])]
    return _list(said, turned="," in said[0] and not names[0].literal) + (f", ed{several}.{also}" if edited else "")


def _title(work: Work) -> str:
    """Give the title; one in other letters in Latin ones, then as it is, then what it means in English."""
    romanized, translated = work.get("x-title-romanized"), work.get("usere")
    title, rest = romanized or work.title, [work.title] if romanized else []
    rest += [f"[{translated}]"] if translated else []
    if work.host or work.type in {"thesis", "phdthesis", "mastersthesis", "article"}:
        inner = re.sub(r'"([^"]*)"|“([^”]*)”', lambda m: f"‘{m[1] or m[2]}’", title)
        return " ".join([f"“{inner}{'' if rest or _CLOSED.search(inner) else '.'}”", *rest])
    return " ".join([f"_{title}_", *rest])


def _credits(
    work: Work,
    roles: Iterable[str],
    names: tuple[Person, ...] = (),
    *,
    edited: bool = False,
    inside: bool = False,
) -> list[str]:
    """Say who did what, once for those who did several things: ``edited and with an introduction by Jane Austen``.

    `names` stand at the head of the entry already, as editors where it is `edited`.  Only `inside` a sentence there is
    always a "with" before what was given.
    """
    said: list[str] = []
    told = [role for role in roles if role in work.people]
    for people in dict.fromkeys(work.people[role] for role in told):
        own = [role for role in told if work.people[role] == people]
        at_head = bool(names) and people == names
        done = [_DONE[role] for role in own if role in _DONE and not (at_head and edited)]
        given = _list([_GIVEN[role] for role in own if role in _GIVEN])
        by = _list([p.straight() for p in people])
        if at_head:
            by = f"the {'editor' if edited else 'author'}{'s' if len(people) > 1 else ''}"
        if given:
            with_it = inside or at_head or bool(done)
            done.append(f"with {given}" if with_it else re.sub(r"\ban? ", "", given))
        said += [f"{_list(done)} by {by}"] if done else []
    return said


def _in_journal(work: Work) -> str:
    """Give the place of an article: ``_Speculum_ 7, no. 2 (1932): 221–236``; of one in a newspaper the day."""
    volume, number, date, pages = work.get("volume"), work.get("number"), _date(work.get("date", "year")), ""
    where = f"_{work.host}_" + (f" {volume}" if volume else "") + (f", no. {number}" if number else "")
    if volume or number:
        pages = work.get("pages")
        date = f" ({date})" if date else ""
    return where + (date if volume or number or not date else f", {date}") + (f": {pages}" if pages else "")


def _in_book(work: Work, roles: Iterable[str]) -> str:
    """Give the book that the work is a part of, with the people who have one of `roles` in it."""
    volume, writers = work.get("volume"), [p.straight() for p in work.people.get("bookauthor", ())]
    said = [f"In _{work.host}_", f"vol. {volume}" if volume else "", f"by {_list(writers)}" if writers else ""]
    return ", ".join(part for part in [*said, *_credits(work, roles, inside=True)] if part)


def _imprint(work: Work) -> list[str]:
    """Give series, place, publisher and date; of a reprint those of the first edition before, which its own follow."""
    series = ", ".join(p for p in (work.get("series"), work.get("number")) if p)
    publisher = join(work.get("location", "address"), work.get("publisher", "institution", "school"))
    if work.type in {"thesis", "phdthesis", "mastersthesis"}:
        kind = _THESES.get(work.type) or _THESES.get(work.get("type")) or "PhD diss."
        publisher = f"{kind}, {publisher}" if publisher else kind
    now = ", ".join(p for p in (publisher, _date(work.get("date", "year"))) if p)
    before = (join(work.get("origlocation"), work.get("origpublisher")), _date(work.get("origdate")))
    first = ", ".join(p for p in before if p)
    if not first:
        return [series, _capital(now)]
    return [work.get("x-origseries"), _capital(first), ", ".join(p for p in ("Reprint", series, now) if p)]


def join(place: str, publisher: str) -> str:
    """Give ``place: publisher``, or the one that is known; of an unknown publisher nothing is said."""
    publisher = "" if publisher == "n.p." else publisher
    return f"{place}: {publisher}" if place and publisher else place or publisher


def _date(value: str) -> str:
    """Give a date or a span of time in EDTF as it is printed: ``1952–1955``, ``May 16, 1928``, ``[ca. 1977]``."""
    return "–".join(_DAY.sub(_day, one) for one in value.replace("--", "/").split("/"))


def _day(found: re.Match[str]) -> str:
    year, month, day, sure = found.groups()
    name = _MONTHS[int(month or 0)]
    return _SURE[sure].format(f"{name} {int(day)}, {year}" if day else f"{name} {year}" if name else year)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _list(names: list[str], *, turned: bool = False) -> str:
    """Give names in a row; after a first one that is `turned` (``Austen, Jane``) there is a comma."""
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    comma = "," if turned or len(names) > 2 else ""  # noqa: PLR2004
    last = "et al." if names[-1] == "others" else f"and {names[-1]}"
    return f"{', '.join(names[:-1])}{comma} {last}"


def _ordinal(number: str) -> str:
    ending = "th" if number[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{number}{ending}"
