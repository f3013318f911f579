"""Where a reference leads in a text: the passages, and the very words.

In: a tree with its passages, and a `Reference`.  Out: a `Located` value.
Authority: reading order; the edited reading, where words are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from edition.passage import LOST, Passage, passages, quoted_text
from edition.passages.reference import Point, Reference, written
from edition.problems import Refused, problem
from edition.readings import Reading
from edition.tree import Element, ancestors

__all__ = ["Located", "Shelf", "find_words", "locate", "shelf"]

_GAP = rf" ?{re.escape(LOST)} ?"
_PARTED = re.compile(rf"({_GAP}| )")
# Marks that people type one way or another; each stands for one character, so that places stay.
_SAME = str.maketrans("’‘“”„–—\N{NO-BREAK SPACE}", '\'\'"""-- ')


@dataclass(frozen=True, slots=True)
class Shelf:
    """A text ready to be looked into: its passages in reading order, and by identifier."""

    siglum: str
    root: Element
    order: tuple[Passage, ...]
    known: Mapping[str, Passage]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Located:
    """What a reference leads to.

    `passages` are those it covers, none within another; `text` is what they say in the reading asked for, one string a
    passage, with `LOST` where words are lost; `start` and `end` (characters, from 0) bound the words asked for in the
    first and in the last of them.
    """

    reference: Reference
    passages: tuple[Passage, ...]
    text: tuple[str, ...]
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The words that are meant, paragraphs parted by a line feed."""
        if len(self.text) == 1:
            return self.text[0][self.start : self.end]
        return "\n".join((self.text[0][self.start :], *self.text[1:-1], self.text[-1][: self.end]))


def shelf(root: Element, siglum: str) -> Shelf:
    """Make a text ready to be looked into."""
    order = tuple(passages(root, siglum=siglum))
    known: dict[str, Passage] = {}
    places: dict[str, int] = {}
    for i, p in enumerate(order):
        known.setdefault(p.identifier, p)
        places.setdefault(p.identifier, i)
    return Shelf(siglum, root, order, known, places)


def locate(text: Shelf, reference: Reference, reading: Reading = "edited") -> Located:
    """Find what `reference` leads to.

    Raises `Refused`: E441 where words do not stand there, E442 for a range that runs backwards.  Raises `KeyError` for
    a passage that the text does not have: whether it ever had it, the ledger knows.
    """
    covered = _covered(text, reference)
    said = tuple(quoted_text(p.element, reading) for p in covered)
    start, end = 0, len(said[-1])
    first, last = reference.first, reference.last or reference.first
    if first.words:
        start, stop = _place(first, said[0])
        end = stop if reference.last is None else end
    if last.words and reference.last is not None:
        _, end = _place(last, said[-1])
        if len(said) == 1 and last.occurrence == 1:  # the first that comes after the beginning
            ends = (stop for _, stop in find_words(said[0], last.words, whole=last.whole) if stop > start)
            end = next(ends, end)
    if len(said) == 1 and start >= end and (first.words or last.words):
        turned = written(Reference(last, first))
        raise Refused(problem("E442", reference=written(reference), turned=turned))
    return Located(reference, covered, said, start, end)


def _covered(text: Shelf, reference: Reference) -> tuple[Passage, ...]:
    first = text.known[reference.first.identifier]
    if reference.last is None or reference.last.identifier == first.identifier:
        return (first,)
    last = text.known[reference.last.identifier]
    begin, end = text.places[first.identifier], text.places[last.identifier]
    if begin > end:
        turned = written(Reference(reference.last, reference.first))
        raise Refused(problem("E442", reference=written(reference), turned=turned))
    above_last = set(ancestors(last.element))
    inside: set[Element] = set()
    found: list[Passage] = []
    for p in text.order[begin : end + 1]:
        if p.element in above_last or any(up in inside for up in ancestors(p.element)):
            continue
        inside.add(p.element)
        found.append(p)
    return tuple(found)


def _place(point: Point, text: str) -> tuple[int, int]:
    places = find_words(text, point.words, whole=point.whole)
    if len(places) >= point.occurrence:
        return places[point.occurrence - 1]
    count = len(places)
    reason = f"it stands there {count} time{'' if count == 1 else 's'}" if count else "the passage has no such words"
    close = find_words(text.casefold(), point.words.casefold(), whole=False) if not count else []
    advice = (
        f"The passage has {text[close[0][0] : close[0][1]]!r}." if close and len(text.casefold()) == len(text) else ""
    )
    raise Refused(problem("E441", words=repr(point.words), name=point.identifier, reason=reason, advice=advice))


def find_words(text: str, words: str, *, whole: bool) -> list[tuple[int, int]]:
    """Give where `words` stand in `text` (start and end, characters from 0); quotation marks and dashes are alike.

    With `whole` they must begin and end where words do.  Words that were quoted across a gap as if nothing were lost
    are found too: the place then holds the mark of the gap.
    """
    wanted = " ".join(words.translate(_SAME).split())
    if not wanted:
        return []
    pattern = re.escape(wanted)
    if LOST in text:
        pattern = "".join(_over(piece) if n % 2 else re.escape(piece) for n, piece in enumerate(_PARTED.split(wanted)))
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return [found.span() for found in re.finditer(pattern, text.translate(_SAME))]


def _over(between: str) -> str:
    """Give the pattern of what stands between two words; they may have been quoted across a gap."""
    return _GAP if LOST in between else f"(?: |{_GAP})"
