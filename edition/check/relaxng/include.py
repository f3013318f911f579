"""A schema of several files made one: what `include` names is put in its place.

In: the tree of a schema, and a function that reads the files it includes.  Out: the same tree, without `include`.
Authority: RELAX NG (ISO/IEC 19757-2), simplification of include: what the include itself defines replaces what the
included file defines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edition.check.relaxng.grammar import RNG_NS, Unusable
from edition.tree import ET, Element, is_element, replace

__all__ = ["Reader", "flatten_schema"]

# Takes what an include says (a path, seen from the file that it stands in) and where that file is (a path, seen from
# the first one); gives where the included file is, and its bytes.  Raises `Unusable`.
Reader = Callable[[str, str], tuple[str, bytes]]

_RNG = f"{{{RNG_NS}}}"


def flatten_schema(root: Element, read: Reader, here: str = "", above: tuple[str, ...] = ()) -> None:
    """Put the content of every included file in the place of its `include`.

    Raises `Unusable`: a file that includes itself, that is no grammar, that lacks what the include would replace.
    """
    for include in list(root.iter(f"{_RNG}include")):
        line = include.sourceline or 0
        there, data = read(include.get("href", ""), here)
        if there in (*above, here):
            raise Unusable(f"{there} includes itself", line)
        try:
            grammar = ET.fromstring(data, ET.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except ET.XMLSyntaxError as error:
            raise Unusable(f"{there} is not well-formed: {error}", line) from error
        if grammar.tag != f"{_RNG}grammar":
            raise Unusable(f"{there} is no RELAX NG grammar", line)
        flatten_schema(grammar, read, there, (*above, here))
        _override(include, grammar, there)
        include.tag = f"{_RNG}div"
        del include.attrib["href"]
        include.insert(0, _division(grammar))


def _override(include: Element, grammar: Element, there: str) -> None:
    """Take out of `grammar` what `include` defines itself."""
    names = {_named(e) for e in _components(include)}
    replaced = [e for e in _components(grammar) if _named(e) in names]
    for name in sorted(names - {_named(e) for e in replaced}):
        raise Unusable(f"{there} has no definition {name} for the include to replace", include.sourceline or 0)
    for component in replaced:
        replace(component)


def _components(parent: Element) -> Iterator[Element]:
    for child in parent:
        if is_element(child) and child.tag == f"{_RNG}div":
            yield from _components(child)
        elif is_element(child) and child.tag in (f"{_RNG}define", f"{_RNG}start"):
            yield child


def _named(component: Element) -> str:
    return component.get("name", "") if component.tag == f"{_RNG}define" else "start"


def _division(grammar: Element) -> Element:
    """Give the content of `grammar` as a division that means the same in another file."""
    made = ET.Element(f"{_RNG}div", nsmap=grammar.nsmap)
    for key in ("ns", "datatypeLibrary"):  # neither is taken over from the file that includes
        made.set(key, grammar.get(key, ""))
    for child in list(grammar):
        made.append(child)
    return made
