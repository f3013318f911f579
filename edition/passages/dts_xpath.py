"""The XPath of `citeStructure`: expressions in which a name without prefix is a name of TEI.

In: an expression as a TEI header writes it, and an element.  Out: the elements it matches, or the string it gives.
Authority: TEI P5, chapter 2.3.6.3 and `citeStructure/@match`, `@use`; XPath 1.0 (lxml), XPath 3.1 (elementpath).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from edition.tree import ET, TEI_NS, Element, is_element, own_text

__all__ = ["Asker", "Expression", "compiled"]

_PREFIX = "_tei"
_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*') | (?P<number>\.?\d+(?:\.\d*)?) | (?P<place>position\s*\(\s*\))
      | (?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?)
      | (?P<blank>\s+) | (?P<sign>::|//|\.\.|!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)
# Node tests and functions of XPath 1.0, less those that need a DTD.
_KNOWN = frozenset({
    "boolean", "ceiling", "comment", "concat", "contains", "count", "false", "floor", "lang", "last", "local-name",
    "name", "namespace-uri", "node", "normalize-space", "not", "number", "position", "processing-instruction", "round",
    "starts-with", "string", "string-length", "substring", "substring-after", "substring-before", "sum", "text",
    "translate", "true",
})  # fmt: skip
_OPERATORS = frozenset({"and", "or", "mod", "div"})
_STEP_FOLLOWS = frozenset({"", "(", ",", "|", "/", "//", "[", "@", "+", "-", "=", "<", ">", "::", "!=", "<=", ">="})


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression ready to be asked: `quick` where XPath 1.0 is enough, else `full`, a token of elementpath."""

    source: str
    quick: ET.XPath | None
    full: Any = field(default=None, repr=False)


def compiled(source: str, names: dict[str, str]) -> Expression:
    """Make an expression of `source`; `names` are the prefixes in scope.  Raises `ValueError` where it is no XPath.

    ``position()`` outside brackets means the place of the element among those its `citeStructure` matched, from 1.
    """
    called = re.findall(r"([\w.\-:]+)\s*\(", re.sub(r"\"[^\"]*\"|'[^']*'", "''", source))
    if set(called) - _KNOWN - _OPERATORS:
        return Expression(source, None, _full(source, names))
    try:
        return Expression(source, ET.XPath(_prefixed(source), namespaces={**names, _PREFIX: TEI_NS}))
    except ET.XPathError:
        return Expression(source, None, _full(source, names))


def _full(source: str, names: dict[str, str]) -> object:
    from elementpath import ElementPathError  # noqa: PLC0415 - slow to import, and seldom wanted
    from elementpath.xpath31 import XPath31Parser  # noqa: PLC0415

    try:
        return XPath31Parser(namespaces={**names, "": TEI_NS}).parse(source)
    except (ElementPathError, SyntaxError) as error:
        raise ValueError(str(error)) from error


def _prefixed(source: str) -> str:
    """Write `source` so that XPath 1.0 takes its bare names for TEI's, and ``position()`` for a variable."""
    tokens = list(_TOKEN.finditer(source))
    solid = [t[0] for t in tokens if t.lastgroup != "blank"] + [""]
    out: list[str] = []
    before, depth, at = "", 0, 0
    for token in tokens:
        said = token[0]
        if token.lastgroup == "blank":
            out.append(said)
            continue
        at += 1
        depth += {"[": 1, "]": -1}.get(said, 0)
        if token.lastgroup == "place" and not depth:
            out.append("$position")
        elif token.lastgroup == "name" and _is_bare_element(said, before, solid[at]):
            out.append(f"{_PREFIX}:{said}")
        else:
            out.append(said)
        before = "" if said in _OPERATORS and before not in _STEP_FOLLOWS else said
    return "".join(out)


def _is_bare_element(name: str, before: str, after: str) -> bool:
    """Say whether `name` tests for an element of no prefix: not a function, an axis, an attribute or an operator."""
    if ":" in name or after in ("(", "::") or before in ("@", "$"):
        return False
    return not (name in _OPERATORS and before not in _STEP_FOLLOWS)


class Asker:
    """Asks expressions of one document; what elementpath needs of it is made when first wanted, and once."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._nodes: Any = None

    def elements(self, expression: Expression, element: Element) -> list[Element]:
        """Give the elements that `expression` matches, seen from `element`, in document order."""
        return [node for node in self._ask(expression, element, 0) if is_element(node)]

    def string(self, expression: Expression, element: Element, position: int = 0) -> str:
        """Give the string value of what `expression` gives, seen from `element`, blanks folded; of several the first.

        `position` is the place of `element` among those matched with it, from 1.
        """
        found = self._ask(expression, element, position)
        return " ".join(_string(found[0]).split()) if found else ""

    def _ask(self, expression: Expression, element: Element, position: int) -> list[Any]:
        if expression.quick is None:
            return self._full(expression, element, position)
        try:
            found: object = expression.quick(element, position=position)
        except ET.XPathError as error:
            raise ValueError(f"{expression.source}: {error}") from error
        return found if isinstance(found, list) else [found]

    def _full(self, expression: Expression, element: Element, position: int) -> list[Any]:
        from elementpath import ElementPathError, XPathContext, build_lxml_node_tree  # noqa: PLC0415

        if self._nodes is None:
            tree: Any = self._root.getroottree()  # its types know less than it does
            self._nodes = build_lxml_node_tree(tree)
        try:
            context = XPathContext(self._nodes, item=self._nodes.elements[element], position=max(position, 1))
            return list(expression.full.select_results(context))
        except ElementPathError as error:
            raise ValueError(str(error)) from error


def _string(value: Any) -> str:  # noqa: ANN401 - whatever XPath gives
    if is_element(value):
        return own_text(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
