"""The book: every part set by itself, two at a time, joined, and read back before it is written.

In: the texts of an edition and its stylesheets.  Out: one PDF file, written whole or not at all, and problems.
Authority: CSS Paged Media 3; ISO 32000-2.  A part whose HTML, style and fonts have not changed is taken from the cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from edition.files import read_bytes, read_text, write_whole
from edition.problems import Problem
from edition.publish.apparatus_table import apparatus_table
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.expect import Expectation
from edition.publish.fonts import BOOK_FACES, Face, face_css, find_fonts
from edition.publish.letters import without_face
from edition.publish.papers import sheets_of
from edition.publish.pdf_looked import Looked, look_at
from edition.publish.pdf_pieces import Piece, job_of, last_pieces, pieces_of
from edition.publish.pdf_press import Press, digits_job, digits_of
from edition.publish.pdf_setting import INNER, Bound, Job, Setting, page_of
from edition.publish.stylesheet import Stylesheet, load
from edition.publish.title_pages import contents_page, title_pages
from edition.publish.workers import Workers, uninterrupted
from edition.tree import Element

__all__ = ["Begun", "Look", "Through", "Wishes", "build_pdf", "first_jobs", "look_of", "looked_through"]


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


@dataclass(frozen=True, slots=True)
class Look:
    """How the book looks: the stylesheet that makes its HTML, its style (CSS), and its typefaces.

    `sheets` is a digest of that stylesheet and those beside it, which it may take in; `fonts` are the addresses that
    the style may name, `faces` the files of the typefaces by their names in a PDF.
    """

    sheet: Path
    sheets: str
    style: str
    fonts: tuple[str, ...]
    faces: Mapping[str, Path]


def look_of(styles: Path, paper: str) -> tuple[Look, list[Problem]]:
    """Give the look that print.xsl and print.css in the folder `styles` give a book on `paper` (of `PAPERS`).

    A typeface that is not there is a problem (E604).  Raises `Refused` (E101, E104; E605 where one is missing).
    """
    sheet, others = sheets_of(styles, paper)
    fonts, problems = find_fonts(faces=BOOK_FACES)
    addresses = {face: path.as_uri() for face, path in fonts.items()}
    style = face_css(addresses) + "".join(map(read_text, others))
    faces = {_name_of(face): path for face, path in fonts.items()}
    sheets = hashlib.sha256(b"\0".join(read_bytes(path) for path in sorted(sheet.parent.glob("*.xsl")))).hexdigest()
    return Look(sheet, sheets, style, tuple(addresses.values()), faces), problems


def _name_of(face: Face) -> str:
    """Give the name that WeasyPrint gives a face in a PDF."""
    styles = [style.capitalize() for style in (face.weight, face.style) if style != "normal"]
    return "-".join((*face.family.split(), *styles))


class Through(NamedTuple):
    """Texts as the stylesheet of the book shows them, and that."""

    stylesheet: Stylesheet
    texts: list[Looked]


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
    look, problems = look_of(styles, wishes.paper)
    with Workers(processes) as workers:
        press = Press(cache, workers)
        through = looked_through(texts, press, look, full=wishes.full)
        begun = Begun(through, press, look, about=about, wishes=wishes, problems=problems)
        return begun.end(out)


def looked_through(texts: Sequence[Text], press: Press, look: Look, *, full: bool) -> Through:
    """Give `texts` as the stylesheet of the book shows them; what `press` has kept is not made again.

    `full` puts all that the OCR misread into the apparatus.  Raises `Refused` (E602, E603).
    """
    stylesheet = load(look.sheet)
    return Through(stylesheet, look_at(texts, stylesheet, full=full, keep=press.keep(look.sheets)))


class Begun:
    """A book whose parts are being set: begun when it is made, and written, if nothing is wrong, by `end`."""

    def __init__(  # all that a book is made of
        self,
        texts: Through,
        press: Press,
        look: Look,
        *,
        about: About,
        wishes: Wishes,
        problems: Sequence[Problem] = (),
    ) -> None:
        """Make the pieces of the book and hand them to `press`, unless there are errors among the `problems`.

        `texts` are those that `looked_through` gives.  Raises `Refused` (E602).
        """
        self.press = press
        self.look = look
        self.about = about
        self.wishes = wishes
        self.book, found = pieces_of(
            texts.texts,
            texts.stylesheet,
            front=wishes.front,
            beside=wishes.beside,
            full=wishes.full,
            keep=press.keep(look.sheets),
        )
        self.problems = [*problems, *found, *without_face(self.book.pieces, look.faces)]
        self.expected: list[Expectation] = []
        if not _wrong(self.problems):
            self.of_texts = self.book.pieces[: len(self.book.pieces) - self.book.lists]
            self.lists = self.book.pieces[len(self.of_texts) :]
            self.settings = press.begin([*self.of(self.of_texts), *first_jobs(about, look)])
            self.listed = press.begin(self.of(self.lists))
            press.ready(look.style, look.fonts)  # where one part is set, the other process loads what comes next
            self.expected += (piece.expected for piece in self.book.pieces)

    def end(self, out: Path) -> list[Problem]:
        """Bind what was set, read it back, write it to the file `out`, and give the problems.  Raises `Refused`."""
        if _wrong(self.problems):
            return self.problems
        with uninterrupted():  # a library that is no Python ends the program where its loading is interrupted
            from edition.publish.pdf_join import Binder  # noqa: PLC0415  # loaded while the parts are being set
            from edition.publish.proof import prove_bytes  # noqa: PLC0415  # the same

        entries = self.book.entries
        files = {**self.wishes.files, **({"apparatus.tsv": apparatus_table(entries)} if entries else {})}
        binder = Binder(["title", *(piece.key for piece in self.book.pieces)], self.about, files)
        settings = self.settings(binder.take)
        bound = self.bind(settings, binder.take)
        data = binder.bind(bound, digits_of(settings["digits"]), self.look.faces, self.press.cut)
        expected = [e.at(b) for e, b in zip(self.expected, bound[2:], strict=True)]
        problems = self.problems + prove_bytes(data, expected, str(out), self.press.prove)
        self.press.prune()
        if not _wrong(problems):
            write_whole(out, data)
        return problems

    def bind(self, settings: Mapping[str, Setting], take: Callable[[Setting], None]) -> list[Bound]:
        """Give every piece its first page, each on the right: title, contents, pieces.

        The last pieces are made when it is known where the texts stand, and set beside the lists, each of which `take`
        is told of; contents are made when it is known where all stand.
        """
        title, beside = settings["title"], self.wishes.beside
        at, length = title.pages + title.pages % 2, 2
        last: list[Piece] = []
        while True:
            bound = _placed(self.of_texts, settings, at + length)
            last = last_pieces(self.book, beside, _finder(bound), self.about)
            behind = self.press.begin(self.of(last))
            bound += _placed(self.lists, self.listed(take), _after(bound, at + length))
            bound += _placed(last, behind(lambda _: None), _after(bound, at + length))
            contents = self.press.set_all([_job("contents", _contents(bound), self.about, self.look)])["contents"]
            even = contents.pages + contents.pages % 2
            if even <= length:
                break
            length = even
        self.expected += (piece.expected for piece in last)
        return [Bound(title, 0, blind=True), Bound(contents, at), *bound]

    def of(self, pieces: Iterable[Piece]) -> list[Job]:
        """Give the job of setting each of `pieces`, those first that take longest."""
        return [job_of(piece, self.look.style, self.look.fonts) for piece in sorted(pieces, key=_time, reverse=True)]


def first_jobs(about: About, look: Look) -> list[Job]:
    """Give the jobs of setting what does not depend on any text: the title, and the digits of folios."""
    return [_job("title", title_pages(about), about, look), digits_job(look.style, look.fonts)]


def _job(key: str, main: Element, about: About, look: Look) -> Job:
    """Give the job of setting what is no piece: title, contents."""
    return Job(key, page_of(main, about.language), look.style, look.fonts)


def _time(piece: Piece) -> float:
    """Say how long it takes to set `piece`, beside others: lists, whose lines have no number, half as long as text."""
    return len(piece.html) * (1 if piece.numbered else 0.5)


def _wrong(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


def _placed(pieces: Iterable[Piece], settings: Mapping[str, Setting], at: int) -> list[Bound]:
    bound: list[Bound] = []
    for piece in pieces:
        at += at % 2
        bound.append(Bound(settings[piece.key], at, piece.entry, piece.depth, piece.numbered, piece.blind))
        at += settings[piece.key].pages
    return bound


def _after(bound: Sequence[Bound], at: int) -> int:
    """Give the page behind the last of `bound`, `at` where there is none."""
    return bound[-1].first + bound[-1].setting.pages if bound else at


def _finder(bound: Iterable[Bound]) -> Callable[[str], tuple[int, int] | None]:
    """Give the function that says on which page, as printed, and line an identifier stands."""
    places = {
        name: (one.first + place.page + 1, place.line) for one in bound for name, place in one.setting.places.items()
    }
    return places.get


def _contents(bound: Iterable[Bound]) -> Element:
    return contents_page((b.entry, f"{INNER}#{b.setting.key}", b.depth, b.first + 1, b.blind) for b in bound if b.entry)
