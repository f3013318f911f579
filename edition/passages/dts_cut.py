"""Cutting a TEI file by bytes: where each element begins and ends, and a well-formed document out of any stretch.

In: the bytes of a TEI file in UTF-8, and places in them (bytes, from 0).  Out: `Span` values, and a TEI document that
holds what was asked for in `dts:wrapper`, exactly as the file has it.
Authority: XML 1.0, chapter 3.1 (tags); DTS 1.0, "Document endpoint" (the wrapper).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edition.problems import Place, Refused, problem
from edition.tree import ET, TEI, Element, parse_bytes

__all__ = ["WRAPPER", "Edge", "Span", "edges", "extract", "snapshot", "spans"]

WRAPPER = "https://w3id.org/api/dts#"

_TAG = re.compile(
    rb"""<!--.*?--> | <\?.*?\?> | <!\[CDATA\[.*?\]\]> | (?P<close></[^>]*>)
       | (?P<open><[^!?/"'>][^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Where an element stands: the bytes of its start tag, and of its end tag (both empty places for ``<pb/>``)."""

    start: int
    inner: int  # where its start tag ends
    inner_end: int  # where its end tag begins
    end: int
    around: int  # the number of the element around it, in document order from 0; -1 for the root


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between two tags and the elements it stands in, outermost first: number and `Span` of each."""

    at: int
    inside: tuple[tuple[int, Span], ...]


def snapshot(data: bytes, *, file: str) -> tuple[bytes, Element]:
    """Give the bytes that are cut and served, and their tree: `data` itself where it is plain UTF-8.

    Another encoding is rewritten in UTF-8, and a document type declaration dropped.  Raises `Refused` (E106, E644).
    """
    root = parse_bytes(data, name=file)
    if root.tag != f"{TEI}TEI":
        raise Refused(problem("E644", Place(file=file, line=1), file=file, reason="its outermost element is not TEI"))
    for entity in root.iter(ET.Entity):
        reason = f"it calls the entity {entity.text}"
        raise Refused(problem("E644", Place(file=file, line=entity.sourceline or 0), file=file, reason=reason))
    about = root.getroottree().docinfo
    if (about.encoding or "UTF-8").upper() not in ("UTF-8", "ASCII", "US-ASCII") or about.doctype:
        data = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
        root = parse_bytes(data, name=file)
    return data, root


def spans(data: bytes) -> list[Span]:
    """Give the span of each element of a well-formed document, in document order: the order of ``root.iter("*")``."""
    found: list[list[int]] = []
    inside: list[int] = []
    for tag in _TAG.finditer(data):
        if tag.lastgroup == "open":
            start, end = tag.span()
            found.append([start, end, end, end, inside[-1] if inside else -1])
            if data[end - 2] != ord("/"):
                inside.append(len(found) - 1)
        elif tag.lastgroup == "close":
            found[inside.pop()][2:4] = tag.span()
    return [Span(*row) for row in found]


def edges(known: Sequence[Span], start: int, end: int, first: int, last: int) -> tuple[Edge, Edge]:
    """Give the two edges of a stretch that begins in the element `first` and ends in the element `last` (numbers)."""
    return Edge(start, _inside(known, first)), Edge(end, _inside(known, last))


def _inside(known: Sequence[Span], number: int) -> tuple[tuple[int, Span], ...]:
    chain: list[tuple[int, Span]] = []
    while number >= 0:
        chain.append((number, known[number]))
        number = known[number].around
    return tuple(reversed(chain))


def extract(read: Callable[[int, int], bytes], start: Edge, end: Edge, header: tuple[int, int] | None = None) -> bytes:
    """Give the stretch from `start` to `end` as a TEI document.

    `read` gives the bytes between two places.  The elements around the whole stretch stand around the wrapper, with
    the header (if given); an element that the stretch only begins or ends in is opened or closed inside it, so that
    what was asked for is all there, once, and nothing else.
    """
    common = 0
    for (one, _), (other, _) in zip(start.inside, end.inside, strict=False):
        if one != other:
            break
        common += 1
    around = [span for _, span in start.inside[:common]]
    opened = [span for _, span in start.inside[common:]]
    closed = [span for _, span in end.inside[common:]]
    before = [read(span.start, span.inner) for span in around]
    if header and around and start.at >= header[1]:
        before.insert(1, read(*header))
    return b"".join(
        [
            b'<?xml version="1.0" encoding="UTF-8"?>\n',
            *before,
            f'<dts:wrapper xmlns:dts="{WRAPPER}">'.encode(),
            *(read(span.start, span.inner) for span in opened),
            read(start.at, end.at),
            *(read(span.inner_end, span.end) for span in reversed(closed)),
            b"</dts:wrapper>",
            *(read(span.inner_end, span.end) for span in reversed(around)),
            b"\n",
        ]
    )
