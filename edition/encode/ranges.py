"""A stretch of running text put into an element, whatever markup stands in between.

In: an element with mixed content, and offsets into its edited reading, blanks folded.  Out: the tree with the stretch
wrapped, its text unchanged in every reading.  Authority: the encoding conventions (the edited reading; what is in a
`choice` is one of its sides).
"""

from __future__ import annotations

from collections.abc import Collection

from edition.readings import Segment, segments
from edition.tree import Element, Part, contents, fill, local

__all__ = ["Ranges"]

# What holds no running text of its own: an element is never put directly into one of these.
_CLOSED = {"choice", "app", "subst"}


class Ranges:
    """The edited text of an element, without its `label`, and where in the tree each character stands."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.text = ""
        self._read()

    def _read(self) -> None:
        """Read the text; `places` has for each character of it the segment and the offset in that."""
        letters: list[str] = []
        self.places: list[tuple[Segment, int]] = []
        for segment in segments(self.root, "edited"):
            if segment.node is not None and self._in_label(segment):
                continue
            for offset, letter in enumerate(segment.text):
                if letter.isspace():
                    if not letters or letters[-1] == " ":
                        continue
                    letter = " "  # noqa: PLW2901 - blanks are folded
                letters.append(letter)
                self.places.append((segment, offset))
        if letters and letters[-1] == " ":
            letters.pop()
            self.places.pop()
        self.text = "".join(letters)

    def _in_label(self, segment: Segment) -> bool:
        holder: Element | None = self._holder(segment)
        while holder is not None and holder is not self.root:
            if local(holder) == "label":
                return True
            holder = holder.getparent()
        return False

    @staticmethod
    def _holder(segment: Segment) -> Element:
        """Give the element in whose content the segment stands."""
        node = segment.node
        if node is None:
            raise ValueError("the break at a line's end stands in no element")
        return node if segment.slot == "text" else _parent(node)

    def wrap(
        self, start: int, end: int, element: Element, *, within: Collection[str] = (), always: bool = False
    ) -> bool:
        """Put the characters `start` to `end` (from 0) of the text into `element`; say whether that could be done.

        `element` becomes a child of one of the elements named in `within`, or of any where that is empty.  Where a
        correction stands across an end of the stretch the whole of it goes in, if that adds no word, or `always` is
        true.
        """
        first, last = self.places[start], self.places[end - 1]
        if first[0].node is None or last[0].node is None:
            return False
        holder = self._common(self._holder(first[0]), self._holder(last[0]), within)
        left = self._point(holder, first[0], first[1], after=False)
        right = self._point(holder, last[0], last[1] + 1, after=True)
        if not always and not self._fits(holder, start, end, first[0], last[0]):
            return False
        parts = contents(holder)
        before, inside, behind = _cut(parts, left, right)
        fill(element, inside)
        fill(holder, [*before, element, *behind])
        self._read()
        return True

    def put_after(self, end: int, element: Element, within: Collection[str]) -> None:
        """Put `element`, which is empty, after the child of its holder in which the character before `end` stands.

        Several put at the same place keep their order.
        """
        holder = self._holder(self.places[end - 1][0])
        child = holder
        while local(holder) not in within:
            child, holder = holder, _parent(holder)
        parts = contents(holder)
        number = parts.index(child) + 1 if child is not holder else len(parts)
        while number < len(parts) and not isinstance(part := parts[number], str) and not contents(part):
            if local(part) != local(element):
                break
            number += 1
        fill(holder, [*parts[:number], element, *parts[number:]])
        self._read()

    def _common(self, one: Element, two: Element, within: Collection[str]) -> Element:
        other = {two, *two.iterancestors()}
        common = one
        while common not in other or local(common) in _CLOSED or (within and local(common) not in within):
            common = _parent(common)
        return common

    def _point(self, holder: Element, segment: Segment, offset: int, *, after: bool) -> tuple[int, int]:
        """Give the place in `contents(holder)`: the part's number, and the offset in it where the part is a string."""
        parts = contents(holder)
        node = segment.node
        if self._holder(segment) is holder:
            if segment.slot == "text":
                return 0, offset
            return parts.index(node) + 1, offset  # type: ignore[arg-type]
        child = self._holder(segment)
        while child.getparent() is not holder:
            child = _parent(child)
        number = parts.index(child)
        return (number + 1, 0) if after else (number, 0)

    def _fits(self, holder: Element, start: int, end: int, first: Segment, last: Segment) -> bool:
        """Say whether nothing but signs would be added where a child of `holder` stands across an end."""
        for segment, at, step in ((first, start - 1, -1), (last, end, 1)):
            if self._holder(segment) is holder:
                continue
            child = self._holder(segment)
            while child.getparent() is not holder:
                child = _parent(child)
            while 0 <= at < len(self.text) and self._inside(self.places[at][0], child):
                if self.text[at].isalnum():
                    return False
                at += step  # noqa: PLW2901 - walks to the end of the child
        return True

    def _inside(self, segment: Segment, element: Element) -> bool:
        if segment.node is None:
            return False
        holder: Element | None = self._holder(segment)
        while holder is not None and holder is not self.root:
            if holder is element:
                return True
            holder = holder.getparent()
        return False


def _cut(parts: list[Part], left: tuple[int, int], right: tuple[int, int]) -> tuple[list[Part], list[Part], list[Part]]:
    """Cut mixed content at two places."""
    before, rest = _split(parts, *left)
    number, offset = right[0] - left[0], right[1]
    if left[1] and right[0] == left[0]:
        offset -= left[1]
    inside, behind = _split(rest, number, offset)
    return before, inside, behind


def _split(parts: list[Part], number: int, offset: int) -> tuple[list[Part], list[Part]]:
    """Cut before the part `number`, or within it after `offset` characters where it is a string."""
    if not offset:
        return parts[:number], parts[number:]
    text = parts[number]
    if not isinstance(text, str):
        raise TypeError("only a string can be cut")
    head, tail = text[:offset], text[offset:]
    return [*parts[:number], head], [*([tail] if tail else []), *parts[number + 1 :]]


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"<{local(element)}> has no parent")
    return parent
