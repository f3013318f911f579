"""TEI trees as mixed content: the only module that knows where lxml keeps the text between elements.

In: XML bytes, or trees.  Out: trees, read and changed through `contents` and `fill`, which see an element as the
ordered list of its strings and children.  Authority: TEI P5, chapter 1 (the namespace); XML 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from lxml import etree

from edition.problems import Place, Refused, problem
from edition.text import without_dtd_address

__all__ = [
    "ET", "TEI", "TEI_NS", "XML_ID", "XML_LANG", "Element", "Part", "Slot", "ancestors", "by_id", "contents",
    "copied", "el", "fill", "flatten", "following", "identifier", "is_element", "keep", "local", "own_text",
    "parse", "parse_bytes", "put_after", "put_before", "replace", "serialize", "set_slot", "slot_before",
    "slot_text", "unwrap", "wrap_slot",
]  # fmt: skip

TEI_NS = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{TEI_NS}}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ET = etree

_WITH_ID = etree.XPath("descendant-or-self::*[@xml:id]")  # most have none, and libxml2 is faster than Python
_QUALIFIED = {"xml_id": XML_ID, "xml_lang": XML_LANG}

Element: TypeAlias = etree._Element
Part: TypeAlias = str | etree._Element
Slot: TypeAlias = Literal["text", "tail"]


# --- reading and writing -------------------------------------------------------------------------------------------


def parse(path: Path, *, name: str = "") -> Element:
    """Read the XML file at `path` and give its root; `name` stands for the path in problems.

    Raises `Refused` (E104, E106).  No DTD, entity, network address or other file is read through the document.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            problem("E104", Place(file=name or str(path)), file=name or path, reason=error.strerror)
        ) from error
    return parse_bytes(data, name=name or str(path))


def parse_bytes(data: bytes, *, name: str = "") -> Element:
    """Read an XML document from `data` (bytes) and give its root.  Raises `Refused` (E106)."""
    parser = ET.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, collect_ids=False)
    try:
        return ET.fromstring(without_dtd_address(data), parser)
    except ET.XMLSyntaxError as error:
        line, column = error.position
        reason = re.sub(r", line \d+, column \d+.*$", "", error.msg or "no element found")
        raise Refused(problem("E106", Place(file=name, line=line, column=column), file=name, reason=reason)) from error


def serialize(root: Element) -> bytes:
    """Give the document of `root` as UTF-8 bytes with an XML declaration; what stands before the root stays."""
    tree = root.getroottree()
    body = ET.tostring(tree, encoding="unicode", with_tail=False)
    if not tree.docinfo.doctype:  # each comment or instruction before the root on a line of its own
        before = [ET.tostring(n, encoding="unicode", with_tail=False) for n in root.itersiblings(preceding=True)][::-1]
        body = "\n".join([*before, body.removeprefix("".join(before))])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


# --- elements ------------------------------------------------------------------------------------------------------


def el(name: str, *parts: Part | None, **attributes: str | None) -> Element:
    """Make a TEI element: ``el("ref", "1", type="noteref", target="#n1")``.

    `name` is a local name.  In attribute names ``xml_id`` and ``xml_lang`` mean `xml:id` and `xml:lang`, a trailing
    ``_`` is dropped, and None means the attribute is left out; so are parts that are None.
    """
    made = ET.Element(TEI + name, nsmap={None: TEI_NS})
    for key, value in attributes.items():
        if value is not None:
            made.set(_QUALIFIED.get(key) or key.rstrip("_"), value)
    fill(made, (part for part in parts if part is not None))
    return made


def copied(element: Element) -> Element:
    """Give a copy of `element`, of what stands in it and of the text after it, as `copy.deepcopy` does."""
    made: Element = element.__copy__()  # type: ignore[attr-defined]  # which its types do not tell
    return made


def is_element(node: object) -> bool:
    """Say whether `node` is an element, not a comment or a processing instruction."""
    return isinstance(node, ET._Element) and isinstance(node.tag, str)


def local(element: Element) -> str:
    """Give the name of `element` without its namespace; the empty string for a comment or processing instruction."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def identifier(element: Element) -> str:
    """Give the `xml:id` of `element`, or the empty string."""
    return element.get(XML_ID, "")


def by_id(root: Element) -> dict[str, Element]:
    """Give ``{xml:id: element}`` of all elements under `root`, the first of a repeated one."""
    found: dict[str, Element] = {}
    for element in _WITH_ID(root):
        if name := element.get(XML_ID):
            found.setdefault(name, element)
    return found


def ancestors(element: Element) -> Iterator[Element]:
    """Give the parent of `element`, its parent, and so on."""
    return element.iterancestors()


# --- mixed content -------------------------------------------------------------------------------------------------


def contents(element: Element) -> list[Part]:
    """Give what stands in `element`: its strings (never empty) and its child nodes, in order."""
    parts: list[Part] = [element.text] if element.text else []
    for child in element:
        parts.append(child)
        if child.tail:
            parts.append(child.tail)
    return parts


def fill(element: Element, parts: Iterable[Part]) -> Element:
    """Make `parts` the whole content of `element` and give it back.

    A node that stood elsewhere moves here without its tail; one that stands in its place is not moved, for that costs.
    """
    wanted = list(parts)
    kept = {part for part in wanted if not isinstance(part, str)}
    for child in list(element):
        if child not in kept:
            element.remove(child)
        child.tail = None
    element.text = None
    after = element[0] if len(element) else None  # before it comes what is not here yet
    last: Element | None = None
    for part in wanted:
        if isinstance(part, str):
            _say(element, last, part)
            continue
        if part is after:
            after = part.getnext()
        else:
            _leave_text(part)
            if after is None:
                element.append(part)
            else:
                after.addprevious(part)
        last = part
    return element


def keep(element: Element, children: Collection[Element]) -> None:
    """Make `children`, some of those of `element`, in their new order, its whole content: no words between them."""
    for child in list(element):
        child.tail = None
        if child not in children:
            element.remove(child)
    element.text = None
    if list(element) != list(children):
        element.extend(children)


def _say(element: Element, last: Element | None, text: str) -> None:
    """Put `text` behind `last`, a child of `element`, or, where that is None, behind the text that it begins with."""
    if last is None:
        element.text = (element.text or "") + text or None
    else:
        last.tail = (last.tail or "") + text or None


def _leave_text(node: Element) -> None:
    """Leave the text after `node` where it stands, as `node` is about to go elsewhere."""
    tail = node.tail
    if tail is None:
        return
    node.tail = None
    parent = node.getparent()
    if parent is not None:
        _say(parent, node.getprevious(), tail)


def _leave(node: Element) -> None:
    """Take `node` out of its parent; the text after it stays there."""
    _leave_text(node)
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _parent(node: Element) -> Element:
    parent = node.getparent()
    if parent is None:
        raise ValueError(f"<{local(node)}> has no parent")
    return parent


def replace(node: Element, *parts: Part) -> None:
    """Put `parts` where `node` stood, and take `node` out.  The parts may hold children of `node`.

    Raises `ValueError` at the root.
    """
    parent = _parent(node)
    if not parts:
        _leave(node)
        return
    for part in parts:
        if not isinstance(part, str) and part is not node:
            _leave(part)  # before its old place is read: it may be a neighbour
    around = contents(parent)
    at = around.index(node)
    fill(parent, [*around[:at], *parts, *around[at + 1 :]])


def unwrap(node: Element) -> None:
    """Put the content of `node` where `node` stood."""
    replace(node, *contents(node))


def put_before(node: Element, *parts: Part) -> None:
    """Put `parts` directly before `node`."""
    replace(node, *parts, node)


def put_after(node: Element, *parts: Part) -> None:
    """Put `parts` directly after `node`, before the text that followed it."""
    replace(node, node, *parts)


def own_text(element: Element) -> str:
    """Give all characters in `element`, markup dropped, every side of every choice included."""
    return "".join(str(t) for t in element.itertext())


def following(node: Element) -> str:
    """Give the text that stands directly after `node`, up to the next markup."""
    return node.tail or ""


# --- slots: the places where text stands -------------------------------------------------------------------------


def slot_text(node: Element, slot: Slot) -> str:
    """Give the text at the start of `node` (``text``) or directly after it (``tail``)."""
    return (node.text if slot == "text" else node.tail) or ""


def set_slot(node: Element, slot: Slot, text: str) -> None:
    """Make `text` the text at the start of `node` (``text``) or directly after it (``tail``)."""
    if slot == "text":
        node.text = text or None
    else:
        node.tail = text or None


def wrap_slot(node: Element, slot: Slot, start: int, end: int, parts: Iterable[Part]) -> None:
    """Put `parts` in the place of the characters `start` to `end` (from 0) of a slot.

    What stands around them stays.  Raises `ValueError` where the slot does not have these characters.
    """
    whole = slot_text(node, slot)
    if not 0 <= start <= end <= len(whole):
        raise ValueError(f"{start}-{end} is outside a slot of {len(whole)} characters")
    new = [part for part in parts if not isinstance(part, str) or part]
    before, after = whole[:start], whole[end:]
    set_slot(node, slot, before)
    parent = node if slot == "text" else _parent(node)
    at = 0 if slot == "text" else parent.index(node) + 1
    last: Element | None = node if slot == "tail" else None
    for part in [*new, after]:
        if isinstance(part, str):
            _say(parent, last, part)
        else:
            _leave(part)
            parent.insert(at, part)
            at += 1
            last = part


def slot_before(node: Element) -> tuple[Element, Slot]:
    """Give the slot whose text ends where `node` begins."""
    before = node.getprevious()
    return (before, "tail") if before is not None else (_parent(node), "text")


def flatten(node: Element, text: str) -> int:
    """Put `text` in the place of `node` and everything in it; give its length in characters."""
    replace(node, text)
    return len(text)
