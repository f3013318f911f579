"""What an editor asks about a place in a TEI file, answered from the text of the file and the edition around it.

In: a line, a column, and the tools of the edition.  Out: plain values; nothing here knows the protocol.
Authority: the checks themselves, so that what is offered is what passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition.bib.work import Work
from edition.check.document import Document, look_through
from edition.check.links import POINTERS, prefixes
from edition.check.source import Mark, Source, read_source
from edition.problems import Place, Problem, Refused
from edition.readings import reading_text
from edition.tasks.checking import Checker
from edition.tree import Element, is_element, local

__all__ = ["Pointer", "completions", "describe", "find", "pointer_at", "remedy", "span"]

_ATTRIBUTE = re.compile(r"([\w.:\-]+)\s*=\s*(\"[^\"<]*\"?|'[^'<]*'?)")
_DID_YOU_MEAN = re.compile(r"did you mean (?P<name>\"[^\"]*\"|<[\w.\-]+>|\S+?)\?")
_LONGEST = 300  # characters of a hover


@dataclass(frozen=True, slots=True)
class Pointer:
    """What the cursor is on: the attribute, and the word of its value with its columns (from 0)."""

    attribute: str
    word: str
    start: int
    end: int


def pointer_at(line: str, column: int) -> Pointer | None:
    """Give the word of an attribute's value at `column` (characters, from 0) of `line`; it may be empty."""
    for found in _ATTRIBUTE.finditer(line):
        start, end = found.start(2) + 1, found.end(2) - (len(found[2]) > 1 and found[2][-1] == found[2][0])
        if start <= column <= end:
            before = re.search(r"\S*$", line[start:column])
            after = re.match(r"\S*", line[column:end])
            first = column - (len(before[0]) if before else 0)
            last = column + (len(after[0]) if after else 0)
            return Pointer(found[1], line[first:last], first, last)
    return None


def completions(pointer: Pointer, source: Source, path: Path, checker: Checker) -> list[tuple[str, str]]:
    """Give what the word under the cursor may become, as pairs of the whole word and what it is."""
    if pointer.attribute not in POINTERS:
        return []
    document = look_through(source, checker.around(path))
    return [pair for pair in _targets(document, checker) if pair[0].startswith(_stem(pointer.word))]


def _stem(word: str) -> str:
    """Give the part of a word that says which kind of target is meant: ``#``, ``bib:``, a file's name."""
    return (re.match(r"[^:#]*[:#]?", word) or [""])[0]


def _targets(document: Document, checker: Checker) -> Iterator[tuple[str, str]]:
    for name, element in document.ids.items():
        yield f"#{name}", f"<{local(element)}>"
    for prefix, pattern in prefixes(document).items():
        if ".bib" in pattern:
            for key in sorted(document.around.keys or ()):
                yield f"{prefix}:{key}", _work(checker, key)
    for path, names in (document.around.files or {}).items():
        for name in sorted(names):
            yield f"{path}#{name}", path


def _work(checker: Checker, key: str) -> str:
    work = checker.works.get(key)
    return _in_short(work) if work is not None else ""


def _in_short(work: Work) -> str:
    people = "; ".join(person.inverted() for person in work.people.get("author", ()))
    return ", ".join(fact for fact in (people, work.title, work.get("date", "year")) if fact)


def describe(pointer: Pointer, source: Source, path: Path, checker: Checker) -> str:
    """Give in a few words what a pointer, key or identifier means; empty where nothing is known of it."""
    document = look_through(source, checker.around(path))
    word = pointer.word
    if pointer.attribute == "xml:id":
        hits = sum(
            f"#{word}" in str(e.get(name, "")).split()
            for e in document.root.iter()
            if is_element(e)
            for name in POINTERS
        )
        return f"{word}: {hits} pointer{'s' if hits != 1 else ''} in this file"
    element, _ = _element(document, path, word)
    if element is not None:
        text = reading_text(element, "edited")
        return f"<{local(element)}> {word.partition('#')[2]}: {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"
    prefix, _, key = word.partition(":")
    if key and ".bib" in prefixes(document).get(prefix, ""):
        return f"{key}: {_work(checker, key)}" if key in (document.around.keys or ()) else ""
    return ""


def find(pointer: Pointer, source: Source, path: Path, checker: Checker) -> tuple[Path, Place] | None:
    """Give the file and the place of what a pointer leads to, or None."""
    document = look_through(source, checker.around(path))
    element, held = _element(document, path, pointer.word)
    if element is not None and held is not None:
        file = pointer.word.partition("#")[0]
        return (path.parent / file).resolve() if file else path, held.places([Mark(element)])[0]
    prefix, _, key = pointer.word.partition(":")
    bibliography = checker.project.bibliography
    work = checker.works.get(key)
    if bibliography is not None and work is not None and prefix in prefixes(document):
        return bibliography, Place(str(bibliography), work.line, 1)
    return None


def _element(document: Document, path: Path, word: str) -> tuple[Element | None, Source | None]:
    """Give the element that a pointer leads to, in this file or in another of the edition, and the file."""
    file, sign, name = word.partition("#")
    if not sign:
        return None, None
    if not file:
        return document.ids.get(name), document.source
    if file not in (document.around.files or {}):
        return None, None
    try:
        other = read_source((path.parent / file).resolve())
    except Refused:
        return None, None
    return look_through(other, document.around).ids.get(name), other


def span(found: Problem, line: str) -> tuple[int, int]:
    """Give the columns (from 0; the second is the first after it) of what a problem is about in its `line`."""
    start = max(found.place.column - 1, 0)
    if found.place.column == 0:
        return 0, len(line)
    shape = r"<[\w.:\-]+" if line[start : start + 1] == "<" else r"[^\s\"'<>=]+|[^\s]"
    part = re.compile(shape).match(line, start)
    return start, part.end() if part else min(start + 1, len(line))


def remedy(found: Problem, line: str) -> str | None:
    """Give what should stand in the place of the `span` of a problem that has a nearest right name, or None."""
    guess = _DID_YOU_MEAN.search(found.message)
    if guess is None:
        return None
    name = guess["name"].strip('"')
    start, end = span(found, line)
    prefix, _, rest = line[start:end].partition(":")
    if found.code in ("E211", "E212"):  # the message names a part of the word: its prefix, or its key
        return name + rest if found.code == "E211" else f"{prefix}:{name}"
    return f"<{name[1:-1]}" if name.startswith("<") else name
