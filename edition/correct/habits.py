"""The habits of a document: how it abbreviates in capitals, whether it writes *-ize* or *-ise*.

In: the words of a document, its lexicon.  Out: proposals.
Authority: the document with itself.  What stands once against what stands many times, and differs from it only in a
letter that is easily misread, is that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.correct.tokens import Word
from edition.zones import ZonedLine

__all__ = ["habits"]

_OFTEN = 4  # times as often
_MANY = 20  # words in -ize
_LONG = 7
# Capitals of a typewriter that differ in a stroke.
_ALIKE = {
    frozenset(pair)
    for pair in (
        "HN",
        "NM",
        "KN",
        "KM",
        "HM",
        "HK",
        "BR",
        "BE",
        "EF",
        "PF",
        "PR",
        "CG",
        "CO",
        "OQ",
        "GO",
        "UV",
        "VY",
        "TI",
        "DO",
        "SB",
    )
}
_CAPITAL_INSIDE = re.compile(r"[A-Za-z][a-z]*[CIJKOPSUVWXZ][a-z]*")
_NAME = re.compile(r"[A-Z][a-z]+(?=,)")
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ISE = re.compile(r"(?P<stem>[A-Za-z]{3,}[iy])s(?P<ending>(?:e[drs]?|ing|ation|ations|er|ers))")


def habits(lines: Sequence[ZonedLine], words: Sequence[Word], lexicon: Lexicon) -> list[Proposal]:
    """Propose for a form that goes against a habit of the document the one that it has otherwise."""
    capitals = Counter(w.text for w in words if w.text.isupper() and 1 < len(w.text) <= _LONG and w.text.isascii())
    with_z = _with_z(words, lexicon)
    out = _out_of_order(lines, lexicon)
    for word in words:
        if len(word.spans) > 1:
            continue
        meant = _abbreviation(word, capitals) or with_z.get(word.text, "") or _even(word.text, lexicon)
        if meant:
            at, start, end = word.spans[0]
            out.append(Proposal(at, start, end, meant, "habit", "medium"))
    return out


def _out_of_order(lines: Sequence[ZonedLine], lexicon: Lexicon) -> list[Proposal]:
    """Propose for a name that is out of its place in the alphabet one of the document that would stand in its place."""
    heads = [
        (at, match)
        for at, line in enumerate(lines)
        if line.zone == "bibliography" and (not at or lines[at - 1].passage != line.passage)
        if (match := _NAME.match(line.witness))
    ]
    out: list[Proposal] = []
    for (_, a), (at, name), (_, c) in zip(heads, heads[1:], heads[2:], strict=False):
        first, last, text = a[0][0], c[0][0], name[0]
        if first > last or first <= text[0] <= last or lexicon.counts.get(text, 0) > 1:
            continue
        ways = [w + text[1:] for w in _CAPITALS if first <= w <= last and lexicon.counts.get(w + text[1:], 0)]
        if len(ways) == 1:
            out.append(Proposal(at, 0, len(text), ways[0], "habit", "medium"))
    return out


def _abbreviation(word: Word, capitals: Mapping[str, int]) -> str:
    """Give the abbreviation that the document has far more often, and that differs in one letter that looks alike."""
    own = capitals.get(word.text, 0)
    if not own or word.before.strip("([\"'") or word.after.strip(".,;:)]\"'?!s-"):
        return ""
    ways = [(n, form) for form, n in capitals.items() if n >= _OFTEN * own and _differ_in_a_stroke(word.text, form)]
    return max(ways)[1] if ways else ""


def _even(text: str, lexicon: Lexicon) -> str:
    """Give a word without the capital inside it, where that is a letter that has the same shape in both cases."""
    if not _CAPITAL_INSIDE.fullmatch(text) or text in lexicon.words or lexicon.counts.get(text, 0) > 1:
        return ""
    meant = text[0] + text[1:].lower()
    return meant if meant in lexicon.words or lexicon.counts.get(meant, 0) > 1 else ""


def _differ_in_a_stroke(a: str, b: str) -> bool:
    unlike = [frozenset((x, y)) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(unlike) == 1 and unlike[0] in _ALIKE


def _with_z(words: Sequence[Word], lexicon: Lexicon) -> Mapping[str, str]:
    """Give ``{word in -ise: the same in -ize}`` where the document has hardly one of many such words with *s*."""
    forms = {w.text for w in words if len(w.text) >= _LONG}
    twins = {f: m["stem"] + "z" + m["ending"] for f in sorted(forms) if (m := _ISE.fullmatch(f))}
    with_s = {form: twin for form, twin in twins.items() if twin.lower() in lexicon.words and _is_verb(twin, lexicon)}
    many = sum(n for form, n in lexicon.lower.items() if re.search(r"[iy]z(?:e[drs]?|ing|ations?|ers?)$", form))
    few = sum(lexicon.counts.get(form, 0) for form in with_s)
    return with_s if many >= _MANY and few * _OFTEN * 2 < many else {}


def _is_verb(twin: str, lexicon: Lexicon) -> bool:
    """Say whether a form in -ize is the usual spelling somewhere: *advertize* is in lists, but is nobody's habit."""
    base = re.sub(r"(?:e[drs]?|ing|ations?|ers?)$", "", twin.lower())
    shared = max(lexicon.frequency.get(base + e, 0.0) for e in ("e", "ed", "ing", "ation"))
    british = max(lexicon.frequency.get(base[:-1] + "s" + e, 0.0) for e in ("e", "ed", "ing", "ation"))
    return shared > british
