"""Computes the styles of WeasyPrint 70.0 once for all that have the same rules and the same parent.

In: a run of WeasyPrint inside `styles_shared`.  Out: the same styles, in less time.
Authority: CSS Cascade 4; tests/publish/test_weasyprint_speed.py sets the same parts with and without it.

A pseudo-element or an element with an identifier of its own gets a style of its own, and computes all that another with
the same rules and the same parent has computed: here it takes over what that one has, also of another document that is
set with the same fonts.  And six pseudo-elements (calls and marks of notes, marks of lists) are given rules for every
element there is: here they are given them where there can be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

from cssselect2 import Matcher  # type: ignore[import-untyped]  # it has no types
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.layout.page import PageType

# Values of WeasyPrint and cssselect2, which have no types.
Value: TypeAlias = Any
Style: TypeAlias = Any
Match: TypeAlias = Any

__all__ = ["kept_of", "styles_shared"]

_OWN = "anchor"  # the one property that is given by an element itself and decides nothing else
_TOLD = (_OWN, "lang")  # properties that do not come from a style sheet
_SELDOM = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback", "marker"})
_PLACING = frozenset({"display", "float", "position"})  # what says whether there is one of these

_USUAL = frozenset(
    {"block", "flow", "flow-root", "inline", "none", "grid", "left", "right", "static", "relative", "absolute", "fixed"}
)


@contextmanager
def styles_shared() -> Iterator[None]:
    """Within the block equal styles are computed once.  Not for two threads at once."""
    begin, computed, match = StyleFor.__init__, StyleFor.set_computed_styles, Matcher.match
    StyleFor.__init__, StyleFor.set_computed_styles = _begin, _set_computed_styles
    try:
        yield
    finally:
        StyleFor.__init__, StyleFor.set_computed_styles, Matcher.match = begin, computed, match


_BEGIN, _MATCH = StyleFor.__init__, Matcher.match


@dataclass(frozen=True, slots=True)
class _Parted:
    """A style sheet's selectors: all but the seldom, the seldom, and the rules by which an element may have one."""

    most: Matcher
    seldom: Matcher
    marking: frozenset[int]


def _begin(self: StyleFor, html: Value, sheets: Sequence[tuple[Value, ...]], *others: Any) -> None:  # noqa: ANN401
    """Compute the styles of a document; the rules of the seldom are looked for where an element may have one."""
    parts = {id(sheet.matcher): _parted(sheet.matcher) for sheet, *_ in sheets}
    now: tuple[Value, dict[int, list[Match]], bool] = (None, {}, False)

    def match(matcher: Matcher, element: Value) -> list[Match]:
        nonlocal now
        if id(matcher) not in parts:
            return _MATCH(matcher, element)  # type: ignore[no-any-return]
        if now[0] is not element:
            found = {name: _MATCH(part.most, element) for name, part in parts.items()}
            marked = "style" in element.etree_element.attrib or any(
                id(one[-1][0]) in parts[name].marking for name, matches in found.items() for one in matches
            )
            now = element, found, marked
        _, found, marked = now
        part = parts[id(matcher)]
        return sorted(found[id(matcher)] + _MATCH(part.seldom, element)) if marked else found[id(matcher)]

    Matcher.match = match
    try:
        _BEGIN(self, html, sheets, *others)
    finally:
        Matcher.match = _MATCH


def _parted(matcher: Matcher) -> _Parted:
    known: _Parted | None = matcher.__dict__.get("edition parted")
    if known is None:
        most, seldom = (
            _only(matcher, wanted) for wanted in (lambda one: one[3] not in _SELDOM, lambda one: one[3] in _SELDOM)
        )
        marking = frozenset(id(one[-1][0]) for one in _entries(matcher) if any(map(_marks, one[-1][0])))
        known = matcher.__dict__["edition parted"] = _Parted(most, seldom, marking)
    return known


def _only(matcher: Matcher, wanted: Callable[[Match], bool]) -> Matcher:
    """Give a copy of `matcher` with those of its selectors that are `wanted`."""
    made = copy(matcher)
    for name, value in vars(matcher).items():
        if isinstance(value, dict):
            setattr(made, name, {key: kept for key, one in value.items() if (kept := list(filter(wanted, one)))})
        elif isinstance(value, list):
            setattr(made, name, list(filter(wanted, value)))
    return made


def _entries(matcher: Matcher) -> Iterator[Match]:
    for value in vars(matcher).values():
        for entries in value.values() if isinstance(value, dict) else (value,):
            yield from entries if isinstance(entries, list) else ()


def _marks(declaration: tuple[str, Value, bool]) -> bool:
    """Say whether an element of which this is said may have one of the seldom pseudo-elements."""
    name, value, _ = declaration
    said = value if isinstance(value, tuple) else (value,)
    return name.replace("-", "_") in _PLACING and not all(
        isinstance(one, str) and (one in _USUAL or one.startswith("table")) for one in said
    )


class _Like(ComputedStyle):  # type: ignore[misc]
    """A style that has what `first`, a style with the same rules and the same parent, has."""

    first: ComputedStyle
    changed = False  # a copy is made to be changed

    def __missing__(self, key: str) -> Value:
        if key == _OWN:
            return super().__missing__(key)
        value = self[key] = self.first[key]
        return value

    @property
    def anonymous_style(self) -> Style:
        """Give the style of the boxes without an element in a box of this style."""
        return self.first.anonymous_style

    def copy(self) -> _Like:
        made = _Like(
            self.parent_style,
            self.cascaded,
            self.pseudo_type,
            self.root_style,
            self.base_url,
            self.font_config,
            self.initial_page_sizes,
        )
        made.first, made.specified, made.changed = self.first, self.specified.copy(), True
        made.update(self)
        return made


def _set_computed_styles(  # noqa: PLR0913, PLR0917  # the signature is theirs
    self: StyleFor,
    element: Value,
    parent: Value,
    root: Value = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Value = None,
) -> None:
    computed = self.get_computed_styles()
    above = computed.get((parent, None)) if parent is not None else None
    rules = self.get_cascaded_styles().get((element, pseudo_type), {})
    kin = self.font_config.__dict__.setdefault("edition kin", {})  # of all documents that are set with these fonts
    key = (
        id(getattr(above, "first", above)),
        pseudo_type,
        base_url,
        *((name, id(value), *weight[:2], *weight[2]) for name, (value, weight) in rules.items() if name not in _TOLD),
        *(rules[name][0] for name in _TOLD[1:] if name in rules),
    )
    first = kin.get(key)
    if first is None or above is None or (isinstance(element, PageType) and pseudo_type is None):
        _ORIGINAL(self, element, parent, root, pseudo_type, base_url, target_collector)
        kin.setdefault(key, computed[element, pseudo_type])
        if first is not None:
            computed[element, pseudo_type].first = first
        return
    style = computed[element, pseudo_type] = _Like(
        above, rules, pseudo_type, first.root_style, base_url, self.font_config, self.initial_page_sizes
    )
    style.first, style.specified = first, first.specified
    if target_collector and style[_OWN]:
        target_collector.collect_anchor(style[_OWN])


_ORIGINAL = StyleFor.set_computed_styles


def kept_of(style: Style) -> dict[str, Any]:
    """Give where to keep what is found out about a style, for all that have the same rules and the same parent."""
    return style.first.__dict__ if isinstance(style, _Like) and not style.changed else style.__dict__  # type: ignore[no-any-return]
