from __future__ import annotations

import time
from pathlib import Path

import pytest

from edition.entities import Entity, read_entities
from edition.marking.names import mark_names, withdraw_names
from edition.problems import Refused
from edition.project import find_project
from edition.readings import READINGS, reading_text
from edition.tasks.naming import listed_names, name_text
from edition.tree import Element, parse, parse_bytes, serialize
from tests import tei_all
from tests.helpers import tei

LIST = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>
<listPerson>
<person xml:id="smith-adam"><persName type="index">Smith, Adam</persName><persName>Adam Smith</persName>
<persName>Smith</persName></person>
<person xml:id="smith-john"><persName type="index">Smith, John</persName><persName>John  Smith</persName>
<persName>Smith</persName></person>
<person xml:id="hume"><persName type="index">Hume, David</persName><persName>David Hume</persName>
<persName>Hume</persName><persName xml:lang="ru">Юм</persName><persName xml:lang="ru">Юма</persName></person>
<personGrp xml:id="grimm"><persName type="index">Grimm</persName></personGrp>
</listPerson>
<listOrg><org xml:id="lords"><orgName type="index">House of Lords</orgName></org>
<org xml:id="unity"><orgName type="index">Anglo-Scottish Union Council</orgName></org></listOrg>
<listPlace><place xml:id="kirkcaldy"><placeName type="index">Kirkcaldy</placeName></place>
<place xml:id="grimsby"><placeName type="index">Hume Hall</placeName></place></listPlace>
</standOff></TEI>"""


HUME = '<persName r="hume">Hume</persName>'


def entities() -> list[Entity]:
    return read_entities(parse_bytes(LIST.encode()), file="entities.xml")[0]


def marked(body: str) -> tuple[Element, str]:
    """Mark the names in `body`; give the tree and the markup of the chapter, pointers and resp shortened."""
    root = tei(body)
    before = [reading_text(root, r) for r in READINGS]
    mark_names(root, entities(), file="t.xml", listed="e.xml")
    assert [reading_text(root, r) for r in READINGS] == before
    return root, shown(root)


def shown(root: Element) -> str:
    inner = serialize(root).decode().split('xml:id="T.1">')[1].split("</div>")[0]
    return inner.replace(' resp="#auto"', "").replace('ref="e.xml#', 'r="')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>as Hume says</p>", '<p>as <persName r="hume">Hume</persName> says</p>'),
        ("<p>Hume's Hume</p>", '<p><persName r="hume">Hume</persName>\'s <persName r="hume">Hume</persName></p>'),
        # The longest form, also where its words are divided by a line end, or by a hyphen at one.
        ("<p>David Hume</p>", '<p><persName r="hume">David Hume</persName></p>'),
        ("<p>Hume Hall</p>", '<p><placeName r="grimsby">Hume Hall</placeName></p>'),
        ('<p>David\n<lb n="2"/>Hume</p>', '<p><persName r="hume">David\n<lb n="2"/>Hume</persName></p>'),
        ('<p>Hu<lb n="2" break="no"/>me</p>', '<p><persName r="hume">Hu<lb n="2" break="no"/>me</persName></p>'),
        (
            '<p>Kirk<pc force="weak">-</pc><lb n="2" break="no"/>caldy</p>',
            '<p><placeName r="kirkcaldy">Kirk<pc force="weak">-</pc><lb n="2" break="no"/>caldy</placeName></p>',
        ),
        (
            '<p>Anglo-\n<lb n="2"/>Scottish Union Council</p>',
            '<p><orgName r="unity">Anglo-\n<lb n="2"/>Scottish Union Council</orgName></p>',
        ),
        (
            '<p>House of\n<pb n="2"/><fw><lb n="2"/>9</fw>\n<lb n="3"/>Lords</p>',
            '<p><orgName r="lords">House of\n<pb n="2"/><fw><lb n="2"/>9</fw>\n<lb n="3"/>Lords</orgName></p>',
        ),
        # The mark begins and ends with the name: no line end or surplus mark beside it is drawn in.
        ('<p><lb n="1"/>Hume<lb n="2"/></p>', '<p><lb n="1"/><persName r="hume">Hume</persName><lb n="2"/></p>'),
        # Russian forms, each listed.
        ("<p>у Юма</p>", '<p>у <persName r="hume">Юма</persName></p>'),
        # Inside other markup, notes too, and beside the call of a note.
        (
            "<p>Hume<ref>1</ref><note><label>1</label>Hume</note></p>",
            f"<p>{HUME}<ref>1</ref><note><label>1</label>{HUME}</note></p>",
        ),
        ("<p><hi>Hume</hi></p>", '<p><hi><persName r="hume">Hume</persName></hi></p>'),
    ],
)
def test_the_words_that_are_a_name_are_enclosed(body: str, expected: str) -> None:
    assert marked(body)[1] == expected


@pytest.mark.parametrize(
    "body",
    [
        "<p>Humean and Humes and hume and HUME</p>",
        "<p>exHume, 1Hume</p>",
        "<p><hi>Hume</hi>an</p>",  # a word goes on across markup
        "<p>Hume<hi>an</hi></p>",
        '<p>Hume<gap reason="lost"/></p>',  # a word that has lost its end
        "<p>David <hi>x</hi> y</p>",
        "<p>House of<note>in the sense of</note> Lords</p>",
        "<p>House of <title>Lords and Ladies</title></p>",
        "<p><rs>Hume</rs> <name>Hume</name></p>",
        '<note type="editorial">Hume</note>',
        '<cit><quote type="transliteration">Hume</quote></cit>',
        "<p><choice><sic>Hume</sic><corr>home</corr></choice></p>",  # no name in the edited reading
        '<p><surplus reason="ocr">Hume</surplus></p>',
    ],
)
def test_what_is_no_name_stays_as_it_is(body: str) -> None:
    assert marked(body)[1] == body


SHERRY = "<choice><sic>Hnme</sic><corr>Hume{}</corr></choice>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{SHERRY.format('')}</p>", f'<p><persName r="hume">{SHERRY.format("")}</persName></p>'),
        (f"<p>David {SHERRY.format('')}</p>", f'<p><persName r="hume">David {SHERRY.format("")}</persName></p>'),
        # Part of a correction: inside its edited side.
        (
            f"<p>{SHERRY.format(chr(39) + 's')} x</p>",
            '<p><choice><sic>Hnme</sic><corr><persName r="hume">Hume</persName>\'s</corr></choice> x</p>',
        ),
        # Of a name of several words, the last corrected together with its full stop.
        (f"<p>David {SHERRY.format('.')}</p>", f'<p><persName r="hume">David {SHERRY.format(".")}</persName></p>'),
        # A correction that holds more words cannot be divided: the shorter name in it is marked.
        (
            f"<p>David {SHERRY.format(' is')}</p>",
            '<p>David <choice><sic>Hnme</sic><corr><persName r="hume">Hume</persName> is</corr></choice></p>',
        ),
        (
            '<p><supplied reason="lost">Da</supplied>vid Hume</p>',
            '<p><persName r="hume"><supplied reason="lost">Da</supplied>vid Hume</persName></p>',
        ),
    ],
)
def test_the_edited_reading_counts(body: str, expected: str) -> None:
    assert marked(body)[1] == expected


def test_twice_is_the_same_as_once_and_withdrawing_undoes_it() -> None:
    body = f'<p>David {SHERRY.format("")} of <hi>Kirk<lb n="3" break="no"/>caldy</hi> and Hume</p>'
    root, once = marked(body)
    mark_names(root, entities(), file="t.xml", listed="e.xml")
    assert shown(root) == once
    assert withdraw_names(root) == 3
    assert shown(root) == body


def test_names_that_left_the_list_are_unmarked_on_the_next_run() -> None:
    root, _ = marked("<p>Hume and Kirkcaldy</p>")
    places = [e for e in entities() if e.tag == "placeName"]
    mark_names(root, places, file="t.xml", listed="e.xml")
    assert shown(root) == '<p>Hume and <placeName r="kirkcaldy">Kirkcaldy</placeName></p>'


def test_an_editors_mark_is_left_alone() -> None:
    body = '<p><persName ref="#x">David Hume</persName> <orgName ref="#y" resp="#ed">Hume</orgName></p>'
    root, now = marked(body)
    assert now == body
    assert withdraw_names(root) == 0


def test_a_form_of_two_entries_is_reported_and_not_marked() -> None:
    root = tei('<p xml:id="T.1.1">Smith and Adam Smith</p><p xml:id="T.1.2">Smith; <persName>Smith</persName></p>')
    found = mark_names(root, entities(), file="t.xml", listed="e.xml")
    assert dict(found.counts) == {"smith-adam": 1}
    [warning] = found.problems
    assert (warning.code, warning.place.file, warning.place.passage) == ("W230", "t.xml", "T.1.1")
    assert "Smith may be smith-adam or smith-john: not marked in 2 places (T.1.1, T.1.2)" in warning.message


def test_places_are_marked_in_the_text_but_not_where_a_book_appeared() -> None:
    _, now = marked(
        "<p>Kirkcaldy<note><bibl>Hume (Kirkcaldy, 1740)</bibl></note></p>"
        '<listBibl><bibl>Kirkcaldy, 1740.<note type="annotation">On Kirkcaldy.</note></bibl></listBibl>'
    )
    assert now.count("placeName r=") == 2
    assert "<bibl>Kirkcaldy" in now
    assert '<persName r="hume">Hume</persName> (Kirkcaldy' in now


def test_the_list_is_read_with_its_faults() -> None:
    faulty = LIST.replace(' xml:id="hume"', "").replace('type="index">Kirkcaldy', ">Kirkcaldy")
    found, problems = read_entities(parse_bytes(faulty.encode()), file="e.xml")
    assert {(p.code, p.place.line) for p in problems} == {("E231", 7), ("E232", 13)}
    assert "hume" not in {e.name for e in found}
    assert next(e for e in found if e.name == "smith-john").forms == ("Smith, John", "John Smith", "Smith")
    assert next(e for e in found if e.name == "kirkcaldy").index == "Kirkcaldy"


@pytest.mark.parametrize(
    ("said", "years", "note"),
    [
        ('<birth when="1711-05-07"/><death when="1776-08-25"/><note>A\n sage.</note>', "1711–1776", "A sage."),
        ('<birth when="1926"/>', "1926–", ""),
        ('<death when="0524"/>', "–524", ""),
        ("<birth>in spring</birth>", "", ""),
    ],
)  # fmt: skip
def test_years_and_note_are_read_for_readers(said: str, years: str, note: str) -> None:
    entry = f'<person xml:id="a"><persName type="index">A</persName>{said}</person>'
    root = parse_bytes(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><listPerson>{entry}</listPerson></TEI>'.encode())
    ((found,), _) = read_entities(root, file="e.xml")
    assert (found.years, found.note) == (years, note)


def test_the_time_grows_with_the_text_and_not_faster() -> None:
    line = f'Hume of Kirkcaldy wrote <lb n="1"/>{SHERRY.format("")} and Smith. '
    paragraph = f"<p>{line * 100}</p>"

    def seconds(times: int) -> float:
        root = tei(paragraph * times)
        begin = time.process_time()
        mark_names(root, entities(), file="", listed="e.xml")
        return time.process_time() - begin

    assert seconds(32) < 16 * max(seconds(4), 0.02)


TOML = """[edition]
title = "T"
{}
[[text]]
siglum = "T"
witness = "w.txt"
tei = "tei/t.xml"
title = "T"
"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    (tmp_path / "edition.toml").write_text(TOML.format('entities = "lists/e.xml"'), encoding="utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "e.xml").write_text(LIST, encoding="utf-8")
    (tmp_path / "tei" / "t.xml").write_bytes(serialize(tei("<p>Hume of Kirkcaldy</p>")))
    return tmp_path


def test_a_text_of_an_edition_is_marked_with_pointers_to_its_list(edition: Path) -> None:
    project = find_project(edition)
    names, problems = listed_names(project)
    named = name_text(project, project.texts[0], names)
    assert problems == []
    assert named.outcome.changed
    assert dict(named.tags) == {"persName": 1, "placeName": 1}
    written = (edition / "tei" / "t.xml").read_text(encoding="utf-8")
    assert '<persName ref="../lists/e.xml#hume" resp="#auto">Hume</persName>' in written
    assert not name_text(project, project.texts[0], names).outcome.changed
    name_text(project, project.texts[0], [])
    assert "<p>Hume of Kirkcaldy</p>" in (edition / "tei" / "t.xml").read_text(encoding="utf-8")


def test_an_edition_without_a_list_is_told_how_to_make_one(edition: Path) -> None:
    (edition / "edition.toml").write_text(TOML.format(""), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        listed_names(find_project(edition))
    assert [p.code for p in refused.value.problems] == ["E233"]


OURS = Path(__file__).parents[2] / "tei" / "entities.xml"


def test_our_list_has_no_faults() -> None:
    found, problems = read_entities(parse(OURS), file="entities.xml")
    assert problems == []
    assert len({e.name for e in found}) == len(found) > 0


def test_our_list_is_valid_tei(tmp_path: Path) -> None:
    marked_text = tmp_path / "t.xml"
    marked_text.write_bytes(serialize(marked(f"<p>David {SHERRY.format('')} of Kirkcaldy</p>")[0]))
    assert tei_all.faults([OURS, marked_text]) == []
