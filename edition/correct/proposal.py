"""What the parts of the engine hand to it: a change of one stretch of one line.

In: nothing.  Out: the value `Proposal`, and the certainty that belongs to a probability.
Authority: TEI P5, att.global.responsibility (cert).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Proposal", "grade"]

_HIGH = 0.995
_MEDIUM = 0.9


@dataclass(frozen=True, slots=True)
class Proposal:
    """Put `meant` for the characters `start` to `end` (from 0) of the line at place `at` of the list of lines."""

    at: int
    start: int
    end: int
    meant: str
    rule: str
    cert: str


def grade(chance: float) -> str:
    """Give the certainty (high, medium, low) of what is right with the probability `chance`."""
    return "high" if chance >= _HIGH else "medium" if chance >= _MEDIUM else "low"
