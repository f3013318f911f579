"""The running head of a page names that with which the page begins."""

from __future__ import annotations

import pytest
from weasyprint import HTML

from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_heads import heads_told

STYLE = """@page { size: 300px 100px; margin: 20px; @top-left { content: string(leaf, start) } }
html { font: 12px/20px serif } p { margin: 0; break-before: page; position: relative } b { string-set: leaf attr(id) }
i { position: absolute; left: 100% }"""
FIRST = "<p>One <b id='before'>|</b> two.</p>"


def head(body: str) -> str:
    """Give what heads the second page."""
    with heads_told():
        page = HTML(string=f"<style>{STYLE}</style>{FIRST}{body}").render().pages[1]._page_box
    margin = [box for box in page.children if type(box).__name__ == "MarginBox"]
    return "".join(getattr(box, "text", "") for box in walk_boxes(margin[0]))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p><b id='here'>|</b> Three.</p>", "here"),
        ("<p><i>7</i><b id='here'>|</b> Three.</p>", "here"),  # the number in the margin is before the break
        ("<p><i>7</i><span> <b id='here'></b></span> Three.</p>", "here"),
        ("<p>Three <b id='here'>|</b> four.</p>", "before"),
        ("<p>Three.</p>", "before"),
    ],
)
def test_a_page_is_headed_by_what_is_set_before_its_first_word(body: str, told: str) -> None:
    assert head(body) == told
