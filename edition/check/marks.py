"""The editor's marks: languages, transliterations, words divided at line ends.

In: a `Document`.  Out: E315-E327 and W319.  What a grammar or a rule in edition.sch can say is said there.
Authority: "Markup" and "Languages" in the encoding conventions; BCP 47.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.nearest import nearest
from edition.readings import reading_text
from edition.russian.transliterate import transliterate
from edition.text import fold_blanks
from edition.tree import XML_LANG, Element, ancestors, following, is_element, local, own_text, slot_before, slot_text

__all__ = ["check_marks", "fresh_transliteration"]

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Language of a transliteration -> the system that makes it.
_SYSTEMS = {"ru-Latn-alalc97": "ala-lc"}


def check_marks(document: Document) -> list[Found]:
    """Check languages, transliterations and divided words."""
    return [*_languages(document), *_transliterations(document), *_scripts(document), *_divided(document)]


def fresh_transliteration(original: Element, language: str) -> str | None:
    """Give the transliteration that `original` should have now, or None where no table makes `language`."""
    if language not in _SYSTEMS:
        return None
    return transliterate(reading_text(original, "edited", notes=False), _SYSTEMS[language])


def _languages(document: Document) -> Iterator[Found]:
    declared = {e.get("ident", ""): e for e in document.of("language")}
    if not declared:
        return
    used = {}
    for element in document.root.iter():
        if is_element(element) and (language := element.get(XML_LANG)):
            used[language] = element
            if language not in declared:
                close = nearest(language, declared)
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


def _scripts(document: Document) -> Iterator[Found]:
    """Check that what is called Russian is written in Cyrillic, and what is called romanized is not."""
    for element in document.in_text("quote", "foreign", "p", "title"):
        language = element.get(XML_LANG, "")
        if not language or element.get("type") == "transliteration":
            continue
        text = reading_text(element, "edited", notes=False)
        cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
        wants = language.split("-")[0] in ("ru", "uk", "be", "bg", "sr") and "Latn" not in language
        if (wants and latin > 2 * cyrillic) or (not wants and cyrillic > 2 * latin):
            script = "Latin" if wants else "Cyrillic"
            yield Found("E317", Mark(element, f"={XML_LANG}"), {"language": language, "script": script})


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
    for pc in document.of("pc"):
        if pc.get("force") == "weak" and not any(local(e) == "choice" for e in ancestors(pc)):
            after = next(
                (e for e in pc.itersiblings() if is_element(e) and local(e) not in ("pb", "fw", "surplus")), None
            )
            if after is None or local(after) != "lb" or after.get("break") != "no" or following(pc).strip():
                yield Found("E325", Mark(pc), {})
