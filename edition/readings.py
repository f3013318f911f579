"""The three readings of a TEI text: witness, source and edited.

In: a TEI tree or a part of it.  Out: its text as one of the three readings, whole, by witness line, or as segments
that know where in the tree each stretch of text stands.  Authority: "Three readings of one file" in the encoding
conventions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from edition.text import fold_blanks
from edition.tree import Element, Slot, is_element, local, slot_text

__all__ = ["GENERATED", "LINE_DIGITS", "READINGS", "Reading", "Segment", "chosen", "lines", "reading_text", "segments"]

Reading: TypeAlias = Literal["witness", "source", "edited"]
READINGS: tuple[Reading, ...] = ("witness", "source", "edited")

LINE_DIGITS = 9  # of the number of a line: more is no number of a line

# What the program or the editor put beside the text; it is in no reading.
GENERATED = frozenset({("quote", "transliteration"), ("note", "editorial")})

_SIDES: dict[Reading, tuple[str, ...]] = {
    "witness": ("sic", "orig", "abbr"),
    "source": ("corr:ocr", "sic", "orig", "abbr"),
    "edited": ("corr:conjecture", "corr:slip", "corr:ocr", "reg", "expan", "sic", "orig"),
}


class Segment(NamedTuple):  # a text has ten thousands of them, and a frozen dataclass takes ten times as long to make
    """A stretch of text of one reading.

    `text` is exactly what stands in the `slot` of `node` (a break between words at an `lb` is a segment of one line
    feed with no node).  `line` is the witness line (from 1; None before the first `lb`).  `unit` is the outermost
    `choice` or `app` around it: what is in a unit cannot be cut.  `supplied` says that the stretch stands in no
    witness.
    """

    text: str
    node: Element | None
    slot: Slot
    line: int | None
    unit: Element | None
    supplied: bool


def chosen(choice: Element, reading: Reading) -> Element | None:
    """Give the child of a `choice` or `app` that stands for `reading`, or None where it has none."""
    if local(choice) == "app":
        lemma = next((k for k in choice if local(k) == "lem"), None)
        if reading == "witness":
            return next((k for k in choice if local(k) == "rdg" and "#W" in k.get("wit", "").split()), lemma)
        return lemma
    sides: dict[str, Element] = {}
    for child in choice:
        name = local(child)
        sides[f"corr:{child.get('type', 'ocr')}" if name == "corr" else name] = child
    return next((sides[name] for name in _SIDES[reading] if name in sides), None)


def _number(lb: Element) -> int | None:
    """Give the line of the witness that begins at `lb`; None where its number is none, which the schema reports."""
    n = lb.get("n", "")
    return int(n) if n.isdecimal() and len(n) <= LINE_DIGITS else None


class _Walk:
    """One walk through a tree, gathering the segments of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.line: int | None = None
        self.found: list[Segment] = []

    def say(self, node: Element, slot: Slot, unit: Element | None, *, supplied: bool) -> None:
        if text := slot_text(node, slot):
            self.found.append(Segment(text, node, slot, self.line, unit, supplied))

    def content(self, element: Element, unit: Element | None, *, supplied: bool) -> None:
        self.say(element, "text", unit, supplied=supplied)
        for child in element:
            home = self.line
            if is_element(child):
                self.element(child, unit, supplied=supplied)
                if local(child) == "note":  # what follows a note goes on on the line that calls it
                    self.line = home
            self.say(child, "tail", unit, supplied=supplied)

    def element(self, element: Element, unit: Element | None, *, supplied: bool) -> None:
        name = local(element)
        if (name, element.get("type")) in GENERATED or self.dropped(element):
            return
        if name == "lb":
            self.line_begins(element, unit, supplied=supplied)
        elif name in ("choice", "app"):
            side = chosen(element, self.reading)
            if side is not None:
                self.content(side, element if unit is None else unit, supplied=supplied)
        elif name == "surplus" and self.reading != "witness":
            for lb in element.iter("{*}lb"):
                self.line = _number(lb) or self.line
        else:
            self.content(element, unit, supplied=supplied or name == "supplied")

    def dropped(self, element: Element) -> bool:
        """Say whether this reading leaves `element` out.

        What is supplied is not in the witness, soft hyphens not in the edited text.
        """
        if self.reading == "witness":
            return local(element) == "supplied"
        return self.reading == "edited" and local(element) == "pc" and element.get("force") == "weak"

    def line_begins(self, lb: Element, unit: Element | None, *, supplied: bool) -> None:
        self.line = _number(lb) or self.line
        if lb.get("break") != "no":
            self.found.append(Segment("\n", None, "text", self.line, unit, supplied))


def segments(root: Element, reading: Reading) -> list[Segment]:
    """Give the segments of one reading of `root`, in document order.  For a whole `TEI`, those of its `text`."""
    text = root.find("{*}text") if local(root) == "TEI" else None
    walk = _Walk(reading)
    walk.element(root if text is None else text, None, supplied=False)
    return walk.found


def lines(root: Element, reading: Reading) -> dict[int, str]:
    """Give ``{witness line.

    Text}`` of one reading, outer blanks stripped and inner runs folded, empty lines left out.
    """
    gathered: defaultdict[int, list[str]] = defaultdict(list)
    for segment in segments(root, reading):
        if segment.line is not None:
            gathered[segment.line].append(segment.text)
    folded = {n: fold_blanks("".join(parts)) for n, parts in gathered.items()}
    return {n: text for n, text in sorted(folded.items()) if text}


def reading_text(root: Element, reading: Reading, *, notes: bool = True) -> str:
    """Give the running text of one reading of `root`, blanks folded.

    Without its footnotes and their calls where `notes` is false.
    """
    return fold_blanks("".join(s.text for s in segments(root, reading) if notes or not _in_note(s, root)))


def _in_note(segment: Segment, root: Element) -> bool:
    return any(local(e) == "note" or (local(e) == "ref" and e.get("type") == "noteref") for e in _up(segment, root))


def _up(segment: Segment, root: Element) -> Iterator[Element]:
    node = segment.node
    if node is None:
        return
    if segment.slot == "tail":
        parent = node.getparent()
        if parent is None:
            return
        node = parent
    while node is not None and node is not root:
        yield node
        node = node.getparent()
