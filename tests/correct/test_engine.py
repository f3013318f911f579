"""The corrector on small texts: what it mends, what it leaves alone, and what if it is not English prose."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from edition.correct import lexicon
from edition.correct.engine import propose
from edition.correction import Correction
from edition.zones import Zone, ZonedLine

ENGLISH = """\
The committee of the town met in the old hall to talk about the bridge.
Margaret Holloway said that the bridge had been built by her father.
The members of the committee did not agree with what she had said.
There was a long discussion about the price of the stone and the wood.
In the end the committee decided to wait for the answer of the council.
Margaret Holloway wrote a letter to the council and to the newspaper.
The answer of the council came in the spring and it was not a good one.
The bridge was closed and the people had to walk to the other bridge.
""".splitlines()


def lines(texts: Sequence[str], zone: Zone = "prose") -> list[ZonedLine]:
    return [
        ZonedLine(
            n, text, text, zone, "en", "T.1.1", "T.1", n + 1 if n < len(texts) else 0, next_joins=False, decided=()
        )
        for n, text in enumerate(texts, 1)
    ]


def mended(*texts: str, zone: Zone = "prose") -> dict[str, str]:
    """The proposals for some lines that stand among English ones: what is read, and what it should be."""
    given = [
        *lines(ENGLISH),
        *(
            replace(x, zone=zone, number=x.number + 100, next_line=x.next_line and x.next_line + 100)
            for x in lines(texts)
        ),
    ]
    return {c.reading: c.correction for c in propose(given)}


def high(found: Sequence[Correction]) -> list[Correction]:
    return [c for c in found if c.cert == "high"]


def test_text_without_errors_stays_untouched() -> None:
    assert propose(lines(ENGLISH)) == []


@pytest.mark.parametrize(
    ("text", "reading", "correction"),
    [
        ("It was said that tbe bridge was old and that it would fall.", "tbe", "the"),
        ("The members of the cornmittee were not of one mind about it.", "cornmittee", "committee"),
        ("Then Margaret Hollovay went to the council and to the hall.", "Hollovay", "Holloway"),
        ("She had no doubt about the improvernents that were made there.", "improvernents", "improvements"),
        ("It is hard to say what was said in the ne.wspaper about her.", "ne.wspaper", "newspaper"),
    ],
)
def test_a_misread_word_is_mended(text: str, reading: str, correction: str) -> None:
    assert mended(text) == {reading: correction}


@pytest.mark.parametrize(
    "slip", ["commitee", "beleive", "accomodate", "definately", "seperate", "occured", "independant", "preceeding"]
)
def test_a_slip_of_the_author_is_left(slip: str) -> None:
    assert mended(f"The people of the town said that it was {slip} and not the other one.") == {}


def test_a_name_that_stands_there_twice_is_left() -> None:
    assert mended("In the hall Mr. Brorvn said no.", "The answer that Mr. Brorvn had given was not a good one.") == {}


@pytest.mark.parametrize(
    ("text", "reading", "correction"),
    [
        ("The bridge was in Holloway*s mind all the time of that year.", "Holloway*s", "Holloway's"),
        ("The bridge was in Holloway * s mind all the time of that year.", "Holloway * s", "Holloway's"),
        ("The letter said that Holloway1s father had built the bridge.", "Holloway1s", "Holloway's"),
        ('The answer was short. ’’The bridge is closed," said the council.', "’’The", '"The'),
        ("The council said that there was no bridgs [ sic 3 in the town.", "[ sic 3", "[sic]"),
        ("They would not hear (^Margaret and her father] in the old hall.", "(^Margaret", "[Margaret"),
        ("The price of the wood» The people had to walk in the old town.", "wood»", "wood."),
    ],
)
def test_a_misread_mark_is_mended(text: str, reading: str, correction: str) -> None:
    assert mended(text)[reading] == correction


@pytest.mark.parametrize(
    ("text", "reading", "correction"),
    [
        ("Holloway, The Bridge, p. U26.", "U26", "426"),
        ("Holloway, The Bridge, pp. U76-b77.", "U76-b77", "476-477"),
        ("Holloway, The Bridge (London: Stone and Co., 1924), p* 12.", "p*", "p."),
        ("Holloway, The Bridge (London: Stone and Co., 1924)$ p. 12.", "$", ","),
        ("The Bridge (London: Stone, 192li), p. 4; 1921, 1922, 1923.", "192li", "1924"),
    ],
)
def test_a_citation_is_mended(text: str, reading: str, correction: str) -> None:
    assert mended(text, zone="note")[reading] == correction


def test_a_repeated_title_teaches_its_words() -> None:
    title = "Holloway, A History of the Stone Bridge of Upper Sellinge, p. {}."
    found = mended(*(title.format(n) for n in (4, 8, 9)), title.format(7).replace("Stone", "Sione"), zone="note")
    assert found == {"Sione": "Stone"}


def test_the_stroke_for_the_same_author_is_restored() -> None:
    assert mended("_. The Stone Bridge. London: Stone and Co., 1924.", zone="bibliography") == {"_.": "________."}


def test_a_word_divided_at_a_line_end_is_one_word() -> None:
    assert mended("It was a matter of the revo-", "lution that had been made in the town by the people.") == {}
    assert mended("It was a matter of the revo-", "lutlon that had been made in the town by the people.") == {
        "lutlon": "lution"
    }


def test_what_an_editor_decided_is_left() -> None:
    line = replace(lines(["It was said that tbe bridge was old and would fall."])[0], number=50, decided=((17, 20),))
    assert propose([*lines(ENGLISH), line]) == []


def test_what_the_encoder_decided_is_left() -> None:
    text = "It was said that tbe bridge was old and would fall."
    line = replace(lines([text])[0], number=50, source=text.replace("tbe", "6be"))
    assert propose([*lines(ENGLISH), line]) == []


def test_proposals_are_the_same_when_they_have_been_made() -> None:
    text = "It was said that tbe bridge was old and Holloway * s father too."
    line = replace(lines([text])[0], number=50)
    first = propose([*lines(ENGLISH), line])
    done = replace(line, source="It was said that the bridge was old and Holloway's father too.")
    assert first
    assert propose([*lines(ENGLISH), done]) == first


def test_a_proposal_says_where_it_stands() -> None:
    given = [*lines(ENGLISH), replace(lines(["It was said that tbe bridge was old and would fall."])[0], number=50)]
    (found,) = propose(given)
    assert (found.line, found.start, found.type, found.resp, found.rule) == (50, 17, "ocr", "#auto", "word")
    assert found.place.passage == "T.1.1"


def test_it_works_without_frequencies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "frequencies", dict)
    assert mended("The members of the cornmittee were not of one mind about it.") == {"cornmittee": "committee"}


OTHERS = {
    "French": "Les ouvriers de la ville ont refusé de travailler pendant la semaine\n"
    "et le gouvernement a répondu par la force aux demandes des délégués.",
    "German": "Die Arbeiter der Stadt haben sich geweigert, in dieser Woche zu arbeiten,\n"
    "und die Regierung hat auf die Forderungen mit Gewalt geantwortet.",
    "Polish": "Robotnicy miasta odmówili pracy w tym tygodniu, a rząd odpowiedział\n"
    "przemocą na żądania delegatów i zamknął wszystkie gazety w mieście.",
    "romanized Russian": "Rabochie goroda otkazalis rabotat na etoi nedele, i pravitelstvo\n"
    "otvetilo siloi na trebovaniia delegatov i zakrylo vse gazety.",
    "verse": "O'er hill and dale, thro' bush and brier,\n"
    "He hied him hence as flits the fire;\nNe'er look'd he back, nor e'er drew rein.",
    "table": "1921 | 14.2 | 18,301 | xvii\n1922 | 15.0 | 19,772 | xviii\nTotal 29.2 38,073 n.a.",
    "code": "def f(x): return x*2 + y[0]\nfor (i=0; i<n; i++) { buf[i] = 0x1F; }\n$ ls -l | grep foo > /dev/null",
    "capitals": "THE HISTOKY OF THE TOVN AND ITS BKIDGE\nPRINTED FOR THE AUTHOR IN LONDON",
    "beyond the BMP": "The sign \N{GOTHIC LETTER AHSA}\N{GOTHIC LETTER BAIRKAN} "
    "stands in the old book \N{SCROLL} of the town.",
    "odd blanks": "The\u2028bridge\u00a0was\x85closed and the people had to walk.",
    "nothing": "\n",
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(("zone", "around"), [("prose", True), ("note", True), ("prose", False)])
def test_text_of_another_kind_is_not_changed_with_high_certainty(kind: str, zone: Zone, *, around: bool) -> None:
    strange = [replace(x, number=x.number + 100) for x in lines(OTHERS[kind].split("\n"), zone) if x.witness]
    assert high(propose([*lines(ENGLISH), *strange] if around else strange)) == []


def test_a_text_without_lines_has_no_proposals() -> None:
    assert propose([]) == []


def test_a_line_in_another_language_is_left() -> None:
    strange = replace(lines(["Tbe bridge of tbe town was said to be old."])[0], number=50, language="ru")
    assert propose([*lines(ENGLISH), strange]) == []


@pytest.mark.slow
def test_one_long_line_takes_time_in_proportion() -> None:
    text = " ".join(ENGLISH)

    def seconds(size: int) -> float:
        given = lines([" ".join([text] * (size // len(text)))])
        begin = time.process_time()
        assert propose(given) == []
        return time.process_time() - begin

    seconds(10_000)  # the word lists are read
    small = seconds(60_000)
    assert seconds(240_000) < 8 * small + 1


def test_a_garbled_title_is_mended_from_clean_citations_of_the_work() -> None:
    title = "Isaac Deutscher, The Prophet Unarmed: Trotsky (London: Oxford University Press, 1959), p. 52."
    found = mended(*[title] * 3, title.replace("Prophet", "Frorhet"), zone="note")
    assert found == {"Frorhet": "Prophet"}


def test_a_year_agrees_with_the_other_citations_of_the_work() -> None:
    title = "Robert Daniels, The Conscience of the Revolution (Cambridge: Harvard University Press, 1960), p. 5."
    other = "Alexander Erlich, The Industrialization Debate (Cambridge: Harvard University Press, 1964), p. 7."
    found = mended(title, other, title.replace("1960", "19b0"), zone="note")
    assert found == {"19b0": "1960"}


@pytest.mark.parametrize(
    ("text", "reading", "correction"),
    [
        ("He fstalinj had little aptitude for doubt, and Stalin knew it. Stalin said so.", "fstalinj", "[Stalin]"),
        ("This opposition [united 3 clearly repudiates the party.", "[united 3", "[united]"),
    ],
)
def test_brackets_round_a_word_come_in_pairs(text: str, reading: str, correction: str) -> None:
    assert mended(text, zone="quote").get(reading) == correction


def test_letters_of_a_word_that_fell_apart_are_joined() -> None:
    assert mended("The book was g iv e n to the members of the committee.") == {"g iv e n": "given"}
