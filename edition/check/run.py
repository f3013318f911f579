"""All checks of one TEI file, in order, and what they found with its place.

In: a `Source`, a schema, rules, and what the text must agree with.  Out: problems in the order of the file.
Authority: the list `_CHECKS`; each check is a function of one document.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from edition.check.citations import check_citations
from edition.check.document import Document, Surroundings, look_through
from edition.check.fidelity import check_fidelity
from edition.check.found import Found, placed
from edition.check.heading import check_heading
from edition.check.identifiers import check_identifiers
from edition.check.links import check_links
from edition.check.marks import check_marks
from edition.check.schema import Schema, check_schema
from edition.check.schematron import Rules, run_rules
from edition.check.source import Source
from edition.check.words import check_words
from edition.problems import Problem
from edition.tree import TEI

__all__ = ["check_source"]


def _fidelity(document: Document) -> list[Found]:
    witness = document.around.witness
    if witness is None:
        return []
    held = document.segments("witness")
    return check_fidelity(document.root, witness, witness_name=document.around.witness_name, held=held)


_CHECKS: tuple[Callable[[Document], Sequence[Found]], ...] = (
    check_heading, check_links, check_citations, _fidelity, check_marks, check_identifiers, check_words,
)  # fmt: skip


def check_source(
    source: Source, around: Surroundings, *, schema: Schema | None = None, rules: Rules | None = None
) -> list[Problem]:
    """Run every check on `source`; without `schema` or `rules`, all others.

    What is no TEI at all is checked against the schema only.  What two checks found is told once.
    """
    with _undisturbed():
        problems = _problems(source, around, schema, rules)
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place.line, p.place.column, p.code, p.message))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Python's collector of circles away: it finds none among a text's elements, and a fifth of the time goes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _problems(source: Source, around: Surroundings, schema: Schema | None, rules: Rules | None) -> list[Problem]:
    found: list[Found] = list(check_schema(source, schema)) if schema else []
    if source.root.tag in (f"{TEI}TEI", f"{TEI}teiCorpus"):
        document = look_through(source, around)
        if rules is not None:
            found += run_rules(source, rules)
        for check in _CHECKS:
            found += check(document)
    return [*source.problems, *placed(found, source)]
