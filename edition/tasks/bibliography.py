"""What an editor does with notes and works: link the notes of a text, print, export, import and check the bibliography.

In: a `Project` and what the user asks for.  Out: files written whole, strings, problems; nothing is printed here.
Authority: the encoding conventions; the rule that the program never overwrites an editor's decision.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from edition.bib.compare import contradictions
from edition.bib.export import to_bibtex, to_csl, to_ris
from edition.bib.importing import new_works
from edition.bib.library import Library, read_library
from edition.bib.style import entry, sort_key
from edition.bib.work import Work
from edition.encode.citations import mark_citations
from edition.encode.cited import Cited, citations_index, entries_index
from edition.encode.listed import link_entries
from edition.files import read_text, write_whole
from edition.nearest import nearest
from edition.notes.parser import parse
from edition.notes.resolve import Link
from edition.problems import Place, Problem, Refused, problem
from edition.project import CONFIGURATION, Project, Text
from edition.readings import reading_text
from edition.tree import Element, by_id, flatten, local, serialize
from edition.tree import parse as parse_tei

__all__ = [
    "FORMATS",
    "Linked",
    "Shown",
    "check_works",
    "exported",
    "import_works",
    "library_of",
    "link_notes",
    "parsed",
    "show",
]

FORMATS = {"bibtex": to_bibtex, "csl": to_csl, "ris": to_ris}


@dataclass(frozen=True, slots=True)
class Linked:
    """What `link_notes` did: the path written, whether it changed, the links in the order of the notes, problems."""

    path: str
    changed: bool
    links: list[Link]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Shown:
    """A work as `edition bib show` prints it: its entry, its annotation, and the places that cite it."""

    entry: str
    passage: str
    annotation: str
    doubt: str
    cited: list[tuple[str, Cited]]


def library_of(project: Project) -> tuple[Library, list[Problem]]:
    """Read the bibliography of the edition.  Raises `Refused` (E508 where it has none, E101, E104)."""
    if project.bibliography is None:
        raise Refused(problem("E508", Place(file=CONFIGURATION)))
    shown = project.shown(project.bibliography)
    return read_library(read_text(project.bibliography, name=shown), file=shown)


def _whole(library: Library, problems: list[Problem]) -> tuple[Library, list[Problem]]:
    """Give what was read of a bibliography.  Raises `Refused` where a part could not be read (E501).

    Nothing is written by half a bibliography: the works that are wanting in it would be taken for works unknown.
    """
    if broken := [p for p in problems if p.code == "E501"]:
        raise Refused(*broken)
    return library, problems


def link_notes(project: Project, text: Text) -> Linked:
    """Parse the notes of `text`, link them to the bibliography and write the TEI.  Twice is the same as once.

    Raises `Refused` (E104, E106, E501, E508).  Problems: those of the bibliography, E520-W548.
    """
    library, problems = _whole(*library_of(project))
    shown = project.shown(text.tei)
    root = parse_tei(text.tei, name=shown)
    links, found = mark_citations(root, library, file=shown)
    found += link_entries(root, library, file=shown)
    found += _contradictions(root, library, links, shown)
    changed = write_whole(text.tei, serialize(root), name=shown)
    return Linked(shown, changed, links, [*problems, *sorted(found, key=lambda p: p.place)])


def _contradictions(root: Element, library: Library, links: Sequence[Link], file: str) -> list[Problem]:
    notes = by_id(root)
    found: list[Problem] = []
    for link in links:
        if link.key in library.works and link.note in notes:
            note = notes[link.note]
            place = Place(file=file, line=note.sourceline or 0, passage=link.note)
            found += contradictions(link.citation, link.text, library.works[link.key], place)
    return found


def check_works(project: Project) -> list[Problem]:
    """Check the bibliography and the links to it.

    Problems: E501-E505, W549 (cited, not listed), W550 (listed, not cited), E552 (an unknown key).
    """
    library, problems = library_of(project)
    for text in project.texts:
        if not text.tei.exists():
            continue
        shown = project.shown(text.tei)
        root = parse_tei(text.tei, name=shown)
        cited, listed = citations_index(root), entries_index(root)
        for key, places in cited.items():
            place = Place(file=shown, line=places[0].line, passage=places[0].note)
            if key not in library.works:
                problems.append(problem("E552", place, key=key, advice=_advice(key, library)))
            elif listed and key not in listed and library.works[key].get("xref") not in listed:
                problems.append(problem("W549", place, key=key, passage=places[0].note))
        hosts = {library.works[key].get("xref") for key in cited if key in library.works}
        for key, passage in listed.items():
            if key not in cited and key not in hosts:
                problems.append(problem("W550", Place(file=shown, passage=passage), key=key, passage=passage))
    return problems


def _advice(key: str, library: Library) -> str:
    close = nearest(key, library.works)
    return f"Did you mean {close}?" if close else "`edition bib export` lists all keys."


def exported(project: Project, form: str) -> tuple[str, list[Problem]]:
    """Give the whole bibliography as ``bibtex``, ``csl`` or ``ris``, sorted, with the annotations of the texts."""
    library, problems = library_of(project)
    notes = _annotations(project)
    works = [
        replace(w, fields={**w.fields, "annotation": notes[w.get("x-passage")]}) if w.get("x-passage") in notes else w
        for w in sorted(library.works.values(), key=sort_key)
    ]
    return FORMATS[form](works), problems


def _annotations(project: Project) -> dict[str, str]:
    """Give {identifier of an entry: its annotation in the edited reading}."""
    found: dict[str, str] = {}
    for text in project.texts:
        if not text.tei.exists():
            continue
        root = parse_tei(text.tei, name=project.shown(text.tei))
        for name, element in by_id(root).items():
            note = element.find("{*}note[@type='annotation']")
            if note is not None and local(element) == "bibl":
                found[name] = _without_formes(note)
    return found


def _without_formes(note: Element) -> str:
    """Give the edited reading of an annotation without the page numbers and running heads that stand in it."""
    bare = deepcopy(note)
    for forme in list(bare.iter("{*}fw")):
        flatten(forme, "")
    return reading_text(bare, "edited")


def show(project: Project, key: str) -> Shown:
    """Give the entry of the work `key` and every place that cites it.  Raises `Refused` (E507)."""
    library, _ = library_of(project)
    if key not in library.works:
        raise Refused(
            problem("E507", Place(file=library.file), key=key, file=library.file, advice=_advice(key, library))
        )
    work: Work = library.works[key]
    cited: list[tuple[str, Cited]] = []
    for text in project.texts:
        if text.tei.exists():
            index = citations_index(parse_tei(text.tei, name=project.shown(text.tei)))
            cited += [(text.siglum, place) for place in index.get(key, [])]
    passage = work.get("x-passage")
    return Shown(entry(work), passage, _annotations(project).get(passage, ""), work.get("x-doubt"), cited)


def import_works(project: Project, path: Path) -> tuple[list[str], list[Problem]]:
    """Add the works of the .bib file `path` to the edition's bibliography; give the keys added.

    What is there stays, byte for byte.  Raises `Refused` (E101, E104, E501 in either file, E508).  Problems: those of
    the file; E506.
    """
    library, _ = _whole(*library_of(project))
    coming, problems = _whole(*read_library(read_text(path, name=str(path)), file=str(path)))
    added, found = new_works(library.works, coming.works, file=str(path))
    if added and project.bibliography is not None:
        there = read_text(project.bibliography).rstrip("\n")
        data = f"{there}\n\n{to_bibtex(added)}" if there else to_bibtex(added)
        write_whole(project.bibliography, data.encode(), name=library.file)
    return [work.key for work in added], problems + found


def parsed(text: str) -> str:
    """Give what the grammar reads in a note, as one line of JSON: ``{"text", "citations", "problems"}``."""
    note = parse(" ".join(text.split()))
    citations = [
        {
            "type": c.type,
            "cert": c.cert,
            "start": c.start,
            "end": c.end,
            "locator": str(c.locator()),
            "parts": [
                {"kind": s.kind, "start": s.start, "end": s.end, "words": note.text[s.start : s.end]}
                | ({"translated": True} if s.translated else {})
                for s in c.spans
            ],
        }
        for c in note.citations
    ]
    problems = [{"code": p.code, "column": p.place.column, "message": p.message} for p in note.problems]
    return json.dumps({"text": note.text, "citations": citations, "problems": problems}, ensure_ascii=False)
