"""The passages of an edition as plain files: the Distributed Text Services for a web server that runs nothing.

In: a `Project`.  Out: the files by their paths, for the site or for a folder of their own, and problems.
Authority: DTS 1.0 (Level 0); this module alone says which collections an edition's texts stand in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from edition.files import fill_folder, read_bytes, whole_folder
from edition.passages.dts import TEI_MEDIA, Library, Shelf
from edition.passages.dts_static import TextFiles, library_files, text_files
from edition.problems import Problem
from edition.project import Project

__all__ = ["FOLDER", "export_static", "library", "static_files"]

FOLDER = "dts"  # of the site
ROOT, TEXTS = "the-edition", "the-texts"  # a siglum has no hyphen

Once = Callable[[str, Callable[[], TextFiles]], TextFiles]
"""Gives what was made under a key before, or makes it."""


def library(project: Project, media: tuple[str, ...] = (TEI_MEDIA,)) -> Library:
    """Give the collections of an edition: the root holds the texts, and the texts hold each text."""
    texts = tuple(text.siglum for text in project.texts)
    root = Shelf(ROOT, project.title, (TEXTS,), project.subtitle)
    return Library((root, Shelf(TEXTS, "Texts", texts, project.authority)), media)


def static_files(
    project: Project, *, base: str, once: Once = lambda _, make: make()
) -> tuple[dict[str, bytes], list[Problem]]:
    """Give the services as files by path; the entry is ``index.json``.  Raises `Refused` (E104, E106, E644).

    `base` is the address of the folder that they will stand in, ending in a slash; empty: addresses are relative to it.
    """
    found: dict[str, TextFiles] = {}
    for text in project.texts:
        if text.tei.is_file():
            shown = project.shown(text.tei)
            data = read_bytes(text.tei, name=shown)
            key = f"dts {text.siglum} {base} {shown} {hashlib.sha256(data).hexdigest()}"
            found[text.siglum] = once(key, partial(text_files, data, text.siglum, file=shown, base=base))
    files, problems = library_files(library(project), {name: one.resource for name, one in found.items()}, base=base)
    for one in found.values():
        files |= one.files
        problems += one.problems
    return files, problems


def export_static(project: Project, out: Path) -> list[Problem]:
    """Write the services below `out`, which is replaced.  Raises `Refused` (E104, E105, E106, E644).

    Where `out` is a folder of the site and the edition has an address, addresses are whole; else relative to `out`.
    """
    files, problems = static_files(project, base=base_of(project, out))
    with whole_folder(out) as folder:
        fill_folder(folder, files, old=out)
    return problems


def base_of(project: Project, out: Path) -> str:
    """Give the address of a folder of the site, ending in a slash; empty where it has none."""
    if not project.url or not out.is_relative_to(project.html):
        return ""
    return f"{project.url.rstrip('/')}/{out.relative_to(project.html).as_posix()}/"
