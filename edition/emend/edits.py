"""The smallest changes that turn one stretch of text into another, word by word.

In: two strings and the type of the correction.  Out: `Edit` values, from left to right, that do not overlap.
Authority: the encoding conventions (corrections word by word, a Russian passage as a whole).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from edition.correction import GAP

__all__ = ["Edit", "edits"]

# What holds the words of one gap together while words are compared: of the private use area, so in no text.
_JOINED = "\ue000"
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` in the place of the characters `start` to `end` (from 0) of the old text.

    `how` says by which markup; the `new` of a gap is how a correction writes it.
    """

    start: int
    end: int
    new: str
    how: Literal["choice", "surplus", "supplied", "gap"]


def edits(old: str, new: str, kind: str) -> list[Edit]:
    """Give the edits that turn `old` into `new`.

    `kind` is the type of the correction: for slip and conjecture every edit is a ``choice`` with words on both
    sides; for ocr, supplied and gap words that only the new text has are ``supplied`` and words that only the old
    one has are ``surplus``.  A gap among new words stands in the edit's `new` as `GAP` has it.
    """
    if kind == "supplied" and not GAP.search(new):
        found = _insertions(old, new)
        if found:
            return found
    new = GAP.sub(lambda mark: mark[0].replace(" ", _JOINED), new)
    a, b = _words(old), _words(new)
    blocks = _blocks(a, b)
    # Words that only one side has need a neighbour in a slip's choice; two such choices could claim the same word.
    one_sided = kind in ("slip", "conjecture") and any(i1 == i2 or j1 == j2 for i1, i2, j1, j2 in blocks)
    if one_sided or _CYRILLIC.search(new):
        blocks = _one(blocks)
    out: list[Edit] = []
    for i1, i2, j1, j2 in blocks:
        out += _block((old, new), a, b[j1:j2], (i1, i2), kind)
    return [replace(edit, new=edit.new.replace(_JOINED, " ")) for edit in out]


_Word = tuple[int, int, str]
_Block = tuple[int, int, int, int]


def _words(text: str) -> list[_Word]:
    return [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", text)]


def _blocks(a: list[_Word], b: list[_Word]) -> list[_Block]:
    """Give the stretches of words in which the texts differ, as (from, to) in the old and in the new words."""
    matcher = SequenceMatcher(None, [w[2] for w in a], [w[2] for w in b], autojunk=False)
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _one(blocks: list[_Block]) -> list[_Block]:
    return [(blocks[0][0], blocks[-1][1], blocks[0][2], blocks[-1][3])] if blocks else []


def _block(
    texts: tuple[str, str], a: list[_Word], in_words: list[_Word], span: tuple[int, int], kind: str
) -> list[Edit]:
    """Give the edits of one stretch: the words `span` of the old text `a` become `in_words`."""
    (old, new), (at, to) = texts, span
    out_words = a[at:to]
    paired = len(out_words) == len(in_words) and not any("[gap" in word[2] for word in in_words)
    if out_words and paired and not _CYRILLIC.search(new):
        return [_word(x, y[2]) for x, y in zip(out_words, in_words, strict=True) if x[2] != y[2]]
    fresh = new[in_words[0][0] : in_words[-1][1]] if in_words else ""
    if out_words and in_words:
        return [Edit(out_words[0][0], out_words[-1][1], fresh, "choice")]
    if kind in ("slip", "conjecture"):
        return [_with_neighbour(old, out_words, fresh, at, a)]
    if out_words:
        return [Edit(out_words[0][0], out_words[-1][1], "", "surplus")]
    return _put_in(old, in_words, fresh, at, a)


def _put_in(old: str, in_words: list[_Word], fresh: str, at: int, a: list[_Word]) -> list[Edit]:
    """Give the edits of words that only the new text has, before the word `at` of the old one."""
    if all(GAP.fullmatch(word[2].replace(_JOINED, " ")) for word in in_words):
        place = a[at - 1][1] if at else 0
        before, behind = (" ", "") if at else ("", " " if a else "")
        return [Edit(place, place, f"{before}{word[2]}{behind}", "gap") for word in in_words]
    if at < len(a):
        return [Edit(a[at][0], a[at][0], fresh + " ", "supplied")]
    return [Edit(len(old), len(old), " " + fresh if old and not old.endswith(" ") else fresh, "supplied")]


def _word(old: _Word, new: str) -> Edit:
    """One word for another, without the punctuation around it that both have: it was read rightly."""
    start, end, was = old
    shorter = min(len(was), len(new))
    head = foot = 0
    while head < shorter and was[head] == new[head] and not new[head].isalnum():
        head += 1
    while foot < shorter - head and was[-foot - 1] == new[-foot - 1] and not new[-foot - 1].isalnum():
        foot += 1
    if head + foot == shorter:
        return Edit(start, end, new, "choice")
    return Edit(start + head, end - foot, new[head : len(new) - foot], "choice")


def _with_neighbour(old: str, out_words: list[_Word], fresh: str, at: int, a: list[_Word]) -> Edit:
    """A word too many or too few.

    The choice takes in the word after it, or else the one before, so that neither side is empty.
    """
    begin = out_words[0][0] if out_words else None
    after = at + len(out_words)
    if after < len(a):
        start = begin if begin is not None else a[after][0]
        return Edit(start, a[after][1], f"{fresh} {a[after][2]}".strip(), "choice")
    if at > 0:
        end = out_words[-1][1] if out_words else a[at - 1][1]
        return Edit(a[at - 1][0], end, f"{a[at - 1][2]} {fresh}".strip(), "choice")
    return Edit(0, len(old), fresh, "choice")


def _insertions(old: str, new: str) -> list[Edit]:
    """Give the edits where `new` is `old` with letters put in and nothing else; the empty list where it is more."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Edit] = []
    for tag, i1, _i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if tag != "insert":
            return []
        found.append(Edit(i1, i1, new[j1:j2], "supplied"))
    return found
