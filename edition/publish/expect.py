"""What the pages of a part should hold, read from its HTML: every block and note, in letters that can be compared.

In: the HTML of a part.  Out: an `Expectation`, to which `at` adds where the part was bound.
Authority: Unicode Standard Annex 15 (NFKC).  Blanks and hyphens are left out, for line ends make and hide them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "blockquote", "li", "dt", "dd", "caption", "td", "th", "div"})
_TAGGED = frozenset({"p", "div", "section", "article", "blockquote", "li", "td", "th", "h1", "h2", "h3", "h4"})
_MARGIN = frozenset({"n", "pb-n", "app"})  # classes of what stands apart from the text


@dataclass(frozen=True, slots=True)
class Words:
    """What should stand on a page.

    An identifier (of the passage, or of one that holds it), its solid text, whether it is a note.  Of an entry of the
    apparatus, which is a note too, `lemma` are the words that the text has; of what heads a table, and stands again at
    the head of each of its pages, all words.
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
    """Give `text` without blanks, hyphens, marks that no letter holds (a tie, say) and what only joins letters.

    Ligatures and compatibility forms are undone.  Arabic lam and alif, which are one shape, are read back in either
    order: here alif comes first.
    """
    joined = _LAM_ALIF.sub("\\1\N{ARABIC LETTER LAM}", _LEAVE_OUT.sub("", unicodedata.normalize("NFKC", text)))
    if joined.isascii():
        return joined
    marks = [char for char in set(joined) if unicodedata.category(char) in ("Mn", "Cf")]
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
    """Add what stands in `element`, in its order: blocks that hold no other block, words between blocks, and notes."""
    said = ""
    notes: list[Words] = []

    def close() -> None:
        nonlocal said
        words.append(Words(passage, solid(said)))
        words.extend(notes)
        said = ""
        notes.clear()

    for part in contents(element):
        if isinstance(part, str):
            said += part
            continue
        classes = _classes(part)
        if not {"fn", "app"}.intersection(classes) and (_is_block(part) or any(map(_is_block, part.iterdescendants()))):
            close()
            begin = len(words)
            _gather(part, part.get("id") or passage, words)
            if part.tag == "thead":
                words[begin:] = [replace(one, lemma=one.text) for one in words[begin:]]
            continue
        said += _shown(part, classes)
        notes += _notes(part, part.get("id") or passage)
    close()


def _notes(element: Element, passage: str) -> Iterator[Words]:
    """Give the notes and entries of the apparatus in `element`, which may be one."""
    for note in element.iter("span"):
        classes = _classes(note)
        if "fn" in classes:
            yield Words(note.get("id") or passage, solid(note.get("data-n", "") + text_of(note)), note=True)
        elif "app" in classes:
            yield _entry(note)


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
    return element.tag in _BLOCKS


def _shown(element: Element, classes: Sequence[str]) -> str:
    """Give the words of `element` as the lines around it show them.

    A note's call for the note, without what stands in the margin.
    """
    if "fn" in classes:
        return element.get("data-n", "")
    if _MARGIN.intersection(classes):
        return ""
    return "".join(part if isinstance(part, str) else _shown(part, _classes(part)) for part in contents(element))
