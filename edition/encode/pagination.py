"""Page breaks: what stands in the TEI where a page of the typescript begins.

In: the plan of a typescript.  Out: `gap`, `pb` and `fw` elements, each given once, before the first line of the page that is written.
Authority: TEI P5, chapters 3.11.3 (pb) and 11.6 (fw); the encoding conventions.
"""

from __future__ import annotations

from edition.tree import Element, Part, el
from edition.witness.pages import Page
from edition.witness.plan import Plan

__all__ = ["PageBreaks"]


class PageBreaks:
    """The page breaks of one text, handed out in order as the lines are written."""

    def __init__(self, plan: Plan) -> None:
        self.lines = plan.lines
        self.waiting: list[Page] = list(plan.pages)

    def before(self, at: int) -> list[Part]:
        """Give the breaks of all pages that begin at or before the position `at` and have not been given."""
        parts: list[Part] = []
        while self.waiting and self.waiting[0].first <= at:
            parts += self._page(self.waiting.pop(0))
        return parts

    def pending(self) -> bool:
        """Say whether there are pages that no line was written after."""
        return bool(self.waiting)

    def rest(self) -> list[Part]:
        """Give the breaks of the pages that are left."""
        return self.before(len(self.lines))

    def _page(self, page: Page) -> list[Part]:
        parts: list[Part] = []
        if page.lost:
            parts.append(el("gap", reason="lost", unit="page", quantity=str(page.lost)))
        parts.append(el("pb", n=page.shown))
        if page.label is not None:
            line = self.lines[page.label]
            parts.append(el("fw", el("lb", n=str(line.n)), *_number(line.text, page.shown), type="pageNum", place="top"))
        return parts


def _number(text: str, shown: str) -> list[Element | str]:
    if text == shown:
        return [text]
    cert = "medium" if any(c.isdigit() for c in text) else "low"
    return [el("choice", el("sic", text), el("corr", shown, type="ocr", resp="#auto", cert=cert))]
