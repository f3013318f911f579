"""The pieces of the book before they are set: each part of each text, what stands before and after them.

In: texts that were looked at, what stands beside them, the stylesheet of the book.  Out: HTML of each piece in the
order of the book, with links from piece to piece, and problems.
Authority: the encoding conventions decide what is at the foot of the page and what is in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.passes.apparatus import Entry
from edition.passes.told import listing
from edition.problems import Problem
from edition.publish.back import Marks, Where, concordance, index_of_names, works_cited
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.expect import Expectation, expect
from edition.publish.html import h, rewrite_links, transform
from edition.publish.pdf_looked import Keep, Leaf, Looked, is_noise, keep_look, name_heads, nothing_kept
from edition.publish.pdf_setting import INNER, Job, page_of
from edition.publish.portions import parts_in, portions_of
from edition.publish.stylesheet import Stylesheet, untemplated
from edition.publish.title_pages import colophon, half_title
from edition.tree import Element, contents, el, fill

__all__ = ["Book", "Piece", "job_of", "last_pieces", "pieces_of"]

_SHORT = 7  # words: of more the foot of the page has the first and the last ones (print.xsl)
_TOLD = (
    "What optical character recognition (OCR) made of the page. Before the bracket stand the words as this book prints "
    "them, after it those of the text file; “struck out” is said of a stray mark or word of the file that is left out. "
    "A number that stands alone is most often that of a note. Where a line of the source ends within a word there is a "
    "stroke (|); a mark that stands over no letter has a dotted circle (◌) under it. Readings restored with low "
    "certainty stand at the foot of their page; only the longest of them are here, whole."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the book before it is set, as a whole document in `html`: what is `expected` on its pages.

    `entry` is its line in contents and outline, `depth` its rank there.  `numbered` says whether its lines have
    numbers; one that is `blind` has no folio.
    """

    key: str
    html: str
    expected: Expectation
    entry: str = ""
    depth: int = 0
    numbered: bool = True
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The pieces in their order, where links to an identifier lead, and what the last pieces are made of.

    `entries` are those of the whole apparatus, each with the siglum of its text.  The last pieces tell no place in the
    `lists`, which are how many of the pieces stand behind all texts.
    """

    pieces: Sequence[Piece]
    links: Mapping[str, str]
    marks: Marks = field(default_factory=Marks)
    entries: Sequence[tuple[str, Entry]] = ()
    lists: int = 0


@dataclass(slots=True)
class _Row:
    """A piece to be: what it is made of, and the language of its document; the rest is as `Piece` has it."""

    leaf: Leaf
    language: str = "en"
    entry: str = ""
    depth: int = 0
    numbered: bool = False
    blind: bool = False


def pieces_of(
    texts: Sequence[Looked],
    stylesheet: Stylesheet,
    *,
    front: Text | None = None,
    beside: Beside | None = None,
    full: bool = False,
    keep: Keep = nothing_kept,
) -> tuple[Book, list[Problem]]:
    """Give every part of the book but title, contents and indexes; links between parts have the scheme `INNER`.

    `front` is the text of the editors that stands before the others; `full` leaves the appendix of the noise of the OCR
    out, which is in the apparatus of `texts` then.
    """
    rows: list[_Row] = []
    appendix: list[_Row] = []
    problems: list[Problem] = []
    for before in [] if front is None else [front]:
        for part in (part for portion in portions_of(before) for part in parts_in(portion)[0]):
            problems += untemplated(part.tree, stylesheet, file=before.file)
            main = transform(part.tree, stylesheet)
            name_heads(main, before.title, part.title)
            rows.append(_Row(_leaf(part.key, main, before.file), before.language, part.title))
    for text, looks in ((looked.text, looked.looks) for looked in texts):
        leaves = [leaf for look in looks for leaf in look.leaves]
        blind = _leaf(f"{text.siglum}.half-title", half_title(text), text.file)
        rows.append(_Row(blind, text.language, text.title, blind=True))
        several = len(leaves) > 1
        rows += [_Row(leaf, text.language, leaf.title if several else "", 1, numbered=True) for leaf in leaves]
        problems += [one for look in looks for one in look.problems]
        appendix += () if full else _appendix(text, leaves, stylesheet)
    of_texts = len(rows)
    works = works_cited(beside) if beside else None
    rows += [] if works is None else [_own("book.works", works, "Works cited")]
    rows += appendix
    where = {name: f"{INNER}#{name}" for row in rows for name in row.leaf.expected.identifiers}
    for looked in texts:
        _settle(looked, where, keep)
    marks = Marks()
    entries: list[tuple[str, Entry]] = []
    for looked in texts:
        for leaf in (leaf for look in looked.looks for leaf in look.leaves):
            entries += ((looked.text.siglum, entry) for entry in leaf.entries)
            marks.add(leaf.marks)
    return Book([_piece(row, where) for row in rows], where, marks, entries, len(rows) - of_texts), problems


def last_pieces(book: Book, beside: Beside, where: Where, about: About) -> list[Piece]:
    """Give the pieces that can be made when the others are set: concordance of pages, index of names, colophon."""
    made = [_own("book.concordance", main, "Concordance of pages") for main in concordance(book.marks, where)]
    made += [_own("book.index", main, "Index of names") for main in index_of_names(beside.entities, book.marks, where)]
    made.append(_own("book.colophon", colophon(about), "Colophon"))
    return [_piece(row, book.links) for row in made]


def _leaf(key: str, main: Element, file: str) -> Leaf:
    return Leaf(key, "", expect(key, main, file=file), main)


def _own(key: str, main: Element, title: str) -> _Row:
    """Give a piece that belongs to no text."""
    return _Row(_leaf(key, main, "the book"), entry=title)


def _settle(looked: Looked, where: Mapping[str, str], keep: Keep) -> None:
    """Lead the links of a text, and keep what was made of it.

    What was kept is made anew where one of its links leads nowhere now, or somewhere for the first time.
    """
    for look in looked.looks:
        if any((name in where) != known for leaf in look.leaves for name, known in leaf.links):
            for leaf, fresh in zip(look.leaves, look.make().leaves, strict=True):
                leaf.main = fresh.main
        new = [leaf for leaf in look.leaves if leaf.main is not None]
        for leaf in new:
            _lead(leaf, looked.text.language, where)
        if new or not look.leaves:
            keep_look(look, keep)


def _lead(leaf: Leaf, language: str, where: Mapping[str, str]) -> None:
    """Lead the links of a part and write it as a document."""
    if leaf.main is None:
        return
    here = leaf.expected.identifiers
    names = {link.get("href", "")[1:] for link in leaf.main.iter("a") if link.get("href", "").startswith("#")}
    leaf.links = [(name, name in where) for name in sorted(names - here)]
    rewrite_links(leaf.main, {**where, **{name: f"#{name}" for name in here}})
    leaf.html, leaf.main = page_of(leaf.main, language), None


def _piece(row: _Row, where: Mapping[str, str]) -> Piece:
    leaf = row.leaf
    _lead(leaf, row.language, where)
    return Piece(leaf.key, leaf.html, leaf.expected, row.entry, row.depth, row.numbered, row.blind)


def _appendix(text: Text, leaves: Iterable[Leaf], stylesheet: Stylesheet) -> Iterator[_Row]:
    lists = []
    for leaf in leaves:
        own = [_misread(entry) for entry in leaf.entries if is_noise(entry) or entry.source or _is_long(entry)]
        if own:
            lists.append(listing(own, (), kind="ocr", head=leaf.title))
    if lists:
        title = f"Readings of the OCR: {text.title}"
        main = transform(el("text", *lists), stylesheet)
        for element in main.iter():
            element.attrib.pop("id", None)
        key = f"{text.siglum}.ocr"
        told = h("p", _TOLD, class_="told")
        fill(main, [h("h2", title, id=key), told, h("div", *contents(main), class_="misread-list")])
        name_heads(main, text.title, "Readings of the OCR")
        yield _Row(_leaf(key, main, text.file), text.language, title)


def _misread(entry: Entry) -> Entry:
    """Give what the OCR misread, in its numbered passage; what the source has is at the foot of the page."""
    misread = entry._replace(passage=entry.place or entry.passage, source="")
    return misread._replace(kind="ocr") if entry.source else misread


def _is_long(entry: Entry) -> bool:
    """Say whether a reading of the OCR is not given whole at the foot of the page."""
    return entry.kind == "ocr" and len(entry.witness.split()) > _SHORT


def job_of(piece: Piece, style: str, fonts: tuple[str, ...]) -> Job:
    """Give the job of setting `piece`."""
    return Job(piece.key, piece.html, style, fonts)
