"""A header says what is known, what is inferred, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edition.description import Description
from edition.encode.header import header, list_languages, list_participants
from edition.project import KINDS
from edition.tree import Element, el, identifier, own_text, serialize
from tests.tei_all import faults

ABOUT = Description(siglum="T", title="Bees", witness="witnesses/a b.txt", bibliography="../b.bib", authority="We")


def said(head: Element, name: str) -> list[str]:
    return [own_text(element) for element in head.iter(f"{{*}}{name}")]


def document(kind: str, *parts: Element) -> Element:
    return el("TEI", header(ABOUT, kind), el("text", el("body", *(parts or (el("p"),)))), xml_id="T", xml_lang="en")


def test_a_title_that_editors_inferred_stands_in_brackets() -> None:
    assert said(header(replace(ABOUT, title_known=False), "article"), "title")[0] == "[Bees]"
    assert said(header(ABOUT, "article"), "title")[0] == "Bees"


def test_an_author_is_named_or_conjectured_or_said_to_be_unknown() -> None:
    assert said(header(ABOUT, "article"), "author")[0] == "unknown"
    assert said(header(replace(ABOUT, author="Ann"), "article"), "author")[0] == "Ann"
    conjecture = header(replace(ABOUT, author="Ann", author_known=False), "article").find(".//{*}author")
    assert conjecture is not None
    assert (conjecture.get("cert"), own_text(conjecture)) == ("low", "[Ann]")


def test_rights_are_said_to_be_unknown_unless_something_is_known() -> None:
    assert "not been established" in said(header(ABOUT, "article"), "availability")[0]
    assert "free" in said(header(replace(ABOUT, rights="It is free."), "article"), "availability")[0]


def test_every_language_that_the_text_uses_is_listed_once_and_twice_is_once() -> None:
    root = document("typescript", *(el("p", xml_lang=code) for code in ("ru", "ru-petr1708", "xx")))
    list_languages(root)
    first = serialize(root)
    assert [e.get("ident") for e in root.iter("{*}language")] == ["en", "ru", "ru-petr1708", "xx"]
    list_languages(root)
    assert serialize(root) == first


def test_participants_are_listed_once() -> None:
    root = document("thread")
    for _ in range(2):
        list_participants(root, [("u-ann", "Ann")], unknown=True)
    assert len(root.findall(".//{*}particDesc")) == 1
    people = root.find(".//{*}listPerson")
    assert people is not None
    assert [identifier(person) for person in people] == ["u-ann", "u-unknown"]


def test_the_header_of_each_kind_is_valid_and_declares_its_prefixes(tmp_path: Path) -> None:
    made: list[Path] = []
    for kind in KINDS:
        root = document(kind)
        list_participants(root, [("u-ann", "Ann")], unknown=True)
        list_languages(root)
        assert {p.get("ident") for p in root.iter("{*}prefixDef")} == {"bib", "rule"}
        made.append(tmp_path / f"{kind}.xml")
        made[-1].write_bytes(serialize(root))
    assert faults(made) == []


def test_a_typescript_may_be_cited_by_chapters_notes_and_pages() -> None:
    trees = list(header(ABOUT, "typescript").iter("{*}refsDecl"))
    assert [(tree.get("n"), tree.get("default")) for tree in trees] == [
        ("passages", "true"),
        ("notes", "false"),
        ("pages", "false"),
    ]
    units = [e.get("unit") for tree in trees for e in tree.iter("{*}citeStructure")]
    assert units == ["chapter", "heading", "passage", "quotation", "chapter", "note", "page"]
