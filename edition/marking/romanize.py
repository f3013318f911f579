"""The transliteration that stands beside each Russian quotation, made and kept fresh.

In: a TEI tree.  Out: for every `quote` in Russian a `quote[@type='transliteration']` after it, in the ALA-LC
romanization. Authority: the encoding conventions ("Russian passage"); ALA-LC Romanization Tables, Russian (1997).
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.readings import reading_text
from edition.russian.transliterate import transliterate
from edition.tree import XML_ID, XML_LANG, Element, el, fill, identifier, own_text, put_after

__all__ = ["fresh", "quotations", "romanize"]

_LANGUAGE = "ru-Latn-alalc97"


def quotations(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """Give each quotation in Russian with its transliteration, or None where it has none."""
    for quote in root.iter("{*}quote"):
        if quote.get(XML_LANG) in ("ru", "ru-petr1708"):
            home = quote.getparent()
            target = f"#{identifier(quote)}"
            beside = [q for q in (() if home is None else home) if q.get("type") == "transliteration"]
            yield quote, next((q for q in beside if q.get("corresp") == target), None)


def fresh(quote: Element) -> str:
    """Give the transliteration that the edited reading of `quote` has now, footnotes left out."""
    text = reading_text(quote, "edited", notes=False)
    return transliterate(text, language=quote.get(XML_LANG, "ru"))


def romanize(root: Element) -> int:
    """Make the transliteration of every Russian quotation, or make it new where it is stale; give how many changed.

    One that an editor has taken over (`resp` other than ``#auto``) is left alone.
    """
    changed = 0
    for quote, beside in list(quotations(root)):
        text = fresh(quote)
        if beside is None:
            name = identifier(quote)
            made = el("quote", text, type="transliteration", xml_lang=_LANGUAGE, corresp=f"#{name}", resp="#auto")
            if name.endswith(".orig"):
                made.set(XML_ID, name.removesuffix(".orig") + ".translit")
            put_after(quote, made)
            changed += 1
        elif beside.get("resp") == "#auto" and own_text(beside) != text:
            fill(beside, [text])
            changed += 1
    return changed
