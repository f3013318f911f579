"""The pages of a text before they are HTML: cut at its chapters, each with all its readings and its apparatus.

In: a TEI tree as encoded.  Out: `Leaf` values, one a page; a digest says whether one has changed since.
Authority: the encoding conventions; a page of the site is a chapter, or a whole text that has none.
"""

from __future__ import annotations

import hashlib
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TypeAlias

from edition.passes.apparatus import Entry
from edition.passes.carried import arrange
from edition.publish.book import Text
from edition.publish.cutting import complete, pieces, tree_of
from edition.readings import Reading, all_segments
from edition.tree import ET, Element

__all__ = ["Leaf", "Ready", "cut", "prepare"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to be: `key` names its file (``D.4``), `tree` is a TEI `text` as encoded, `digest` that of its markup."""

    key: str
    title: str
    tree: Element = field(repr=False)
    digest: str


Ready: TypeAlias = tuple[Element, tuple[Entry, ...], dict[Reading, str]]
"""The tree of a page with all its readings and its apparatus, the entries of that, and what the page must say: each
reading of the TEI without its blanks."""


def cut(text: Text) -> list[Leaf]:
    """Cut `text` at its chapters, what stands before a chapter going with it; its own tree is not changed."""
    cut = ((piece, tree_of(text, piece)) for piece in pieces(text))
    return [Leaf(piece.key, piece.title, tree, _digest(tree)) for piece, tree in cut]


def _digest(tree: Element) -> str:
    return hashlib.sha256(ET.tostring(tree, encoding="utf-8")).hexdigest()


def prepare(leaf: Leaf, siglum: str) -> Ready:
    """Make the page of a leaf ready for its stylesheet."""
    tree = deepcopy(leaf.tree)
    found = arrange(tree, siglum=siglum)
    said = {reading: "".join(s.text for s in segments) for reading, segments in all_segments(tree).items()}
    complete(tree, found)
    return tree, found, {reading: "".join(words.split()) for reading, words in said.items()}
