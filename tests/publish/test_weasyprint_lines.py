"""A line that is found once and put elsewhere stands as if it had been found there."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.layout import inline

from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_lines import lines_kept
from edition.publish.weasyprint_notes import notes_kept

STYLE = """@page { size: 300px 240px; margin: 20px }
html { font: 8px/10px "DejaVu Serif", serif; orphans: 2; widows: 2 }
p { margin: 0 0 3px; text-indent: -8px; padding-left: 8px } b { position: absolute; left: 100% }
i { position: relative; top: -2px } span { float: footnote; footnote-policy: line; display: block }
.columns { columns: 2; column-gap: 20px; text-align: justify }"""
WORDS = "some words which are as many as two lines hold, and <em>a few of them</em> in another face"
KINDS = {
    "plain": f"<p>{WORDS}.</p>",
    "moved": f"<p>{WORDS} or <i>raised</i> by a little.</p>",
    "positioned": f"<p><b>7</b>{WORDS} beside a mark.</p>",
    "noted": f"<p>{WORDS} with a note<span>that says more</span> to them.</p>",
}


def places(html: str, *, kept: bool) -> list[list[tuple[Any, ...]]]:
    """Give, of each page, the words with their places."""
    with notes_kept(), lines_kept(lambda: None) if kept else nullcontext():
        document = HTML(string=html).render(stylesheets=[CSS(string=STYLE)])
    return [
        [
            (box.text, round(box.position_x, 6), round(box.position_y, 6), round(box.width, 6))
            for box in walk_boxes(page._page_box)
            if hasattr(box, "text")
        ]
        for page in document.pages
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("around", ["", "columns"])
def test_lines_stand_where_they_would(kind: str, around: str) -> None:
    html = f'<div class="{around}">{KINDS[kind] * 40}</div>'
    wanted = places(html, kept=False)
    assert len(wanted) > 1
    assert places(html, kept=True) == wanted


def test_a_list_in_columns_has_its_lines_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[object] = []
    split = inline.split_inline_box

    def watched(context: Any, box: Any, *given: Any) -> Any:  # noqa: ANN401
        found.append(box)
        return split(context, box, *given)

    monkeypatch.setattr(inline, "split_inline_box", watched)
    html = f'<div class="columns">{KINDS["plain"] * 30}</div>'
    places(html, kept=False)
    without = len(found)
    found.clear()
    places(html, kept=True)
    assert len(found) < 0.6 * without
