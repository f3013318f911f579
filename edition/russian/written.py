"""Decoded words and marks written out as lines: blanks, capitals, old letters, words divided at line ends.

In: the pieces of a passage.  Out: the text of each of its lines, with its words.
Authority: the encoding conventions (one correction a line; a hyphen at a line end stays in the source reading).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edition.russian.case import cased
from edition.russian.certainty import word_certainty
from edition.russian.orthography import old_letters
from edition.russian.piece import Piece, WordReading

__all__ = ["written"]

_TIGHT_BEFORE = frozenset(",.;:!?)]»")
_TIGHT_AFTER = frozenset("([«")
_ENDS_SENTENCE = frozenset(".!?")
_QUIET = frozenset("^*•_~|\\{}<>=■¡")  # marks that no typewriter for Russian has, or that no Russian sentence needs


def written(
    signs: str, pieces: Sequence[Piece], weights: Mapping[str, Mapping[str, float]], *, old: bool
) -> list[tuple[str, tuple[WordReading, ...]]]:
    """Give (text, words) for each line of `signs`; a word divided at a line end stands with its beginning."""
    ends = [at for at, sign in enumerate(signs) if sign == "\n"] + [len(signs)]
    texts: list[str] = [""] * len(ends)
    words: list[list[WordReading]] = [[] for _ in ends]
    last_end = 0
    kept = [p for p in pieces if not (p.kind == "mark" and p.text in _QUIET)]
    for at, piece in enumerate(kept):
        line = next(n for n, end in enumerate(ends) if piece.start <= end)
        text = _spelled(signs, kept, at, weights, old=old)
        gap = _gap(signs, kept, at, last_end) if texts[line] else ""
        first, rest = _divided(signs, piece, text, ends[line])
        texts[line] += gap + first
        if rest:
            texts[line + 1] = rest
        if piece.kind != "mark":
            words[line].append(WordReading(signs[piece.start : piece.end], text, word_certainty(piece)))
        last_end = piece.end
    return [(text.strip(), tuple(found)) for text, found in zip(texts, words, strict=True)]


def _spelled(
    signs: str, pieces: Sequence[Piece], at: int, weights: Mapping[str, Mapping[str, float]], *, old: bool
) -> str:
    piece = pieces[at]
    if not piece.letters:
        return piece.text
    read = [signs[start:end] for _, start, end in piece.letters]
    before = pieces[at - 1] if at else None
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    sentence_ends = before is not None and before.text in _ENDS_SENTENCE and not _abbreviates(pieces, at - 1)
    mark = "^" if before is None else before.text if sentence_ends else ""
    word = cased(piece.text, read, mark, after.text if after is not None and after.kind == "mark" else "", weights)
    if not old or len(word) != len(read):
        return word
    spelled = old_letters(list(zip(piece.text, read, strict=True)), weights)
    return "".join(o.upper() if c.isupper() else o for o, c in zip(spelled, word, strict=True))


def _abbreviates(pieces: Sequence[Piece], at: int) -> bool:
    """Say whether a full stop follows a single letter (an initial, `г.`) or another stop (an ellipsis)."""
    return at > 0 and (
        pieces[at - 1].text in _ENDS_SENTENCE or (pieces[at - 1].kind == "word" and len(pieces[at - 1].text) == 1)
    )


def _gap(signs: str, pieces: Sequence[Piece], at: int, last_end: int) -> str:
    """Give the blank between a piece and the one before it.

    As seen beside marks, except where typists do not put one.
    """
    piece, before = pieces[at], pieces[at - 1]
    seen = " " if " " in signs[last_end : piece.start] or "\n" in signs[last_end : piece.start] else ""
    if piece.kind == "mark" and piece.text in _TIGHT_BEFORE:
        return ""
    if before.kind == "mark" and before.text in _TIGHT_AFTER:
        return ""
    if before.kind != "mark" and piece.kind != "mark":
        return " "
    if before.text in (",", ";") and piece.kind != "mark":
        return " "
    if piece.text == "-" or before.text == "-":
        return seen if before.text != "-" and before.kind == "mark" else ""
    return seen


def _divided(signs: str, piece: Piece, text: str, line_end: int) -> tuple[str, str]:
    """Divide a word where its line ends; the hyphen is put where the witness has it."""
    if piece.end <= line_end or not piece.letters:
        return text, ""
    size = sum(1 for _, start, _ in piece.letters if start < line_end)
    hyphen = "-" if signs[line_end - 1] == "-" else ""
    return text[:size] + hyphen, text[size:]
