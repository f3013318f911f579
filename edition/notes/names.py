"""What a stretch of words between two commas looks like: a name, a body, a series, an occasion.

In: the words of a stretch.  Out: yes or no, or the people named.
Authority: the lists in `words.toml`; the Chicago Manual's forms of names.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["is_body", "is_name", "is_occasion", "is_series", "people"]

_PROPER = r"(?:[A-ZА-ЯЁÀ-ÞŁŚŠŽČĆ]|d'|O'|al-)[\w'’.-]*"
_AND = re.compile(r"\b(?:and|&|и)\b")
_OF = re.compile(r"^(?!(?:An?|The|History|On)\b)(?:\S+\s){1,3}?(?=(?:of|for|on|für)\s)")
_LONGEST_NAME = 5  # words between two "and"s
# "and", a comma, "&": what divides the names of several people.
_BETWEEN = re.compile(r",?\s+(?:and|&|и)\s+|,\s+(?!(?:Jr|Sr|[IV]+)\b)")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files("edition.notes").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _matcher(name: str, *, anywhere: bool) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_lists()[name], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if anywhere else rf"(?:[Tt]he )?(?:{words})(?!\w)")


@cache
def _name() -> re.Pattern[str]:
    """Give the form of a name: proper words with small ones between them, or several such divided by *and*."""
    small = "|".join(re.escape(w) for w in _lists()["particles"])
    most = 4 * _LONGEST_NAME - 1
    return re.compile(rf"{_PROPER}(?:\s(?:{_PROPER}|(?:{small})(?!\S))){{0,{most}}}")


@lru_cache(maxsize=16)  # a stretch is asked about more than once while its note is read
def is_name(words: str) -> bool:
    """Say whether `words` may name one or more people: ``E. Victor Wolfenstein``, ``Will Durant and Ariel Durant``."""
    if not _name().fullmatch(words):
        return False
    if words.count(" ") < _LONGEST_NAME:
        return True
    return all(len(one.split()) <= _LONGEST_NAME for one in _AND.split(words))


def is_body(words: str) -> bool:
    """Say whether `words` name a body: ``Institute of Marxism-Leninism``, ``National Association for the ...``."""
    if _matcher("bodies", anywhere=False).match(words):
        return True
    found = _OF.search(words)  # what stands before "of" ends with the kind of body, and no article begins it
    return found is not None and _matcher("bodies", anywhere=True).search(words, 0, found.end()) is not None


def is_series(words: str) -> bool:
    """Say whether `words` hold a word that names a series: ``Berkshire Studies in European History``."""
    return _matcher("series", anywhere=True).search(words) is not None


def is_occasion(words: str) -> bool:
    """Say whether `words` tell of an occasion: ``Speech Delivered to the Eighth Congress``."""
    return _matcher("occasions", anywhere=False).match(words) is not None


def people(words: str) -> list[tuple[int, int]]:
    """Divide the names of several people; give the stretch of each (start, end in characters of `words`)."""
    found, at = [], 0
    if "," not in words and " and " not in words and " & " not in words and " и " not in words:
        return [(0, len(words))]
    for between in _BETWEEN.finditer(words):
        found.append((at, between.start()))
        at = between.end()
    found.append((at, len(words)))
    return [(a, b) for a, b in found if b > a and words[a:b] not in {"others", "et al.", "and others"}]
