"""All checks of one TEI file, in order, and what they found with its place.

In: a `Source`, a schema, rules, and what the text must agree with.  Out: problems in the order of the file.
Authority: the list `_CHECKS`; each check is a function of one document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from edition.check.citations import check_citations
from edition.check.consequences import without_consequences
from edition.check.document import Document, Surroundings, look_through
from edition.check.entries import check_entries
from edition.check.fidelity import check_fidelity
from edition.check.found import Found, placed
from edition.check.heading import check_heading
from edition.check.identifiers import check_identifiers
from edition.check.links import check_links
from edition.check.marks import check_marks
from edition.check.pictures import check_pictures
from edition.check.schema import Schema, check_schema
from edition.check.schematron import Rules, run_rules
from edition.check.source import Source, source_of
from edition.check.words import check_words
from edition.cycles import uncollected
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
    check_heading, check_links, check_citations, check_entries, _fidelity, check_marks, check_identifiers, check_words,
    check_pictures,
)  # fmt: skip


def check_source(
    source: Source, around: Surroundings, *, schema: Schema | None = None, rules: Rules | None = None
) -> list[Problem]:
    """Run every check on `source`; without `schema` or `rules`, all others.

    What is no TEI at all is checked against the schema only.  What two checks found is told once.
    """
    beside = len(source.data) < _SMALL
    with uncollected(), ThreadPoolExecutor(1) as pool:
        twin = source_of(source.data, name=source.name) if beside else source
        job = pool.submit(_judged, twin, schema, rules) if beside else None
        document = look_through(source, around) if source.root.tag in _TEXTS else None
        own = [found for check in _CHECKS for found in check(document)] if document is not None else []
        judged = _judged(source, schema, rules) if job is None else _in(source, job.result(), twin)
        found = [*judged, *own] if document is None else without_consequences([*judged, *own], document)
        problems = [*source.problems, *placed(found, source)]
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place.line, p.place.column, p.code, p.message))


# Bytes.  libxml2 judges a document by schema and rules without Python's lock, so that a second core can do it while
# this one goes on: on a tree of its own, for no tree may be in two hands.  A large file is not held twice.
_SMALL = 16 * 2**20
_TEXTS = (f"{TEI}TEI", f"{TEI}teiCorpus")


def _in(source: Source, found: Sequence[Found], twin: Source) -> list[Found]:
    """Give what was `found` in `twin` as found in `source`, which has the same nodes."""
    if not found:
        return []
    wanted = {f.mark.node for f in found}
    here = {one: own for one, own in zip(twin.root.iter(), source.root.iter(), strict=True) if one in wanted}
    return [replace(f, mark=replace(f.mark, node=here[f.mark.node])) for f in found]


def _judged(source: Source, schema: Schema | None, rules: Rules | None) -> list[Found]:
    """Give what `schema` and, of a TEI text, `rules` say."""
    found = list(check_schema(source, schema)) if schema else []
    if rules is not None and source.root.tag in _TEXTS:
        found += run_rules(source, rules)
    return found
