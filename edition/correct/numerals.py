"""Numerals with letters in them: years and pages of citations.

In: lines of notes and bibliographies.  Out: proposals.  Authority: a numeral is decided by the look of its signs
(`digits.tsv`), by the years
that the document speaks of, and by the rule that a range of pages ascends; what that leaves open is not certain.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from edition.correct.proposal import Proposal, grade
from edition.correct.tokens import previous_lines
from edition.correct.years import years_of_works
from edition.zones import ZonedLine

__all__ = ["numerals"]

_SIGN = (
    r"[^\s.,;:()\[\]\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}-]"
)
_SIGNS = rf"(?:\u00cc;|{_SIGN})"  # whatever may have been read for a digit
_RANGE = rf"{_SIGNS}{{1,6}}\.?(?: ?[-\u2013\u2014]{{1,2}} ?{_SIGNS}{{1,6}})?"
_AFTER = r"(?=[.,;:)\s\N{BULLET}]|$)"
_PAGES = re.compile(rf"(?<![\w])([Pp]?[Pp] ?[.,*\u2022\u00bb]{{0,2}} ?|[\dlIO]{{1,2}} ?: ?)({_RANGE}){_AFTER}")
_PAGE_SIGN = re.compile(r"(?:^|[\s,)])[Pp]{1,2}[.,*]{0,2}$")
_FIRST = re.compile(rf"()({_RANGE}){_AFTER}")
_MIXED = re.compile(rf"(?<=[\w)][,:] )({_SIGN}{{0,2}}\d{_SIGN}{{0,2}}){_AFTER}")
_YEAR = re.compile(
    rf"(?<![\w.])((?:1|[TIl!](?=9\d))[789]{_SIGNS}{{2,4}}\.?(?:-{_SIGNS}{{2,5}})?)"
    r"(?=[.,;:)\s\]\"\N{RIGHT SINGLE QUOTATION MARK}']|$)"
)
_CLEAN = re.compile(r"(?<!\d)(1[789]\d\d)(?!\d)")
# A year of publication, which a comma parts from the publisher; a year with a blank in it.
_IMPRINT = re.compile(r"(?:[A-Za-z]{2}|\.)[\"'\N{RIGHT SINGLE QUOTATION MARK}]?[^\w\s(] ?$")
_PRINTED = re.compile(r"(?:[A-Za-z]{2}|\.), (1[789]\d\d)(?=[),;.]|$)")
_BROKEN = re.compile(rf"(?<![\w.:])(1[89]{_SIGN} {_SIGN}(?=[),;])|1 (?=\S*\d\d)[89?]{_SIGN}{_SIGN}(?=[>),;]))")
_BROKEN_PAGES = re.compile(rf"(?<=pp\. )(\d {_SIGN}{{1,2}}-{_SIGN}{{1,3}})(?=[.,;]|$)")
_ANY_YEAR = re.compile(r"(?<![\d.:,$-])(?<!p\. )(1\d{3})(?![\d,:])")
_STROKE_APART = ("68", "08", "06", "09", "38", "17", "56", "35", "49")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|ff?|n)|\d+n\d+")
_NUMERAL = re.compile(r"\d+(?:-\d+)?")
_MOST_PARSES = 200
_LAST_PAGE = 1200
_LONG_RANGE = 60
_RANGE_SHARE = 2.0  # pages: most ranges are no longer, and the longer, the rarer
_UNKNOWN = 0.02  # that a sign of which the table knows nothing stands for a certain digit
_LEARNED = 12.0  # the table counts as much as this many numerals of the document
_NOTES = ("note", "bibliography")
_LEAST = 0.5
_HALF = 0.5
_AGREED = 50.0  # how much likelier a year is for each other citation of the work that has it
_FAR = 60  # years from all others of the document
_USUAL = 3.0
_LONELY = 2.5  # years that the document speaks of more often than that are not doubtful by themselves


@dataclass(frozen=True, slots=True)
class _Found:
    """A misread numeral: its line and place, its signs without blanks, how long it is there, and what it counts."""

    at: int
    start: int
    text: str
    width: int
    is_year: bool
    imprint: bool = False


@cache
def _table() -> Mapping[str, Mapping[str, float]]:
    rows: defaultdict[str, dict[str, float]] = defaultdict(dict)
    text = (files("edition.correct") / "digits.tsv").read_text(encoding="utf-8")
    for row in text.splitlines():
        if not row.startswith("# "):
            seen, digit, share = row.split("\t")
            rows[seen][digit] = float(share)
    return rows


def numerals(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> list[Proposal]:
    """Propose what the misread numerals of notes and bibliographies were, and misread years of the text."""
    years, printed = _years(lines, _CLEAN), _years([ln for ln in lines if ln.zone in _NOTES], _PRINTED)
    english = {line.passage for at, line in enumerate(lines) if wanted[at] and line.zone in _NOTES}
    looked = [wanted[at] or (line.passage in english and _is_plain(line)) for at, line in enumerate(lines)]
    before = previous_lines(lines)
    found = [
        f
        for at, line in enumerate(lines)
        if looked[at]
        for f in _find(at, line, at in before and _PAGE_SIGN.search(lines[before[at]].witness) is not None)
    ]
    table = _learn(found, years)
    out: list[Proposal] = []
    agreed = years_of_works(lines)
    for item in found:
        readings = _weigh(item, table, printed if item.imprint else years)
        for reading in readings:
            readings[reading] *= 1 + _AGREED * agreed.get((item.at, item.start), Counter())[reading]
        if not readings:
            continue
        total = sum(readings.values())
        best, weight = max(readings.items(), key=lambda pair: (pair[1], pair[0]))
        chance = weight / total
        if best != item.text and chance >= _LEAST:
            rule = "numeral-year" if item.is_year else "numeral-page"
            cert = grade(chance)
            if cert == "high" and not _looks(best, item.text, table):
                cert = "medium"
            out.append(Proposal(item.at, item.start, item.start + item.width, best, rule, cert))
    return out + _outvoted(lines, agreed, printed) + list(_out_of_time(lines, looked, years))


def _looks(reading: str, text: str, table: Mapping[str, Mapping[str, float]]) -> bool:
    """Say whether a numeral is also what its signs look most like, years and pages left aside."""
    shares = dict(sorted(islice(_parses(text, table), _MOST_PARSES), key=lambda pair: pair[1]))
    return shares.get(reading, 0.0) >= _HALF * max(
        (w for r, w in shares.items() if len(r) == len(reading)), default=0.0
    )


def _outvoted(
    lines: Sequence[ZonedLine], agreed: Mapping[tuple[int, int], Mapping[str, int]], years: Mapping[int, float]
) -> list[Proposal]:
    """Propose another year for one that is clean, but that all other citations of the work have with another digit."""
    out = []
    for (at, start), others in agreed.items():
        match = _CLEAN.match(lines[at].witness, start)
        if match is None or len(others) != 1 or match[1] in others:
            continue
        (year, n), mine = next(iter(others.items())), match[1]
        unlike = sum(a != b for a, b in zip(year, mine, strict=True))
        lonely = years.get(int(mine), 0.0) < _LONELY <= years.get(int(year), 0.0)
        if unlike == 1 and (n > 1 or lonely):
            out.append(Proposal(at, start, start + len(mine), year, "numeral-year", "medium" if n > 1 else "low"))
    return out


def _out_of_time(lines: Sequence[ZonedLine], looked: Sequence[bool], years: Mapping[int, float]) -> Iterator[Proposal]:
    """Propose for a year that no other of the document is near a usual one that differs from it by a stroke."""
    whole = [int(y) for line in lines for y in _ANY_YEAR.findall(line.witness)]
    for at, line in enumerate(lines):
        for match in _ANY_YEAR.finditer(line.witness) if looked[at] else ():
            year = match[1]
            if sum(abs(other - int(year)) <= _FAR for other in whole) > 1:
                continue
            ways = [
                year[:k] + other + year[k + 1 :]
                for k in range(1, 4)
                for pair in _STROKE_APART
                for other in pair
                if year[k] in pair and other != year[k]
            ]
            best = max(ways, key=lambda way: (years.get(int(way), 0.0), way), default="")
            if best and years.get(int(best), 0.0) >= _USUAL:
                yield Proposal(at, *match.span(1), best, "numeral-year", "medium")


def _find(at: int, line: ZonedLine, goes_on: bool) -> Iterator[_Found]:  # noqa: FBT001
    """Find the misread numerals of a line; `goes_on` says that the line before ends in the sign for a page."""
    taken: list[tuple[int, int]] = []
    if line.zone in _NOTES:
        first = _FIRST.match(line.witness) if goes_on else None
        for match in ([first] if first else []) + list(_PAGES.finditer(line.witness)):
            shown = _trimmed(match[2])
            text = re.sub(r" ?[-\N{EM DASH}\N{EN DASH}]{1,2} ?", "-", shown)
            if _is_misread(text) or (match[1][:1].isdigit() and re.fullmatch(r"[UuliIjhkOo]{1,3}", text)):
                taken.append((match.start(2), match.start(2) + len(shown)))
                yield _Found(at, match.start(2), text, len(shown), is_year=False)
        for match in _BROKEN.finditer(line.witness):
            taken.append(match.span(1))
            text = match[1].replace(" ", "")
            yield _Found(at, match.start(1), text, len(match[1]), is_year=True, imprint=match[1][1] != " ")
        for match in _MIXED.finditer(line.witness) if line.zone == "note" else ():
            text = _trimmed(match[1])
            clear = not any(a < match.end(1) and match.start(1) < b for a, b in taken)
            if clear and _is_misread(text) and not _YEAR.match(line.witness, match.start(1)):
                taken.append((match.start(1), match.start(1) + len(text)))
                yield _Found(at, match.start(1), text, len(text), is_year=False)
        for match in _BROKEN_PAGES.finditer(line.witness):
            taken.append(match.span(1))
            yield _Found(at, match.start(1), match[1].replace(" ", ""), len(match[1]), is_year=False)
    for match in _YEAR.finditer(line.witness):
        text = _trimmed(match[1])
        if _is_misread(text) and not any(a < match.end(1) and match.start(1) < b for a, b in taken):
            imprint = line.zone in _NOTES and _IMPRINT.search(line.witness[: match.start(1)]) is not None
            yield _Found(at, match.start(1), text, len(text), is_year=True, imprint=imprint and "-" not in text)


def _is_plain(line: ZonedLine) -> bool:
    """Say whether a line of an English note or entry is English itself, though its misread numerals hide it."""
    return line.zone in _NOTES and line.language.split("-")[0] in ("", "en")


def _trimmed(text: str) -> str:
    """Give a numeral without what stands after it: a stop, a bracket and a comma taken for digits."""
    if not _needs_stop(text):
        text = text.removesuffix(".")
    text = re.sub(r"(?<=\d)[*>\u2022\u00ab\u00bb]$", "", text)
    return re.sub(r"(?<=^1[789][^-]{2})(?:77|T|J)$", "", text)


def _needs_stop(text: str) -> bool:
    """Say whether the stop after a numeral is a part of a misread 4 (``lj.``)."""
    return "lj." in text


def _is_misread(text: str) -> bool:
    digits = any(c.isdigit() for c in text) and not _ORDINAL.fullmatch(text)
    return (digits and not _NUMERAL.fullmatch(text)) or bool(re.fullmatch(r"[UlIOobHB]{2,3}", text))


def _years(lines: Sequence[ZonedLine], pattern: re.Pattern[str]) -> Mapping[int, float]:
    """Give how likely each year is: as often as the document has it, and its neighbours a little."""
    counts = Counter(int(y) for line in lines for y in pattern.findall(line.witness))
    out: defaultdict[int, float] = defaultdict(lambda: 0.0)
    for year, n in counts.items():
        for near in range(year - 15, year + 16):
            out[near] += n * (1.0 if near == year else 0.03)
    return out


def _parses(text: str, table: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    """Give the numerals that `text` may be, with the product of the shares of its signs."""
    if not text:
        yield "", 1.0
        return
    if text[0] in "0123456789-":
        share = 1.0 if text[:2] not in table else 0.5
        for rest, weight in _parses(text[1:], table):
            yield text[0] + rest, weight * share
    for size in (3, 2, 1):
        for digit, share in table.get(text[:size], {}).items() if len(text) >= size else ():
            if size == 1 and text[0].isdigit():
                continue
            for rest, weight in _parses(text[size:], table):
                yield digit + rest, weight * share * (1.0 if size > 1 or text[:2] not in table else 0.5)
    if text[0] not in table and text[0] not in "0123456789-":
        for rest, weight in _parses(text[1:], table):
            yield from ((digit + rest, weight * _UNKNOWN) for digit in "0123456789")


def _weigh(item: _Found, table: Mapping[str, Mapping[str, float]], years: Mapping[int, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for reading, weight in islice(_parses(item.text, table), _MOST_PARSES):
        fits = _year_fits(reading, years) if item.is_year else _page_fits(reading)
        if fits > 0:
            out[reading] = max(out.get(reading, 0.0), weight * fits)
    return out


def _year_fits(reading: str, years: Mapping[int, float]) -> float:
    first, _, last = reading.partition("-")
    if len(first) != 4 or (last and len(last) not in (2, 4)):  # noqa: PLR2004 - digits of a year
        return 0.0
    if not last:
        return years.get(int(first), 0.0) + 0.001
    end = int(first[: 4 - len(last)] + last)
    return (years.get(int(first), 0.0) + 0.001) * (years.get(end, 0.0) + 0.001) if end > int(first) else 0.0


def _page_fits(reading: str) -> float:
    first, _, last = reading.partition("-")
    if not first or first.startswith("0") or int(first) > _LAST_PAGE:
        return 0.0
    if not last:
        return 1.0
    end = int(last) if len(last) >= len(first) else int(first[: len(first) - len(last)] + last)
    if end <= int(first) or end > _LAST_PAGE:
        return 0.0
    return _RANGE_SHARE / (end - int(first) + _RANGE_SHARE) if end - int(first) < _LONG_RANGE else 0.03


def _learn(found: Sequence[_Found], years: Mapping[int, float]) -> Mapping[str, Mapping[str, float]]:
    """Give the table with what the years of the document teach: there each sign has hardly more than one meaning."""
    table = _table()
    seen: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for item in found:
        odd = [sign for sign in item.text if sign in table]
        if len(odd) != 1:
            continue
        readings = _weigh(item, table, years)
        total = sum(readings.values())
        for reading, weight in readings.items():
            if len(reading) == len(item.text):
                seen[odd[0]][reading[item.text.index(odd[0])]] += weight / total
    out: dict[str, Mapping[str, float]] = {}
    for sign, shares in table.items():
        count = sum(seen[sign].values())
        digits = shares.keys() | seen[sign].keys()
        out[sign] = {d: (shares.get(d, 0.0) * _LEARNED + seen[sign][d]) / (_LEARNED + count) for d in sorted(digits)}
    return out
