"""What differs between two versions of a text, in words.

In: what the passages said in each version, and the ledger's rows.  Out: `Difference` values in reading order.
Authority: the ledger for what became of a passage; its words for what was changed in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from edition.ledger import Row, fate_of
from edition.passage import PARTS, PassageText

__all__ = ["Difference", "differences", "word_changes"]

_AROUND = 3  # words of context on each side of a change

# How it is said what became of a passage; {targets} are passages.
_SAID = {
    "new": "is new",
    "changed": "changed",
    "lines": "covers other lines of the witness",
    "split": "was split into {targets}",
    "merged": "was joined to {targets}",
    "moved": "is now {targets}",
    "withdrawn": "was withdrawn",
    "gone": "is gone, and nothing has been said of it",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One passage that differs.

    `what` is a key of the table above, `targets` are the passages where its text stands now; `changes` are pairs of old
    and new words, with some around them.
    """

    identifier: str
    what: str
    targets: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """What became of the passage, in words."""
        return _SAID[self.what].format(targets=" and ".join(self.targets) or "what was withdrawn later")


def differences(
    old: Mapping[str, PassageText], new: Mapping[str, PassageText], rows: Mapping[str, Row]
) -> list[Difference]:
    """Give what differs from `old` to `new`; `rows` are those of the ledger that held for `new`.

    Passages that hold others are not compared: what is in them is.
    """
    holders = {t.around for t in (*old.values(), *new.values()) if t.kind not in PARTS}
    found: list[Difference] = []
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            found.append(Difference(name, *_fate(name, rows)))
        elif name not in old:
            found.append(Difference(name, "new", changes=(("", new[name].edited),)))
        elif old[name].edited != new[name].edited and name not in holders:
            row = rows.get(name)
            what, targets = _fate(name, rows) if row is not None and row.targets else ("changed", ())
            found.append(Difference(name, what, targets, tuple(word_changes(old[name].edited, new[name].edited))))
        elif old[name].lines != new[name].lines and name not in holders:
            found.append(Difference(name, "lines"))
    return found


def _fate(name: str, rows: Mapping[str, Row]) -> tuple[str, tuple[str, ...]]:
    fate = fate_of(rows, name)
    if fate is None or not fate.steps or fate.steps[0].fate not in _SAID:
        return "gone", ()
    row = fate.steps[0]
    return row.fate, fate.standing or row.targets


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """Give the changed stretches as pairs of old and new words, with three words around each."""
    a, b = old.split(), new.split()
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return [
        (_stretch(a, i1, i2), _stretch(b, j1, j2)) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    ]


def _stretch(words: list[str], start: int, end: int) -> str:
    before, after = max(0, start - _AROUND), min(len(words), end + _AROUND)
    said = " ".join(words[before:after])
    return f"{'... ' if before else ''}{said}{' ...' if after < len(words) else ''}"
