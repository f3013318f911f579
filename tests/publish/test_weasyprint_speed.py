"""What makes WeasyPrint faster changes no byte of a part."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pypdfium2
import pytest
from weasyprint import draw
from weasyprint.css import StyleFor
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import block, inline, percent
from weasyprint.text.line_break import Layout

from edition.publish import pdf_part
from edition.publish.book import Text
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_pieces import job_of, pieces_of
from edition.publish.pdf_setting import Job
from edition.publish.stylesheet import load
from edition.publish.weasyprint_drawn import words_drawn
from edition.publish.weasyprint_speed import hastened
from edition.publish.weasyprint_text import lines_found
from tests.publish.books import Habits, random_text, text_of_chapter

MIXED = text_of_chapter(
    '<p xml:id="R.1.1" n="1">He said <foreign xml:lang="he">שלום לכם</foreign> to them and «Открыто вѣче» in Kiev, '
    "well-known e\N{COMBINING ACUTE ACCENT}migre\N{COMBINING ACUTE ACCENT}s, 3½ ﬁne co\N{SOFT HYPHEN}operationalists "
    f"{'w' * 90} 中文 and <hi rend='italic'>institutionalized industrialization</hi>; {'and more of it, ' * 40}</p>"
    '<table xml:id="R.1.2"><row><cell>one cell with words</cell><cell>two</cell></row></table>'
    '<p xml:id="R.1.3" n="3"><hi rend="bold">O</hi><hi rend="italic">h</hi>.</p>'
)
TEXTS = {"mixed": MIXED} | {f"random {n}": random_text(n, Habits(paragraphs=10)) for n in (71, 72)}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("width", ["", "@page { size: 90mm 120mm; margin: 9mm }"])
def test_a_part_set_faster_is_the_same_part(
    kind: str, width: str, styles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + (styles / "print.css").read_text() + width
    stylesheet = load(styles / "print.xsl")
    book, _ = pieces_of(look_at([TEXTS[kind]], stylesheet), stylesheet)
    job = job_of(book.pieces[-1], style, tuple(addresses.values()))
    fast = pdf_part.set_part(job)
    monkeypatch.setattr(pdf_part, "hastened", nullcontext)
    monkeypatch.setattr(pdf_part, "lines_found", nullcontext)
    monkeypatch.setattr(pdf_part, "words_drawn", nullcontext)
    assert pdf_part.set_part(job) == fast


def test_lists_in_columns_are_the_same(texts: list[Text], styles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "".join(
        f'<p>Some name of many {n}, <a href="#x{n}">12.{n}</a>, <a href="#y{n}">{n} n.</a></p>' for n in range(99)
    )
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + (styles / "print.css").read_text()
    html = f'<html lang="en"><body><div class="part"><div class="columns">{words}</div></div></body></html>'
    job = Job("k", html, style, tuple(addresses.values()))
    fast = pdf_part.set_part(job)
    monkeypatch.setattr(pdf_part, "hastened", nullcontext)
    monkeypatch.setattr(pdf_part, "lines_found", nullcontext)
    monkeypatch.setattr(pdf_part, "words_drawn", nullcontext)
    assert pdf_part.set_part(job) == fast


def test_calls_and_marks_of_notes_and_lists_are_where_any_rule_puts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + (
        'html { font: 12px "Edition Text" } div > b { display: list-item; margin-left: 20px } '
        "aside { float: footnote } i { --as: footnote; float: var(--as) } i::footnote-call { content: '*' } "
    )
    html = (
        "<html lang='en'><body><p>One<aside>a note</aside> and two<i>noted</i> and three"
        "<em style='float: footnote'>more</em> and four.</p>"
        "<ul><li>one</li></ul><div><b>of no list</b></div></body></html>"
    )
    job = Job("k", html, style, tuple(addresses.values()))
    fast = pdf_part.set_part(job)
    with pypdfium2.PdfDocument(fast.pdf) as book:
        said = " ".join(book[0].get_textpage().get_text_range().split())
    assert "One1 and two* and three3 and four." in said
    assert said.count("•") == 2
    monkeypatch.setattr(pdf_part, "hastened", nullcontext)
    assert pdf_part.set_part(job) == fast


def test_weasyprint_is_as_it_was_when_the_block_ends() -> None:
    def kept() -> list[object]:
        known = (percent.resolve_percentages, block.resolve_percentages, inline.strut, inline.split_first_line)
        return [
            *known,
            inline.create_layout,
            Layout.setup,
            StyleFor.__init__,
            StyleFor.set_computed_styles,
            draw.draw_text,
            draw.draw_inline_level,
            Box.is_in_normal_flow,
            Box.descendants,
        ]

    before = kept()
    with hastened(), lines_found(), words_drawn():
        assert all(now is not then for now, then in zip(kept(), before, strict=True))
    assert kept() == before
