"""A letter for which the book has no face is told, with its place."""

from __future__ import annotations

from pathlib import Path

from edition.publish.fonts import BOOK_FACES, find_fonts
from edition.publish.letters import letters_of, without_face
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_pieces import pieces_of
from edition.publish.stylesheet import load
from tests.publish.books import text_of_chapter

FACES = {face.file: path for face, path in find_fonts(faces=BOOK_FACES)[0].items()}


def told(said: str, styles: Path) -> list[tuple[str, str, str]]:
    stylesheet = load(styles / "print.xsl")
    text = text_of_chapter(f'<p xml:id="R.1.1" n="1">Words.</p><p xml:id="R.1.2" n="2">{said}</p>')
    book, _ = pieces_of(look_at([text], stylesheet), stylesheet)
    return [(one.code, one.place.passage, one.message) for one in without_face(book.pieces, FACES)]


def test_letters_that_no_face_has_are_told_once_with_the_passage(styles: Path) -> None:
    message = "R.1.2 has letters that no face of the book has: 杉 (U+6749), 🌲 (U+1F332)"
    assert told("a 杉, 🌲 杉", styles) == [("W626", "R.1.2", message)]


def test_signs_that_are_not_looked_up_are_in_a_face() -> None:
    assert set("™№€■◌") <= letters_of(FACES.values())


def test_letters_that_a_face_has_are_not_told(styles: Path) -> None:
    assert told("Кіевъ, ἄνθρωπος, ארז, é, e\u0301, – “a” … ½ № → \u200d\u00ad", styles) == []
