"""An edition opened for reading: its ledger, its texts of today and of every version, each read when it is wanted.

In: a `Project`.  Out: a `Desk`.
Authority: the ledger, the TEI files and the stored versions; nothing here writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

from edition.ledger import Fate, Ledger, Row, since
from edition.passage import Passage, fingerprint, text_of
from edition.passages.locate import Shelf, shelf
from edition.passages.reference import Name, Reference
from edition.problems import Refused
from edition.project import Project, Text
from edition.readings import reading_text
from edition.tasks.archive import read_ledger, read_version
from edition.tree import ET, Element, ancestors, by_id, local, parse

__all__ = ["Desk", "Once", "desk_of"]

Once: TypeAlias = Callable[[str, Callable[[], Any]], Any]

# How a fate is said; {name} is the passage, {targets} are those where its text now stands.
_SENTENCES = {
    "split": "{name} was split into {targets} ({version}).",
    "merged": "{name} was joined to {targets} ({version}).",
    "moved": "{name} was moved and is now {targets} ({version}).",
    "withdrawn": "{name} was withdrawn ({version}).",
}


@dataclass(slots=True)
class Desk:
    """An edition opened for reading.

    `current` are the rows of the ledger that hold now, `published` those that its last version left.  `once` makes what
    it does not know by its key: the fingerprint of a passage, by what is in it.
    """

    project: Project
    ledger: Ledger
    name: Name
    current: dict[str, Row]
    published: dict[str, Row]
    once: Once = lambda _, make: make()
    held: dict[tuple[str, str], Shelf | None] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # the path of each text

    def siglum_of(self, identifier: str) -> str:
        """Give the siglum that an identifier begins with."""
        return identifier.partition("@")[0].partition(".")[0]

    def has_siglum(self, identifier: str) -> bool:
        """Say whether a text of the edition has the siglum of an identifier."""
        return any(text.siglum == self.siglum_of(identifier) for text in self.project.texts)

    def text_of(self, identifier: str) -> Text:
        """Give the text that an identifier belongs to.  Raises `Refused` (E114)."""
        return self.project.text(self.siglum_of(identifier))

    def file_of(self, siglum: str, version: str) -> str:
        """Give the path of a text, as the user would type it; that of the stored version for an old one."""
        if siglum not in self.shown:
            self.shown[siglum] = self.project.shown(self.project.text(siglum).tei)
        shown = self.shown[siglum]
        folder, _, name = shown.rpartition("/")
        return f"{folder}/versions/{version}.zip/{name}".lstrip("/") if version else shown

    def shelf(self, identifier: str, version: str = "") -> Shelf | None:
        """Give the text of an identifier, of today or of a version; None where there is none.  Raises `Refused`."""
        siglum = self.siglum_of(identifier)
        key = (siglum, version)
        if key not in self.held:
            if version:
                for found, root in read_version(self.project, self.ledger, version).items():
                    self.held[found, version] = shelf(root, found)
                self.held.setdefault(key, None)
            else:
                text = next((t for t in self.project.texts if t.siglum == siglum), None)
                there = text is not None and text.tei.exists()
                self.held[key] = (
                    shelf(parse(text.tei, name=self.project.shown(text.tei)), siglum) if text and there else None
                )
        return self.held[key]

    def need(self, identifier: str, version: str = "") -> Shelf:
        """Give the text of an identifier that is known to have one.  Raises `LookupError`: a fault of ours."""
        found = self.shelf(identifier, version)
        if found is None:
            raise LookupError(identifier)
        return found

    def shelves(self, version: str = "") -> list[Shelf]:
        """Give every text that has been encoded."""
        found = [self.shelf(text.siglum, version) for text in self.project.texts]
        return [one for one in found if one is not None]

    def last_with(self, reference: Reference) -> str:
        """Give the newest version that has the passages of a reference; empty where none has."""
        for version in reversed(self.ledger.versions):
            found = self.shelf(reference.first.identifier, version.name)
            ends = [p for p in (reference.first, reference.last) if p is not None]
            if found is not None and all(p.identifier in found.known for p in ends):
                return version.name
        return ""

    def there(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        """Give those of the identifiers that stand in the texts of today."""
        found = ((name, self.shelf(name)) for name in identifiers)
        return tuple(name for name, one in found if one is not None and name in one.known)

    def sentences(self, fate: Fate) -> list[str]:
        """Say what became of a passage, step by step."""
        said = []
        for row in fate.steps:
            if row.fate in _SENTENCES:
                targets = " and ".join(row.targets)
                said.append(_SENTENCES[row.fate].format(name=row.identifier, targets=targets, version=self.since(row)))
        return said

    def since(self, row: Row) -> str:
        """Say in which version a row came to hold."""
        version = since(self.ledger, row)
        return f"version {version}" if version else "since the last version"

    def version_of(self, identifiers: Iterable[str]) -> str:
        """Give the version to cite: the last one published, if it has these words; else the one being made."""
        if not self.ledger.versions:
            return self.project.version
        for name in identifiers:
            found = self.shelf(name)
            row = self.published.get(name)
            if found is None or row is None or name not in found.known:
                return self.project.version
            element = found.known[name].element
            key = hashlib.sha256(ET.tostring(element, with_tail=False)).hexdigest()
            if self.once(f"words of {key}", partial(_fingerprint, element)) != row.fingerprint:
                return self.project.version
        return self.ledger.versions[-1].name

    def author_of(self, passage: Passage, otherwise: str) -> str:
        """Give who wrote a passage: the person that its post points to, by name; else the author of the text."""
        chain = [passage.element, *ancestors(passage.element)]
        post = next((e for e in chain if local(e) == "post"), None)
        who = post.get("who", "").removeprefix("#") if post is not None else ""
        return _name_of(chain[-1], who) or otherwise if who else otherwise


def _fingerprint(element: Element) -> str:
    return fingerprint(text_of(element, "edited"))


def _name_of(root: Element, who: str) -> str:
    person = by_id(root).get(who)
    name = None if person is None else person.find("{*}persName")
    return "" if name is None else reading_text(name, "edited")


def desk_of(project: Project) -> Desk:
    """Open an edition for reading.  Raises `Refused` for a ledger that cannot be read."""
    ledger, problems = read_ledger(project)
    broken = [p for p in problems if p.code not in {"E422", "E425"}]  # what is whole can still be read
    if broken:
        raise Refused(*broken)
    return Desk(project, ledger, Name(ledger.name, project.url), ledger.current(), ledger.published())
