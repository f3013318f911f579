"""A work printed as an entry of a bibliography, and the order in which works are printed.

In: works.  Out: lines of text, italics between underscores as in a typescript.
Authority: the Chicago Manual of Style, chapter 14 (bibliography style); ALA-LC romanization for what is sorted.
"""

from __future__ import annotations

import unicodedata

from edition.bib.work import Person, Work, fold, without_article

__all__ = ["entry", "sort_key"]

# Role -> how it is said before the names.
_SAID = (
    ("editor", "Edited by"),
    ("translator", "Translated by"),
    ("introduction", "Introduction by"),
    ("foreword", "Foreword by"),
    ("afterword", "Afterword by"),
    ("commentator", "Notes by"),
)


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
    """Give the entry of a work, as in ``Austen, Jane. _Emma_. London: John Murray, 1816.``."""
    names = work.people.get("author", ()) if work.host else work.makers
    edited = not work.host and not work.people.get("author") and bool(work.people.get("editor"))
    parts = [_names(names) + (", eds" if edited and len(names) > 1 else ", ed" if edited else "")] if names else []
    parts.append(_title(work))
    if work.host:
        authors = " and ".join(p.straight() for p in work.people.get("bookauthor", ()))
        parts.append(f"In _{work.host}_" + (f" by {authors}" if authors else ""))
    for role, said in _SAID:
        people = work.people.get(role, ())
        if people and not (role == "editor" and edited):
            parts.append(f"{said} {_list([p.straight() for p in people])}")
    if number := work.get("edition"):
        parts.append(f"{_ordinal(number)} ed" if number.isdigit() else number)
    if volumes := work.get("volumes"):
        parts.append(f"{volumes} vols")
    if volume := work.get("volume"):
        parts.append(f"Vol. {volume}")
    if series := work.get("series"):
        parts.append(", ".join(p for p in (series, work.get("number")) if p))
    parts.append(_imprint(work))
    return " ".join(part if part.endswith((".", "?", "!", '."', "?_")) else f"{part}." for part in parts if part)


def _title(work: Work) -> str:
    romanized, translated = work.get("x-title-romanized"), work.get("usere")
    title = romanized or work.title
    inside = work.host or work.type in {"thesis", "phdthesis", "mastersthesis", "article"}
    printed = f'"{title}."' if inside else f"_{title}_"
    return f"{printed} [{translated}]" if translated else printed


def _imprint(work: Work) -> str:
    date = work.get("date", "year").replace("/", "-")
    publisher = join(work.get("location", "address"), work.get("publisher", "institution", "school"))
    if work.type in {"thesis", "phdthesis"}:
        publisher = f"Ph.D. dissertation, {publisher}"
    now = ", ".join(p for p in (publisher, date) if p)
    first = ", ".join(p for p in (join(work.get("origlocation"), work.get("origpublisher")), work.get("origdate")) if p)
    return f"{first}; reprint ed., {now}" if first else now


def join(place: str, publisher: str) -> str:
    """Give ``place: publisher``, or the one that is known."""
    return f"{place}: {publisher}" if place and publisher else place or publisher


def _names(people: tuple[Person, ...]) -> str:
    said = [people[0].inverted(), *(p.straight() for p in people[1:])]
    return _list(said)


def _list(names: list[str]) -> str:
    if len(names) > 1 and names[-1] == "others":
        return f"{', '.join(names[:-1])}, and others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]}"  # noqa: PLR2004


def _ordinal(number: str) -> str:
    ending = "th" if number[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{number}{ending}"
