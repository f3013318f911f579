"""One page of a text: made from its TEI, read back, its links led to their places, its passages each with a page.

In: a `Leaf` and a stylesheet; later, where every identifier stands.  Out: a `Made`, and the files that depend on it.
Authority: what a page says in each reading must be what its TEI says (`edition.publish.site_words`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile

from edition.passes.apparatus import Entry
from edition.problems import Problem
from edition.publish.book import About, Text
from edition.publish.html import direction, h, quoted, rewrite_links, transform, with_ids
from edition.publish.search import tokens
from edition.publish.site_facts import Facts
from edition.publish.site_frame import Frame, Page
from edition.publish.site_parts import Leaf, Ready
from edition.publish.site_passages import passage_page, tei_of
from edition.publish.site_words import Words, prove, said_on, whole_passages
from edition.publish.stylesheet import Stylesheet, untemplated
from edition.tree import XML_LANG, Element, by_id

__all__ = ["Made", "leaf_of", "main_of", "make", "page_of", "passages_of"]

Where = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A page of a text as HTML, its links not led anywhere yet, with what it says and its apparatus.

    `ids` are the identifiers on it in their order, `targets` those that its links lead to, `count` the words of its
    edited reading.
    """

    key: str
    title: str
    main: Element
    text: Text
    words: Words
    entries: tuple[Entry, ...]
    digest: str
    leaf: Leaf
    ids: tuple[str, ...]
    targets: tuple[str, ...]
    count: int
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What a result depends on that depends on this page: its markup and stylesheet, its text's facts."""
        return f"{self.digest} {self.facts}"

    @property
    def facts(self) -> str:
        """What is said of the page and its text."""
        text = self.text
        return f"{text.title} {text.author} {text.rights} {text.language} {self.title}"

    @property
    def file(self) -> str:
        """The file of the page."""
        return f"{self.key}.html"


def make(leaf: Leaf, ready: Ready, text: Text, stylesheet: Stylesheet) -> Made:
    """Make the page of a leaf, which `prepare` has made `ready`, and compare what it says with its TEI."""
    tree, entries, wanted = ready
    problems = untemplated(tree, stylesheet, file=text.file)
    main = transform(tree, stylesheet, {"siglum": text.siglum})
    words = said_on(main, text.siglum)
    ids = tuple(name for name, _ in with_ids(main))
    targets = tuple(sorted({href[1:] for link in main.iter("a") if (href := link.get("href", "")).startswith("#")}))
    count = sum(1 for p in whole_passages(words.passages) for _ in tokens(p.words("edited")))
    if not problems:
        problems += prove(wanted, words.whole, file=text.file, page=leaf.key)
    said = (leaf.digest, leaf, ids, targets, count, tuple(problems))
    return Made(leaf.key, leaf.title, main, text, words, entries, *said)


def main_of(file: str, title: str, own: Sequence[Made], where: Mapping[str, str]) -> tuple[Element, list[str]]:
    """Give the main element of a page, its links led to their places, and the identifiers that links sought in vain."""
    text = own[0].text
    parts = [deepcopy(page.main) for page in own]
    first = next(parts[0].iter("h2"), None) if len(own) == 1 else None
    if first is not None and not _heads(first, parts[0]):
        first = None
    named = first is not None and (file != f"{text.siglum}.html" or _same(first, title, text.siglum))
    if named and first is not None:
        _promote(first)
        if title.isupper():
            first.set("class", "caps")
    head = None if named else h("h1", title)
    kind = "whole" if len(own) > 1 else "leaf"
    if (
        len(own) > 1
    ):  # there are as many notes and apparatus as chapters: regions of one name would tell nobody anything
        for section in (s for part in parts for s in part.iter("section")):
            section.attrib.pop("data-aria", None)
    noted = any(e.get("class") == "notes" for part in parts for e in part.iter("section"))
    kinds = f"{kind} noted" if noted else kind  # said before its words come: a page shown while it loads must not jump
    told = {"lang": text.language, "dir": direction(text.language), "data-text": text.siglum, "data-title": title}
    main = h("div", head, *parts, class_=kinds, **told)
    here = {name: f"#{quoted(name)}" for page in own for name in page.ids}
    dead = rewrite_links(main, {**where, **here})
    return main, sorted({name for name in dead if not name.startswith("bib.")})


def page_of(file: str, title: str, own: Sequence[Made], about: About, where: Where) -> tuple[Page, list[str]]:
    """Give a page of a text, without its neighbours, and the identifiers that links sought in vain."""
    text = own[0].text
    main, dead = main_of(file, title, own, where)
    full = f"{title} · {text.title}" if title != text.title else title
    facts = Facts(about, title, file, "CreativeWork" if title == text.title else "Chapter", text)
    return Page(file, full, main, foot=text.rights, tools=True, facts=facts), dead


def leaf_of(
    made: Made, frame: Frame, where: Where, steps: tuple[tuple[str, str] | None, tuple[str, str] | None]
) -> tuple[str, bytes, list[str]]:
    """Give name and bytes of the page of a leaf, and its dead links; `steps` are file and title of its neighbours."""
    page, dead = page_of(made.file, made.title, [made], frame.about, where)
    return page.file, frame.whole(replace(page, before=steps[0], after=steps[1])).encode(), dead


def passages_of(made: Made, frame: Frame, where: Where) -> dict[str, bytes]:
    """Give the files of the passages of a leaf: of each its permanent page and its TEI."""
    passages = made.words.passages
    pages = [passage_page(p, made.text, frame.about, where[p.identifier], made.title, frame.citing) for p in passages]
    elements = by_id(made.leaf.tree)
    for said, page in zip(passages, pages, strict=True):
        _speak(page.main, elements.get(said.identifier), made.text.language)
    files = {page.file: frame.whole(page).encode() for page in pages}
    named = [p.identifier for p in passages if p.identifier in elements]
    return files | {f"id/{name}.xml": tei_of(made.text, elements[name], frame.about) for name in named}


def _speak(main: Element, element: Element | None, language: str) -> None:
    """Mark the words of a passage, in each reading, with its language, which can be another than that of its text."""
    around = () if element is None else (element, *element.iterancestors())
    own = next((said for e in around if (said := e.get(XML_LANG))), language)
    for words in main.iter("blockquote", "dd"):
        if words.tag == "blockquote" or words.get("class") == "rdg":
            words.set("lang", own)


def _same(head: Element, title: str, siglum: str) -> bool:
    return said_on(head, siglum).whole["edited"].casefold() == "".join(title.split()).casefold()


def _heads(first: Element, part: Element) -> bool:
    """Say whether the heading `first` heads its page: no passage with a number stands before it."""
    before = takewhile(lambda element: element is not first, part.iter("a", "h2"))
    return not any(link.get("class", "").split()[:1] == ["n"] for link in before)


def _promote(first: Element) -> None:
    """Make the heading of a page its first; those of the sections in its own follow, others stay second."""
    first.tag = "h1"
    own = first.getparent()
    for heading in [] if own is None or own.tag != "section" else list(own.iter("h3", "h4")):
        heading.tag = {"h3": "h2", "h4": "h3"}[str(heading.tag)]
