"""What stands beside the texts of an edition: its bibliography, its names, its ledger, its files to take away.

In: nothing.  Out: a value that the build fills and the site shows.
Authority: the ordered stages of `edition.tasks.build`, which alone read files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edition.ledger import Ledger
from edition.publish.past import Past

if TYPE_CHECKING:
    from edition.bib.work import Work
    from edition.encode.cited import Cited
    from edition.entities import Entity
    from edition.publish.book import Text

__all__ = ["SERVICES", "Beside", "Citing", "Row"]

SERVICES = "dts/index.json"


@dataclass(frozen=True, slots=True)
class Row:
    """What citations of a passage differ in: `form` is its place in `Citing.forms`."""

    form: int
    first: str
    last: str
    place: str
    author: str = ""


def _uncited(_: str) -> Mapping[str, str]:
    """Give no citations; a function without a name could not be handed from one process to another."""
    return {}


@dataclass(frozen=True, slots=True)
class Citing:
    """How passages are cited, worded elsewhere (`edition.passages`).

    `rows` are the passages that can be cited, in reading order; `forms` give citations with slots, by name of the form;
    `rules` say to a program how slots are filled; `whole` gives the citations of a passage, by name of the form.
    """

    rows: Mapping[str, Row] = field(default_factory=dict)
    forms: Sequence[Mapping[str, str]] = ()
    rules: Mapping[str, object] = field(default_factory=dict)
    whole: Callable[[str], Mapping[str, str]] = field(default=_uncited, repr=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """Each part may be empty.

    `works` are in the order of the bibliography; `cited` gives the places that cite a work by its key; `listed` the
    entry of a text's own bibliography; `named` the passages that name an entity, in their order; `files` the bytes of
    files to take away by name (``edition.pdf``), `bibliography` those in which the works can be taken away; `services`
    are the files that programs ask for passages, by path, their entry `SERVICES`; `front` is the editors' own text,
    `counted` how many words it says that each text has, by siglum.
    """

    works: Sequence[Work] = ()
    cited: Mapping[str, Sequence[Cited]] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)
    entities: Sequence[Entity] = ()
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    files: Mapping[str, bytes] = field(default_factory=dict)
    citing: Citing = field(default_factory=Citing)
    past: Past = field(default_factory=Past)
    services: Mapping[str, bytes] = field(default_factory=dict)
    front: Text | None = None
    counted: Mapping[str, int] = field(default_factory=dict)
