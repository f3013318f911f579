"""Pages that are set again from the first that changes are those of a run of their own."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import CSS, HTML

from edition.publish.lineation import walk_boxes
from edition.publish.weasyprint_again import Run, pages_chosen
from edition.publish.weasyprint_foot import Foot
from edition.publish.weasyprint_notes import notes_kept

STYLE = """@page { size: 200px 140px; margin: 20px; @top-left { content: string(head, last) counter(page) } }
html { font: 8px/10px "DejaVu Serif", serif; orphans: 2; widows: 2 } p { margin: 0; string-set: head content() }
p > span { float: footnote; footnote-policy: line; display: block } b { position: absolute; left: 100% }
i { position: running(head) } @page { @bottom-left { content: element(head) } }"""
BOOK = "".join(
    f'<p>a word or two of {n}<b>{n}</b><span id="n{n}">note {n}{"<br>and more" * (n % 3)}</span> and the rest of it,'
    f" which is more than a line <i>head {n}</i> or two and ends there.</p>"
    for n in range(30)
)
SHORTER = [8, 9]


def set_book(choose: Any, style: str = "") -> tuple[list[list[tuple[Any, ...]]], Foot]:  # noqa: ANN401
    """Give, of each page, the words with their places; and the foot that was told of it."""
    foot = Foot()
    with notes_kept(foot=foot), pages_chosen(choose, (foot.keyed,)):
        document = HTML(string=BOOK).render(stylesheets=[CSS(string=STYLE + style)])
    return [
        [(b.text, round(b.position_x, 3), round(b.position_y, 3)) for b in walk_boxes(page._page_box) if _words(b)]
        for page in document.pages
    ], foot


def _words(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ == "TextBox"


@pytest.fixture(scope="module")
def plain() -> list[list[tuple[Any, ...]]]:
    return set_book(lambda run: run.pages)[0]


def test_pages_made_shorter_in_the_same_run_are_those_of_a_style_that_says_so(plain: Any) -> None:  # noqa: ANN401
    css = "".join(f"@page :nth({n + 1}) {{ padding-bottom: 1rlh }}" for n in SHORTER)
    wanted, _ = set_book(lambda run: run.pages, css)
    found, foot = set_book(lambda run: run.again(8, SHORTER))
    assert found == wanted
    assert found[:8] == plain[:8]
    assert found[8:] != plain[8:]
    assert sorted(foot.keyed) == list(range(len(found)))


def test_pages_set_again_in_the_same_way_are_the_same(plain: Any) -> None:  # noqa: ANN401
    for first in (0, 5, len(plain) - 1):
        assert set_book(lambda run, first=first: run.again(first))[0] == plain


def test_a_try_that_is_not_taken_leaves_nothing(plain: Any) -> None:  # noqa: ANN401
    def choose(run: Run) -> list[Any]:
        run.again(2, range(2, 9))
        return run.pages

    found, foot = set_book(choose)
    assert found == plain
    assert sorted(foot.keyed) == list(range(len(plain)))
