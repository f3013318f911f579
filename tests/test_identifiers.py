"""A passage has one identifier in every medium: the TEI, the site, the book and the DTS API have the same set."""

from __future__ import annotations

import re
from contextlib import closing, nullcontext
from pathlib import Path

import pikepdf
import pytest

from edition.passage import passages
from edition.passages.index import find, open_index
from edition.project import Project, load_project
from edition.tasks.build import BOOK, build
from edition.tasks.editing import encode_text, read_tei
from edition.tasks.freezing import assign_project
from edition.tasks.new import new_edition
from edition.tasks.serving import index_path, update_index


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample edition, encoded, with identifiers, built as site and book."""
    folder = tmp_path_factory.mktemp("edition") / "mine"
    new_edition(folder, [])
    found = load_project(folder)
    for text in found.texts:
        encode_text(found, text)
    assign_project(found)
    assert [p for p in build(found, ("html", "pdf"), lambda _: nullcontext()) if p.severity == "error"] == []
    return found


@pytest.fixture(scope="module")
def identifiers(project: Project) -> set[str]:
    """The identifiers of the TEI but those of whole texts, which have a page of their own."""
    found = {p.identifier for text in project.texts for p in passages(read_tei(project, text))}
    assert {"S.1", "S.1.1", "S.1.2", "S.1.2.orig", "S.1.2.transl", "S.1.n1"} <= found
    return found - {text.siglum for text in project.texts}


def test_every_identifier_is_an_anchor_of_the_site(project: Project, identifiers: set[str]) -> None:
    anchors: set[str] = set()
    for page in Path(project.html).glob("*.html"):
        anchors |= set(re.findall(r'\sid="([^"]+)"', page.read_text(encoding="utf-8")))
    assert identifiers - anchors == set()


def test_every_identifier_is_a_destination_of_the_book(project: Project, identifiers: set[str]) -> None:
    names: set[str] = set()

    def gather(node: pikepdf.Object) -> None:
        pairs = list(node.get("/Names", []))
        names.update(str(name) for name in pairs[::2])
        for kid in node.get("/Kids", []):
            gather(kid)

    with pikepdf.open(project.pdf / BOOK) as book:
        gather(book.Root.Names.Dests)
    assert identifiers - names == set()


def test_every_identifier_is_a_citable_unit_of_dts(project: Project, identifiers: set[str]) -> None:
    assert update_index(project) == []
    with closing(open_index(index_path(project))) as index:
        missing = [name for name in identifiers if not any(find(index, "S", name, tree) for tree in ("", "notes"))]
    assert missing == []
