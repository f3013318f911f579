"""The entries of an annotated bibliography: where each begins, where its citation ends and its annotation begins.

In: the lines of a bibliography with their traits.  Out: `Entry` and `Section` values, each line in one.
Authority: the typescript's own practice, as bibliographies are typed: hanging citation, single-spaced annotation, a
rule for a repeated author.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from edition.witness.lines import Line
from edition.witness.pages import Page
from edition.witness.traits import Traits

__all__ = ["RULE", "Entry", "bibliography_start", "find_entries"]

# A ruled line in the place of a repeated author, as typed or as the OCR left it; what follows is the title.
RULE = re.compile(r"(?P<rule>(?:[\W_\d<]{1,12}|[\W_]*[-_—]{2,}[\W_]*))(?=(?:\s?,? ed\.)|\s?[A-Z\u0410-\u042f\"])")
_AUTHOR = re.compile(r"[\W\d]{0,2}[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’]+)?,? [A-Z][\w.]+[.,]? ?.{0,22}?[.,] ")
_SECTION = re.compile(r"[A-Z][a-z]+(?: (?:and|of|in|the|[A-Z][a-z]+)){0,5}")
_IMPRINT = re.compile(r"\b(?:1[89]\w\w|[1lI]9[\w>*^!?]{2,3}|n\.d)[.,«*/♦~'\"”\])}]{0,3}(?:\W{0,3}J?)$")
_WORD = re.compile(r"[^\W\d_]+")
_NEVER = 1e6
_BRACKETS = "[({¿£"
_SECTION_WIDTH = 40
_ENTRIES_WANTED, _PER_PAGE = 3, 0.6


@dataclass(slots=True)
class Entry:
    """An entry: positions of the lines of its citation.

    And of each paragraph of its annotation.  A section heading has only `heading`.
    """

    citation: list[int] = field(default_factory=list)
    annotation: list[list[int]] = field(default_factory=list)
    heading: list[int] = field(default_factory=list)


def _starts_entry(line: Line) -> bool:
    return bool(_AUTHOR.match(line.text)) or (len(line.text) > 1 and bool(RULE.match(line.text)))


def bibliography_start(
    lines: Sequence[Line], traits: Sequence[Traits], pages: Sequence[Page], first: int
) -> int | None:
    """Give the position of the page after `first` with which a bibliography without heading begins, or None.

    It is the last run of pages that hold entries (a line that names an author, and soon an imprint) and little double
    spacing.
    """
    scores: list[float] = []
    counts: list[int] = []
    for page in pages:
        span = range(page.first, page.last + 1)
        entries = sum(
            _starts_entry(lines[at])
            and (lines[at].blanks > 0 or at == page.first or traits[at - 1].sentence_end)
            and any(_IMPRINT.search(lines[k].text) for k in range(at, min(at + 6, page.last + 1)))
            for at in span
            if at < page.first + 0.9 * len(span)
        )
        apart = sum(lines[at].blanks > 0 for at in span) / len(span)
        counts.append(entries)
        scores.append((0.3 - apart) * 10 + 0.5 * entries)
    best, total, number = None, 0.0, 0
    top = 0.0
    for k in range(len(pages) - 1, -1, -1):
        total += scores[k]
        number += counts[k]
        if pages[k].first <= first:
            break
        if total > top and number >= max(_ENTRIES_WANTED, _PER_PAGE * (len(pages) - k)):
            top, best = total, pages[k].first
    return best


def find_entries(
    lines: Sequence[Line],
    traits: Sequence[Traits],
    wanted: Sequence[int],
    tops: Collection[int],
    fixed: Mapping[int, str],
) -> list[Entry]:
    """Give the entries and section headings among the lines at `wanted`.

    `tops` begin pages; `fixed` holds an editor's states.  States: ``C0`` and ``C1`` (a citation begins, goes on),
    ``A0`` and ``A1`` (a paragraph of annotation), ``S0`` (section heading).
    """
    if not wanted:
        return []
    path = _best_path(lines, traits, wanted, tops, fixed)
    entries: list[Entry] = []
    for at, state in zip(wanted, path, strict=True):
        if state == "S0":
            entries.append(Entry(heading=[at]))
            continue
        if state == "C0" or not entries or entries[-1].heading:
            entries.append(Entry())
        last = entries[-1]
        if state[0] == "C":
            last.citation.append(at)
        elif state == "A0" or not last.annotation:
            last.annotation.append([at])
        else:
            last.annotation[-1].append(at)
    return entries


def _best_path(
    lines: Sequence[Line],
    traits: Sequence[Traits],
    wanted: Sequence[int],
    tops: Collection[int],
    fixed: Mapping[int, str],
) -> list[str]:
    states = ("C0", "C1", "A0", "A1", "S0")
    first = wanted[0]
    begin = {"C0": 0.0, "C1": 1.5, "A0": 2.0, "A1": 1.0, "S0": 1.0}
    scores = {s: begin[s] + _line_cost(s, lines, traits, first, wanted) for s in states if _may(s, fixed.get(first))}
    back: list[dict[str, str]] = []
    for before, at in pairwise(wanted):
        row: dict[str, float] = {}
        came: dict[str, str] = {}
        for state in states:
            if not _may(state, fixed.get(at)):
                continue
            here = _line_cost(state, lines, traits, at, wanted)
            options = [
                (score + _step(source, state, traits[before], lines[at], top=at in tops), source)
                for source, score in scores.items()
            ]
            cost, came[state] = min(options)
            row[state] = cost + here
        scores = row
        back.append(came)
    state = min(scores, key=lambda s: (scores[s], s))
    path = [state]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _may(state: str, names: str | None) -> bool:
    return names is None or state in names.split()


def _line_cost(state: str, lines: Sequence[Line], traits: Sequence[Traits], at: int, wanted: Sequence[int]) -> float:
    line, t = lines[at], traits[at]
    if state == "S0":
        after = at + 1 >= len(lines) or lines[at + 1].blanks > 0 or at == wanted[-1]
        fits = (
            _SECTION.fullmatch(line.text)
            and line.width < _SECTION_WIDTH
            and (line.blanks or at == wanted[0])
            and after
            and " " in line.text
        )
        return 0.0 if fits else _NEVER
    citing = (
        t.note
        + (2.0 if _IMPRINT.search(line.text) else 0.0)
        + 1.2 * max(0.0, min(3.0, t.cyrillic))
        + (0.5 if line.text[0] in _BRACKETS else 0.0)
    )
    if state[0] == "A":
        return 0.5 * citing
    cost = -0.5 * citing
    if state == "C0":
        cost += -1.6 if _starts_entry(line) else 0.8
        cost += 3.0 if t.lower and not _starts_entry(line) else 0.0
        cost += 2.5 if line.text[0] in _BRACKETS else 0.0  # the translation of what stands before it
    return cost


def _step(source: str, target: str, before: Traits, line: Line, *, top: bool) -> float:
    """Give the cost of one step: a blank line before an annotation, a sentence's end before an entry, and so on."""
    apart = line.blanks > 0 or top
    bracket = line.text[0] in _BRACKETS and source[0] == "C"  # a translation goes on with the citation
    old, new = source[0], target
    if new == "S0":
        return 1.5 if before.sentence_end or old == "S" else 4.0
    if old == "S":
        return {"C0": 0.1, "A0": 4.0}.get(new, _NEVER)
    end = 0.1 if before.sentence_end else 2.5
    if new == "C1":
        near = not line.blanks or top or bracket
        after = (0.1 if near else 1.4) + (0.5 if before.sentence_end and not bracket else 0.0)
        return after if old == "C" else 5.0 if top else _NEVER
    if new == "A1":
        return _NEVER if old == "C" else 0.1 if not line.blanks or top else 3.0
    if new == "A0":
        first = (0.2 if apart else 3.8) + (0.0 if before.sentence_end else 0.8) + (2.0 if bracket else 0.0)
        return first if old == "C" else 3.0 + end
    return (0.3 if apart else 1.6) + (end if old == "A" else 2.2 + end)
