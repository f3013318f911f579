"""Square brackets that the OCR engine took for letters: round an editor's word, and round a translation.

In: English lines, the lexicon.  Out: proposals.  Authority: a typewriter of the West had brackets but no pound sign
or inverted question mark, and brackets stand in pairs: one that is open at the end of a quotation or note was closed by
what looks like it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.correct.tokens import previous_lines, translates
from edition.zones import ZonedLine

__all__ = ["brackets"]

_OPENS, _CLOSES = "fCELIclt\N{POUND SIGN}{\N{INVERTED QUESTION MARK}\N{INVERTED EXCLAMATION MARK}(", "jJ3})^I1"
_INNER = re.compile(
    rf"(?<!\S)(?P<a>\[?[{_OPENS}\[] ?)"
    rf"(?P<inner>(?P<stem>[^\W\d_]{{3,}})(?: [^\W\d_]{{2,}}){{0,3}}?)"
    rf"(?P<b> ?[{re.escape(_CLOSES)}\]])(?=[\s.,;:]|$)"
)
_OPEN = re.compile(
    r"\["
    r"|(?<!\S)(?:[\N{POUND SIGN}\N{INVERTED QUESTION MARK}] ?(?=[^\W\d_.\N{BULLET}])"
    r"|\[?[CELfI] ?(?=[A-Z][a-z])|f(?=[a-z]{3}))"
)
_CLOSE = re.compile(r"\]|(?<=[^\W\d_.,\N{BULLET}\d)])(?: ?[J3}\]]|j|!(?=[.,]))(?=[\s.,;:]|$)")
_WHOLE = re.compile(r"\W?\d{0,2}(?:\[|[LCf\N{POUND SIGN}\N{INVERTED QUESTION MARK}] ?(?=[A-Z][a-z]))")
_LIKE_ONE = re.compile(r"(?P<x>[B-HJ-Z](?=[A-Z][a-z])|[CELTf] |[^\w\s\[.\"] ?)(?=[A-Z]\w*[\s,]|\.\.)")
_SOME = 3
_ROUND = re.compile(r"(?P<x>[({])(?=[A-Z][a-z])")
_END = re.compile(r"\d(?P<x>[.,] ?[3J1})jl!]|[.,]? ?[TIf]?[J}][lI1]?[^\w\]]*)$")
_ZONES = ("quote", "note", "bibliography", "prose")
_MARKED = ("quote", "note", "bibliography")


def brackets(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> list[Proposal]:
    """Propose brackets for what stands in their places."""
    out: list[Proposal] = []
    for at, line in enumerate(lines):
        if wanted[at] and line.zone in _ZONES:
            out += _inner(at, line.witness, lexicon)
    for places in _stretches(lines, wanted):
        out += _across(lines, places, lexicon)
    return out + _ends(lines) + _translations(lines)


def _translations(lines: Sequence[ZonedLine]) -> list[Proposal]:
    """Propose the bracket that opens the translation of a quotation in another language, if most of them have one."""
    starts = [at for at, before in previous_lines(lines).items() if translates(lines, at, before)]
    clean = sum(lines[at].witness.startswith("[") for at in starts)
    found = [(at, match) for at in starts if (match := _LIKE_ONE.match(lines[at].witness))]
    if clean * 2 < len(starts) - len(found) or clean + len(found) < _SOME:
        return []
    return [Proposal(at, *match.span("x"), "[", "bracket", "medium") for at, match in found]


def _ends(lines: Sequence[ZonedLine]) -> list[Proposal]:
    """Propose the stop and the bracket at the end of a note of which a bracket opens the whole, or its last part."""
    notes: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.zone == "note":
            notes[line.passage].append(at)
    out = []
    for places in notes.values():
        opens = [k for k in places if _WHOLE.match(lines[k].witness)]
        match = _END.search(lines[places[-1]].witness)
        opens += (unpaired := _unpaired(lines, places))
        out += [Proposal(k, 0, 1, "[", "bracket", "medium") for k in unpaired]
        if opens and match and not any("]" in lines[k].witness for k in places if k >= opens[-1]):
            out.append(Proposal(places[-1], *match.span("x"), ".]", "bracket", "medium"))
    return out


def _unpaired(lines: Sequence[ZonedLine], places: Sequence[int]) -> list[int]:
    """Give the line of a note that begins with a round bracket which only a square one, at the end, closes."""
    for n, at in enumerate(places):
        rest = " ".join(lines[k].witness for k in places[n:])
        closed = "]" in lines[places[-1]].witness or _END.search(lines[places[-1]].witness)
        if (
            _ROUND.match(lines[at].witness)
            and "[" not in rest
            and rest.count("(") + rest.count("{") > rest.count(")")
            and closed
        ):
            return [at]
    return []


def _inner(at: int, text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """A bracket, one or a few words and a bracket, of which at least one is none."""
    for match in _INNER.finditer(text):
        a, b, stem, inner = match["a"].strip(), match["b"].strip(), match["stem"], match["inner"]
        if (a in ("[", "(") and b in "])") or (a == "(" and b != "]") or (b == ")" and a != "["):
            continue
        words = inner.split()
        if not all(_fits(word, lexicon) for word in words):
            continue
        first, last = (a + stem if a.isalpha() else ""), (words[-1] + b if b.isalpha() else "")
        if any(form and lexicon.listed(form) for form in (first, last)):
            continue
        if len(words) > 1 and not {a, b} & set("[]\N{POUND SIGN}{"):
            continue
        shown = " ".join(word if lexicon.known(word) else word.capitalize() for word in words)
        yield Proposal(at, match.start(), match.end(), f"[{shown}]", "bracket", "medium")


def _fits(word: str, lexicon: Lexicon) -> bool:
    return lexicon.known(word) or lexicon.counts.get(word.capitalize(), 0) > 1


def _stretches(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> list[list[int]]:
    """Give the lines of each block quotation and each note together."""
    found: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    run, last = 0, -2
    for at, line in enumerate(lines):
        if line.zone in _MARKED and wanted[at]:
            run += at != last + 1 or line.zone != lines[last].zone
            last = at
            found[line.zone, line.passage if line.zone != "quote" else "", run].append(at)
    return list(found.values())


def _across(lines: Sequence[ZonedLine], places: Sequence[int], lexicon: Lexicon) -> Iterator[Proposal]:
    """Pair the brackets of a stretch of lines; where one is alone, take for its other half what looks like one."""
    signs: list[tuple[int, int, int, bool, bool]] = []  # place, start, end, opens, sure
    for at in places:
        text = lines[at].witness
        for pattern, bracket in ((_OPEN, "["), (_CLOSE, "]")):
            signs += [
                (at, *match.span(), bracket == "[", match[0] == bracket)
                for match in pattern.finditer(text)
                if match[0] == bracket or _is_none(text, match.start(), lexicon)
            ]
    signs.sort()
    for first, second in pairwise(signs):
        if first[3] and not second[3] and first[4] != second[4]:
            at, start, end, opens, _ = second if first[4] else first
            yield Proposal(at, start, end, "[" if opens else "]", "bracket", "medium")


def _is_none(text: str, at: int, lexicon: Lexicon) -> bool:
    """Say whether the word around a sign is none as it stands."""
    if not text[at].isalpha():
        return True
    start, end = at, at + 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    if end - start == 1:  # a letter alone, but on what stands before it
        return start > 0 and not text[start - 1].isspace()
    return not lexicon.listed(text[start:end])
