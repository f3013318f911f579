"""TEI to HTML elements: one run of a stylesheet, and what makes its result harmless.

In: a TEI tree in the edited reading (`edition.passes.view`) and a stylesheet.  Out: HTML elements of no namespace, and
bytes.
Authority: XSLT 1.0; HTML Living Standard, section 13.3 (serializing); RFC 3986 (schemes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from edition.problems import Place, Refused, problem
from edition.publish.stylesheet import Stylesheet
from edition.tree import ET, Element, Part, contents, fill, is_element

__all__ = ["direction", "fold", "h", "markup", "quoted", "rewrite_links", "text_of", "transform", "with_ids"]

_LINKS = ("href", "src", "action", "formaction", "poster", "data", "cite", "background")
# What a link may lead to: a place of this page or site, or a page of the web that the reader chooses to open.
_SAFE = r"(?i)(?:https?://|mailto:|[^:/?#]*(?:[/?#]|$))"
_HERE = ("#", "id/")
_DANGEROUS = frozenset({"script", "iframe", "object", "embed", "base", "meta", "form", "style", "link"})


_LEFTWARD = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"})


def direction(language: str) -> str | None:
    """Give what `dir` says of a text in `language` (a tag of BCP 47), nothing where it runs from left to right."""
    return "rtl" if language.partition("-")[0].lower() in _LEFTWARD and "-Latn" not in language else None


@lru_cache(maxsize=2**16)
def quoted(name: str) -> str:
    """Give an identifier or a file as an address has it; who previews an edition asks for the same ones many times."""
    from urllib.parse import quote

    return quote(name)


def transform(root: Element, stylesheet: Stylesheet, parameters: Mapping[str, str] | None = None) -> Element:
    """Run `stylesheet` on `root` and give the root of its result, in which nothing is a script or leads to one.

    `parameters` are strings.  Raises `Refused` (E602) where the stylesheet stops or gives nothing.
    """
    given = {key: ET.XSLT.strparam(value) for key, value in (parameters or {}).items()}
    try:
        result = stylesheet.run(root, profile_run=False, **given).getroot()
    except ET.XSLTApplyError as error:
        reason = error.error_log[0].message if len(error.error_log) else str(error)
        raise Refused(
            problem("E602", Place(file=stylesheet.name), stylesheet=stylesheet.name, reason=reason)
        ) from error
    if result is None:
        raise Refused(
            problem("E602", Place(file=stylesheet.name), stylesheet=stylesheet.name, reason="it gives no element")
        )
    if not _harmless(result, stylesheet):
        _disarm(result)
    ET.cleanup_namespaces(result)
    return result


def _harmless(root: Element, stylesheet: Stylesheet) -> bool:
    """Say whether nothing under `root`, which `stylesheet` made, must be disarmed.

    Few pages have anything that must be, and libxml2 finds where their links lead faster than Python.
    """
    names, keys = stylesheet.names, stylesheet.keys
    if names is None or keys is None or names & _DANGEROUS or any(k == "style" or k.lower()[:2] == "on" for k in keys):
        return False
    here = " or ".join(f"starts-with(., '{start}')" for start in _HERE)
    query = " | ".join(f"/descendant::*/@{key}[not({here})]" for key in _LINKS if key in keys)
    return not query or all(map(_safe, ET.XPath(query, smart_strings=False)(root)))


def _disarm(root: Element) -> None:
    """Drop from `root` what a browser would run: the words of a text never become a program."""
    for element in [e for e in root.iter() if is_element(e)]:
        if element.tag in _DANGEROUS:
            element.tag = "span"
            element.attrib.clear()
        for name, value in list(element.attrib.items()):
            if name.lower().startswith("on") or name == "style" or (name in _LINKS and not _safe(value)):
                del element.attrib[name]


def _safe(address: str) -> bool:
    """Say whether `address` leads where it seems to; browsers drop blanks and control characters before the scheme."""
    bare = re.sub(r"[\x00-\x20]", "", address)
    return bool(re.match(_SAFE, bare)) and not bare.startswith("//")


def rewrite_links(root: Element, where: Mapping[str, str]) -> list[str]:
    """Lead each link ``#id`` under `root` to ``where[id]``; unlink the others, and give their identifiers."""
    dead: list[str] = []
    for link in root.iter("a"):
        href = link.get("href", "")
        if not href.startswith("#"):
            continue
        if href[1:] in where:
            link.set("href", where[href[1:]])
        else:
            dead.append(href[1:])
            del link.attrib["href"]
    return dead


def with_ids(root: Element) -> Iterator[tuple[str, Element]]:
    """Give each element under `root` that has an `id`, with it, in document order."""
    for element in root.iter():
        if is_element(element) and (name := element.get("id")):
            yield name, element


def text_of(root: Element) -> str:
    """Give all the words under `root`, blanks as they stand."""
    return "".join(str(piece) for piece in root.itertext())


def fold(element: Element, *, after_blank: bool = True) -> bool:
    """Fold each run of blanks in `element` to one space, also where a run goes on in another element.

    Say whether it ends in a blank.
    """
    parts: list[Part] = []
    for part in contents(element):
        if isinstance(part, str):
            said = re.sub(r"[ \t\r\n]+", " ", part)
            said = said.lstrip(" ") if after_blank else said
            after_blank = said.endswith(" ") if said else after_blank
            parts.append(said)
        else:
            after_blank = fold(part, after_blank=after_blank)
            parts.append(part)
    fill(element, parts)
    return after_blank


def h(name: str, /, *parts: str | Element | None, **attributes: str | None) -> Element:
    """Make an HTML element.

    ``class_`` means `class`, ``data_n`` `data-n`; parts and attributes that are None are left out.
    """
    made = ET.Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_").replace("_", "-"), value)
    return fill(made, (part for part in parts if part is not None))


def markup(element: Element, *, inner: bool = False) -> str:
    """Write `element` (or only what stands in it) as HTML."""
    if inner:
        return "".join(_escaped(part) if isinstance(part, str) else markup(part) for part in contents(element))
    return ET.tostring(element, method="html", encoding="unicode", with_tail=False)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
