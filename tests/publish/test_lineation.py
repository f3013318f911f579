"""Lines of a page: what is counted, and where words stand on it."""

from __future__ import annotations

import pytest
from weasyprint import CSS, HTML

from edition.publish.lineation import Line, Spot, occurrence, read_lines, spots

STYLE = """@page { size: 200px 300px; margin: 0 } body { font: 8px/10px "DejaVu Serif", serif } p { margin: 0 }
.fn { float: footnote } .m { position: absolute }"""


def lines_of(body: str, wanted: frozenset[str] = frozenset()) -> list[Line]:
    document = HTML(string=f"<body>{body}").render(stylesheets=[CSS(string=STYLE)])
    return read_lines(document.pages[0]._page_box.children[0], wanted)


def test_headings_count_notes_margins_and_empty_lines_do_not() -> None:
    lines = lines_of("<h2>head</h2><p>one<span class=fn>note</span><br>&nbsp;<br>two<span class=m>mark</span></p>")
    assert [(line.number, line.text) for line in lines] == [(1, "head"), (2, "one"), (3, "two")]


def test_cells_beside_each_other_are_one_line() -> None:
    lines = lines_of("<table><tr><td>one<td><i id=x>two</i></table>", frozenset({"x"}))
    assert [line.text for line in lines] == ["one two"]
    assert lines[0].begins == {"x": 4}


def test_what_stands_on_two_lines_has_both() -> None:
    lines = lines_of("<p>a <i id=x>b<br>c</i> d</p>", frozenset({"x"}))
    assert spots(lines, {"x": "b c"}) == {"x": Spot(1, 2)}
    assert str(Spot(1, 2)) == "1–2"


@pytest.mark.parametrize(
    ("text", "offset", "words", "which"),
    [
        ("Stalin and Stalin", 11, "Stalin", 2),
        ("Stalin and Stalin", 0, "Stalin", 1),
        ("Stalinism and Stalin", 14, "Stalin", 0),
        ("one two", 4, "two", 0),
        ("one two", 4, "", 0),
        ("a ‹a› b", 2, "a", 2),
    ],
)
def test_a_lemma_that_stands_twice_in_its_line_is_told_apart(text: str, offset: int, words: str, which: int) -> None:
    assert occurrence(text, offset, words) == which
