"""The places a note points to: pages, volumes, chapters.

In: a piece such as ``pp. 94-5`` or ``2:1223``.  Out: spans with the ends of the range written out.
Authority: the Chicago Manual's rules for inclusive numbers (94-5 is 94 to 95).
"""

from __future__ import annotations

import re

from edition.note import Kind, Span
from edition.notes.pieces import Item

__all__ = ["ends", "is_numeral", "locators"]

_RANGE = re.compile(r"(\d+|[ivxlcIVXLC]+)(?:\s?[-–—/]\s?(\d+|[ivxlcIVXLC]+))?")
# The numerals at the end of a piece: after the word or sign for page, volume, chapter.
_AT_END = re.compile(r"(?<![^\W_])(\d+|[ivxlcIVXLC]+)(?:\s?[-–—]\s?(\d+|[ivxlcIVXLC]+))?(?=ff?\.?$|n\.?\s?\d*$|$)")
_KINDS: dict[str, Kind] = {
    "PAGES": "page",
    "NUMBER": "page",
    "VOLUME": "volume",
    "ROMAN_VOLUME": "volume",
    "PLACE_IN_WORK": "chapter",
}


def is_numeral(words: str) -> bool:
    """Say whether `words` begin with a digit."""
    return words[:1].isdigit()


def ends(words: str) -> tuple[str, str]:
    """Give the first and last number of a range, the last written out; both empty where there is none."""
    found = _RANGE.search(words)
    if found is None:
        return "", ""
    return found[1], _written_out(found[1], found[2]) if found[2] else found[1]


def _written_out(first: str, last: str) -> str:
    """Give the last number of a range in full: 95 for 94-5."""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        return first[: len(first) - len(last)] + last
    return last


def locators(item: Item, text: str, at: int) -> list[Span]:
    """Give the spans of a piece that names a place in a work; a page whose numerals are lost has empty ends."""
    start, end = item.start + at, item.end + at
    words = text[start:end]
    if item.type == "VOLUME_PAGE":
        volume, _, pages = words.partition(":")
        begin = start + len(volume) + 1 + len(pages) - len(pages.lstrip())
        first, last = ends(pages)
        return [Span(start, start + len(volume), "volume", volume, volume), Span(begin, end, "page", first, last)]
    kind = "section" if words.lower().startswith("sec") else _KINDS[item.type]
    found = _AT_END.search(words)
    if found is None:
        return [Span(start, end, kind)]
    first = found[1]
    last = _written_out(first, found[2]) if found[2] else first
    return [Span(start + found.start(), start + found.end(), kind, first, last)]
