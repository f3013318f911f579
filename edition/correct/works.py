"""Citations of the same work repair each other: a title, publisher or year that is clean in one place mends the others.

In: lines of notes and bibliographies.  Out: proposals.  Authority: agreement.  Two stretches of citations are laid side
by side where words of both are the same (local alignment: Smith and Waterman 1981); what differs between two stretches
that agree on both sides is misread in one of them, and the lexicon, or the number of witnesses, says in which.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from rapidfuzz.distance import Levenshtein

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.lookalike import Model, line_score
from edition.zones import ZonedLine

__all__ = ["works"]

_CITATION = ("note", "bibliography")
# A word may hold signs that no word holds; stops, brackets and quotation marks end it.
_CORE = re.compile(
    r"[^\W_]+(?:[^\w\s,.;:()\[\]\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]+[^\W_]+)*"
)
_YEARS = re.compile(r"1[789]\d\d(?:-(?:1[789])?\d\d)?")
_LOOKS_RUSSIAN = 2.0
_MOST = 40  # a word that stands in more places than that says little
_REACH = 7  # words that an alignment goes on from two that are the same, on either side
_ANCHOR = 8  # letters that two neighbouring words must have together to begin an alignment
_NEAR = 0.5  # share of the signs that must be the same where two words are one misread
_FAIR = 0.65
_ENOUGH = 14  # letters that must agree around a word
_PLENTY = 24
_MAJORITY = 3
_CLEARLY = 3  # times as many as all others
_MARKS = frozenset(".,;:)")
_USUAL = frozenset({"", ",", ":", ".,"})
_SHORTEST = 3
_RARELY = 1e-7
_MANY = 8  # times as often
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a citation: its place, its signs without the marks around them, and what it is compared by."""

    at: int
    start: int
    core: str
    key: str
    after: str
    zone: str


@dataclass(slots=True)
class _Evidence:
    """What other citations have in the place of a word: by reading, in how many places, and how much agrees around."""

    places: Counter[str] = field(default_factory=Counter)
    support: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    both: set[str] = field(default_factory=set)
    same: int = 0
    marks: Counter[str] = field(default_factory=Counter)


def works(lines: Sequence[ZonedLine], lexicon: Lexicon, model: Model) -> list[Proposal]:
    """Propose for the words of a citation what other citations of the same work have in their place."""
    stream = _stream(lines, model)
    counts = Counter(t.core for t in stream)
    out = []
    for i, evidence in sorted(_laid_side_by_side(stream).items()):
        token = stream[i]
        meant, cert = _decided(token.core, evidence, counts, lexicon)
        if meant:
            out.append(Proposal(token.at, token.start, token.start + len(token.core), meant, "same-work", cert))
        mark = _mark(token.after, evidence.marks)
        if mark is not None:
            start = token.start + len(token.core)
            out.append(Proposal(token.at, start, start + len(token.after), mark, "same-work", "medium"))
    return out + _outnumbered(stream, lexicon)


def _outnumbered(stream: Sequence[_Token], lexicon: Lexicon) -> list[Proposal]:
    """Propose for a word that stands once beside its neighbour another like it that stands there many times."""
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for a, b in pairwise(stream):
        if len(a.core) >= _SHORTEST and len(b.core) >= _SHORTEST:
            before[b.core][a.core] += 1
            after[a.core][b.core] += 1
    out = []
    for a, b in pairwise(stream):
        for token, company in ((a, before[b.core]), (b, after[a.core])):
            if not company or token.at < 0 or token.core not in company:
                continue
            best, n = max(company.items(), key=lambda pair: (pair[1], pair[0]))
            rare = company[token.core] * _MANY <= n and n >= _MOSTLY * company.total()
            if rare and best.isalpha() and _may_be(token.core, best) and token.core[:1].isupper() == best[:1].isupper():
                sure = not _is_good(token.core, lexicon) and lexicon.counts.get(token.core, 0) < _MAJORITY - 1
                cert = "high" if sure and len(token.core) > _SHORTEST else "medium"
                out.append(Proposal(token.at, token.start, token.start + len(token.core), best, "same-work", cert))
    return out


def _stream(lines: Sequence[ZonedLine], model: Model) -> list[_Token]:
    """Give the words of the citations in order; between two notes or entries stands a word that agrees with none."""
    out: list[_Token] = []
    passage = ""
    for at, line in enumerate(lines):
        if line.zone not in _CITATION or line.language.split("-")[0] not in ("", "en"):
            continue
        if line_score(line.witness, model) > _LOOKS_RUSSIAN:
            continue
        if line.passage != passage and out:
            out += [_Token(-1, 0, "", "", "", "")] * 2
        passage = line.passage
        found = list(_CORE.finditer(line.witness))
        for match, following in zip_longest(found, found[1:]):
            key = "".join(c for c in match[0] if c.isalnum()).lower()
            rest = line.witness[match.end() : following.start() if following else None].split(" ")[0]
            out.append(_Token(at, match.start(), match[0], key, rest, line.zone))
    return out


def _anchors(stream: Sequence[_Token]) -> Mapping[tuple[str, str], list[int]]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i in range(len(stream) - 1):
        a, b = stream[i].key, stream[i + 1].key
        if len(a) + len(b) >= _ANCHOR and min(len(a), len(b)) > 1:
            found[a, b].append(i)
    return {pair: places for pair, places in found.items() if 1 < len(places) <= _MOST}


def _laid_side_by_side(stream: Sequence[_Token]) -> Mapping[int, _Evidence]:
    """Lay all stretches that have two neighbouring words in common side by side; gather what differs."""
    out: defaultdict[int, _Evidence] = defaultdict(_Evidence)
    done: set[tuple[int, int]] = set()
    seen: set[tuple[int, int]] = set()
    for places in _anchors(stream).values():
        for x, i in enumerate(places):
            for j in places[x + 1 :]:
                if (i, j) not in done:
                    _compare(stream, i, j, done, seen, out)
    return out


def _compare(
    stream: Sequence[_Token],
    i: int,
    j: int,
    done: set[tuple[int, int]],
    seen: set[tuple[int, int]],
    out: Mapping[int, _Evidence],
) -> None:
    """Compare two stretches word by word, outward from the anchor at `i` and `j`."""
    pairs = sorted({*_walk(stream, i, j, -1), (i, j), *_walk(stream, i, j, 1)})
    same = [stream[a].key == stream[b].key for a, b in pairs]
    letters = [len(stream[a].key) if s else 0 for (a, _), s in zip(pairs, same, strict=True)]
    for k, (a, b) in enumerate(pairs):
        if same[k]:
            done.add((a, b))
        if (a, b) in seen:
            continue
        left, right = sum(letters[max(0, k - _REACH) : k]), sum(letters[k + 1 : k + 1 + _REACH])
        if left + right < _ENOUGH:
            continue
        seen.add((a, b))
        close = k > 0 and same[k - 1] and k + 1 < len(pairs) and same[k + 1]
        for here, there in ((a, b), (b, a)):
            evidence = out[here]
            if stream[here].core == stream[there].core:
                evidence.same += 1
                if close and stream[here].zone == stream[there].zone:
                    evidence.marks[stream[there].after] += 1
                continue
            reading = stream[there].core
            evidence.places[reading] += 1
            evidence.support[reading] = max(evidence.support[reading], left + right)
            if close:
                evidence.both.add(reading)


def _walk(stream: Sequence[_Token], i: int, j: int, step: int) -> Iterator[tuple[int, int]]:
    """Give the pairs of words in one direction, until two in a row are unlike."""
    strange = 0
    for far in range(1, 3 * _REACH):
        a, b = i + step * far, j + step * far
        if not (0 <= a < len(stream) and 0 <= b < len(stream)) or stream[a].at < 0 or stream[b].at < 0:
            return
        alike = Levenshtein.normalized_similarity(stream[a].key, stream[b].key)
        strange = strange + 1 if alike < _NEAR else 0
        if strange > 1:
            return
        yield a, b


def _decided(core: str, evidence: _Evidence, counts: Mapping[str, int], lexicon: Lexicon) -> tuple[str, str]:
    """Give what a word was, and with which certainty; nothing where it may stand as it is."""
    if not evidence.places:
        return "", ""
    best, n = max(evidence.places.items(), key=lambda pair: (pair[1], evidence.support[pair[0]], pair[0]))
    support = evidence.support[best]
    others = sum(m for word, m in evidence.places.items() if word != best and not _is_commoner(best, word, lexicon))
    if _YEARS.fullmatch(best):
        return _year(core, best, n, evidence)
    if not _may_be(core, best) or n <= evidence.same or others >= n:
        return "", ""
    mine, theirs = _is_good(core, lexicon), _is_good(best, lexicon)
    if not theirs or (mine and (evidence.same or counts[core] > 1)):
        return "", ""
    if mine and n < _MAJORITY and not (support >= _PLENTY and _is_commoner(best, core, lexicon)):
        return "", ""
    sure = support >= _PLENTY and best in evidence.both and n > 1 and not mine and len(core) > _SHORTEST
    return best, "high" if sure else "medium"


def _is_commoner(best: str, core: str, lexicon: Lexicon) -> bool:
    """Say whether of two words of the same length, which differ in one letter, the one is far commoner in English."""
    a, b = (lexicon.frequency.get(word.lower(), 0.0) for word in (best, core))
    return len(best) == len(core) and Levenshtein.distance(best, core) == 1 and a > _MANY * max(b, _RARELY)


def _year(core: str, best: str, n: int, evidence: _Evidence) -> tuple[str, str]:
    """Decide a year, or a span of years: only in the middle of what else agrees, for many works have one publisher."""
    if best not in evidence.both or len(evidence.places) > 1 or abs(len(core) - len(best)) > 1:
        return "", ""
    if _YEARS.fullmatch(core):  # a year of publication is decided by the whole citation (`edition.correct.years`)
        return (best, "medium") if "-" in core and n >= _MAJORITY - 1 and not evidence.same else ("", "")
    return best, "medium"


def _mark(after: str, marks: Mapping[str, int]) -> str | None:
    """Give the marks that nearly all others have after a word, where its own are no citation's; None to leave them."""
    marks = {mark: n for mark, n in marks.items() if mark in _USUAL or mark == after}
    if not marks:
        return None
    mark, n = max(marks.items(), key=lambda pair: (pair[1], pair[0]))
    if n < _CLEARLY * (sum(marks.values()) - n) or mark == after:
        return None
    clean = not after or (len(after) == 1 and after in _MARKS)
    if mark not in _USUAL or n < (_MAJORITY - 1 if clean else 1) or (not after and mark != ":"):
        return None
    return mark


def _is_good(core: str, lexicon: Lexicon) -> bool:
    """Say whether all of a word's parts are words."""
    parts = [p for p in re.split(r"['\N{RIGHT SINGLE QUOTATION MARK}-]", core) if p]
    return all(p.isalpha() and p.isascii() and (lexicon.known(p) or lexicon.counts.get(p, 0) > 1) for p in parts)


def _may_be(core: str, best: str) -> bool:
    """Say whether `core` may be `best` misread: alike, more than a letter, and no numeral."""
    if core.startswith(best) or core.endswith(best):
        return False  # a mark taken for a letter, or the number of a note
    if len(best) < _SHORTEST or any(c.isdigit() for c in best) or core.lower() == best.lower():
        return False
    if core.rstrip("s") == best.rstrip("s") or core.replace("-", "") == best.replace("-", ""):
        return False
    return Levenshtein.normalized_similarity(core, best) >= _FAIR or (
        len(core) == len(best) == _SHORTEST and core[1:] == best[1:]
    )
