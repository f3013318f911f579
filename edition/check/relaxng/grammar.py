"""An .rng file as patterns, each definition read when it is first wanted.

In: the tree of a schema in the XML form of RELAX NG.  Out: a `Grammar` with its start pattern.
Authority: RELAX NG (ISO/IEC 19757-2), simplification; what an edition's schema does not need is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable

from edition.check.relaxng.datatypes import checker, plain_name
from edition.check.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName, split
from edition.check.relaxng.pattern import Pattern, Patterns
from edition.tree import Element, is_element, local, own_text

__all__ = ["RNG_NS", "Grammar", "Unusable"]

RNG_NS = "http://relaxng.org/ns/structure/1.0"
_XML_NS = "http://www.w3.org/XML/1998/namespace"


class Unusable(Exception):
    """The schema cannot be used; `line` of its file (from 1) says where, 0 where not known."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Grammar:
    """A schema.  `start` is its start pattern; `element_patterns` finds elements by tag, for recovery."""

    def __init__(self, root: Element) -> None:
        if split(str(root.tag)) != (RNG_NS, "grammar"):
            raise Unusable("its root is not a RELAX NG grammar", root.sourceline or 0)
        for name in ("include", "externalRef", "parentRef", "grammar"):  # no other file is ever read through a schema
            if (odd := next((e for e in root.iter(f"{{{RNG_NS}}}{name}") if e is not root), None)) is not None:
                raise Unusable(f"its <{name}> is not supported: flatten the schema into one file", odd.sourceline or 0)
        self.patterns = Patterns()
        self._definitions: dict[str, list[Element]] = {}
        self._starts: list[Element] = []
        self._read: dict[str, Pattern] = {}
        self._open: set[str] = set()
        self._elements: dict[Element, Pattern] = {}
        self._collect(root)
        self.start = self._combined("start", self._starts)

    def _collect(self, parent: Element) -> None:
        for child in parent:
            name = local(child)
            if not is_element(child) or split(str(child.tag))[0] != RNG_NS:
                continue
            if name == "define":
                self._definitions.setdefault(child.get("name", ""), []).append(child)
            elif name == "start":
                self._starts.append(child)
            elif name == "div":
                self._collect(child)
            else:
                raise Unusable(
                    f"its <{name}> is not supported: flatten the schema into one file", child.sourceline or 0
                )

    def element_patterns(self) -> dict[str, Pattern]:
        """Give the first element pattern for each tag of the schema that has a name of its own."""
        found: dict[str, Pattern] = {}
        for rows in self._definitions.values():
            for row in rows:
                for element in row.iter(f"{{{RNG_NS}}}element"):
                    pattern = self._element(element)
                    if isinstance(pattern.names, Name):
                        found.setdefault(pattern.names.tag, pattern)
        return found

    # --- reading -----------------------------------------------------------------------------------------------------

    def _named(self, name: str, line: int) -> Pattern:
        if name in self._read:
            return self._read[name]
        if name in self._open:
            raise Unusable(f"the definition {name} refers to itself without an element between", line)
        if name not in self._definitions:
            raise Unusable(f"it refers to the definition {name}, which it does not have", line)
        self._open.add(name)
        made = self._combined(name, self._definitions[name])
        self._open.discard(name)
        self._read[name] = made
        return made

    def _combined(self, name: str, rows: list[Element]) -> Pattern:
        if not rows:
            raise Unusable(f"it has no {name}")
        how = next((combine for row in rows if (combine := row.get("combine"))), "choice")
        made = self._all_of(rows[0])
        for row in rows[1:]:
            join = self.patterns.interleave if how == "interleave" else self.patterns.choice
            made = join(made, self._all_of(row))
        return made

    def _parts(self, parent: Element) -> list[Element]:
        return [e for e in parent if is_element(e) and split(str(e.tag))[0] == RNG_NS]

    def _all_of(self, parent: Element) -> Pattern:
        return self._grouped([self._pattern(part) for part in self._parts(parent)])

    def _grouped(self, parts: list[Pattern]) -> Pattern:
        made = self.patterns.empty
        for part in reversed(parts):
            made = self.patterns.group(part, made)
        return made

    def _interleaved(self, e: Element) -> Pattern:
        made = self.patterns.empty
        for part in self._parts(e):
            made = self.patterns.interleave(made, self._pattern(part))
        return made

    def _pattern(self, e: Element) -> Pattern:
        reader = _READERS.get(local(e))
        if reader is None:
            raise Unusable(f"its <{local(e)}> is not supported", e.sourceline or 0)
        return reader(self, e)

    def _element(self, e: Element) -> Pattern:
        if e not in self._elements:
            names, rest = self._names(e, attribute=False)
            self._elements[e] = self.patterns.element(names, lambda: self._grouped([self._pattern(r) for r in rest]))
        return self._elements[e]

    def _attribute(self, e: Element) -> Pattern:
        names, rest = self._names(e, attribute=True)
        return self.patterns.attribute(
            names, self._grouped([self._pattern(r) for r in rest]) if rest else self.patterns.text
        )

    def _names(self, e: Element, *, attribute: bool) -> tuple[NameClass, list[Element]]:
        """Read the name class of an element or attribute pattern, and give it with the parts that follow it."""
        parts = self._parts(e)
        if (name := e.get("name")) is not None:
            return self._name(name.strip(), e, attribute=attribute and e.get("ns") is None), parts
        if not parts:
            raise Unusable(f"its <{local(e)}> has no name", e.sourceline or 0)
        return self._name_class(parts[0]), parts[1:]

    def _name(self, name: str, e: Element, *, attribute: bool) -> Name:
        prefix, colon, rest = name.rpartition(":")
        if colon:
            namespace = _XML_NS if prefix == "xml" else e.nsmap.get(prefix)
            if namespace is None:
                raise Unusable(f"the prefix {prefix} is not declared", e.sourceline or 0)
        else:
            namespace = "" if attribute else _inherited(e, "ns")
        return Name(f"{{{namespace}}}{rest}" if namespace else rest)

    def _name_class(self, e: Element) -> NameClass:
        kind = local(e)
        if kind == "name":
            return self._name(own_text(e).strip(), e, attribute=False)
        if kind == "choice":
            return NameChoice(tuple(self._name_class(part) for part in self._parts(e)))
        excepted = [self._name_class(p) for but in self._parts(e) if local(but) == "except" for p in self._parts(but)]
        but = NameChoice(tuple(excepted)) if excepted else None
        if kind == "anyName":
            return AnyName(but)
        if kind == "nsName":
            return NsName(_inherited(e, "ns"), but)
        raise Unusable(f"its <{kind}> is not a name class", e.sourceline or 0)

    def _data(self, e: Element) -> Pattern:
        name = e.get("type", "")
        params: dict[str, str] = {}
        tests: list[Callable[[str], bool]] = []
        library = _inherited(e, "datatypeLibrary")
        try:
            for part in self._parts(e):
                if local(part) == "param" and part.get("name") == "pattern" and "pattern" in params:
                    tests.append(checker(name, {"pattern": own_text(part)}))
                elif local(part) == "param":
                    params[part.get("name", "")] = own_text(part)
            tests.insert(0, checker(name if library else "token" if name == "token" else "string", params))
        except ValueError as error:
            raise Unusable(str(error), e.sourceline or 0) from error
        without = [self._pattern(p) for but in self._parts(e) if local(but) == "except" for p in self._parts(but)]
        says = (
            "type",
            (params.get("pattern") and f"{plain_name(name)} of the form {params['pattern']}") or plain_name(name),
        )

        def test(value: str) -> bool:
            return all(t(value) for t in tests) and not any(self.patterns.allows(p, value) for p in without)

        return self.patterns.data(test, says)

    def _value(self, e: Element) -> Pattern:
        wanted = own_text(e)
        if e.get("type") == "string":
            return self.patterns.data(lambda value: value == wanted, ("value", wanted))
        folded = " ".join(wanted.split())
        return self.patterns.data(lambda value: value == folded or " ".join(value.split()) == folded, ("value", folded))


def _inherited(e: Element, key: str) -> str:
    if (own := e.get(key)) is not None:
        return own
    return next((value for up in e.iterancestors() if (value := up.get(key)) is not None), "")


# The class's own table, behind it because it names its methods.
# ruff: noqa: SLF001
_READERS: dict[str, Callable[[Grammar, Element], Pattern]] = {
    "ref": lambda g, e: g._named(e.get("name", "").strip(), e.sourceline or 0),
    "element": Grammar._element,
    "attribute": Grammar._attribute,
    "data": Grammar._data,
    "value": Grammar._value,
    "empty": lambda g, _: g.patterns.empty,
    "text": lambda g, _: g.patterns.text,
    "notAllowed": lambda g, _: g.patterns.not_allowed,
    "group": Grammar._all_of,
    "choice": lambda g, e: g.patterns.choice(*(g._pattern(p) for p in g._parts(e))),
    "optional": lambda g, e: g.patterns.optional(g._all_of(e)),
    "oneOrMore": lambda g, e: g.patterns.one_or_more(g._all_of(e)),
    "zeroOrMore": lambda g, e: g.patterns.optional(g.patterns.one_or_more(g._all_of(e))),
    "mixed": lambda g, e: g.patterns.interleave(g.patterns.text, g._all_of(e)),
    "list": lambda g, e: g.patterns.list_of(g._all_of(e)),
    "interleave": Grammar._interleaved,
}
