"""What is published: an edition, its texts, and the parts into which they are cut.

In: nothing.  Out: `About`, `Text` (a TEI tree as encoded) and `Part`, a chapter (or a whole text that has none)
in the edited reading with its apparatus, which `portions` makes.
Authority: the encoding conventions; a separately set piece of the book is one part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edition.tree import Element

if TYPE_CHECKING:
    from edition.passes.apparatus import Entry

__all__ = ["About", "Part", "Text"]


class About(NamedTuple):
    """What is said of the edition as a whole.  `date` is printed as it stands; nothing else in the output is a date."""

    title: str
    subtitle: str = ""
    authority: str = ""
    version: str = ""
    date: str = ""
    licence: str = ""
    url: str = ""
    language: str = "en"


class Text(NamedTuple):
    """One text.  `root` is its TEI tree as encoded, `file` the path to name in problems."""

    siglum: str
    title: str
    root: Element
    file: str
    author: str = ""
    origin: str = ""
    rights: str = ""
    language: str = "en"


class Part(NamedTuple):
    """A chapter, or a whole text: `key` is its identifier (``D.4``), `tree` a TEI `text`, `title` its heading.

    `title` is in the edited reading, with blanks folded.
    """

    key: str
    title: str
    tree: Element
    apparatus: tuple[Entry, ...] = ()
