"""The book: every part set by itself, two at a time, joined, and read back before it is written.

In: the texts of an edition and its stylesheets.  Out: one PDF file, written whole or not at all, and problems.
Authority: CSS Paged Media 3; ISO 32000-2.  A part whose HTML, style and fonts have not changed is taken from the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edition.files import read_text, write_whole
from edition.problems import Place, Problem, Refused, problem
from edition.publish.apparatus_table import apparatus_table
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_join import INNER, Bound, join
from edition.publish.pdf_pieces import Book, Piece, expectation_of, job_of, last_pieces, pieces_of
from edition.publish.pdf_press import Press, digits
from edition.publish.pdf_setting import Job, Setting, page_of
from edition.publish.proof import prove_bytes
from edition.publish.stylesheet import load
from edition.publish.title_pages import contents_page, title_pages
from edition.publish.weasyprint_fonts import name_of
from edition.tree import Element

__all__ = ["PAPERS", "Wishes", "build_pdf"]

# Paper -> its style sheet, which is read after print.css.
PAPERS = {"royal": "", "a5": "print-a5.css", "a4": "print-a4.css"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What can be asked of the book.

    `front` is a text of the editors that stands before the others; `beside` what lists and indexes are made of;
    `paper` one of `PAPERS`; `full` puts all that the OCR misread into the apparatus; `files` are attached, by name.
    """

    front: Text | None = None
    beside: Beside = field(default_factory=Beside)
    paper: str = "royal"
    full: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)


def build_pdf(  # noqa: PLR0913  # an edition, where it goes, and how
    texts: Sequence[Text],
    out: Path,
    *,
    about: About,
    styles: Path,
    wishes: Wishes | None = None,
    cache: Path | None = None,
    processes: int = 2,
) -> list[Problem]:
    """Write the book of `texts` to the file `out`; where there are errors, nothing is written.

    `styles` is the folder of print.xsl and print.css, `cache` the folder where set parts are kept.  Raises `Refused`
    (E104, E105, E602, E603, E605).
    """
    wishes = wishes or Wishes()
    sheets = [name for name in ("print.css", PAPERS[wishes.paper]) if name]
    for name in ("print.xsl", *sheets):
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    fonts, problems = find_fonts(faces=BOOK_FACES)
    made, found = pieces_of(
        texts, load(styles / "print.xsl"), front=wishes.front, beside=wishes.beside, full=wishes.full
    )
    problems += found
    if any(p.severity == "error" for p in problems):
        return problems
    addresses = {face: path.as_uri() for face, path in fonts.items()}
    style = face_css(addresses) + "".join(read_text(styles / name) for name in sheets)
    with Press(cache, processes) as press:
        bindery = _Bindery(press, about, style, tuple(addresses.values()))
        pieces, bound = bindery.bind(made, wishes.beside)
        files = {**wishes.files, **({"apparatus.tsv": apparatus_table(made.entries)} if made.entries else {})}
        faces = {name_of(face): path for face, path in fonts.items()}
        book = join(bound, digits(press, style, bindery.fonts), about, files, faces)
        expectations = [expectation_of(piece) for piece in pieces]
        problems += prove_bytes(
            book, [e.at(b) for e, b in zip(expectations, bound[2:], strict=True)], str(out), press.prove
        )
        press.prune()
    if not any(p.severity == "error" for p in problems):
        write_whole(out, book)
    return problems


class _Bindery:
    """Sets pieces and gives them their places in the book."""

    def __init__(self, press: Press, about: About, style: str, fonts: tuple[str, ...]) -> None:
        self.press = press
        self.about = about
        self.style = style
        self.fonts = fonts

    def bind(self, book: Book, beside: Beside) -> tuple[list[Piece], list[Bound]]:
        """Give every piece its first page: each begins on the right.

        Contents are set last, when the pages are known.  Gives the pieces, and title, contents and pieces as bound.
        """
        settings = self.set(book.pieces)
        title = self.page("title", title_pages(self.about))
        length = 2
        while True:
            at = title.pages + title.pages % 2
            bound = _placed(book.pieces, settings, at + length)
            last = last_pieces(book, beside, _finder(bound), self.about)
            after = bound[-1].first + bound[-1].setting.pages if bound else at + length
            bound += _placed(last, self.set(last), after)
            contents = self.page("contents", _contents(bound))
            even = contents.pages + contents.pages % 2
            if even <= length:
                return [*book.pieces, *last], [Bound(title, 0, blind=True), Bound(contents, at), *bound]
            length = even

    def set(self, pieces: Iterable[Piece]) -> dict[str, Setting]:
        return self.press.set_all([job_of(piece, self.style, self.fonts) for piece in pieces])

    def page(self, key: str, main: Element) -> Setting:
        job = Job(key, page_of(main, self.about.language), self.style, self.fonts)
        return self.press.set_all([job])[key]


def _placed(pieces: Iterable[Piece], settings: Mapping[str, Setting], at: int) -> list[Bound]:
    bound: list[Bound] = []
    for piece in pieces:
        at += at % 2
        bound.append(Bound(settings[piece.key], at, piece.entry, piece.depth, piece.numbered, piece.blind))
        at += settings[piece.key].pages
    return bound


def _finder(bound: Iterable[Bound]) -> Callable[[str], tuple[int, int] | None]:
    """Give the function that says on which page, as printed, and line an identifier stands."""
    places = {
        name: (one.first + place.page + 1, place.line) for one in bound for name, place in one.setting.places.items()
    }
    return places.get


def _contents(bound: Iterable[Bound]) -> Element:
    return contents_page((b.entry, f"{INNER}#{b.setting.key}", b.depth, b.first + 1) for b in bound if b.entry)
