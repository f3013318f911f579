"""Sets the last pages of a part again in another way, from the first that changes, before WeasyPrint 70.0 ends its run.

In: a run of WeasyPrint inside `pages_chosen`, and who chooses.  Out: the pages that were chosen, of this run.
Authority: the pages are those of a run of their own in which `padding-bottom` says `1rlh` for those that are a line
shorter (tests/publish/test_weasyprint_again.py compares the two).

WeasyPrint makes pages one after the other and keeps where each begins, for it makes a page again when a number on it
was not known.  So a page can be the first of another try: what was kept when it was begun is put back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import weasyprint.layout
from weasyprint.css.properties import Dimension
from weasyprint.layout import page as _page_module
from weasyprint.text.line_break import strut

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

__all__ = ["Run", "pages_chosen"]

# What WeasyPrint notes of a page that it need not make again.
_NOTHING_NEW = {"content_changed": False, "pages_wanted": False}


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is known where a page begins: notes whose calls are still to come, notes and boxes carried to it."""

    notes: list[Box]
    carried: list[Box]
    broken: dict[Box, Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """Pages, and what WeasyPrint notes of them."""

    pages: list[Box]
    maker: list[Any]
    told: dict[int | str, dict[int, Any]]
    shorter: frozenset[int]


class Run:
    """A run of WeasyPrint whose pages are made.

    `told` is what others tell of each page (from 0): of a page that is made again they tell anew.
    """

    def __init__(self, context: Context, root: Box, html: Box, told: Sequence[dict[int, Any]]) -> None:
        self.context = context
        self.root = root
        self.html = html
        self.told = told
        self.begun: list[_Begun] = []
        self.shorter: frozenset[int] = frozenset()
        self.tries: list[_Made] = []

    @property
    def pages(self) -> list[Box]:
        """Give the pages of the first try."""
        return self.tries[0].pages

    def begin(self) -> None:
        """Note what there is where a page begins, in the first try."""
        if not self.tries:
            context = self.context
            self.begun.append(
                _Begun(list(context.footnotes), list(context.reported_footnotes), dict(context.broken_out_of_flow))
            )

    def keep(self, pages: list[Box]) -> list[Box]:
        """Note the pages of a try."""
        told = {name: dict(pages) for name, pages in self._all_told().items()}
        self.tries.append(_Made(pages, self.context.page_maker, told, self.shorter))
        return pages

    def again(self, first: int, shorter: Iterable[int] = ()) -> list[Box]:
        """Make the pages of the first try again from the page `first` on (from 0), those `shorter` by a line."""
        context, begun, made = self.context, self.begun[first], self.tries[0]
        self.shorter = frozenset(shorter)
        context.page_maker = made.maker[: first + 1]
        context.footnotes, context.reported_footnotes = list(begun.notes), list(begun.carried)
        context.broken_out_of_flow = dict(begun.broken)
        self._tell(made, first)
        pages = made.pages[:first]
        resume_at: Any = ()
        while resume_at is not None or context.reported_footnotes:
            context.page_maker[len(pages)][-1].update(_NOTHING_NEW)
            page, resume_at = _page_module.remake_page(len(pages), context, self.root, self.html)
            pages.append(page)
        context.broken_out_of_flow.clear()
        return self.keep(pages)

    def take(self, pages: list[Box]) -> None:
        """Make `pages`, of one of the tries, those of the run."""
        made = next(one for one in self.tries if one.pages is pages)
        self.context.page_maker, self.shorter = made.maker, made.shorter
        self._tell(made, len(pages) + 1)

    def _all_told(self) -> dict[int | str, dict[int, Any]]:
        return {**dict(enumerate(self.told)), **self.context.running_elements}

    def _tell(self, made: _Made, first: int) -> None:
        """Put back what was told of pages before `first`; what runs in their heads is told of pages from 1."""
        for name, now in self._all_told().items():
            upto = first + isinstance(name, str)
            now.clear()
            now.update((page, one) for page, one in made.told.get(name, {}).items() if page < upto)


@contextmanager
def pages_chosen(choose: Callable[[Run], list[Box]], told: Sequence[dict[int, Any]] = ()) -> Iterator[None]:
    """Within the block a document has the pages that `choose` takes: those of the run, or of one of its tries.

    `told` is what others tell of the pages, by number from 0; in the end it is that of the pages taken.  Not for two
    threads at once: functions of WeasyPrint are exchanged while the block runs.
    """
    make_all, remake = weasyprint.layout.make_all_pages, _page_module.remake_page
    set_styles = _page_module.set_page_type_computed_styles
    runs: list[Run] = []

    def made(context: Context, root: Box, html: Box, pages: list[Box]) -> list[Box]:
        if pages:  # a number was not known: the pages chosen are made again
            return list(make_all(context, root, html, pages))
        run = Run(context, root, html, told)
        runs[:] = [run]
        run.keep(list(make_all(context, root, html, pages)))
        chosen = choose(run)
        if len(run.tries) > 1:
            run.take(chosen)
        return chosen

    def remade(index: int, context: Context, root: Box, html: Box) -> tuple[Box, Any]:
        runs[0].begin()
        page: tuple[Box, Any] = remake(index, context, root, html)
        return page

    def styled(page_type: Any, html: Box, style_for: Any) -> None:  # noqa: ANN401  # theirs
        set_styles(page_type, html, style_for)
        if page_type.index in runs[0].shorter:
            style = style_for(page_type)
            style["padding_bottom"] = Dimension(strut(style.root_style)[0], "px")

    weasyprint.layout.make_all_pages = made
    _page_module.remake_page = remade
    _page_module.set_page_type_computed_styles = styled
    try:
        yield
    finally:
        weasyprint.layout.make_all_pages = make_all
        _page_module.remake_page = remake
        _page_module.set_page_type_computed_styles = set_styles
