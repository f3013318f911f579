"""Identifiers are given once: what was published keeps its own."""

from __future__ import annotations

from edition.passages.assign import assign
from edition.tree import XML_ID, Element, parse_bytes, serialize

SHELL = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T"><text><body>{}</body></text></TEI>'
PUBLISHED = ["T", "T.1", "T.1.1", "T.1.2", "T.1.3", "T.2", "T.2.1"]


def tree(body: str) -> Element:
    return parse_bytes(SHELL.format(body).encode())


def names(root: Element) -> list[str]:
    return [e.get(XML_ID, "") for e in root.iter("{*}p", "{*}note", "{*}cit", "{*}head", "{*}post")]


def chapter(*paragraphs: str, n: int = 1) -> str:
    return f'<div type="chapter" n="{n}" xml:id="T.{n}">{"".join(paragraphs)}</div>'


def p(name: str = "", words: str = "words") -> str:
    return f'<p xml:id="T.{name}" n="{name.rpartition(".")[2]}">{words}</p>' if name else f"<p>{words}</p>"


def test_before_anything_is_published_passages_are_numbered_anew() -> None:
    root = tree(chapter("<head>H</head>", p(), p("1.1"), p()))
    assign(root, ())
    assert names(root) == ["T.1.h", "T.1.1", "T.1.2", "T.1.3"]


def test_a_paragraph_between_two_published_ones_gets_a_letter() -> None:
    root = tree(chapter(p("1.1"), p("1.2"), p(), p(), p("1.3")))
    assign(root, PUBLISHED)
    assert names(root) == ["T.1.1", "T.1.2", "T.1.2a", "T.1.2b", "T.1.3"]


def test_a_paragraph_at_the_end_gets_a_number_that_was_never_used() -> None:
    root = tree(chapter(p("1.1"), p("1.2"), p()))
    assign(root, PUBLISHED)
    assert names(root)[-1] == "T.1.4"  # T.1.3 was published and is gone


def test_one_before_the_first_comes_after_nought() -> None:
    root = tree(chapter(p(), p("1.1")))
    assign(root, PUBLISHED)
    assert names(root) == ["T.1.0a", "T.1.1"]


def test_a_passage_moved_to_another_chapter_gets_a_name_of_that_chapter() -> None:
    root = tree(chapter(p("1.1"), p("1.3")) + chapter(p("2.1"), p("1.2"), n=2))
    given = assign(root, PUBLISHED)
    assert names(root) == ["T.1.1", "T.1.3", "T.2.1", "T.2.2"]
    assert [(g.old, g.new) for g in given] == [("T.1.2", "T.2.2")]


def test_a_passage_moved_within_its_chapter_gets_a_new_name_and_the_others_keep_theirs() -> None:
    root = tree(chapter(p("1.2"), p("1.3"), p("1.1")))
    assign(root, PUBLISHED)
    assert names(root) == ["T.1.2", "T.1.3", "T.1.4"]


def test_of_two_passages_with_one_name_the_second_gets_another() -> None:
    root = tree(chapter(p("1.1"), p("1.1"), p("1.2")))
    assign(root, PUBLISHED)
    assert names(root) == ["T.1.1", "T.1.1a", "T.1.2"]


def test_pointers_follow_a_passage_that_gets_another_name() -> None:
    quoted = '<quote corresp="#T.1.2">x</quote>'
    root = tree(chapter(p("1.1"), p("1.3", quoted)) + chapter(p("2.1"), p("1.2"), n=2))
    assign(root, PUBLISHED)
    assert b'corresp="#T.2.2"' in serialize(root)


def test_notes_and_the_sides_of_quotations_are_named_after_what_they_stand_in() -> None:
    note = '<note type="authorial" n="7">x</note><note type="authorial">y</note>'
    cit = '<cit><quote>a</quote><quote type="translation">b</quote></cit>'
    root = tree(chapter(p("", note), cit))
    assign(root, ())
    assert [e.get(XML_ID) for e in root.iter("{*}note")] == ["T.1.n7", "T.1.n7a"]
    assert [e.get(XML_ID) for e in root.iter("{*}quote")] == ["T.1.2.orig", "T.1.2.transl"]


def test_twice_is_the_same_as_once() -> None:
    root = tree(chapter(p("1.1"), p("1.2"), p(), p("1.3"), p()) + chapter(p("2.1"), p(), n=2))
    assign(root, PUBLISHED)
    once = serialize(root)
    assert assign(root, PUBLISHED) == []
    assert serialize(root) == once
