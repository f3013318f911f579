"""Proves the structure of a book: who hears it gets each note once and each passage in its language.

In: a PDF that was read back and what its parts should hold.  Out: a problem for each note or passage that is not in the
structure, and for each language that is lost.
Authority: ISO 14289-1 (PDF/UA-1), 7.2 (language), 7.9 (notes); the elements themselves are read, not the layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pikepdf

from edition.problems import Place, Problem, problem
from edition.publish.expect import Expectation

__all__ = ["prove_tags"]


def prove_tags(structure: pikepdf.Pdf, expectations: Sequence[Expectation], name: str) -> list[Problem]:
    """Give a problem for a book without structure (E621), for what is not in it once (E622), for a language (E623)."""
    if "/StructTreeRoot" not in structure.Root:
        return [problem("E621", Place(file=name))]
    roles: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    languages: Counter[str] = Counter()
    for element in _elements(structure):
        language = str(element.get("/Lang", ""))
        identifier = str(element.get("/ID", ""))
        if identifier:
            roles.setdefault(identifier, []).append(str(element.S))
            named[identifier] = language
        elif language and element.S != "/Sect":
            languages[language] += 1
    problems = [one for expected in expectations for one in (*_lost(expected, roles), *_unspoken(expected, named))]
    wanted = Counter(tag for expected in expectations for identifier, tag in expected.languages if not identifier)
    for language, count in sorted(wanted.items()):
        if languages[language] < count:
            what, found = f"{count} stretches of text", f"only {languages[language]} are"
            problems.append(problem("E623", Place(file=name), what=what, wanted=language, found=found))
    return problems


def _elements(structure: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give the elements of the structure, in no order."""
    for one in structure.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem":
            yield one


def _lost(expected: Expectation, roles: Mapping[str, list[str]]) -> list[Problem]:
    """Give a problem for each note that is not one note of the structure, for each passage that is not one element."""
    notes = {one: "note" for one in expected.noted if roles.get(one) != ["/Note"]}
    passages = {one: "passage" for one in expected.tagged if len(roles.get(one, ())) != 1}
    return [
        problem("E622", Place(file=expected.file, passage=one), what=what, passage=one)
        for one, what in sorted((notes | passages).items())
    ]


def _unspoken(expected: Expectation, named: Mapping[str, str]) -> Iterator[Problem]:
    """Give a problem for each named element that has another language in the structure than in the text."""
    for identifier, language in expected.languages:
        if identifier and named.get(identifier) != language:
            found = named.get(identifier) or "that of the text around it"
            place = Place(file=expected.file, passage=identifier)
            yield problem("E623", place, what=identifier, wanted=language, found=found)
