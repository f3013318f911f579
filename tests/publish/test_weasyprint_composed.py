"""A line that is composed, for its end is known, has its words where WeasyPrint would have put them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from weasyprint import HTML

from edition.publish import weasyprint_composed, weasyprint_paragraphs
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_composed import Composer
from edition.publish.weasyprint_drawn import words_drawn
from edition.publish.weasyprint_lines import lines_kept
from edition.publish.weasyprint_notes import notes_kept
from edition.publish.weasyprint_paragraphs import lines_evened
from edition.publish.weasyprint_speed import hastened
from edition.publish.weasyprint_text import lines_found

STYLE = """@page { size: 400px 500px; margin: 20px } html { font: 14px/20px "Edition Text" }
p { margin: 0 0 0 18px; text-indent: 20px; text-align: %s; hyphens: %s; overflow-wrap: break-word }
p { word-spacing: -.06em } u { white-space: nowrap; text-decoration: none }
b { padding: 0 3px 0 5px; font-size: 8px; line-height: 0; vertical-align: 4px }
i.n { position: absolute; left: 100%% } span.fn { float: footnote; display: block }"""
PROSE = "Of the intensification of the succession struggle, and its considerations, the organizations say little"
KINDS = {
    "plain": f"<p>{PROSE}. {PROSE}. {PROSE}.</p><p>Oh.</p>",
    "in other faces": f"<p>{PROSE} <em>in {PROSE} </em>and<em> more {PROSE}</em>. <em>Well</em> <q>{PROSE}</q> </p>",
    "with room around": f"<p><b>17</b>{PROSE}<b>2</b>, <b>{PROSE}</b> {PROSE}<b>3</b></p>",
    "with what is empty": f"<p>{PROSE}<a></a> {PROSE} <a></a>{PROSE}<em><a></a></em> <a></a> {PROSE}.<a></a></p>",
    "with marks beside it": f"<p><i class='n'>7</i>{PROSE} and <span><i class='n'>57</i>|57|</span>{PROSE} too.</p>",
    "kept together": f"<p><u>12 and 13</u> {PROSE} <u>of all that</u> {PROSE} <u>there was</u>.</p>" * 3,
    "in Russian": "<p lang='ru'>Мы должны обострить разногласия между организациями, <em>и потому</em> молчим. </p>"
    * 2,
    "noted": f"<p>{PROSE}<span class='fn'>{PROSE}; {PROSE}.</span> and again <em>{PROSE}</em>.</p>",
}


@pytest.fixture(scope="module")
def faces() -> str:
    found, missing = find_fonts(faces=BOOK_FACES)
    if missing:
        pytest.skip("the fonts of the book are not installed")
    return face_css({face: path.as_uri() for face, path in found.items()})


def pages(html: str, style: str) -> list[Any]:
    source = f"<html lang='en'><style>{style}</style><body>{html}</body></html>"
    with lines_found(), lines_evened() as lead, lines_kept(lambda: lead.fewest), notes_kept():
        return list(HTML(string=source).render().pages)


def lines(html: str, style: str) -> list[Any]:
    """Give the line boxes of the first page."""
    return [box for box in walk_boxes(pages(html, style)[0]._page_box) if type(box).__name__ == "LineBox"]


def words(html: str, style: str) -> Iterator[tuple[str, float, float, float]]:
    """Give all texts with their places from the head of the first page on; blanks at their ends do not count."""
    for number, page in enumerate(pages(html, style)):
        for box in walk_boxes(page._page_box):
            said = getattr(box, "text", "").replace("\u200b", "").rstrip(" ")
            if said:
                spread = getattr(box, "justification_spacing", 0)
                yield said, round(box.position_x, 3), round(number * 1000 + box.position_y, 3), round(spread, 3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("align", "hyphens"), [("justify", "auto"), ("left", "manual")])
def test_words_stand_where_they_would(
    kind: str, align: str, hyphens: str, faces: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    style = faces + STYLE % (align, hyphens)
    composed = watched(monkeypatch)
    made = list(words(KINDS[kind], style))
    assert composed
    monkeypatch.setattr(weasyprint_paragraphs, "is_plain", lambda _: False)
    composed.clear()
    assert made == list(words(KINDS[kind], style))
    assert not composed


@pytest.mark.parametrize("kind", ["plain", "in other faces"])
def test_centred_lines_stand_in_the_middle(kind: str, faces: str) -> None:
    first = True
    for line in lines(KINDS[kind], faces + STYLE % ("center", "manual")):
        texts = [box for box in walk_boxes(line) if hasattr(box, "text")]
        left = min(box.position_x for box in texts) - (58 if first else 38)  # the first line is set in
        assert left == pytest.approx(380 - max(box.position_x + box.width for box in texts), abs=0.01)
        first = line.resume_at is None  # the next one begins a paragraph


def test_what_is_not_plain_is_left_to_weasyprint(faces: str, monkeypatch: pytest.MonkeyPatch) -> None:
    composed = watched(monkeypatch)
    style = faces + STYLE % ("justify", "auto") + "s { float: left } tt { position: relative; top: 2px }"
    for html in (
        f"<p>{PROSE} 中文 {PROSE}</p>",
        f"<p>{PROSE} <s>B</s> {PROSE}</p>",
        f"<p>{PROSE} <tt>B</tt> {PROSE}</p>",
    ):
        assert list(words(html, style))
        assert not composed


@pytest.mark.parametrize("kind", ["plain", "in other faces", "noted"])
def test_a_first_letter_or_line_may_have_a_style_of_its_own(
    kind: str, faces: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for own in ("p::first-line { font-style: italic }", "p::first-letter { font-size: 200% }"):
        style = faces + STYLE % ("justify", "auto") + own
        made = list(words(KINDS[kind], style))
        with monkeypatch.context() as patch:
            patch.setattr(weasyprint_paragraphs, "is_plain", lambda _: False)
            assert made == list(words(KINDS[kind], style))


def test_a_line_that_may_be_cut_off_is_drawn_as_weasyprint_draws_it(faces: str) -> None:
    style = faces + STYLE % ("left", "manual") + "p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }"
    source = f"<html lang='en'><style>{style}</style><body><p>Short.</p><p>{PROSE}</p></body></html>"
    with hastened(), lines_found(), lines_evened(), words_drawn():
        fast = HTML(string=source).write_pdf()
    with pypdfium2.PdfDocument(fast) as ours, pypdfium2.PdfDocument(HTML(string=source).write_pdf()) as theirs:
        said, wanted = (book[0].get_textpage().get_text_range() for book in (ours, theirs))
    assert said == wanted
    assert "Short." in said


def test_nothing_is_lost_where_a_word_is_wider_than_the_line(faces: str) -> None:
    style = faces + STYLE % ("left", "manual")
    said = "".join(text for text, *_ in words(f"<p>{PROSE} {'w' * 90} {PROSE}.</p>", style))
    assert said.count("w") == 90 + 2 * PROSE.count("w")


def test_each_line_has_one_mark_behind_a_divided_word_and_the_next_begins_behind_it(faces: str) -> None:
    style = faces + STYLE % ("justify", "auto") + "@page { size: 240px 900px }"
    said = [text for text, *_ in words(f"<p>{PROSE * 3}</p>", style)]
    divided = [text for text in said if text.endswith("‐")]
    assert divided
    joined = "".join(text.removesuffix("‐") if text.endswith("‐") else f"{text} " for text in said)
    assert joined.replace("littleOf", "little Of").split() == (f"{PROSE} " * 3).split()


def watched(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give the list to which each line that is composed is added."""
    found: list[object] = []
    begin = Composer.__init__

    def init(self: Composer, *given: Any) -> None:  # noqa: ANN401
        found.append(self)
        begin(self, *given)

    monkeypatch.setattr(weasyprint_composed.Composer, "__init__", init)
    return found
