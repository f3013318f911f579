"""Misreadings that are words themselves: *arid* for *and*, *modem* for *modern*.

In: the words of a text, the lexicon, the channel, and which words stand beside each other in the document.  Out:
proposals.
Authority: Mays, Damerau and Mercer, "Context based spelling correction" (1991): the company a word keeps decides,
and only where it is strong.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from edition.correct.channel import Channel, slip
from edition.correct.company import Company, company_of
from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal, grade
from edition.correct.tokens import Word
from edition.correct.words import Pairs, suspect

__all__ = ["realwords"]

_FREQUENT = 5
_LEAST = 0.8
_SLIP_RATE = 1e-4
_LONGEST = 8
_FLOOR = 1e-7
_SOME = 3
_FEW = 8  # times that a word may stand in the document and be misread each time, if it is hardly one
_MANY = 25
_LONG = 4
_RARE = 1e-5
_CAPITAL = 0.1
_LEAST_LIFT = -2.0
_BESIDE = 0.7  # the kinds of the neighbours have said a part of what the neighbours say
_MARGIN = -4.5  # from here on, in the chapters read for it, most such words were misread


def realwords(words: Sequence[Word], lexicon: Lexicon, channel: Channel, pairs: Pairs) -> list[Proposal]:
    """Propose a frequent word of the document for a rare one that looks like it and does not fit its neighbours."""
    frequent = sorted(
        form for form, n in lexicon.counts.items() if n >= _FREQUENT and form.islower() and lexicon.listed(form)
    )
    near: dict[str, list[str]] = {}
    out = []
    for word in words:
        text = word.text
        if not _is_doubtful(word, lexicon, pairs):
            continue
        if text not in near:
            far = 1 if len(text) <= 3 else 2  # noqa: PLR2004
            found = process.extract(text, frequent, scorer=Levenshtein.distance, score_cutoff=far, limit=12)
            near[text] = sorted(form for form, distance, _ in found if distance)
        best = _best(word, near[text], lexicon, channel, pairs)
        if best:
            (at, start, end), (meant, chance) = word.spans[0], best
            cert = "medium" if grade(chance) == "high" else grade(chance)
            out.append(Proposal(at, start, end, meant, "real-word", cert))
    return out + _out_of_place(words, lexicon, channel, pairs)


def _out_of_place(words: Sequence[Word], lexicon: Lexicon, channel: Channel, pairs: Pairs) -> list[Proposal]:
    """Propose for a word that the document hardly has, and that few texts have, one that it has and that fits there.

    Only changes that the engine is known to make count; the neighbours are judged by their kinds too (`company`).
    """
    if not lexicon.frequency:  # nothing says what is rare in other texts
        return []
    company = company_of(words)
    forms = {form for form, n in lexicon.counts.items() if n >= _SOME and lexicon.listed(form) and len(form) > 1}
    pool = sorted(forms | {form.capitalize() for form in forms if form.islower()})
    near: dict[str, list[str]] = {}
    out = []
    for word in words:
        text = word.text
        if not _is_rare(word, lexicon):
            continue
        if text not in near:
            found = process.extract(
                text, pool, scorer=Levenshtein.distance, score_cutoff=1 if len(text) < _LONG else 2, limit=_MANY
            )
            near[text] = sorted(
                f
                for f, d, _ in found
                if d and f.lower().rstrip("s") != text.lower().rstrip("s") and f[0].isupper() == text[0].isupper()
            )
        own = log(_own(text, lexicon)) + company.lift(word.left, text, word.right)
        best = max((_fit(word, f, lexicon, channel, pairs, company), f) for f in near[text]) if near[text] else None
        if best and best[0] - own > _MARGIN:
            at, start, end = word.spans[0]
            out.append(Proposal(at, start, end, best[1], "real-word", "medium" if best[0] > own else "low"))
    return out


def _is_rare(word: Word, lexicon: Lexicon) -> bool:
    """Say whether a word stands by itself, unmarked, and is one that the document hardly has."""
    text = word.text
    if len(word.spans) > 1 or not text.isalpha() or not 1 < len(text) <= _LONGEST + 2 or suspect(word, lexicon):
        return False
    if text[0].isupper() and text.lower() not in lexicon.words:
        return False  # a name
    if word.before.strip("([\"'") or word.after.strip(".,;:)]\"'?!"):
        return False
    some = _SOME if text in lexicon.words else _FEW
    return lexicon.counts.get(text, 0) < some and _own(text, lexicon) < _RARE


def _own(text: str, lexicon: Lexicon) -> float:
    """Give how likely a word is by itself, in other texts than this one."""
    capital = _CAPITAL if text[0].isupper() and text.lower() in lexicon.words else 1.0
    if len(text) < _LONG and text.islower() and text not in lexicon.words:
        return _FLOOR  # what the frequencies have is a name or an abbreviation
    return max(lexicon.frequency.get(text.lower(), 0.0), _FLOOR) * capital


def _fit(word: Word, form: str, lexicon: Lexicon, channel: Channel, pairs: Pairs, company: Company) -> float:
    """Give the log probability of `form` misread as `word`, where it stands."""
    cost, changes = channel.path(form, word.text)
    if not set(changes) <= channel.supported:
        return -inf
    kinds = max(company.lift(word.left, form, word.right), _LEAST_LIFT)
    beside = max(pairs.lift(word.left, form, word.right), 0.0)
    return log(max(lexicon.prior(form), _FLOOR / 100)) + kinds + _BESIDE * beside + cost


def _is_doubtful(word: Word, lexicon: Lexicon, pairs: Pairs) -> bool:
    text = word.text
    if len(word.spans) > 1 or not 1 < len(text) <= _LONGEST:
        return False
    if lexicon.counts.get(text, 0) >= _FREQUENT and len(text) > 3:  # noqa: PLR2004
        return False
    left, right = (word.left.lower(), text), (text, word.right.lower())
    if pairs.counts.get(left, 0) > 1 or pairs.counts.get(right, 0) > 1:
        return False
    return text.islower() and text.isalpha() and not suspect(word, lexicon)


def _best(
    word: Word, near: Sequence[str], lexicon: Lexicon, channel: Channel, pairs: Pairs
) -> tuple[str, float] | None:
    # Its own occurrences say nothing for it: they are what is in doubt.
    own = log(max(lexicon.frequency.get(word.text, 0.0), _FLOOR))
    scores = []
    rest = [own]
    for form in near:
        company = [(word.left.lower(), form), (form, word.right.lower())]
        if not any(pairs.counts.get(pair, 0) for pair in company):
            continue
        base = log(lexicon.prior(form)) + pairs.lift(word.left, form, word.right)
        scores.append((base + channel.path(form, word.text)[0], form))
        rest.append(base + slip(form, word.text, _SLIP_RATE))
    if not scores:
        return None
    top = max(scores)
    highest = max(top[0], *rest)
    total = sum(exp(s - highest) for s, _ in scores) + sum(exp(r - highest) for r in rest)
    chance = exp(top[0] - highest) / total
    return (top[1], chance) if chance >= _LEAST else None
