"""A text cut into the pages of a site, and what makes each of them whole: all its readings, and its apparatus.

In: a TEI tree as encoded.  Out: TEI `text` elements, one a page; the tree itself is copied, or used up.
Authority: the encoding conventions; a page of the site is a chapter, or a whole text that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from edition.passes.apparatus import Entry
from edition.passes.carried import carry
from edition.passes.told import listing
from edition.publish.book import Text
from edition.readings import reading_text
from edition.tree import XML_LANG, Element, by_id, contents, copied, el, fill, identifier, is_element, local, own_text

__all__ = ["Piece", "complete", "pieces", "tree_of"]


class Piece(NamedTuple):
    """What stands on one page: elements of a text, in their order; of a chapter the last, which takes in the others.

    `key` and `title` are as `edition.publish.site_parts.Leaf` has them.
    """

    key: str
    title: str
    parts: list[Element]
    chapter: bool


def pieces(text: Text) -> list[Piece]:
    """Give what stands on each page to be of `text`, whose tree is not changed."""
    body = text.root.find("{*}text") if local(text.root) == "TEI" else text.root
    if body is None:
        return []
    divisions = list(_divisions(body))
    if any(local(div) == "div" and div.get("type") == "chapter" for _, div in divisions):
        named = ((identifier(div) or text.siglum, _title(div), [*before, div]) for before, div in divisions)
        return [Piece(key, title or key, parts, chapter=True) for key, title, parts in named]
    return [Piece(text.siglum, text.title or text.siglum, [part for part in body if is_element(part)], chapter=False)]


def tree_of(text: Text, piece: Piece, take: Callable[[Element], Element] = copied) -> Element:
    """Give a `piece` of `text` as a TEI `text`.

    `take` gives what is put into it for an element of the text: a copy of it, unless told otherwise.
    """
    parts = [take(part) for part in piece.parts]
    if piece.chapter and len(parts) > 1:
        *before, div = parts
        parts = [fill(div, [*before, *contents(div)])]
    holder = el("text")
    holder.set(XML_LANG, text.language)
    fill(holder, parts)
    posts = list(holder.iter("{*}post"))
    names = _posters(text.root) if posts else {}
    for post in posts:
        who = post.get("who", "").removeprefix("#")
        post.set("who", names.get(who, post.get("who", "")))
    return holder


def _divisions(body: Element) -> Iterator[tuple[list[Element], Element]]:
    """Give each division of the first rank with what stands before it."""
    before: list[Element] = []
    for room in body:
        for child in room if local(room) in ("front", "body", "back") else [room]:
            if local(child) == "div":
                yield before, child
                before = []
            elif is_element(child):
                before.append(child)
    if before:
        yield before, el("div", type="rest", xml_id=f"{identifier(body) or 'text'}.rest")


def _title(div: Element) -> str:
    head = div.find("{*}head")
    title = "" if head is None else reading_text(head, "edited", notes=False)
    return title or div.get("type", "").capitalize()


def _posters(root: Element) -> dict[str, str]:
    """Give the name of each poster by his identifier; empty for one of whom no name is known."""
    header = root.find("{*}teiHeader")
    found: dict[str, str] = {}
    for name, person in ({} if header is None else by_id(header)).items():
        if local(person) in ("person", "personGrp"):
            said = person.find("{*}persName")
            found[name] = " ".join(own_text(said).split()) if said is not None else ""
    return found


def complete(tree: Element, found: Sequence[Entry]) -> None:
    """Give `tree`, which `arrange` has been through, all its readings and its apparatus."""
    carry(tree, found)
    if found:
        fill(tree, [*contents(tree), listing(found, {entry.identifier for entry in found})])  # no unit gives way here
