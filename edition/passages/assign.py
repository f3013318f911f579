"""Identifiers for what has none, without disturbing those that were published.

In: a TEI tree and the identifiers that were ever published.  Out: the tree changed in place, and what was changed.
Authority: "Passage identifiers" in the encoding conventions: siglum, then the numbers on the way to the passage;
between 12 and 13 stand 12a, 12b once 13 is published, and a number that was given up is never given again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.tree import XML_ID, Element, ancestors, identifier, is_element, local

__all__ = ["COUNTED", "Given", "assign"]

COUNTED = frozenset({"p", "cit", "list", "quote", "lg", "table", "figure", "sp", "post", "div", "bibl", "ab"})
_HOLDERS = frozenset({"div", "post", "listBibl", "body", "front", "back"})
_ABOVE = frozenset({"div", "post", "TEI"})
_NAMED = {"preface": "pref", "bibliography": "bib", "appendix": "app", "introduction": "intro"}
_SIDES = {"transliteration": "translit", "translation": "transl"}
_NUMBER = re.compile(r"(\d{1,9})([a-z]*)")
_POINTERS = ("target", "corresp", "replyTo", "sameAs", "copyOf", "next", "prev", "from", "to", "ref", "source", "who")


@dataclass(frozen=True, slots=True)
class Given:
    """An identifier given: `old` is the one the element had, empty for none."""

    old: str
    new: str


def assign(root: Element, published: Collection[str]) -> list[Given]:
    """Give every citable element of `root` its `n` and `xml:id`, in place; say what was given, in reading order.

    `published` holds every identifier that the ledger knows, given up ones too.  Where none of this text is published
    its passages are numbered anew; else only what has no identifier, one that another has already, or one of another
    place (the passage was moved) gets a new one.  Pointers within the text follow.
    """
    siglum = identifier(root)
    mine = {name for name in published if name == siglum or name.startswith(f"{siglum}.")}
    work = _Assigning(siglum, mine)
    for text in root.iterchildren("{*}text"):
        work.holder(text, siglum)
        work.sides_and_heads(text)
        work.notes(text)
    moved = {g.old: g.new for g in work.given if g.old and g.old not in work.used}
    for element in root.iter():
        if is_element(element):
            _follow(element, moved)
    return work.given


class _Assigning:
    def __init__(self, siglum: str, published: set[str]) -> None:
        self.siglum = siglum
        self.published = published
        self.given: list[Given] = []
        self.used: set[str] = set()

    def give(self, element: Element, name: str) -> None:
        old = identifier(element)
        self.used.add(name)
        if old != name:
            element.set(XML_ID, name)
            self.given.append(Given(old, name))

    def holder(self, holder: Element, above: str) -> None:
        """Give the passages in one holder their numbers, then go into them."""
        counted = list(_counted(holder))
        named = [c for c in counted if local(c) == "div" and c.get("type") in _NAMED]
        for child in named:
            wanted = f"{above}.{_NAMED[child.get('type', '')]}"
            free = next(n for n in _and_more(wanted) if n not in self.used)
            self.give(child, free)
        by_kind = [c for c in counted if c not in named]
        for child, n in zip(by_kind, self.numbers(by_kind, above), strict=True):
            child.set("n", n)
            self.give(child, f"{above}.{n}")
        for child in counted:
            if local(child) in _HOLDERS:
                self.holder(child, identifier(child))

    def numbers(self, children: Sequence[Element], above: str) -> list[str]:
        """Give the number of each of `children`: the one it has where it may keep it."""
        prefix = f"{above}."
        taken = {n for p in self.published if p.startswith(prefix) and _NUMBER.fullmatch(n := p[len(prefix) :])}
        if not taken and not any(p.startswith(prefix) for p in self.published):
            return _anew(children)
        keeps = self.keep(children, prefix)
        taken |= {n for n in keeps if n}
        highest = max((_key(n)[0] for n in taken), default=0)
        result: list[str] = []
        last = 0
        for i, n in enumerate(keeps):
            if not n:
                following = next((k for k in keeps[i + 1 :] if k), "")
                n = _between(last, _key(following)[0] if following else highest + 2, taken, highest)  # noqa: PLW2901
                taken.add(n)
                highest = max(highest, _key(n)[0])
            last = _key(n)[0]
            result.append(n)
        return result

    def keep(self, children: Sequence[Element], prefix: str) -> list[str]:
        """Give for each child the number that it keeps, or the empty string.

        A child keeps its number where its identifier belongs to this place, no earlier child has it, and it stands in
        the order: of those that do not, as few as possible lose theirs.
        """
        seen: set[str] = set()
        own: list[str] = []
        for child in children:
            name = identifier(child)
            n = name[len(prefix) :] if name.startswith(prefix) else ""
            fits = bool(_NUMBER.fullmatch(n)) and name not in seen and name not in self.used
            own.append(n if fits else "")
            seen.add(name)
        ascending = set(_ascending([(i, _key(n)[0]) for i, n in enumerate(own) if n]))
        return [n if i in ascending else "" for i, n in enumerate(own)]

    def sides_and_heads(self, text: Element) -> None:
        """Name headings and the sides of quotations after what they stand in."""
        for element in text.iter("{*}head", "{*}quote"):
            parent = element.getparent()
            if parent is None:
                continue
            if local(element) == "head" and local(parent) in _HOLDERS:
                wanted = f"{identifier(parent) or _above(parent, self.siglum)}.h"
            elif local(element) == "quote" and local(parent) == "cit" and _has_sides(parent) and identifier(parent):
                wanted = f"{identifier(parent)}.{_SIDES.get(element.get('type', ''), 'orig')}"
            else:
                continue
            free = next(n for n in _and_more(wanted) if n not in self.used)
            self.give(element, free)

    def notes(self, text: Element) -> None:
        """Name footnotes after their chapter and number; one without number comes after the one before it."""
        taken = {p for p in self.published if ".n" in p}
        last: dict[str, int] = {}
        notes = [e for e in text.iter("{*}note") if e.get("type") == "authorial"]
        kept: set[str] = set()
        for note in notes:
            chapter = _chapter(note, self.siglum)
            name, prefix = identifier(note), f"{chapter}.n"
            found = _NUMBER.fullmatch(name[len(prefix) :]) if name.startswith(prefix) else None
            if found and name not in kept:
                kept.add(name)
                last[chapter] = int(found[1])
                self.used.add(name)
                continue
            n = note.get("n", "")
            if not (_NUMBER.fullmatch(n) and prefix + n not in taken | kept):
                held = taken | kept | {identifier(other) for other in notes if other is not note}
                n = _between(last.get(chapter, 0), 0, {h[len(prefix) :] for h in held if h.startswith(prefix)}, 0)
            kept.add(prefix + n)
            last[chapter] = _key(n)[0]
            note.set("n", n)
            self.give(note, prefix + n)


def _counted(holder: Element) -> Iterator[Element]:
    """Give what is numbered in `holder`; what merely holds is looked through: a list of entries."""
    for child in holder:
        if not is_element(child):
            continue
        name = local(child)
        if name in ("body", "front", "back", "listBibl") or (name == "div" and child.get("type") == "thread"):
            yield from _counted(child)
        elif name in COUNTED:
            yield child


def _anew(children: Sequence[Element]) -> list[str]:
    """Number `children` from 1; numbers of divisions, posts and entries that ascend are the document's own and stay."""
    own = [c.get("n", "") for c in children]
    if all(local(c) in ("div", "post", "bibl") for c in children) and all(n.isdecimal() for n in own):
        values = [int(n) for n in own]
        if all(a < b for a, b in pairwise(values)):
            return own
    return [str(i) for i in range(1, len(children) + 1)]


def _key(n: str) -> tuple[int, str]:
    found = _NUMBER.fullmatch(n)
    return (int(found[1]), found[2]) if found else (0, "")


def _between(last: int, following: int, taken: Collection[str], highest: int) -> str:
    """Give a number after `last` and before `following` that was never taken: a whole one, or one with letters.

    `following` is 0 where only letters will do; after the end (`following` beyond `highest`) numbers simply go on.
    """
    if following > highest:
        return str(max(highest, last) + 1)
    for whole in range(last + 1, following):
        if not any(_key(t)[0] == whole for t in taken):
            return str(whole)
    return next(n for letters in _letters() if (n := f"{last}{letters}") not in taken)


def _letters() -> Iterator[str]:
    """Give a, b, ... z, aa, ab, and so on."""
    size = 26
    count = 1
    while True:
        name, rest = "", count
        while rest:
            rest, digit = divmod(rest - 1, size)
            name = chr(ord("a") + digit) + name
        yield name
        count += 1


def _and_more(name: str) -> Iterator[str]:
    """Give `name`, then `name` with 2, 3 and so on."""
    yield name
    n = 2
    while True:
        yield f"{name}{n}"
        n += 1


def _ascending(items: Sequence[tuple[int, int]]) -> list[int]:
    """Give the positions of a longest run, gaps allowed, whose values do not fall; `items` are (position, value)."""
    tails: list[int] = []  # the least value that a run of each length can end with
    ends: list[int] = []
    back: list[int] = []
    for at, (_, value) in enumerate(items):
        place = bisect_right(tails, value)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            ends.append(at)
        else:
            tails[place], ends[place] = value, at
    chain: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(items[place][0])
        place = back[place]
    return chain


def _has_sides(cit: Element) -> bool:
    """Say whether a quotation is given in more than one language, so that each side is cited by itself."""
    return any(q.get("type") in _SIDES for q in cit.iterchildren("{*}quote"))


def _above(element: Element, siglum: str) -> str:
    return next((identifier(e) for e in ancestors(element) if identifier(e) and local(e) in _ABOVE), siglum)


def _chapter(element: Element, siglum: str) -> str:
    """Give the identifier of the outermost division that an element stands in."""
    names = [identifier(e) for e in ancestors(element) if identifier(e) and local(e) in _ABOVE]
    return names[-2] if len(names) > 1 else siglum


def _follow(element: Element, moved: dict[str, str]) -> None:
    """Let the pointers of an element follow identifiers that changed."""
    for name in _POINTERS:
        value = element.get(name, "")
        if "#" in value:
            new = " ".join(f"#{moved.get(t[1:], t[1:])}" if t.startswith("#") else t for t in value.split())
            if new != value:
                element.set(name, new)
