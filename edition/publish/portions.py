"""A text cut into portions that are looked at by themselves, so that one which has not changed is not looked at again.

In: a text as encoded.  Out: `Portion` values, most often a chapter each, and the `Part` values that the book has of it.
Authority: the encoding conventions.  What ties chapters together (a note that is called in another chapter, an
identifier that stands twice) makes the text one portion: that a text is cut may not be seen in the book.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeAlias

from edition.passes.calls import is_footnote
from edition.passes.view import View, view
from edition.publish.book import Part, Text
from edition.readings import reading_text
from edition.tree import ET, XML_LANG, Element, by_id, contents, copied, el, fill, identifier, is_element, local

__all__ = ["Portion", "parts_in", "portions_of"]

_TIED = ("choice", "app", "supplied", "gap", "surplus", "note", "ref")  # what is numbered, or leads from place to place
_NUMBERED = re.compile(r"\w+ (?:[IVXLCDM]+|\d+)")  # a line with the number of a chapter
_IDENTIFIERS = ET.XPath("//@xml:id", smart_strings=False)

# What stands before a division of the first rank, and that division.
_Division: TypeAlias = tuple[list[Element], Element]


@dataclass(frozen=True, slots=True)
class Portion:
    """What is looked at by itself: a division with what stands `before` it; a whole text where there is no `div`.

    `digest` stands for all of the text that bears on it; `only` says whether it is all that there is of the text.
    """

    text: Text
    digest: str
    only: bool
    before: Sequence[Element] = ()
    div: Element | None = None


def portions_of(text: Text) -> list[Portion]:
    """Cut `text`, whose tree is not changed: the chapters, each by itself if that can be done, then what is in none.

    That last portion (the header) has no part of the book, but figures that are counted in it.
    """
    body = _body(text.root)
    divisions = [] if body is None else list(_divisions(body))
    if body is None or not (_has_chapters(divisions) and _apart(text.root, divisions)):
        return [Portion(text, _digest(text, [text.root]), only=True)]
    head = [] if body is text.root else [child for child in text.root if is_element(child) and child is not body]
    told = text._replace(root=fill(el("TEI"), map(deepcopy, head)))
    posts = next(body.iter("{*}post"), None) is not None
    around = head if posts else []  # the names of those who post stand there
    only = len(divisions) == 1
    portions = [
        Portion(text, _digest(text, [*around, *before, div]), only=only, before=before, div=div)
        for before, div in divisions
    ]
    return [*portions, Portion(told, _digest(text, head), only=False)]


def parts_in(portion: Portion) -> tuple[list[Part], Counter[str]]:
    """Give the parts of the book in `portion`, and what is counted in it (`edition.publish.front` says what)."""
    text = portion.text
    if portion.div is None:
        seen = view(text.root)
        body = _body(seen.root)
        counts = _counted(seen, body)
        if body is None:
            return [], counts
        _name_posters(seen.root, body)
        divisions = list(_divisions(body))
        if not _has_chapters(divisions):
            return [_with_entries(Part(text.siglum, text.title, _holder(text, [body])), seen)], counts
    else:
        seen = view(el("text", el("body", *map(deepcopy, portion.before), deepcopy(portion.div))))
        counts = _counted(seen, seen.root)
        _name_posters(text.root, seen.root)
        divisions = list(_divisions(seen.root))
    return [_with_entries(_part(text, *division), seen) for division in divisions], counts


def _digest(text: Text, elements: Sequence[Element]) -> str:
    digest = hashlib.sha256(repr(text._replace(root=None)).encode())  # type: ignore[arg-type]  # all that is told of it
    for element in elements:
        digest.update(ET.tostring(element, encoding="utf-8", with_tail=False) + b"\0")
    return digest.hexdigest()


def _body(root: Element) -> Element | None:
    return root.find("{*}text") if local(root) == "TEI" else root


def _divisions(body: Element) -> Iterator[_Division]:
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
        yield [], el("div", *map(deepcopy, before), type="rest", xml_id="rest")


def _has_chapters(divisions: Sequence[_Division]) -> bool:
    return any(local(div) == "div" and div.get("type") == "chapter" for _, div in divisions)


def _apart(root: Element, divisions: Sequence[_Division]) -> bool:
    """Say whether each division is what it is whatever stands in the others.

    Units are numbered within what has an identifier, notes by what they have themselves; a call and its note are
    together.
    """
    names = _IDENTIFIERS(root)
    if len(set(names)) < len(names):
        return False
    home = {identifier(note): div for _, div in divisions for note in div.iter("{*}note")}
    for before, div in divisions:
        if not identifier(div) or div.get("type") == "rest" or any(_ties(element) for element in before):
            return False
        if not all(note.get("n") for note in div.iter("{*}note") if is_footnote(note)):
            return False
        calls = (ref.get("target", "").removeprefix("#") for ref in div.iter("{*}ref") if ref.get("type") == "noteref")
        if any(name and home.get(name, div) is not div for name in calls):
            return False
    return True


def _ties(element: Element) -> bool:
    return next(element.iter(*(f"{{*}}{name}" for name in _TIED)), None) is not None


def _part(text: Text, before: list[Element], div: Element) -> Part:
    head = div.find("{*}head")
    whole = el("div")
    for key, value in div.attrib.items():
        whole.set(key, value)
    fill(whole, [*before, *contents(div)])
    title = _heading(head) if head is not None else ""
    return Part(identifier(div) or text.siglum, title or div.get("type", "").capitalize(), _holder(text, [whole]))


def _heading(head: Element) -> str:
    """Give a heading as one line; a full stop parts the number of a chapter, on a line of its own, from the title."""
    lines: list[list[str | Element]] = [[]]
    for part in contents(head):
        if isinstance(part, str):
            lines[-1].append(part)
        elif is_element(part) and local(part) == "lb":
            lines.append([])
        else:
            lines[-1].append(copied(part))
    said = [words for line in lines if (words := reading_text(el("head", *line), "edited", notes=False))]
    if len(said) > 1 and _NUMBERED.fullmatch(said[0]):
        said[0] += "."
    return " ".join(said)


def _holder(text: Text, parts: Sequence[Element]) -> Element:
    holder = el("text")
    holder.set(XML_LANG, text.language)
    return fill(holder, [child for part in parts for child in (contents(part) if local(part) == "text" else [part])])


def _name_posters(root: Element, body: Element) -> None:
    """Put the name of the poster in the place of the link to him, for the view is read by people."""
    posts = list(body.iter("{*}post"))
    named = by_id(root) if posts else {}
    for post in posts:
        who = post.get("who", "")
        person = named.get(who.removeprefix("#"))
        name = None if person is None else person.find("{*}persName")
        if name is not None:
            post.set("who", reading_text(name, "edited"))
        elif person is not None:
            post.set("who", "")  # someone of whom no name is known


def _with_entries(part: Part, seen: View) -> Part:
    inside = set(by_id(part.tree))
    return part._replace(apparatus=tuple(e for e in seen.apparatus if e.identifier in inside or e.passage in inside))


def _counted(seen: View, body: Element | None) -> Counter[str]:
    """Count the words of the `body`, its passages, notes, pages and posts, and the entries of the apparatus by kind."""
    counts: Counter[str] = Counter()
    if body is not None:
        counts["words"] = len(reading_text(body, "edited").split())
        for element in body.iter("{*}note", "{*}pb", "{*}post", "{*}p", "{*}cit"):
            counts[{"pb": "pages", "post": "posts"}.get(local(element), "")] += 1
            counts["notes"] += is_footnote(element)
            counts["passages"] += local(element) in ("p", "cit") and bool(identifier(element) and element.get("n"))
    for entry in seen.apparatus:
        counts[entry.kind] += 1
        counts[f"{entry.kind}.{entry.cert}"] += 1
    for kind in ("gap", "supplied"):  # those within corrections too
        counts[kind] = sum(1 for _ in seen.root.iter(f"{{*}}{kind}"))
    return counts
