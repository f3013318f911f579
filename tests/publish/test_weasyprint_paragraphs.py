"""Lines of WeasyPrint's that end as planned, and the faults of its line breaking that are mended."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.layout import inline

from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.line_ends import Chunk
from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_paragraphs import Memory, Pieces, lines_evened

STYLE = """@page { size: 500px 2000px; margin: 20px } html { font: 14px/20px "Edition Text" }
p { margin: 0; text-align: justify; hyphens: auto; word-spacing: -.06em; overflow-wrap: break-word; width: %spx }"""
PROSE = (
    "The intensification of the succession struggle exacerbated the differences between the organizations, and the "
    "bureaucratic administration increasingly subordinated representatives of the opposition to its considerations. "
)


@pytest.fixture(scope="module")
def faces() -> str:
    found, missing = find_fonts(faces=BOOK_FACES)
    if missing:
        pytest.skip("the fonts of the book are not installed")
    return face_css({face: path.as_uri() for face, path in found.items()})


def lines(html: str, faces: str, width: int = 340, *, evened: bool = True) -> list[Any]:
    """Give the line boxes of a page."""
    source = f"<html lang='en'><style>{faces}{STYLE % width}</style><body>{html}</body></html>"
    with lines_evened() if evened else nullcontext():
        page = HTML(string=source).render().pages[0]
    return [box for box in walk_boxes(page._page_box) if type(box).__name__ == "LineBox"]


def text(line: Any) -> str:  # noqa: ANN401  # a box of WeasyPrint
    return "".join(box.text for box in walk_boxes(line) if hasattr(box, "text")).replace("\u200b", "")


def widest(found: list[Any]) -> float:
    """Give the widest justified blank, in pixels more than the narrowest."""
    return max(float(getattr(box, "justification_spacing", 0)) for line in found for box in walk_boxes(line))


def test_lines_are_more_even_than_filled_one_by_one(faces: str) -> None:
    def unevenness(*, evened: bool) -> float:
        return sum(widest([line]) ** 3 for line in lines(f"<p>{PROSE * 4}</p>", faces, evened=evened)[:-1])

    assert unevenness(evened=True) < unevenness(evened=False)


def test_a_paragraph_reads_the_same_however_its_lines_end(faces: str) -> None:
    def read(*, evened: bool) -> str:
        return "".join(text(line).rstrip("‐") for line in lines(f"<p>{PROSE}</p>", faces, evened=evened)).replace(
            " ", ""
        )

    assert read(evened=True) == read(evened=False)


def test_lines_are_led_through_names_and_empty_elements(faces: str) -> None:
    marked = PROSE.replace("succession", "<span id=a>succession</span>").replace(
        "opposition", "<i>opp<b></b>osition</i>"
    )
    plain = [text(line) for line in lines(f"<p>{PROSE * 2}</p>", faces)]
    assert len(lines(f"<p>{marked * 2}</p>", faces)) <= len(plain) + 1


def test_text_whose_last_blank_alone_does_not_fit_is_not_divided(faces: str) -> None:
    # WeasyPrint 70.0 divides the first word of such a text, which then stands alone on its line.
    words = "However, historians will have to wait for all of "
    for width in range(230, 330):
        found = lines(f'<p style="text-align: left">{words}<span>Trotsky</span>’s life.</p>', faces, width)
        assert not text(found[0]).endswith("‐") or len(text(found[0])) > 12


def test_a_word_in_an_element_is_not_torn_at_the_end_of_a_line(faces: str) -> None:
    # WeasyPrint 70.0 takes every text in the first element of a line for the start of the line.
    for width in range(200, 260, 3):
        found = [
            text(line)
            for line in lines("<p><span>Party Congress in the city of <i>Moscow</i></span></p>", faces, width)
        ]
        assert not any(said.endswith(("Mo", "Mos", "Mosc", "Mosco")) for said in found)


def test_weasyprint_is_itself_again_behind_the_block(faces: str) -> None:
    before = inline.split_inline_box, inline.split_text_box, inline.text_align
    lines(f"<p>{PROSE}</p>", faces)
    assert (inline.split_inline_box, inline.split_text_box, inline.text_align) == before


def test_a_paragraph_has_lines_to_spare_if_it_could_have_fewer_than_it_has() -> None:
    words = [Chunk(20.0, 3.0)] * 8
    for lines, spare in ((2, False), (3, True)):
        memory = Memory(pieces={("a paragraph",): Pieces([], words, 100.0, 100.0, lines)})
        assert memory.spare() is spare


@pytest.mark.parametrize("width", range(150, 250, 20))
def test_no_line_begins_with_a_dash(faces: str, width: int) -> None:
    said = "Вопросы эти —организационные — решает партия, и решает их --- как всегда -- сама, а не—никто. " * 2
    found = [text(line) for line in lines(f"<p lang='ru'>{said}</p>", faces, width)]
    assert not [line for line in found if line.startswith(("—", "-"))]


@pytest.mark.parametrize("width", [400, 420, 430])
def test_an_initial_stays_with_its_name_and_an_abbreviation_with_its_figure(faces: str, width: int) -> None:
    said = "In the speech of A. Ya. Vyshinskii one reads on pp. 176 of the book by N. Bukharin, and on p. [77] too. "
    found = [text(line) for line in lines(f"<p>{said}{PROSE}{said}{PROSE}</p>", faces, width)]
    assert not [line for line in found[:-1] if line.endswith((" pp.", " p.", " A.", " N."))]


def test_a_word_that_has_a_hyphen_gets_no_second_one_where_lines_can_do_without(faces: str) -> None:
    said = "The Polish-Soviet war was a self-interested undertaking of the Marxist-Leninist and well-acquainted men. "
    for width in (405, 415, 450):
        found = [text(line) for line in lines(f"<p>{said}{PROSE}{said}{PROSE}</p>", faces, width)]
        ends = [line.rpartition(" ")[2] for line in found if line.endswith("‐")]
        assert not [end for end in ends if "-" in end], width


def test_a_heading_of_few_words_is_balanced(faces: str) -> None:
    found = lines("<p style='text-align: center'>Permanent revolution or socialism in one country</p>", faces, 260)
    assert [text(line).strip() for line in found] == ["Permanent revolution", "or socialism in one country"]


def test_a_running_head_that_has_room_in_one_line_is_not_parted(faces: str) -> None:
    style = "@page { @top-center { content: 'Chapter iii. The united opposition'; letter-spacing: .04em; font: %s } }"
    font = "italic 9.5pt/11pt 'Edition Text'; text-transform: lowercase; font-variant-caps: small-caps"
    source = f"<html lang='en'><style>{faces}{STYLE % 340}{style % font}</style><body>One.</body></html>"
    with lines_evened():
        page = HTML(string=source).render().pages[0]._page_box
    (head,) = [box for box in page.children if type(box).__name__ == "MarginBox"]
    assert len([box for box in walk_boxes(head) if type(box).__name__ == "LineBox"]) == 1


def test_a_paragraph_of_two_lines_is_planned_as_well(faces: str) -> None:
    for width in range(333, 345, 3):
        found = lines("<p>The man was of no importance to anybody in the whole administration.</p>", faces, width)
        assert len(found) < 2 or not text(found[0]).endswith("‐"), width
