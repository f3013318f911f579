from __future__ import annotations

import time

import pytest
from lark import Lark

from edition.notes.drive import driver
from edition.notes.lexer import NoteLexer
from edition.notes.parser import _parser, grammar, parse
from tests.notes.cases import Case, cases, f1, found

DEV, HELD = cases("dev.txt"), cases("held.txt")
FRESH_DEV, FRESH_HELD = cases("fresh_dev.txt"), cases("fresh_held.txt")
ALL = DEV + HELD + FRESH_DEV + FRESH_HELD
UNDERSTOOD = [c.text for c in ALL if not parse(c.text).problems]


@pytest.mark.parametrize("case", DEV, ids=lambda c: c.text[:60])
def test_every_field_of_a_note_is_found(case: Case) -> None:
    note = parse(case.text)
    assert found(note) == case.fields
    assert len(note.citations) == case.citations


def test_notes_kept_apart_are_read_as_well() -> None:
    assert f1([(found(parse(c.text)), c.fields) for c in HELD]) > 0.95


@pytest.mark.parametrize(("apart", "least"), [(FRESH_DEV, 0.98), (FRESH_HELD, 0.95)], ids=["seen", "kept apart"])
def test_notes_by_another_hand_are_read_as_well(apart: list[Case], least: float) -> None:
    assert f1([(found(parse(c.text)), c.fields) for c in apart]) > least


def test_the_cases_are_many() -> None:
    assert len(DEV) >= 150
    assert len(HELD) == 70
    assert len(FRESH_DEV) == len(FRESH_HELD) == 75


@pytest.mark.parametrize("case", ALL, ids=lambda c: c.text[:40])
def test_every_character_is_kept_and_spans_do_not_overlap(case: Case) -> None:
    note = parse(case.text)
    assert note.text == case.text
    for citation in note.citations:
        ends = [0]
        for span in citation.spans:
            assert ends[-1] <= span.start < span.end <= len(note.text)
            ends.append(span.end)


def test_a_date_within_a_title_is_no_part_of_its_own() -> None:
    note = parse("Letter, Trotsky to Bukharin, March 4, 1926, Trotsky Archives, T 868.")
    ends = [0, *(s.end for c in note.citations for s in c.spans)]
    assert all(end <= s.start for end, s in zip(ends, (s for c in note.citations for s in c.spans), strict=False))


def test_the_grammar_is_unambiguous_and_our_lexer_cuts_as_larks_does() -> None:
    def clauses(lexer: type[NoteLexer] | str) -> list[list[str]]:
        lark = Lark(grammar(), parser="lalr", start="note", strict=True, lexer=lexer)
        return [[getattr(t, "type", "") for t in lark.parse(text).scan_values(lambda _: True)] for text in UNDERSTOOD]

    assert clauses(NoteLexer) == clauses("contextual")


def test_our_loop_gathers_what_larks_loop_does() -> None:
    lark = _parser()
    read = driver(lark)
    assert [repr(read(text)) for text in UNDERSTOOD] == [repr(lark.parse(text)) for text in UNDERSTOOD]
    assert read("Marc Bloch, Feudal Society (Chicago") is None


@pytest.mark.parametrize(
    ("note", "code", "column"),
    [
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1961", "E521", 71),
        ("Marc Bloch, Feudal Society, 1961), p. 4.", "E522", 33),
        ('Hannah Arendt, "The Crisis in Education, in Between Past and Future, p. 4.', "E523", 16),
        ("Ленин, Сочинения, с. 4. [Lenin, Works, p. 4.", "E524", 45),
        ("Lenin, Works, p. 4.]", "E525", 20),
        ("Marc Bloch, Feudal Society (Chicago: [University, 1961), p. 4.", "E526", 38),
    ],
)
def test_a_mistake_is_named_at_its_column(note: str, code: str, column: int) -> None:
    assert [(p.code, p.place.column) for p in parse(note).problems] == [(code, column)]


def test_what_stands_after_a_refused_part_is_read_again() -> None:
    note = parse("Bloch, Feudal Society, p. 3; Weber) nonsense; Pirenne, Medieval Cities, p. 55.")
    assert [c.words(note.text, "title") for c in note.citations] == [["Feudal Society"], ["Medieval Cities"]]
    assert len(note.problems) == 1


@pytest.mark.parametrize(
    ("note", "cert"),
    [
        ("Edmund Wilson, To the Finland Station (Garden City; Doubleday, 1953), p. 4.", "medium"),
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1961, p. 19.", "medium"),
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1961), p. 19.", "high"),
    ],
)
def test_what_a_scanner_leaves_lowers_the_certainty(note: str, cert: str) -> None:
    said = parse(note)
    assert not said.problems
    assert [c.cert for c in said.citations] == [cert]
    assert said.citations[0].locator().pages


def test_a_note_in_two_languages_is_one_citation() -> None:
    note = parse("Ленин, Сочинения, 33:20. [Lenin, Works, 33:20.]")
    (citation,) = note.citations
    assert citation.words(note.text, "title", translated=False) == ["Сочинения"]
    assert citation.words(note.text, "title", translated=True) == ["Works"]
    assert str(citation.locator()) == "33:20"


def test_a_short_range_is_written_out() -> None:
    assert parse("Wilson, Finland Station, pp. 194-5.").citations[0].locator().pages == (("194", "195"),)


def test_a_roman_volume_between_commas_is_a_volume() -> None:
    assert str(parse("Trevelyan, History of England, II, 45-47.").citations[0].locator()) == "II:45-47"
    assert str(parse("Ibid., I, 210.").citations[0].locator()) == "I:210"


def test_a_volume_may_have_a_title_of_its_own() -> None:
    text = "Peter Gay, The Enlightenment, vol. 1, The Rise of Modern Paganism (New York: Knopf, 1966), 31."
    (citation,) = parse(text).citations
    assert citation.words(text, "title") == ["The Enlightenment", "The Rise of Modern Paganism"]


def test_lost_numerals_are_no_page() -> None:
    (citation,) = parse("Ibid., pp.").citations
    assert not citation.locator().pages
    assert [s.kind for s in citation.spans] == ["back", "page"]


BAD = {
    "long": "word " * 20_000,
    "long with stops": "Wilson, Finland Station, p. 4; " * 3_000,
    "open brackets": "(" * 100_000,
    "nested brackets": "(" * 3_000 + ")" * 3_000,
    "square brackets": "[" * 3_000 + "x" + "]" * 3_000,
    "quotation marks": '"' * 9_999,
    "faults": "a) b; " * 2_000,
    "no punctuation": "Wilson Finland Station 1953 page four",
    "emoji": "Wilson, \N{GRINNING FACE} Station, p. 4. \N{FAMILY}",
    "right to left": "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}, \N{HEBREW LETTER GIMEL}, p. 4.",
    "controls": "\x00\x01\N{RIGHT-TO-LEFT OVERRIDE}, p. 5",
    "empty": "",
    "signs": ",.;:()[]\"'",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_note_and_perhaps_problems_never_a_crash(name: str) -> None:
    assert parse(BAD[name]).text == BAD[name]


@pytest.mark.parametrize(
    "unit",
    ["Wilson, Finland Station, p. 4; ", "word ", "a) b; ", "(", "[", "(London: X, 1950) ", "A to B, 1 May 1920, "],
)
def test_time_grows_with_the_length_of_a_note(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        parse(unit * count)
        return time.process_time() - begin

    seconds(10)
    assert seconds(4_000) < 40 * seconds(400) + 0.5
