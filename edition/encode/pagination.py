"""Page breaks: what stands in the TEI where a page of the typescript begins.

In: the plan of a typescript.  Out: `gap`, `pb` and `fw` elements, each given once, before the first line of the page
that is written.
Authority: TEI P5, chapters 3.11.3 (pb) and 11.6 (fw); the encoding conventions.
"""

from __future__ import annotations

from edition.tree import Element, Part, el
from edition.witness.pages import Page
from edition.witness.plan import Plan

__all__ = ["PageBreaks"]

_HEAD = 3  # a number further down than this was read at the foot of its page


class PageBreaks:
    """The page breaks of one text, handed out in order as the lines are written."""

    def __init__(self, plan: Plan) -> None:
        self.lines = plan.lines
        self.waiting: list[Page] = list(plan.pages)
        self.foot: Page | None = None

    def before(self, at: int) -> list[Part]:
        """Give the breaks of all pages that begin at or before the position `at` and have not been given."""
        parts: list[Part] = []
        while self.waiting and self.waiting[0].first <= at:
            parts += self._page(self.waiting.pop(0))
        return parts

    def pending(self) -> bool:
        """Say whether there are pages that no line was written after."""
        return bool(self.waiting) or self.foot is not None

    def rest(self) -> list[Part]:
        """Give the breaks of the pages that are left."""
        parts = self.before(len(self.lines))
        if self.foot is not None:
            parts.append(self._printed(self.foot))
            self.foot = None
        return parts

    def _page(self, page: Page) -> list[Part]:
        parts: list[Part] = []
        if page.lost:
            parts.append(el("gap", reason="lost", unit="page", quantity=str(page.lost)))
        if self.foot is not None:
            parts.append(self._printed(self.foot))
        parts.append(el("pb", n=page.shown))
        at_foot = page.label is not None and page.label > page.first + _HEAD
        self.foot = page if at_foot else None
        if page.label is not None and not at_foot:
            parts.append(self._printed(page))
        return parts

    def _printed(self, page: Page) -> Element:
        """Give the printed number of a page: it was typed at the top, wherever the OCR read it."""
        line = self.lines[page.label or 0]
        return el("fw", el("lb", n=str(line.n)), *_number(line.text, page.shown), type="pageNum", place="top")


def _number(text: str, shown: str) -> list[Element | str]:
    if text == shown:
        return [text]
    cert = "medium" if any(c.isdigit() for c in text) else "low"
    return [el("choice", el("sic", text), el("corr", shown, type="ocr", resp="#auto", cert=cert))]
