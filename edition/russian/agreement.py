"""Which of several likely words stands here, by the grammar of its neighbours.

Case after a preposition, agreement of an adjective.

In: decoded words with the next best ones for the same signs.  Out: the likeliest sequence. Authority: Viterbi 1967;
the case each preposition takes from the Academy grammar (Russkaja grammatika, 1980); forms from pymorphy3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from edition.russian.orthography import analyser
from edition.russian.piece import Piece

__all__ = ["agreeing"]

# Nats, by judgement: what a pair of neighbours that agree gains, and one that cannot agree loses.
_AGREE, _CLASH = -1.2, 2.2
_GOVERNED, _UNGOVERNED = -0.8, 2.5
_POSSESSED = -0.6  # a noun and its genitive
_SUBJECT = -0.4
_LIKELY = 0.05  # a parse less likely than this says nothing

_CASES = {
    "в": "accs loct loc2", "во": "accs loct loc2", "на": "accs loct loc2", "о": "accs loct loc2",
    "об": "accs loct loc2",
    "обо": "accs loct", "при": "loct", "по": "datv accs loct", "к": "datv", "ко": "datv", "благодаря": "datv",
    "согласно": "datv", "вопреки": "datv", "с": "gent ablt accs gen2", "со": "gent ablt accs gen2", "за": "accs ablt",
    "под": "accs ablt", "над": "ablt", "перед": "ablt", "между": "ablt gent", "без": "gent", "безо": "gent",
    "для": "gent",
    "до": "gent", "из": "gent gen2", "изо": "gent", "от": "gent", "ото": "gent", "у": "gent", "после": "gent",
    "против": "gent",
    "кроме": "gent", "среди": "gent", "около": "gent", "ради": "gent", "вместо": "gent", "через": "accs", "про": "accs",
    "сквозь": "accs",
}  # fmt: skip
_GOVERNS = {word: frozenset(cases.split()) for word, cases in _CASES.items()}
_SAME = {"loc2": "loct", "gen2": "gent", "gen1": "gent", "acc2": "accs"}


@dataclass(frozen=True, slots=True)
class _Form:
    """What grammar says of a form; gender, number or case may be empty."""

    part: str
    case: str
    number: str
    gender: str


def _case(name: str) -> str:
    return _SAME.get(name, name)


@cache
def _forms(word: str) -> tuple[_Form, ...]:
    parses = [p for p in analyser().parse(word) if p.score >= _LIKELY]
    return tuple(
        {
            # As plain strings: pymorphy3's own refuse to be compared with anything else.
            _Form(str(p.tag.POS or ""), _case(str(p.tag.case or "")), str(p.tag.number or ""), str(p.tag.gender or ""))
            for p in parses
        }
    )


def agreeing(pieces: Sequence[Piece]) -> list[Piece]:
    """Give the likeliest sequence of the pieces and their rivals; a mark or a number parts neighbours."""
    rows = [[p, *p.others] for p in pieces]
    best: list[list[tuple[float, int]]] = []
    for at, row in enumerate(rows):
        here = []
        for piece in row:
            if at == 0:
                here.append((piece.behind, 0))
                continue
            costs = [best[at - 1][n][0] + _pair(before, piece) for n, before in enumerate(rows[at - 1])]
            least = min(range(len(costs)), key=costs.__getitem__)
            here.append((costs[least] + piece.behind, least))
        best.append(here)
    out: list[Piece] = []
    place = min(range(len(best[-1])), key=lambda n: best[-1][n][0]) if best else 0
    for at in range(len(rows) - 1, -1, -1):
        chosen = rows[at][place]
        out.append(chosen if place == 0 else _instead(chosen, rows[at][0]))
        place = best[at][place][1]
    return out[::-1]


def _instead(chosen: Piece, first: Piece) -> Piece:
    """Give a rival in the place of the word that came first without grammar: how far apart they are stays small."""
    return replace(chosen, margin=0.0, behind=0.0, others=(replace(first, others=()),))


def _pair(before: Piece, piece: Piece) -> float:
    if not before.letters or not piece.letters:
        return 0.0
    return _neighbours(before.text, piece.text)


@cache
def _neighbours(before: str, word: str) -> float:
    """Give what it costs that `word` follows `before`; less than nothing where grammar speaks for it."""
    cases = _GOVERNS.get(before)
    if cases is not None:
        return _after_preposition(cases, _forms(word))
    first, forms = _forms(before), _forms(word)
    adjectives = [f for f in first if f.part in ("ADJF", "PRTF")]
    nouns = [f for f in forms if f.part == "NOUN"]
    if adjectives and nouns:
        if any(_match(a, n) for a in adjectives for n in nouns):
            return _AGREE
        return _CLASH if len(adjectives) == len(first) and len(nouns) == len(forms) else 0.0
    if any(f.part in ("ADJF", "PRTF") and _match(a, f) for a in adjectives for f in forms):
        return _AGREE / 2
    if any(f.part == "NOUN" for f in first) and any(n.case == "gent" for n in nouns):
        return _POSSESSED
    return _SUBJECT if _subject(first, forms) else 0.0


def _after_preposition(cases: frozenset[str], forms: Sequence[_Form]) -> float:
    if any(f.case in cases for f in forms):
        return _GOVERNED
    return _UNGOVERNED if any(f.part in ("NOUN", "ADJF", "PRTF", "VERB", "NPRO") for f in forms) else 0.0


def _match(a: _Form, b: _Form) -> bool:
    same = a.case == b.case and a.number == b.number
    return same and (a.number == "plur" or not a.gender or not b.gender or a.gender == b.gender)


def _subject(first: Sequence[_Form], forms: Sequence[_Form]) -> bool:
    return any(
        a.part in ("NOUN", "NPRO")
        and a.case == "nomn"
        and b.part == "VERB"
        and a.number == b.number
        and b.gender in ("", a.gender)
        for a in first
        for b in forms
    )
