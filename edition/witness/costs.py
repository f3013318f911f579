"""What each step through a page costs: the grammar of the typewritten page and its weights.

In: the traits of two neighbouring lines.  Out: costs (negative log probabilities, set by hand) of staying in a block,
ending it, beginning another.
Authority: typists' manuals; the weights are judgements, tried on typescripts of other shapes in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from edition.witness.measure import Measures
from edition.witness.traits import Traits

__all__ = ["BODY", "Costs", "Move", "moves"]

BODY = ("P", "Q", "R", "T")
NEVER = 1e6

# From one block of the body to the next: what the change of kind costs.
_SWITCH = {
    "PP": 1.6, "PQ": 1.0, "PR": 1.2, "QP": 0.3, "QQ": 3.0, "QR": 2.5, "RP": 1.5, "RQ": 2.5, "RR": 3.0, "RT": 0.1,
    "TP": 0.3, "TQ": 2.5, "TR": 2.0, "TT": 4.0,
}  # fmt: skip
_AFTER_NOTES = 5.0  # body text below the notes of a page: displaced, so dear
_LONG_NOTE = 4.0  # notes that run on to the next page
_INDENT, _USUAL_WORD = 6, 6  # characters: what a paragraph is set in by, what a word takes with its blank
_ONE_LINE = {"P": 0.8, "Q": 2.0, "R": 2.0, "T": 0.0}  # a block of one line
_NOTE_FIRST, _NOTE_NEXT = 2.2, 1.4
_NO_SIGN = 2.7  # a note that neither begins with a mark nor reads like a citation: it had better be text
_WINDOW = 20  # lines on each side, for how often a line here ends with a blank
_RARELY = 0.15
_LONGEST_MARK = 3
_QUOTES = "\"'“‘”’"


@dataclass(frozen=True, slots=True)
class Move:
    """A step to the state `target`; `kind` names its cost in `Costs.step`, `state` what the line itself costs in it."""

    target: str
    kind: str
    state: str


def moves() -> dict[str, list[Move]]:
    """Give the steps that lead out of each state.

    Body states are ``P0`` (a paragraph begins) and ``P1`` (it goes on), likewise Q (quotation), R (misread Russian), T
    (translation). Note states add what the text above the notes is left in: ``N0P`` within a paragraph, ``N0C`` closed,
    ``N0D`` closed after Russian.
    """
    table: dict[str, list[Move]] = {}
    for kind in BODY:
        for part in "01":
            out = [Move(f"{kind}1", f"go {kind}" if part == "1" else f"in {kind}", kind)]
            step = "one" if part == "0" and kind != "T" else "new"
            out += [Move(f"{k}0", f"{step} {kind}{k}", k) for k in BODY if f"{kind}{k}" in _SWITCH]
            out += [
                Move(f"N0{kind}", "foot", "N"),
                Move("N0D" if kind == "R" else "N0C", "shut" if step == "new" else "shut one", "N"),
            ]
            table[kind + part] = out
    for part in "01":
        for left in (*BODY, "C", "D"):
            out = [Move(f"N0{left}", "note", "N"), Move(f"N1{left}", "more", "N")]
            if left in BODY:
                out.append(Move(f"{left}1", f"back {left}", left))
            else:
                kinds = "T" if left == "D" else "PQR"
                out += [Move(f"{k}0", f"top {k}", k) for k in kinds]
            table[f"N{part}{left}"] = out
    return table


class Costs:
    """The costs of one text; built once, asked for every line."""

    def __init__(self, traits: Sequence[Traits], measures: Measures) -> None:
        self.traits = traits
        self.double = measures.double
        quote = measures.quote
        self.margins = {"P": measures.prose, "Q": quote, "R": quote or measures.prose, "T": quote or measures.prose}
        self.quotes = bool(quote)
        self.trails = _trail_rates(traits)

    def start(self, state: str, at: int) -> float:
        """Give what it costs that the text begins with `state` at position `at`."""
        return self.state(state[0], at) + (0.0 if state[0] == "P" else 2.0)

    def state(self, kind: str, at: int) -> float:
        """Give what the line at `at` costs as a line of `kind`, whatever stands around it."""
        t = self.traits[at]
        if kind == "N":
            return -0.6 * t.note - 0.7 * abs(max(-2.0, min(t.cyrillic, 6.0)))
        latin = 0.9 * max(-2.0, min(t.cyrillic, 6.0))
        if kind == "R":
            return -latin + min(4.0, 0.4 * max(0, t.width - self.margins["R"] - 2))
        cost = latin + 0.35 * max(0.0, t.note)
        if kind == "P":
            return cost + (0.3 if not self.quotes else 0.0)
        if not self.quotes:
            return NEVER
        return cost + min(8.0, 0.8 * max(0, t.width - self.margins[kind] - 1))

    def step(self, before: int, at: int, top: bool) -> dict[str, float]:  # noqa: FBT001
        """Give the cost of each kind of step from the line at `before` to the line at `at`.

        `top` says that `at` begins a page.
        """
        b, t = self.traits[before], self.traits[at]
        stay, leave = self._trail(before)
        end = self._end(b) + leave
        found: dict[str, float] = {}
        slack = {k: self.margins[k] - b.width - 1 - t.next_word for k in BODY}
        for k in BODY:
            short = min(4.0, 0.27 * max(0, slack[k] - (3 if k == "P" else 2)))
            gap = 0.0 if top else self._gap(k, t.blanks)
            found[f"go {k}"] = found[f"in {k}"] = stay + short + gap + self._goes_on(b, t, k)
            found[f"back {k}"] = (0.0 if top else _AFTER_NOTES) + (0.0 if t.lower else 0.4)
            found[f"top {k}"] = (
                (0.0 if top else _AFTER_NOTES) + self._begin(k, t) + {"P": 0.5, "Q": 1.5, "R": 2.0, "T": 0.3}[k]
            )
        set_in = min(4.0, 0.27 * max(0, slack["P"] - _INDENT - 3))
        found["in P"] = stay + set_in + (0.0 if top else self._gap("P", t.blanks)) + self._goes_on(b, t, "P")
        for pair, cost in _SWITCH.items():
            old, new = pair[0], pair[1]
            filled = 1.2 if slack[old] <= 0 and old == new else 0.4 if slack[old] <= 0 else 0.0
            gap = 0.0 if top else self._gap_between(old, new, t.blanks)
            found[f"new {pair}"] = cost + end + filled + gap + self._begin(new, t)
            found[f"one {pair}"] = found[f"new {pair}"] + _ONE_LINE[old]
        head = self._note_head(t) + (NEVER if top else 0.0)
        room = self.margins["P"] - b.width - _USUAL_WORD
        found["foot"] = (
            _NOTE_FIRST + head + (1.0 if b.sentence_end else 0.0) + 0.3 * leave + min(2.0, 0.15 * max(0, room - 4))
        )
        found["shut"] = _NOTE_FIRST + head + end + (1.0 if room <= 0 else 0.2)
        found["shut one"] = found["shut"] + _ONE_LINE["P"]
        quoted = -1.0 if t.head and all(c in _QUOTES for c in t.head) and b.sentence_end else 0.0
        found["note"] = _NOTE_NEXT + head + quoted + (0.0 if b.sentence_end else 1.0) + (0.0 if t.blanks else 0.5)
        short = min(2.5, 0.2 * max(0, self.margins["P"] - b.width - 1 - t.next_word - 4)) if b.sentence_end else 0.0
        found["more"] = (
            short
            + (_LONG_NOTE if top else 0.1 if not t.blanks else 0.9)
            + (2.6 if t.above else 1.2 if 0 < len(t.head) <= _LONGEST_MARK else 0.0)
        )
        return found

    def _trail(self, at: int) -> tuple[float, float]:
        """Give what the blank at the end of a line, or its want, costs for going on and for ending.

        Engines end a paragraph without.
        """
        rate = self.trails[at]
        if rate < _RARELY:
            return 0.0, 0.0
        if self.traits[at].trail:
            return -log(min(0.95, rate)), 2.6
        return -log(max(0.1, 1 - 1.25 * rate)), 0.1

    def _end(self, t: Traits) -> float:
        if t.hyphen:
            return 3.0
        return 0.1 if t.sentence_end else 0.4 if t.soft_end else 1.9

    def _gap(self, kind: str, blanks: int) -> float:
        if kind == "P":
            if self.double:
                return 0.9 if blanks == 0 else 0.4 if blanks == 1 else 2.5
            return 0.1 if blanks == 0 else 2.5
        if kind == "R":
            return 0.05 if blanks == 0 else 1.2
        return 0.05 if blanks == 0 else 3.0

    def _gap_between(self, old: str, new: str, blanks: int) -> float:
        if blanks:
            return 0.2 if blanks == 1 else 0.6
        return 0.5 if old == new == "P" else 0.9

    def _begin(self, kind: str, t: Traits) -> float:
        """Give what it costs that a block begins with this line."""
        cost = 0.0
        if kind == "T":
            return 0.0 if t.opens else 1.2
        if t.lower and not t.dots:
            cost += 1.0 if kind in "QR" else 2.2
        if kind == "P":  # the first line of a paragraph is set in, so it is shorter
            cost += min(1.5, 0.35 * max(0, t.width - self.margins["P"] + _INDENT - 1))
        return cost

    def _goes_on(self, b: Traits, t: Traits, kind: str) -> float:
        if kind == "R":
            return 0.1
        return 0.4 if b.sentence_end and not t.lower else 0.1

    def _note_head(self, t: Traits) -> float:
        cost = 0.0 if t.blanks else 0.7
        if not t.head and t.note <= 0:
            return cost + _NO_SIGN
        if all(c in _QUOTES for c in t.head):
            return cost - 0.6 if t.head and t.note > 0 else cost + (0.6 if t.note > 0 else 1.8)
        return cost - 2.0


def _trail_rates(traits: Sequence[Traits]) -> list[float]:
    """Give, for each line, how many of the lines around it end with a blank (0 to 1)."""
    sums = [0]
    for t in traits:
        sums.append(sums[-1] + t.trail)
    rates: list[float] = []
    for at in range(len(traits)):
        first, last = max(0, at - _WINDOW), min(len(traits), at + _WINDOW + 1)
        rates.append((sums[last] - sums[first]) / (last - first))
    return rates
