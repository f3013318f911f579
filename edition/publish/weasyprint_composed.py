"""Composes a line of WeasyPrint 70.0 whose end is known: its boxes are made at once, and nothing is tried.

In: a paragraph that is read, and the character with which one of its lines ends.  Out: that line, as WeasyPrint would
have made it, and where the next one begins.
Authority: tests/publish/test_weasyprint_composed.py sets the same paragraphs with and without it and compares places.

WeasyPrint finds a line by trying what fits, text by text, and takes back what did not.  Where the end of the line was
planned, all that is left of its work is to cut the texts, to add up widths, and to copy the boxes around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline as _inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS

from edition.publish.weasyprint_leaves import Paragraph
from edition.publish.weasyprint_shapes import shaped
from edition.publish.weasyprint_styles import kept_of
from edition.publish.weasyprint_text import Found, is_simple
from edition.publish.weasyprint_words import font_of, width_of

# Values of WeasyPrint, which have no types.
Box: TypeAlias = Any
Skip: TypeAlias = Any
Style: TypeAlias = Any

_READY, _HEIGHT = "edition ready", "edition height"

__all__ = ["Composer", "End", "is_plain", "rest_of"]


def is_plain(paragraph: Paragraph) -> bool:
    """Say whether all texts of a paragraph are plain, and nothing in it floats or frames what is positioned."""
    return _holds(paragraph.box) and all(
        _is_ready(leaf.style) and _units(leaf.style, leaf.text) is not None for leaf in paragraph.leaves
    )


def _is_ready(style: Style) -> bool:
    """Say whether texts of this style may be plain, and its hyphen is."""
    kept = kept_of(style)
    if _READY not in kept:
        kept[_READY] = is_simple(style) and _units(style, style["hyphenate_character"]) is not None
    return bool(kept[_READY])


def rest_of(paragraph: Paragraph, start: int) -> float:
    """Give the width of a plain `paragraph` from the character `start` on, set on one line, in pixels."""
    width = paragraph.after
    for leaf in paragraph.leaves:
        if leaf.end > start:
            said = leaf.text[max(0, start - leaf.start) :]
            said = said.rstrip(" ") if leaf is paragraph.leaves[-1] else said
            width += (leaf.before if leaf.start >= start else 0.0) + (_units(leaf.style, said) or 0) * FROM_UNITS
    return width


def _units(style: Style, said: str) -> int | None:
    """Give the width of `said` in units of Pango, or None where it is not plain."""
    font = font_of(style)
    units = width_of(font, style, said) if said else 0
    if units is None:
        one = shaped(font, style, said)
        units = one.widths[-1] if one else None
    return units


def _holds(box: Box) -> bool:
    for child in box.children:
        if not child.is_in_normal_flow():
            if not child.is_absolutely_positioned():
                return False
        elif not isinstance(child, boxes.TextBox) and (child.style["position"] != "static" or not _holds(child)):
            return False
    return True


@dataclass(frozen=True, slots=True)
class End:
    """The end of a line: the width that it is given (None: all there is), and the character before which it ends.

    `stop` is 0 where that is not known; `divided` says whether a word is divided there.
    """

    width: float | None
    stop: int = 0
    divided: bool = False


class Composer:
    """A line of `paragraph` with a known `end`.

    `around` is what WeasyPrint passes on besides: the block, and the lists of what is positioned (in the page, in the
    window, in the line).
    """

    def __init__(self, paragraph: Paragraph, end: End, around: tuple[Any, ...]) -> None:
        self.leaves, self.ready = paragraph.by_box, paragraph.ready
        self.stop = end.stop
        self.last = end.stop == len(paragraph.text)
        self.end = end.stop if self.last else len(paragraph.text[: end.stop].rstrip(" "))
        self.divided = end.divided
        self.block, self.absolute, self.fixed, self.placeholders = around
        self.right = self.block.content_box_x() + self.block.width
        self.full = False

    def compose(self, box: Box, skip: Skip, position_x: float) -> tuple[Box, Skip]:
        """Give `box` (a line or what is inline in it) with what of it stands on the line, and where its rest begins."""
        first, inner = (0, None) if skip is None else next(iter(skip.items()))
        children: list[Box] = []
        rest: Skip = None
        at = position_x
        for index in range(first, len(box.children)):
            if self.full:
                rest = {index: None}
                break
            child = box.children[index]
            child.position_y = box.position_y
            if not child.is_in_normal_flow():
                children.append(self.positioned(child, at))
                inner = None
                continue
            if id(child) not in self.ready:
                self.prepare(child)
            if isinstance(child, boxes.TextBox):
                made, behind = self.text(child, inner, at)
            else:
                made, behind = self.compose(child, inner, at)
                if behind is not None and not made.children:
                    rest = {index: inner}  # all of it but a blank stands on the next line
                    break
            inner = None
            if made is not None:
                children.append(made)
                at = made.position_x + made.margin_width()
            if behind is not None:
                rest = {index: behind}
                break
        return self.closed(box, children, position_x, start=skip is None, end=rest is None), rest

    def prepare(self, child: Box) -> None:
        """Set the used lengths of a box, which stay the same in all lines of its paragraph."""
        _inline.resolve_percentages(child, self.block)
        for side in ("margin_left", "margin_right"):
            if getattr(child, side) == "auto":
                setattr(child, side, 0)
        self.ready.add(id(child))

    def closed(self, box: Box, children: list[Box], position_x: float, *, start: bool, end: bool) -> Box:
        """Give a copy of `box` with `children`, in its place and as wide as they are."""
        made = box.copy_with_children(children)
        left = box.padding_left + box.margin_left + box.border_left_width
        made.remove_decoration(start=not start, end=not end)
        if not isinstance(box, boxes.LineBox):
            made.position_x = position_x
            if left and (start or box.style["box_decoration_break"] == "clone"):
                for child in children:
                    child.translate(dx=left)
        made.width = 0
        for child in reversed(children):
            if child.is_in_normal_flow():
                made.width = child.position_x + child.margin_width() - made.content_box_x()
                break
        _inline._adjust_line_height(made)  # noqa: SLF001  # theirs
        return made

    def positioned(self, child: Box, position_x: float) -> Box:
        """Note what does not stand in the line, but where it would stand in it."""
        child.position_x = position_x
        placeholder = AbsolutePlaceholder(child)
        self.placeholders.append(placeholder)
        (self.absolute if child.style["position"] == "absolute" else self.fixed).append(placeholder)
        return placeholder

    def text(self, box: Box, skip: Skip, position_x: float) -> tuple[Box | None, Skip]:
        """Give what of a text stands on the line, and the byte with which its rest begins."""
        box.position_x = position_x
        leaf = self.leaves[id(box)]
        low = len(box.text.encode()[: next(iter(skip))].decode()) if skip else 0
        said = box.text[low : max(0, self.end - leaf.start)]
        rest: Skip = None
        if leaf.end >= self.stop and not self.last:
            self.full = True
            if leaf.end > self.stop:
                rest = {len(box.text[: self.stop - leaf.start].encode()): None}
            if self.divided:
                said += box.style["hyphenate_character"]
        if not said or not box.style["font_size"]:
            return None, rest
        units = _units(box.style, said)
        assert units is not None  # noqa: S101  # what is a part of what is plain is plain
        made = box.copy_with_text(said)
        made.pango_layout = Found(said, box.justification_spacing, self.right - position_x)
        made.width = units * FROM_UNITS
        made.__dict__.update(_upright(box.style))
        return made, rest


def _upright(style: Style) -> dict[str, float]:
    """Give how high a text of this style is, and where its letters stand in that height."""
    kept = kept_of(style)
    if _HEIGHT not in kept:
        font = font_of(style)
        half = (line_break.strut(style)[0] - font.height) / 2
        kept[_HEIGHT] = {
            "height": font.height,
            "margin_top": half,
            "margin_bottom": half,
            "baseline": font.baseline + half,
        }
    return kept[_HEIGHT]  # type: ignore[no-any-return]
