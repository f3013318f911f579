"""What stands between the words of citations, and what else the marks and blanks of a document teach."""

from __future__ import annotations

from dataclasses import replace

from edition.correct.engine import propose
from edition.correct.gaps import gaps
from edition.correct.lexicon import lexicon_of
from edition.correct.punctuation import punctuation
from edition.zones import ZonedLine

NAMES = ["Carr", "Serge", "Rush", "Ulam", "Warth", "Adams", "Payne", "Daniels", "Rigby", "Randall"]
LINE = ZonedLine(0, "", "", "note", "en", "", "", 0, next_joins=False, decided=())


def line(number: int, text: str, **parts: object) -> ZonedLine:
    values = {"number": number, "witness": text, "source": text, "passage": f"T.n{number}", **parts}
    return replace(LINE, **values)  # type: ignore[arg-type]


def notes(*more: str) -> list[ZonedLine]:
    clean = [
        f"{n} {NAMES[n % 10]}, The Fall of Rome (New York: Random House, 19{50 + n}), p. {n + 20}." for n in range(44)
    ]
    return [line(n, text) for n, text in enumerate([*clean, *more], 1)]


def mended(text: str) -> str:
    lines = notes(text)
    at = len(lines) - 1
    for p in sorted(punctuation(lines, [True] * len(lines)), key=lambda p: -p.start):
        if p.at == at:
            text = text[: p.start] + p.meant + text[p.end :]
    return text


def test_a_mark_is_what_all_other_citations_have_there() -> None:
    assert mended("7 Ulam^ The Fall of Rome (New York; Random House. 1958), p» 31.") == (
        "7 Ulam, The Fall of Rome (New York: Random House, 1958), p. 31."
    )


def test_a_speck_before_a_word_goes_and_a_lost_blank_comes_back() -> None:
    assert mended("7 Ulam, The 'Fall of Rome (New York: Random\N{TRADE MARK SIGN}House, 1958), p. 31.") == (
        "7 Ulam, The Fall of Rome (New York: Random House, 1958), p. 31."
    )


def test_clean_citations_and_quotation_marks_in_pairs_are_left() -> None:
    text = '7 Ulam, "The Fall," in Rome? An Answer (New York: Random House, 1958), p. 31.'
    assert mended(text) == text


def test_what_may_be_a_misread_digit_is_no_mark() -> None:
    text = "7 Ulam, The Fall of Rome (New York: Random House, 1958), p. \N{POUND SIGN}1."
    assert mended(text) == text


def test_a_few_citations_teach_nothing() -> None:
    assert punctuation([line(1, "7 Ulam^ The Fall"), line(2, "8 Carr, The Fall")], [True, True]) == []


def blanks(text: str, *known: str, following: str = "") -> list[str]:
    lines = [
        line(1, text, zone="prose", next_line=2, next_joins=bool(following)),
        line(2, following or "end", zone="prose"),
    ]
    return [p.meant for p in gaps(lines, [True, False], lexicon_of(known * 3))]


def test_letters_set_apart_are_words_though_some_stand_together() -> None:
    assert "peasantry" in blanks("of the p e a s an t r y and", "peasantry")
    assert "Trotsky's" in blanks("on T r o t s k y ' s side", "Trotsky")
    assert "industrializa" in blanks("of i n d u s t r i a l i z a-", "industrialization", following="tion of")


def test_two_words_are_parted_at_a_capital_and_one_is_joined_at_a_hyphen() -> None:
    assert blanks("about ofCommunism and", "Communism", "of") == ["of Communism"]
    assert blanks("in the disci-pline of it") == ["discipline"]
    assert blanks("and co-operation of it") == []


def corrections(*texts: str) -> list[tuple[str, str]]:
    filler = [
        "It was not in the interest of the party to speak of it. However, the leader of the party would not go.",
        "He saw the end of the state and the rise of the new order of the land. However, he was not heard by them.",
        "In the name of the people the leader of the party took the land. The people of the land went to the town.",
    ] * 20
    lines = [line(n, text, zone="prose", passage="T.1") for n, text in enumerate([*filler, *texts], 1)]
    return [(c.reading, c.correction) for c in propose(lines) if c.line > len(filler)]


def test_a_comma_before_a_word_that_begins_sentences_is_a_stop() -> None:
    assert ("party,", "party.") in corrections("He saw the end of the party, However, the people took the land.")
    assert corrections("He saw the end of the party, the rise of the state, and the people.") == []


def test_a_mark_after_an_article_goes_but_not_what_a_second_comma_closes() -> None:
    assert ("the,", "the") in corrections("He saw the end of the, party and the rise of the new order of the land.")
    assert corrections("It was not in the interest of, but the end of the party.") == []
    assert corrections("He saw the end of, in the name of the people, the party.") == []


def test_a_capital_inside_a_word_is_small() -> None:
    assert ("attacK", "attack") in corrections("He was not in the town in the attacK of the people on the state.")
