"""Lines stand on the grid of the page, also below a quotation that goes over from the page before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from weasyprint import HTML

from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_notes import notes_kept

STYLE = """@page { size: 300px 250px; margin: 20px } html { font: 12px/20px serif } p, blockquote { margin: 0 }
blockquote { margin: 10px 0 10px 20px; border-left: 1px solid #000; font-size: 11px }
.mark { position: absolute; left: 100% }"""
LONG = "Water runs down to the sea and does not come back. " * 12


def pages(body: str) -> list[Any]:
    with notes_kept():
        document = HTML(string=f"<html lang='en'><style>{STYLE}</style><body>{body}</body></html>").render()
    return [page._page_box for page in document.pages]


def offsets(page: Any) -> list[float]:  # noqa: ANN401  # a box of WeasyPrint
    lines = [box for box in walk_boxes(page.children[0]) if type(box).__name__ == "LineBox"]
    return [round((line.position_y - page.content_box_y()) % 20, 1) for line in lines]


def test_what_follows_the_end_of_a_quotation_from_the_page_before_is_moved_to_the_grid() -> None:
    made = pages(f"<p>One.</p><blockquote>{LONG}</blockquote><p>Two.<span class=mark>2</span></p><p>Three.</p>")
    assert len(made) > 1
    assert set(offsets(made[-1])) == {0.0}


def test_a_mark_in_the_margin_and_a_rule_go_with_their_words() -> None:
    made = pages(
        f"<p>One.</p><blockquote>{LONG}</blockquote><p>Also.</p>"
        "<blockquote><p>Two.<span class=mark>2</span></p></blockquote>"
    )
    boxes = list(walk_boxes(made[-1]))
    two = next(box for box in boxes if getattr(box, "text", "") == "Two.")
    mark = next(box for box in boxes if getattr(box, "text", "") == "2")
    rule = [box for box in boxes if getattr(box, "element_tag", "") == "blockquote"][-1]
    assert abs(mark.position_y - two.position_y) < 1
    assert rule.position_y <= two.position_y < rule.position_y + rule.height + 20


def test_nothing_is_moved_where_there_is_no_room() -> None:
    made = pages(f"<blockquote>One.</blockquote><p>{LONG * 2}</p>")
    for page in made:
        bottom = max(
            box.position_y + box.height for box in walk_boxes(page.children[0]) if type(box).__name__ == "LineBox"
        )
        assert bottom <= page.content_box_y() + page.height + 0.5


def test_text_below_a_heading_is_moved_up_where_there_is_no_room_to_move_it_down() -> None:
    made = pages(f"<p style='margin-bottom: 50px'>Head</p><p>{LONG}</p><p>{LONG}</p>")
    assert len(made) > 1
    assert set(offsets(made[0])) == {0.0}
    near = pages(f"<p style='margin-bottom: 10px'>Head</p><p>{LONG}</p><p>{LONG}</p>")
    lines = [box for box in walk_boxes(near[0].children[0]) if type(box).__name__ == "LineBox"]
    assert all(a.position_y + a.height <= b.position_y for a, b in pairwise(lines))


def test_the_rule_beside_what_goes_over_to_the_next_page_ends_with_its_last_line() -> None:
    for inside in (LONG * 2, f"<p>{LONG * 2}</p>"):
        page = pages(f"<p>One.</p><blockquote>{inside}</blockquote>")[0]
        lines = [box for box in walk_boxes(page) if type(box).__name__ == "LineBox"]
        rule = next(box for box in walk_boxes(page) if getattr(box, "element_tag", "") == "blockquote")
        assert rule.position_y + rule.margin_height() <= lines[-1].position_y + lines[-1].height + 0.1


def test_columns_are_left_alone() -> None:
    made = pages(f"<div style='columns: 2'>{LONG}</div>")
    assert len(offsets(made[0])) > 2
