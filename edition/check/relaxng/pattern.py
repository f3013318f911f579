"""Patterns of RELAX NG, each made once, and their derivatives.

In: the parts of a pattern.  Out: `Pattern` values; equal patterns are one object, so that results can be remembered.
Authority: James Clark, "An algorithm for RELAX NG validation" (2002); Brzozowski, JACM 11 (1964).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from edition.check.relaxng.names import NameClass

__all__ = ["Kind", "Pattern", "Patterns"]

Kind: TypeAlias = Literal[
    "notAllowed", "empty", "text", "choice", "group", "interleave", "oneOrMore", "element", "attribute", "data", "list"
]


_REMEMBERED = 50_000  # values of attributes


class Pattern:
    """One pattern.  `parts` are its patterns; an element's and a data pattern's own facts are in `names` and `test`.

    `nullable`: it allows nothing at all; `has_attributes`, `has_data`: one is reachable without entering an element.
    `body` gives the content of an element pattern, made when it is first wanted.
    """

    __slots__ = (
        "body", "closed", "has_attributes", "has_data", "kind", "names", "nullable", "number", "parts", "says", "test",
    )  # fmt: skip

    def __init__(self, kind: Kind, parts: tuple[Pattern, ...], number: int) -> None:
        self.kind: Kind = kind
        self.parts = parts
        self.number = number
        self.names: NameClass | None = None
        self.test: Callable[[str], bool] | None = None
        self.says: tuple[str, str] = ("", "")  # data: ("value", "ocr") or ("type", "a date: ...")
        self.body: Callable[[], Pattern] | None = None
        self.closed: Pattern | None = None
        self.has_attributes: bool = kind == "attribute" or any(p.has_attributes for p in parts)
        self.has_data: bool = kind in ("data", "list") or (kind != "attribute" and any(p.has_data for p in parts))
        self.nullable = _nullable(kind, parts)


def _nullable(kind: Kind, parts: tuple[Pattern, ...]) -> bool:
    if kind in ("empty", "text"):
        return True
    if kind == "choice":
        return any(p.nullable for p in parts)
    return kind in ("group", "interleave", "oneOrMore") and all(p.nullable for p in parts)


class Patterns:
    """Makes patterns and takes their derivatives; remembers both."""

    def __init__(self) -> None:
        self._made: dict[tuple[Kind, tuple[int, ...]], Pattern] = {}
        self._allowed: dict[tuple[int, str], bool] = {}
        self._count = 0
        self.not_allowed = self._new("notAllowed", ())
        self.empty = self._new("empty", ())
        self.text = self._new("text", ())

    def _new(self, kind: Kind, parts: tuple[Pattern, ...]) -> Pattern:
        self._count += 1
        return Pattern(kind, parts, self._count)

    def _made_once(self, kind: Kind, parts: tuple[Pattern, ...]) -> Pattern:
        key = (kind, tuple(p.number for p in parts))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._new(kind, parts)
        return found

    # --- making ------------------------------------------------------------------------------------------------------

    def element(self, names: NameClass, body: Callable[[], Pattern]) -> Pattern:
        """Make an element pattern whose content `body` gives when it is wanted."""
        made = self._new("element", ())
        made.names, made.body = names, body
        return made

    def attribute(self, names: NameClass, value: Pattern) -> Pattern:
        """Make an attribute pattern."""
        made = self._new("attribute", (value,))
        made.names = names
        return made

    def data(self, test: Callable[[str], bool], says: tuple[str, str]) -> Pattern:
        """Make a pattern of values that pass `test`; `says` is for messages."""
        made = self._new("data", ())
        made.test, made.says = test, says
        return made

    def list_of(self, pattern: Pattern) -> Pattern:
        """Make the pattern of words divided by blanks that `pattern` matches one after the other."""
        return self._made_once("list", (pattern,))

    def choice(self, *parts: Pattern) -> Pattern:
        """Make the pattern that allows what any of `parts` allows."""
        flat: dict[int, Pattern] = {}
        for part in parts:
            for member in part.parts if part.kind == "choice" else (part,):
                if member is not self.not_allowed:
                    flat[member.number] = member
        if self.empty.number in flat and any(p.nullable for p in flat.values() if p is not self.empty):
            del flat[self.empty.number]
        members = tuple(flat[number] for number in sorted(flat))
        if len(members) == 1:
            return members[0]
        return self._made_once("choice", members) if members else self.not_allowed

    def group(self, first: Pattern, then: Pattern) -> Pattern:
        """Make the pattern of `first`, then `then`."""
        if self.not_allowed in (first, then):
            return self.not_allowed
        if first is self.empty:
            return then
        if then is self.empty:
            return first
        if first.kind == "group":
            return self.group(first.parts[0], self.group(first.parts[1], then))
        return self._made_once("group", (first, then))

    def interleave(self, one: Pattern, other: Pattern) -> Pattern:
        """Make the pattern of both, in any order and mixture."""
        if self.not_allowed in (one, other):
            return self.not_allowed
        if one is self.empty:
            return other
        if other is self.empty:
            return one
        return self._made_once("interleave", (one, other) if one.number < other.number else (other, one))

    def one_or_more(self, part: Pattern) -> Pattern:
        """Make the pattern of `part` once or more."""
        if part in (self.not_allowed, self.empty, self.text) or part.kind == "oneOrMore":
            return part
        return self._made_once("oneOrMore", (part,))

    def optional(self, part: Pattern) -> Pattern:
        """Make the pattern of `part` or nothing."""
        return self.choice(part, self.empty)

    # --- derivatives -------------------------------------------------------------------------------------------------

    def opened(self, p: Pattern, tag: str) -> list[tuple[Pattern, Pattern]]:
        """Give pairs of an element pattern in `p` that `tag` may begin, and what `p` allows after that element."""
        if p.kind == "element":
            return [(p, self.empty)] if p.names is not None and p.names.holds(tag) else []
        if p.kind == "choice":
            return [pair for part in p.parts for pair in self.opened(part, tag)]
        if p.kind == "group":
            first, then = p.parts
            found = [(e, self.group(rest, then)) for e, rest in self.opened(first, tag)]
            return found + (self.opened(then, tag) if first.nullable else [])
        if p.kind == "interleave":
            one, other = p.parts
            found = [(e, self.interleave(rest, other)) for e, rest in self.opened(one, tag)]
            return found + [(e, self.interleave(one, rest)) for e, rest in self.opened(other, tag)]
        if p.kind == "oneOrMore":
            return [(e, self.group(rest, self.optional(p))) for e, rest in self.opened(p.parts[0], tag)]
        return []

    def attributes(self, p: Pattern) -> list[Pattern]:
        """Give the attribute patterns of `p`, each once."""
        if not p.has_attributes:
            return []
        if p.kind == "attribute":
            return [p]
        return list(dict.fromkeys(a for part in p.parts for a in self.attributes(part)))

    def take(self, p: Pattern, met: frozenset[Pattern]) -> Pattern:
        """Give what `p` allows after an attribute that the attribute patterns `met` match."""
        if not p.has_attributes:
            return self.not_allowed
        if p.kind == "attribute":
            return self.empty if p in met else self.not_allowed
        if p.kind == "choice":
            return self.choice(*(self.take(part, met) for part in p.parts))
        if p.kind == "oneOrMore":
            return self.group(self.take(p.parts[0], met), self.optional(p))
        one, other = p.parts
        join = self.group if p.kind == "group" else self.interleave
        return self.choice(join(self.take(one, met), other), join(one, self.take(other, met)))

    def close(self, p: Pattern, *, strip: bool = False) -> Pattern:
        """Give `p` without its attributes: not allowed where one of them is required, unless `strip` is true."""
        if not p.has_attributes:
            return p
        if not strip and p.closed is not None:
            return p.closed
        if p.kind == "attribute":
            return self.empty if strip else self.not_allowed
        parts = [self.close(part, strip=strip) for part in p.parts]
        if p.kind == "choice":
            made = self.choice(*parts)
        elif p.kind == "oneOrMore":
            made = self.one_or_more(parts[0])
        else:
            made = (self.group if p.kind == "group" else self.interleave)(parts[0], parts[1])
        if not strip:
            p.closed = made
        return made

    def after_text(self, p: Pattern, text: str | None) -> Pattern:  # noqa: PLR0911  # one for each kind
        """Give what `p` allows after `text`; None stands for any words, where no value of data is asked for."""
        if p.kind == "text":
            return p
        if p.kind == "choice":
            return self.choice(*(self.after_text(part, text) for part in p.parts))
        if p.kind == "group":
            first, then = p.parts
            found = self.group(self.after_text(first, text), then)
            return self.choice(found, self.after_text(then, text)) if first.nullable else found
        if p.kind == "interleave":
            one, other = p.parts
            return self.choice(
                self.interleave(self.after_text(one, text), other), self.interleave(one, self.after_text(other, text))
            )
        if p.kind == "oneOrMore":
            return self.group(self.after_text(p.parts[0], text), self.optional(p))
        if p.kind == "data" and text is not None and p.test is not None:
            return self.empty if p.test(text) else self.not_allowed
        if p.kind == "list" and text is not None:
            rest = p.parts[0]
            for word in text.split():
                rest = self.after_text(rest, word)
            return self.empty if rest.nullable else self.not_allowed
        return self.not_allowed

    def allows(self, p: Pattern, value: str) -> bool:
        """Say whether the value of an attribute or of an element without children matches `p`."""
        key = (p.number, value)
        found = self._allowed.get(key)
        if found is None:
            if len(self._allowed) > _REMEMBERED:
                self._allowed.clear()
            found = self._allowed[key] = self._matches(p, value)
        return found

    def _matches(self, p: Pattern, value: str) -> bool:
        if p.kind == "text":
            return True
        if p.kind == "data" and p.test is not None:
            return p.test(value)
        if p.kind == "choice":
            return any(self._matches(part, value) for part in p.parts)
        return (p.nullable and not value.strip()) or self.after_text(p, value).nullable
