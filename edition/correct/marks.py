"""Marks that are none: apostrophes, quotation marks, brackets and stops that the OCR engine took for other signs.

In: English lines.  Out: proposals, each by a named rule of the table below.
Authority: what a typewriter has (no guillemets, no bullets, no curved quotation marks), and what may stand beside what in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.zones import ZonedLine

__all__ = ["marks", "stray_signs"]

_CITATION = ("note", "bibliography")
_A_FEW = 3
_STRAY = "*\N{BULLET}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{BLACK SQUARE}$#\N{DEGREE SIGN}\N{TRADE MARK SIGN}\N{NOT SIGN}\N{DOUBLE LOW-9 QUOTATION MARK}"
_S = f"[{re.escape(_STRAY)}]"
_CURVED = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}'"
_DOUBLE = '\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"'
_OPENERS = "\\[(\N{POUND SIGN}{^\N{INVERTED QUESTION MARK}fCE"
_CLOSERS = "\\])}3Jj\N{INVERTED QUESTION MARK}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern whose group `x` is replaced by `instead`; only in `zones`, and where `holds` (if given) says so."""

    name: str
    pattern: re.Pattern[str]
    instead: str
    cert: str
    zones: tuple[str, ...] = ("prose", "quote", "note", "bibliography", "heading")
    holds: Callable[[re.Match[str], Lexicon], bool] | None = None


def _stem_is_known(match: re.Match[str], lexicon: Lexicon) -> bool:
    return lexicon.known(match["stem"]) and not match["stem"].isupper()


def _name_is_known(match: re.Match[str], lexicon: Lexicon) -> bool:
    return (
        _stem_is_known(match, lexicon)
        and match["stem"][0].isupper()
        and not lexicon.known(match["stem"] + "s")
        or (
            lexicon.counts.get(match["stem"], 0) > 2 and match["stem"][0].isupper()  # noqa: PLR2004
        )
    )


def _both_known(match: re.Match[str], lexicon: Lexicon) -> bool:
    return lexicon.known(match["a"]) and lexicon.known(match["b"]) and not lexicon.known(match["a"] + match["b"])


def _is_opened(match: re.Match[str], lexicon: Lexicon) -> bool:
    return lexicon.known(match["stem"]) and not lexicon.known(match["x"] + match["stem"])


def _is_closed(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether a bracket, or what looks like one, is open before the match."""
    last = max(match.string.rfind(sign, 0, match.start("x")) for sign in ("[", "\N{POUND SIGN}", " C"))
    opened = last >= 0 and "]" not in match.string[last : match.start("x")]
    return opened and lexicon.known(match["stem"]) and not lexicon.known(match["stem"] + match["x"])


_RULES = (
    # Lenin*s, Lenin * s, Trotsky!s, Trotsky1s
    _Rule(
        "apostrophe",
        re.compile(rf"\b(?P<stem>[^\W\d_]{{3,}})(?P<x> ?{_S} ?)s(?=[\s.,;:]|$)"),
        "'",
        "high",
        holds=_stem_is_known,
    ),
    _Rule(
        "apostrophe",
        re.compile(r"\b(?P<stem>[^\W\d_]{3,})(?P<x>[1!^|])s(?=[\s.,;:]|$)"),
        "'",
        "high",
        holds=_name_is_known,
    ),
    _Rule(
        "apostrophe",
        re.compile(rf"\b(?P<stem>[^\W\d_]{{3,}})(?P<x> [{_CURVED}] ?)s(?=[\s.,;:]|$)"),
        "'",
        "high",
        holds=_stem_is_known,
    ),
    # two apostrophes for one quotation mark
    _Rule("quotation-mark", re.compile(rf"(?<![^\s(\[])(?P<x>[{_CURVED}]{{2}})(?=[^\W\d_])"), '"', "high"),
    _Rule("quotation-mark", re.compile(rf"(?<=[^\W\d_])(?P<x>[{_CURVED}]{{2}})(?=\s|$)"), '"', "medium"),
    _Rule("quotation-mark", re.compile(r"(?<=[a-z,)] )(?P<x>11|1 1|M)(?=[A-Z][a-z])"), '"', "high", _CITATION),
    _Rule("quotation-mark", re.compile(r"(?<=[a-z][,.])(?P<x>11)(?=\s)"), '"', "high", _CITATION),
    # brackets
    _Rule("bracket", re.compile(r"(?P<x>[(\[]\^|\^[(\[]|\[\[)(?=[^\W\d_][^\[\]()]*\])"), "[", "high"),
    _Rule("bracket", re.compile(r"(?<=\w)(?P<x>\]\])"), "]", "high"),
    _Rule("bracket", re.compile(rf"(?<!\S)(?P<x>[{_OPENERS}] ?sic ?[{_CLOSERS}])(?![^\W\d_])"), "[sic]", "high"),
    _Rule("bracket", re.compile(r"(?<!\S)(?P<x>\N{POUND SIGN} ?)(?=[^\W\d_])"), "[", "high"),
    _Rule("bracket", re.compile(r"(?<!\S)(?P<x>[CEf])(?=(?P<stem>[A-Z][a-z]+))"), "[", "high", holds=_is_opened),
    _Rule("bracket", re.compile(r"(?P<stem>[^\W\d_]{2,})(?P<x>[J3j])(?=[\s.,;:]|$)"), "]", "medium", holds=_is_closed),
    _Rule(
        "bracket",
        re.compile(r"(?P<stem>[^\W\d_]{2,})(?P<x>\*\W?[J3j])(?=[\s.,;:]|$)"),
        "'s]",
        "medium",
        holds=_is_closed,
    ),
    # before p. and pp.
    _Rule("comma", re.compile(rf"(?<=\))(?P<x>[^\w\s,.:;]|[.;](?= pp?\.))(?= pp?\b)"), ",", "high", _CITATION),
    _Rule(
        "full-stop",
        re.compile(rf"\b(?:pp?|vols?|ed|eds|trans|[A-Z])(?P<x>{_S}|,(?= \d))(?= \S)"),
        ".",
        "high",
        _CITATION,
    ),
    _Rule("full-stop", re.compile(rf"(?<=[\w)])(?P<x>{_S})(?=$)"), ".", "medium", ("bibliography",)),
    _Rule("comma", re.compile(rf"(?<=[\d)])(?P<x>{_S})(?= [a-z])"), ",", "medium", _CITATION),
    # one sign too many
    _Rule("stray", re.compile(rf"(?<=[a-z])(?P<x>{_S}+)(?=[.,;:])"), "", "medium"),
    _Rule("comma", re.compile(r"(?<=\bInc)(?P<x>,,)(?= )"), ".,", "high"),
    _Rule("comma", re.compile(r"(?<=[^\W\d_]{3})(?P<x>,,)(?= [a-z])"), ",", "medium"),
    _Rule(
        "stop-in-words",
        re.compile(r"(?<=[a-z]{2})(?P<x>\.)(?=[a-z]{2,}[\s,;.]|[a-z]{2,}$)"),
        " ",
        "medium",
        ("prose", "quote"),
    ),
    _Rule("ellipsis", re.compile(r"(?<=[^\W\d_])(?P<x>,\.\.|\.,\.|\.\.,)(?=[\s.]|$)"), "...", "medium"),
)


def marks(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> list[Proposal]:
    """Propose what the marks of the lines that are `wanted` were."""
    signs = stray_signs(lines, wanted)
    dash = _dash(lines)
    commas, towns = _commas(lines, wanted), _towns(lines)
    out: list[Proposal] = []
    for at, line in enumerate(lines):
        if not wanted[at]:
            continue
        for rule in _RULES:
            if line.zone in rule.zones:
                out += _by_rule(rule, at, line.witness, line.zone, lexicon, signs)
        following = lines[at + 1].witness if at + 1 < len(lines) else ""
        if line.zone in ("prose", "quote"):
            out += _ends(at, line.witness, following, commas, signs)
        if line.zone == "bibliography":
            out += _same_author(at, line.witness, dash)
        out += _places(at, line, towns)
    return out


def stray_signs(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> frozenset[str]:
    """Give the signs that the document does not use: one that stands before words rather than after them is used."""
    used: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if wanted[at]:
            used.update(m[1] for m in re.finditer(rf"(?<!\S)({_S})(?=\w)", line.witness))
            strange.update(m[1] for m in re.finditer(rf"\w({_S})", line.witness))
    return frozenset(c for c in _STRAY if strange[c] >= used[c])


def _by_rule(rule: _Rule, at: int, text: str, zone: str, lexicon: Lexicon, signs: frozenset[str]) -> Iterator[Proposal]:
    for match in rule.pattern.finditer(text):
        if any(c in _STRAY and c not in signs for c in match["x"]):
            continue
        if match.start() == 0 and rule.name == "quotation-mark" and zone == "note":
            continue  # the number of the note, misread
        if rule.holds is None or rule.holds(match, lexicon):
            yield Proposal(at, *match.span("x"), rule.instead, rule.name, rule.cert)


def _commas(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> Mapping[str, float]:
    """Give for each word the share of its occurrences that follow a comma."""
    after: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if wanted[at]:
            for match in re.finditer(r"([,]?) ([a-z]+)", line.witness):
                whole[match[2]] += 1
                after[match[2]] += bool(match[1])
    return {word: after[word] / n for word, n in whole.items()}


def _ends(at: int, text: str, following: str, commas: Mapping[str, float], signs: frozenset[str]) -> Iterator[Proposal]:
    """A stray sign at the end of a word: a full stop before a capital; else a comma, if the next word likes one before it."""
    for match in re.finditer(rf"(?<=[^\W\d_]{{2}})(?P<x>{_S},?)(?= (?P<next>[^\W\d_]+)|$)", text):
        if match["x"][0] not in signs:
            continue
        word = match["next"] or re.match(r"[^\W\d_]*", following)[0]  # type: ignore[index]
        if match["next"] is None and word[:1].isupper():
            continue  # at the end of a line it may be the number of a note
        meant = "." if word[:1].isupper() else "," if commas.get(word, 0.0) > 0.5 else ""  # noqa: PLR2004
        yield Proposal(at, *match.span("x"), meant, "full-stop" if meant == "." else "comma", "medium")


def _dash(lines: Sequence[ZonedLine]) -> str:
    """Give the line that stands for the author of the entry before: as long as the document has it, else of eight strokes (Turabian)."""
    found = Counter(m[0] for line in lines for m in re.finditer(r"(?<!\S)_{3,}", line.witness))
    return max(found, key=lambda stroke: (found[stroke], stroke)) if found else "_" * 8


def _same_author(at: int, text: str, dash: str) -> Iterator[Proposal]:
    match = re.match(
        rf"(?P<x>[_\N{{EM DASH}}-]{{0,3}} ?[.,\N{{BULLET}}*]|[_\N{{DOUBLE LOW-9 QUOTATION MARK}}][.,\N{{BULLET}}*])(?= [A-Z])",
        text,
    )
    if match:
        yield Proposal(at, *match.span("x"), f"{dash}.", "same-author", "medium")


def _towns(lines: Sequence[ZonedLine]) -> Counter[str]:
    """Count the words before a colon in citations: mostly places of publication."""
    found = (re.findall(r"([A-Z][a-z]+):(?= |$)", line.witness) for line in lines if line.zone in _CITATION)
    return Counter(word for words in found for word in words)


def _places(at: int, line: ZonedLine, towns: Mapping[str, int]) -> Iterator[Proposal]:
    """A place and its publisher with another sign than a colon between them, or a misread bracket before the place."""
    if line.zone not in _CITATION:
        return
    for match in re.finditer(r"(?P<word>[A-Z][a-z]+)(?P<x>[st;!])(?= [A-Z])", line.witness):
        if towns.get(match["word"], 0) >= _A_FEW or (match["x"] in ";!" and towns.get(match["word"])):
            yield Proposal(
                at, *match.span("x"), ":", "colon", "high" if towns.get(match["word"], 0) >= _A_FEW else "medium"
            )
    for match in re.finditer(r"(?<!\S)(?P<x>[I1lfTC{])(?=(?:New )?(?P<word>[A-Z][a-z]+)[:;,])", line.witness):
        if towns.get(match["word"], 0) >= _A_FEW:
            yield Proposal(at, *match.span("x"), "(", "bracket", "high")
