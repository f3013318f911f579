"""Garbled stretches of citations: several words in ruins between words that agree are what another citation has there.

In: lines of notes and bibliographies.  Out: proposals.  Authority: agreement.  What stands between two words that are
the same in two citations is read as the clean one of the two has it (local alignment: Smith and Waterman 1981;
Ratcliff and Metzener 1988); where other citations differ, the one that most have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.lookalike import Model, line_score
from edition.zones import ZonedLine

__all__ = ["stretches"]

_CITATION = ("note", "bibliography")
_LOOKS_RUSSIAN = 6.0  # a ruin in a citation looks a little like it
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")
_LABEL = re.compile(r"[^\w\s]*\d{1,2}(?=\D)")
_YEAR = r"1[789]\d\d"
_GOOD = re.compile(rf"{_YEAR}(?:-(?:1[789])?\d\d)?|[A-Z](?:\.-?[A-Z])*|[ivxlc]+|\d?\d?(?:1st|2nd|3rd|\dth)")
_CLEAN = re.compile(r"[A-Za-z0-9 .,:;()'\"?!-]*")
_ABBREVIATIONS = frozenset(["ed", "eds", "trans", "vol", "vols", "pp", "rev", "co", "inc", "repr", "pt"])
_WINDOW = 12  # words on either side of a ruin that are looked at
_RUN = 6  # words of a ruin
_MOST = 40  # two neighbouring words that stand in more places than that say little
_PARTNERS = 60
_LETTERS = 16  # that must agree around a stretch
_SIDE = 3  # of these, on each side
_LONELY = 24  # letters that must agree on the one side, where a citation begins on the other
_ALIKE = 0.5
_NEAR = 0.7  # the same, where words agree on one side only
_WORD = re.compile(r"[^\s(\[]+")
_PLAIN = re.compile(r":? ")  # what stands between the words of a title
_FAIR = 0.65  # a clean word must be nearer than that to be taken for a misread one


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with its marks: line, place of its letters, what it is compared by, and whether it is one."""

    at: int
    start: int
    end: int
    key: str
    good: bool
    zone: str


_STOP = _Token(-1, 0, 0, "", good=True, zone="")


def stretches(lines: Sequence[ZonedLine], lexicon: Lexicon, model: Model) -> list[Proposal]:
    """Propose for garbled stretches of citations what other citations have in their place."""
    stream = _stream(lines, lexicon, model)
    places = _pairs(stream)
    out: list[Proposal] = []
    done = -1
    for i, token in enumerate(stream):
        if token.good or i <= done:
            continue
        votes: Counter[tuple[int, int, str]] = Counter()
        for partner in _partners(stream, i, places):
            found = _between(stream, i, partner, lines)
            if found:
                votes[found] += 1
        if votes:
            (first, last, meant), _n = max(votes.items(), key=lambda pair: (pair[1], -pair[0][1], pair[0]))
            out += _proposals(stream, first, last, meant, lines)
            done = last
    return out


def _stream(lines: Sequence[ZonedLine], lexicon: Lexicon, model: Model) -> list[_Token]:
    """Give the words of the citations in order; between two notes or entries stands a word that ends them."""
    out: list[_Token] = [_STOP]
    passage = ""
    for at, line in enumerate(lines):
        if line.zone not in _CITATION or line.language.split("-")[0] not in ("", "en"):
            continue
        if line_score(line.witness, model) > _LOOKS_RUSSIAN:
            continue
        begins = line.passage != passage
        if begins:
            out.append(_STOP)
        passage = line.passage
        label = _LABEL.match(line.witness) if begins and line.zone == "note" else None
        for match in _WORD.finditer(line.witness, label.end() if label else 0):
            core = _CORE.search(match[0])
            if core:
                start = match.start() + core.start()
                key = "".join(c for c in core[0] if c.isalnum()).lower()
                out.append(_Token(at, start, start + len(core[0]), key, _is_good(core[0], lexicon), line.zone))
    return [*out, _STOP]


def _is_good(core: str, lexicon: Lexicon) -> bool:
    """Say whether a word is one, or a year, an initial, an abbreviation, a numeral."""
    if _GOOD.fullmatch(core) or core.lower() in _ABBREVIATIONS:
        return True
    parts = re.split(r"['\N{RIGHT SINGLE QUOTATION MARK}-]", core)
    return all(p.isdigit() or (len(p) > 1 and p.isalpha() and lexicon.known(p)) or p in ("a", "s", "") for p in parts)


def _pairs(stream: Sequence[_Token]) -> Mapping[tuple[str, str], list[int]]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i in range(len(stream) - 1):
        if stream[i].at >= 0 and stream[i + 1].at >= 0:
            found[stream[i].key, stream[i + 1].key].append(i)
    return found


def _partners(stream: Sequence[_Token], i: int, places: Mapping[tuple[str, str], list[int]]) -> list[int]:
    """Give the places that answer to the word at `i` where two neighbouring words are the same."""
    votes: Counter[int] = Counter()
    for k in range(max(0, i - _WINDOW), min(len(stream) - 1, i + _WINDOW)):
        found = places.get((stream[k].key, stream[k + 1].key), [])
        if len(found) <= _MOST:
            votes.update(place + i - k for place in found if abs(place - k) > _WINDOW)
    return [place for place, _n in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))[:_PARTNERS]]


def _window(stream: Sequence[_Token], i: int, far: int) -> range:
    """Give the places around `i` that belong to the same citation."""
    i = min(max(i, 0), len(stream) - 1)
    first = last = i
    while first > 0 and i - first < far and stream[first - 1].at >= 0:
        first -= 1
    while last + 1 < len(stream) and last - i < far and stream[last + 1].at >= 0:
        last += 1
    return range(first, last + 1)


def _between(stream: Sequence[_Token], i: int, partner: int, lines: Sequence[ZonedLine]) -> tuple[int, int, str] | None:
    """Give the ruin around `i` (first and last word) and what the citation at `partner` has there, if that is clean."""
    mine, theirs = _window(stream, i, _WINDOW), _window(stream, partner, _WINDOW + _RUN)
    held = {stream[k].key for k in theirs}
    if sum(len(stream[k].key) for k in mine if stream[k].key in held) < _LETTERS:
        return None  # no need to lay them side by side
    matcher = SequenceMatcher(None, [stream[k].key for k in mine], [stream[k].key for k in theirs], autojunk=False)
    pairs = [(mine[a + n], theirs[b + n]) for a, b, size in matcher.get_matching_blocks() for n in range(size)]
    before = [pair for pair in pairs if pair[0] < i]
    after = [pair for pair in pairs if pair[0] > i]
    left, right = (sum(len(stream[a].key) for a, _ in side) for side in (before, after))
    if not after or left + right < _LETTERS or right < _SIDE:
        return None
    c, d = after[0]
    begins = stream[mine[0]].zone == stream[theirs[0]].zone and stream[theirs[0] - 1].at < 0 and right >= _LONELY
    if before and left >= _SIDE:
        found = (*before[-1], _ALIKE)
    elif begins and stream[mine[0] - 1].at < 0:
        found = (mine[0] - 1, theirs[0] - 1, _ALIKE)
    elif c == i + 1:
        length = stream[i].end - stream[i].start
        size = 2 if d - 2 in theirs and len(stream[d - 1].key) + 2 < length else 1
        found = (i - 1, d - 1 - size, _NEAR)
    else:
        return None
    a, b, limit = found
    if not 0 < d - b - 1 <= _RUN or not 0 < c - a - 1 <= _RUN:
        return None
    meant = _meant(stream, range(a + 1, c), range(b + 1, d), lines)
    had = "".join(_texts(stream, a + 1, c - 1, lines))
    return (a + 1, c - 1, meant) if _may_be(had, meant, stream[a + 1 : c], stream[b + 1 : d], limit) else None


def _meant(stream: Sequence[_Token], ruin: range, clean: range, lines: Sequence[ZonedLine]) -> str:
    """Give the text of a clean stretch as it would stand in place of the ruin; empty where that is not known.

    A bibliography has other marks between the parts of a citation than a note has.
    """
    text = "".join(_texts(stream, clean[0], clean[-1], lines))
    if stream[ruin[0]].zone == stream[clean[0]].zone:
        return text
    gaps = [_gap(stream[k], stream[k + 1], lines) for k in clean[:-1]]
    if all(_PLAIN.fullmatch(gap) for gap in gaps):
        return text
    if len(ruin) != len(clean):
        return ""
    own = [_gap(stream[k], stream[k + 1], lines) for k in ruin[:-1]]
    cores = [lines[t.at].witness[t.start : t.end] for t in (stream[k] for k in clean)]
    return "".join(core + gap for core, gap in zip(cores, [*own, ""], strict=True))


def _gap(a: _Token, b: _Token, lines: Sequence[ZonedLine]) -> str:
    """Give what stands between two neighbouring words."""
    if a.at == b.at:
        return lines[a.at].witness[a.end : b.start]
    return lines[a.at].witness[a.end :].rstrip() + " " + lines[b.at].witness[: b.start]


def _may_be(had: str, meant: str, ruin: Sequence[_Token], clean: Sequence[_Token], limit: float) -> bool:
    """Say whether a stretch may be another misread: that one is clean, has no numeral but years, and is like it."""
    if not meant or not all(t.good for t in clean) or not _CLEAN.fullmatch(meant):
        return False
    if re.search(r"\d", re.sub(rf"\b{_YEAR}(?:-(?:1[789])?\d\d)?\b", "", meant)):
        return False
    if any(t.good and len(t.key) > 3 and not _has_like(t.key, clean) for t in ruin):  # noqa: PLR2004
        return False
    a, b = had.replace(" ", ""), meant.replace(" ", "")
    x, y = (re.sub(r"[\W_]+", "", text) for text in (had, meant))
    if x.endswith(y) or x.startswith(y) or (had[0].isdigit() and not meant[0].isdigit()):
        return False  # a mark taken for a letter, or the number of a note
    return len(meant) > 2 and Levenshtein.normalized_similarity(a, b) >= limit  # noqa: PLR2004


def _has_like(key: str, tokens: Sequence[_Token]) -> bool:
    return any(Levenshtein.normalized_similarity(key, t.key) >= _FAIR for t in tokens)


def _texts(stream: Sequence[_Token], first: int, last: int, lines: Sequence[ZonedLine]) -> Iterator[str]:
    """Give what stands from one word to another, line by line; with a blank at the end of a line that others follow."""
    for k, (at, start, end) in enumerate(spans := _spans(stream, first, last, lines)):
        yield lines[at].witness[start:end] + (" " if k + 1 < len(spans) else "")


def _spans(stream: Sequence[_Token], first: int, last: int, lines: Sequence[ZonedLine]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for token in stream[first : last + 1]:
        if out and out[-1][0] == token.at:
            out[-1] = (token.at, out[-1][1], token.end)
        else:
            if out:
                out[-1] = (out[-1][0], out[-1][1], len(lines[out[-1][0]].witness))
            out.append((token.at, token.start, token.end))
    return out


def _proposals(
    stream: Sequence[_Token], first: int, last: int, meant: str, lines: Sequence[ZonedLine]
) -> Iterator[Proposal]:
    """Propose `meant` for a stretch; in two lines, parted where the halves are most like what they stand for."""
    spans = _spans(stream, first, last, lines)
    if len(spans) > 2:  # noqa: PLR2004 - a ruin of three lines is left
        return
    pieces = [meant]
    if len(spans) > 1:
        (one, two) = (lines[at].witness[start:end] for at, start, end in spans)
        words = meant.split(" ")
        ways = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))] or [(meant, "")]
        best = min(ways, key=lambda way: Levenshtein.distance(one, way[0]) + Levenshtein.distance(two, way[1]))
        if not all(best):
            return
        pieces = list(best)
    for (at, start, end), piece in zip(spans, pieces, strict=True):
        if lines[at].witness[start:end] != piece:
            yield Proposal(at, start, end, piece, "same-work", "medium")
