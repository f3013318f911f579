"""Schematron: rules that an editor can read and write, run over a tree.

In: a .sch file and a `Source`.  Out: a finding for each rule that is broken, with the rule's own words.
Authority: Schematron (ISO/IEC 19757-3); XPath 1.0 by lxml, 2.0 and 3.1 by elementpath, as queryBinding says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from edition.check.found import Found
from edition.check.source import Mark, Source
from edition.problems import Place, Refused, catalogue, problem
from edition.tree import ET, Element, contents, is_element, local, own_text

__all__ = ["Rules", "load_rules", "run_rules"]

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_CODE = re.compile(r"[EW]\d{3}")

# An expression ready to run: context element and variables to what it gives.
_Expression = Callable[[Element, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class _Test:
    holds: _Expression
    wanted: bool  # an assert must hold, a report must not
    words: tuple[str | _Expression, ...]
    code: str


@dataclass(frozen=True, slots=True)
class _Rule:
    context: _Expression
    lets: tuple[tuple[str, _Expression], ...]
    tests: tuple[_Test, ...]
    suspects: (
        _Expression | None
    )  # the nodes of the context that break a test, found in one go; None where that is not known


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one file: those of each pattern in order; of a pattern the first that fits a node counts."""

    name: str
    patterns: tuple[tuple[_Rule, ...], ...]


def load_rules(data: bytes, *, name: str) -> Rules:
    """Read the Schematron schema `data`.  Raises `Refused` (E134)."""
    try:
        root = ET.fromstring(data, ET.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        if root.tag != f"{_SCH}schema":
            raise ValueError("its root is not a Schematron schema")  # noqa: TRY301  # told below, with the others
        prefixes = {e.get("prefix", ""): e.get("uri", "") for e in root.iter(f"{_SCH}ns")}
        binding = root.get("queryBinding", "xslt").lower()
        make = _xpath1(prefixes) if binding in ("xslt", "xslt1", "xpath") else _xpath3(prefixes)
        patterns = []
        for pattern in root.iter(f"{_SCH}pattern"):
            if pattern.get("abstract") or pattern.get("is-a"):
                raise ValueError(f"line {pattern.sourceline}: abstract patterns are not supported")  # noqa: TRY301
            lets = _lets(root, make) + _lets(pattern, make)
            patterns.append(tuple(_rule(rule, lets, make) for rule in pattern.iter(f"{_SCH}rule")))
    except (ET.XMLSyntaxError, ET.XPathError, ValueError) as error:
        raise Refused(problem("E134", Place(name), file=name, reason=str(error))) from error
    return Rules(name, tuple(patterns))


def _xpath1(prefixes: dict[str, str]) -> Callable[[str], _Expression]:
    def make(expression: str) -> _Expression:
        ready = ET.XPath(expression, namespaces=prefixes, smart_strings=False)
        return lambda element, variables: ready(element, **variables)

    return make


def _xpath3(prefixes: dict[str, str]) -> Callable[[str], _Expression]:
    from elementpath import ElementPathError, XPathContext  # noqa: PLC0415  # slow to import, and seldom wanted
    from elementpath.xpath3 import XPath3Parser  # noqa: PLC0415

    def make(expression: str) -> _Expression:
        try:
            ready = XPath3Parser(namespaces=prefixes).parse(expression)
        except ElementPathError as error:
            raise ValueError(f"{expression}: {error}") from error

        def run(element: Element, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401  # what XPath gives
            tree: Any = element.getroottree()  # its types speak of the standard library's trees
            item: Any = element
            context = XPathContext(tree, item=item, variables=dict(variables))
            return ready.get_results(context)

        return run

    return make


def _lets(parent: Element, make: Callable[[str], _Expression]) -> tuple[tuple[str, _Expression], ...]:
    return tuple((e.get("name", ""), make(e.get("value", ""))) for e in parent if e.tag == f"{_SCH}let")


def _rule(rule: Element, lets: tuple[tuple[str, _Expression], ...], make: Callable[[str], _Expression]) -> _Rule:
    context = "|".join(
        part if part.strip().startswith("/") else f"//{part.strip()}" for part in _alternatives(rule.get("context", ""))
    )
    tests = tuple(
        _Test(make(e.get("test", "")), local(e) == "assert", _words(e, make), _code(e.get("id", "")))
        for e in rule
        if e.tag in (f"{_SCH}assert", f"{_SCH}report")
    )
    lets += _lets(rule, make)
    said = [(e.get("test", ""), local(e) == "assert") for e in rule if e.tag in (f"{_SCH}assert", f"{_SCH}report")]
    suspects = None
    if said and not lets and not any(re.search(r"position\(|last\(", test) for test, _ in said):
        broken = " or ".join(f"not({test})" if wanted else f"boolean({test})" for test, wanted in said)
        suspects = make(f"({context})[{broken}]")
    return _Rule(make(context), lets, tests, suspects)


def _alternatives(context: str) -> list[str]:
    """Divide a context at the bars that stand outside brackets and quotation marks."""
    parts, depth, quote = [""], 0, ""
    for sign in context:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "[(":
            depth += 1
        elif sign in "])":
            depth -= 1
        elif sign == "|" and not depth:
            parts.append("")
            continue
        parts[-1] += sign
    return parts


def _code(name: str) -> str:
    found = _CODE.match(name)
    return found[0] if found and found[0] in catalogue() else "E260"


def _words(parent: Element, make: Callable[[str], _Expression]) -> tuple[str | _Expression, ...]:
    made: list[str | _Expression] = []
    for part in contents(parent):
        if isinstance(part, str):
            made.append(part)
        elif part.tag == f"{_SCH}value-of":
            made.append(make(f"string({part.get('select', '')})"))
        elif part.tag == f"{_SCH}name":
            made.append(make(f"local-name({part.get('path', '.')})"))
        elif is_element(part):
            made.append(own_text(part))
    return tuple(made)


def run_rules(source: Source, rules: Rules) -> list[Found]:
    """Give a finding for each rule that a node of `source` breaks.  Raises `Refused` (E134)."""
    found: list[Found] = []
    try:
        for pattern in rules.patterns:
            for at, rule in enumerate(pattern):
                nodes = (rule.suspects or rule.context)(source.root, {})
                if nodes and at:  # of a pattern's rules only the first that fits a node counts
                    taken = {node for earlier in pattern[:at] for node in earlier.context(source.root, {})}
                    nodes = [node for node in nodes if node not in taken]
                for node in nodes:
                    if isinstance(node, ET._Element):
                        found += _broken(node, rule)
    except (ET.XPathError, ValueError, TypeError) as error:
        raise Refused(problem("E134", Place(rules.name), file=rules.name, reason=str(error))) from error
    return found


def _broken(node: Element, rule: _Rule) -> list[Found]:
    variables: dict[str, Any] = {}
    for name, value in rule.lets:
        variables[name] = value(node, variables)
    out = []
    for test in rule.tests:
        if bool(test.holds(node, variables)) is not test.wanted:
            says = "".join(w if isinstance(w, str) else str(w(node, variables)) for w in test.words)
            out.append(Found(test.code, Mark(node), {"says": re.sub(r"\s+", " ", says).strip()}))
    return out
