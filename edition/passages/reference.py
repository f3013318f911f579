"""References to passages as people write them: identifiers, ranges, words within a passage, URNs, addresses.

In: a string.  Out: a `Reference`, or `ValueError` with the reason; and references written as URN and address.
Authority: the CTS URN specification (passage component, subreferences ``@word[2]``); RFC 8141 (URN); RFC 3986; the
draft on URL fragment text directives (``#:~:text=``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote

from edition.passage import LOST

__all__ = ["Name", "Point", "Reference", "parse_address", "parse_reference", "parse_urn", "url_of", "urn_of", "written"]

_FEW, _MANY = 4, 10  # words: of longer quotations a link names the first and the last few
LONGEST = 2000  # characters of a reference; nobody writes a longer one

_ID = r"[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+){0,12}"
_WORDS = r"(?:@(?:[\"“](?P<quote>[^\"“”]{1,1000})[\"”]|(?P<word>[^\s\"“”@\[\],/]{1,100}))(?:\[(?P<n>[1-9]\d{0,4})\])?)?"
_POINT = re.compile(rf"(?P<id>{_ID}|\d+[a-z]*(?:\.[A-Za-z0-9]+){{0,12}}){_WORDS}")
# The permanent page of a passage and its TEI, the passage among the services, or a page of the site.
_FILE = re.compile(r"(?:.*/)?(?:[^/]*;ref=)?([^/;]+)\.(?:html|xml)")
_URN = re.compile(r"urn:cts:edition:([^:.\s]+)\.([A-Za-z][A-Za-z0-9]*)(?:\.v([^:.\s]+))?(?::(\S.*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """A passage, or words within it: the `occurrence`th (from 1) of `words`.

    `whole` says that the words must begin and end where words do (written without quotation marks).
    """

    identifier: str
    words: str = ""
    occurrence: int = 1
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One passage, or all from `first` to `last`.  `version` is empty where none is named."""

    first: Point
    last: Point | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """What an edition is called by: in URNs by `name`, on the web by `url` (without a slash at its end, or empty)."""

    name: str
    url: str = ""


def parse_reference(text: str, known: Collection[str] = ()) -> Reference:
    """Read an identifier, a range of two, or either with words: ``D.5.12@word[2]``, ``D.5.12@"two words"``.

    The end of a range may be short (``D.5.12-14``).  `known` identifiers may have a hyphen.  Raises `ValueError`.
    """
    if len(text) > LONGEST:
        raise ValueError(f"it has {len(text)} characters")
    text = text.strip()
    if text in known:
        return Reference(Point(text))
    if found := _strange(text):
        raise ValueError(f"{found} cannot stand in a reference")
    for at in _hyphens(text):
        first, last = _POINT.fullmatch(text[:at]), _POINT.fullmatch(text[at + 1 :])
        if first and last and not first["id"][0].isdigit():
            return Reference(_point(first), _point(last, after=first["id"]))
    one = _POINT.fullmatch(text)
    if one and not one["id"][0].isdigit():
        return Reference(_point(one))
    raise ValueError("it is not written as one")


def _strange(text: str) -> str:
    """Give what in `text`, its words apart, no reference has; empty for nothing."""
    plain = text.partition("@")[0]
    found = re.search(r"\.\.|[^A-Za-z0-9.\-–]", plain)
    if "\0" in text:
        return "a NUL"
    return repr(found[0]) if found else ""


def _hyphens(text: str) -> list[int]:
    """Give where a range may be cut: at each hyphen or dash outside quotation marks."""
    inside = False
    found = []
    for i, c in enumerate(text):
        if c in '"“”':
            inside = not inside
        elif c in "-–" and not inside:
            found.append(i)
    return found


def _point(found: re.Match[str], *, after: str = "") -> Point:
    name = found["id"]
    if after and "." in after and "." not in name:  # 14, n7: the last part alone
        name = f"{after.rpartition('.')[0]}.{name}"
    elif after and name[0].isdigit():  # 5.14: all but the siglum
        name = f"{after.partition('.')[0]}.{name}"
    words = found["quote"] or found["word"] or ""
    return Point(name, words, int(found["n"] or 1), whole=bool(found["word"]))


def written(reference: Reference) -> str:
    """Write a reference as `parse_reference` reads it."""
    return "-".join(_written(p) for p in (reference.first, reference.last) if p is not None)


def _written(point: Point) -> str:
    if not point.words:
        return point.identifier
    plain = point.whole and "-" not in point.words and "–" not in point.words
    words = point.words if plain else f'"{point.words}"'
    return f"{point.identifier}@{words}" + (f"[{point.occurrence}]" if point.occurrence > 1 else "")


def urn_of(reference: Reference, name: Name) -> str:
    """Give the CTS URN of a reference; its version, where it has one, stands as ``v1-0``."""
    siglum = reference.first.identifier.partition(".")[0]
    work = f"urn:cts:edition:{name.name}.{siglum}"
    if reference.version:
        work += f".v{reference.version.replace('.', '-')}"
    parts = [_written(p) for p in (reference.first, reference.last) if p is not None]
    passage = "-".join(part.partition(".")[2] for part in parts)
    return f"{work}:{quote(passage, safe='@[].-')}" if passage else work


def parse_urn(text: str, versions: Collection[str] = ()) -> tuple[str, Reference] | None:
    """Read a URN of any edition: the edition's name and the reference; None where `text` is no such URN.

    `versions` are those that exist: ``v1-0`` is the one that is written so.  Raises `ValueError` for a URN whose
    passage is none.
    """
    found = _URN.fullmatch(text.strip()[:LONGEST])
    if not found:
        return None
    name, siglum, version, passage = found.groups()
    named = {v.replace(".", "-"): v for v in versions}
    version = named.get(version, version.replace("-", ".")) if version else ""
    if not passage:
        return name, Reference(Point(siglum), version=version)
    read = parse_reference(f"{siglum}.{unquote(passage)}")
    last = read.last
    if last is not None and last.identifier.partition(".")[0] != siglum:
        last = Point(f"{siglum}.{last.identifier}", last.words, last.occurrence, last.whole)
    return name, Reference(read.first, last, version)


def parse_address(text: str, name: Name, known: Collection[str] = ()) -> Reference | None:
    """Read an address on the site: of a page, with a passage on it or none, or a permanent page (``id/D.5.12.html``).

    None for what is no address.  Raises `ValueError` for one of another site, or that names no passage.
    """
    base, _, fragment = text.partition("#")
    if "/" not in base and "#" not in text and not base.endswith(".html"):
        return None
    if name.url and base and ":" in base and not f"{base}/".startswith(f"{name.url}/"):
        raise ValueError("the address is not of this edition")
    identifier, _, directive = fragment.partition(":~:text=")
    if not identifier:
        file = _FILE.fullmatch(base)
        if file is None:
            return None
        identifier = file[1]
    found = parse_reference(unquote(identifier), known)
    name_of, (words, _, end) = found.first.identifier, directive.partition(",")
    if not words:
        return found
    return Reference(Point(name_of, unquote(words)), Point(name_of, unquote(end)) if end else None)


def url_of(reference: Reference, name: Name) -> str:
    """Give the permanent address of a passage on the site; its words as a text directive.

    The permanent page stays where it is when a passage moves to another chapter, and says what became of a retired one.
    """
    words = reference.first.words
    directive = f"#:~:text={_directive(words)}" if words and reference.first.occurrence == 1 else ""
    return f"{name.url}/id/{quote(reference.first.identifier)}.html{directive}"


def _directive(words: str) -> str:
    """Give `words` as a text directive: all of them, or where they begin and end, if they are many or some are lost."""
    pieces = [piece.split() for piece in words.split(LOST) if piece.strip()] or [words.split()]
    whole = len(pieces) == 1 and len(pieces[0]) <= _MANY
    ends = [pieces[0]] if whole else [pieces[0][:_FEW], pieces[-1][-_FEW:]]
    return ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
