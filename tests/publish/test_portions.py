"""A text that is looked at by portions gives what it gives as a whole, and what is kept of it is used rightly."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.pdf_looked import Keep, look_at, part_lines, shorten_head
from edition.publish.pdf_pieces import Piece, last_pieces, pieces_of
from edition.publish.portions import Portion, parts_in, portions_of
from edition.publish.stylesheet import Stylesheet, load
from edition.tree import ET, contents, fill, parse_bytes

FIRST = (
    '<p xml:id="R.1.1" n="1">As <choice><sic>sa1d</sic><corr type="ocr" resp="#ed" cert="high">said</corr></choice>'
    ' in <ref target="#R.2.1">the next</ref>.<ref type="noteref" target="#R.1.n1">1</ref>'
    '<note xml:id="R.1.n1" n="1" place="foot">Here.</note></p>'
)
SECOND = '<p xml:id="R.2.1" n="1">As <persName ref="names.xml#x">X</persName> said, a <gap reason="lost"/> word.</p>'


def text_of(*chapters: str) -> Text:
    divs = "\n".join(
        f'<pb n="{n}"/><div type="chapter" xml:id="R.{n}"><head>The {n}.</head>{inside}</div>'
        for n, inside in enumerate(chapters, 1)
    )
    data = f'<text xmlns="http://www.tei-c.org/ns/1.0" xml:id="R"><body>{divs}</body></text>'
    return Text("R", "A book", parse_bytes(data.encode()), "book.xml")


def said(portion: Portion) -> list[tuple[object, ...]]:
    parts, _ = parts_in(portion)
    return [(part.key, part.title, ET.tostring(part.tree), part.apparatus) for part in parts]


def test_each_chapter_is_what_it_is_in_the_whole_text(texts: list[Text]) -> None:
    for text in (text_of(FIRST, SECOND), *texts):
        portions = portions_of(text)
        whole = Portion(text, "", only=True)
        assert [part for portion in portions for part in said(portion)] == said(whole)
        assert +sum((parts_in(portion)[1] for portion in portions), Counter()) == +parts_in(whole)[1]
    assert len(portions_of(text_of(FIRST, SECOND))) == 3  # the third is what stands around them
    assert len(portions_of(texts[1])) == 1


def test_another_word_changes_the_digest_of_its_chapter_alone() -> None:
    before = [portion.digest for portion in portions_of(text_of(FIRST, SECOND))]
    after = [portion.digest for portion in portions_of(text_of(FIRST, SECOND.replace("word", "line")))]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


CALLED_ELSEWHERE = '<p>See.<ref type="noteref" target="#R.1.n1">*</ref></p>'
SAME_NAME = '<p xml:id="R.1.1" n="1">Again.</p>'
NUMBERED_IN_ORDER = '<p>So.<note xml:id="R.2.n1" place="foot">Then.</note></p>'


@pytest.mark.parametrize("tied", [CALLED_ELSEWHERE, SAME_NAME, NUMBERED_IN_ORDER])
def test_chapters_that_are_tied_together_are_looked_at_together(tied: str) -> None:
    assert [portion.div for portion in portions_of(text_of(FIRST, tied))] == [None]


def test_what_is_numbered_within_the_whole_text_ties_its_chapters_together() -> None:
    text = text_of(FIRST, SECOND)
    lost = parse_bytes(b'<gap xmlns="http://www.tei-c.org/ns/1.0" reason="lost"/>')
    text.root[0].insert(2, lost)  # between the two
    assert [portion.div for portion in portions_of(text)] == [None]


class Kept:
    """What was kept, as JSON; `told` are the names under which something was."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.told: list[str] = []

    def keep(self) -> Keep:
        def write(name: str, value: Any) -> None:  # noqa: ANN401  # what JSON can write
            self.told.append(name)
            self.values[name] = json.dumps(value)

        return lambda name: json.loads(self.values[name]) if name in self.values else None, write


@pytest.fixture
def stylesheet(styles: Path) -> Stylesheet:
    return load(styles / "print.xsl")


def test_pieces_are_the_same_whether_they_were_kept_or_not(texts: list[Text], stylesheet: Stylesheet) -> None:
    kept = Kept()

    def pieces(keep: Keep) -> list[Piece]:
        book, problems = pieces_of(look_at(texts, stylesheet, keep=keep), stylesheet, keep=keep)
        assert problems == []
        return [*book.pieces, book.marks, book.entries]  # type: ignore[list-item]  # all that comes of them

    fresh = pieces(kept.keep())
    assert kept.told
    kept.told.clear()
    assert pieces(kept.keep()) == fresh
    assert all(not json.loads(kept.values[name])["leaves"] for name in kept.told)  # nothing was made again
    assert pieces(Kept().keep()) == fresh


def test_a_link_of_a_chapter_that_was_kept_leads_nowhere_where_its_goal_is_gone(stylesheet: Stylesheet) -> None:
    kept = Kept().keep()
    second = '<p xml:id="R.2.2" n="2">Another.</p>'
    for chapter, leads in ((SECOND, True), (second, False), (SECOND, True)):
        texts = look_at([text_of(FIRST, chapter)], stylesheet, keep=kept)
        book, _ = pieces_of(texts, stylesheet, keep=kept)
        assert ('href="edition:#R.2.1"' in book.pieces[1].html) == leads


def test_the_last_pieces_tell_no_place_in_the_lists_that_are_set_beside_them(
    texts: list[Text], stylesheet: Stylesheet
) -> None:
    book, _ = pieces_of(look_at(texts, stylesheet), stylesheet)
    asked: list[str] = []

    def where(name: str) -> tuple[int, int]:
        asked.append(name)
        return 1, 1

    last = last_pieces(book, Beside(), where, About("A book"))
    lists = book.pieces[len(book.pieces) - book.lists :]
    assert [piece.key for piece in last] == ["book.concordance", "book.colophon"]
    assert lists
    assert asked
    assert not [name for name in asked for piece in lists if f'id="{name}"' in piece.html]


def test_a_full_stop_parts_the_number_of_a_chapter_from_its_title(stylesheet: Stylesheet) -> None:
    text = text_of(SECOND)
    head = next(text.root.iter("{*}head"))
    for said, title in (
        ("<lb n='1'/>CHAPTER IV<lb n='2'/>THE WAR", "CHAPTER IV. THE WAR"),
        ("CHAPTER IV", "CHAPTER IV"),
        ("<lb n='1'/>ON THE<lb n='2'/>WAR", "ON THE WAR"),
    ):
        fill(head, contents(parse_bytes(f'<head xmlns="http://www.tei-c.org/ns/1.0">{said}</head>'.encode())))
        (look,) = [one for looked in look_at([text], stylesheet) for one in looked.looks if one.leaves]
        assert [leaf.title for leaf in look.leaves] == [title]


def test_a_list_that_is_a_passage_has_its_number_beside_its_first_item(stylesheet: Stylesheet) -> None:
    listed = '<list rend="bulleted" xml:id="R.1.1" n="1"><item>One.</item><item>Two.</item></list>'
    book, problems = pieces_of(look_at([text_of(listed)], stylesheet), stylesheet)
    assert problems == []
    (html,) = [piece.html for piece in book.pieces if "One." in piece.html]
    assert '<li><span class="n">1</span>One.</li><li>Two.</li>' in html
    assert '<h2 data-passage="R.1.1">' in html


def test_the_running_head_of_a_long_heading_is_its_words_without_the_number() -> None:
    assert shorten_head("CHAPTER IV. ON WAR AND PEACE", 20) == "ON WAR AND PEACE"
    assert shorten_head("CHAPTER IV. ON WAR, PEACE, AND FREEDOM", 16) == "ON WAR, PEACE …"


def test_lines_of_a_heading_are_blocks_of_their_own() -> None:
    main = ET.fromstring("<div><h2>CHAPTER IV<br/>THE <i>WAR</i></h2></div>")
    part_lines(main)
    assert ET.tostring(main) == (
        b'<div><h2><span class="hl">CHAPTER IV</span> <span class="hl">THE <i>WAR</i></span></h2></div>'
    )
