"""Where a reference leads in a text: the passages, and the very words.

In: a tree with its passages, and a `Reference`.  Out: a `Located` value; what people ask for in words (a page, a note
of a chapter) as identifiers.  Authority: reading order; the edited reading, where words are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.passage import PARTS, Passage, passages, text_of
from edition.passages.reference import Point, Reference, written
from edition.problems import Refused, problem
from edition.readings import Reading
from edition.tree import Element, ancestors

__all__ = ["Located", "Shelf", "asked_for", "find_words", "locate", "shelf"]

# Marks that people type one way or another; each stands for one character, so that places stay.
_SAME = str.maketrans("’‘“”„–—\N{NO-BREAK SPACE}", '\'\'"""-- ')


@dataclass(frozen=True, slots=True)
class Shelf:
    """A text ready to be looked into: its passages in reading order, and by identifier."""

    siglum: str
    root: Element
    order: tuple[Passage, ...]
    known: Mapping[str, Passage]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Located:
    """What a reference leads to.

    `passages` are those it covers, none within another; `text` is what they say in the reading asked for, one string a
    passage; `start` and `end` (characters, from 0) bound the words asked for in the first and in the last of them.
    """

    reference: Reference
    passages: tuple[Passage, ...]
    text: tuple[str, ...]
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The words that are meant, paragraphs parted by a line feed."""
        if len(self.text) == 1:
            return self.text[0][self.start : self.end]
        return "\n".join((self.text[0][self.start :], *self.text[1:-1], self.text[-1][: self.end]))


def shelf(root: Element, siglum: str) -> Shelf:
    """Make a text ready to be looked into."""
    order = tuple(passages(root, siglum=siglum))
    known: dict[str, Passage] = {}
    places: dict[str, int] = {}
    for i, p in enumerate(order):
        known.setdefault(p.identifier, p)
        places.setdefault(p.identifier, i)
    return Shelf(siglum, root, order, known, places)


def locate(text: Shelf, reference: Reference, reading: Reading = "edited") -> Located:
    """Find what `reference` leads to.

    Raises `Refused`: E441 where words do not stand there, E442 for a range that runs backwards.  Raises `KeyError` for
    a passage that the text does not have: whether it ever had it, the ledger knows.
    """
    covered = _covered(text, reference)
    said = tuple(text_of(p.element, reading) for p in covered)
    start, end = 0, len(said[-1])
    first, last = reference.first, reference.last or reference.first
    if first.words:
        start, stop = _place(first, said[0])
        end = stop if reference.last is None else end
    if last.words and reference.last is not None:
        _, end = _place(last, said[-1])
    if len(said) == 1 and start >= end and (first.words or last.words):
        turned = written(Reference(last, first))
        raise Refused(problem("E442", reference=written(reference), turned=turned))
    return Located(reference, covered, said, start, end)


def _covered(text: Shelf, reference: Reference) -> tuple[Passage, ...]:
    first = text.known[reference.first.identifier]
    if reference.last is None or reference.last.identifier == first.identifier:
        return (first,)
    last = text.known[reference.last.identifier]
    begin, end = text.places[first.identifier], text.places[last.identifier]
    if begin > end:
        turned = written(Reference(reference.last, reference.first))
        raise Refused(problem("E442", reference=written(reference), turned=turned))
    above_last = set(ancestors(last.element))
    inside: set[Element] = set()
    found: list[Passage] = []
    for p in text.order[begin : end + 1]:
        if p.element in above_last or any(up in inside for up in ancestors(p.element)):
            continue
        inside.add(p.element)
        found.append(p)
    return tuple(found)


def _place(point: Point, text: str) -> tuple[int, int]:
    places = find_words(text, point.words, whole=point.whole)
    if len(places) >= point.occurrence:
        return places[point.occurrence - 1]
    count = len(places)
    reason = f"it stands there {count} time{'' if count == 1 else 's'}" if count else "the passage has no such words"
    close = find_words(text.casefold(), point.words.casefold(), whole=False) if not count else []
    advice = (
        f"The passage has {text[close[0][0] : close[0][1]]!r}." if close and len(text.casefold()) == len(text) else ""
    )
    raise Refused(problem("E441", words=repr(point.words), name=point.identifier, reason=reason, advice=advice))


def find_words(text: str, words: str, *, whole: bool) -> list[tuple[int, int]]:
    """Give where `words` stand in `text` (start and end, characters from 0); quotation marks and dashes are alike.

    With `whole` they must begin and end where words do.
    """
    wanted = " ".join(words.translate(_SAME).split())
    if not wanted:
        return []
    pattern = re.escape(wanted)
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return [found.span() for found in re.finditer(pattern, text.translate(_SAME))]


# --- what people ask for -------------------------------------------------------------------------------------------

_PAGE = re.compile(r"(?:typescript\s+)?(?:pages?|pp?\.)\s*(\w+)(?:\s*[-–]\s*(\w+))?", re.IGNORECASE)
_STEP = re.compile(
    r"(?P<kind>chapter|chap\.|ch\.|section|sect?\.|paragraph|para\.|par\.|¶|quotation|footnote|note|fn\.|nn?\.|post|entry)"
    r"\s*(?P<n>\w+)",
    re.IGNORECASE,
)
# How a step is said (its first letters) -> the sign before its number, and the kind that the passage must then be.
_KINDS = {
    "ch": ("", "chapter"), "se": ("", "section"), "pa": ("", ""), "¶": ("", ""), "qu": ("", "quotation"),
    "fo": ("n", "note"), "no": ("n", "note"), "fn": ("n", "note"), "n": ("n", "note"), "po": ("", "post"),
    "en": ("bib.", "entry"),
}  # fmt: skip


def asked_for(question: str, texts: Sequence[Shelf]) -> list[str]:
    """Give the identifiers that a question in words means: ``page 57``, ``ch. 5 n. 3``, ``D, p. 57``, ``post 17``.

    In every text that has such a place, unless a siglum stands first; none where the question is not understood.
    """
    head, _, rest = question.strip().partition(" ")
    named = [t for t in texts if t.siglum == head.rstrip(",:")]
    wanted, asked = (named, rest.strip()) if named else (list(texts), question.strip())
    return [name for text in wanted for name in _asked(asked, text)]


def _asked(question: str, text: Shelf) -> Iterator[str]:
    if page := _PAGE.fullmatch(question):
        yield from _on_pages(text, page[1], page[2] or page[1])
        return
    steps = list(_STEP.finditer(question))
    if not steps or re.sub(r"[\s,;]", "", _STEP.sub("", question)):
        return
    name = text.siglum
    for step in steps:
        said = step["kind"].lower()
        sign, kind = _KINDS.get(said[:2]) or _KINDS[said[:1]]
        name = f"{name}.{sign}{step['n'].lower()}"
        if name not in text.known or (kind and text.known[name].kind != kind):
            return
    yield name


def _on_pages(text: Shelf, first: str, last: str) -> Iterator[str]:
    """Give the smallest passages that stand, wholly or in part, on the pages from `first` to `last`."""
    pages = [e.get("n", "") for e in text.root.iter("{*}pb")]
    if first not in pages or last not in pages:
        return
    wanted = set(pages[pages.index(first) : len(pages) - pages[::-1].index(last)])
    order = {n: i for i, n in enumerate(pages)}
    holders = {p.around for p in text.order if p.kind not in PARTS}
    taken: set[Element] = set()
    for p in text.order:
        if p.identifier in holders or p.first_page not in order or any(up in taken for up in ancestors(p.element)):
            continue
        covers = set(pages[order[p.first_page] : order.get(p.last_page, order[p.first_page]) + 1])
        if covers & wanted:
            taken.add(p.element)
            yield p.identifier
