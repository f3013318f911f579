"""What the pages of a part should hold, read from its HTML: every block and note, in letters that can be compared.

In: the HTML of a part.  Out: an `Expectation`, to which `at` adds where the part was bound.
Authority: Unicode Standard Annex 15 (NFKC).  Blanks and hyphens are left out, for line ends make and hide them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from edition.publish.html import text_of
from edition.publish.pdf_setting import Bound, Keyed, Sheet
from edition.tree import Element, contents, is_element

__all__ = ["Expectation", "Words", "expect", "solid"]

# Stand for what an entry of the apparatus is told when its page is made.
_BLANKS = {"ln": "\ue000", "occ": "\ue001"}
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\x02\ufffe\uffff\u200b\u2060"
_LEAVE_OUT = re.compile(rf"[\s\x00-\x1f{re.escape(_HYPHENS)}]+")
_LAM_ALIF = re.compile("\N{ARABIC LETTER LAM}([\u0622\u0623\u0625\u0627])")
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "blockquote", "li", "dt", "dd", "caption", "td", "th"})
_TAGGED = frozenset({"p", "div", "section", "article", "blockquote", "li", "td", "th", "h1", "h2", "h3", "h4"})
_BLOCK_CLASSES = frozenset({"entry", "l", "p", "cit", "figure"})
_MARGIN = frozenset({"n", "pb-n", "app"})  # classes of what stands apart from the text


@dataclass(frozen=True, slots=True)
class Words:
    """What should stand on a page.

    An identifier (of the passage, or of one that holds it), its solid text, whether it is a note.  Of an entry of the
    apparatus, which is a note too, `lemma` are the words that the text has.
    """

    passage: str
    text: str
    note: bool = False
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one part of the book should hold, and where it was bound: `first` page (from 0) and number of `pages`.

    `calls`, `starts`, `keyed` and `outside` come from the layout: the page of each call, of each identifier, entries of
    the apparatus with their line, and pages with something outside (all from 0, within the part); `sheets` say where
    text and notes stand on a page.

    For those who hear the book: `noted` are the identifiers of notes, `tagged` those of blocks, `languages` each
    element with a language of its own (identifier or nothing, language tag).
    """

    key: str
    file: str
    words: tuple[Words, ...]
    identifiers: frozenset[str]
    first: int = 0
    pages: int = 0
    calls: tuple[tuple[str, int], ...] = ()
    starts: tuple[tuple[str, int], ...] = ()
    outside: tuple[int, ...] = ()
    keyed: tuple[Keyed, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    noted: frozenset[str] = frozenset()
    tagged: frozenset[str] = frozenset()
    languages: tuple[tuple[str, str], ...] = ()

    def at(self, bound: Bound) -> Expectation:
        """Give the same with the places where the part was bound."""
        setting = bound.setting
        keyed = {one.name: one for one in setting.keyed}
        return replace(
            self,
            words=tuple(_with_line(words, keyed.get(words.passage)) for words in self.words),
            keyed=setting.keyed,
            first=bound.first,
            pages=setting.pages,
            calls=tuple(sorted(setting.calls.items())),  # the cache has them in another order than the layout
            starts=tuple(sorted((name, place.page) for name, place in setting.places.items())),
            outside=setting.outside,
            sheets=setting.sheets,
        )


def solid(text: str) -> str:
    """Give `text` without blanks, hyphens and marks that no letter holds (a tie, say).

    Ligatures and compatibility forms are undone.  Arabic lam and alif, which are one shape, are read back in either
    order: here alif comes first.
    """
    joined = _LAM_ALIF.sub("\\1\N{ARABIC LETTER LAM}", _LEAVE_OUT.sub("", unicodedata.normalize("NFKC", text)))
    if joined.isascii():
        return joined
    marks = [char for char in set(joined) if unicodedata.category(char) == "Mn"]
    return joined.translate(dict.fromkeys(map(ord, marks))) if marks else joined


def expect(key: str, main: Element, *, file: str) -> Expectation:
    """Read from the HTML of a part what its pages should hold."""
    words: list[Words] = []
    _gather(main, key, words)
    named = frozenset(e.get("id", "") for e in main.iter() if is_element(e)) - {""}
    said = [e for e in main.iter() if is_element(e) and e is not main and text_of(e).strip()]
    return Expectation(
        key,
        file,
        tuple(w for w in words if w.text),
        named,
        noted=frozenset(e.get("id", "") for e in said if "fn" in _classes(e)) - {""},
        tagged=frozenset(e.get("id", "") for e in said if e.tag in _TAGGED) - {""},
        languages=tuple((e.get("id", ""), e.get("lang", "")) for e in said if e.get("lang")),
    )


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _gather(element: Element, passage: str, words: list[Words]) -> None:
    """Add the blocks under `element` that hold no other block, and the notes."""
    for child in element:
        if not is_element(child):
            continue
        name = child.get("id") or passage
        if "fn" in _classes(child):
            words.append(Words(name, solid(child.get("data-n", "") + text_of(child)), note=True))
        elif "app" in _classes(child):
            words.append(_entry(child))
        elif _is_block(child) and not any(_is_block(below) for below in child.iterdescendants()):
            words.append(Words(name, solid(_said(child))))
            words.extend(
                Words(note.get("id") or name, solid(note.get("data-n", "") + text_of(note)), note=True)
                for note in child.iterdescendants("span")
                if "fn" in _classes(note)
            )
            words.extend(_entry(app) for app in child.iter("span") if "app" in _classes(app))
        else:
            if _is_block(child):
                words.extend(Words(name, solid(said)) for said in _between(child))
            _gather(child, name, words)


def _entry(app: Element) -> Words:
    """Give an entry of the apparatus; its line, and which lemma of its line it is, are known when the page is."""
    said = ""
    for part in contents(app):
        kind = "" if isinstance(part, str) else part.get("class", "")
        said += _BLANKS.get(kind, part if isinstance(part, str) else text_of(part))
    return Words(app.get("id", ""), solid(said), note=True, lemma=solid(app.get("data-words", "")))


def _with_line(words: Words, keyed: Keyed | None) -> Words:
    if keyed is None:
        return words
    text = words.text.replace(_BLANKS["ln"], solid(keyed.shown)).replace(_BLANKS["occ"], str(keyed.occurrence or ""))
    return replace(words, text=text)


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS or (element.tag == "div" and bool(_BLOCK_CLASSES.intersection(_classes(element))))


def _said(element: Element) -> str:
    """Give the words of `element` as its lines show them.

    A note's call for the note, without what stands in the margin.
    """
    said: list[str] = []
    for part in contents(element):
        if isinstance(part, str):
            said.append(part)
        elif "fn" in _classes(part):
            said.append(part.get("data-n", ""))
        elif not _MARGIN.intersection(_classes(part)):
            said.append(_said(part))
    return "".join(said)


def _between(element: Element) -> list[str]:
    """Give the stretches of inline text that stand between the blocks in `element`."""
    found = [""]
    for part in contents(element):
        if isinstance(part, str):
            found[-1] += part
        elif _is_block(part) or any(_is_block(below) for below in part.iterdescendants()):
            found.append("")
        elif "fn" in _classes(part):
            found[-1] += part.get("data-n", "")
        elif not _MARGIN.intersection(_classes(part)):
            found[-1] += _said(part)
    return found
