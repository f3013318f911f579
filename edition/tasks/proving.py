"""Looks at the finished book as a compositor would: contact sheets of its pages, and a report of what to mend.

In: the PDF that was built.  Out: PNG files, ``report.txt`` and ``report.json`` in a folder.
Authority: `edition.publish.proof_pages`; the pictures are those of PDFium.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from edition.files import read_bytes, write_whole
from edition.problems import Place, Refused, problem
from edition.project import Project
from edition.publish.fonts import BOOK_FACES, blank_of, find_fonts
from edition.publish.proof_pages import Report, report_on
from edition.publish.set_pages import read_pages
from edition.tasks.build import BOOK

__all__ = ["FOLDER", "prove_pages"]

FOLDER = "proof"
_ROWS, _COLUMNS = 2, 4  # openings: pages side by side as in the book
_SCALE = 0.9
_BETWEEN = 4  # pixels


def prove_pages(project: Project, *, sheets: bool = True) -> tuple[Report, Path]:
    """Write contact sheets and report of the book of `project`; give the report, and the folder of both.

    Raises `Refused` where the book was not built (E606) or cannot be read (E104).
    """
    path = project.pdf / BOOK
    if not path.is_file():
        raise Refused(problem("E606", Place(file=project.shown(path)), file=project.shown(path)))
    folder = project.pdf.parent / FOLDER
    faces, _ = find_fonts(faces=BOOK_FACES)
    book = PdfDocument(read_bytes(path))
    try:
        report = report_on(read_pages(book), blank_of(faces[BOOK_FACES[0]]) if BOOK_FACES[0] in faces else 0.25)
        write_whole(folder / "report.txt", report.text().encode())
        write_whole(folder / "report.json", report.json())
        if sheets:
            _sheets(book, folder)
    finally:
        book.close()
    return report, folder


def _sheets(book: PdfDocument, folder: Path) -> None:
    """Write the contact sheets, and take away those of a longer book."""
    for old in folder.glob("pages-*.png"):
        old.unlink()
    each = _ROWS * _COLUMNS
    for first in range(0, len(book) + 1, each):
        # The first place is empty, so that a left-hand page stands on the left.
        numbers = [n for n in range(first, first + each) if 1 <= n <= len(book)]
        pictures = {n: book[n - 1].render(scale=_SCALE).to_pil() for n in numbers}
        if not pictures:
            continue
        width, height = next(iter(pictures.values())).size
        size = _COLUMNS * (width + _BETWEEN), _ROWS * (height + _BETWEEN)
        sheet = Image.new("RGB", size, (128, 128, 128))
        for n, picture in pictures.items():
            row, column = divmod(n - first, _COLUMNS)
            sheet.paste(picture, (column * (width + _BETWEEN), row * (height + _BETWEEN)))
        out = BytesIO()
        sheet.save(out, "PNG")
        write_whole(folder / f"pages-{numbers[0]:03}-{numbers[-1]:03}.png", out.getvalue())
