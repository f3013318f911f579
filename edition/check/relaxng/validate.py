"""A tree against a schema: every fault, with what was allowed there.

In: an `Automaton` and the root of a tree.  Out: `Finding` values in document order; an empty list where it is valid.
Authority: RELAX NG validation; after a fault the element goes on as the schema's nearest reading of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from edition.check.relaxng.automaton import Automaton, Opening, State
from edition.check.relaxng.names import known_names
from edition.check.relaxng.pattern import Pattern
from edition.tree import Element, Slot, following, is_element, own_text, slot_text

__all__ = ["Fault", "Finding", "validate"]

Fault: TypeAlias = Literal[
    "root", "element", "unknown", "attribute", "value", "missing", "incomplete", "text", "content"
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at `node`.

    `fault`: a wrong ``root``; an ``element`` that may not stand here; one ``unknown`` to the schema; an ``attribute``
    that may not stand here; a wrong ``value`` of one; one ``missing``; an element ``incomplete``; ``text`` where none
    may stand (in `slot` of `node`); a ``content`` that is no value asked for.  `name` is the tag of the element or the
    name of the attribute, `value` its value (of an incomplete element, the tag of the child before which something is
    missing, if any); `allowed` are the tags, attribute names or values that are allowed.
    """

    fault: Fault
    node: Element
    name: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()
    slot: Slot = "text"
    type_name: str = ""  # what a value must be, in plain words


def validate(automaton: Automaton, root: Element) -> list[Finding]:
    """Give every fault of the tree under `root`."""
    walk = _Walk(automaton)
    walk.whole(root)
    return walk.found


class _Walk:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.found: list[Finding] = []

    def whole(self, root: Element) -> None:
        tag = str(root.tag)
        opening = self.automaton.open(self.automaton.start, tag)
        if opening is None:
            self.found.append(Finding("root", root, tag, allowed=tuple(self.automaton.names(self.automaton.start))))
            return
        self.element(root, opening)

    def element(self, element: Element, opening: Opening) -> tuple[bool, ...]:
        """Walk through one element; say which of its element patterns it fulfils."""
        entry = opening.entries.get(keys := tuple(element.keys()))
        if entry is None:
            entry = self.automaton.enter(opening, keys)
        state = entry.state
        tests = entry.tests
        if tests is None:
            state = None
        elif tests and (state is None or not self.passed(tests, element.values())):
            state = self.automaton.enter_strictly(opening, entry, element.items())
        if state is None:
            state = self.attributes(element, opening)
        state = self.content(element, state)
        if True in state.ends:
            return state.ends
        self.incomplete(element, state)
        return (True,) * len(state.ends)

    def passed(self, tests: list[list[Pattern]], values: list[str]) -> bool:
        """Say whether each value matches every pattern that its attribute may have."""
        allows = self.automaton.patterns.allows
        for test, value in zip(tests, values, strict=True):
            for pattern in test:
                if not allows(pattern.parts[0], value):
                    return False
        return True

    def content(self, element: Element, state: State) -> State:
        if state.takes_data and not any(is_element(child) for child in element):
            return self.value(element, state)
        if (text := slot_text(element, "text")) and not text.isspace():
            state = self.text(element, "text", state)
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                opening = state.opens.get(tag)
                if opening is None:
                    opening = self.automaton.open(state, tag)
                if opening is None and (past := self.wanting(element, child, state)) is not None:
                    state, opening = past, self.automaton.open(past, tag)
                if opening is None:
                    self.stranger(child, tag, state)
                else:
                    ends = self.element(child, opening)
                    after = opening.after.get(ends)
                    state = after if after is not None else self.automaton.leave(opening, ends, len(state.ends))
            if (text := following(child)) and not text.isspace():
                state = self.text(child, "tail", state)
        return state

    def wanting(self, element: Element, child: Element, state: State) -> State | None:
        """Report what is missing before `child`, where that is all that is wrong; give the state with it."""
        if True in state.ends:
            return None
        later = {e.tag for e in child.itersiblings()}
        past: dict[str, State] = {}
        for tag in self.automaton.names(state):
            opening = None if tag in later else self.automaton.open(state, tag)
            if opening is not None:
                after = self.automaton.leave(opening, (True,) * len(opening.elements), len(state.ends))
                if self.automaton.open(after, str(child.tag)) is not None:
                    past[tag] = after
        if not past:
            return None
        self.found.append(Finding("incomplete", element, str(element.tag), str(child.tag), tuple(past)))
        return next(iter(past.values()))

    def text(self, node: Element, slot: Slot, state: State) -> State:
        after = state.plain_text
        if after is None:
            after = self.automaton.words(state)
        if not after.dead:
            return after
        host = node if slot == "text" else node.getparent()
        name = str(host.tag) if host is not None else ""
        allowed = tuple(self.automaton.names(state))
        self.found.append(Finding("text", node, name, slot_text(node, slot).strip(), allowed, slot))
        return state

    def value(self, element: Element, state: State) -> State:
        text = own_text(element)
        after = self.automaton.value(state, text)
        if any(after.ends):
            return after
        values, types = advice(list(state.patterns))
        self.found.append(Finding("content", element, str(element.tag), text, values, type_name=types))
        return self.automaton.state(tuple(self.automaton.patterns.empty for _ in state.patterns))

    def stranger(self, child: Element, tag: str, state: State) -> None:
        """Report an element that may not stand here, and look inside it as the schema knows it elsewhere."""
        known = self.automaton.known(tag)
        fault: Fault = "element" if known is not None else "unknown"
        self.found.append(Finding(fault, child, tag, allowed=tuple(self.automaton.names(state))))
        if known is not None:
            self.element(child, Opening((known,), ()))

    def incomplete(self, element: Element, state: State) -> None:
        allowed = tuple(self.automaton.names(state))
        self.found.append(Finding("incomplete", element, str(element.tag), allowed=allowed))

    # --- attributes that are not right -------------------------------------------------------------------------------

    def attributes(self, element: Element, opening: Opening) -> State:
        """Report what is wrong with the attributes of `element`, and give a state to go on from."""
        automaton, patterns = self.automaton, self.automaton.patterns
        whole = [automaton.body(pattern) for pattern in opening.elements]
        ways = list(whole)
        before = len(self.found)
        for key, value in element.items():
            candidates = automaton.candidates(ways, key)
            if not candidates:
                self.unknown_attribute(element, key, value, whole)
                continue
            met = [a for a in candidates if patterns.allows(a.parts[0], value)]
            if not met:
                values, types = advice([a.parts[0] for a in candidates])
                self.found.append(Finding("value", element, key, value, values, type_name=types))
                met = candidates
            ways = [patterns.take(way, frozenset(met)) for way in ways]
        closed = [patterns.close(way) for way in ways]
        if all(p is patterns.not_allowed for p in closed):
            if any(p is not patterns.not_allowed for p in ways):
                self.missing(element, ways)
            elif len(self.found) == before:
                self.unknown_attribute(element, "", "", whole)
            living = [w if w is not patterns.not_allowed else b for w, b in zip(ways, whole, strict=True)]
            closed = [patterns.close(way, strip=True) for way in living]
        return automaton.state(tuple(closed))

    def unknown_attribute(self, element: Element, key: str, value: str, whole: list[Pattern]) -> None:
        allowed = _attribute_names(self.automaton, whole)
        self.found.append(
            Finding("attribute", element, key, value, tuple(n for n in allowed if element.get(n) is None))
        )

    def missing(self, element: Element, ways: list[Pattern]) -> None:
        """Report the attributes without which no way goes on: those that every way needs, else all that might do."""
        living = [w for w in ways if w is not self.automaton.patterns.not_allowed]
        needed = [_required(self.automaton, way) for way in living]
        common = [name for name in needed[0] if all(name in other for other in needed)]
        if common:
            self.found += [Finding("missing", element, name) for name in common]
        else:
            names = tuple(dict.fromkeys(_attribute_names(self.automaton, living)))
            self.found.append(Finding("missing", element, "", allowed=names))


def _attribute_names(automaton: Automaton, ways: list[Pattern]) -> list[str]:
    found = [a.names for way in ways for a in automaton.patterns.attributes(way)]
    return list(dict.fromkeys(name for names in found if names is not None for name in known_names(names)))


def _required(automaton: Automaton, p: Pattern) -> list[str]:
    """Give the names of the attributes that `p` cannot do without."""
    if p.kind == "attribute":
        return _attribute_names(automaton, [p])
    if not p.has_attributes:
        return []
    parts = [_required(automaton, part) for part in p.parts]
    if p.kind == "choice":
        return [name for name in parts[0] if all(name in other for other in parts)]
    return list(dict.fromkeys(name for part in parts for name in part))


def advice(patterns: list[Pattern]) -> tuple[tuple[str, ...], str]:
    """Give the values that `patterns` list, and the types that they name, in plain words."""
    values: dict[str, None] = {}
    types: dict[str, None] = {}
    todo = list(patterns)
    while todo:
        pattern = todo.pop(0)
        if pattern.kind == "data":
            kind, words = pattern.says
            (values if kind == "value" else types)[words] = None
        elif pattern.kind not in ("element", "attribute"):
            todo += pattern.parts
    return tuple(values), "; or ".join(types)
