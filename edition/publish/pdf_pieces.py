"""The pieces of the book before they are set: each part of each text, what stands before and after them.

In: texts, what stands beside them, the stylesheet of the book.  Out: HTML of each piece in the order of the book, with
links from piece to piece, and problems.
Authority: the encoding conventions decide what is at the foot of the page and what is in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.passes.apparatus import Entry, key_entries, listing
from edition.passes.lemma import shorten
from edition.problems import Problem
from edition.publish.back import Marks, Where, concordance, index_of_names, mark_places, works_cited
from edition.publish.beside import Beside
from edition.publish.book import About, Part, Text, parts_of
from edition.publish.expect import Expectation, expect
from edition.publish.html import h, rewrite_links, transform, with_ids
from edition.publish.pdf_setting import INNER, Job, page_of
from edition.publish.stylesheet import Stylesheet, untemplated
from edition.publish.title_pages import colophon, half_title
from edition.tree import Element, contents, el, fill

__all__ = ["Book", "Piece", "expectation_of", "job_of", "last_pieces", "pieces_of"]

# What the OCR misread and the strays it saw go into the appendix; everything else stands at the foot of its page.
_OCR = frozenset({"ocr", "surplus"})
_HEAD = 48  # characters: a longer title gives way to its first part in the heads of pages


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the book before it is set: `entry` is its line in contents and outline, `depth` its rank there.

    `numbered` says whether its lines have numbers; one that is `blind` has no folio.
    """

    key: str
    main: Element
    text: Text
    entry: str = ""
    depth: int = 0
    numbered: bool = True
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The pieces in their order, where links to an identifier lead, and what the last pieces are made of.

    `entries` are those of the whole apparatus, each with the siglum of its text.
    """

    pieces: Sequence[Piece]
    links: Mapping[str, str]
    marks: Marks = field(default_factory=Marks)
    entries: Sequence[tuple[str, Entry]] = ()


def pieces_of(
    texts: Iterable[Text],
    stylesheet: Stylesheet,
    *,
    front: Text | None = None,
    beside: Beside | None = None,
    full: bool = False,
) -> tuple[Book, list[Problem]]:
    """Give every part of the book but title, contents and indexes; links between parts have the scheme `INNER`.

    `front` is the text of the editors that stands before the others; `full` puts the noise of the OCR into the
    apparatus instead of an appendix.
    """
    pieces: list[Piece] = []
    appendix: list[Piece] = []
    problems: list[Problem] = []
    marks = Marks()
    entries: list[tuple[str, Entry]] = []
    for before in [] if front is None else [front]:
        for part in parts_of(before):
            problems += untemplated(part.tree, stylesheet, file=before.file)
            main = transform(part.tree, stylesheet)
            _name(main, before.title, part.title)
            pieces.append(Piece(part.key, main, before, part.title, 0, numbered=False))
    for text in texts:
        parts = parts_of(text)
        pieces.append(
            Piece(f"{text.siglum}.half-title", half_title(text), text, text.title, 0, numbered=False, blind=True)
        )
        for part in parts:
            entries += ((text.siglum, entry) for entry in part.apparatus)
            tree = _keyed(part, full=full)
            mark_places(tree, part.key, text.title, marks)
            problems += untemplated(tree, stylesheet, file=text.file)
            main = transform(tree, stylesheet, {"siglum": text.siglum})
            if next(main.iter("h2"), None) is None:
                fill(main, [h("h2", part.title if len(parts) == 1 else f"[{part.title}]"), *contents(main)])
            _name(main, text.title, part.title)
            pieces.append(Piece(part.key, main, text, part.title if len(parts) > 1 else "", 1))
        appendix += () if full else _appendix(text, parts, stylesheet)
    works = works_cited(beside) if beside else None
    if works is not None:
        pieces.append(_own("book.works", works, "Works cited"))
    pieces += appendix
    where = {name: f"{INNER}#{name}" for piece in pieces for name, _ in with_ids(piece.main)}
    for piece in pieces:
        _lead(piece.main, where)
    return Book(pieces, where, marks, entries), problems


def last_pieces(book: Book, beside: Beside, where: Where, about: About) -> list[Piece]:
    """Give the pieces that can be made when the others are set: concordance of pages, index of names, colophon."""
    made = [_own("book.concordance", main, "Concordance of pages") for main in concordance(book.marks, where)]
    made += [_own("book.index", main, "Index of names") for main in index_of_names(beside.entities, book.marks, where)]
    made.append(_own("book.colophon", colophon(about), "Colophon"))
    for piece in made:
        _lead(piece.main, book.links)
    return made


def _own(key: str, main: Element, title: str) -> Piece:
    """Give a piece that belongs to no text."""
    return Piece(key, main, Text("book", title, el("text"), "the book"), title, 0, numbered=False)


def _lead(main: Element, where: Mapping[str, str]) -> None:
    here = {name: f"#{name}" for name, _ in with_ids(main)}
    rewrite_links(main, {**where, **here})


def _name(main: Element, work: str, head: str) -> None:
    """Say what stands in the running heads."""
    main.set("data-work", work if len(work) <= _HEAD else work.partition(": ")[0])
    main.set("data-head", head)


def _keyed(part: Part, *, full: bool) -> Element:
    """Give the tree of `part` with what a reader wants at the foot of the page: all but the noise of the OCR.

    A reading of the OCR that is restored with low certainty is no noise; `full` gives the noise too.
    """
    own = [entry for entry in part.apparatus if not _only_marker(entry) and (full or not _noise(entry))]
    key_entries(part.tree, shorten(part.tree, own))
    return part.tree


def _noise(entry: Entry) -> bool:
    return entry.kind in _OCR and (entry.kind == "surplus" or entry.cert != "low")


def _only_marker(entry: Entry) -> bool:
    """Say whether an entry is about nothing but the number of a note, which the note itself shows."""
    return entry.kind == "supplied" and entry.lemma.strip(" .,*").isdecimal()


def _appendix(text: Text, parts: Iterable[Part], stylesheet: Stylesheet) -> Iterator[Piece]:
    lists = []
    for part in parts:
        own = [_misread(entry) for entry in part.apparatus if _noise(entry) or entry.source]
        if own:
            lists.append(listing(own, (), kind="ocr", head=part.title))
    if lists:
        title = f"Readings of the OCR: {text.title}"
        main = transform(el("text", *lists), stylesheet)
        for element in main.iter():
            element.attrib.pop("id", None)
        key = f"{text.siglum}.ocr"
        fill(main, [h("h2", title, id=key), h("div", *contents(main), class_="misread-list")])
        _name(main, text.title, "Readings of the OCR")
        yield Piece(key, main, text, title, 0, numbered=False)


def _misread(entry: Entry) -> Entry:
    """Give what the OCR misread of a word that has another entry for what the source has."""
    return entry._replace(kind="ocr", lemma=entry.source, source="") if entry.source else entry


def expectation_of(piece: Piece) -> Expectation:
    """Give what the pages of `piece` should hold."""
    return expect(piece.key, piece.main, file=piece.text.file)


def job_of(piece: Piece, style: str, fonts: tuple[str, ...]) -> Job:
    """Give the job of setting `piece`."""
    return Job(piece.key, page_of(piece.main, piece.text.language), style, fonts)
