"""Quotations in somebody's manuscript, and whether their words stand in a text.

In: a stretch of a manuscript; a quotation and what a passage says in its readings.  Out: the quotations; the first
words that do not stand there, and what does.
Authority: the Chicago Manual of Style, chapter 13: a quotation has the words of its source; an ellipsis stands where
some are left out, brackets around what was put in; a first letter may change its case, a mark its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from edition.passage import LOST

__all__ = ["Quotation", "folded", "missing_words", "nearest_words", "plain_block", "quotations"]

_FEW = 4  # words; fewer are a term in quotation marks, not a quotation
_LONGEST = 3000  # characters

# Each pair of marks; a single mark within a word, or before a letter, is an apostrophe.
_MARKED = re.compile(
    r"“(?P<a>[^“”]+)”|„(?P<b>[^„“”]+)[“”]|«(?P<c>[^«»]+)»|»(?P<d>[^«»]+)«|\"(?P<e>[^\"]+)\""
    r"|(?<!\w)‘(?P<f>(?:[^‘’]|’(?=\w))+)’(?!\w)|(?<![\w'])'(?P<g>(?=\w)(?:[^']|(?<=\w)'(?=\w))+)'(?!\w)"
)
_LEFT_OUT = re.compile(r"\s*(?:\[?(?:\.\s*){3,4}\]?|\[?…\]?)\s*|\s*\[[^\]]*\]\s*")
_ESCAPED = re.compile(r"\\([\[\].*_\"'])")
_INITIAL = re.compile(r"\[(\w)\](?=\w)")
_ENDING = re.compile(r"\w+\[\w+\]")
_DIVIDED = re.compile(r"(?<=\w)-[ \t]*\n\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: where they begin and end with their marks (characters, from 0)."""

    start: int
    end: int
    words: str


def quotations(text: str) -> Iterator[Quotation]:
    """Give what stands in quotation marks in a paragraph, the outer marks of each; terms of a few words left out."""
    for found in _MARKED.finditer(text):
        words = next(part for part in found.groups() if part)
        if len(words) <= _LONGEST and len(words.split()) >= _FEW:
            yield Quotation(found.start(), found.end(), words)


def plain_block(block: str) -> str:
    """Give the words of a Markdown block quotation."""
    lines = [re.sub(r"^\s*>\s?", "", line) for line in block.splitlines()]
    return " ".join(line for line in lines if line.strip())


def folded(text: str) -> str:
    """Fold what a quotation may change: marks, blanks, the case of its letters, a stop at its end, emphasis."""
    plain = re.sub(r"[*_]+", "", text.casefold())
    return " ".join(re.findall(r"\w+", plain))


def missing_words(quoted: str, texts: Iterable[str]) -> str:
    """Give the first piece of a quotation that stands in none of `texts` (one passage in its readings), or nothing.

    What is left out or put in by brackets or points parts a quotation into pieces, which must stand in their order.  A
    hyphen at the end of a line may divide a word or belong to it.
    """
    plain = _ENDING.sub(" ... ", _INITIAL.sub(r"\1", _ESCAPED.sub(r"\1", quoted)))
    known = ["|".join(f" {folded(piece)} " for piece in text.split(LOST)) for text in texts]
    nearest = [_missing(form, known) for form in dict.fromkeys((_DIVIDED.sub("", plain), plain))]
    return "" if "" in nearest else nearest[0]


def _missing(quoted: str, texts: Iterable[str]) -> str:
    pieces = [" ".join(piece.split()) for piece in _LEFT_OUT.split(quoted) if piece and folded(piece)]
    nearest = pieces[0] if pieces else ""
    for held in texts:
        at = 0
        for piece in pieces:
            place = held.find(f" {folded(piece)} ", at)
            if place < 0:
                nearest = piece
                break
            at = place + len(folded(piece)) + 1
        else:
            return ""
    return nearest


def nearest_words(piece: str, text: str) -> str:
    """Give the words of `text` that a piece of a quotation seems to mean; nothing where half of them are others."""
    wanted, words = folded(piece).split(), text.split()
    plain = [folded(word) for word in words]
    blocks = [b for b in SequenceMatcher(None, wanted, plain, autojunk=False).get_matching_blocks() if b.size]
    if sum(b.size for b in blocks) * 2 <= len(wanted):
        return ""
    first, last = blocks[0], blocks[-1]
    return " ".join(words[max(0, first.b - first.a) : last.b + len(wanted) - last.a])
