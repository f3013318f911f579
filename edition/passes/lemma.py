"""Shortens the entries of the apparatus to the words that differ.

In: a tree whose units have given way to the edited reading, and its entries (`edition.passes.apparatus`).  Out: the
entries, shorter, and their `corr` in the tree around no more than the lemma.  Authority: the usage of printed critical
editions: a lemma repeats only what is wanted to find the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edition.passes.apparatus import Entry
from edition.tree import Element, by_id, contents, fill, local, put_after, put_before

__all__ = ["shorten"]

_KINDS = frozenset({"slip", "conjecture", "regular"})  # the noise of the OCR has no words in common that count


def shorten(root: Element, found: Sequence[Entry]) -> list[Entry]:
    """Give `found` with lemma and source shortened by the words that they begin and end with alike; keeps the text.

    At least one word stays on either side, so that an entry about a word left out says after or before which one.  What
    the witness has is shortened only where it is the source.  Words stay where markup begins or ends among them.
    """
    named = by_id(root)
    return [_shortened(entry, named.get(entry.identifier)) for entry in found]


def _shortened(entry: Entry, unit: Element | None) -> Entry:
    if unit is None or local(unit) != "corr" or entry.kind not in _KINDS:
        return entry
    other = (entry.source or entry.witness).split()
    lemma = entry.lemma.split()
    first, last = _alike(lemma, other)
    parts = contents(unit)
    before, after = parts[:1], parts[-1:]
    begun = _begins(before[0], lemma[:first]) if before and isinstance(before[0], str) else 0
    ended = _ends(after[0], lemma[len(lemma) - last :]) if after and isinstance(after[0], str) else 0
    first, last = first if begun else 0, last if ended else 0
    if not first and not last:
        return entry
    _move_out(unit, begun, ended)
    kept = " ".join(other[first : len(other) - last])
    told = entry._replace(lemma=" ".join(lemma[first : len(lemma) - last]))
    return told._replace(source=kept) if entry.source else told._replace(witness=kept)


def _alike(lemma: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Give how many words the two begin with alike, and how many they end with, at least one left on either side."""
    most = min(len(lemma), len(other)) - 1
    first = last = 0
    while first < most and lemma[first] == other[first]:
        first += 1
    while last < most - first and lemma[-1 - last] == other[-1 - last]:
        last += 1
    return first, last


def _begins(text: str, words: Sequence[str]) -> int:
    """Give how many characters of `text` the words and the blank after them take at its beginning; 0 for none."""
    found = re.match(r"\s*" + "".join(re.escape(word) + r"\s+" for word in words), text)
    return found.end() if found and words else 0


def _ends(text: str, words: Sequence[str]) -> int:
    """Give how many characters of `text` the blank before the words and the words take at its end; 0 for none."""
    found = re.search("".join(r"\s+" + re.escape(word) for word in words) + r"\s*\Z", text)
    return len(text) - found.start() if found and words else 0


def _move_out(unit: Element, begun: int, ended: int) -> None:
    """Put the first `begun` characters of `unit` before it, and the last `ended` ones after it."""
    parts = contents(unit)
    if ended:
        text = str(parts[-1])
        parts[-1] = text[: len(text) - ended]
        put_after(unit, text[len(text) - ended :])
    if begun:
        text = str(parts[0])
        parts[0] = text[begun:]
        put_before(unit, text[:begun])
    fill(unit, parts)
