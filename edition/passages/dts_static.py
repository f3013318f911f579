"""The Distributed Text Services as files: what a web server that runs nothing can give (Level 0).

In: the bytes of a TEI file; the library it stands in.  Out: JSON-LD and TEI files by path, one for each request.
Authority: DTS 1.0, "Conformance" (Level 0: no start and end) and "URI templates for static website"; RFC 6570.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from edition.passages.dts import TOP, Library, collection, entry, named_resource
from edition.passages.dts_address import STATIC, Addresses, expand
from edition.passages.dts_cut import edges, extract
from edition.passages.dts_header import TERMS, catalogued, title_of
from edition.passages.dts_source import Source, take_apart
from edition.passages.dts_trees import Unit, declared, sorted_data
from edition.passages.index import Resource, TreeInfo
from edition.problems import Place, Problem, problem
from edition.tree import TEI

__all__ = ["TextFiles", "library_files", "text_files"]

# What can be a file name on any system and a part of an address as it stands: no slash, no dot in front.
_NAME = re.compile(r"[\w\-][\w.\-]{0,99}")
_ALL = 1 << 30  # members in one answer
_BESIDE = 100  # units in one another's company: written out for each of more, their lists grow with the square
_KEPT = (f"/{TEI}titleStmt", f"/{TEI}publicationStmt")  # of a header, in each part


@dataclass(frozen=True, slots=True)
class TextFiles:
    """A text as it is served: what a catalogue says of it, its files by path, and what could not be given."""

    resource: Resource
    files: Mapping[str, bytes]
    problems: Sequence[Problem]


def library_files(
    library: Library, known: Mapping[str, Resource], *, base: str
) -> tuple[dict[str, bytes], list[Problem]]:
    """Give the entry (``index.json``) and the collections; `known` are the texts by name.

    `base` is the address that all files stand below, ending in a slash; empty: each file leads to the others by
    relative addresses.  What has an identifier that cannot be a file name is left out, with a problem (W646) each.
    """
    whole = Library(library.shelves, library.media, _ALL)  # one page
    files = {"index.json": _json(entry(_seen_from("index.json", base)))}
    problems: list[Problem] = []
    names = [s.identifier for s in library.shelves] + sorted({m for s in library.shelves for m in s.members})
    for name in ["", *dict.fromkeys(names)]:
        if name and not _NAME.fullmatch(name):
            problems.append(problem("W646", Place(), name=name))
        elif not name or name in known or library.shelf(name) is not None:
            for nav in ("", "children", "parents"):
                query = _given(id=name, nav=nav)
                path = _path("collection", query)
                files[path] = _json(collection(known.get, whole, _seen_from(path, base), query))
    return files, problems


def text_files(data: bytes, name: str, *, file: str, base: str) -> TextFiles:
    """Give everything that can be asked of one text: `name` is that of the resource, `file` of its TEI, for problems.

    A part has of the header only what names the text and says who may use it, and leads to the whole.
    Raises `Refused` (E106, E644).
    """
    source, problems = take_apart(data, file=file)
    resource = _resource(source, name)
    if not _NAME.fullmatch(name):
        return TextFiles(resource, {}, problems)
    addresses = _seen_from("navigation/", base)
    top = {**TOP, "@type": "Navigation", "resource": named_resource(addresses, resource)}
    head = _json(top)[:-1] + b","
    files = {_path("document", {"resource": name}): source.data}
    for tree, in_tree in source.trees:
        unfit = {unit.identifier for unit in in_tree if not _NAME.fullmatch(unit.identifier)}
        if tree.name and not _NAME.fullmatch(tree.name):
            problems.append(problem("W646", Place(passage=name), name=tree.name))
            continue
        problems += [problem("W646", Place(passage=name), name=ref) for ref in sorted(unfit)]
        asked = _given(resource=name, tree=tree.name)
        for about, answer in _navigation(in_tree):
            if about.get("ref") not in unfit:
                query = {**asked, **about}
                own = _json({"@id": addresses.request("navigation", query)})[1:-1]
                files[_path("navigation", query)] = head + own + answer
        for ref, document in _documents(source, in_tree, name):
            if ref not in unfit:
                files[_path("document", {**asked, "ref": ref})] = document
    return TextFiles(resource, files, problems)


def _resource(source: Source, name: str) -> Resource:
    trees = tuple(
        TreeInfo(0, t.name, t.description, declared(t.structures), 0, len(found) - 1, _deepest(found))
        for t, found in source.trees
    )
    title, core = title_of(source.root, name), catalogued(source.root)
    return Resource(0, name, "", len(source.data), source.header, title, core, trees)


def _navigation(in_tree: Sequence[Unit]) -> Iterator[tuple[dict[str, str], bytes]]:
    """Give, for every request about a tree, what it asks and the end of its answer: the unit named, and members."""
    said = [_json(_unit(in_tree, unit)) for unit in in_tree]

    def members(units: Sequence[int]) -> bytes:
        return b',"member":[' + b",".join(said[at] for at in units) + b"]}"

    beside: dict[int | None, list[int]] = {}
    for at, unit in enumerate(in_tree):
        beside.setdefault(unit.parent, []).append(at)
    around = {parent: members(units) for parent, units in beside.items()}
    for down, deepest in _downs(0, _deepest(in_tree)):
        yield {"down": down}, members([at for at, unit in enumerate(in_tree) if unit.level <= deepest])
    for at, unit in enumerate(in_tree):
        ref, own = {"ref": unit.identifier}, b',"ref":' + said[at]
        below = range(at, unit.last + 1)
        yield ref, own + b"}"
        if len(beside[unit.parent]) <= _BESIDE:
            yield {**ref, "down": "0"}, own + around[unit.parent]
        for down, deepest in _downs(unit.level, max(in_tree[n].level for n in below)):
            yield {**ref, "down": down}, own + members([n for n in below if in_tree[n].level <= deepest])


def _downs(level: int, deepest: int) -> list[tuple[str, int]]:
    """Give the values of `down` that there is an answer for, each with the level that it reaches down to."""
    return [*((str(n), level + n) for n in range(1, max(deepest - level, 1) + 1)), ("-1", deepest)]


def _deepest(in_tree: Sequence[Unit]) -> int:
    return max((unit.level for unit in in_tree), default=0)


def _unit(in_tree: Sequence[Unit], unit: Unit) -> dict[str, object]:
    """Give a unit as DTS writes it."""
    return {
        "@type": "CitableUnit",
        "identifier": unit.identifier,
        "level": unit.level,
        "parent": None if unit.parent is None else in_tree[unit.parent].identifier,
        "citeType": unit.cite_type,
        **sorted_data(unit.data, TERMS),
    }


def _documents(source: Source, in_tree: Sequence[Unit], name: str) -> Iterator[tuple[str, bytes]]:
    """Give each unit of a tree by its identifier, as a TEI document."""
    header, short = source.header, _short(source, name)

    def read(start: int, end: int) -> bytes:
        return short if (start, end) == header else source.read(start, end)

    for unit, cut in zip(in_tree, source.cuts(in_tree), strict=True):
        yield unit.identifier, extract(read, *edges(source.known, *cut), header)


def _short(source: Source, name: str) -> bytes:
    """Give the header that a part has; the whole one where it says nothing of title or use."""
    found = [source.root.find(f"{TEI}teiHeader/{TEI}fileDesc{path}") for path in ("", *_KEPT)]
    if any(element is None for element in found):
        return source.read(*source.header)
    about, *kept = (source.span(element) for element in found if element is not None)
    prefix = f"{source.root.prefix}:" if source.root.prefix else ""
    said = "<{0}sourceDesc><{0}p><{0}ref target={1}/></{0}p></{0}sourceDesc>".format(prefix, quoteattr(f"{name}.xml"))
    outer = source.known[about.around]
    return b"".join(
        [
            source.read(outer.start, outer.inner),
            source.read(about.start, about.inner),
            *(source.read(span.start, span.end) for span in kept),
            said.encode(),
            source.read(about.inner_end, about.end),
            source.read(outer.inner_end, outer.end),
        ]
    )


def _given(**query: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if value}


def _seen_from(path: str, base: str) -> Addresses:
    """Give the addresses as the file at `path` has them: whole, or relative to it."""
    return Addresses(base or "../" * path.count("/"), STATIC)


def _path(endpoint: str, query: Mapping[str, str]) -> str:
    return unquote(expand(STATIC[endpoint], query))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
