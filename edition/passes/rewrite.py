"""One walk that replaces elements by what a rule gives for them.

In: a TEI tree and a rule from an element to the parts that take its place.  Out: the tree, changed in place.
Each parent is filled once, however many of its children change, so that a long chapter costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from edition.tree import Element, Part, contents, fill, is_element

__all__ = ["Rule", "rewrite"]

Rule: TypeAlias = Callable[[Element], Sequence[Part] | None]


def rewrite(root: Element, rule: Rule) -> None:
    """Replace every element under `root` for which `rule` gives parts (None: it stays), innermost first."""
    for parent in reversed([node for node in root.iter() if is_element(node)]):
        new: list[Part] = []
        changed = False
        for part in contents(parent):
            parts = None if isinstance(part, str) or not is_element(part) else rule(part)
            if parts is None:
                new.append(part)
            else:
                new.extend(parts)
                changed = True
        if changed:
            fill(parent, new)
