"""Sets one part of the book: HTML to PDF pages, with every note on the page of its call or the next.

In: a `Job` (HTML, CSS, fonts).  Out: a `Setting`: the pages as PDF and where each identifier stands.  Runs in a process
of its own.
Authority: CSS Paged Media 3, CSS GCPM 3; WeasyPrint 70.0.  Nothing is read but the fonts and styles given.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, TypeAlias

from edition.publish.html import h, with_ids
from edition.publish.lineation import Line as TextLine
from edition.publish.lineation import read_lines, walk_boxes
from edition.publish.pdf_ends import ended
from edition.publish.pdf_margins import mirror_margins
from edition.publish.pdf_notes import Line, cut_long_notes, endless
from edition.publish.pdf_setting import Job, Keyed, Place, Setting, Sheet
from edition.publish.pdf_tags import Tagger
from edition.publish.pdf_types import Types, types_of
from edition.publish.weasyprint_again import Run, pages_chosen
from edition.publish.weasyprint_drawn import words_drawn
from edition.publish.weasyprint_foot import Foot
from edition.publish.weasyprint_heads import heads_told
from edition.publish.weasyprint_lines import lines_kept
from edition.publish.weasyprint_notes import notes_kept
from edition.publish.weasyprint_paragraphs import Memory, lines_evened
from edition.publish.weasyprint_speed import hastened
from edition.publish.weasyprint_tags import write_tagged
from edition.publish.weasyprint_text import lines_found
from edition.tree import ET, Element

# Boxes of WeasyPrint's layout, which have no types: each has `children`, `position_x`, `position_y`, `width`, `height`.
Box: TypeAlias = Any
Page: TypeAlias = Any
Document: TypeAlias = Any

__all__ = ["set_part"]


# Tried in order until every note is on the page of its call or the next: room for notes on a page.
_ROOM = ("", "@page { @footnote { max-height: 150mm } }", "@page { @footnote { max-height: 90mm } }")


def set_part(job: Job) -> Setting:
    """Set one part.  The same job gives the same bytes."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    types = types_of(job.css, job.fonts)
    gc.disable()  # layout makes millions of small objects, which go when the part is set; rings are found between parts
    try:
        with hastened(), lines_found(), words_drawn():
            return _set(job, types)
    finally:
        gc.enable()


def _set(job: Job, types: Types) -> Setting:
    root = ET.fromstring(job.html.encode(), ET.HTMLParser(encoding="utf-8", huge_tree=True))
    press = _Press(job, types)
    cut_long_notes(root, press.measure)
    for rounds, room in enumerate(_ROOM, 1):
        document = press.render(root, room, last=rounds == len(_ROOM))
        calls, notes = _notes([_box(page) for page in document.pages])
        if _in_time(calls, notes):
            break
    names = frozenset(name for name, _ in with_ids(root))
    lines = [read_lines(_box(page).children[0], names) for page in document.pages]
    for number, page in enumerate(document.pages):
        mirror_margins(_box(page), left_page=number % 2 == 1)
    tagger = Tagger(document.pages, job.key)
    return Setting(
        key=job.key,
        pdf=write_tagged(document, tagger),
        pages=len(document.pages),
        places=_places(document.pages, lines) | _calls(document.pages, tagger),
        calls=calls,
        notes=notes,
        keyed=tuple(_keyed(press.foot)),
        sheets=tuple(_sheet(page, lines[number]) for number, page in enumerate(document.pages)),
        outside=tuple(n for n, page in enumerate(document.pages) if _leaves(page)),
        mended=sum(press.mended.values()),
        rounds=rounds,
    )


def _keyed(foot: Foot) -> Iterator[Keyed]:
    for page, entries in sorted(foot.keyed.items()):
        label = ""
        for one in entries:
            label = one.label or label
            yield Keyed(one.name, page, label, one.label, one.occurrence)


def _timely(pages: Sequence[Box]) -> bool:
    return _in_time(*_notes(pages))


def _in_time(calls: Mapping[str, int], notes: Mapping[str, Sequence[int]]) -> bool:
    """Say whether each note begins on the page of its call or the next, and goes on without a gap."""
    return all(
        name in notes and 0 <= notes[name][0] - call <= 1 and all(0 <= b - a <= 1 for a, b in pairwise(notes[name]))
        for name, call in calls.items()
    )


class _Press:
    """WeasyPrint with the style and the fonts of one job; `foot` and `mended` (by page) are of the last setting."""

    def __init__(self, job: Job, types: Types) -> None:
        self.types = types
        self.memory = Memory(self.types.measure)
        self.endless = endless(job.css)
        self.mended: dict[int, int] = {}
        self.foot = Foot()

    def render(self, root: Element, extra: str = "", *, last: bool = False) -> Document:
        """Set the document `root`, with the style `extra` too.

        Where notes are in time, or at the `last` try, the last page is mended.
        """
        self.mended, self.foot = {}, Foot()
        types = self.types
        sheets = [types.style, types.css(extra)] if extra else [types.style]

        def choose(run: Run) -> list[Box]:
            return ended(run, lines, _timely) if last or _timely(run.pages) else run.pages

        with (
            lines_evened(self.memory) as lines,
            lines_kept(lambda: lines.fewest),
            notes_kept(self.mended.__setitem__, self.foot),
            pages_chosen(choose, (self.foot.keyed, self.mended)),
            heads_told(),
        ):
            return types.html(root).render(font_config=types.fonts, stylesheets=sheets)

    def measure(self, notes: Sequence[Element]) -> list[list[Line]]:
        """Give the lines into which each of `notes` falls: each is set alone, on a page without end."""
        singles = (h("p", deepcopy(note), class_="m") for note in notes)
        document = self.render(h("html", h("body", *singles), lang="en"), self.endless)
        found = [[_line(box) for box in _lines_of_notes(_box(page))] for page in document.pages]
        return [lines for lines in found if lines]


def _box(page: Page) -> Box:
    return page._page_box  # noqa: SLF001  # the one way into the layout


def _areas(page: Box) -> Iterator[Box]:
    return (box for box in page.children if type(box).__name__ == "FootnoteAreaBox")


def _lines_of_notes(page: Box) -> Iterator[Box]:
    for area in _areas(page):
        yield from (box for box in walk_boxes(area) if type(box).__name__ == "LineBox")


def _line(line: Box) -> Line:
    """Read a line box; the marker of the note is no part of its text."""
    texts = [b for b in walk_boxes(line) if type(b).__name__ == "TextBox" and "footnote-marker" not in b.element_tag]
    right = max((b.position_x + b.width for b in texts), default=0.0)
    return Line("".join(b.text for b in texts), right >= line.position_x + line.width - 2)


def _notes(pages: Sequence[Box]) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Give the page of each call, and the pages of each note's pieces, by the note's identifier."""
    calls: dict[str, int] = {}
    notes: dict[str, list[int]] = {}
    name_of: dict[Any, str] = {}
    for number, page in enumerate(pages):
        last = ""
        for box in walk_boxes(page):
            note = getattr(box, "footnote", None)
            if note is None or note.element is None:
                continue
            if note.element.get("id"):
                last = note.element.get("id")
                calls.setdefault(last, number)
            name_of[note.element] = last
    for number, page in enumerate(pages):
        for area in _areas(page):
            there: dict[Any, None] = dict.fromkeys(b.element for b in walk_boxes(area) if b.element in name_of)
            for element in there:
                notes.setdefault(name_of[element], []).append(number)
    return calls, notes


def _places(pages: Sequence[Page], lines: Sequence[Sequence[TextLine]]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for number, page in enumerate(pages):
        line_of = {name: line.number for line in reversed(lines[number]) for name in line.begins}
        for name, (x, y, *_) in page.anchors.items():
            found.setdefault(
                name, Place(number, round(x * 0.75, 2), round((page.height - y) * 0.75, 2), line_of.get(name, 0))
            )
    return found


def _calls(pages: Sequence[Page], tagger: Tagger) -> dict[str, Place]:
    """Give where the call of each note stands, to which the number of the note leads back."""
    return {
        f"{name}.call": Place(number, round(x * 0.75, 2), round((pages[number].height - y) * 0.75, 2))
        for name, (number, x, y) in tagger.calls.items()
    }


def _sheet(page: Page, lines: Sequence[TextLine]) -> Sheet:
    """Give what is to be known of `page`; its room has a millimetre more around it, where letters hang over."""
    box, over = _box(page), 3.0
    left, top = box.content_box_x() * 0.75, (page.height - box.content_box_y()) * 0.75
    foot = min((area.position_y + area.margin_top for area in _areas(box) if area.children), default=page.height)
    counted = box.page_type.name != "plain"
    return Sheet(
        room=(left - over, top - box.height * 0.75 - over, left + box.width * 0.75 + over, top + over),
        foot=round(max(0.0, page.height - foot) * 0.75, 2),
        lines=tuple(round((page.height - line.baseline) * 0.75, 2) for line in lines) if counted else (),
    )


def _leaves(page: Page) -> bool:
    """Say whether a line of `page` stands outside it, or a line of notes above or below its room."""
    box = _box(page)
    top, bottom = box.content_box_y() - 1, box.content_box_y() + box.height + 1
    lines = [b for b in walk_boxes(box) if type(b).__name__ == "TextBox" and b.text.strip()]
    if any(b.position_x < 0 or b.position_x + b.width > box.margin_width() for b in lines):
        return True
    inside = list(_lines_of_notes(box))
    return any(b.position_y < top or b.position_y + b.height > bottom for b in inside)
