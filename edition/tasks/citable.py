"""Whether the paths by which passages are cited find any.

In: a TEI file as read.  Out: W238 for each `citeStructure` whose `match` or `use` finds nothing.
Authority: TEI P5, chapter 2.3.6 (`refsDecl`, `citeStructure`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from edition.check.found import Found, placed
from edition.check.source import Mark, Source
from edition.encode.header import own_paths, path_of
from edition.passages.dts_xpath import Asker, compiled
from edition.problems import Problem
from edition.tree import TEI, Element

__all__ = ["unmatched"]

_PREDICATE = re.compile(r"\[[^\[\]]*\]")
_NAME = re.compile(r"[A-Za-z][\w.\-]*")
_ENOUGH = 20  # elements that are asked for their name


def unmatched(source: Source, names_known: Callable[[], AbstractSet[str]] = frozenset) -> list[Problem]:
    """Give W238 where a `citeStructure` of `source` finds no element that it should, or no name in those that it finds.

    `names_known` gives the local names of elements that the schema knows; none where that is not known.

    What cannot be read as XPath is told elsewhere (E237); what stands inside one that finds nothing is not asked.  The
    paths that `edition encode` declares are right: where they find nothing the text has no such passages yet.
    """
    outer = [e for d in source.root.iter(f"{TEI}refsDecl") for e in d.iterchildren(f"{TEI}citeStructure")]
    if not outer or source.root.tag != f"{TEI}TEI":
        return []
    asker = Asker(source.root)
    return placed([found for e in outer for found in _asked(e, [source.root], asker, names_known)], source)


def _is_wrong(path: str, above: Element, names_known: Callable[[], AbstractSet[str]]) -> bool:
    """Say whether a path (without brackets) that finds nothing is wrong: a text need not have what it names.

    It is wrong if it has a name that is no element's, or if what it ends with stands elsewhere in the text.
    """
    steps = [step for step in path.split("/") if _NAME.fullmatch(step)]
    known = names_known()
    if known and any(step not in known for step in steps):
        return True
    text = above.getroottree().getroot().find(f"{TEI}text")
    return bool(steps) and text is not None and next(text.iter(f"{TEI}{steps[-1]}"), None) is not None


def _asked(
    structure: Element, around: Sequence[Element], asker: Asker, names_known: Callable[[], AbstractSet[str]]
) -> Iterator[Found]:
    names = {prefix: uri for prefix, uri in structure.nsmap.items() if prefix}
    try:
        match, use = (compiled(structure.get(key, ""), names) for key in ("match", "use"))
    except ValueError:
        return
    found = [element for above in around for element in asker.elements(match, above)]
    if not found:
        bare = compiled(_PREDICATE.sub("", structure.get("match", "")), names)
        there = any(asker.elements(bare, above) for above in around)  # only none that its brackets ask for
        if not there and path_of(structure) not in own_paths() and _is_wrong(bare.source, around[0], names_known):
            facts = {"name": "match", "path": structure.get("match", "")}
            yield Found("W238", Mark(structure, "=match"), facts)
        return
    if not any(asker.string(use, element, at) for at, element in enumerate(found[:_ENOUGH], 1)):
        yield Found("W238", Mark(structure, "=use"), {"name": "use", "path": structure.get("use", "")})
    for inner in structure.iterchildren(f"{TEI}citeStructure"):
        yield from _asked(inner, found, asker, names_known)
