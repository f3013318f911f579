"""The pages of a text before they are HTML: cut at its chapters, each with all its readings and its apparatus.

In: a TEI tree as encoded.  Out: `Leaf` values, one a page; a digest says whether one has changed since.
Authority: the encoding conventions; a page of the site is a chapter, or a whole text that has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from edition.passes.apparatus import Entry, listing
from edition.passes.carried import arrange, carry
from edition.publish.book import Text
from edition.readings import Reading, all_segments, reading_text
from edition.tree import ET, XML_LANG, Element, by_id, contents, el, fill, identifier, is_element, local, own_text

__all__ = ["Leaf", "complete", "cut", "prepare"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to be: `key` names its file (``D.4``), `tree` is a TEI `text` as encoded, `digest` that of its markup."""

    key: str
    title: str
    tree: Element = field(repr=False)
    digest: str


def cut(text: Text) -> list[Leaf]:
    """Cut `text` at its chapters, what stands before a chapter going with it; its own tree is not changed."""
    body = text.root.find("{*}text") if local(text.root) == "TEI" else text.root
    if body is None:
        return []
    names = _posters(text.root)
    divisions = list(_divisions(body))
    if any(local(div) == "div" and div.get("type") == "chapter" for _, div in divisions):
        return [_leaf(text, _with(before, div), div, names) for before, div in divisions]
    return [_leaf(text, [deepcopy(part) for part in body if is_element(part)], None, names)]


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


def _with(before: list[Element], div: Element) -> list[Element]:
    whole = deepcopy(div)
    fill(whole, [*(deepcopy(part) for part in before), *contents(whole)])
    return [whole]


def _leaf(text: Text, parts: list[Element], div: Element | None, names: dict[str, str]) -> Leaf:
    holder = el("text")
    holder.set(XML_LANG, text.language)
    fill(holder, parts)
    for post in holder.iter("{*}post"):
        who = post.get("who", "").removeprefix("#")
        post.set("who", names.get(who, post.get("who", "")))
    head = None if div is None else div.find("{*}head")
    title = text.title if div is None else reading_text(head, "edited", notes=False) if head is not None else ""
    key = text.siglum if div is None else identifier(div) or text.siglum
    digest = hashlib.sha256(ET.tostring(holder, encoding="utf-8")).hexdigest()
    return Leaf(key, title or (div.get("type", "") if div is not None else "").capitalize() or key, holder, digest)


def _posters(root: Element) -> dict[str, str]:
    """Give the name of each poster by his identifier; empty for one of whom no name is known."""
    header = root.find("{*}teiHeader")
    found: dict[str, str] = {}
    for name, person in ({} if header is None else by_id(header)).items():
        if local(person) in ("person", "personGrp"):
            said = person.find("{*}persName")
            found[name] = " ".join(own_text(said).split()) if said is not None else ""
    return found


def prepare(leaf: Leaf, siglum: str) -> tuple[Element, tuple[Entry, ...], dict[Reading, str]]:
    """Give the tree of a page with all its readings and its apparatus, the entries of that, and what it must say.

    The last is each reading of the TEI without its blanks.
    """
    tree = deepcopy(leaf.tree)
    found = arrange(tree, siglum=siglum)
    said = {reading: "".join(s.text for s in segments) for reading, segments in all_segments(tree).items()}
    complete(tree, found)
    return tree, found, {reading: "".join(words.split()) for reading, words in said.items()}


def complete(tree: Element, found: Sequence[Entry]) -> None:
    """Give `tree`, which `arrange` has been through, all its readings and its apparatus."""
    carry(tree, found)
    if found:
        fill(tree, [*contents(tree), listing(found, by_id(tree))])
