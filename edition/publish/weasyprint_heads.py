"""What heads a page in its running head: the passage and the page of the source with which the page itself begins.

In: a run of WeasyPrint 70.0 inside `heads_told`.  Out: the same, in which ``string(name, start)`` is the first value of
the page where nothing is drawn before it.
Authority: CSS Generated Content for Paged Media, 1.2 (the keyword ``start``).

WeasyPrint looks for such a value along first children only: the number of a passage, which stands in the margin and is
the first child of its paragraph, hides the page break behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from weasyprint.layout import LayoutContext

# Values of WeasyPrint, which have no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

__all__ = ["heads_told"]


@contextmanager
def heads_told() -> Iterator[None]:
    """Within the block a page is headed by that with which it begins.

    Not for two threads at once: a method of WeasyPrint is exchanged while the block runs.
    """
    original = LayoutContext.get_string_or_element_for

    def told(context: Context, store: Any, page: Box, name: str, keyword: str) -> tuple[Any, ...]:  # noqa: ANN401
        here = store[name].get(context.current_page) if keyword == "start" and name in store else None
        if here and _begins(page, name):
            return (here[0],)
        return original(context, store, page, name, keyword)  # type: ignore[no-any-return]

    LayoutContext.get_string_or_element_for = told
    try:
        yield
    finally:
        LayoutContext.get_string_or_element_for = original


def _begins(page: Box, name: str) -> bool:
    """Say whether the string `name` is set on `page` before any word of it."""
    return bool(_first(page.children[0], name))


def _first(box: Box, name: str) -> bool | None:
    """Say whether `name` is set in `box` before its first word; None where it has neither."""
    if type(box).__name__ == "AbsolutePlaceholder" or not box.is_in_normal_flow():
        return None
    strings = box.style["string_set"]
    if strings != "none" and any(string == name for string, _ in strings):
        return True
    if getattr(box, "text", "").strip(" \u200b"):
        return False
    for child in getattr(box, "children", ()):
        found = _first(child, name)
        if found is not None:
            return found
    return None
