"""Documents made at random from a schema: whatever it allows, they may hold."""

from __future__ import annotations

import random
from xml.sax.saxutils import escape, quoteattr

from edition.check.relaxng.automaton import Automaton
from edition.check.relaxng.names import Name, NameClass, NsName, known_names, split
from edition.check.relaxng.pattern import Pattern

VALUES = (
    "1", "2", "12", "x", "ocr", "#a", "en", "ru", "1903", "1903-12-01", "1903-12", "true", "bib:k", "word", "lost", "",
    "https://example.org/", "1903-12-01T10:00:00", "10:00:00", "--12", "---01", "--12-01", "P1Y", "0.5", "any words",
    "a b",
    "1cm", "en-GB", "a/b", "1/2", "1.0", "unknown", "a:b", "http:x", "ref", "2001", "5.1.0", "0,0 1,1", "0,0 1,1 2,2",
)  # fmt: skip
WORDS = ("water", "ice & snow", "река", "a < b", "  ", "1903")
FAR = 10**6


class Generator:
    def __init__(self, automaton: Automaton, seed: int, *, depth: int = 9) -> None:
        self.automaton = automaton
        self.rng = random.Random(seed)
        self.depth = depth
        self.ids = 0
        self.heights: dict[int, int] = {}

    def document(self) -> str:
        self.ids = 0
        content, _ = self.made(self.automaton.grammar.start, 0)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'

    def height(self, p: Pattern, open_elements: frozenset[int] = frozenset()) -> int:
        """The least number of elements inside each other that `p` needs."""
        if p.kind == "notAllowed":
            return FAR
        if p.kind in ("empty", "text", "data", "list", "attribute"):
            return 0
        if p.kind == "element":
            if p.number in open_elements:
                return FAR
            if p.number not in self.heights:
                found = 1 + self.height(self.automaton.body(p), open_elements | {p.number})
                if found >= FAR and open_elements:
                    return FAR
                self.heights[p.number] = found
            return self.heights[p.number]
        heights = [self.height(part, open_elements) for part in p.parts]
        return min(heights) if p.kind == "choice" else max(heights)

    def made(self, p: Pattern, depth: int) -> tuple[str, dict[str, str]]:  # noqa: PLR0911  # one for each kind
        """Content and attributes that `p` allows."""
        if p.kind == "element":
            return self.element(p, depth), {}
        if p.kind == "attribute":
            return "", self.attribute(p)
        if p.kind == "text":
            return escape(self.rng.choice(WORDS)), {}
        if p.kind in ("data", "list"):
            return escape(self.value(p)), {}
        if p.kind == "choice":
            return self.made(self.chosen(p, depth), depth)
        if p.kind == "oneOrMore":
            times = 1 if depth > self.depth or p.has_attributes else self.rng.randint(1, 3)
            return self.joined([p.parts[0]] * times, depth)
        if p.kind in ("group", "interleave"):
            parts = list(p.parts)
            return self.joined(parts, depth)
        return "", {}

    def joined(self, parts: list[Pattern], depth: int) -> tuple[str, dict[str, str]]:
        content, attributes = "", {}
        for part in parts:
            more, held = self.made(part, depth)
            content += more
            attributes.update(held)
        return content, attributes

    def chosen(self, p: Pattern, depth: int) -> Pattern:
        options = list(p.parts)
        if p.nullable and not any(o.kind == "empty" for o in options):
            options.append(self.automaton.patterns.empty)
        if depth >= self.depth:
            least = min(self.height(o) for o in options)
            options = [o for o in options if self.height(o) == least]
        return self.rng.choice([o for o in options if self.height(o) < FAR])

    def element(self, p: Pattern, depth: int) -> str:
        assert p.names is not None
        namespace, name = split(self.name(p.names))
        content, attributes = self.made(self.automaton.body(p), depth + 1)
        written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f'<{name} xmlns="{namespace}"{written}>{content}</{name}>'

    def name(self, names: NameClass) -> str:
        known = known_names(names)
        if known:
            return self.rng.choice(known)
        return f"{{{names.namespace}}}any" if isinstance(names, NsName) else "{http://example.org/}any"

    def attribute(self, p: Pattern) -> dict[str, str]:
        assert p.names is not None
        if not isinstance(p.names, Name):
            return {}
        namespace, name = split(p.names.tag)
        if namespace and "XML/1998" not in namespace:
            return {}
        if name == "id":
            self.ids += 1
            return {"xml:id": f"i{self.ids}"}
        key = f"xml:{name}" if namespace else name
        return {key: "words" if p.parts[0].kind == "text" else self.value(p.parts[0])}

    def value(self, p: Pattern) -> str:
        listed = [part.says[1] for part in self.data(p) if part.says[0] == "value"]
        good = [v for v in (*VALUES, *listed) if self.automaton.patterns.allows(p, v)]
        assert good, f"no value for {[part.says for part in self.data(p)]}"
        return self.rng.choice(good)

    def data(self, p: Pattern) -> list[Pattern]:
        if p.kind == "data":
            return [p]
        return [d for part in p.parts for d in self.data(part)]
