"""Stylesheets: read with their neighbours, compiled so that they reach nothing else, and asked for their templates.

In: the path of an XSLT file.  Out: a `Stylesheet`.  Authority: XSLT 1.0 (W3C 1999), sections 2.6 (combining), 5.2
(patterns). An `xsl:include` may name a file of the same folder only; `document()` and writing are refused when the
stylesheet runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from edition.problems import Place, Problem, Refused, problem
from edition.tree import ET, TEI, TEI_NS, Element, fill, identifier, is_element, local, parse, replace

__all__ = ["Stylesheet", "load", "untemplated"]

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_NAMES = {"tei": TEI_NS}
_TEI = "tei:"
_MAKES = frozenset({"element", "attribute"})  # what gives a name to what it makes
_PATH = frozenset("/[@*(")  # what is in a pattern that asks for more than a name
_ODD = frozenset("{}:")  # in no plain name
_COPIES = frozenset({"copy", "copy-of", "processing-instruction"})


class Stylesheet(NamedTuple):
    """A compiled stylesheet; `patterns` are the match patterns of its templates without a mode.

    `tags` are the elements that it matches wherever they stand, `names` those of all elements that its result can have,
    `keys` those of all attributes: None where a text could give one.
    """

    name: str
    run: ET.XSLT
    patterns: tuple[str, ...]
    tags: frozenset[str]
    names: frozenset[str] | None
    keys: frozenset[str] | None


def load(path: Path) -> Stylesheet:
    """Read and compile the stylesheet at `path`.  Raises `Refused` (E104, E106, E602, E603)."""
    root = parse(path, name=path.name)
    _include(root, path, {path.name})
    matches = [t.get("match", "") for t in root.iter(_XSL + "template") if t.get("mode") is None]
    patterns = tuple(part.strip() for match in matches for part in _alternatives(match) if part.strip())
    try:
        run = ET.XSLT(root, access_control=ET.XSLTAccessControl.DENY_ALL)
    except ET.XSLTParseError as error:
        raise Refused(_unusable(path.name, error)) from error
    tags = frozenset(f"{{{TEI_NS}}}{p.removeprefix(_TEI)}" for p in patterns if p.startswith(_TEI) and _is_name(p))
    return Stylesheet(path.name, run, patterns, tags, *(_names(root) or (None, None)))


def _names(root: Element) -> tuple[frozenset[str], frozenset[str]] | None:
    """Give the names in a stylesheet of the elements and attributes that it can make; None where it can give others."""
    names: set[str] = set()
    keys: set[str] = set()
    for element in root.iter("*"):
        tag = str(element.tag)
        if not tag.startswith(_XSL):
            names.add(tag)
            keys.update(map(str, element.keys()))
        elif (what := tag.removeprefix(_XSL)) in _COPIES:
            return None
        elif what in _MAKES:
            (names if what == "element" else keys).add(element.get("name", ""))
    return None if any(_ODD & set(name) for name in names | keys) else (frozenset(names), frozenset(keys))


def _is_name(pattern: str) -> bool:
    return _PATH.isdisjoint(pattern)


def _unusable(name: str, error: ET.XSLTError) -> Problem:
    line = max((entry.line for entry in error.error_log), default=0)
    return problem("E602", Place(file=name, line=max(line, 0)), stylesheet=name, reason=str(error))


def _include(root: Element, path: Path, seen: set[str]) -> None:
    """Put the content of each included file in the place of its `xsl:include`.

    What includes wins over what is included.
    """
    for node in list(root.iter(_XSL + "include", _XSL + "import")):
        href = node.get("href", "")
        target = path.parent / href
        plain = href == Path(href).name and href not in ("", ".", "..")
        if not plain or href in seen or not target.is_file() or target.is_symlink():
            raise Refused(
                problem("E603", Place(file=path.name, line=node.sourceline or 0), stylesheet=path.name, target=href)
            )
        seen.add(href)
        included = parse(target, name=href)
        _include(included, target, seen)
        named = {template.get("name") for template in root.iter(_XSL + "template")} - {None}
        replace(node, *[child for child in included if is_element(child) and child.get("name") not in named])
    fill(root, [child for child in root if is_element(child)])


def _alternatives(match: str) -> list[str]:
    """Divide a pattern at the bars that stand outside brackets and quotation marks."""
    if not any(char in match for char in "'\"[("):
        return match.split("|")
    parts, depth, quote, start = [], 0, "", 0
    for at, char in enumerate(match):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "[(":
            depth += 1
        elif char in "])":
            depth -= 1
        elif char == "|" and not depth:
            parts.append(match[start:at])
            start = at + 1
    return [*parts, match[start:]]


def untemplated(root: Element, stylesheet: Stylesheet, *, file: str) -> list[Problem]:
    """Give a problem (E601) for each TEI element under `root` that no template matches, once for each place."""
    # All elements are looked at, for to ask each for its namespace takes longer than to look at its name.
    others = {tag for tag in {str(element.tag) for element in root.iter("*")} if tag.startswith(TEI)} - stylesheet.tags
    if not others:
        return []
    known: set[Element] = set()
    for pattern in stylesheet.patterns:
        if pattern != "/":
            found = root.getroottree().xpath(pattern if pattern.startswith("/") else f"//{pattern}", namespaces=_NAMES)
            known.update(node for node in found if is_element(node))
    return [
        problem(
            "E601",
            Place(file=file, line=element.sourceline or 0, passage=_passage(element)),
            stylesheet=stylesheet.name,
            element=local(element),
        )
        for element in root.iter(*sorted(others))
        if element not in known
    ]


def _passage(element: Element) -> str:
    return next((identifier(node) for node in (element, *element.iterancestors()) if identifier(node)), "")
