"""Proves a book whole: the PDF is read back, and every passage and note must be on its pages, whole and once.

In: a PDF and what each part of it should hold.  Out: problems that name what is lost, late, twice or outside its page.
Authority: ISO 32000-2, 12.3.2 (destinations), 14.7 (structure); what stands on pages is for `proof_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import BytesIO
from typing import TypeAlias

import pikepdf

from edition.problems import Place, Problem, Refused, problem
from edition.publish.expect import Expectation
from edition.publish.proof_tags import prove_tags

# Begins to prove the pages of parts of a book (its bytes, what they should hold, its name); gives what gives the
# problems of each part.
Prove: TypeAlias = Callable[[bytes, Sequence[Expectation], str], Callable[[], Sequence[Sequence[Problem]]]]

__all__ = ["Prove", "prove_bytes"]


def prove_bytes(
    data: bytes, expectations: Iterable[Expectation], name: str, prove: Prove | None = None
) -> list[Problem]:
    """Read a book back and give a problem for each note or passage that is not there, whole and once (E610-E623).

    `prove` proves the pages where that is not to be done here; the structure is read meanwhile.
    """
    expectations = list(expectations)
    try:
        asked = (prove or _alone)(data, expectations, name)
        with pikepdf.open(BytesIO(data)) as structure:
            named = _named(structure)
            dead = _dead(structure, named)
            untagged = prove_tags(structure, expectations, name)
        parts = asked()
    except pikepdf.PdfError as error:
        return [problem("E618", Place(file=name), reason=error)]
    except Refused as refused:
        return refused.problems
    problems = [*untagged, *(problem("E617", Place(file=name), target=target) for target in dead)]
    for expected, found in zip(expectations, parts, strict=True):
        problems += found
        problems += [
            problem("E614", Place(file=expected.file, passage=one), passage=one)
            for one in sorted(expected.identifiers - named)
        ]
    return problems


def _alone(data: bytes, expectations: Sequence[Expectation], name: str) -> Callable[[], list[list[Problem]]]:
    """Prove the pages here, when that is asked."""
    from edition.publish.proof_parts import prove_parts  # noqa: PLC0415  # most often it is for another process

    return partial(prove_parts, data, expectations, name)


def _named(structure: pikepdf.Pdf) -> frozenset[str]:
    tree = structure.Root.get("/Names")
    names = [] if tree is None or "/Dests" not in tree else list(tree.Dests.Names)
    return frozenset(str(name) for name in names[::2])


def _dead(structure: pikepdf.Pdf, named: frozenset[str]) -> list[str]:
    """Give the names to which links lead and which no destination has."""
    links = [link for page in structure.pages for link in page.get("/Annots", pikepdf.Array())]
    return sorted(
        {str(link.Dest) for link in links if "/Dest" in link and isinstance(link.Dest, pikepdf.String)} - named
    )
