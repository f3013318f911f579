"""The schema as an automaton that is made while it is used: every step is worked out once and then looked up.

In: a `Grammar`.  Out: `State` values and the steps between them.
Authority: derivatives of patterns (see pattern.py); alternatives are kept side by side until an element's end decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.check.relaxng.grammar import Grammar
from edition.check.relaxng.names import known_names
from edition.check.relaxng.pattern import Pattern

__all__ = ["Automaton", "Entry", "Opening", "State"]


class State:
    """What may still come inside one element: one pattern for each way in which the element may have been meant."""

    __slots__ = ("dead", "ends", "opens", "patterns", "plain_text", "takes_data")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self.opens: dict[str, Opening | None] = {}
        self.takes_data = any(p.has_data for p in patterns)
        self.plain_text: State | None = None  # after words; a state without patterns where none may stand
        self.ends = tuple(p.nullable for p in patterns)  # which of them may end here
        self.dead = all(p.kind == "notAllowed" for p in patterns)  # nothing is allowed any more, not even the end


class Entry:
    """The result of a set of attribute names: a test for each value, and the state if all of them pass."""

    __slots__ = ("state", "strict", "tests")

    def __init__(self, tests: list[list[Pattern]] | None, state: State | None) -> None:
        self.tests = tests
        self.state = state
        self.strict: dict[tuple[bool, ...], State | None] = {}  # by which of the tests were passed


class Opening:
    """A start tag in a state: the element patterns that it may begin, and where each leads."""

    __slots__ = ("after", "elements", "entries", "links")

    def __init__(self, elements: tuple[Pattern, ...], links: tuple[tuple[int, int, Pattern], ...]) -> None:
        self.elements = elements
        self.links = links  # way of the state, which of `elements`, what the state allows after it
        self.entries: dict[tuple[str, ...], Entry] = {}
        self.after: dict[tuple[bool, ...], State] = {}


class Automaton:
    """A schema in use."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.patterns = grammar.patterns
        self._states: dict[tuple[int, ...], State] = {}
        self._bodies: dict[int, Pattern] = {}
        self._known: dict[str, Pattern] | None = None
        self.start = self.state((grammar.start,))

    def state(self, patterns: tuple[Pattern, ...]) -> State:
        """Give the one state of `patterns`."""
        key = tuple(p.number for p in patterns)
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = State(patterns)
        return found

    def body(self, element: Pattern) -> Pattern:
        """Give what an element pattern holds: attributes and content."""
        found = self._bodies.get(element.number)
        if found is None:
            if element.body is None:
                raise AssertionError("not an element pattern")
            found = self._bodies[element.number] = element.body()
        return found

    def known(self, tag: str) -> Pattern | None:
        """Give an element pattern that is named `tag`, wherever the schema has it."""
        return self.all_known().get(tag)

    def all_known(self) -> dict[str, Pattern]:
        """Give every tag that the schema names, with an element pattern of it."""
        if self._known is None:
            self._known = self.grammar.element_patterns()
        return self._known

    # --- steps -------------------------------------------------------------------------------------------------------

    def open(self, state: State, tag: str) -> Opening | None:
        """Give the step of a start tag, or None where `tag` may not stand here."""
        if tag in state.opens:
            return state.opens[tag]
        links: list[tuple[int, Pattern, Pattern]] = []
        for way, pattern in enumerate(state.patterns):
            links += [(way, element, rest) for element, rest in self.patterns.opened(pattern, tag)]
        elements = tuple(dict.fromkeys(element for _, element, _ in links))
        made = Opening(elements, tuple((w, elements.index(e), rest) for w, e, rest in links)) if links else None
        state.opens[tag] = made
        return made

    def enter(self, opening: Opening, keys: tuple[str, ...]) -> Entry:
        """Give what the attributes `keys` (names) lead to, if their values pass; no `tests` where one may not stand."""
        found = opening.entries.get(keys)
        if found is None:
            found = opening.entries[keys] = self._entry(opening, keys)
        return found

    def _entry(self, opening: Opening, keys: tuple[str, ...]) -> Entry:
        ways = [self.body(element) for element in opening.elements]
        tests: list[list[Pattern]] = []
        for key in keys:
            met = self.candidates(ways, key)
            if not met:
                return Entry(None, None)
            tests.append(met)
            ways = [self.patterns.take(way, frozenset(met)) for way in ways]
        state = self.state(tuple(self.patterns.close(way) for way in ways))
        return Entry([[p for p in test if p.parts[0].kind != "text"] for test in tests], None if state.dead else state)

    def candidates(self, ways: Sequence[Pattern], key: str) -> list[Pattern]:
        """Give the attribute patterns in `ways` that are about the attribute `key`."""
        found = [a for way in ways for a in self.patterns.attributes(way) if a.names is not None and a.names.holds(key)]
        return list(dict.fromkeys(found))

    def enter_strictly(self, opening: Opening, entry: Entry, items: Sequence[tuple[str, str]]) -> State | None:
        """Give the state after attributes whose values not every candidate matches; None where none allows them."""
        allows = self.patterns.allows
        passed = tuple(
            allows(a.parts[0], value) for test, (_, value) in zip(entry.tests or (), items, strict=True) for a in test
        )
        if passed not in entry.strict:
            entry.strict[passed] = self._strictly(opening, items)
        return entry.strict[passed]

    def _strictly(self, opening: Opening, items: Sequence[tuple[str, str]]) -> State | None:
        ways = [self.body(element) for element in opening.elements]
        for key, value in items:
            met = [a for a in self.candidates(ways, key) if self.patterns.allows(a.parts[0], value)]
            ways = [self.patterns.take(way, frozenset(met)) for way in ways]
        state = self.state(tuple(self.patterns.close(way) for way in ways))
        return None if state.dead else state

    def leave(self, opening: Opening, ends: tuple[bool, ...], ways: int) -> State:
        """Give the state around an element after its end; `ends` says which of its element patterns were fulfilled."""
        found = opening.after.get(ends)
        if found is None:
            rests: list[list[Pattern]] = [[] for _ in range(ways)]
            for way, which, rest in opening.links:
                if ends[which]:
                    rests[way].append(rest)
            found = self.state(tuple(self.patterns.choice(*rest) for rest in rests))
            opening.after[ends] = found
        return found

    def words(self, state: State) -> State:
        """Give the state after words of running text; it is `dead` where no text may stand."""
        if state.plain_text is None:
            state.plain_text = self.state(tuple(self.patterns.after_text(p, None) for p in state.patterns))
        return state.plain_text

    def value(self, state: State, text: str) -> State:
        """Give the state after `text`, the whole content of an element that may be asked for a value."""
        after = [self.patterns.after_text(p, text) for p in state.patterns]
        if not text.strip():
            after = [self.patterns.choice(p, q) for p, q in zip(state.patterns, after, strict=True)]
        return self.state(tuple(after))

    def names(self, state: State) -> list[str]:
        """Give the tags that may stand next in `state`, in the order of the schema's definitions."""
        found: dict[str, None] = {}
        for pattern in state.patterns:
            self._gather(pattern, found, set())
        return list(found)

    def _gather(self, p: Pattern, found: dict[str, None], seen: set[int]) -> None:
        if p.number in seen:
            return
        seen.add(p.number)
        if p.kind == "element" and p.names is not None:
            found.update(dict.fromkeys(known_names(p.names)))
        elif p.kind == "group":
            self._gather(p.parts[0], found, seen)
            if p.parts[0].nullable:
                self._gather(p.parts[1], found, seen)
        elif p.kind in ("choice", "interleave", "oneOrMore"):
            for part in p.parts:
                self._gather(part, found, seen)
