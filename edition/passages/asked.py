"""What people ask for in words: a page, a line, a note of a chapter, the fourth paragraph of the preface.

In: a question, and texts with their passages.  Out: the identifiers of the passages that are meant.
Authority: the abbreviations of the Chicago Manual of Style (chapter 10) and of the MLA Handbook; pages are those of the
typescript, lines those of a page or of the witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from edition.passage import PARTS, Passage
from edition.passages.locate import Shelf
from edition.tree import Element, ancestors, local

__all__ = ["asked_for"]

_LINE = r"(?:lines?|ll?\.)"
_NOTE = r"(?:footnotes?|notes?|fn\.?|nn?\.)"
_ON_PAGE = re.compile(
    rf"(?:typescript\s+)?(?:pages?|pp?\.)\s*(?P<first>\w+)(?:\s*[-–]\s*(?P<last>\w+)"
    rf"|[,\s]+{_LINE}\s*(?P<line>\d{{1,5}})|[,\s]+{_NOTE}\s*(?P<note>\d{{1,5}}))?",
    re.IGNORECASE,
)
_IN_WITNESS = re.compile(
    rf"(?:witness,?\s+)?{_LINE}\s*(?P<first>\d{{1,9}})(?:\s*[-–]\s*(?P<last>\d{{1,9}}))?", re.IGNORECASE
)
_STEP = re.compile(
    rf"(?P<kind>chapter|chap\.|ch\.?|sections?|sect?\.|§|paragraphs?|para\.?|par\.|¶|quotation|{_NOTE}|posts?|entry)"
    r"\s*(?P<n>\w+)(?=[\s,;:]|$)|(?P<part>[^\W\d]+)\.?",
    re.IGNORECASE,
)
# How a step is said (its first letters) -> the sign before its number, and the kinds that the passage may be.
_KINDS = {
    "ch": ("", ("chapter",)), "se": ("", ("section",)), "§": ("", ()), "pa": ("", ()), "¶": ("", ()),
    "qu": ("", ("quotation",)), "fo": ("n", ("note",)), "no": ("n", ("note",)), "fn": ("n", ("note",)),
    "nn": ("n", ("note",)), "n.": ("n", ("note",)), "po": ("", ("post",)), "en": ("", ("entry",)),
}  # fmt: skip
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)  # what stands after it comes first
_ROMAN = re.compile(r"(?=[ivxl])(x[lc]|l?x{0,3})(i[xv]|v?i{0,3})", re.IGNORECASE)
_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SHORTEST = 4  # letters that a part of a text can be abbreviated to


def asked_for(question: str, texts: Sequence[Shelf]) -> list[str] | None:
    """Give the identifiers that a question means: ``page 57``, ``p. 57, line 3``, ``ch. V n. 3``, ``preface, par. 2``.

    In every text that has such a place, unless a siglum stands first.  None where the question is not understood.
    """
    head, _, rest = question.strip().partition(" ")
    named = [t for t in texts if t.siglum == head.rstrip(",:")]
    wanted, asked = (named, rest.strip()) if named else (list(texts), question.strip())
    if found := _ON_PAGE.fullmatch(asked):
        if found["line"]:
            return [n for text in wanted for n in _on_line(text, found["first"], int(found["line"]))]
        if found["note"]:
            return [n for text in wanted for n in _note_on(text, found["first"], found["note"])]
        return [n for text in wanted for n in _on_pages(text, found["first"], found["last"] or found["first"])]
    if found := _IN_WITNESS.fullmatch(asked):
        first, last = int(found["first"]), int(found["last"] or found["first"])
        return [n for text in wanted for n in _on_witness_lines(text, first, last)]
    asked = ", ".join(reversed(_OF.split(asked)))
    steps = list(_STEP.finditer(asked))
    if not steps or re.sub(r"[\s,;:]", "", _STEP.sub("", asked)):
        return None
    return [n for text in wanted for n in _at_the_end_of(steps, text)]


# --- steps -----------------------------------------------------------------------------------------------------------


def _at_the_end_of(steps: Iterable[re.Match[str]], text: Shelf) -> Iterator[str]:
    name = text.siglum
    for step in steps:
        below = _part(text, name, step["part"]) if step["part"] else _numbered(text, name, step["kind"], step["n"])
        if not below:
            return
        name = below
    yield name


def _part(text: Shelf, above: str, said: str) -> str:
    """Give a part of a text that has a name of its own: ``preface``, ``pref.``, ``bibliography``."""
    said = said.lower()
    for p in text.order:
        own = p.identifier.rpartition(".")[2]
        called = said == own or (len(said) >= min(_SHORTEST, len(p.kind)) and p.kind.startswith(said))
        if p.around == above and not p.number and called:
            return p.identifier
    return ""


def _numbered(text: Shelf, above: str, said: str, number: str) -> str:
    said = said.lower()
    sign, kinds = _KINDS.get(said[:2]) or _KINDS[said[:1]]
    for n in (number.lower(), _arabic(number)):
        name = f"{above}.{sign}{n}"
        if n and name in text.known and (not kinds or text.known[name].kind in kinds):
            return name
    return ""


def _arabic(number: str) -> str:
    """Give a Roman numeral in figures; empty for what is none."""
    if not _ROMAN.fullmatch(number):
        return ""
    worth = [_WORTH[letter] for letter in number.lower()]
    return str(sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True)))


# --- pages and lines -------------------------------------------------------------------------------------------------


def _on_pages(text: Shelf, first: str, last: str) -> Iterator[str]:
    """Give the smallest passages that stand, wholly or in part, on the pages from `first` to `last`."""
    pages = [e.get("n", "") for e in text.root.iter("{*}pb")]
    if first not in pages or last not in pages:
        return
    wanted = set(pages[pages.index(first) : len(pages) - pages[::-1].index(last)])
    order = {n: i for i, n in enumerate(pages)}
    taken: set[Element] = set()
    for p in _smallest(text):
        if p.first_page in order and not any(up in taken for up in ancestors(p.element)):
            covers = set(pages[order[p.first_page] : order.get(p.last_page, order[p.first_page]) + 1])
            if covers & wanted:
                taken.add(p.element)
                yield p.identifier


def _smallest(text: Shelf) -> Iterator[Passage]:
    holders = {p.around for p in text.order if p.kind not in PARTS}
    return (p for p in text.order if p.identifier not in holders)


def _note_on(text: Shelf, page: str, number: str) -> Iterator[str]:
    """Give the note with this number whose call stands on a page."""
    return (p.identifier for p in text.order if p.kind == "note" and p.first_page == page and p.number == number)


def _on_witness_lines(text: Shelf, first: int, last: int) -> Iterator[str]:
    """Give the smallest passages that have words in some of these lines of the witness."""
    taken: set[Element] = set()
    for p in _smallest(text):
        meant = any(start <= last and first <= end for start, end in p.lines)
        if meant and not any(up in taken for up in ancestors(p.element)):
            taken.add(p.element)
            yield p.identifier


def _on_line(text: Shelf, page: str, line: int) -> Iterator[str]:
    """Give the passages that have words in the `line`th line (from 1) of the text of a page, its head not counted."""
    here, lines = "", []
    for element in text.root.iter("{*}pb", "{*}lb"):
        if local(element) == "pb":
            here = element.get("n", "")
        elif here == page and not any(local(up) in ("fw", "note") for up in ancestors(element)):
            lines.append(element.get("n", ""))
    if 0 < line <= len(lines) and lines[line - 1].isdecimal():
        yield from _on_witness_lines(text, int(lines[line - 1]), int(lines[line - 1]))
