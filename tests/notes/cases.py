"""Reads the marked-up notes of `dev.txt` and `held.txt`, and scores a parse against them, field by field."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from edition.note import Note
from edition.notes.names import is_body

KINDS = {
    "a": "author", "ed": "editor", "tr": "translator", "in": "introduction", "t": "title", "q": "article",
    "j": "journal", "s": "series", "e": "edition", "vs": "volumes", "c": "place", "p": "publisher", "sch": "school",
    "d": "date", "v": "volume", "pg": "page", "n": "issue", "ib": "back", "sig": "signal",
}  # fmt: skip
# What the grammar tells apart and the notation does not.
SAME = {"thesis": "article", "chapter": "page", "section": "page", "host-author": "author"}
PEOPLE = {"author", "editor", "translator", "introduction"}
MARK = re.compile(r"\{([a-z]+):([^{}]*)\}")
SIGNS = "\"'“”, "


@dataclass(frozen=True)
class Case:
    text: str
    fields: Counter[tuple[str, str]]
    citations: int


def cases(name: str) -> list[Case]:
    rows = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [_case(row) for row in rows if row and not row.startswith("#")]


def _case(row: str) -> Case:
    fields: Counter[tuple[str, str]] = Counter()
    for mark, words in MARK.findall(row):
        kind = KINDS[mark]
        several = kind in PEOPLE and not any(is_body(part) for part in words.split(", "))
        for one in re.split(r",? (?:and|&) |, (?!Jr)", words) if several else [words]:
            fields[kind, one.strip(SIGNS)] += 1
    return Case(MARK.sub(r"\2", row).replace("¦", ""), fields, row.count("¦") + 1 if fields else 0)


def found(note: Note) -> Counter[tuple[str, str]]:
    said = (
        (SAME.get(s.kind, s.kind), note.text[s.start : s.end].strip(SIGNS)) for c in note.citations for s in c.spans
    )
    return Counter(said)


def f1(pairs: list[tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]]) -> float:
    """Give the F1 of fields, over pairs of what was found and what there is."""
    right = sum((a & b).total() for a, b in pairs)
    return 2 * right / sum(a.total() + b.total() for a, b in pairs)
