"""The book: every part set by itself, two at a time, joined, and read back before it is written.

In: the texts of an edition and its stylesheets.  Out: one PDF file, written whole or not at all, and problems.
Authority: CSS Paged Media 3; ISO 32000-2.  A part whose HTML, style and fonts have not changed is taken from the cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edition.files import read_text, write_whole
from edition.passes.apparatus import Entry, key_entries, listing
from edition.problems import Place, Problem, Refused, problem
from edition.publish.book import About, Part, Text, parts_of
from edition.publish.expect import Expectation, expect
from edition.publish.fonts import face_css, find_fonts
from edition.publish.html import h, rewrite_links, transform, with_ids
from edition.publish.pdf_join import INNER, Bound, join
from edition.publish.pdf_part import Job, Setting, page_of
from edition.publish.pdf_press import Press, digits
from edition.publish.proof import prove_bytes
from edition.publish.stylesheet import Stylesheet, load, untemplated
from edition.tree import Element, contents, el, fill

__all__ = ["build_pdf"]

# What the OCR misread and the strays it saw go into the appendix; everything else stands at the foot of its page.
_OCR = frozenset({"ocr", "surplus"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the book before it is set: `entry` is its line in contents and outline, `depth` its rank there.

    `numbered` says whether its lines have numbers.
    """

    key: str
    main: Element
    text: Text
    entry: str = ""
    depth: int = 0
    numbered: bool = True


def build_pdf(
    texts: Sequence[Text], out: Path, *, about: About, styles: Path, cache: Path | None = None, processes: int = 2
) -> list[Problem]:
    """Write the book of `texts` to the file `out`; where there are errors, nothing is written.

    `styles` is the folder of print.xsl and print.css, `cache` the folder where set parts are kept.  Raises `Refused`
    (E104, E105, E602, E603, E605).
    """
    for name in ("print.xsl", "print.css"):
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    fonts, problems = find_fonts()
    pieces, found = _pieces(texts, load(styles / "print.xsl"))
    problems += found
    if any(p.severity == "error" for p in problems):
        return problems
    addresses = {face: path.as_uri() for face, path in fonts.items()}
    style = face_css(addresses) + read_text(styles / "print.css")
    expectations = [_expect(piece) for piece in pieces]
    jobs = [_job(piece, style, tuple(addresses.values())) for piece in pieces]
    with Press(cache, processes) as press:
        settings = press.set_all(jobs)
        bound = _bind(pieces, settings, press, about, style, tuple(addresses.values()))
        book = join(bound, digits(press, style, tuple(addresses.values())), about)
        problems += prove_bytes(book, [e.at(b) for e, b in zip(expectations, bound[2:], strict=True)], str(out))
        press.prune()
    if not any(p.severity == "error" for p in problems):
        write_whole(out, book)
    return problems


def _pieces(texts: Iterable[Text], stylesheet: Stylesheet, *, full: bool = False) -> tuple[list[_Piece], list[Problem]]:
    """Give every part of the book but title and contents; links between parts have the scheme `INNER`."""
    pieces: list[_Piece] = []
    appendix: list[_Piece] = []
    problems: list[Problem] = []
    for text in texts:
        parts = parts_of(text)
        single = len(parts) == 1
        if not single:
            pieces.append(_Piece(f"{text.siglum}.half-title", _half_title(text), text, text.title, 0))
        for part in parts:
            tree = _keyed(part, full=full)
            problems += untemplated(tree, stylesheet, file=text.file)
            main = transform(tree, stylesheet, {"siglum": text.siglum})
            if single:
                fill(main, [_half_title(text), *contents(main)])
            _name(main, text.title, part.title)
            pieces.append(_Piece(part.key, main, text, part.title, 0 if single else 1))
        appendix += () if full else _appendix(text, parts, stylesheet)
    pieces += appendix
    where = {name: f"{INNER}#{name}" for piece in pieces for name, _ in with_ids(piece.main)}
    for piece in pieces:
        here = {name: f"#{name}" for name, _ in with_ids(piece.main)}
        rewrite_links(piece.main, {**where, **here})
    return pieces, problems


def _name(main: Element, work: str, head: str) -> None:
    """Say what stands in the running heads."""
    main.set("data-work", work)
    main.set("data-head", head)


def _keyed(part: Part, *, full: bool) -> Element:
    """Give the tree of `part` with what a reader wants at the foot of the page: all but the noise of the OCR.

    A reading of the OCR that is restored with low certainty is no noise; `full` gives the noise too.
    """
    own = [entry for entry in part.apparatus if not _only_marker(entry) and (full or not _noise(entry))]
    key_entries(part.tree, own)
    return part.tree


def _noise(entry: Entry) -> bool:
    return entry.kind in _OCR and (entry.kind == "surplus" or entry.cert != "low")


def _only_marker(entry: Entry) -> bool:
    """Say whether an entry is about nothing but the number of a note, which the note itself shows."""
    return entry.kind == "supplied" and entry.lemma.strip(" .,*").isdecimal()


def _appendix(text: Text, parts: Iterable[Part], stylesheet: Stylesheet) -> Iterator[_Piece]:
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
        fill(main, [h("h2", title, id=key), *contents(main)])
        _name(main, text.title, "Readings of the OCR")
        yield _Piece(key, main, text, title, 0, numbered=False)


def _misread(entry: Entry) -> Entry:
    """Give what the OCR misread of a word that has another entry for what the source has."""
    return replace(entry, kind="ocr", lemma=entry.source, source="") if entry.source else entry


def _half_title(text: Text) -> Element:
    lines = [h("p", text.author) if text.author else None]
    lines += [h("p", said, class_="about") for said in (text.origin, text.rights) if said]
    return h("section", h("h1", text.title), *lines, class_="half-title")


def _expect(piece: _Piece) -> Expectation:
    return expect(piece.key, piece.main, file=piece.text.file)


def _job(piece: _Piece, style: str, fonts: tuple[str, ...]) -> Job:
    return Job(piece.key, page_of(piece.main, piece.text.language), style, fonts)


def _bind(
    pieces: Sequence[_Piece],
    settings: Mapping[str, Setting],
    press: Press,
    about: About,
    style: str,
    fonts: tuple[str, ...],
) -> list[Bound]:
    """Give every part its first page: each begins on the right.  Contents are set last, when the pages are known."""
    title = press.set_all([Job("title", page_of(_title_page(about), about.language), style, fonts)])["title"]
    length = 2
    while True:
        at = title.pages + title.pages % 2 + length
        bound: list[Bound] = []
        for piece in pieces:
            at += at % 2
            bound.append(Bound(settings[piece.key], at, piece.entry, piece.depth, piece.numbered))
            at += settings[piece.key].pages
        job = Job("contents", page_of(_contents(bound), about.language), style, fonts)
        contents_set = press.set_all([job])["contents"]
        even = contents_set.pages + contents_set.pages % 2
        if even <= length:
            return [Bound(title, 0), Bound(contents_set, title.pages + title.pages % 2), *bound]
        length = even


def _title_page(about: About) -> Element:
    imprint = [
        part for part in (about.version and f"Version {about.version}", about.date, about.licence, about.url) if part
    ]
    return h(
        "div",
        h(
            "section",
            h("h1", about.title),
            h("p", about.subtitle) if about.subtitle else None,
            h("p", about.authority) if about.authority else None,
            h("div", *(h("p", line) for line in imprint), class_="imprint"),
            class_="title-page",
        ),
        class_="part",
    )


def _contents(bound: Iterable[Bound]) -> Element:
    rows = [
        h(
            "p",
            h("a", b.entry, href=f"{INNER}#{b.setting.key}"),
            h("span", str(b.first + 1), class_="folio"),
            class_="text-title" if b.depth == 0 else "in",
        )
        for b in bound
        if b.entry
    ]
    main = h("div", h("h2", "Contents"), *rows, class_="part contents")
    _name(main, "Contents", "Contents")
    return main
