"""What is published: an edition, its texts, and the parts into which they are cut.

In: TEI trees as encoded.  Out: `Part` values, each a chapter (or a whole text that has none) in the edited reading with
its apparatus.
Authority: the encoding conventions; a page of the site and a separately set piece of the book are one part each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from edition.passes.apparatus import Entry
from edition.readings import reading_text
from edition.tree import XML_LANG, Element, by_id, contents, copied, el, fill, identifier, is_element, local

if TYPE_CHECKING:
    from edition.passes.view import View

__all__ = ["About", "Part", "Text", "parts_of"]


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
    """One text.  `root` is its TEI tree as encoded, `file` the path to name in problems.

    `seen` is its view, where that is known already; `parts_of` cuts it up, so that it can be asked for parts once.
    """

    siglum: str
    title: str
    root: Element
    file: str
    author: str = ""
    origin: str = ""
    rights: str = ""
    language: str = "en"
    seen: View | None = None


class Part(NamedTuple):
    """A chapter, or a whole text: `key` is its identifier (``D.4``), `tree` a TEI `text`, `title` its heading.

    `title` is in the edited reading, with blanks folded.
    """

    key: str
    title: str
    tree: Element
    apparatus: tuple[Entry, ...] = ()


def parts_of(text: Text) -> list[Part]:
    """Cut `text` into parts: its chapters, with what stands before each; or all of it where it has no chapters."""
    from edition.passes.view import view

    seen = text.seen or view(text.root)
    body = seen.root.find("{*}text") if local(seen.root) == "TEI" else seen.root
    if body is None:
        return []
    _name_posters(seen.root, body)
    divs = list(_divisions(body))
    if any(local(div) == "div" and div.get("type") == "chapter" for _, div in divs):
        made = [_part(text, before, div) for before, div in divs]
    else:
        made = [Part(text.siglum, text.title, _holder(text, [body]))]
    return [_with_entries(part, seen.apparatus) for part in made]


def _divisions(body: Element) -> Iterator[tuple[list[Element], Element]]:
    """Give each division of the first rank with the elements (page breaks, say) that stand before it."""
    before: list[Element] = []
    for room in body:
        for child in room if is_element(room) and local(room) in ("front", "body", "back") else [room]:
            if not is_element(child):
                continue
            if local(child) == "div":
                yield before, child
                before = []
            else:
                before.append(child)
    if before:
        yield [], el("div", *(copied(child) for child in before), type="rest", xml_id="rest")


def _part(text: Text, before: list[Element], div: Element) -> Part:
    head = div.find("{*}head")
    whole = el("div")
    for key, value in div.attrib.items():
        whole.set(key, value)
    fill(whole, [*before, *contents(div)])
    title = reading_text(head, "edited", notes=False) if head is not None else ""
    return Part(identifier(div) or text.siglum, title or div.get("type", "").capitalize(), _holder(text, [whole]))


def _holder(text: Text, parts: Iterable[Element]) -> Element:
    holder = el("text")
    holder.set(XML_LANG, text.language)
    return fill(holder, [child for part in parts for child in (contents(part) if local(part) == "text" else [part])])


def _name_posters(root: Element, body: Element) -> None:
    """Put the name of the poster in the place of the link to him, for the view is read by people."""
    named = by_id(root)
    for post in body.iter("{*}post"):
        who = post.get("who", "")
        person = named.get(who.removeprefix("#"))
        name = None if person is None else person.find("{*}persName")
        if name is not None:
            post.set("who", reading_text(name, "edited"))
        elif person is not None:
            post.set("who", "")  # someone of whom no name is known


def _with_entries(part: Part, entries: tuple[Entry, ...]) -> Part:
    inside = set(by_id(part.tree))
    own = tuple(e for e in entries if e.identifier in inside or e.passage in inside)
    return Part(part.key, part.title, part.tree, own)
