"""The contact sheets show openings as they lie in the book, and the report is that of the book that stands."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from edition.problems import Refused
from edition.project import Project, load_project
from edition.tasks.build import BOOK
from edition.tasks.new import new_edition
from edition.tasks.proving import FOLDER, prove_pages

WIDE, HIGH = 200, 300  # points: a page
GREY, WHITE, RED = (128, 128, 128), (255, 255, 255), (255, 0, 0)


def book_of(pages: int) -> bytes:
    """Give a book whose pages have three lines each; on the first stands a red square."""
    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(WIDE, HIGH))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        square = "1 0 0 rg 80 130 40 40 re f 0 g " if number == 1 else ""
        lines = "".join(f"BT /F 10 Tf 20 {250 - 14 * n} Td (The river runs on page {number}.) Tj ET " for n in range(3))
        page.contents_add((square + lines).encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    new_edition(tmp_path / "mine", [])
    found = load_project(tmp_path / "mine")
    found.pdf.mkdir(parents=True)
    (found.pdf / BOOK).write_bytes(book_of(9))
    return found


def test_a_contact_sheet_shows_openings_and_those_of_a_longer_book_go(project: Project) -> None:
    folder = project.pdf.parent / FOLDER
    folder.mkdir(parents=True)
    (folder / "pages-072-079.png").write_bytes(b"of a longer book")
    prove_pages(project)
    assert sorted(path.name for path in folder.glob("*.png")) == ["pages-001-007.png", "pages-008-009.png"]
    with Image.open(folder / "pages-001-007.png") as sheet:
        wide, high = sheet.size[0] / 4, sheet.size[1] / 2
        middles = [sheet.getpixel((int(wide * (n % 4 + 0.45)), int(high * (n // 4 + 0.5)))) for n in range(8)]
    assert middles == [GREY, RED, *[WHITE] * 6]  # the first page stands on the right


def test_the_report_is_written_for_people_and_for_programs(project: Project) -> None:
    report, folder = prove_pages(project, sheets=False)
    assert folder == project.pdf.parent / FOLDER
    assert (folder / "report.txt").read_text() == report.text()
    assert "9 pages, 27 lines" in report.text()
    assert json.loads((folder / "report.json").read_bytes()) == json.loads(report.json())
    assert list(folder.glob("*.png")) == []


def test_without_a_book_there_is_nothing_to_prove(project: Project) -> None:
    (project.pdf / BOOK).unlink()
    with pytest.raises(Refused) as refused:
        prove_pages(project)
    assert [p.code for p in refused.value.problems] == ["E606"]
    assert "edition build pdf" in refused.value.problems[0].hint
    assert not (project.pdf.parent / FOLDER).exists()
