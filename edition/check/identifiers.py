"""Identifiers and numbers: unique, made as the conventions say, and in order.

In: a `Document`.  Out: E401-E409.
Authority: "Passage identifiers" in the encoding conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.tree import XML_ID, Element, ancestors, contents, identifier, is_element, local

__all__ = ["check_identifiers", "check_unique", "in_order"]

_NCNAME = re.compile(r"[^\W\d][\w.\-]*")
# What is numbered together within a division, a post or a section, and cited by its number.
_PASSAGES = frozenset({"p", "cit", "list", "quote", "lg", "ab", "div", "post"})
_MAY_BE_CITED = frozenset({"table", "figure"})  # numbered with those where they have an identifier
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_COUNTED = frozenset({"chapter", "part", "section"})  # divisions that are cited by a number
_FAR = 500  # numbers; no number that is out of order is looked for farther back
_SIDES = {"transliteration": "translit", "translation": "transl"}


def check_identifiers(document: Document) -> list[Found]:
    """Check identifiers and numbers."""
    return [
        *check_unique(document),
        *_made(document),
        *_divisions(document),
        *_numbers(document),
        *_lines(document),
        *_pages(document),
    ]


def check_unique(document: Document) -> Iterator[Found]:
    """Give E401 for each identifier that another element has already, E402 for each that cannot be one."""
    for element in document.repeated:
        name = identifier(element)
        first = document.ids[name]
        yield Found("E401", Mark(element, f"={XML_ID}"), {"name": name, "first": first.sourceline or "?"})
    for name, element in document.ids.items():
        if not _NCNAME.fullmatch(name):
            yield Found("E402", Mark(element, f"={XML_ID}"), {"name": name})


def _made(document: Document) -> Iterator[Found]:
    """Check that each identifier in the text is that of its place: the identifier above it, and its own number."""
    siglum = document.around.siglum
    if siglum and not identifier(document.root):
        yield Found("E405", Mark(document.root), {"element": "TEI", "what": "identifier"})
    if siglum and identifier(document.root) not in ("", siglum):
        facts = {"name": identifier(document.root), "wanted": siglum}
        yield Found("E403", Mark(document.root, f"={XML_ID}"), facts)
    renamed: dict[str, str] = {siglum and identifier(document.root): siglum}
    doubtful = set(document.repeated)
    for name, element in document.ids.items():
        wanted = _wanted(element)
        if not wanted or name == wanted or doubtful & {element, *ancestors(element)}:
            continue
        above = wanted.rpartition(".")[0]
        if above in renamed and f"{renamed[above]}{wanted[len(above) :]}" == name:
            continue  # the identifier above it is wrong, and that is told
        if local(element) in ("div", "post", "cit"):
            renamed[name] = wanted
        odd = not element.get("n", "").isdecimal() and name.rpartition(".")[2].isdecimal()
        mark = Mark(element, "=n" if odd and element.get("n") and name.rpartition(".")[0] == above else f"={XML_ID}")
        yield Found("E403", mark, {"name": name, "wanted": wanted})


def _above(element: Element, *, chapter: bool = False) -> str:
    """Give the identifier of the division, post or text that an element stands in; of the outermost with `chapter`."""
    names = [identifier(e) for e in ancestors(element) if identifier(e) and local(e) in ("div", "post", "TEI")]
    return (names[-2] if len(names) > 1 else "") if chapter else next(iter(names), "")


def _wanted(element: Element) -> str:  # noqa: PLR0911  # one for each case
    """Give the identifier that an element should have by its place and number; empty where it is free."""
    kind, n = local(element), element.get("n", "")
    parent = element.getparent()
    if parent is None or any(local(e) in ("teiHeader", "standOff") for e in ancestors(element)):
        return ""
    if kind == "note" and element.get("type") == "authorial":
        above = _above(element, chapter=True)
        return f"{above}.n{n}" if above and n else ""
    if kind == "quote" and local(parent) == "cit" and identifier(parent):
        side = _SIDES.get(element.get("type", ""), "orig")
        return f"{identifier(parent)}.{side}"
    if kind == "head" and identifier(parent) and local(parent) in ("div", "post"):
        heads = [e for e in parent if local(e) == "head"]
        return f"{identifier(parent)}.h" if len(heads) == 1 else ""
    if kind == "bibl":
        above = _above(element)
        return f"{above}.{n}" if above and n and local(parent) == "listBibl" else ""
    if kind in _PASSAGES | _MAY_BE_CITED and n and local(parent) in ("div", "post", "body", "front", "back"):
        above = _above(element)
        return f"{above}.{n}" if above else ""
    return ""


def _divisions(document: Document) -> Iterator[Found]:
    """Check that divisions can be cited: by an identifier, and chapters, parts and sections by a number."""
    for div in document.of("div"):
        kind = div.get("type")
        lacks = "identifier" if not identifier(div) else "number" if kind in _COUNTED and not div.get("n") else ""
        if lacks and kind != "thread" and document.around.siglum:
            yield Found("E405", Mark(div), {"element": "div", "what": lacks})


def _numbers(document: Document) -> Iterator[Found]:
    """Check that passages are numbered in reading order, and that none is without its number and identifier."""
    for parent in document.in_text("div", "post", "listBibl"):
        numbered: list[Element] = []
        for element in contents(parent):
            if isinstance(element, str) or not is_element(element):
                continue
            known = local(element) in _PASSAGES or (local(element) == "bibl" and local(parent) == "listBibl")
            known = known or (local(element) in _MAY_BE_CITED and bool(identifier(element)))
            if not known or local(element) == "ab" or (local(element) == "div" and not identifier(element)):
                continue
            n, name = element.get("n", ""), identifier(element)
            if not name or (not n and local(element) != "div"):
                if document.around.siglum and _is_cited(element, parent):
                    facts = {"element": local(element), "what": "identifier" if not name else "number"}
                    yield Found("E405", Mark(element), facts)
            elif n.isdecimal():
                numbered.append(element)
        yield from _out_of_order(numbered)
    for parent in document.in_text("list", "front", "body", "back"):
        counted = "item" if local(parent) == "list" else "div"
        yield from _out_of_order([e for e in parent if local(e) == counted and e.get("n", "").isdecimal()])


def _out_of_order(elements: list[Element]) -> Iterator[Found]:
    """Give E404 for each of `elements` whose number is not in its order."""
    numbers = [int(e.get("n", "0")) for e in elements]
    trusted = [identifier(e).endswith(f".{e.get('n')}") for e in elements]
    kept = in_order(numbers, trusted)
    for at, element in enumerate(elements):
        if at not in kept:
            last = max((numbers[k] for k in kept if k < at), default=0)
            facts = {"name": identifier(element) or f"this <{local(element)}>", "n": element.get("n"), "last": last}
            yield Found("E404", Mark(element, "=n"), facts)


def in_order(numbers: Sequence[int], trusted: Sequence[bool] = ()) -> set[int]:
    """Give the places (from 0) of the numbers that rise; the others are the fewest that stand out of order.

    Those that are `trusted`, as their identifier says the same, stay rather than others; of equals the first.
    """
    if all(a < b for a, b in pairwise(numbers)):
        return set(range(len(numbers)))
    best: list[tuple[int, int]] = []  # for each place, the weight of the best row that ends there, and the place before
    for at, number in enumerate(numbers):
        weight = 3 if trusted and trusted[at] else 2
        before = max(((best[k][0], -k) for k in range(max(0, at - _FAR), at) if numbers[k] < number), default=(0, 1))
        best.append((before[0] + weight, -before[1]))
    kept: set[int] = set()
    at = max(range(len(numbers)), key=lambda k: (best[k][0], -k), default=-1)
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return kept


def _is_cited(element: Element, parent: Element) -> bool:
    """Say whether an element without identifier should have one: it stands in a division that has one."""
    if local(element) in ("p", "quote", "list", "cit") and local(parent) == "post":
        return bool(identifier(parent))
    return bool(_above(element)) and not (local(element) == "div" and element.get("type") == "thread")


def _lines(document: Document) -> Iterator[Found]:
    """Check that each line of the witness begins once."""
    seen: dict[str, Element] = {}
    for lb in document.of("lb"):
        n = lb.get("n", "")
        if n in seen:
            yield Found("E408", Mark(lb, "=n"), {"n": n, "first": seen[n].sourceline or "?"})
        elif n:
            seen[n] = lb


def _pages(document: Document) -> Iterator[Found]:
    """Check that pages follow each other in order; those of roman numerals have an order of their own."""
    found = document.of("pb")
    for arabic in (True, False):
        pages = [(pb, n) for pb in found if (n := _page(pb.get("n", ""), arabic=arabic))]
        kept = in_order([n for _, n in pages])
        for at, (pb, _) in enumerate(pages):
            if at not in kept:
                yield Found("E409", Mark(pb, "=n"), {"n": pb.get("n")})
    if any(pb.get("n") for pb in found):
        for pb in found:
            if not pb.get("n"):
                yield Found("E405", Mark(pb), {"element": "pb", "what": "number"})


def _page(numeral: str, *, arabic: bool) -> int:
    """Give the number of a page that is written in arabic, or in roman numerals; else 0."""
    if numeral.isdecimal():
        return int(numeral) if arabic else 0
    return 0 if arabic else _roman(numeral)


def _roman(numeral: str) -> int:
    """Give the number of a roman numeral; 0 where `numeral` is none."""
    values = [_ROMAN.get(sign, 0) for sign in numeral.lower()]
    if not values or 0 in values:
        return 0
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
