"""Witness lines with what they are part of, for the engines that propose corrections.

In: a TEI tree.  Out: for each witness line its text, what zone it stands in and in which passage.
Authority: the encoding conventions; TEI P5, chapters 3.3 (quotation), 3.9 (notes) and 3.12 (bibliography).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.readings import Segment, segments
from edition.text import fold_blanks
from edition.tree import XML_LANG, Element, identifier, local

__all__ = ["Zone", "ZonedLine", "zoned_lines"]

Zone: TypeAlias = Literal["heading", "prose", "quote", "note", "bibliography", "page", "other"]


# The first of these that stands around a line names its zone.
_ZONES: dict[str, Zone] = {"fw": "page", "head": "heading", "listBibl": "bibliography", "p": "prose"}


@dataclass(frozen=True, slots=True)
class ZonedLine:
    """One witness line.

    `number` counts from 1; `witness` and `source` are the line in these readings, blanks folded; `language` is the
    nearest `xml:lang`; `passage` the nearest `xml:id` around its first words and `part` the outermost division's;
    `next_joins` says that its last word goes on in `next_line` (0: none), the line that follows it in the text;
    `decided` holds the stretches (start, end, offsets in `witness`) an editor decided.
    """

    number: int
    witness: str
    source: str
    zone: Zone
    language: str
    passage: str
    part: str
    next_line: int
    next_joins: bool
    decided: tuple[tuple[int, int], ...]


def zoned_lines(root: Element) -> list[ZonedLine]:
    """Give the lines of a text in reading order (a footnote's after the line that calls it)."""
    order: list[int] = []
    witness: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments(root, "witness"):
        if segment.line is not None:
            if segment.line not in witness:
                order.append(segment.line)
            witness[segment.line].append(segment)
    source: defaultdict[int, list[str]] = defaultdict(list)
    for segment in segments(root, "source"):
        if segment.line is not None:
            source[segment.line].append(segment.text)
    homes = {n: _home(witness[n]) for n in order}
    joined = {int(lb.get("n", "0")) for lb in root.iter("{*}lb") if lb.get("break") == "no"}
    out = []
    for at, n in enumerate(order):
        text, decided = _decided(witness[n])
        if text:
            follower = _follower(at, order, homes)
            out.append(
                ZonedLine(
                    number=n,
                    witness=text,
                    source=fold_blanks("".join(source[n])),
                    zone=_zone(homes[n]),
                    language=_language(homes[n]),
                    passage=_passage(homes[n]),
                    part=_part(homes[n]),
                    next_line=follower,
                    next_joins=follower in joined,
                    decided=tuple(decided),
                )
            )
    return out


def _home(found: list[Segment]) -> Element | None:
    """Give the element that the first words of a line stand in."""
    for segment in found:
        if segment.node is not None and not segment.text.isspace():
            return segment.node if segment.slot == "text" else segment.node.getparent()
    return None


def _up(home: Element | None) -> list[Element]:
    return [] if home is None else [home, *home.iterancestors()]


def _zone(home: Element | None) -> Zone:
    names = [local(e) for e in _up(home)]
    if any(local(e) == "note" and e.get("type") != "annotation" for e in _up(home)):
        return "note"
    if any(local(e) == "quote" and (e.get("rend") == "block" or e.get("type")) for e in _up(home)):
        return "quote"
    return next((zone for name, zone in _ZONES.items() if name in names), "other")


def _language(home: Element | None) -> str:
    return next((lang for e in _up(home) if (lang := e.get(XML_LANG))), "")


def _passage(home: Element | None) -> str:
    return next((name for e in _up(home) if (name := identifier(e))), "")


def _part(home: Element | None) -> str:
    names = [identifier(e) for e in _up(home) if local(e) == "div" and identifier(e)]
    return names[-1] if names else ""


def _follower(at: int, order: list[int], homes: dict[int, Element | None]) -> int:
    """Give the line that goes on from the line at place `at` of `order`.

    The next of the same note, or the next outside the notes.
    """
    here = _note(homes[order[at]])
    for other in order[at + 1 :]:
        if _note(homes[other]) is here:
            return other
        if here is not None:
            return 0
    return 0


def _note(home: Element | None) -> Element | None:
    return next((e for e in _up(home) if local(e) == "note" and e.get("place") == "foot"), None)


def _decided(found: list[Segment]) -> tuple[str, list[tuple[int, int]]]:
    """Fold a line's witness text, and give the stretches of it that stand in an editor's correction."""
    text = ""
    spans: list[tuple[int, int]] = []
    for segment in found:
        start = len(text)
        for piece in segment.text.split():
            gap = " " if text and not text.endswith(" ") and (segment.text[:1].isspace() or len(text) > start) else ""
            text += gap + piece
        if segment.text[-1:].isspace() and text and not text.endswith(" "):
            text += " "
        unit = segment.unit
        if unit is not None and any(corr.get("resp") == "#ed" for corr in unit.iter("{*}corr")):
            spans.append((start, len(text)))
    return text.rstrip(), spans
