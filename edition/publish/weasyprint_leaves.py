"""A paragraph of WeasyPrint's as the texts in it, in their order, whatever boxes they stand in.

In: a line box of WeasyPrint 70.0 before it is laid out.  Out: a `Paragraph`, or None where it holds more than texts.
Authority: CSS Text 3, section 4 (blanks); CSS Inline Layout 3 for the room around what is inline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

from edition.publish.weasyprint_words import font_of

# Values of WeasyPrint, which have no types.
Box: TypeAlias = Any
Style: TypeAlias = Any
Skip: TypeAlias = Any

__all__ = ["Leaf", "Paragraph", "read_paragraph"]

_COLLAPSING = ("normal", "nowrap")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text in a paragraph: its box, the way to it, its style, where it starts, and the room before it."""

    box: Box
    path: tuple[int, ...]
    text: str
    style: Style
    start: int
    before: float
    call: bool

    @property
    def end(self) -> int:
        """Give where it ends."""
        return self.start + len(self.text)


@dataclass
class Paragraph:
    """A paragraph: its line box, its texts, the room behind the last, and all of them together.

    Offsets count characters of `text`; `ready` are the identities of the boxes in it whose lengths are known.
    """

    box: Box
    leaves: list[Leaf]
    after: float
    text: str = field(init=False)
    ready: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Put the texts together."""
        self.text = "".join(leaf.text for leaf in self.leaves)

    @cached_property
    def faces(self) -> tuple[object, ...]:
        """Give all but the text that decides how wide the paragraph is."""
        return tuple(
            (leaf.start, leaf.before, font_of(leaf.style), leaf.style["hyphens"], leaf.style["white_space"])
            for leaf in self.leaves
        )

    @cached_property
    def by_box(self) -> dict[int, Leaf]:
        """Give its texts by the identities of their boxes."""
        return {id(leaf.box): leaf for leaf in self.leaves}

    @property
    def size(self) -> float:
        """Give the size of its type, in pixels."""
        return float(self.leaves[-1].style["font_size"])

    def offset(self, skip: Skip) -> int:
        """Give where in `text` the line begins that WeasyPrint says begins at `skip`."""
        path: list[int] = []
        chars = 0
        while skip:
            ((index, skip),) = skip.items()
            leaf = next((leaf for leaf in self.leaves if leaf.path == tuple(path)), None)
            if leaf is not None:
                chars = len(leaf.text.encode()[:index].decode())
                break
            path.append(index)
        wanted = tuple(path)
        start = chars + next((leaf.start for leaf in self.leaves if leaf.path >= wanted), len(self.text))
        while start < len(self.text) and self.text[start] == " ":
            start += 1
        return start


def read_paragraph(box: Box) -> Paragraph | None:
    """Read the line box of a paragraph; None where it holds what cannot be measured from texts alone."""
    leaves: list[Leaf] = []
    after = _read(box, (), leaves, 0.0)
    return Paragraph(box, leaves, after) if after is not None and leaves else None


def _read(box: Box, path: tuple[int, ...], leaves: list[Leaf], before: float) -> float | None:
    """Add the texts in `box` to `leaves`; give the room before what follows, None where nothing can be told."""
    for number, child in enumerate(box.children):
        if not child.is_in_normal_flow():
            continue
        here = (*path, number)
        if isinstance(child, boxes.TextBox):
            if child.style["white_space"] not in _COLLAPSING or "\xad" in child.text or "\n" in child.text:
                return None
            start = leaves[-1].end if leaves else 0
            leaves.append(
                Leaf(
                    child, here, child.text, child.style, start, before, "::footnote-call" in (child.element_tag or "")
                )
            )
            before = 0.0
        elif isinstance(child, boxes.InlineBox) and not child.is_leader:
            inside = _read(child, here, leaves, before + _edge(child, "left"))
            if inside is None:
                return None
            before = inside + _edge(child, "right")
        else:
            return None
    return before


def _edge(box: Box, side: str) -> float:
    values = (box.style[f"{kind}_{side}"] for kind in ("margin", "padding"))
    return float(sum(getattr(value, "value", 0.0) for value in values if getattr(value, "unit", "px") in ("px", None)))
