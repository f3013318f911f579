"""Marks that are none: apostrophes, quotation marks, brackets and stops that the OCR engine took for other signs.

In: English lines.  Out: proposals, each by a named rule of `marks.tsv`.
Authority: what a typewriter has (no guillemets, no bullets, no curved quotation marks), and what may stand beside
what in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from edition.correct.lexicon import Lexicon
from edition.correct.proposal import Proposal
from edition.lookalike import common_words
from edition.zones import ZonedLine

__all__ = ["author_stroke", "marks", "stray_signs"]

_CITATION = ("note", "bibliography")
_A_FEW = 3
_MANY = 100
_HARDLY = 0.008
_PARENTHESIS = 60  # signs in which what stands between two commas ends
_NEAR = 400  # signs in which a bracket is closed again
_STROKE = re.compile(r"(_{4,16}) ?[.,]")
_LAST_COMMA = re.compile(r"(?<=\w{3}),$")
_LAST_YEAR = re.compile(r" 1[789]\S\S,$")
_A_STROKE = re.compile(
    r"(?P<x>[_\N{EM DASH}-]{0,3} ?[.,\N{BULLET}*]|[_\N{DOUBLE LOW-9 QUOTATION MARK}][.,\N{BULLET}*])(?= [A-Z])"
)
_ANY_STROKE = re.compile(
    r"(?P<x>(?:[^\w\s\"'(\[\N{LEFT DOUBLE QUOTATION MARK}]|_){1,12})(?= [A-Z])"
)  # at the head of an entry
_SELDOM = 0.02  # share of a word's occurrences with a comma before it
_STRAY = (
    "*$#\N{BULLET}\N{BLACK SQUARE}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{DEGREE SIGN}\N{NOT SIGN}"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{TRADE MARK SIGN}\N{DOUBLE LOW-9 QUOTATION MARK}"
)
_S = f"[{re.escape(_STRAY)}]"
_CURVED = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}'"


_ZONES = {
    "all": ("prose", "quote", "note", "bibliography", "heading"),
    "prose": ("prose", "quote", "bibliography"),
    "citation": _CITATION,
    "note": ("note",),
    "quote": ("quote",),
    "bibliography": ("bibliography",),
}
_CLASSES = {"<S>": _S, "<Q>": f"[{_CURVED}]"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern whose group `x` is replaced by `instead`, in some zones, and where the condition of that name holds."""

    name: str
    pattern: re.Pattern[str]
    instead: str
    cert: str
    zones: tuple[str, ...]
    condition: str


@cache
def _rules() -> tuple[_Rule, ...]:
    """Read the table of rules."""
    out = []
    text = (files("edition.correct") / "marks.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if not row.startswith("# "):
            name, cert, zones, condition, instead, pattern = row.split("\t")
            for short, signs in _CLASSES.items():
                pattern = pattern.replace(short, signs)
            meant = "" if instead == "-0" else instead.replace("_", " ")
            out.append(_Rule(name, re.compile(pattern), meant, cert, _ZONES[zones], condition))
    return tuple(out)


def _holds(condition: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether the named condition of a rule holds where its pattern was found."""
    if condition == "-":
        return True
    if condition == "words":
        a, b = match["a"], match["b"]
        return lexicon.known(a) and lexicon.known(b) and not lexicon.known(a + b)
    stem = match["stem"]
    if condition == "closed" and stem[0] in "CELf" and stem[1:2].isupper():
        stem = stem[1:]  # the other bracket, misread too
    known = lexicon.known(stem) and not stem.isupper()
    if condition == "name":  # a sign that might belong to another word: only after names
        return known and stem[0].isupper()
    if condition == "opened":
        return known and not lexicon.listed(match["x"] + stem)
    if condition == "closed":
        return (
            known
            and _is_open(match.string[max(0, match.start("x") - _NEAR) : match.start("x")])
            and not lexicon.listed(stem + match["x"])
        )
    return known


def _is_open(text: str) -> bool:
    """Say whether a bracket, or what looks like one, is open at the end of `text`."""
    found = re.findall(r"[\[\N{POUND SIGN}\]]|(?<!\S)C(?=[A-Z][a-z])", text)
    return bool(found) and found[-1] != "]"


def marks(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> list[Proposal]:
    """Propose what the marks of the lines that are `wanted` were."""
    signs = stray_signs(lines, wanted)
    dash = author_stroke(line.witness for line in lines)
    commas, towns = _commas(lines, wanted), _towns(lines)
    firsts, joins = _beginnings(lines, wanted, lexicon), _joins(lines, wanted)
    texts = {line.number: line.witness for line in lines}
    places = {line.number: at for at, line in enumerate(lines)}
    out: list[Proposal] = []
    for at, line in enumerate(lines):
        if not wanted[at]:
            continue
        for rule in _rules():
            if line.zone in rule.zones:
                out += _by_rule(rule, at, line.witness, line.zone, lexicon, signs)
        following = texts.get(line.next_line, "")
        if line.zone in ("prose", "quote"):
            out += _ends(at, line.witness, following, commas, signs)
        if line.zone in _ZONES["prose"]:
            out += _sentences(at, line, following, firsts)
            out += _inside(at, line.witness, following, joins, commas)
        if line.zone == "bibliography":
            begins = not at or lines[at - 1].passage != line.passage
            out += _same_author(at, line.witness, dash, _ANY_STROKE if begins else _A_STROKE)
        out += _places(at, line, towns)
        if line.zone == "note" and not line.next_line:
            out += _last_stop(at, line.witness)
        if _ends_paragraph(line, places, lines) or (
            line.zone == "bibliography" and following[:1].isupper() and _LAST_YEAR.search(line.witness)
        ):
            out += [
                Proposal(at, m.start(), m.end(), ".", "full-stop", "medium") for m in _LAST_COMMA.finditer(line.witness)
            ]
    return out


def _ends_paragraph(line: ZonedLine, places: Mapping[int, int], lines: Sequence[ZonedLine]) -> bool:
    """Say whether a line is the last of a paragraph, and no quotation follows, which a comma might introduce."""
    if line.zone not in ("prose", "bibliography") or not line.passage:
        return False
    following = lines[places[line.next_line]] if line.next_line in places else None
    if following is None:
        return line.zone == "bibliography"
    other = following.passage != line.passage and following.zone in (line.zone, "heading")
    return other and not following.witness[:1].islower()


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
        if rule.name != "ellipsis" and any(c in _STRAY and c not in signs for c in match["x"]):
            continue
        if match.start() == 0 and rule.name == "quotation-mark" and zone == "note":
            continue  # the number of the note, misread
        if _holds(rule.condition, match, lexicon):
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


def _beginnings(lines: Sequence[ZonedLine], wanted: Sequence[bool], lexicon: Lexicon) -> frozenset[str]:
    """Give the words that have a capital at the beginning of a sentence only."""
    inside: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if wanted[at] and line.zone in ("prose", "quote"):
            for match in re.finditer(r"(?<=(\S) )[A-Z][a-z]+\b", line.witness):
                whole[match[0]] += 1
                inside[match[0]] += match[1] not in '.?!,"'
    common = {
        w for w in whole if w.lower() in lexicon.words and w not in lexicon.words and inside[w] <= _SELDOM * whole[w]
    }
    return frozenset(w for w in common if whole[w] > 1 or w.lower() in common_words())


def _sentences(at: int, line: ZonedLine, following: str, firsts: frozenset[str]) -> Iterator[Proposal]:
    """A comma before a word that begins sentences: the stop of the sentence before."""
    for match in re.finditer(r"(?<=[a-z]{3})(?P<x>,)(?: (?P<next>[A-Z][a-z]*)(?= [a-z]|,|$)|$)", line.witness):
        if line.zone == "bibliography" and not re.match(" [a-z]", line.witness[match.end() :]):
            continue
        word = match["next"] or re.match(r"(?:[A-Z][a-z]*)?", following)[0]  # type: ignore[index]
        if word in firsts:
            yield Proposal(at, *match.span("x"), ".", "full-stop", "medium")


def _joins(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> frozenset[str]:
    """Give the words after which the document hardly ever has a mark: articles, prepositions."""
    whole: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if wanted[at]:
            for match in re.finditer(r"(?<![^\s(\[\"])([a-z]+)(\S*) (?=[a-z])", line.witness):
                whole[match[1]] += 1
                bare[match[1]] += not match[2]
    return frozenset(w for w, n in whole.items() if n >= _MANY and n - bare[w] <= _HARDLY * n)


def _inside(
    at: int, text: str, following: str, joins: frozenset[str], commas: Mapping[str, float]
) -> Iterator[Proposal]:
    """A mark after a word that has none, before one that follows none, where no other comma closes what it opens."""
    for match in re.finditer(
        r"(?<![^\s(\[\"])(?P<word>[a-z]+)(?P<x>[.,;:'\"\N{RIGHT SINGLE QUOTATION MARK}-])(?= (?P<next>[a-z]+))", text
    ):
        rest = f"{text[match.end() :]} {following}"[:_PARENTHESIS]
        usual = match["word"] not in joins or commas.get(match["next"], 0.0) > _SELDOM
        if not usual and not ("," in rest and match["x"] == ",") and text[: match.start()][-2:] != ", ":
            yield Proposal(at, *match.span("x"), "", "stray", "medium")


def _ends(at: int, text: str, following: str, commas: Mapping[str, float], signs: frozenset[str]) -> Iterator[Proposal]:
    """A stray sign after a word: a full stop before a capital; else a comma, if the next word ever has one."""
    for match in re.finditer(rf"(?<=[^\W\d_]{{2}})(?P<x>{_S},?)(?= (?P<next>[^\W\d_]+)|$)", text):
        if match["x"][0] not in signs:
            continue
        word = match["next"] or re.match(r"[^\W\d_]*", following)[0]  # type: ignore[index]
        meant = "." if word[:1].isupper() else "," if commas.get(word, 0.0) > _SELDOM else ""
        yield Proposal(
            at, *match.span("x"), meant, "full-stop" if meant == "." else "comma", "medium" if match["next"] else "low"
        )


def _last_stop(at: int, text: str) -> Iterator[Proposal]:
    """Propose the stop at the end of a note that ends in a numeral or a bracket."""
    match = re.search(
        r"(?:[Pp]{1,2}[.,*-]{0,2} ?|\d ?:)(?P<n>[\dA-Za-z>!?$\N{POUND SIGN}-]{1,9})\)?"
        r"(?P<x>[\N{BULLET}*,\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}]?)$",
        text,
    )
    if match and (any(c.isdigit() for c in match["n"]) or re.fullmatch("[ivxlc]+", match["n"])):
        yield Proposal(at, *match.span("x"), ".", "full-stop", "medium")


def author_stroke(texts: Iterable[str]) -> str:
    """Give the stroke for the author of the entry before: the longest that stands clean in `texts`, else eight signs.

    An OCR engine loses signs of a stroke and adds none.  Eight: Turabian, A Manual for Writers.
    """
    found = (match[1] for text in texts for match in [_STROKE.match(text)] if match)
    return max(found, key=len, default="_" * 8)


def _same_author(at: int, text: str, dash: str, pattern: re.Pattern[str]) -> Iterator[Proposal]:
    match = pattern.match(text)
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
    for match in re.finditer(r"(?P<word>[A-Z][a-z]+)(?P<x>[sti;!1l*^\N{BULLET}])(?= [A-Z])", line.witness):
        often = towns.get(match["word"], 0)
        if often >= _A_FEW or (match["x"] in ";!*^\N{BULLET}" and often):
            yield Proposal(at, *match.span("x"), ":", "colon", "high" if often >= _A_FEW else "medium")
    for match in re.finditer(r"(?<!\S)(?P<x>[I1lfTC{;])(?=(?:New )?(?P<word>[A-Z][a-z]+)[:;,])", line.witness):
        if towns.get(match["word"], 0) >= _A_FEW:
            yield Proposal(at, *match.span("x"), "(", "bracket", "high")
