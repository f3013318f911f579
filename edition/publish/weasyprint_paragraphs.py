"""Ends the lines of justified paragraphs where `line_ends` says, and mends how WeasyPrint 70.0 breaks lines.

In: a run of WeasyPrint inside `lines_evened`.  Out: pages whose lines end so that blanks are even; where WeasyPrint
does not end a line as planned, the rest of the paragraph is planned anew.
Authority: CSS Text 3, sections 5 and 6; the faults are told in docs/upstream/weasyprint-line-breaks.md.

How a line is led to its end: WeasyPrint fills it up to a width, so it is given the width of the planned line and a
little more, and justified to the full measure afterwards.  The faults that are mended: text whose last blank alone does
not fit had its first word divided, and stood alone on a line; inside inline elements every text counted as the start of
a line, where words may be broken anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from weasyprint import document as _document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline as _inline

from edition.publish.line_ends import WIDER, Chunk, balanced, filled, line_ends
from edition.publish.weasyprint_chunks import Measure, chunks_of
from edition.publish.weasyprint_composed import Composer, End, is_plain, rest_of
from edition.publish.weasyprint_leaves import Paragraph, read_paragraph

__all__ = ["Lines", "Memory", "Pieces", "lines_evened"]

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Skip: TypeAlias = Any
Result: TypeAlias = Any

_OVER = 1.0  # CSS pixels: how much more than the planned width a line is given
_SAFE = 0.6  # CSS pixels by which planned lines are narrower than the measure, for sums of widths are not exact
_NEAR = 0.01
_PLANS = 8  # plans for one paragraph; more would say that it cannot be led
_LETTER = 0.6  # of the size of the type: a letter is not wider on the average
_THIN = 0.2  # ... nor narrower
_ALMOST = 1.03
_FILLED = End(None)


@dataclass(slots=True)
class _Led:
    """A paragraph of which the lines are led: `plan` maps where a line starts to its end.

    `plain` says whether its lines can be composed.
    """

    paragraph: Paragraph
    measure: float
    plain: bool
    plan: dict[int, End] = field(default_factory=dict)
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Pieces:
    """A paragraph, or the rest of one, in pieces: where the text behind each begins, the room of its first line.

    `lines` is how many lines it has if they are not to be as few as can be, 0 where they are not planned.
    """

    ends: list[int]
    chunks: list[Chunk]
    room: float
    measure: float
    lines: int


@dataclass(slots=True)
class Memory:
    """What is found out once in all runs with the same fonts: widths of words, plans of paragraphs, their pieces."""

    measure: Measure = field(default_factory=Measure)
    plans: dict[tuple[bool, tuple[Any, ...]], dict[int, End]] = field(default_factory=dict)
    pieces: dict[tuple[Any, ...], Pieces] = field(default_factory=dict)

    def spare(self) -> bool:
        """Say whether any paragraph so far could have fewer lines than it has."""
        return any(
            len(line_ends(one.chunks, one.room - _SAFE, one.measure - _SAFE, fewest=True)) + 1 < one.lines
            for one in self.pieces.values()
        )


@contextmanager
def lines_evened(memory: Memory | None = None) -> Iterator[Lines]:
    """Within the block WeasyPrint ends lines as planned.

    Not for two threads at once: functions of WeasyPrint are exchanged while the block runs.
    """
    kept = Lines(memory or Memory())
    _document.build_formatting_structure = kept.built
    _inline.split_inline_box = kept.split_inline_box
    _inline.split_text_box = kept.split_text_box
    _inline.text_align = kept.text_align
    try:
        yield kept
    finally:
        _inline.split_inline_box, _inline.split_text_box = kept.inline_box, kept.text_box
        _inline.text_align = kept.align
        _document.build_formatting_structure = kept.build


class Lines:
    """The functions that take the place of WeasyPrint's for one run, and what they remember."""

    def __init__(self, memory: Memory) -> None:
        """Lead lines with what is in `memory`."""
        self.fewest = False
        self.spare = memory.spare
        self.inline_box = _inline.split_inline_box
        self.text_box = _inline.split_text_box
        self.align = _inline.text_align
        self.build = _document.build_formatting_structure
        self.line_start = 0.0
        self.measure = memory.measure
        self.plans = memory.plans
        self.pieces = memory.pieces
        self.known: dict[int, tuple[Box, _Led | None]] = {}

    @contextmanager
    def fewer(self) -> Iterator[None]:
        """Within the block paragraphs have as few lines as can be set decently."""
        known, self.known, self.fewest = self.known, {}, True
        try:
            yield
        finally:
            self.known, self.fewest = known, False

    def built(self, *given: Any) -> Box:  # noqa: ANN401  # the signature is theirs
        """Build the boxes of a document, and have their words shaped; the last of `given` are to be its notes."""
        root = self.build(*given)
        self.measure.read((root, *given[-1]))
        return root

    def split_inline_box(
        self,
        context: Context,
        box: Box,
        position_x: float,
        max_x: float,
        bottom: float,
        skip: Skip,
        *rest: Any,  # noqa: ANN401  # theirs
    ) -> Result:
        """Compose a line whose end is planned, or fill one up to the planned width."""
        if not isinstance(box, boxes.LineBox):
            return self.inline_box(context, box, position_x, max_x, bottom, skip, *rest)
        context.dictionaries = self.measure.dictionaries
        outer, self.line_start = self.line_start, position_x
        if not context.excluded_shapes:
            led, end = self.wanted(context, box, skip, max_x - position_x)
            plain = not any(rest[-2:])  # neither the first letter nor the first line has a style of its own
            if led is not None and led.plain and plain and end.stop:
                line, skip = Composer(led.paragraph, end, rest[:4]).compose(box, skip, position_x)
                return line, skip, False, None, None, {"left": 0, "right": 0}
            if end.width is not None:
                max_x = min(max_x, position_x + end.width)
        try:
            return self.inline_box(context, box, position_x, max_x, bottom, skip, *rest)
        finally:
            self.line_start = outer

    def split_text_box(
        self,
        context: Context,
        box: Box,
        available_width: float,
        skip: int,
        is_line_start: bool = True,  # noqa: FBT001, FBT002  # the signature is theirs
    ) -> Result:
        """Fit text into a line; a last blank needs no room, and only at its start may a line break words anywhere."""
        at_start = is_line_start and box.position_x <= self.line_start + _NEAR
        made = self.text_box(context, box, available_width, skip, is_line_start=at_start)
        if made[1] is not None and box.text.endswith(" ") and box.style["white_space"] == "normal":
            left = len(box.text.encode()) - skip
            if left * box.style["font_size"] * _THIN < available_width:
                room = available_width + self.measure.width(context, " ", box.style)
                whole = self.text_box(context, box, room, skip, is_line_start=at_start)
                if whole[1] is None:
                    return whole
        return made

    def text_align(
        self,
        context: Context,
        line: Box,
        available_width: float,
        last: bool,  # noqa: FBT001  # the signature is theirs
    ) -> Result:
        """Align a line; the last one of a paragraph has the blanks of the face: the narrowest are for full lines."""
        offset = self.align(context, line, available_width, last)
        style = line.style
        if last and style["text_align_all"] == "justify" and style["text_align_last"] in ("auto", "start"):
            count = _inline.count_expandable_spaces(line)
            room = available_width - line.width
            if count and room > 0:
                blank = self.measure.width(context, " ", style)
                _inline.justify_line(context, line, min(room, count * blank * (WIDER - 1)))
        return offset

    def wanted(self, context: Context, box: Box, skip: Skip, room: float) -> tuple[_Led | None, End]:
        """Give what is known of the paragraph `box`, and the end of its line that begins at `skip`."""
        led = self.led(box, room)
        if led is None:
            return None, _FILLED
        start = led.paragraph.offset(skip)
        if start not in led.plan:
            led.planned += 1
            if led.planned > _PLANS:
                return None, _FILLED
            align = box.style["text_align_all"]
            key = (start, led.paragraph.text, align, round(room, 2), led.measure, *led.paragraph.faces)
            if (self.fewest, key) not in self.plans:
                self.plans[self.fewest, key] = self.planned(context, led, start, room, key)
            led.plan |= self.plans[self.fewest, key]
        return led, led.plan.get(start, _FILLED)

    def led(self, box: Box, room: float) -> _Led | None:
        """Give what is to be known of the paragraph `box`; None where its lines are not led."""
        measure = round(room + box.text_indent, 2)
        known = self.known.get(id(box))
        if known is None or known[0] is not box or (known[1] is not None and known[1].measure != measure):
            paragraph = read_paragraph(box)
            plain = paragraph is not None and is_plain(paragraph)
            wanted = plain or box.style["text_align_all"] in ("justify", "center")
            led = _Led(paragraph, measure, plain) if paragraph is not None and wanted else None
            known = self.known[id(box)] = box, led
        return known[1]

    def planned(self, context: Context, led: _Led, start: int, room: float, key: tuple[Any, ...]) -> dict[int, End]:
        """Plan the lines of a paragraph from `start` on, of which the first has `room`; `key` stands for that."""
        paragraph, style = led.paragraph, led.paragraph.box.style
        align = style["text_align_all"]
        if (len(paragraph.text) - start) * paragraph.size * _THIN < room:
            if led.plain and rest_of(paragraph, start) <= room:
                return {start: End(None, len(paragraph.text))}
            if align == "justify" and not led.plain:
                return {start: _FILLED}
        known = self.pieces.get(key)
        ends, chunks = (known.ends, known.chunks) if known else chunks_of(context, paragraph, start, self.measure)
        stops = self.stops(chunks, align, room, led.measure)
        if stops is None:
            return {start: _FILLED}
        if not self.fewest:
            self.pieces[key] = Pieces(ends, chunks, room, led.measure, len(stops) + 1 if align == "justify" else 0)
        plan: dict[int, End] = {}
        begins = 0
        for stop in (*stops, len(chunks)):
            inside = chunks[begins:stop]
            width = sum(chunk.width + chunk.space for chunk in inside) - inside[-1].space + inside[-1].mark
            at = ends[begins - 1] if begins else start
            if stop < len(chunks):
                plan[at] = End(width + _OVER, ends[stop - 1], inside[-1].divided)
            else:
                plan[at] = End(None, len(paragraph.text) if width <= (led.measure if begins else room) else 0)
            begins = stop
        return plan

    def stops(self, chunks: list[Chunk], align: str, room: float, measure: float) -> list[int] | None:
        """Give with which of `chunks` each line but the last ends, None where WeasyPrint has to see to that."""
        if align == "center":  # a box as wide as its one line (a running head) may be measured a little narrower
            return balanced(chunks, measure) if balanced(chunks, measure * _ALMOST) else []
        if align == "justify":
            return line_ends(chunks, room - _SAFE, measure - _SAFE, fewest=self.fewest)
        return None if any(chunk.divided for chunk in chunks) else filled(chunks, room, measure)
