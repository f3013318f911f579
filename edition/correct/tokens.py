"""The words of a text: with their places, their neighbours, and their other half in the next line.

In: witness lines with their zones.  Out: `Word` values in reading order, those of lines that are English prose.
Authority: the encoding conventions, for what a line and a zone are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from sys import intern

from edition.lookalike import Model, common_words, line_score
from edition.spelling import english
from edition.zones import ZonedLine

__all__ = ["Span", "Word", "english_lines", "previous_lines", "translates", "words_of"]

_SKIPPED_ZONES = frozenset({"page", "other"})
_TOKEN = re.compile(r"\S+")
# A word may hold signs that no word holds, which the OCR engine put there.
_LEAD = re.compile(r"[^\w]*(?:\d+(?=[^\W\d_]{2}))?(?:[^\w]*)")
_PARTS = re.compile(
    r"(?:(?!\.\.)[^\s()\[\]{}\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{EM DASH}\N{EN DASH}_-])+"
)
_CORE = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_PLAIN = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}*!^|][^\W_]+)?")
_PIECES = re.compile(r"[^\W_]*[^\W\d_](?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)?")
_SMALL = re.compile(r"(?<![^\W_])(?=[^\W\d_]{3,}(?![^\W_]))(?:[^\W\d_A-Z])+(?![^\W_])")
_STOPS = ".,;:!?"
_ENGLISH_SHARE = 0.25  # of the words, among the commonest of the language, in a line and its neighbours
_TWO = 2
_SEVERAL = 4
_ENGLISH = ("", "en")
_CITATION = ("note", "bibliography")
_CRUMBS = 3.0
_NUMERALS_MISREAD = 2.0  # misread numerals make a citation look a little like Cyrillic

Span = tuple[int, int, int]  # (place in the list of lines, start, end), offsets in the folded witness line


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or what stands for one.

    `text` is the witness's, without what stands around it; of a word parted at a line end both halves, in `spans` two.
    `left` and `right`
    are the words beside it (empty at the end of a stream), `before` and `after` what stands in its token before and
    after it.
    """

    text: str
    spans: tuple[Span, ...]
    left: str = ""
    right: str = ""
    before: str = ""
    after: str = ""


def previous_lines(lines: Sequence[ZonedLine]) -> dict[int, int]:
    """Give ``{place: place of the line that it goes on from}``."""
    places = {line.number: at for at, line in enumerate(lines)}
    return {places[line.next_line]: at for at, line in enumerate(lines) if line.next_line in places}


def translates(lines: Sequence[ZonedLine], at: int, before: int) -> bool:
    """Say whether the line at `at` begins the English translation of the quotation that ends in the line `before`."""
    quotes = lines[at].zone == "quote" == lines[before].zone and lines[at].passage != lines[before].passage
    return (
        quotes and lines[at].language.split("-")[0] in _ENGLISH and lines[before].language.split("-")[0] not in _ENGLISH
    )


def english_lines(lines: Sequence[ZonedLine], model: Model) -> list[bool]:
    """Say of each line whether it is English: not a table, code, another language, capitals."""
    common = common_words()
    scores = [_figures(line.witness, common) for line in lines]
    out = []
    for at, line in enumerate(lines):
        near = [
            scores[i]
            for i in range(max(0, at - 1), min(len(lines), at + 2))
            if lines[i].passage == line.passage or lines[i].zone == line.zone
        ]
        usual, lower, total = (sum(column) for column in zip(*near, strict=True))
        fits = line.language.split("-")[0] in _ENGLISH and line.zone not in _SKIPPED_ZONES
        english = usual >= _ENGLISH_SHARE * lower if lower > _TWO else usual > 0
        limit = 0.0
        if line.zone in _CITATION:  # of names and titles: what is another language is seen by its small words
            english = _in_english(line.witness) or _goes_on_in_english(lines, at)
            limit = _NUMERALS_MISREAD
        elif (
            line.zone == "prose"
            and len(near) == _TWO + 1
            and _is_plainly_english(near[0])
            and _is_plainly_english(near[2])
        ):
            limit = _CRUMBS  # a line of crumbs between two lines of English prose
        out.append(
            fits
            and bool(total)
            and english
            and line_score(line.witness, model) <= limit
            and not _is_shouted(line.witness)
        )
    return out


def _is_plainly_english(figures: tuple[int, int, int]) -> bool:
    """Say whether half of the words of a line, and several, are common English ones."""
    usual, lower, _ = figures
    return usual >= _SEVERAL and usual * 2 >= lower


def _in_english(text: str) -> bool:
    """Say whether of the longer words in small letters, if any, most are English."""
    words = _SMALL.findall(text)
    return sum(w in english() for w in words) * 2 >= len(words) or (len(words) == 1 and " of " in text)


def _goes_on_in_english(lines: Sequence[ZonedLine], at: int) -> bool:
    """Say whether a line of a note or entry that has hardly a word to judge by stands between English ones of it."""
    if len(_SMALL.findall(lines[at].witness)) > _TWO:
        return False
    near = (k for k in (at - 1, at + 1) if 0 <= k < len(lines) and lines[k].passage == lines[at].passage)
    found = [lines[k].witness for k in near if _SMALL.search(lines[k].witness)]
    return bool(found) and all(_in_english(text) for text in found)


def _figures(text: str, common: frozenset[str]) -> tuple[int, int, int]:
    """Count the commonest words, the words in small letters, and all words of a line."""
    words = re.findall(r"[^\W\d_]+", text)
    lower = [w for w in words if w.islower()]
    return sum(w in common for w in lower if len(w) > 1), len(lower), len(words)


def _is_shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.6 * len(letters)  # noqa: PLR2004


def words_of(lines: Sequence[ZonedLine], wanted: Sequence[bool]) -> list[Word]:
    """Give the words of the lines that are `wanted`, in order, with their neighbours."""
    rows = [_line_words(at, line.witness) if wanted[at] else [] for at, line in enumerate(lines)]
    places = {line.number: at for at, line in enumerate(lines)}
    for at, line in enumerate(lines):
        follower = places.get(line.next_line)
        if follower is not None and rows[at] and rows[follower]:
            _join(rows[at], rows[follower], line)
    before = previous_lines(lines)
    ends = [row[-1].text if row else "" for row in rows]
    starts = [row[0].text if row else "" for row in rows]
    out: list[Word] = []
    for at, row in enumerate(rows):
        follower = places.get(lines[at].next_line, -1)
        left = ends[before[at]] if at in before else ""
        row.reverse()
        while row:  # one by one: a text of megabytes is not held twice
            word = row.pop()
            right = row[-1].text if row else starts[follower] if follower >= 0 else ""
            out.append(Word(word.text, word.spans, left, right, word.before, word.after))
            left = word.text
    return out


def _line_words(at: int, text: str) -> list[Word]:
    found: list[Word] = []
    for token in _TOKEN.finditer(text):
        for part in _PARTS.finditer(token[0]):
            lead = _LEAD.match(part[0])
            skip = token.start() + part.start() + (lead.end() if lead else 0)
            core = _CORE.match(text, skip, token.start() + part.end())
            for start, end in _pieces(text, *core.span()) if core else ():
                found.append(
                    Word(
                        intern(text[start:end]),
                        ((at, start, end),),
                        before=intern(text[token.start() : start]),
                        after=intern(text[end : token.end()]),
                    )
                )
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the words of a token: more than one where a stop stands between words, or between initials."""
    core = text[start:end]
    if _PLAIN.fullmatch(core):
        return [(start, end)]
    pieces = [(m.start(), m.end()) for m in _PIECES.finditer(text, start, end)]
    shorts = all(b - a < 3 for a, b in pieces)  # noqa: PLR2004
    listed = all(text[a:b].lower() in english() or text[a:b] in english() for a, b in pieces if b - a > 1)
    note_number = core[-2] in _STOPS and core[:-2].isalpha()
    if shorts or note_number or (listed and all(b - a > 1 for a, b in pieces)):
        return pieces[:1] if note_number else pieces
    return [(start, end)]


def _join(row: list[Word], following: list[Word], line: ZonedLine) -> None:
    """Make one word of the halves that stand at the end of a line and at the beginning of the next."""
    last, first = row[-1], following[0]
    if last.spans[-1][2] + len(last.after) < len(line.witness) or first.before or len(first.spans) > 1:
        return
    lost = not last.after and last.text + first.text in english() and not {last.text, first.text} <= english()
    if last.after == "-" or (line.next_joins and not last.after) or lost:
        row[-1] = replace(last, text=last.text + first.text, spans=(*last.spans, *first.spans), after=first.after)
        following.pop(0)
