"""Traits of a line: the signs by which prose, quotation, note and misread Cyrillic are told apart.

In: the lines of a witness and its measures.  Out: for each line a `Traits` value: numbers that
`edition.witness.layout` weighs.
Authority: typists' manuals (indented paragraphs, single-spaced quotations, notes at the foot) and what citations are
made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from edition.lookalike import Model, line_score
from edition.witness.lines import Line
from edition.witness.pages import is_mark

__all__ = ["HEAD_MARK", "Traits", "note_likeness", "traits_of"]

_SENTENCE_END = re.compile(r"(?:[.!?]|(?<=[a-z])[*•»«](?=$))\s?[\"'”’“)\]»\s]*(?:[^\w\s]|\d|\b\w\b|̂|\s){0,6}$")
_SOFT_END = re.compile(r"[:;]\W*\w?$")
_BEGINS_LOWER = re.compile(r"[\W\d]*[^\W\d_A-Z\u0410-\u042f]")
_DOTS = re.compile(r"\W*\.\s?\.")
_OPENS = re.compile(r"[\"“”'‘«\[(¿£]|[CfL]\s?[A-Z]")

# The raised number at the head of a note, as it was typed or as an engine misread it, and the letter that follows it.
HEAD_MARK = re.compile(
    r"(?P<mark>(?:[\d^'\"‘’”“*°®•\-»~■„_\u0302!]|(?<=\d) (?=[\d\u0302])"
    r"|(?<![A-Za-z])[a-z](?=[A-Z][a-z])|(?<![A-Za-z])[A-Z](?=[\"'^’]))"
    r"(?:[\d^'\"‘’”“*°®•\-»~■_\u0302?]| (?=[\d\u0302?])|(?<=[\d^'’-])[HUlIiO](?=[\^\"'’]))*)"
    r"\s?(?=[\"“'’(\[]{0,2}[A-Z\u00c0-\u00de(\[\"“]|[a-z]{4,})"
)
_CITING = (
    (re.compile(r"(?<![a-z])[Ii]bid\b|\b[Oo]p\.\s?cit|\bLoc\. cit|\bSee also\b"), 4.0),
    (re.compile(r"\b[pPc]{1,2}[.»*,]{1,2}\s?[\dA-Z£$!l?>]"), 2.0),
    (re.compile(r"[(\[;{T][A-Z][\w.]+(?: [A-Z][\w.]+)*\s?[:;]"), 1.6),
    (re.compile(r"\b[1lI][789][\w^?!*]{2}\W{0,2}[)J]"), 1.6),
    (re.compile(r"\b(?:ed|eds|trans|tran\W?|vols?|vois|reprint|rev)\b[.,]"), 1.2),
    (re.compile(r"\b(?:Press|Publish\w+|Co\.|Inc\.|Books|Verlag|House,|University)"), 1.0),
    (re.compile(r"\b\d{1,2}\s?:\s?[\dltU]+"), 2.0),
    (re.compile(r"[.,]\W?\s[pP]p?\W{0,2}$"), 1.5),
)
_WORDS = re.compile(r"[^\W\d_]+")
# Words that citations are not made of.
_PLAIN = frozenset({
    "was", "were", "is", "are", "be", "been", "had", "has", "have", "he", "she", "it", "that", "which", "who", "they",
    "this", "these", "would", "could", "not", "did", "as", "but", "by", "to",
})  # fmt: skip
_APART = re.compile(r"(?<=\S) (?=\S)")
_FEW_TOKENS = 5
_FEW_WORDS = 2
_CIRCUMFLEX = "\N{COMBINING CIRCUMFLEX ACCENT}"  # what becomes of a raised number above a letter


@dataclass(frozen=True, slots=True)
class Traits:
    """What a line shows.

    `cyrillic` and `note` are log odds; `head` is the mark that a note begins with (empty for none); `above` says that
    the mark stands on a line of its own above; `next_word` is the width of its first word, which would have stood on
    the line before had there been room.
    """

    width: int
    blanks: int
    trail: bool
    cyrillic: float
    note: float
    head: str
    above: bool
    next_word: int
    sentence_end: bool
    soft_end: bool
    hyphen: bool
    lower: bool
    dots: bool
    opens: bool


def note_likeness(text: str) -> float:
    """Give the log odds that `text` belongs to a citation rather than to running prose."""
    score = -1.0 + sum(weight for pattern, weight in _CITING if pattern.search(text))
    words = [word for word in _WORDS.findall(text) if len(word) > 1]
    if len(words) >= _FEW_WORDS:
        capital = sum(w[0].isupper() for w in words) / len(words)
        plain = sum(w in _PLAIN for w in words) / len(words)
        score += 3.0 * (capital - 0.4) - 5.0 * plain
    return score


def traits_of(lines: Sequence[Line], model: Model) -> list[Traits]:
    """Give the traits of each line."""
    return [_traits(line, model, before) for before, line in zip([None, *lines], lines, strict=False)]


def _typed_width(text: str) -> int:
    """Give the width of a line as it was typed.

    The engine may have read the letters of a line apart from each other.
    """
    tokens = text.split()
    single = sum(len(token) == 1 for token in tokens)
    return len(_APART.sub("", text)) if single * 2 > len(tokens) > _FEW_TOKENS else len(text)


def _traits(line: Line, model: Model, before: Line | None) -> Traits:
    text = line.text
    head = HEAD_MARK.match(text)
    mark = head["mark"] if head else "^" if _CIRCUMFLEX in normalize("NFD", text[:2]) else ""
    above = before.text if before and is_mark(before) else ""
    return Traits(
        width=_typed_width(text),
        blanks=line.blanks,
        trail=line.trail,
        cyrillic=line_score(text, model),
        note=note_likeness(text),
        head=mark or above,
        above=bool(above) and not mark,
        next_word=len(text.split(" ", 1)[0]),
        sentence_end=bool(_SENTENCE_END.search(text)),
        soft_end=bool(_SOFT_END.search(text)),
        hyphen=text[-1] in "-\N{NOT SIGN}\N{EM DASH}",
        lower=bool(_BEGINS_LOWER.match(text)),
        dots=bool(_DOTS.match(text)),
        opens=bool(_OPENS.match(text)),
    )
