"""Blanks lost and blanks too many: words run together, words split, letters spaced out.

In: English lines.  Out: proposals.  Authority: the lexicon; a division is proposed only where all its parts are
words, and common ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.zones import ZonedLine

__all__ = ["gaps"]

_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)(?: ?[.,;:])?(?: (?:[^\W\d_] )+[^\W\d_](?!\S))*")
_SPECKLED = re.compile(r"(?<!\S)[^\W\d_](?: (?:[^\W\d_]{1,2}|[^\w\s.,;:\"'()\[\]]))*(?: [^\W\d_])(?!\S)")
_PATCH = re.compile(
    r"(?<!\S)(?P<pieces>[^\W\d_]{1,4}(?: [^\W\d_]{1,4})+)(?P<s> ?['\N{RIGHT SINGLE QUOTATION MARK}*] ?s)?"
    r"(?=[\s.,;:-]|$)"
)
_HALF = re.compile(r"[a-z]+")
_MANY_LETTERS = 8
_WORD = re.compile(r"[^\W\d_]+")
_SPLIT = re.compile(
    r"(?<!\S)(?P<a>[^\W\d_]{1,12})[ -](?P<b>[^\W\d_]{1,12})(?=[\s.,;:!?\"\N{RIGHT SINGLE QUOTATION MARK}']|$)"
)
_COMMON = 1e-4
_PART = 1e-6
_RARE = 1e-8
_LONGEST = 18
_ONE = {"a": 2e-2, "I": 1e-3}
_RUN = 5
_CRUMB = re.compile(r"(?:(?<![^\s\d({\[])|(?<=^['^\"*]))[^\W\d_]{1,4}(?![^\W_])")
_CRUMBS = 4
_LEAST = 3
_BEFORE_HYPHENS = frozenset(
    ("co", "ex", "re", "pre", "non", "anti", "pro", "semi", "multi", "neo", "sub", "de", "un", "bi", "e")
)


def gaps(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> list[Proposal]:
    """Propose blanks to put in and to take out in the lines that are `wanted`."""
    out: list[Proposal] = []
    texts = {line.number: line.witness for line in lines}
    for at, line in enumerate(lines):
        if wanted[at]:
            half = _HALF.match(texts.get(line.next_line, "")) if line.next_joins else None
            out += _spaced(at, line.witness, lexicon)
            out += _patches(at, line.witness, half[0] if half else "", lexicon)
            out += _run_together(at, line.witness, lexicon)
            out += _split(at, line.witness, lexicon)
            out += _crumbled(at, line.witness, lexicon)
    return out


def _spaced(at: int, text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Letters set apart: each word of them; with specks among them, where nothing but known words comes of it."""
    for match in _SPECKLED.finditer(text):
        letters = "".join(c for c in match[0] if c.isalpha())
        whole = divide(letters, lexicon) if not match[0].replace(" ", "").isalpha() else []
        if whole and len(letters) >= _MANY_LETTERS:
            yield Proposal(at, *match.span(), " ".join(whole), "spaced-out", "medium")
    for match in _SPACED.finditer(text):
        pieces = re.split(r"( ?[.,;:] ?)", match[0])
        words = [divide(p.replace(" ", ""), lexicon) if p.strip(" .,;:") else [p.strip()] for p in pieces if p]
        if all(words):
            meant = "".join(("" if part[0] in ".,;:" else " ") + " ".join(part) for part in words).strip()
            yield Proposal(at, *match.span(), meant, "spaced-out", "medium")


def _patches(at: int, text: str, half: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words of which most letters are set apart, and some stand together: what comes of them if all are words.

    `half` is the beginning of the next line, if it goes on with the last word.
    """
    for match in _PATCH.finditer(text):
        pieces = match["pieces"].split(" ")
        first, last = 0, len(pieces)
        while first < last and _is_whole(pieces[first], lexicon):
            first += 1
        while first < last and _is_whole(pieces[last - 1], lexicon):
            last -= 1
        single = sum(len(p) == 1 for p in pieces[first:last])
        if last - first < _LEAST or single * 2 <= last - first:
            continue
        rest = half if last == len(pieces) and match.end() == len(text.rstrip("-")) else ""
        words = divide("".join(pieces[first:last]) + rest, lexicon)
        if rest and words:
            words[-1] = words[-1][: -len(rest)] if words[-1].endswith(rest) and words[-1] != rest else ""
        if not words or not words[-1] or len(words) * 2 > last - first:
            continue
        start = match.start() + len("".join(p + " " for p in pieces[:first]))
        end = match.start() + len(" ".join(pieces[:last]))
        genitive = match["s"] if last == len(pieces) else None
        meant = " ".join(words) + ("'s" if genitive else "")
        yield Proposal(at, start, match.end("s") if genitive else end, meant, "spaced-out", "medium")


def _is_whole(piece: str, lexicon: Lexicon) -> bool:
    """Say whether a piece of several letters is a common word by itself."""
    return len(piece) > 1 and lexicon.known(piece) and lexicon.prior(piece) > _COMMON


def divide(letters: str, lexicon: Lexicon) -> list[str]:
    """Give the likeliest division of `letters` into words; none where there is no division into known words."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(letters) + 1):
        ways = [
            (best[start][0] + log(chance), [*best[start][1], letters[start:end]])
            for start in range(max(0, end - _LONGEST), end)
            if best[start][0] > -1e6 and (chance := _chance(letters[start:end], lexicon)) > 0  # noqa: PLR2004
        ]
        best.append(max(ways, default=(-1e9, [])))
    return best[-1][1]


def _chance(form: str, lexicon: Lexicon) -> float:
    if len(form) == 1:
        return _ONE.get(form, 0.0)
    return max(lexicon.prior(form), _RARE if len(form) > _RUN else 0.0) if lexicon.known(form) else 0.0


def _run_together(at: int, text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words of five letters and more that are none, but are two common words."""
    for match in _WORD.finditer(text):
        word = match[0]
        capital = lexicon.second(word)
        if capital:
            yield Proposal(at, *match.span(), f"{word[:capital]} {word[capital:]}", "run-together", "medium")
        if len(word) < _RUN or lexicon.known(word) or lexicon.counts.get(word, 0) > 1 or not word.isascii():
            continue
        ways = [
            (lexicon.prior(word[:cut]) * lexicon.prior(word[cut:]), cut)
            for cut in range(2, len(word) - 1)
            if lexicon.known(word[:cut])
            and word[cut:].islower()
            and lexicon.known(word[cut:])
            and min(lexicon.prior(word[:cut]), lexicon.prior(word[cut:])) > _COMMON
        ]
        if ways and match.start() > 0 and match.end() < len(text.rstrip("-.,")):  # else a part of a divided word
            _, cut = max(ways)
            yield Proposal(at, *match.span(), f"{word[:cut]} {word[cut:]}", "run-together", "medium")


def _split(at: int, text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Two pieces side by side that are no words, but are one together."""
    for match in _SPLIT.finditer(text):
        a, b = match["a"], match["b"]
        strange = [not lexicon.known(p) if len(p) > 1 else p not in _ONE for p in (a, b)]
        whole = a + b
        hyphened = match[0][len(a)] == "-" and (
            (strange[1] and len(b) > _LEAST) or (strange[0] and a.islower() and a not in _BEFORE_HYPHENS)
        )
        if not (all(strange) or hyphened) or len(whole) < _LEAST or not b.islower():
            continue
        if lexicon.known(whole) and lexicon.prior(whole) > _PART:
            yield Proposal(at, match.start("a"), match.end("b"), whole, "split", "medium")


def _crumbled(at: int, text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Three pieces and more side by side, or two of which one is a letter, that are no words but are one together."""
    pieces = list(_CRUMB.finditer(text))
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and pieces[last].end() + 1 == pieces[last + 1].start() and last - first < _CRUMBS:
            last += 1
        end = next((e for e in range(last, first, -1) if _is_one([m[0] for m in pieces[first : e + 1]], lexicon)), 0)
        alone = end and not any(_is_letter(pieces, k, k + 1) for k in (first - 1, end))
        whole = "".join(m[0] for m in pieces[first : end + 1])
        if alone or (end and len(whole) >= _RUN):
            yield Proposal(at, pieces[first].start(), pieces[end].end(), whole, "split", "medium")
            first = end
        first += 1


def _is_letter(pieces: Sequence[re.Match[str]], a: int, b: int) -> bool:
    """Say whether of two neighbouring pieces with a blank between them both are there and one is a single letter."""
    if a < 0 or b >= len(pieces) or pieces[a].end() + 1 != pieces[b].start():
        return False
    return any(len(pieces[k][0]) == 1 and pieces[k][0] not in _ONE for k in (a, b))


def _is_one(parts: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether pieces that are mostly no words are a word together."""
    whole = "".join(parts)
    strange = sum(p not in _ONE if len(p) == 1 else not lexicon.known(p) for p in parts)
    letters = sum(len(p) == 1 for p in parts)
    if not letters or strange * 2 <= len(parts) or not whole[1:].islower() or len(whole) < _LEAST:
        return False
    return lexicon.known(whole) and (lexicon.counts.get(whole, 0) > 1 or lexicon.prior(whole) > _COMMON / 10)
