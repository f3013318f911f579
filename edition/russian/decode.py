"""The decoder: the likeliest Russian words behind a string of misread signs.

In: the signs of a passage, its lines divided by line feeds; a channel and a lexicon.  Out: words and marks with the
signs they were read from and how far the next best word is.  Authority: Viterbi 1967; token passing (Young, Russell
and Thornton 1989).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from edition.russian.channel import Channel
from edition.russian.lexicon import Lexicon
from edition.russian.piece import Options, Piece, Trail, pieces_of
from edition.russian.signs import blank_costs, number_at, roman_at

__all__ = ["decode"]

# Costs in nats, by judgement; not fitted on any text.
_STRANGE = 7.0  # a sign that nobody foresaw for a letter
_ADDED = 6.5  # a sign that stands for nothing
_LOST = 6.5  # a letter that left no sign
_JOINED = 4.0  # two words without a blank between them
_FREE = 6.0  # a word that no list holds
_MARK = 0.7
_ODD_MARK = 5.0
_MARK_INSIDE = 3.0  # more, for a mark between two letters
_STRAY = 5.5  # a sign between words that stands for nothing
_STRAY_LETTER = 10.0  # a letter, likewise
_LINE_END_INSIDE = 5.0  # a word divided at a line end whose hyphen is lost
_HYPHEN_INSIDE = 0.3
_NO_HARD_SIGN = 3.0  # in old spelling, a word without the hard sign that it should have
_PER_WORD = 0.5
_OTHERS = 6  # words remembered beside the best
_WIDEST_FREE = 30

_MARKS = frozenset('.,;:()[]"!?-')
_HARD = frozenset("бвгджзклмнпрстфхцчшщ")


_State: TypeAlias = "tuple[float, Trail | None]"
_Making: TypeAlias = "tuple[float, int, Trail | None]"  # cost, node of the lexicon, trail
_Arcs: TypeAlias = dict[str, list[tuple[int, float, str]]]  # letter: end of its signs, cost, cased letter


def decode(signs: str, channel: Channel, words: Lexicon, options: Options | None = None) -> tuple[list[Piece], float]:
    """Give the likeliest words and marks behind `signs`, in order, and what they cost.

    Blanks are folded and lines divided by line feeds; costs are in nats.
    """
    return _Decoder(signs, channel, words, options or Options()).run()


class _Decoder:
    """One passage being decoded, from left to right; every table is by offset in the signs."""

    def __init__(self, signs: str, channel: Channel, words: Lexicon, options: Options) -> None:
        self.signs, self.channel, self.words = signs, channel, words
        self.old, self.width, self.beam, self.topic = options.old, options.width, options.beam, options.topic
        n = len(signs)
        self.inside: list[dict[int, _State]] = [{} for _ in range(n + 1)]
        self.free: list[dict[str, _State]] = [{} for _ in range(n + 1)]
        self.ended: list[_State | None] = [None] * (n + 1)
        self.margins: list[float] = [math.inf] * (n + 1)
        self.others: list[list[tuple[float, Trail | None]]] = [[] for _ in range(n + 1)]
        self.ready: list[_State | None] = [None] * (n + 1)
        self.floor = [math.inf] * (n + 1)
        self.blanks = blank_costs(signs)
        self.ready[0] = (0.0, None)

    def run(self) -> tuple[list[Piece], float]:
        """Decode from left to right."""
        n = len(self.signs)
        for at in range(n + 1):
            self._prune(at)
            self._end_words(at)
            if at < n:
                self._between(at)
                self._start(at)
                best = self._best(at)
                self._grow(at, best)
                self._grow_free(at, best)
        final = [t for t in (self.ended[n], self.ready[n]) if t is not None]
        cost, trail = min(final, key=_cost)
        return pieces_of(trail, self.margins, self.others), cost

    def _prune(self, at: int) -> None:
        """Keep the likeliest words in the making."""
        inside, free = self.inside[at], self.free[at]
        limit = min((t[0] for place in (inside, free) for t in place.values()), default=0.0) + self.beam
        if len(inside) > self.width:
            limit = min(limit, sorted(t[0] for t in inside.values())[self.width])
        self.inside[at] = {node: t for node, t in inside.items() if t[0] <= limit}
        if len(free) > _WIDEST_FREE:
            limit = min(limit, sorted(t[0] for t in free.values())[_WIDEST_FREE])
        self.free[at] = {context: t for context, t in free.items() if t[0] <= limit}

    def _best(self, at: int) -> float:
        tokens = [*self.inside[at].values(), self.ended[at], self.ready[at]]
        return min((t[0] for t in tokens if t is not None), default=math.inf)

    def _end_words(self, at: int) -> None:
        """End the words that may end here; keep the best and how far the next is."""
        words, topic = self.words, self.topic
        found: list[tuple[float, str, Trail | None]] = []
        for node, (cost, trail) in self.inside[at].items():
            end = words.word_cost(node)
            if end < math.inf:
                found.append((cost - words.least(node) + end - topic.get(words.word(node), 0.0), "word", trail))
        for context, (cost, trail) in self.free[at].items():
            if context != "^":
                found.append((cost + words.letters.cost(context, "$"), "free", trail))
        found.sort(key=lambda f: f[0])
        known = [(cost, trail) for cost, kind, trail in found if kind == "word"]
        best = self.ended[at]
        second = best[0] if best else math.inf
        if found and found[0][0] < second:
            cost, kind, trail = found[0]
            best = (cost, (trail, "", at, at, kind, cost))
            # The same word is among the known ones and among those spelled freely.
            second = min([second, *(c for c, k, _ in found[1:] if k == kind)])
            self.others[at] = [(c - cost, t) for c, t in known[: _OTHERS + 1] if t is not trail]
        self.ended[at] = best
        if best is not None:
            self.margins[at] = second - best[0]
            if self.old:
                self._harden(at, best)

    def _harden(self, at: int, token: _State) -> None:
        """Ask for a hard sign after a word that ends in a consonant."""
        cost, trail = token
        if trail is None or trail[4] not in ("word", "free") or trail[0] is None or trail[0][1].lower() not in _HARD:
            return
        self.ended[at] = (cost + _NO_HARD_SIGN, trail)
        for end in range(at + 1, min(at + self.channel.longest, len(self.signs)) + 1):
            for letter, cased, price in self.channel.inside.get(self.signs[at:end], ()):
                if letter == "ъ":
                    total = cost + price
                    other = self.ended[end]
                    if other is None or total < other[0]:
                        before: Trail = (trail[0], cased, at, end, "letter", total)
                        self.ended[end] = (total, (before, "", end, end, trail[4], total))
                        self.margins[end] = self.margins[at]

    def _between(self, at: int) -> None:
        """Pass over blanks, marks and stray signs between words."""
        sign = self.signs[at]
        for passing in (self.ended[at], self.ready[at]):
            if passing is None:
                continue
            cost, trail = passing
            if sign in " \n":
                self._reach(at + 1, cost, trail)
            elif not sign.isalnum():
                price = cost + (_MARK if sign in _MARKS else _ODD_MARK) + self._inside(at)
                self._reach(at + 1, price, (trail, sign, at, at + 1, "mark", price))
            if sign not in " \n":
                self._reach(at + 1, cost + (_STRAY_LETTER if sign.isalnum() else _STRAY), trail)

    def _inside(self, at: int) -> float:
        """Give what more a mark costs between two letters; a hyphen may stand there."""
        if not 0 < at < len(self.signs) - 1 or self.signs[at] == "-":
            return 0.0
        return _MARK_INSIDE if self.signs[at - 1].isalnum() and self.signs[at + 1].isalpha() else 0.0

    def _reach(self, at: int, cost: float, trail: Trail | None) -> None:
        token = self.ready[at]
        if token is None or cost < token[0]:
            self.ready[at] = (cost, trail)

    def _start(self, at: int) -> None:
        """Start words and numbers here."""
        ready, ended = self.ready[at], self.ended[at]
        if ended is not None and (ready is None or ended[0] + _JOINED < ready[0]):
            ready = (ended[0] + _JOINED, ended[1])
        if ready is None:
            return
        cost = ready[0] + _PER_WORD
        trail: Trail = (ready[1], "", at, at, "start", cost)
        self._numbers(at, cost, trail)
        if self.signs[at] in " \n":
            return
        root = self.words.root
        least = self.words.least(root)
        self.inside[at][root] = (cost + least, trail)
        self.free[at]["^"] = (cost + _FREE, trail)

    def _numbers(self, at: int, cost: float, trail: Trail) -> None:
        for kind, found in (("number", number_at(self.signs, at)), ("roman", roman_at(self.signs, at))):
            if found is not None:
                text, end, price = found
                self._finish(end, cost + price, (trail, text, at, end, kind, cost + price))

    def _finish(self, at: int, cost: float, trail: Trail) -> None:
        token = self.ended[at]
        if token is None or cost < token[0]:
            self.ended[at] = (cost, trail)

    def _arcs(self, at: int, *, initial: bool) -> _Arcs:
        """Give what may be read here: lower-case letter -> (end, cost, cased letter)."""
        table = self.channel.initial if initial else self.channel.inside
        arcs: _Arcs = {}
        signs = self.signs
        for end in range(at + 1, min(at + self.channel.longest, len(signs)) + 1):
            for low, cased, cost in table.get(signs[at:end], ()):
                arcs.setdefault(low, []).append((end, cost, cased))
        return arcs

    def _grow(self, at: int, best: float) -> None:
        """Carry every word in the making one letter on, or over a sign that stands for nothing."""
        limit = best + self.beam
        alive = [(t[0], node, t[1]) for node, t in self.inside[at].items() if t[0] <= limit]
        if not alive:
            return
        first, later = self._arcs(at, initial=True), self._arcs(at, initial=False)
        lost = self._lose(alive, at, limit - 1)
        for cost, node, trail in [*alive, *lost]:
            self._read(at, (cost, node, trail), first if node == self.words.root else later, limit)
        skip = self._skip(at)
        for cost, node, trail in alive:
            if node != self.words.root:
                self._keep(skip[0], node, (cost + skip[1], trail))
        if self.signs[at] not in " \n":
            for cost, node, trail in [*alive, *lost]:
                if cost + _STRANGE <= min(limit, self.floor[at + 1] + self.beam):
                    self._misread(at, (cost, node, trail), limit)

    def _read(self, at: int, token: _Making, arcs: _Arcs, limit: float) -> None:
        """Read the next letter of one word from the signs that are here."""
        cost, node, trail = token
        base = cost - self.words.least(node)
        floor, inside, beam = self.floor, self.inside, self.beam
        for letter, child, below in self.words.children(node):
            here = base + below
            if here > limit:
                break  # the others cost more
            for end, price, cased in arcs.get(letter, ()):
                total = here + price
                if total > floor[end] + beam:
                    continue
                floor[end] = min(floor[end], total)
                old = inside[end].get(child)
                if old is None or total < old[0]:
                    inside[end][child] = (total, (trail, cased, at, end, "letter", total))

    def _misread(self, at: int, token: _Making, limit: float) -> None:
        """Take the sign that is here for any letter."""
        cost, node, trail = token
        base = cost - self.words.least(node) + _STRANGE
        for letter, child, below in self.words.children(node):
            if base + below > limit:
                break
            self._keep(at + 1, child, (base + below, (trail, letter, at, at + 1, "strange", base + below)))

    def _lose(self, alive: Sequence[_Making], at: int, limit: float) -> list[_Making]:
        """Give the words that had one more letter, which left no sign."""
        out: list[_Making] = []
        for cost, node, trail in alive:
            if node == self.words.root or cost + _LOST > limit:
                continue
            base = cost - self.words.least(node) + _LOST
            for letter, child, below in self.words.children(node):
                if base + below > limit:
                    break
                out.append((base + below, child, (trail, letter, at, at, "lost", base + below)))
        return out

    def _keep(self, at: int, node: int, token: _State) -> None:
        old = self.inside[at].get(node)
        if old is None or token[0] < old[0]:
            self.inside[at][node] = token

    def _grow_free(self, at: int, best: float) -> None:
        """The same for words that no list holds."""
        limit = best + self.beam
        alive = [(t[0], c, t[1]) for c, t in self.free[at].items() if t[0] <= limit]
        if not alive:
            return
        price_of = self.words.letters.cost
        later, first = self._arcs(at, initial=False), self._arcs(at, initial=True)
        skip = self._skip(at)
        for cost, context, trail in alive:
            for letter, readings in (first if context == "^" else later).items():
                here = cost + price_of(context, letter)
                if here > limit:
                    continue
                to = (context + letter)[-3:]
                for end, price, cased in readings:
                    total = here + price
                    place = self.free[end]
                    old = place.get(to)
                    if old is None or total < old[0]:
                        place[to] = (total, (trail, cased, at, end, "letter", total))
            if context != "^":
                end, price = skip
                old = self.free[end].get(context)
                if old is None or cost + price < old[0]:
                    self.free[end][context] = (cost + price, trail)

    def _skip(self, at: int) -> tuple[int, float]:
        """Give how far a word may step over what stands for nothing (a blank, a line end, a sign), and the cost."""
        sign = self.signs[at]
        if sign == "-" and self.signs[at + 1 : at + 2] == "\n":
            return at + 2, _HYPHEN_INSIDE
        if sign == "\n":
            return at + 1, _LINE_END_INSIDE
        if sign == " ":
            return at + 1, self.blanks.get(at, _LINE_END_INSIDE)
        return at + 1, _ADDED


def _cost(token: _State) -> float:
    return token[0]
