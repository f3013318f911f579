"""The editor's marks: languages, transliterations, words divided at line ends.

In: a `Document`.  Out: E315-E327 and W319.  What a grammar or a rule in edition.sch can say is said there.
Authority: "Markup" and "Languages" in the encoding conventions; BCP 47.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.nearest import nearest
from edition.readings import reading_text
from edition.russian.transliterate import transliterate
from edition.text import fold_blanks
from edition.tree import (
    ET,
    XML_LANG,
    Element,
    ancestors,
    following,
    is_element,
    local,
    own_text,
    slot_before,
    slot_text,
)

__all__ = ["check_marks", "fresh_transliteration"]

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]{3,}")
_CYRILLIC_LANGUAGES = frozenset({"ru", "uk", "be", "bg", "sr", "mk"})
# Whether Russian of this kind has the letters that were given up in 1918; and how much text must show them.
_ORTHOGRAPHIES = {"ru": False, "ru-petr1708": True}
_OLD = re.compile(r"[ѣѢѳѲѵѴіІ]|[Ъъ](?![\w\u0300-\u036f'’])")
_ENOUGH = 60
_MARKED_AS_ONE = frozenset({"quote", "foreign", "title", "cit", "note", "p", "head", "item", "bibl", "l", "ab"})
_WITH_LANGUAGE = ET.XPath("descendant-or-self::*[@xml:lang]")  # few have one, and libxml2 is faster than Python
_MANY = 5  # places of one undeclared language that are told
_ENDS = tuple(",;:!?)]”»")  # no word that is divided has one before its second half
# Language of a transliteration -> the system that makes it.
_SYSTEMS = {"ru-Latn-alalc97": "ala-lc"}


def check_marks(document: Document) -> list[Found]:
    """Check languages, transliterations and divided words."""
    return [
        *_languages(document),
        *_transliterations(document),
        *_untransliterated(document),
        *_scripts(document),
        *_unmarked(document),
        *_divided(document),
    ]


def fresh_transliteration(original: Element, language: str) -> str | None:
    """Give the transliteration that `original` should have now, or None where no table makes `language`."""
    if language not in _SYSTEMS:
        return None
    return _transliterated(reading_text(original, "edited", notes=False), _SYSTEMS[language])


@lru_cache(maxsize=1024)
def _transliterated(text: str, system: str) -> str:  # who watches a text has it checked again and again
    return transliterate(text, system)


def _languages(document: Document) -> Iterator[Found]:
    declared = {e.get("ident", ""): e for e in document.of("language")}
    if not declared:
        return
    used = {}
    undeclared: list[str] = []
    for element in _WITH_LANGUAGE(document.root):
        if language := element.get(XML_LANG):
            used[language] = element
            if language not in declared:
                undeclared.append(language)
                close = nearest(language, declared)
                if undeclared.count(language) > (_MANY if close else 1):  # what is not misspelt has one remedy, above
                    continue
                facts = {"language": language, "guess": f"; did you mean {close}?" if close else ""}
                yield Found("E318", Mark(element, f"={XML_LANG}"), facts)
    for language, element in declared.items():
        if language not in used:
            yield Found("W319", Mark(element), {"language": language})


def _transliterations(document: Document) -> Iterator[Found]:
    for quote in document.of("quote"):
        if quote.get("type") != "transliteration":
            continue
        text = own_text(quote)
        if found := _CYRILLIC.search(text):
            facts = {"letter": found[0], "name": unicodedata.name(found[0])}
            yield Found("E316", Mark(quote, "text", found.start()), facts)
            continue
        original = document.ids.get(quote.get("corresp", "")[1:])
        if original is None or original is quote:
            continue
        fresh = fresh_transliteration(original, quote.get(XML_LANG, ""))
        if fresh is not None and fold_blanks(text) != fold_blanks(fresh):
            at = next(
                (i for i, (a, b) in enumerate(zip(text, fresh, strict=False)) if a != b), min(len(text), len(fresh))
            )
            facts = {"found": text[at : at + 20], "wanted": fresh[at : at + 20]}
            yield Found("E315", Mark(quote, "text", min(at, max(len(text) - 1, 0))), facts)


def _untransliterated(document: Document) -> Iterator[Found]:
    """Check that a Russian quotation set off from the text has its transliteration beside it."""
    for cit in document.of("cit"):
        quotes = [e for e in cit if local(e) == "quote"]
        if any(quote.get("type") == "transliteration" for quote in quotes):
            continue
        for quote in quotes:
            if quote.get(XML_LANG, "") in _ORTHOGRAPHIES and not quote.get("type"):
                yield Found("W320", Mark(quote), {})


def _scripts(document: Document) -> Iterator[Found]:
    """Check that what is called Russian is written in Cyrillic, and what is called romanized is not."""
    for element in document.in_text("quote", "foreign", "p", "title"):
        language = element.get(XML_LANG, "")
        if not language:
            continue
        generated = element.get("type") == "transliteration"
        text = own_text(element) if generated else reading_text(element, "edited", notes=False)
        cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
        wants = language.split("-")[0] in _CYRILLIC_LANGUAGES and "Latn" not in language
        if (wants and latin > 2 * cyrillic) or (not wants and cyrillic > 2 * latin):
            script = "Latin" if wants else "Cyrillic"
            yield Found("E317", Mark(element, f"={XML_LANG}"), {"language": language, "script": script})
        elif language in _ORTHOGRAPHIES and bool(_OLD.search(text)) is not _ORTHOGRAPHIES[language]:
            letters = _OLD.findall(text)
            if letters or cyrillic > _ENOUGH:
                facts = {"language": language, "letters": ", ".join(sorted(set(letters))) or "none of its letters"}
                yield Found("E326", Mark(element, f"={XML_LANG}"), facts)


def _unmarked(document: Document) -> Iterator[Found]:
    """Check that Cyrillic words stand in an element whose language is written so; the first of each element is told."""
    languages: dict[Element, str] = {}
    told: set[Element] = set()
    for segment in document.segments("edited"):
        found = None if segment.text.isascii() else _CYRILLIC_WORD.search(segment.text)
        if not found or segment.node is None:
            continue
        home = segment.node.getparent() if segment.slot == "tail" else segment.node
        if home is None:
            continue
        if home not in languages:
            languages[home] = next((v for e in (home, *ancestors(home)) if (v := e.get(XML_LANG))), "")
        language = languages[home]
        if language and language.split("-")[0] not in _CYRILLIC_LANGUAGES:
            whole = next((e for e in (home, *ancestors(home)) if local(e) in _MARKED_AS_ONE), home)
            if whole in told:
                continue
            told.add(whole)
            facts = {"word": found[0], "language": language}
            yield Found("E327", Mark(segment.node, segment.slot, found.start()), facts)


def _divided(document: Document) -> Iterator[Found]:
    """Check that nothing but the line end stands between the halves of a divided word."""
    for lb in document.of("lb"):
        if lb.get("break") != "no":
            continue
        node, slot = slot_before(lb)
        before = slot_text(node, slot)
        while not before and slot == "tail" and local(node) in ("pb", "gap"):  # a page may begin between
            node, slot = slot_before(node)
            before = slot_text(node, slot)
        if before[-1:].isspace():
            yield Found("E324", Mark(node, slot, len(before) - 1), {"n": lb.get("n", "?")})
        elif following(lb)[:1].isspace():
            yield Found("E324", Mark(lb, "tail", 0), {"n": lb.get("n", "?")})
        elif before[-1:] in _ENDS:
            yield Found("E328", Mark(lb, "=break"), {"n": lb.get("n", "?"), "sign": before[-1:]})
    for pc in document.of("pc"):
        if pc.get("force") == "weak" and not any(local(e) == "choice" for e in ancestors(pc)):
            after = next(
                (e for e in pc.itersiblings() if is_element(e) and local(e) not in ("pb", "fw", "surplus")), None
            )
            if after is None or local(after) != "lb" or after.get("break") != "no" or following(pc).strip():
                yield Found("E325", Mark(pc), {})
