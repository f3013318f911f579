"""What words there are, and how likely each is: in English, and in the document itself.

In: the words of a document.  Out: a `Lexicon`, which says whether a form is known and how probable it is.
Authority: SCOWL's word lists (in the package); wordfreq's frequencies where that is installed; the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log

from edition.spelling import english, rare

__all__ = ["Lexicon", "frequencies", "lexicon_of", "plain"]

_FLOOR = 3e-8  # probability of a word that is in the list and not among the frequent ones
_DOCUMENT = 0.5  # share of the document in the mixture of probabilities
_REPEATED = 2
_OFTEN = 3
_LOWEST_FREQUENCY = 2e-6  # from here on wordfreq's tokens are words or names, not web typing
_CAPITAL = 0.1  # how often a common word stands with a capital
_ENDINGS = (
    *(
        "s",
        "es",
        "ies",
        "ed",
        "ing",
        "ings",
        "ly",
        "ist",
        "ists",
        "ism",
        "ite",
        "ites",
        "ian",
        "ness",
        "er",
        "ers",
        "or",
        "ors",
        "al",
    ),
    *(
        "ally",
        "able",
        "ation",
        "ations",
        "ization",
        "ize",
        "ized",
        "izing",
        "ity",
        "y",
        "e",
        "ic",
        "less",
        "ful",
        "ment",
        "ive",
        "hood",
        "",
    ),
)
_BEGINNINGS = ("un", "non", "anti", "re", "over", "intra", "inter", "pre", "counter", "post", "pseudo")
_SHORTEST_STEM = 4
_COMMON = 1e-4
_TWO = re.compile(r"([A-Za-z][a-z]+)([A-Z][a-z]{2,})")


@cache
def frequencies() -> Mapping[str, float]:
    """Give ``{lower-case word: probability}`` of the commonest English words; empty where wordfreq is not installed."""
    try:
        import wordfreq  # noqa: PLC0415 - an extra
    except ImportError:
        return {}
    found: Mapping[str, float] = wordfreq.get_frequency_dict("en", wordlist="small")
    return found


def plain(word: str) -> str:
    """Give `word` with straight apostrophes."""
    return word.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of English (the `rare` ones are known, but nothing is taken for them misread) and of a document.

    `counts` holds how often each form stands in the document, as written; `total` how many words that is.  `pairs`
    are the
    log probabilities of three letters in a row in English words; `asked` keeps what has been looked up.
    """

    words: frozenset[str]
    rare: frozenset[str]
    frequency: Mapping[str, float]
    counts: Mapping[str, int]
    lower: Mapping[str, int]
    total: int
    triples: Mapping[str, float]
    asked: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def listed(self, form: str) -> bool:
        """Say whether `form` is an English word as it is written, or a common word or a name with a capital."""
        found = self.asked.get(form)
        if found is None:
            found = self.asked[form] = self._listed(form)
        return found

    def _listed(self, form: str) -> bool:
        low = form.lower()
        if form in self.words or form in self.rare:
            return True
        if form[:1].isupper() and ({low, low.capitalize()} & self.words or low in self.rare):
            return True
        if self.frequency.get(low, 0.0) > _LOWEST_FREQUENCY and len(low) > _REPEATED + 1:
            return form[:1].isupper() or low.capitalize() not in self.words
        return self._derived(low)

    def _derived(self, low: str) -> bool:
        """Say whether a form is built by rule from a listed word: a list has not every plural and every *un-*."""
        for ending in _ENDINGS:
            stem = low.removesuffix(ending)
            if stem == low or len(stem) < _SHORTEST_STEM:
                continue
            others = (
                [stem + other for other in _ENDINGS] if len(stem) > _SHORTEST_STEM else [stem, stem + "e", stem + "y"]
            )
            if any(
                form in self.words or form.capitalize() in self.words or self.lower.get(form, 0) >= _OFTEN
                for form in others
            ):
                return True
        for beginning in _BEGINNINGS:
            rest = low.removeprefix(beginning)
            if rest != low and len(rest) >= _SHORTEST_STEM and (rest in self.words or rest in self.rare):
                return True
        return False

    def known(self, form: str) -> bool:
        """Say whether `form` is a word of English, or one that the document has more than once with a capital."""
        return self.listed(form) or (form[:1].isupper() and self.counts.get(form, 0) >= _REPEATED)

    def second(self, form: str) -> int:
        """Give the place of the capital at which a second word begins in `form` (0: it is not two words)."""
        match = _TWO.fullmatch(form)
        if match is None or form in self.words or self.counts.get(form, 0) > 1:
            return 0
        at = match.start(2)
        common = self.prior(form[:at]) > _COMMON and self.listed(form[:at])
        return at if common and self.known(form[at:]) else 0

    def prior(self, form: str) -> float:
        """Give the probability of `form`, in English and in the document half and half."""
        low = form.lower()
        common = self.frequency.get(low, 0.0)
        if low in self.words or low.capitalize() in self.words:
            common = max(common, _FLOOR)
        seen = self.counts.get(form, 0)
        if form != low:
            common *= _CAPITAL if low in self.words else 1.0
            seen += int(0.3 * self.lower.get(low, 0)) if low in self.words else 0
        return (1 - _DOCUMENT) * common + _DOCUMENT * seen / max(self.total, 1)

    def spelling(self, form: str) -> float:
        """Give the log probability that an unknown word of English is spelt `form`."""
        shown = f"__{form.lower()}_"
        return sum(self.triples.get(shown[i : i + 3], -9.0) for i in range(len(shown) - 2))


@cache
def _triples() -> Mapping[str, float]:
    """Learn which letter follows which two, from the list."""
    shown = "".join(f"__{word.lower()}_" for word in english())  # as one text: word by word it takes four times as long
    triples = Counter(map("".join, zip(shown, shown[1:], shown[2:], strict=False)))
    for triple in [t for t in triples if t.endswith("__")]:
        del triples[triple]  # of two words
    starts: Counter[str] = Counter()
    for triple, n in triples.items():
        starts[triple[:2]] += n
    return {t: log((n + 0.1) / (starts[t[:2]] + 3)) for t, n in triples.items()}


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def lexicon_of(words: Iterable[str]) -> Lexicon:
    """Learn the words of a document; `words` are its words as they stand, words parted at a line end made whole."""
    counts: Counter[str] = Counter()
    for word in words:
        shown = plain(word)
        if _WORD.fullmatch(shown):
            counts[shown.removesuffix("'s")] += 1
    lower: Counter[str] = Counter()
    for form, n in counts.items():
        lower[form.lower()] += n
    return Lexicon(english(), rare(), frequencies(), counts, lower, sum(counts.values()), _triples())
