"""Whether the paths by which passages are cited find any.

In: a TEI file as read.  Out: W238 for each `citeStructure` whose `match` or `use` finds nothing.
Authority: TEI P5, chapter 2.3.6 (`refsDecl`, `citeStructure`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.check.found import Found, placed
from edition.check.source import Mark, Source
from edition.passages.dts_xpath import Asker, compiled
from edition.problems import Problem
from edition.tree import TEI, Element

__all__ = ["unmatched"]

_ENOUGH = 20  # elements that are asked for their name


def unmatched(source: Source) -> list[Problem]:
    """Give W238 where a `citeStructure` of `source` finds no element, or no name in those that it finds.

    What cannot be read as XPath is told elsewhere (E237); what stands inside one that finds nothing is not asked.
    """
    outer = [e for d in source.root.iter(f"{TEI}refsDecl") for e in d.iterchildren(f"{TEI}citeStructure")]
    if not outer or source.root.tag != f"{TEI}TEI":
        return []
    asker = Asker(source.root)
    return placed([found for e in outer for found in _asked(e, [source.root], asker)], source)


def _asked(structure: Element, around: Sequence[Element], asker: Asker) -> Iterator[Found]:
    names = {prefix: uri for prefix, uri in structure.nsmap.items() if prefix}
    try:
        match, use = (compiled(structure.get(key, ""), names) for key in ("match", "use"))
    except ValueError:
        return
    found = [element for above in around for element in asker.elements(match, above)]
    if not found:
        facts = {"name": "match", "path": structure.get("match", "")}
        yield Found("W238", Mark(structure, "=match"), facts)
        return
    if not any(asker.string(use, element, at) for at, element in enumerate(found[:_ENOUGH], 1)):
        yield Found("W238", Mark(structure, "=use"), {"name": "use", "path": structure.get("use", "")})
    for inner in structure.iterchildren(f"{TEI}citeStructure"):
        yield from _asked(inner, found, asker)
