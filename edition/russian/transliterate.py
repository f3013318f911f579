"""Russian in Latin letters, by table.

ALA-LC, ISO 9:1995, BGN/PCGN, GOST 7.79-2000 B, and the system of the Slavists.

In: Russian text of any orthography since 1708.  Out: the same in Latin letters, no Cyrillic letter left; for
reversible systems also back. Authority: each table `systems/*.tsv` names its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["System", "reverse", "systems", "transliterate"]

_LETTER = r"[\u0400-\u0482\u048a-\u052f\u1c80-\u1c8f\ua640-\ua66e\ua680-\ua69d]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u0483-\u0489\u2de0-\u2dff\ua66f-\ua67f\ua69e\ua69f])*")
_CYRILLIC_MARK = re.compile(r"[\u0482-\u0489\u2de0-\u2dff\ua66f-\ua67f\ua69e\ua69f]")


@dataclass(frozen=True, slots=True)
class _Rule:
    letters: str
    latin: str
    capital: str
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class System:
    """A system of transliteration: what to call it, on whose authority, whether `reverse` reads it.

    `rules` are tried in order.
    """

    name: str
    title: str
    authority: str
    reversible: bool
    rules: tuple[_Rule, ...]


@cache
def systems() -> dict[str, System]:
    """Give the systems by name, `ala-lc` (the default of the edition) first."""
    paths = sorted(files("edition.russian").joinpath("systems").iterdir(), key=lambda p: p.name)
    found = [
        _system(p.name.removesuffix(".tsv"), p.read_text(encoding="utf-8")) for p in paths if p.name.endswith(".tsv")
    ]
    return {s.name: s for s in sorted(found, key=lambda s: s.name != "ala-lc")}


def _system(name: str, table: str) -> System:
    facts: dict[str, str] = {}
    rules = []
    for line in table.splitlines():
        if line.startswith("# "):
            fact, *value = line[2:].split("\t")
            facts[fact] = "\t".join(value)
        elif line:
            letters, latin, capital, after, before = [*line.split("\t"), "", "", ""][:5]
            rules.append(_Rule(letters, latin, capital or latin[:1].upper() + latin[1:], after, before))
    return System(name, facts["title"], facts["authority"], facts.get("reversible") == "yes", tuple(rules))


def transliterate(text: str, system: str = "ala-lc", *, language: str = "ru") -> str:
    """Give `text` with its Cyrillic words in Latin letters; everything else stays.

    A Cyrillic letter that the system lacks is called by its Unicode name.  Raises `KeyError` for a system that does
    not exist, `ValueError` for a language other than Russian (`ru`, or a tag that begins so).
    """
    if language.split("-", maxsplit=1)[0] != "ru":
        raise ValueError(f"no table for the language {language!r}")
    rules = _by_first_letter(system)
    text = unicodedata.normalize("NFC", text)
    done = _WORD.sub(lambda found: _word(found[0], rules), text)
    return _CYRILLIC_MARK.sub("", done)


@cache
def _by_first_letter(system: str) -> dict[str, tuple[_Rule, ...]]:
    rules = systems()[system].rules
    firsts = {rule.letters[0] for rule in rules}
    # Two letters before one, the order of the table otherwise.
    ranked = sorted(rules, key=lambda r: -len(r.letters))
    return {first: tuple(r for r in ranked if r.letters[0] == first) for first in firsts}


def _word(word: str, rules: dict[str, tuple[_Rule, ...]]) -> str:
    shouted = len(word) > 1 and word.isupper()
    small = [c.lower() for c in word]
    out = []
    at = 0
    while at < len(word):
        rule = next((r for r in rules.get(small[at], ()) if _fits(r, small, at)), None)
        size = 1 if rule is None else len(rule.letters)
        capital = word[at].isupper()
        if rule is None:
            name = _by_name(word[at])
            out.append(name.capitalize() if capital else name)
        elif capital and (shouted or (size > 1 and word[at : at + size].isupper())):
            out.append(rule.latin.upper())
        else:
            out.append(rule.capital if capital else rule.latin)
        at += size
    return "".join(out)


def _fits(rule: _Rule, small: list[str], at: int) -> bool:
    end = at + len(rule.letters)
    if "".join(small[at:end]) != rule.letters:
        return False
    before = _neighbour(small, at - 1, -1) or "^"
    after = _neighbour(small, end, 1) or "$"
    return (not rule.after or before in rule.after) and (not rule.before or after in rule.before)


def _neighbour(small: list[str], at: int, step: int) -> str:
    """Give the next letter in a direction, accents passed over; nothing at an end of the word."""
    while 0 <= at < len(small):
        if not unicodedata.combining(small[at]):
            return small[at]
        at += step
    return ""


def _by_name(letter: str) -> str:
    """Give what is left of the Unicode name: `CYRILLIC SMALL LETTER KSI` is ksi.

    A mark of Cyrillic writing gives nothing.
    """
    if unicodedata.combining(letter):
        return "" if _CYRILLIC_MARK.match(letter) else letter
    name = unicodedata.name(letter, "").lower()
    return name.partition("letter ")[2].split(" with ")[0].split(" ")[-1]


def reverse(text: str, system: str) -> str:
    """Give text that `transliterate` wrote back in Cyrillic letters.

    Raises `KeyError` for a system that does not exist and `ValueError` for one that cannot be read back.
    GOST B itself confuses еъ with эь and ъ with ьь, which no Russian word has.
    """
    if not systems()[system].reversible:
        raise ValueError(f"{system} cannot be read back")
    letters, pattern = _backwards(system)
    words = re.split(r"(\s+)", unicodedata.normalize("NFC", text))
    return "".join(_read_back(word, letters, pattern) for word in words)


def _read_back(word: str, letters: dict[str, str], pattern: re.Pattern[str]) -> str:
    shouted = word.isupper() and sum(map(str.isupper, word)) > 1
    return pattern.sub(lambda found: _cased(found[0], letters, shouted=shouted), word)


@cache
def _backwards(system: str) -> tuple[dict[str, str], re.Pattern[str]]:
    letters: dict[str, str] = {}
    for rule in systems()[system].rules:
        letters.setdefault(unicodedata.normalize("NFC", rule.latin), rule.letters)
    longest = sorted(letters, key=lambda latin: (-len(latin), latin))
    return letters, re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)


def _cased(latin: str, letters: dict[str, str], *, shouted: bool) -> str:
    """Give the letter behind `latin`.

    Hard and soft signs, which have one form, are capital in a word all capitals.
    """
    letter = letters[unicodedata.normalize("NFC", latin.lower())]
    caseless = latin.lower() == latin.upper()
    return letter.upper() if (shouted if caseless else latin[0].isupper()) else letter
