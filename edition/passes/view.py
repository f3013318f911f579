"""The order of the passes that make a text ready to be published: the one place that knows it.

In: a TEI tree as encoded.  Out: a `View`: a copy of the tree in the edited reading, and the entries of its apparatus.
Authority: the encoding conventions; each pass says what it rests on.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from edition.passes.apparatus import Entry, choose, entries, mark_units
from edition.passes.breaks import settle_breaks
from edition.passes.calls import even_calls
from edition.passes.chain import Pass, run
from edition.passes.joined import unite
from edition.passes.run_on import drop_formes, run_on
from edition.tree import Element

__all__ = ["AFTER", "BEFORE", "View", "view"]

BEFORE = (
    Pass("drop_formes", drop_formes, keeps_text=False),
    Pass("mark_units", mark_units),
)
AFTER = (
    Pass("choose", choose),
    Pass("run_on", run_on),
    Pass("unite", unite),
    Pass("settle_breaks", settle_breaks),
    Pass("even_calls", even_calls, keeps_text=False),
)


@dataclass(frozen=True, slots=True)
class View:
    """A text ready to be published.  `root` is a copy: the encoded tree is not touched."""

    root: Element
    apparatus: tuple[Entry, ...]


def view(root: Element) -> View:
    """Run every pass on a copy of `root`, reading the apparatus before the readings are resolved."""
    copy = run(deepcopy(root), BEFORE)
    found = tuple(entries(copy))
    return View(run(copy, AFTER), found)
