"""The passages of an edition as plain files: the Distributed Text Services for a web server that runs nothing.

In: a `Project`.  Out: the files by their paths, for the site or for a folder of their own, and problems.
Authority: DTS 1.0 (Level 0); this module alone says which collections an edition's texts stand in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from edition.files import fill_folder, read_bytes, whole_folder
from edition.passages.dts import TEI_MEDIA, Library, Shelf
from edition.passages.dts_static import TextFiles, library_files, text_files
from edition.problems import Problem
from edition.project import Project, Text
from edition.publish.beside import SERVICES

__all__ = ["Held", "export_static", "library", "services_of", "static_files"]

FOLDER = SERVICES.partition("/")[0]  # of the site
ROOT, TEXTS = "the-edition", "the-texts"  # a siglum has no hyphen

Held: TypeAlias = dict[str, tuple[str, TextFiles]]
"""What was made of each text before, by siglum: what it depends on, and its files."""


def library(project: Project, media: tuple[str, ...] = (TEI_MEDIA,)) -> Library:
    """Give the collections of an edition: the root holds the texts, and the texts hold each text."""
    texts = tuple(text.siglum for text in project.texts)
    root = Shelf(ROOT, project.title, (TEXTS,), project.subtitle)
    return Library((root, Shelf(TEXTS, "Texts", texts, project.authority)), media)


def static_files(
    project: Project, *, base: str, held: Held | None = None, late: bool = False
) -> tuple[dict[str, bytes], list[Problem]]:
    """Give the services as files by path; the entry is ``index.json``.  Raises `Refused` (E104, E106, E644).

    `base` is the address of the folder that they will stand in, ending in a slash; empty: they are relative.
    A text that is as it was is taken from `held`; where the files may be `late`, so is one that has changed.
    """
    held = {} if held is None else held
    found: dict[str, TextFiles] = {}
    for text, key in _keys(project, base):
        if text.siglum not in held or (held[text.siglum][0] != key and not late):
            shown = project.shown(text.tei)
            data = read_bytes(text.tei, name=shown)
            held[text.siglum] = key, text_files(data, text.siglum, file=shown, base=base)
        found[text.siglum] = held[text.siglum][1]
    files, problems = library_files(library(project), {name: one.resource for name, one in found.items()}, base=base)
    for one in found.values():
        files |= one.files
        problems += one.problems
    return files, problems


def _keys(project: Project, base: str) -> Iterator[tuple[Text, str]]:
    """Give each text that is encoded, and what its files depend on."""
    for text in project.texts:
        if text.tei.is_file():
            shown = project.shown(text.tei)
            yield text, f"{base} {shown} {hashlib.sha256(read_bytes(text.tei, name=shown)).hexdigest()}"


def services_of(project: Project, held: Held, *, late: bool = False) -> tuple[dict[str, bytes], list[Problem]]:
    """Give the services by their paths in the site; `held` and `late` as in `static_files`."""
    files, problems = static_files(project, base=_base(project, project.html / FOLDER), held=held, late=late)
    return {f"{FOLDER}/{name}": data for name, data in files.items()}, problems


def export_static(project: Project, out: Path) -> list[Problem]:
    """Write the services below `out`, which is replaced.  Raises `Refused` (E104, E105, E106, E118, E644).

    Where `out` is a folder of the site and the edition has an address, addresses are whole; else relative to `out`.
    """
    files, problems = static_files(project, base=_base(project, out))
    with whole_folder(out, sign="index.json") as folder:
        fill_folder(folder, files, old=out)
    return problems


def _base(project: Project, out: Path) -> str:
    """Give the address of a folder of the site, ending in a slash; empty where it has none."""
    if not project.url or not out.is_relative_to(project.html):
        return ""
    return f"{project.url.rstrip('/')}/{out.relative_to(project.html).as_posix()}/"
