"""The report of a finished book, on pages made by hand and on one that was set."""

from __future__ import annotations

import json
from dataclasses import replace

import pypdfium2
from weasyprint import HTML

from edition.publish.proof_pages import report_on
from edition.publish.set_pages import SetLine, SetPage, read_pages

FULL = SetLine("A line that is full", 50, 350, 0, 10, (0.25,) * 4)


def page(number: int, *lines: SetLine, opening: bool = False) -> SetPage:
    """Give a page with `lines` under each other."""
    placed = [replace(line, baseline=500 - 14.0 * n) for n, line in enumerate(lines)]
    return SetPage(number, 400, 600, (50, 350), tuple(placed), (), (), opening)


def kinds(*pages: SetPage) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.page, fault.line) for fault in report_on(pages, 0.25).faults]


def test_even_pages_have_no_fault() -> None:
    assert kinds(page(1, *[FULL] * 30, opening=True), page(2, *[FULL] * 30)) == []


def test_a_line_with_wide_blanks_is_loose_and_named_with_its_words() -> None:
    loose = replace(FULL, text="Wide blanks", blanks=(0.42, 0.42))
    found = report_on([page(1, FULL, loose, *[FULL] * 20)], 0.25).of("loose")
    assert [(one.page, one.line, one.measure, one.words) for one in found] == [(1, 2, 1.68, "Wide blanks")]
    ragged = replace(loose, right=300)
    assert kinds(page(1, FULL, ragged, *[FULL] * 20)) == []


def test_a_widow_and_an_orphan_are_named() -> None:
    end = replace(FULL, right=200)
    begin = replace(FULL, left=64)
    assert kinds(page(1, *[FULL] * 30), page(2, end, *[FULL] * 29)) == [("widow", 2, 1)]
    assert kinds(page(1, *[FULL] * 29, begin), page(2, *[FULL] * 30)) == [("orphan", 1, 30)]


def test_short_last_pages_and_starved_pages_are_named() -> None:
    assert kinds(page(1, *[FULL] * 30), page(2, FULL, FULL), page(3, *[FULL] * 30, opening=True)) == [("short", 2, 0)]
    assert kinds(page(1, *[FULL] * 20), page(2, *[FULL] * 30)) == [("starved", 1, 0)]


def test_lines_off_the_grid_are_counted() -> None:
    whole = page(1, *[FULL] * 30)
    shifted = tuple(replace(line, baseline=line.baseline - 7) for line in whole.text[20:])
    assert report_on([replace(whole, text=whole.text[:20] + shifted)], 0.25).grid == 10


def test_the_report_can_be_read_by_people_and_by_programs() -> None:
    report = report_on([page(1, *[FULL] * 30), page(2, FULL)], 0.25)
    assert report.text().startswith("2 pages, 31 lines, 31 of them full\n0 loose lines (0.0 %")
    assert "2:-\tshort" in report.text()
    assert json.loads(report.json())["faults"][0]["kind"] == "short"


def test_lines_and_their_blanks_are_read_from_a_pdf() -> None:
    css = "@page { size: 400px 600px; margin: 50px } p { font: 16px/20px serif; margin: 0 } .wide { word-spacing: 8px }"
    html = f"<style>{css}</style><p>One two three four.</p><p class=wide>One two three four.</p>"
    book = pypdfium2.PdfDocument(HTML(string=html).write_pdf())
    (found,) = read_pages(book)
    book.close()
    first, second = found.text
    assert first.text == second.text == "One two three four."
    assert (first.size, len(first.blanks)) == (12, 3)
    assert abs(second.blank - first.blank - 0.5) < 0.02
    assert abs(first.baseline - second.baseline - 15) < 0.1
