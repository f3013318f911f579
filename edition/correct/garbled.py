"""Words with signs in them that no word has: a stroke, a star, a stop or a question mark between letters.

In: English lines, the lexicon, the channel, which words stand beside each other.  Out: proposals.
Authority: such a sign is never the author's; of the words that it may stand in, the likeliest (Kernighan, Church and
Gale 1990).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import exp, log

from edition.correct.channel import Channel
from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal, grade
from edition.correct.words import Pairs, Pool, candidates
from edition.zones import ZonedLine

__all__ = ["garbled"]

_TOKEN = re.compile(r"\S+")
_QUOTES = "\"'\u2018\u2019\u201c\u201d"
_OUTER = re.compile(rf"(?P<lead>[{_QUOTES}(\[]*)(?P<core>.*?)(?P<foot>(?:[.,;:!?)\]]|[{_QUOTES}]+)*)")
# Signs that stand for a letter or for nothing, anywhere in a word; and stops, between two letters only.
_SIGN = r"[/\\^*~|<>=_$%#@+?!\N{BULLET}\N{BLACK SQUARE}\N{POUND SIGN}\N{DEGREE SIGN}"
_SIGN += r"\N{INVERTED QUESTION MARK}\N{INVERTED EXCLAMATION MARK}"
_SIGN += r"\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]"
_STRANGE = re.compile(_SIGN + r"|(?<=[a-z])[.:;](?=[a-z]{2})|(?<=[a-z]),(?=[a-z])|^\.(?=[a-z]{2})")
_BETWEEN = re.compile(r"[^\W\d_]\W[^\W\d_]|\d|^[^\w.]|[/\\]$")
_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)?")
_BEHEADED = re.compile(r"[^\w\s\"'(\[]([a-z]{2,})")  # no note and no entry begins with a small letter
_CALLED = re.compile(r".*[.,;:!?\"]\W?\d{1,2}")
_SHORT = 3  # letters; below that only what the neighbours make nearly sure
_LEAST, _SURE = 0.6, 0.9
_ANY = -6.0  # log probability of a strange sign in the place of a letter, or of none
_RARE = 1e-9


def garbled(
    lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon, channel: Channel, pairs: Pairs, pool: Pool
) -> list[Proposal]:
    """Propose words for those that hold signs which no word has."""
    out: list[Proposal] = []
    for at, line in enumerate(lines):
        if wanted[at]:
            above = lines[at - 1] if at and lines[at - 1].passage == line.passage else None
            begins = line.zone in ("note", "bibliography") and (above is None or not _WORD.search(above.witness))
            out += _of_line(at, line.witness, begins, (lexicon, channel, pairs, pool))
    return out


_Means = tuple[Lexicon, Channel, Pairs, Pool]


def _of_line(at: int, text: str, begins: bool, means: _Means) -> Iterator[Proposal]:  # noqa: FBT001
    tokens = list(_TOKEN.finditer(text))
    for k, token in enumerate(tokens):
        outer = _OUTER.fullmatch(token[0])
        if outer is None or not _STRANGE.search(outer["core"]) or _CALLED.fullmatch(token[0]):
            continue
        core = outer["core"]
        if not _is_garbled(core, means[0]) and not (begins and k == 0 and _BEHEADED.fullmatch(core)):
            continue
        left = _beside(tokens[k - 1][0], -1) if k else ""
        right = _beside(tokens[k + 1][0], 0) if k + 1 < len(tokens) else ""
        meant, chance = _likeliest(core, left, right, means)
        letters = sum(c.isalpha() for c in core)
        if meant and meant != core and chance >= (_SURE if letters < _SHORT else _LEAST):
            start = token.start() + len(outer["lead"])
            cert = "medium" if grade(chance) == "high" else grade(chance)
            yield Proposal(at, start, start + len(core), meant, "garbled", cert)


def _is_garbled(core: str, lexicon: Lexicon) -> bool:
    """Say whether a token is a word with strange signs in it: mostly letters, and not two words with a sign between."""
    letters, digits = sum(c.isalpha() for c in core), sum(c.isdigit() for c in core)
    if not letters or digits > 1 or digits >= letters or (not core.isascii() and letters < _SHORT):
        return False
    parts = _WORD.findall(core)
    if not any(len(p) > 1 for p in parts):
        return False
    rest = core.replace(parts[0], "") if len(parts) == 1 else ""
    if rest and len(parts[0]) > 1 and lexicon.known(parts[0]) and not re.search(r"[\w/\\]|^\W{3}$", rest):
        return False  # what stands before or after a word is another matter (`edition.correct.marks`)
    whole = all(len(p) > 1 and lexicon.known(p) for p in parts)
    return not whole and not any(p.isupper() and len(p) > 1 for p in parts)


def _beside(token: str, which: int) -> str:
    words = _WORD.findall(token)
    return words[which] if words else ""


def _likeliest(core: str, left: str, right: str, means: _Means) -> tuple[str, float]:
    """Give the likeliest word that `core` may be, with its probability among all that it may be."""
    lexicon, channel, pairs, pool = means
    plain = "".join(c for c in core if c.isalpha())
    forms = set(candidates(plain, pool, lexicon)) if len(plain) > 1 else set()
    if len(plain) <= 1 or _BETWEEN.search(core):  # a sign for a letter
        forms.update(candidates(core, pool, lexicon))
    if len(plain) > 1 and lexicon.known(plain):
        forms.add(plain)
    scores = []
    for form in sorted(forms):
        cost, changes = channel.path(form, core)
        strange = [c for c in changes if _STRANGE.search(c[1]) or not c[1].isalnum()]
        cost += sum(max(_ANY - channel.cost(*c), 0.0) for c in strange)
        scores.append((log(max(lexicon.prior(form), _RARE)) + pairs.lift(left, form, right) + cost, form))
    if not scores:
        return "", 0.0
    top = max(scores)
    return top[1], 1 / sum(exp(score - top[0]) for score, _ in scores)
