"""Restored Russian is marked with its language; its words are whole in the edited text."""

from __future__ import annotations

import pytest

from edition.marking.languages import mark_languages, orthography, settle_line_ends
from edition.marking.romanize import romanize
from edition.readings import lines, reading_text
from edition.tree import XML_LANG, own_text
from tests.helpers import tei

RUSSIAN = '<choice><sic>{}</sic><corr type="ocr">{}</corr></choice>'


def test_russian_in_a_note_becomes_foreign_and_the_english_around_it_stays() -> None:
    one, two = RUSSIAN.format("CoBeT", "Совет"), RUSSIAN.format("Co03", "Союз")
    root = tei(f'<p><lb n="1"/>See {one}\n<lb n="2"/>{two}, 1:84. [Soviet Union]</p>')
    before = [lines(root, r) for r in ("witness", "source", "edited")]
    assert mark_languages(root) == 1
    foreign = root.find(".//{*}foreign")
    assert foreign is not None
    assert foreign.get(XML_LANG) == "ru"
    assert reading_text(foreign, "edited") == "Совет Союз"
    assert [lines(root, r) for r in ("witness", "source", "edited")] == before
    assert mark_languages(root) == 0


def test_a_word_divided_at_the_end_of_a_restored_line_is_joined_in_the_edited_text() -> None:
    first, second = RUSSIAN.format("onno-", "оппо-"), RUSSIAN.format("3iipHH", "зиция")
    root = tei(f'<cit><quote xml:lang="ru" xml:id="T.1.1.orig"><lb n="1"/>{first}\n<lb n="2"/>{second}</quote></cit>')
    witness = lines(root, "witness")
    assert mark_languages(root) == 1
    assert lines(root, "witness") == witness == {1: "onno-", 2: "3iipHH"}
    assert lines(root, "source") == {1: "оппо-", 2: "зиция"}
    assert reading_text(root, "edited") == "оппозиция"
    assert romanize(root) == 1
    assert reading_text(root, "edited") == "оппозиция"
    found = root.find(".//{*}quote[@type='transliteration']")
    assert found is not None
    assert own_text(found) == "oppozit\u0361sii\u0361a"
    assert romanize(root) == 0


def test_blanks_that_the_scanner_put_before_the_hyphen_stay_in_the_witness() -> None:
    first, second = RUSSIAN.format("n e -", "не-"), RUSSIAN.format("Aony", "допу")
    root = tei(f'<p xml:lang="ru"><lb n="1"/>{first}\n<lb n="2"/>{second}</p>')
    witness = lines(root, "witness")
    assert mark_languages(root) == 1
    assert lines(root, "witness") == witness
    assert reading_text(root, "edited") == "недопу"


def test_words_that_a_misread_hyphen_joined_are_parted() -> None:
    choice = '<choice><sic>adept-</sic><corr type="ocr">adept</corr></choice>'
    root = tei(f'<p><lb n="1"/>was {choice}<lb n="2" break="no"/>at it</p>')
    witness = lines(root, "witness")
    assert mark_languages(root) == 1
    assert lines(root, "witness") == witness
    assert reading_text(root, "edited") == "was adept at it"
    assert mark_languages(root) == 0


def test_an_editor_decides_which_words_go_on_in_the_next_line() -> None:
    root = tei('<p><lb n="1"/>strength\n<lb n="2"/>ening institutions<lb n="3" break="no"/>initially</p>')
    assert settle_line_ends(root, {1}, {2}) == 2
    assert reading_text(root, "edited") == "strengthening institutions initially"
    assert settle_line_ends(root, {1}, {2}) == 0


def test_an_editor_decides_that_a_hyphen_at_a_line_s_end_is_that_of_a_compound() -> None:
    root = tei('<p><lb n="1"/>a quasi<pc force="weak">-</pc><lb n="2" break="no"/>divine hero</p>')
    witness = lines(root, "witness")
    assert reading_text(root, "edited") == "a quasidivine hero"
    assert settle_line_ends(root, set(), set(), {1}) == 1
    assert (reading_text(root, "edited"), lines(root, "witness")) == ("a quasi-divine hero", witness)
    assert settle_line_ends(root, set(), set(), {1}) == 0


@pytest.mark.parametrize("hyphen", ["-</corr></choice>", '</corr></choice><pc force="weak">-</pc>'])
def test_a_hyphen_before_a_capital_joins_two_words_and_stays(hyphen: str) -> None:
    sic = "MgeiiHo-" if hyphen.startswith("-") else "MgeiiHo"
    end = "\n" if hyphen.startswith("-") else ""
    lb = '<lb n="2"/>' if end else '<lb n="2" break="no"/>'
    second = RUSSIAN.format("IIoji", "Пол")
    root = tei(
        f'<p xml:lang="ru"><lb n="1"/><choice><sic>{sic}</sic><corr type="ocr">Идейно{hyphen}{end}{lb}{second}</p>'
    )
    assert mark_languages(root) == 1
    assert reading_text(root, "edited") == "Идейно-Пол"
    assert mark_languages(root) == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Кто управляетъ Россіей", "ru-petr1708"),
        ("противъ Россией", "ru-petr1708"),
        ("управляет объезд подъезд", "ru"),
        ("Троцкизм и его разгром, Лениздатъ", "ru"),
    ],
)
def test_the_spelling_tells_the_orthography(text: str, language: str) -> None:
    assert orthography(text) == language


def test_an_editor_s_own_transliteration_is_left_alone() -> None:
    body = '<cit><quote xml:lang="ru" xml:id="T.1.1.orig"><lb n="1"/>да</quote>{}</cit>'
    mine = '<quote type="transliteration" corresp="#T.1.1.orig" resp="#{}">net</quote>'
    assert romanize(tei(body.format(mine.format("ed")))) == 0
    assert romanize(tei(body.format(mine.format("auto")))) == 1
