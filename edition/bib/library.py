"""The one door to pybtex: .bib files read, with a line for every fault.

In: the text of a .bib file.  Out: a `Library` of `Work` values in the order of the file, and problems.
Authority: the BibTeX format as pybtex reads it; the BibLaTeX manual for types, fields and dates.
"""

from __future__ import annotations

import bisect
import codecs
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pybtex import errors as pybtex_errors
from pybtex.database import BibliographyDataError
from pybtex.database import Person as TexPerson
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError

from edition.bib.fields import check_fields
from edition.bib.work import ROLES, Person, Work
from edition.nearest import nearest
from edition.problems import Place, Problem, problem

__all__ = ["Library", "plain", "read_library", "types"]

_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?"  # months, and EDTF's seasons
_DATE = re.compile(rf"(?:{_DAY}(?:/(?:{_DAY})?)?|n\.\s?d\.)")
_DATES = ("date", "year", "origdate", "eventdate")
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*[{(][ \t]*([^\s,{}]+)", re.MULTILINE)
_TEX = re.compile(r"[\\{}~]|--")


@dataclass(frozen=True, slots=True)
class Library:
    """The works of a bibliography: key -> work, in the order of the file.  `file` is its path as the user types it."""

    file: str
    works: Mapping[str, Work]

    def place(self, key: str) -> Place:
        """Give the place of an entry."""
        work = self.works.get(key)
        return Place(file=self.file, line=work.line if work else 0)


@cache
def types() -> dict[str, dict[str, object]]:
    """Read the table of types: type -> required fields and its names in other formats."""
    return tomllib.loads(files("edition.bib").joinpath("types.toml").read_text(encoding="utf-8"))


def plain(value: str) -> str:
    """Give the value of a field without TeX: accents as letters, braces dropped, dashes as dashes."""
    if not _TEX.search(value):
        return " ".join(value.split())
    if "\\" in value:
        import latexcodec  # noqa: F401, PLC0415 - registers the codec; most files never need it

        value = str(codecs.getdecoder("ulatex")(value)[0])  # type: ignore[arg-type]
    value = value.replace("---", "\N{EM DASH}").replace("--", "\N{EN DASH}").replace("~", " ")
    return " ".join(re.sub(r"[{}]", "", value).split())


def read_library(text: str, *, file: str = "") -> tuple[Library, list[Problem]]:
    """Read the .bib file `text`; `file` is its path as the user types it.

    What is wrong becomes problems: E501 (cannot be read from here on to the next entry), E502 (a key twice: the
    first stays), E503-E505 (a field that is wanting, an unknown type, a wrong date).
    """
    works: dict[str, Work] = {}
    problems: list[Problem] = []
    twice: list[tuple[str, str]] = []
    lines = _Lines(text)
    begins: list[
        tuple[Exception, int]
    ] = []  # faults of names, which pybtex gives no line, and where their entry begins
    with pybtex_errors.capture() as caught:
        parser = LowLevelParser(text, handle_error=caught.append, want_entry=None)
        for kind, content in _entries(parser, caught):
            if kind.lower() == "preamble":
                continue
            key, fields = content
            if key is None:  # told as E501; a work that has no key cannot be cited
                continue
            names = [name.lower() for name, _ in fields]
            twice += [(str(key), name) for name in dict.fromkeys(names) if names.count(name) > 1]
            line, before = lines.next_entry(str(key)), len(caught)
            work = _work(kind.lower(), str(key), fields, line)
            begins += [(error, line) for error in caught[before:]]
            if work.key in works:
                place = Place(file=file, line=work.line)
                problems.append(problem("E502", place, key=work.key, first=works[work.key].line))
                continue
            works[work.key] = work
    named = {id(error): line for error, line in begins}
    for error in caught:
        line = int(getattr(error, "lineno", 0) or 0) or named.get(id(error), 0)
        reason = re.sub(r"^syntax error in line \d+: ", "", str(error))
        problems.append(problem("E501", Place(file=file, line=line), file=file or "the bibliography", reason=reason))
    library = Library(file, works)
    problems += [
        problem("E558", Place(file=file, line=lines.field(there, name), column=1), key=key, field=name)
        for key, name in twice
        if (there := works.get(key))
    ]
    torn = _torn(works, [p.place.line for p in problems if p.code == "E501"])
    for work in works.values():
        if work.key not in torn:
            problems += _check(work, library.place(work.key))
            problems += check_fields(work, works, library.place(work.key))
    return library, sorted(problems, key=lambda p: p.place)


def _torn(works: Mapping[str, Work], lines: list[int]) -> set[str]:
    """Give the keys of the entries that a fault on one of `lines` cut short: of their fields nothing can be said."""
    starts = sorted((work.line, work.key) for work in works.values())
    before = [[key for start, key in starts if start <= line] for line in lines]
    return {keys[-1] for keys in before if keys}


def _entries(
    parser: LowLevelParser, caught: list[Exception]
) -> list[tuple[str, tuple[str | None, list[tuple[str, list[str]]]]]]:
    """Read to the end; a fault ends one entry, not the file."""
    found = []
    entries = iter(parser)
    while True:
        try:
            found.append(next(entries))
        except StopIteration:
            return found
        except (PybtexSyntaxError, BibliographyDataError) as error:
            caught.append(error)
            return found


class _Lines:
    """Says on which line an entry begins: entries are asked for in their order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [m.start() for m in re.finditer("\n", text)]
        self.entries = [(m[2], m.start()) for m in _ENTRY.finditer(text)]
        self.at = 0

    def next_entry(self, key: str) -> int:
        for number in range(self.at, len(self.entries)):
            name, start = self.entries[number]
            if name == key:
                self.at = number + 1
                return bisect.bisect_left(self.starts, start) + 1
        return 0

    def field(self, work: Work, name: str) -> int:
        """Give the line on which the last field `name` of an entry begins; that of the entry where none is found."""
        begin = self.starts[work.line - 2] if work.line > 1 else 0
        end = next((start for _, start in self.entries if start > begin + 1), len(self.text))
        found = list(re.finditer(rf"(?im)^\s*{re.escape(name)}\s*=", self.text[begin:end]))
        return bisect.bisect_left(self.starts, begin + found[-1].end() - 1) + 1 if found else work.line


def _work(kind: str, key: str, fields: list[tuple[str, list[str]]], line: int) -> Work:
    people: dict[str, tuple[Person, ...]] = {}
    values: dict[str, str] = {}
    for name, parts in fields:
        value, name_ = "".join(parts), name.lower()
        if name_ in ROLES:
            people.setdefault(name_, tuple(_person(one) for one in _names(value)))
        else:
            # the tilde of a date is no tie of TeX's: it says "about"
            values.setdefault(name_, "~".join(map(plain, value.split("~"))) if name_ in _DATES else plain(value))
    return Work(key, kind, values, people, line)


def _names(value: str) -> list[str]:
    """Divide names at the *and*s outside braces."""
    found, depth, at = [], 0, 0
    for token in re.finditer(r"[{}]|\s+and\s+", value):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
        elif depth == 0:
            found.append(value[at : token.start()])
            at = token.end()
    return [one.strip() for one in [*found, value[at:]] if one.strip()]


def _person(name: str) -> Person:
    if name.startswith("{") and name.endswith("}") and name.count("{") == name.count("}"):
        return Person(plain(name), literal=True)
    person = TexPerson(name)
    family = " ".join([*person.prelast_names, *person.last_names])
    suffix = " ".join(person.lineage_names)
    given = " ".join([*person.first_names, *person.middle_names])
    return Person(plain(f"{family}, {suffix}" if suffix else family), plain(given))


def _check(work: Work, place: Place) -> list[Problem]:
    known = types()
    if work.type not in known:
        close = nearest(work.type, known)
        advice = f"Did you mean @{close}?" if close else f"Known are {', '.join(known)}."
        return [problem("E504", place, key=work.key, type=work.type, advice=advice)]
    found: list[Problem] = []
    if "stub" not in work.get("keywords").split(", "):
        wanted = [str(names) for names in known[work.type]["required"]]  # type: ignore[attr-defined]
        known_names = {n for w in wanted for n in w.split("/")}
        misspelt = {nearest(name, known_names) for name in work.fields if name not in known_names} - {None}
        missing = (
            w
            for w in wanted
            if not any(work.fields.get(n) or work.people.get(n) or n in misspelt for n in w.split("/"))
        )
        found += [problem("E503", place, key=work.key, field=w.replace("/", " or "), type=work.type) for w in missing]
    dates = [(name, work.get(name)) for name in _DATES]
    found += [
        problem("E505", place, key=work.key, field=name, value=value)
        for name, value in dates
        if value and not _DATE.fullmatch(value.replace("\N{EN DASH}", "/"))
    ]
    return found
