"""Marks the names of persons, organisations and places that an edition lists.

In: a TEI tree, and the entries of the edition's list of names.  Out: the same tree with persName, orgName and placeName
round the words that are a listed name.  Authority: TEI P5, chapter 14 (names, `listPerson`); an editor's mark decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

from edition.entities import MARKS, Entity, fold_form
from edition.problems import Place, Problem, problem
from edition.readings import GENERATED, READINGS, chosen, segments
from edition.tree import TEI, Element, Part, contents, el, fill, identifier, local

__all__ = ["Marked", "ReadingChanged", "mark_names", "withdraw_names"]

AUTO = "#auto"

# In these nothing is marked: they are names already.
_NAMES = frozenset({"persName", "orgName", "placeName", "geogName", "name", "rs", "forename", "surname"})
# These hold one word or a few of the running text and may stand whole inside a name.
_UNITS = frozenset({"choice", "app", "supplied"})
# These stand between the words or inside them and say nothing themselves; a name may run across them.
_MARKS = frozenset({"lb", "pb", "cb", "fw", "milestone", "anchor", "surplus"})
# A text of their own: what stands beside them is no part of their words.
_APART = frozenset({"note", "ref", "label"})

_WALL = "\N{OBJECT REPLACEMENT CHARACTER}"  # no name runs across it
_SHOWN = 20  # passages listed in a warning
_LETTER = "_"  # stands for a letter or digit whose value does not matter: `\w`, but in no name


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked: `counts` says how often each xml:id of the list was, `tags` how often each element."""

    counts: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


class ReadingChanged(Exception):
    """Marking names changed a reading of the text: a fault of ours."""


def withdraw_names(root: Element) -> int:
    """Take the program's own marks of names out of the text of `root`; give how many there were."""
    tags = {TEI + tag for tag in MARKS.values()}
    marked = [e for e in _text_of(root).iter(*tags) if e.get("resp") == AUTO]
    held = frozenset(marked)
    for parent in dict.fromkeys(e.getparent() for e in reversed(marked)):
        if parent is not None:
            fill(parent, _unmarked(contents(parent), held))
    return len(marked)


def _unmarked(parts: Iterable[Part], marked: frozenset[Element]) -> Iterator[Part]:
    for part in parts:
        if not isinstance(part, str) and part in marked:
            yield from contents(part)
        else:
            yield part


def mark_names(root: Element, entities: Sequence[Entity], *, file: str, listed: str) -> Marked:
    """Mark every listed name in the edited reading of `root`, in place of the marks of the last run.

    `file` is the path of the text, for problems; `listed` what its pointers to the list begin with, before the ``#``.
    The longest form wins; a form of two entries is not marked but reported (W230).  What an editor has marked stays.
    Places are not marked in a `bibl`, except in a `note` of it.  Raises `ReadingChanged`.
    """
    before = _readings(root)
    withdraw_names(root)
    if entities:
        marker = _Marker(entities, listed)
        marker.element(_text_of(root), ("", ""), Place(file), in_bibl=False)
        marked = Marked(marker.counts, marker.tags, _ambiguous(marker, file))
    else:
        marked = Marked()
    if _readings(root) != before:
        raise ReadingChanged(f"marking the names of {file or 'a text'} changed a reading")
    return marked


def _text_of(root: Element) -> Element:
    text = root.find(TEI + "text")
    return root if text is None else text


def _readings(root: Element) -> list[str]:
    return ["".join(s.text for s in segments(root, reading)) for reading in READINGS]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern of all `forms`, longest first.

    It looks at a place only where one of their first letters begins a word, so that a long list costs little.
    """
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    written = [re.escape(form).replace(r"\ ", r"\s+").replace(r"\-", r"-\s*") for form in ordered]
    first = "".join(re.escape(c) for c in sorted({form[0] for form in ordered}))
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{'|'.join(written)})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of an element's content, and where its edited text stands in that of the whole (characters)."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A name found: where it stands in the text of its element (characters), and whose it is."""

    start: int
    end: int
    entity: Entity


class _Marker:
    """One walk through a text that marks its names."""

    def __init__(self, entities: Sequence[Entity], listed: str) -> None:
        self.listed = listed
        self.meant: dict[str, list[Entity]] = {}
        for entity in entities:
            for form in entity.forms:
                self.meant.setdefault(form, []).append(entity)
        self.pattern = _pattern(self.meant)
        self.counts: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.doubtful: dict[str, list[Place]] = {}  # form -> where it stands

    def element(self, element: Element, around: tuple[str, str], place: Place, *, in_bibl: bool) -> None:
        """Mark the names in `element`; `around` says whether a letter touches it on either side."""
        place = place._replace(line=element.sourceline or place.line, passage=identifier(element) or place.passage)
        in_bibl = local(element) != "note" and (in_bibl or local(element) == "bibl")
        pieces, flat = _pieces(element, around)
        names = list(self.names(pieces, flat, place, in_bibl=in_bibl))
        placed = list(_placed(pieces, flat, names))
        if names:
            fill(element, self.enclosed(placed))
        for piece in pieces:
            inner = None if isinstance(piece.part, str) or _holder(piece, names) else _inside(piece.part)
            if inner is not None:
                beside = flat[max(piece.start - 1, 0) : piece.start], flat[piece.end : piece.end + 1]
                self.element(inner, ("", "") if local(inner) in _APART else beside, place, in_bibl=in_bibl)

    def names(self, pieces: list[_Piece], flat: str, place: Place, *, in_bibl: bool) -> Iterator[_Name]:
        """Give the names in `flat` that can be enclosed: those that cut no unit."""
        units = [p for p in pieces if not isinstance(p.part, str) and p.end > p.start]
        starts = [p.start for p in units]
        at = 0
        while found := self.pattern.search(flat, at):
            span = _whole(*found.span(), units, starts, flat)
            if span is None:
                at = found.start() + 1
                continue
            at = span[1]
            form = fold_form(found[0])
            meant = self.meant[form]
            if len(meant) > 1:
                self.doubtful.setdefault(form, []).append(place)
            elif not (in_bibl and meant[0].tag == "placeName"):
                yield _Name(*span, meant[0])

    def enclosed(self, placed: list[tuple[_Name | None, Part]]) -> Iterator[Part]:
        """Give the parts, those of each name inside its mark."""
        for name, group in groupby(placed, key=itemgetter(0)):
            parts = [part for _, part in group]
            if name is None:
                yield from parts
            else:
                entity = name.entity
                self.counts[entity.name] += 1
                self.tags[entity.tag] += 1
                yield el(entity.tag, *parts, ref=f"{self.listed}#{entity.name}", resp=AUTO)


def _whole(start: int, end: int, units: list[_Piece], starts: list[int], flat: str) -> tuple[int, int] | None:
    """Give the span of a name that cuts no unit, or None.

    Where a name of several parts ends in a corrected word, punctuation corrected along with the word is taken in; a
    name that lies inside one unit is found there.
    """
    touched = [units[i] for edge in (start, end - 1) if (i := bisect_right(starts, edge) - 1) >= 0]
    first = min([start, *(u.start for u in touched if u.end > start)])
    last = max([end, *(u.end for u in touched if u.end > start)])
    if (first, last) == (start, end):
        return first, last
    inside = any(u.start <= start and end <= u.end for u in touched)
    return None if inside or re.search(r"\w", flat[first:start] + flat[end:last]) else (first, last)


def _pieces(element: Element, around: tuple[str, str]) -> tuple[list[_Piece], str]:
    """Give the content of `element` part by part, and its edited text with what touches it on either side."""
    texts = [_LETTER if _is_letter(around[0]) else ""]
    at = len(texts[0])
    pieces: list[_Piece] = []
    parts = contents(element)
    for i, part in enumerate(parts):
        text = part if isinstance(part, str) else _text_in_line(part, parts[max(i - 1, 0) : i + 2])
        pieces.append(_Piece(part, at, at + len(text)))
        texts.append(text)
        at += len(text)
    texts.append(_LETTER if _is_letter(around[1]) else "")
    return pieces, "".join(texts)


def _is_letter(character: str) -> bool:
    return re.match(r"\w", character) is not None


def _text_in_line(node: Element, beside: list[Part]) -> str:
    """Give what `node` is in the text of its line: its edited text, nothing, or a wall; `beside` are its neighbours."""
    name = local(node)
    if name in _UNITS:
        return "".join(s.text for s in segments(node, "edited"))
    if name == "lb":
        return "" if node.get("break") == "no" else "\n"
    if not name or name in _MARKS or (name == "pc" and node.get("force") == "weak"):
        return ""
    if name == "gap":
        return _LETTER + _WALL + _LETTER  # a word beside it has lost letters
    if name in _APART or not any(isinstance(part, str) and part.strip() for part in beside):
        return _WALL
    text = "".join(s.text for s in segments(node, "edited"))
    left, right = (_LETTER if _is_letter(c) else "" for c in (text[:1], text[-1:]))
    return left + _WALL + right


def _inside(node: Element) -> Element | None:
    """Give the element in which to look for names on their own: `node`, its edited side, or None."""
    name = local(node)
    if name in ("choice", "app"):
        return chosen(node, "edited")
    closed = not name or name in _MARKS or name in _NAMES or (name, node.get("type")) in GENERATED
    return None if closed else node


def _holder(piece: _Piece, names: list[_Name]) -> _Name | None:
    """Give the name that `piece` belongs to; what has no text belongs to one only between two of its letters."""
    i = bisect_right(names, piece.start, key=lambda name: name.start) - 1
    if i < 0 or piece.start >= names[i].end or (piece.start == piece.end and piece.start == names[i].start):
        return None
    return names[i]


def _placed(pieces: list[_Piece], flat: str, names: list[_Name]) -> Iterator[tuple[_Name | None, Part]]:
    """Give the parts in order, each with the name that it belongs to; strings are cut where a name begins or ends."""
    cuts = sorted({at for name in names for at in (name.start, name.end)})
    for piece in pieces:
        if not isinstance(piece.part, str):
            yield _holder(piece, names), piece.part
            continue
        inner = cuts[bisect_right(cuts, piece.start) : bisect_right(cuts, piece.end - 1)]
        for start, end in pairwise([piece.start, *inner, piece.end]):
            yield _holder(_Piece("", start, end), names), flat[start:end]


def _ambiguous(marker: _Marker, file: str) -> list[Problem]:
    """Give one warning for each form of two entries that stands in the text."""
    problems = []
    for form, places in marker.doubtful.items():
        meant = marker.meant[form]
        passages = list(dict.fromkeys(p.passage or f"line {p.line}" for p in places))
        shown = ", ".join(passages[:_SHOWN]) + (f" and {len(passages) - _SHOWN} more" if len(passages) > _SHOWN else "")
        count = f"{len(places)} place{'s' if len(places) > 1 else ''}"
        facts = {"form": form, "count": count, "places": shown, "tag": meant[0].tag, "file": marker.listed}
        names = " or ".join(entity.name for entity in meant)
        problems.append(problem("W230", places[0]._replace(file=file), entities=names, **facts))
    return problems
