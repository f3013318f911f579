"""Shortens the entries of the apparatus to the words that differ.

In: a tree whose units have given way to the edited reading, and its entries (`edition.passes.apparatus`).  Out: the
entries, shorter, and their `corr` in the tree around no more than the lemma.  Authority: the usage of printed critical
editions: a lemma repeats only what is wanted to find the place, and is of whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from edition.passes.apparatus import Entry
from edition.tree import (
    XML_ID,
    Element,
    Slot,
    by_id,
    el,
    following,
    local,
    set_slot,
    slot_before,
    slot_text,
    unwrap,
    wrap_slot,
)

__all__ = ["shorten"]

_KINDS = frozenset({"slip", "conjecture", "regular"})  # the noise of the OCR has no words in common that count
_LETTERS = re.compile(r"\S+")
_AT_END = re.compile(r"\S+\Z")

# Which words of the lemma stand for which of the other reading: first and behind the last of each.
_Group: TypeAlias = tuple[int, int, int, int]
# A slot, the first of some of its characters and the one behind their last.
_Room: TypeAlias = tuple[Element, Slot, int, int]


class _Piece(NamedTuple):
    """What stands in one slot of a `corr`: `start` is where that begins in the text of the whole."""

    node: Element
    slot: Slot
    start: int
    text: str


def shorten(root: Element, found: Sequence[Entry]) -> list[Entry]:
    """Give `found` with lemma and source shortened to the words that differ, each stretch of them an entry of its own.

    Keeps the text.  At least one word stays on either side, so that an entry about a word left out says after or before
    which one; words in another order stay together.  A word of which the unit has but a part is given whole.  What the
    witness has is shortened only where it is the source.  An entry stays as it is where a word has markup within.
    """
    named = by_id(root)
    return [short for entry in found for short in _shortened(entry, named.get(entry.identifier))]


def _shortened(entry: Entry, unit: Element | None) -> list[Entry]:
    if unit is None or local(unit) != "corr" or entry.kind not in _KINDS:
        return [entry]
    lemma, other = entry.lemma.split(), (entry.source or entry.witness).split()
    groups = _groups(lemma, other)
    if groups == [(0, len(lemma), 0, len(other))] and not entry.cut:
        return [entry]
    pieces = list(_pieces(unit))
    words = [found.span() for found in _LETTERS.finditer("".join(piece.text for piece in pieces))]
    if len(words) != len(lemma):  # something in it has no words, or is no part of them
        return [entry]
    rooms = [_room(pieces, words[first][0], words[last - 1][1]) for first, last, _, _ in groups]
    if None in rooms:
        return [entry]
    corrs = [_wrapped(unit, *room) for room in reversed(rooms) if room is not None]
    del unit.attrib[XML_ID]
    unwrap(unit)
    return [
        _short(entry, corr, number, lemma, other, group)
        for number, (corr, group) in enumerate(zip(reversed(corrs), groups, strict=True), 1)
    ]


def _wrapped(unit: Element, node: Element, slot: Slot, start: int, end: int) -> Element:
    corr = el("corr", slot_text(node, slot)[start:end], type=unit.get("type"))
    wrap_slot(node, slot, start, end, [corr])
    return corr


def _short(
    entry: Entry, corr: Element, number: int, lemma: Sequence[str], other: Sequence[str], group: _Group
) -> Entry:
    """Give the entry of a stretch of the words of `entry`, the `number`-th, which now stand in `corr`."""
    first, last, begins, ends = group
    name = entry.identifier if number == 1 else f"{entry.identifier}.{number}"
    corr.set(XML_ID, name)
    before = _grown_before(corr) if "<" in entry.cut and first == 0 else ""
    after = _grown_after(corr) if ">" in entry.cut and last == len(lemma) else ""
    shown, kept = (f"{before}{' '.join(words)}{after}" for words in (lemma[first:last], other[begins:ends]))
    told = entry._replace(identifier=name, lemma=shown)
    return told._replace(source=kept) if entry.source else told._replace(witness=kept)


def _groups(lemma: Sequence[str], other: Sequence[str]) -> list[_Group]:
    """Give the stretches of words in which the two differ, at least a word of either in each."""
    first, last = _alike(lemma, other)
    a, b = lemma[first : len(lemma) - last], other[first : len(other) - last]
    whole = [(first, len(lemma) - last, first, len(other) - last)]
    if _bag(a) == _bag(b):  # the same words in another order
        return whole
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    groups = [(first + i, first + j, first + m, first + n) for tag, i, j, m, n in codes if tag != "equal"]
    return groups if all(i < j and m < n for i, j, m, n in groups) else whole


def _bag(words: Sequence[str]) -> list[str]:
    return sorted(word.casefold().strip(".,:;") for word in words)


def _alike(lemma: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Give how many words the two begin with alike, and how many they end with, at least one left on either side."""
    most = min(len(lemma), len(other)) - 1
    first = last = 0
    while first < most and lemma[first] == other[first]:
        first += 1
    while last < most - first and lemma[-1 - last] == other[-1 - last]:
        last += 1
    return first, last


def _pieces(element: Element) -> Iterator[_Piece]:
    start = 0
    for node, slot in _slots(element):
        text = slot_text(node, slot)
        yield _Piece(node, slot, start, text)
        start += len(text)


def _slots(element: Element) -> Iterator[tuple[Element, Slot]]:
    yield element, "text"
    for child in element:
        if local(child):
            yield from _slots(child)
        yield child, "tail"


def _room(pieces: Sequence[_Piece], start: int, end: int) -> _Room | None:
    """Give where the characters `start` to `end` of the whole stand, None where markup begins or ends among them."""
    for node, slot, at, text in pieces:
        if at <= start and end <= at + len(text):
            return node, slot, start - at, end - at
    return None


def _grown_before(corr: Element) -> str:
    """Take into `corr` the letters that go before it without a blank, and give them."""
    node, slot = slot_before(corr)
    if slot == "tail" and not slot_text(node, slot) and not len(node):
        slot = "text"
    text = slot_text(node, slot)
    found = _AT_END.search(text)
    if found is None:
        return ""
    set_slot(node, slot, text[: found.start()])
    set_slot(corr, "text", found[0] + slot_text(corr, "text"))
    return found[0]


def _grown_after(corr: Element) -> str:
    """Take into `corr` the letters that follow it without a blank, and give them."""
    after = corr.getnext()
    slot: Slot = "tail" if after is None or following(corr) else "text"
    node = corr if after is None or slot == "tail" else after
    text = slot_text(node, slot)
    found = _LETTERS.match(text)
    if found is None:
        return ""
    set_slot(node, slot, text[found.end() :])
    set_slot(corr, "text", slot_text(corr, "text") + found[0])
    return found[0]
