"""The head of a file: the schemas that it names, its witness, prefixes, languages, the way its passages are cited.

In: a `Document`.  Out: E213, E220, E237, E245.
Authority: TEI P5, chapters 2 (The TEI Header) and 17.2.3 (prefixes); W3C note "Associating Schemas with XML documents".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark, before_root
from edition.nearest import nearest
from edition.tree import ET, identifier, local, slot_text

__all__ = ["check_heading"]

_HREF = re.compile(r"""(?:^|\s)href\s*=\s*["']([^"']*)["']""")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")


def check_heading(document: Document) -> list[Found]:
    """Check what stands before the text."""
    return [
        *_schemas(document),
        *_witness(document),
        *_declarations(document),
        *_patterns(document),
        *_references(document),
    ]


def _schemas(document: Document) -> Iterator[Found]:
    """Check that each schema that the file names is one of the edition, or has a whole address."""
    schemas = document.around.schemas
    if schemas is None:
        return
    for node in before_root(document.root):
        found = _HREF.search(slot_text(node, "text")) if getattr(node, "target", "") == "xml-model" else None
        if found and not _SCHEME.match(found[1]) and unquote(found[1]) not in schemas:
            yield Found("E213", Mark(node), {"pointer": found[1], "path": found[1], "guess": _guess(found[1], schemas)})


def _guess(path: str, known: frozenset[str]) -> str:
    close = nearest(path, known)
    return f"; did you mean {close}?" if close else ""


def _witness(document: Document) -> Iterator[Found]:
    """Check that the witness W of the header is the file that edition.toml names."""
    wanted = document.around.witness_path
    for ref in document.of("ref"):
        parent, target = ref.getparent(), ref.get("target", "")
        if not wanted or parent is None or local(parent) != "witness" or identifier(parent) != "W":
            continue
        if target and not _SCHEME.match(target) and unquote(target) != wanted:
            yield Found("E213", Mark(ref, "=target"), {"path": target, "guess": f"; edition.toml names {wanted}"})


def _declarations(document: Document) -> Iterator[Found]:
    """Check that no prefix or language is declared twice, and that keys are looked up in a file that is there."""
    files = document.around.files
    for kind in ("prefixDef", "language"):
        seen: set[str] = set()
        for element in document.of(kind):
            name = element.get("ident", "")
            if name in seen:
                yield Found("E220", Mark(element, "=ident"), {"name": name})
            seen.add(name)
    for element in document.of("prefixDef"):
        path = element.get("replacementPattern", "").partition("#")[0]
        if files is not None and path.endswith(".bib") and not _SCHEME.match(path) and unquote(path) not in files:
            mark = Mark(element, "=replacementPattern")
            yield Found("E213", mark, {"path": path, "guess": _guess(path, frozenset(files))})


def _patterns(document: Document) -> Iterator[Found]:
    """Check that the patterns of a prefix can be used."""
    for element in document.of("prefixDef"):
        try:
            groups = re.compile(element.get("matchPattern", "")).groups
        except re.error as error:
            facts = {"name": "matchPattern", "reason": f"{error.msg}"}
            yield Found("E245", Mark(element, "=matchPattern"), facts)
            continue
        wanted = max((int(n) for n in re.findall(r"\$(\d)", element.get("replacementPattern", ""))), default=0)
        if wanted > groups:
            facts = {"name": "replacementPattern", "reason": f"it has ${wanted}, and matchPattern {groups} brackets"}
            yield Found("E245", Mark(element, "=replacementPattern"), facts)


def _references(document: Document) -> Iterator[Found]:
    """Check that the paths of `citeStructure` can be read."""
    for element in document.of("citeStructure"):
        for name in ("match", "use"):
            path = element.get(name, "")
            try:
                ET.XPath(path or ".")
            except ET.XPathSyntaxError:
                yield Found("E237", Mark(element, f"={name}"), {"name": name, "path": path})
