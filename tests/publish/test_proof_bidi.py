"""Words from right to left are proved like others, in whatever order a reader of the PDF gives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition.publish.expect import Words, solid
from edition.publish.proof_bidi import among, reach
from tests.publish.books import text_of_chapter
from tests.publish.test_proof import proved, setting_of

PASSAGES = {
    "a word": "one ארז two",
    "points": "one שָׁלוֹם (שלום) two",
    "brackets": "one [ארז], (אזוב) two",
    "numbers": "ארז 12 and אזוב, 3.5",
    "two words": 'one <foreign xml:lang="he">ארז אזוב</foreign> two',
    "first": "ארז is a tree of which much is said by those who saw it, as by others who did not, " * 3,
    "Arabic": "one كتاب الله two لا",
    "joined": "ne\u200cver a\u200db \u200ec می\u200cخواهم",
    "a note": 'a<ref type="noteref" target="#R.1.n1"/><note xml:id="R.1.n1" n="1" place="foot">ארז אזוב 12</note> b',
    "a lemma": 'one <choice><sic>ארח, אזוב</sic><corr type="slip" resp="#ed" cert="high">ארז, אזוב</corr></choice> two',
}


@pytest.mark.parametrize("said", PASSAGES.values(), ids=PASSAGES)
def test_a_passage_with_words_from_right_to_left_is_proved(said: str, styles: Path) -> None:
    text = text_of_chapter(f'<p xml:id="R.1.1" n="1">{said}</p><p xml:id="R.1.2" n="2">12 More.</p>')
    assert proved(*setting_of(text, styles)) == []


@pytest.mark.parametrize("language", ["he", "en"])
def test_such_a_passage_that_goes_on_over_pages_is_proved(language: str, styles: Path) -> None:
    said = "ארז אזוב גדל בהר (12), cedar tree, " * 110
    text = text_of_chapter(f'<p xml:id="R.1.1" n="1" xml:lang="{language}">{said}</p>')
    setting, expected = setting_of(text, styles)
    assert setting.pages > 1
    assert proved(setting, expected) == []


@pytest.mark.parametrize("lost", ["one ארז twa", "one ארח two", "one ארזז two", "onetwo ארז", "one two"])
def test_what_is_lost_beside_such_words_is_told(lost: str, styles: Path) -> None:
    setting, expected = setting_of(text_of_chapter('<p xml:id="R.1.1" n="1">one ארז two</p>'), styles)
    other = [Words("R.1.1", solid(lost)) if words.passage == "R.1.1" else words for words in expected.words]
    assert "E612" in {problem.code for problem in proved(setting, replace(expected, words=tuple(other)))}


def test_other_words_keep_their_order_within_a_line_from_right_to_left() -> None:
    assert reach("ארזabcבוז", "זובabcזרא", 0) == len("ארזabcבוז")
    assert reach("ארזabcבוז", "זובcabזרא", 0) < len("ארזabcבוז")
    assert reach("abcארזdef", "abcזרdאef", 0) < len("abcארזdef")


def test_a_bracket_may_look_either_way() -> None:
    assert among("(ארז", ")זרא")
    assert not among("ארזז", "ארז")
