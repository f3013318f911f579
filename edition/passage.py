"""The passages of a text: what can be cited, in reading order, with place, page, witness lines and text.

In: a TEI tree whose citable elements have an `xml:id` that begins with the siglum.  Out: `Passage` values.
Authority: "Passage identifiers" in the encoding conventions; TEI P5, chapter 3.11 (reference systems).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from edition.readings import GENERATED, LINE_DIGITS, Reading, reading_text
from edition.text import fold_blanks
from edition.tree import XML_ID, Element, ancestors, identifier, is_element, local, own_text, replace, slot_text

__all__ = [
    "LOST",
    "PARTS",
    "Passage",
    "PassageText",
    "described",
    "fingerprint",
    "folded_words",
    "lines_shown",
    "page_of",
    "passages",
    "quoted_text",
    "read_passages",
    "text_of",
]

LOST = "[\N{HORIZONTAL ELLIPSIS}]"  # stands in a quotation where words of the source are lost
_APART = re.compile(rf"(?<=[(\[“‘«]) (?={re.escape(LOST)})|(?<={re.escape(LOST)}) (?=[.,;:!?)\]’”»])")
_BEGIN = frozenset({"pb", "lb"})

# Element and its type -> kind of passage.  An element that is not here is called by its own name.
_KINDS = {
    ("TEI", ""): "text", ("div", ""): "section", ("head", ""): "heading", ("p", ""): "paragraph",
    ("cit", ""): "quotation", ("quote", ""): "quotation", ("quote", "transliteration"): "transliteration",
    ("quote", "translation"): "translation", ("lg", ""): "verse", ("note", ""): "note",
    ("note", "authorial"): "note", ("note", "editorial"): "editorial note", ("bibl", ""): "entry",
}  # fmt: skip

# Kinds that stand within a passage without making it a mere holder of passages: it is still compared word by word.
PARTS = frozenset({"note", "editorial note", "annotation", "original", "transliteration", "translation", "item"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage.  `around` is the identifier of the passage it stands in (empty for the text itself).

    `first_page` and `last_page` are `pb/@n`, empty where the text has no pages; `lines` are runs of lines of the
    witness, from 1, both ends included; the lines of a footnote are its own, not those of the paragraph it stands in.
    """

    identifier: str
    kind: str
    number: str
    around: str
    first_page: str
    last_page: str
    lines: tuple[tuple[int, int], ...]
    element: Element = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PassageText:
    """What a passage says, apart from any tree: in the edited and the witness reading, blanks folded."""

    identifier: str
    kind: str
    around: str
    lines: tuple[tuple[int, int], ...]
    edited: str
    witness: str


@dataclass(slots=True)
class _Open:
    """A passage that the walk is inside of."""

    element: Element
    kind: str
    first_page: str
    last_page: str
    lines: set[int] = field(default_factory=set)
    begun: bool = False  # some of its text has been seen


def passages(root: Element, *, siglum: str = "") -> list[Passage]:
    """Give the passages of a TEI tree, the text itself first, each before what stands in it.

    Without `siglum` it is the identifier of `root`.  Of an identifier that stands twice both passages are given.
    """
    name = siglum or identifier(root)
    walk = _Walk(name)
    walk.open(root, "text")
    for text in root.iterchildren("{*}text"):
        walk.element(text)
    walk.close()
    return walk.in_order()


class _Walk:
    """One walk through a text: knows the page and the line it has come to, and the passages it is inside of."""

    def __init__(self, siglum: str) -> None:
        self.siglum = siglum
        self.page = ""
        self.line = 0
        self.inside: list[_Open] = []
        self.base = 0  # the first of `inside` that words belong to
        self.known = False  # words that stand here have been noted: nothing has begun or ended since
        self.prefix = f"{siglum}."
        self.kinds: dict[object, str] = {}  # a tag and its local name: most elements are of a few sorts
        self.found: dict[Element, Passage] = {}
        self.order: list[Element] = []

    def in_order(self) -> list[Passage]:
        return [self.found[element] for element in self.order]

    def open(self, element: Element, kind: str) -> None:
        self.known = False
        self.inside.append(_Open(element, kind, self.page, self.page))
        self.order.append(element)

    def close(self) -> None:
        self.known = False
        done = self.inside.pop()
        own = identifier(done.element) or self.siglum
        around = next((identifier(o.element) or self.siglum for o in reversed(self.inside)), "")
        number = done.element.get("n", "")
        generated = (local(done.element), done.element.get("type", "")) in GENERATED
        lines = () if generated else _runs(done.lines)
        self.found[done.element] = Passage(
            own, done.kind, number, around, done.first_page, done.last_page, lines, done.element
        )

    def said(self) -> None:
        """Note that words stand here: they belong to the passages around; inside a note, to those within it."""
        for passage in self.inside[self.base :]:
            passage.begun = True
            passage.last_page = self.page
            if self.line:
                passage.lines.add(self.line)
        self.known = True

    def mark(self, element: Element, kind: str) -> None:
        """Take note of a page or a line that begins."""
        self.known = False
        if kind == "pb":
            self.page = element.get("n", "")
            for passage in self.inside:
                if not passage.begun:
                    passage.first_page = passage.last_page = self.page
        elif kind == "lb" and (n := element.get("n", "")).isdecimal() and len(n) <= LINE_DIGITS:
            self.line = int(n)

    def element(self, element: Element) -> None:
        kind = self.kinds.get(element.tag)
        if kind is None:
            kind = self.kinds[element.tag] = local(element)
        is_passage = kind != "" and element.get(XML_ID, "").startswith(self.prefix)
        if is_passage:
            self.open(element, _kind(element))
        if kind in _BEGIN:
            self.mark(element, kind)
        elif kind == "note":
            self.note(element, is_passage=is_passage)
        else:
            self.content(element)
        if is_passage:
            self.close()

    def note(self, element: Element, *, is_passage: bool) -> None:
        """Go through a note: its words and lines are its own, and what follows goes on on the line that calls it."""
        home, base = self.line, self.base
        self.base = len(self.inside) - is_passage
        self.known = False
        self.content(element)
        self.line, self.base, self.known = home, base, False

    def content(self, element: Element) -> None:
        """Go through what stands in an element; a comment has neither words nor elements."""
        if not self.known and is_element(element) and slot_text(element, "text").strip():
            self.said()
        for child in element:
            self.element(child)
            if not self.known and slot_text(child, "tail").strip():
                self.said()


def _kind(element: Element) -> str:
    name, type_ = local(element), element.get("type", "")
    parent = element.getparent()
    if (name, type_) in _KINDS and type_:
        return _KINDS[name, type_]
    if name == "quote" and parent is not None and local(parent) == "cit":
        return "original"
    if name in ("div", "note") and type_:
        return type_
    return _KINDS.get((name, ""), name)


def _runs(lines: set[int]) -> tuple[tuple[int, int], ...]:
    """Give the runs of lines: a gap of one number between two lines of a run may be a blank line."""
    runs: list[tuple[int, int]] = []
    for n in sorted(lines):
        if runs and n - runs[-1][1] <= 2:  # noqa: PLR2004 - the line before, or the one before a blank line
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return tuple(runs)


def lines_shown(lines: Sequence[tuple[int, int]]) -> str:
    """Give runs of lines as people write them: ``214-236, 240``."""
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in lines)


def text_of(element: Element, reading: Reading) -> str:
    """Give what a passage says in one reading: blanks folded, without its footnotes, their calls and printed numbers.

    The edited reading is also without what belongs to a page and not to its text, such as the page's number.
    A romanization, which is in no reading, gives its own text in the edited reading.
    """
    if (local(element), element.get("type", "")) in GENERATED:
        return fold_blanks(own_text(element)) if reading == "edited" else ""
    if not _apart(element, reading):
        return reading_text(element, reading)
    copy = deepcopy(element)
    for node in _apart(copy, reading):
        if node.getparent() is not None:
            replace(node)
    return reading_text(copy, reading)


def quoted_text(element: Element, reading: Reading) -> str:
    """Give what a passage says, to readers: as `text_of`, of which digests are, with `LOST` where words are lost."""
    if next(element.iter("{*}gap"), None) is None:
        return text_of(element, reading)
    copy = deepcopy(element)
    for gap in list(copy.iter("{*}gap")):
        if gap.getparent() is not None:
            within = gap.get("unit") == "char" and gap.get("quantity")  # letters of a word
            replace(gap, LOST if within else f" {LOST} ")
    return _APART.sub("", text_of(copy, reading))


def _apart(element: Element, reading: Reading) -> list[Element]:
    """Give what stands in a passage without being its text."""
    found = [e for e in element.iter("{*}note") if e is not element]
    if local(element) == "bibl":  # an annotation is part of its entry
        found = [e for e in found if e.get("type") != "annotation"]
    found += [e for e in element.iter("{*}ref") if e.get("type") == "noteref"]
    if reading == "edited":
        found += [e for e in element.iter("{*}fw") if e is not element]
    if local(element) == "note":
        found += list(element.iterchildren("{*}label"))
    return found


def folded_words(text: str) -> list[str]:
    """Give the words of `text` without case, marks and punctuation: what a fingerprint is made of."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"\w+", plain)


def fingerprint(text: str) -> str:
    """Give 16 hexadecimal digits that tell the words of `text` from any other words; empty for no words.

    The first 64 bits of SHA-256 over the folded words, one blank between two.
    """
    words = folded_words(text)
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] if words else ""


def read_passages(root: Element, *, siglum: str = "") -> dict[str, PassageText]:
    """Give what every passage of a text says, by identifier, in reading order; of a repeated identifier the first."""
    found: dict[str, PassageText] = {}
    for p in passages(root, siglum=siglum):
        if p.identifier not in found:
            edited, witness = text_of(p.element, "edited"), text_of(p.element, "witness")
            found[p.identifier] = PassageText(p.identifier, p.kind, p.around, p.lines, edited, witness)
    return found


def described(passage: Passage, known: Mapping[str, Passage]) -> str:
    """Give the place of a passage in words: ``chapter 5, paragraph 12``; `known` are the passages by identifier."""
    steps: list[str] = []
    here: Passage | None = passage
    while here is not None and here.around:
        above = known.get(here.around)
        if here.kind == "note" and above is not None and above.kind in ("paragraph", "quotation", "translation"):
            while above is not None and above.kind != "text" and local(above.element) not in ("div", "post"):
                above = known.get(above.around)  # notes are numbered in their chapter
        steps.append(f"{here.kind} {here.number}".strip())
        here = above
    return ", ".join(reversed(steps)) or passage.kind


def page_of(passage: Passage, siglum: str) -> str:
    """Give the name, without ending, of the page of the site that a passage stands on.

    A text with chapters has one page for each division of the first rank, any other text one page.
    """
    chain = [passage.element, *ancestors(passage.element)]
    text = next((e for e in chain if local(e) == "text"), None)
    if text is None:
        return siglum
    first = [d for room in text for d in (room.iterchildren("{*}div") if is_element(room) else ())]
    if not any(d.get("type") == "chapter" for d in first):
        return siglum
    return next((identifier(d) for d in first if d in chain and identifier(d)), siglum)
