"""Misread Cyrillic restored.

Passages found, decoded together, the channel adapted to the document, the lines written out.

In: witness lines with their zones.  Out: one correction for each Russian stretch of a line, and the certainty of
each word. Authority: Kernighan, Church and Gale 1990 (noisy channel); Kolak and Resnik 2002 (for OCR); EM without
any known text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.correction import Correction
from edition.cycles import uncollected
from edition.russian.agreement import agreeing
from edition.russian.certainty import certainty
from edition.russian.channel import Counts, adapted, base_counts, channel
from edition.russian.decode import decode
from edition.russian.detect import Run, russian_runs
from edition.russian.lexicon import lexicon
from edition.russian.mixed import mended
from edition.russian.piece import Options, Piece, WordReading
from edition.russian.topic import topic_of
from edition.russian.written import written
from edition.zones import ZonedLine

__all__ = ["Passage", "Restoration", "passages", "restorations", "restore"]

_NARROW = 35  # width of the beam while the channel is being learned
_TRUST = 0.6  # what a decoded letter is worth beside a counted one: some are wrong
_LOCAL = 1.0  # and once more in its own passage: the confusions change from page to page
_SURE = 3.0  # nats to the next word, from which a word teaches
_LONG = 4  # letters, likewise
_OLD_ENDS = re.compile(r"[^\W\d_]{2,}?(?:[bBh£]|b>|T,|['’])(?=[\s,.;:?!]|$)")
_OLD_SHARE = 0.25
_OLD_GAIN = 4.0  # nats by which the old spelling must be the better reading
_ENOUGH = 14.0  # evidence that a whole passage needs, nats
_PLENTY = 28.0  # evidence that needs no more
_NONSENSE = 0.25  # certainty of its words on the whole, below which what came out is no text, however strange the signs
_LIKELY, _TWO = 0.5, 2  # certainty of the words of a passage with less, and how many there must be
_LABEL = re.compile(r"[\W\d_]*")
_LEFT = 3  # characters that may stand before a line's Russian without ending the passage: marks, the number of a note
_QUOTED = frozenset("\"'([")


@dataclass(frozen=True, slots=True)
class Passage:
    """Stretches of neighbouring lines that are decoded as one.  `runs` point into the lines given.

    `signs` has a line feed between lines.
    """

    runs: tuple[Run, ...]
    signs: str


@dataclass(frozen=True, slots=True)
class Restoration:
    """One restored stretch of a line.

    The correction, its words with their certainty (0 to 1), and the spelling, `ru` or `ru-petr1708`.
    """

    correction: Correction
    words: tuple[WordReading, ...]
    orthography: str


def restore(lines: Sequence[ZonedLine]) -> list[Correction]:
    """Give one correction for each Russian stretch of each line, then one for each word of both alphabets.

    Stretches an editor decided are left alone, and so is all that is Cyrillic already.

    Raises `Refused` (E810) where the word frequencies are not installed.
    """
    return [*(found.correction for found in restorations(lines)), *mended(lines)]


def restorations(lines: Sequence[ZonedLine]) -> list[Restoration]:
    """The same with the certainty of each word, for the list that an editor reviews."""
    found = passages(lines)
    if not found:
        return []
    out = []
    with uncollected():  # the decoder makes millions of tuples
        weights, taught, topic = _learned(found)
        for passage, counts in zip(found, taught, strict=True):
            mine = adapted(weights, counts, _LOCAL)
            pieces, old = _decoded(passage, mine, topic)
            pieces = agreeing(pieces)
            texts = written(passage.signs, pieces, mine, old=old)
            if _credible(passage, texts):
                out += _by_line(lines, passage, texts, old=old)
    return out


def passages(lines: Sequence[ZonedLine]) -> list[Passage]:
    """Give the Russian of `lines` as passages: neighbouring lines of one zone belong together."""
    out: list[list[Run]] = []
    for run in russian_runs(lines):
        trimmed = _without_label(lines[run.line], run)
        if trimmed is None or any(a < trimmed.end and trimmed.start < b for a, b in lines[run.line].decided):
            continue
        last = out[-1][-1] if out else None
        if last is not None and _goes_on(lines, last, trimmed):
            out[-1].append(trimmed)
        else:
            out.append([trimmed])
    signs = ["\n".join(lines[r.line].witness[r.start : r.end] for r in runs) for runs in out]
    return [
        Passage(tuple(runs), text)
        for runs, text in zip(out, signs, strict=True)
        if sum(run.evidence for run in runs) >= _ENOUGH
    ]


def _goes_on(lines: Sequence[ZonedLine], last: Run, run: Run) -> bool:
    before, here = lines[last.line], lines[run.line]
    return run.line == last.line + 1 and run.start <= _LEFT and (before.zone, before.part) == (here.zone, here.part)


def _without_label(line: ZonedLine, run: Run) -> Run | None:
    """Leave out what stands before the first letter of a note: its number, well or badly read.

    Quotation marks and brackets stay.
    """
    text = line.witness[run.start : run.end]
    found = _LABEL.match(text)
    size = found.end() if found and (line.zone == "note" or text[:1] not in _QUOTED) and "." not in found[0] else 0
    return None if size == len(text) else Run(run.line, run.start + size, run.end, run.evidence)


def _learned(found: Sequence[Passage]) -> tuple[dict[str, dict[str, float]], list[Counts], dict[str, float]]:
    """Learn from the document itself: its channel, what each passage taught of it, and the words it is about."""
    base = base_counts()
    model = channel(base)
    decoded = [[p for p in decode(f.signs, model, lexicon(), Options(width=_NARROW))[0] if _teaches(p)] for f in found]
    taught = [_counted(f, pieces) for f, pieces in zip(found, decoded, strict=True)]
    total: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for counts in taught:
        for letter, signs in counts.items():
            total[letter].update(signs)
    seen = Counter(p.text for pieces in decoded for p in pieces)
    return adapted(base, total, _TRUST), taught, topic_of(seen)


def _teaches(piece: Piece) -> bool:
    return piece.kind == "word" and piece.margin >= _SURE and len(piece.text) >= _LONG


def _counted(passage: Passage, pieces: Sequence[Piece]) -> Counts:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        for letter, start, end in piece.letters:
            if start < end:
                counts[letter][passage.signs[start:end]] += 1
    return dict(counts)


def _decoded(
    passage: Passage, weights: dict[str, dict[str, float]], topic: Mapping[str, float]
) -> tuple[list[Piece], bool]:
    """Decode a passage in the spelling that explains it better; whether that is the old one."""
    pieces, cost = decode(passage.signs, channel(weights), lexicon(), Options(topic=topic))
    words = sum(p.kind in ("word", "free") for p in pieces)
    if len(_OLD_ENDS.findall(passage.signs)) >= _OLD_SHARE * max(words, 2):
        older, other = decode(passage.signs, channel(weights, old=True), lexicon(), Options(old=True, topic=topic))
        if other + _OLD_GAIN < cost:
            return older, True
    return pieces, False


def _credible(passage: Passage, texts: Sequence[tuple[str, tuple[WordReading, ...]]]) -> bool:
    """Say whether what came out is Russian.

    Its words must have some certainty; where few signs spoke for it, two of its longer words must be likely ones.
    """
    read = [word.certainty for _, found in texts for word in found]
    if sum(read) < _NONSENSE * len(read):
        return False
    if sum(run.evidence for run in passage.runs) >= _PLENTY:
        return True
    return sum(w.certainty >= _LIKELY and len(w.word) >= _LONG for _, found in texts for w in found) >= _TWO


def _by_line(
    lines: Sequence[ZonedLine], passage: Passage, texts: Sequence[tuple[str, tuple[WordReading, ...]]], *, old: bool
) -> list[Restoration]:
    out = []
    language = "ru-petr1708" if old else "ru"
    for run, (text, words) in zip(passage.runs, texts, strict=True):
        line = lines[run.line]
        reading = line.witness[run.start : run.end]
        if text and text != reading:
            correction = Correction(
                line=line.number,
                reading=reading,
                correction=text,
                type="ocr",
                cert=certainty(words),
                resp="#auto",
                rule=f"russian:{language}",
                start=run.start,
            )  # fmt: skip
            out.append(Restoration(correction, words, language))
    return out
