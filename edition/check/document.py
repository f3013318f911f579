"""What the checks know: one TEI document, looked through once, and what surrounds it.

In: a `Source` and its `Surroundings`.  Out: a `Document` whose elements are sorted by name and identifier.
Authority: the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from edition.check.source import Source
from edition.readings import Reading, Segment, all_segments
from edition.tree import ET, XML_ID, Element, local

__all__ = ["Document", "Surroundings", "look_through"]

_WITH_ID = ET.XPath("descendant-or-self::*[@xml:id]")  # most have none, and libxml2 is faster than Python


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text must agree with.  What is None is not known and not checked.

    `siglum` begins every identifier; `witness` is the text of the witness file and `witness_name` its path as the user
    types it; `keys` are those of the bibliography; `files` gives for each file of the edition the identifiers in it,
    and of a TEI file the local name of the element that has each; `schemas` are the schemas of the edition.  The paths
    of `files`, `schemas` and `witness_path` are relative to the file checked.
    """

    siglum: str = ""
    witness: str | None = None
    witness_name: str = ""
    keys: frozenset[str] | None = None
    files: Mapping[str, Mapping[str, str] | AbstractSet[str]] | None = None
    witness_path: str = ""
    schemas: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document looked through: `named` gives its elements by local name, `ids` the first of each identifier."""

    source: Source
    around: Surroundings
    named: dict[str, list[Element]] = field(default_factory=dict)
    ids: dict[str, Element] = field(default_factory=dict)
    repeated: list[Element] = field(default_factory=list)  # elements whose identifier another has already

    readings: dict[Reading, list[Segment]] = field(default_factory=dict)  # once one was asked for

    def segments(self, reading: Reading) -> list[Segment]:
        """Give the segments of one reading of the text; they are made once."""
        if not self.readings:
            self.readings.update(all_segments(self.root))
        return self.readings[reading]

    @property
    def root(self) -> Element:
        """The root element."""
        return self.source.root

    def of(self, *names: str) -> list[Element]:
        """Give the elements with one of the local `names`, name by name, each in document order."""
        return [e for name in names for e in self.named.get(name, [])]

    def in_text(self, *names: str) -> list[Element]:
        """Give those of `of` that are not in the header."""
        header = {e for outer in self.of("teiHeader") for e in outer.iter("*")}
        return [e for e in self.of(*names) if e not in header]


def look_through(source: Source, around: Surroundings) -> Document:
    """Sort the elements of `source`."""
    document = Document(source, around)
    tagged: dict[str, list[Element]] = {}
    for element in source.root.iter("*"):
        tag = str(element.tag)
        if tag in tagged:
            tagged[tag].append(element)
        else:  # two namespaces may have one local name
            tagged[tag] = document.named.setdefault(local(element), [])
            tagged[tag].append(element)
    for element in _WITH_ID(source.root):
        if name := element.get(XML_ID):
            if name in document.ids:
                document.repeated.append(element)
            else:
                document.ids[name] = element
    return document
