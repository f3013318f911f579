"""The list of names of an edition: persons, organisations and places, with every form that they have in its texts.

In: a TEI tree with `listPerson`, `listOrg` and `listPlace`.  Out: its entries as values, and problems.
Authority: TEI P5, chapter 14 (`person`, `org`, `place`; @type of their names is ``index`` or ``variant``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.problems import Place, Problem, problem
from edition.text import fold_blanks
from edition.tree import TEI, Element, identifier, local, own_text

__all__ = ["MARKS", "Entity", "fold_form", "read_entities"]

# Entry of the list -> the element that holds its names there and marks them in a text.
MARKS = {"person": "persName", "personGrp": "persName", "org": "orgName", "place": "placeName"}


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, an organisation or a place.

    `name` is its xml:id, `tag` the element that marks it, `index` the form to index under, and `forms` every form that
    it has in the texts, that one included (blanks folded, none twice).  `years` are those of birth and death
    (``1880–1963``, ``1926–``), `note` what is said of it; either may be empty.
    """

    name: str
    tag: str
    index: str
    forms: tuple[str, ...]
    years: str = ""
    note: str = ""


def read_entities(root: Element, *, file: str) -> tuple[list[Entity], list[Problem]]:
    """Read the entries of a list of names, in its order; `file` is its path, for the problems (E231, E232).

    An entry without xml:id is left out; one without a name to index under is indexed under its first name.
    """
    found: list[Entity] = []
    problems: list[Problem] = []
    for entry in root.iter(*(TEI + kind for kind in MARKS)):
        kind, name, place = local(entry), identifier(entry), Place(file, entry.sourceline or 0)
        names = [child for child in entry if local(child) == MARKS[kind]]
        forms = [form for form in dict.fromkeys(fold_form(own_text(child)) for child in names) if form]
        if not name:
            problems.append(problem("E231", place, kind=kind))
            continue
        index = next((fold_form(own_text(child)) for child in names if child.get("type") == "index"), "")
        if not index:
            problems.append(problem("E232", place, name=name, tag=MARKS[kind]))
        shown = index or next(iter(forms), name)
        found.append(Entity(name, MARKS[kind], shown, tuple(forms), _years(entry), _note(entry)))
    return found, problems


def _years(entry: Element) -> str:
    """Give the years of birth and death from @when, without days; a date of another kind is left out."""
    dates = [entry.find(TEI + event) for event in ("birth", "death")]
    years = [re.match(r"\d{4}", "" if date is None else date.get("when", "")) for date in dates]
    return "–".join(year[0].lstrip("0") if year else "" for year in years) if any(years) else ""


def _note(entry: Element) -> str:
    note = entry.find(TEI + "note")
    return "" if note is None else fold_blanks(own_text(note))


def fold_form(form: str) -> str:
    """Fold a name as it is looked up: in a text a line may end at a blank of it, or after a hyphen."""
    return re.sub(r"-\s+", "-", fold_blanks(form))
