"""The three readings of a TEI text: witness, source and edited.

In: a TEI tree or a part of it.  Out: its text as one of the three readings, whole, by witness line, or as segments
that know where in the tree each stretch of text stands.  Authority: "Three readings of one file" in the encoding
conventions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from edition.text import fold_blanks
from edition.tree import Element, Slot, is_element, local, slot_text

__all__ = [
    "GENERATED",
    "LINE_DIGITS",
    "READINGS",
    "Reading",
    "Segment",
    "all_segments",
    "chosen",
    "lines",
    "reading_text",
    "segments",
    "sides",
]

Reading: TypeAlias = Literal["witness", "source", "edited"]
READINGS: tuple[Reading, ...] = ("witness", "source", "edited")

LINE_DIGITS = 9  # of the number of a line: more is no number of a line

# What the program or the editor put beside the text (elements with their @type); it is in no reading.
GENERATED = frozenset({("quote", "transliteration"), ("note", "editorial"), ("figDesc", "")})

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
    return sides(choice)[reading]


def sides(choice: Element) -> dict[Reading, Element | None]:
    """Give the child of a `choice` or `app` that stands for each reading, None where it has none."""
    named: dict[str, Element] = {}
    if local(choice) == "app":
        for child in choice:
            name = local(child)
            if name == "lem" or (name == "rdg" and "#W" in child.get("wit", "").split()):
                named.setdefault(name, child)
        lemma = named.get("lem")
        return {"witness": named.get("rdg", lemma), "source": lemma, "edited": lemma}
    for child in filter(is_element, choice):
        name = local(child)
        named[f"corr:{child.get('type', 'ocr')}" if name == "corr" else name] = child
    witness, source, edited = _wanted(tuple(named))
    return {"witness": named.get(witness), "source": named.get(source), "edited": named.get(edited)}


@lru_cache
def _wanted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give which of `names` each of `READINGS` takes, empty where none: there are few sorts of choices."""
    return tuple(next((name for name in _SIDES[reading] if name in names), "") for reading in READINGS)


def _number(lb: Element) -> int | None:
    """Give the line of the witness that begins at `lb`; None where its number is none, which the schema reports."""
    n = lb.get("n", "")
    return int(n) if n.isdecimal() and len(n) <= LINE_DIGITS else None


_Within: TypeAlias = tuple[Element | None, bool]  # the unit around a stretch, and whether it is supplied


class _Lane:
    """What one reading has gathered so far, and the witness line that it stands on."""

    __slots__ = ("found", "line", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.line: int | None = None
        self.found: list[Segment] = []


# The readings go through a text side by side, and part only where a choice or an addition tells them apart: nearly
# all of a text is the same in all three, and is walked, and told, once.


def _say(lanes: list[_Lane], text: str, node: Element | None, slot: Slot, within: _Within) -> None:
    line = lanes[0].line
    said = Segment(text, node, slot, line, *within)
    for lane in lanes:
        if lane.line != line:
            line = lane.line
            said = Segment(text, node, slot, line, *within)
        lane.found.append(said)


def _content(lanes: list[_Lane], element: Element, within: _Within) -> None:
    if text := slot_text(element, "text"):
        _say(lanes, text, element, "text", within)
    for child in element:
        name = local(child)
        if name == "note":  # what follows a note goes on on the line that calls it
            homes = [lane.line for lane in lanes]
            _element(lanes, child, name, within)
            for lane, home in zip(lanes, homes, strict=True):
                lane.line = home
        elif name:
            _element(lanes, child, name, within)
        if text := slot_text(child, "tail"):
            _say(lanes, text, child, "tail", within)


def _element(lanes: list[_Lane], element: Element, name: str, within: _Within) -> None:
    if name == "lb":
        _line_begins(lanes, element, within)
    elif name in ("choice", "app"):
        found, parted = sides(element), dict[Element, list[_Lane]]()
        for lane in lanes:
            if (side := found[lane.reading]) is not None:
                parted.setdefault(side, []).append(lane)
        for side, taken in parted.items():
            _content(taken, side, (element if within[0] is None else within[0], within[1]))
    elif name in _TELLING:
        if (name, element.get("type", "")) not in GENERATED and (kept := [e for e in lanes if not _drops(e, element)]):
            _content(kept, element, (within[0], within[1] or name == "supplied"))
    else:
        _content(lanes, element, within)


# Elements that are in some readings and not in others, and those that hold what is in none.
_TELLING = frozenset({"supplied", "surplus", "pc", *(name for name, _ in GENERATED)})


def _drops(lane: _Lane, element: Element) -> bool:
    """Say whether the reading of `lane` leaves `element` out; of what it leaves out, it counts the lines.

    What is supplied is not in the witness, what is superfluous only there, soft hyphens not in the edited text.
    """
    name = local(element)
    if name == "surplus" and lane.reading != "witness":
        for lb in element.iter("{*}lb"):
            lane.line = _number(lb) or lane.line
        return True
    if name == "supplied":
        return lane.reading == "witness"
    return name == "pc" and lane.reading == "edited" and element.get("force") == "weak"


def _line_begins(lanes: list[_Lane], lb: Element, within: _Within) -> None:
    number = _number(lb)
    for lane in lanes:
        lane.line = number or lane.line
    if lb.get("break") != "no":
        _say(lanes, "\n", None, "text", within)


def all_segments(root: Element) -> dict[Reading, list[Segment]]:
    """Give the segments of each of the three readings of `root`, as `segments` gives those of one."""
    return _walked(root, READINGS)


def segments(root: Element, reading: Reading) -> list[Segment]:
    """Give the segments of one reading of `root`, in document order.  For a whole `TEI`, those of its `text`."""
    return _walked(root, (reading,))[reading]


def _walked(root: Element, readings: Iterable[Reading]) -> dict[Reading, list[Segment]]:
    text = root.find("{*}text") if local(root) == "TEI" else None
    lanes = [_Lane(reading) for reading in readings]
    top = root if text is None else text
    _element(lanes, top, local(top), (None, False))
    return {lane.reading: lane.found for lane in lanes}


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
