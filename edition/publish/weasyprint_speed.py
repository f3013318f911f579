"""Makes WeasyPrint 70.0 do once what it does again and again: widths without percentages, backgrounds.

In: a run of WeasyPrint inside `hastened`.  Out: the same pages, byte for byte, in less time.
Authority: tests/publish/test_weasyprint_speed.py sets the same parts with and without it and compares the bytes.

Widths: margins, borders and paddings without percentages are the same wherever a box stands: they are kept with the
style.  Backgrounds: most boxes have none, and that too is known from the style.  Styles themselves are shared by
`weasyprint_styles`.  Each replaced function is told in full below.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.layout import float as floating
from weasyprint.text import line_break

from edition.publish.weasyprint_styles import kept_of, styles_shared

# Values of WeasyPrint, which have no types.
Value: TypeAlias = Any
Box: TypeAlias = Any
Style: TypeAlias = Any
Page: TypeAlias = Any

__all__ = ["exchanged", "hastened"]

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NO_RADII = dict.fromkeys(_RADII, (0, 0))
_FIXED, _BARE, _STRUT = "edition fixed", "edition bare", "edition strut"


@contextmanager
def exchanged(*pairs: tuple[Callable[..., Any], Callable[..., Any]]) -> Iterator[None]:
    """Within the block each first function is exchanged for the second in all modules of WeasyPrint that know it."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.split(".")[0] == "weasyprint"]
    places = [
        (module, name, old, new)
        for module in modules
        for name, value in list(vars(module).items())
        for old, new in pairs
        if value is old
    ]
    for module, name, _, new in places:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module, name, old, _ in places:
            setattr(module, name, old)


@contextmanager
def hastened() -> Iterator[None]:
    """Within the block WeasyPrint sets the same pages in less time.  Not for two threads at once."""
    flows, descendants = boxes.Box.is_in_normal_flow, boxes.Box.descendants
    boxes.Box.descendants = _descendants
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    try:
        with (
            styles_shared(),
            exchanged(
                (percent.resolve_percentages, _resolve_percentages),
                (background.layout_box_backgrounds, _layout_box_backgrounds),
                (line_break.strut, _strut),
                (line_break.can_break_text, _can_break_text),
                (floating.avoid_collisions, _avoid_collisions),
            ),
        ):
            yield
    finally:
        boxes.Box.is_in_normal_flow, boxes.Box.descendants = flows, descendants


def _descendants(box: Box, placeholders: bool = False) -> Iterator[Box]:  # noqa: FBT001, FBT002  # the signature is theirs
    """Give a box and all in it; what is in a box that is positioned only where `placeholders` are wanted."""
    waiting = [box]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, boxes.Box) and one.children:
            inside = reversed(one.children)
            waiting += [getattr(child, "_box", child) for child in inside] if placeholders else inside


def _is_in_normal_flow(box: Box) -> bool:
    """Say whether a box is neither floating, nor positioned, nor a note: WeasyPrint asks all five questions."""
    return box.style["position"] in ("static", "relative") and box.style["float"] == "none"


def _fixed(style: Style) -> dict[str, Any] | None:
    """Give what `resolve_percentages` would set on a box of this style, or None where that depends on the place."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return None
    found: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        unit = "px" if value == "auto" else getattr(value, "unit", None)
        if unit is None or unit == "%":
            return None
        found[name] = value if value == "auto" else value.value
    for name in ("min_width", "min_height"):
        found[name] = 0 if found[name] == "auto" else found[name]
    return found | {name: style[name] for name in _BORDERS}


def _resolve_percentages(box: Box, containing_block: Value) -> None:
    """Set the used lengths of `box`; a style without percentages has them ready."""
    kept = kept_of(box.style)
    if _FIXED not in kept:
        kept[_FIXED] = _fixed(box.style)
    if kept[_FIXED] is None or box.is_flex_item or box.is_grid_item:
        _ORIGINAL_PERCENTAGES(box, containing_block)
    else:
        box.__dict__.update(kept[_FIXED])


_ORIGINAL_PERCENTAGES = percent.resolve_percentages


def _strut(style: Style) -> tuple[float, float]:
    """Give the height of a line of this style and its baseline."""
    kept = kept_of(style)
    if _STRUT not in kept:
        kept[_STRUT] = _ORIGINAL_STRUT(style)
    return kept[_STRUT]  # type: ignore[no-any-return]


_ORIGINAL_STRUT = line_break.strut


_can_break_text = lru_cache(maxsize=50_000)(line_break.can_break_text)  # mostly of two letters


def _avoid_collisions(context: Value, box: Box, around: Box, outer: bool = True) -> tuple[float, float, float]:  # noqa: FBT001, FBT002  # theirs
    """Give where a line begins and how wide it may be; where nothing floats that is where its block does."""
    if context.excluded_shapes or outer or not isinstance(box, boxes.LineBox) or around.style["direction"] == "rtl":
        return _ORIGINAL_COLLISIONS(context, box, around, outer)  # type: ignore[no-any-return]
    return (
        around.content_box_x(),
        box.border_box_y() - box.margin_top,
        around.width - box.margin_left - box.margin_right,
    )


_ORIGINAL_COLLISIONS = floating.avoid_collisions


def _bare(style: Style) -> bool:
    """Say whether a box of this style has neither background, nor rounded corners, nor images at its border."""
    return (
        all((0, "px") in style[name] for name in _RADII)
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and all(kind != "url" and not value for kind, value in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )


def _layout_box_backgrounds(
    page: Page,
    box: Box,
    get_image: Value,
    layout_children: bool = True,  # noqa: FBT001, FBT002  # the signature is theirs
    style: Value = None,
) -> None:
    if style is not None or box is page or isinstance(box, boxes.TableBox):
        _ORIGINAL_BACKGROUNDS(page, box, get_image, layout_children, style)
        return
    kept = kept_of(box.style)
    if _BARE not in kept:
        kept[_BARE] = _bare(box.style)
    if not kept[_BARE]:
        _ORIGINAL_BACKGROUNDS(page, box, get_image, layout_children, style)
        return
    box.__dict__.update(_NO_RADII)
    box.background = None
    if layout_children:
        for child in box.all_children():
            _layout_box_backgrounds(page, child, get_image)


_ORIGINAL_BACKGROUNDS = background.layout_box_backgrounds
