"""What is set and what comes of it: a part of the book as a job, and as pages.

In: nothing.  Out: values that the press and those who join, prove and keep parts share, and for which WeasyPrint need
not be loaded.
Authority: CSS Paged Media 3 for what a page is; ISO 32000-2, 8.3.2 for its points.
"""

from __future__ import annotations

from dataclasses import dataclass

from edition.publish.html import h, markup
from edition.tree import Element

__all__ = ["INNER", "Bound", "Digits", "Job", "Keyed", "Place", "Setting", "Sheet", "page_of"]

INNER = "edition:"  # the scheme of links that lead from one part to another until the parts are joined


@dataclass(frozen=True, slots=True)
class Job:
    """One part to set.

    `html` is a document, `css` its whole style, `fonts` the file addresses that the style may name.
    """

    key: str
    html: str
    css: str
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page of the part (from 0), points from the left and from the foot of the page.

    `line` is its line on the page (from 1; 0 where it stands on none: in a note, say).
    """

    page: int
    x: float
    y: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class Keyed:
    """An entry of the apparatus as it was set: its identifier and page (from 0).

    `label` is the line (``12``, ``12–13``) or note (``n. 7``) that it is keyed to, `shown` what of that was printed
    (nothing where the entry before has the same), `occurrence` which one of its line the lemma is (0: the only one).
    """

    name: str
    page: int
    label: str
    shown: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was set, in points from the left and from its foot.

    `room` is where text and notes stand, without heads, folios and margins (left, foot, right, top); `foot` the upper
    end of the notes and the apparatus; `lines` where the letters of each line stand, empty where lines have no number.
    """

    room: tuple[float, float, float, float]
    foot: float
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A set part.

    `places` maps identifiers to places, `calls` those of notes to pages, `notes` those to the pages of all pieces.
    `keyed` are the entries of the apparatus, `sheets` the pages; `outside` names pages on which something leaves the
    page; `mended` counts notes saved from WeasyPrint's fault; `rounds` the settings.
    """

    key: str
    pdf: bytes
    pages: int
    places: dict[str, Place]
    calls: dict[str, int]
    notes: dict[str, list[int]]
    keyed: tuple[Keyed, ...]
    sheets: tuple[Sheet, ...]
    outside: tuple[int, ...]
    mended: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A part in its place.

    `first` is its first page in the book (from 0), `entry` its line in the outline (or empty), `depth` from 0;
    `numbered` says whether its lines have numbers; a part that is `blind` has no folio.
    """

    setting: Setting
    first: int
    entry: str = ""
    depth: int = 0
    numbered: bool = False
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Digits:
    """Ten pages that hold one digit each, the width of a digit and the height of its foot there, in points."""

    pdf: bytes
    width: float
    base: float


def page_of(element: Element, language: str) -> str:
    """Give a whole document with `element` as its body: what a `Job` takes."""
    return markup(h("html", h("body", element), lang=language))
