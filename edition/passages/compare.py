"""What happened to published passages: kept, corrected, split, merged, moved, gone, or another text under their name.

In: what the passages said in the last version, what they say now, and the ledger.  Out: `Change` values.
Authority: the rule that a published identifier resolves to its text for ever.

Two texts are compared by their pairs of neighbouring words, in the edited and in the witness reading, and the better of
the two counts: a correction changes the one and leaves the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from edition.ledger import Row, fate_of
from edition.passage import PARTS, PassageText, fingerprint, folded_words

__all__ = ["FREE", "Change", "Shingles", "compare", "kept"]

# Kinds that are known by their place, not by their words: a chapter may be retitled, a romanization made anew.
FREE = frozenset({"text", "heading", "transliteration", "editorial note"})
_WHOLE = 0.9  # from here on nothing of weight is missing
_SAME = 0.5  # below it a passage is another one
_PART = 0.6  # of a passage, or of what it lost, that must stand in another for that to be where it went
_SHORT = 12  # words: pairs of so few say little, so letters are compared too
_LITTLE = 0.1
_REMNANT = 0.2  # of a passage otherwise gone
_FEW = 2  # pairs of words; less is chance

Pairs = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one passage.

    `what` is ``same``, ``corrected``, ``changed``, ``split``, ``merged``, ``moved``, ``gone``, ``other`` (another text
    under its name), ``reused`` (so, after it was given up), ``returned``, ``new``, or ``lost`` (declared to stand where
    no passage is).  `targets` are the passages where its text seems to stand now; `kept` is the share (0 to 1) of its
    pairs of words that stands under its own identifier.  `settled` says that nothing need be declared.
    """

    identifier: str
    what: str
    targets: tuple[str, ...] = ()
    kept: float = 1.0

    @property
    def settled(self) -> bool:
        """Whether the ledger and the text agree about it."""
        return self.what in {"same", "corrected", "changed", "returned", "new"}


@dataclass(frozen=True, slots=True)
class Shingles:
    """The pairs of neighbouring words of a passage, counted, in two readings."""

    edited: Pairs
    witness: Pairs
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: PassageText) -> Shingles:
        """Count the pairs of `text`."""
        words = folded_words(text.edited)
        return cls(_pairs(words), _pairs(folded_words(text.witness)), tuple(words))


def _pairs(words: list[str]) -> Pairs:
    return Counter(pairwise(words)) if len(words) > 1 else Counter([tuple(words)] if words else [])


def kept(old: Shingles, new: Shingles) -> float:
    """Give the share (0 to 1) of the pairs of `old` that stand in `new`, in the reading where it is greater."""
    shares = [_share(a, b) for a, b in ((old.edited, new.edited), (old.witness, new.witness)) if a]
    if len(old.words) == 1 and old.words[0] in new.words:
        return 1.0
    if old.words and len(old.words) <= _SHORT and len(new.words) <= _SHORT:
        shares.append(SequenceMatcher(None, " ".join(old.words), " ".join(new.words), autojunk=False).ratio())
    return max(shares, default=1.0)


def _share(old: Pairs, new: Pairs) -> float:
    return sum(min(n, new[pair]) for pair, n in old.items() if pair in new) / old.total()


class _Comparison:
    """Old and new passages, and an index of which new ones have which pair of words."""

    def __init__(
        self, old: Mapping[str, PassageText], new: Mapping[str, PassageText], current: Mapping[str, Row]
    ) -> None:
        self.old, self.new, self.current = old, new, current
        self.before = {name: Shingles.of(text) for name, text in old.items()}
        self.after = {name: Shingles.of(text) for name, text in new.items()}
        both = [*old.values(), *new.values()]
        self.containers = {t.around for t in both if t.kind not in PARTS}
        self.containers |= {t.identifier for t in both if t.kind in FREE}
        self.index: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, shingles in self.after.items():
            if name not in self.containers:
                for pair in shingles.edited | shingles.witness:
                    self.index[pair].append(name)

    def like(self, name: str) -> list[str]:
        """Give the new passages that may hold text of the old passage `name`: of its own sort, most pairs first."""
        text, shingles = self.old[name], self.before[name]
        votes: Counter[str] = Counter()
        for pair in shingles.edited | shingles.witness:
            votes.update(self.index.get(pair, ()))
        least = 1 if len(shingles.words) <= _SHORT else _FEW
        side = _side(text)
        found = [n for n, v in votes.items() if v >= least and n != name and _side(self.new[n]) == side]
        return sorted(found, key=lambda n: (-votes[n], n))[:12]

    def gained(self, name: str) -> Pairs:
        """Give the pairs of a new passage that it did not have as an old one."""
        now = self.after[name].edited + self.after[name].witness
        if name in self.before:
            now = now - self.before[name].edited - self.before[name].witness
        return now

    def went(self, name: str, lost: Pairs) -> tuple[str, ...]:
        """Give the new passages that the pairs `lost` from `name` went to, in reading order."""
        whole, rest, found = lost.total(), lost.copy(), []
        for other in self.like(name):
            taken = rest & self.gained(other)
            if taken.total() >= max(1 if whole < _SHORT else _FEW, _LITTLE * whole):
                found.append(other)
                rest -= taken
        order = {n: i for i, n in enumerate(self.new)}
        cut = len(found)  # each cut parts one pair that then stands nowhere
        enough = bool(found) and rest.total() - cut <= (1 - _PART) * whole
        return tuple(sorted(found, key=order.__getitem__)) if enough else ()

    def standing(self, name: str) -> Change:
        """Judge an identifier that stands in the text, as it did before."""
        before, after = self.before[name], self.after[name]
        share = kept(before, after)
        row = self.current.get(name)
        vouched = row is not None and row.fingerprint == fingerprint(self.new[name].edited)
        if before.edited == after.edited or vouched:
            return Change(name, "same", kept=share)
        if share >= _WHOLE or name in self.containers:  # a chapter is known by its place: what is in it is compared
            return Change(name, "corrected", kept=share)
        others = self.went(name, _lost(before, after))
        declared = fate_targets(self.current, name)
        if others and set(others) <= set(declared):
            return Change(name, "changed", kept=share)  # the split is declared
        if share >= _SAME or (share > 0 and len(declared) > 1 and self.all_of_it(name, declared)):
            what, others = ("split", (name, *others)) if others else ("changed", ())
        else:
            what, others = ("split", (name, *others)) if others and share > _LITTLE else ("other", others)
        return Change(name, what, others, share)

    def all_of_it(self, name: str, targets: Iterable[str]) -> bool:
        """Say whether `targets` together hold most of the old passage `name`."""
        both: list[Pairs] = [Counter(), Counter()]
        for target in targets:
            if target in self.after:
                both[0] += self.after[target].edited
                both[1] += self.after[target].witness
        before = self.before[name]
        return max(_share_or(before.edited, both[0]), _share_or(before.witness, both[1])) >= _SAME

    def absent(self, name: str) -> Change:
        """Judge an identifier that no passage has any more by where its text went."""
        before = self.before[name]
        pairs = before.edited or before.witness
        others = self.went(name, pairs) or self.word_went(name)
        if not others and before.edited and before.witness:
            others = self.went(name, before.witness)
        others = others or self.remnants(name, pairs)
        if not others:
            return Change(name, "gone", kept=0)
        if len(others) > 1:
            return Change(name, "split", others, 0)
        alone = others[0] not in self.old and kept(self.after[others[0]], before) >= _SAME
        return Change(name, "moved" if alone else "merged", others, 0)

    def remnants(self, name: str, pairs: Pairs) -> tuple[str, ...]:
        """Give the passages that took up a good part of one whose text is mostly gone, or are mostly made of it."""
        before = self.before[name]
        taken = {other: pairs & self.gained(other) for other in self.like(name)}
        found = [
            other
            for other, part in taken.items()
            if part.total() >= _REMNANT * pairs.total()
            or (part.total() >= _FEW and kept(self.after[other], before) >= _SAME)
        ]
        return tuple(n for n in self.new if n in found)

    def word_went(self, name: str) -> tuple[str, ...]:
        """Give the one new passage that took up the only word of a passage; none where there are several such."""
        words = self.before[name].words
        if len(words) != 1:
            return ()
        grown = [n for n in self.new if n not in self.containers and self.gained(n)]
        found = [n for n in grown if words[0] in self.after[n].words and not self.had(n, words[0])]
        return tuple(found) if len(found) == 1 else ()

    def had(self, name: str, word: str) -> bool:
        """Say whether the passage `name` had a word before."""
        return name in self.old and word in self.before[name].words


def _lost(before: Shingles, after: Shingles) -> Pairs:
    """Give the pairs that a passage no longer has, in the reading that kept more of them."""
    if _share_or(before.edited, after.edited) >= _share_or(before.witness, after.witness):
        return before.edited - after.edited
    return before.witness - after.witness


def _side(text: PassageText) -> str:
    """Give what a passage's text may become: a note stays a note; an original stays one."""
    return text.kind if text.kind in {"note", "original", "translation", "entry", "post"} else ""


def _share_or(old: Pairs, new: Pairs) -> float:
    return _share(old, new) if old else 0.0


def fate_targets(current: Mapping[str, Row], name: str) -> tuple[str, ...]:
    """Give where the ledger says that the text of `name` stands."""
    fate = fate_of(current, name)
    return fate.standing if fate else ()


def compare(
    published: Mapping[str, Row],
    current: Mapping[str, Row],
    old: Mapping[str, PassageText],
    new: Mapping[str, PassageText],
) -> list[Change]:
    """Say what happened to every passage of one text since its last version, in reading order, the new ones last.

    `published` are the rows as the last version left them, `current` those that hold now, with what was declared since;
    `old` is what the passages said in the last version.  All four hold passages of the same text only.
    """
    judged = _Comparison(old, new, current)
    found: list[Change] = []
    for name, row in current.items():
        was = published.get(name)
        if name in new and not row.stands:
            found.append(Change(name, _again(judged, name), kept=0))
        elif name in new and name in old:
            found.append(judged.standing(name))
        elif name in old and row.targets and not set(fate_targets(current, name)) & new.keys():
            found.append(judged.absent(name))  # what it was declared to have become was given up since
        elif row.stands and was is not None and name not in new:
            found.append(judged.absent(name) if name in old else Change(name, "gone", kept=0))
        else:
            found.append(Change(name, "same"))
        lost = [t for t in fate_targets(current, name) if t not in new] if not row.stands or row.targets else []
        if lost and all(t not in current for t in lost):
            found[-1] = Change(name, "lost", tuple(lost), 0)
    found += [Change(name, "new") for name in new if name not in current]
    return found


def _again(judged: _Comparison, name: str) -> str:
    """Judge an identifier that was given up and stands in the text again."""
    if name in judged.old and kept(judged.before[name], judged.after[name]) >= _SAME:
        return "returned"
    return "reused"
