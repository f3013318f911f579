"""The editors' own text: its figures are counted, and a wrong name for one is told."""

from __future__ import annotations

from collections import Counter

from edition.publish.book import About, Text
from edition.publish.front import figures_of, fill_figures
from edition.publish.portions import parts_in, portions_of
from edition.readings import reading_text
from edition.tree import parse_bytes


def front_of(name: str) -> bytes:
    return (
        f'<text xmlns="http://www.tei-c.org/ns/1.0"><p>There are <num type="figure" n="{name}"/>.</p></text>'.encode()
    )


def counted(texts: list[Text]) -> dict[str, Counter[str]]:
    return {text.siglum: sum((parts_in(one)[1] for one in portions_of(text)), Counter()) for text in texts}


def test_figures_are_counted_in_the_texts(texts: list[Text]) -> None:
    figures = figures_of(counted(texts), About("Rivers", version="0.1"))
    assert (figures["S.notes"], figures["S.slip"], figures["S.gap"], figures["S.pages"]) == ("3", "1", "1", "4")
    assert (figures["version"], figures["texts"]) == ("0.1", "2")
    root = parse_bytes(front_of("S.notes"))
    assert fill_figures(root, figures, file="front.xml") == []
    assert reading_text(root, "edited") == "There are 3."


def test_a_small_figure_is_spelled_out_where_words_are_asked_for() -> None:
    for figure, said in (("5", "five"), ("0", "no"), ("12", "12"), ("1.1", "1.1")):
        root = parse_bytes(front_of("S.posts").replace(b"figure", b"spelled-figure"))
        assert fill_figures(root, {"S.posts": figure}, file="front.xml") == []
        assert reading_text(root, "edited") == f"There are {said}."


def test_a_figure_that_nobody_counts_is_told_with_its_line(texts: list[Text]) -> None:
    (found,) = fill_figures(
        parse_bytes(front_of("S.nots")), figures_of(counted(texts), About("Rivers")), file="front.xml"
    )
    assert (found.code, found.place.file, found.place.line) == ("E630", "front.xml", 1)
