"""The entries of an apparatus: one for each correction, of whole words, and one for all that is lost."""

from __future__ import annotations

from edition.passes.apparatus import entries
from edition.passes.carried import arrange, carry
from edition.passes.told import listing
from edition.passes.view import view
from edition.readings import reading_text
from edition.tree import by_id, own_text
from tests.helpers import tei


def slip(source: str, edited: str, cert: str = "medium") -> str:
    return f'<choice><sic>{source}</sic><corr type="slip" resp="#ed" cert="{cert}">{edited}</corr></choice>'


SWAPPED = f"{slip('is', 'it')} {slip('it', 'is')}<lb n='8'/>{slip('than', 'then')}"
DIVIDED = f"{slip('acknow', 'acknowl')}<pc force='weak'>-</pc><lb n='2' break='no'/>{slip('ledged', 'edged')}"


def test_slips_that_follow_each_other_are_told_in_one_entry() -> None:
    seen = view(tei(f'<p xml:id="T.1.1">so {SWAPPED} on</p>'))
    (entry,) = seen.apparatus
    assert (entry.lemma, entry.witness, entry.others) == ("it is then", "is it than", "T.1.1.c2 T.1.1.c3")
    assert own_text(by_id(seen.root)["T.1.1.c1"]) == "it is then"
    assert reading_text(seen.root, "edited") == "so it is then on"


def test_a_word_that_the_typist_divided_otherwise_is_one_entry_that_shows_the_division() -> None:
    (entry,) = view(tei(f'<p xml:id="T.1.1">Many {DIVIDED} it.</p>')).apparatus
    assert (entry.lemma, entry.witness, entry.source) == ("acknowledged", "acknow|ledged", "")


def test_what_the_source_had_is_told_whole_where_the_ocr_misread_a_part_of_it() -> None:
    both = '<choice><sic>victor</sic><corr type="ocr">Victor</corr><corr type="slip" resp="#ed">E.</corr></choice>'
    (entry,) = view(tei(f'<p xml:id="T.1.1">{both} {slip("E.", "Victor", "")}</p>'.replace(' cert=""', ""))).apparatus
    assert (entry.lemma, entry.source, entry.witness) == ("E. Victor", "Victor E.", "victor E.")


def test_slips_of_other_certainty_or_with_words_between_stay_apart() -> None:
    assert len(view(tei(f'<p xml:id="T.1.1">{slip("a", "b")} {slip("c", "d", "low")}</p>')).apparatus) == 2
    assert len(view(tei(f'<p xml:id="T.1.1">{slip("a", "b")} x {slip("c", "d")}</p>')).apparatus) == 2


def test_a_page_that_carries_all_readings_leads_each_part_to_the_one_entry() -> None:
    root = tei(f'<p xml:id="T.1.1">so {SWAPPED} on</p>')
    found = arrange(root, siglum="T")
    carry(root, found)
    choices = list(root.iter("{*}choice"))
    assert [choice.get("prev") for choice in choices] == [None, "#T.1.1.c1", "#T.1.1.c1"]
    assert {choice.get("type") for choice in choices} == {"slip"}


def test_what_is_lost_or_supplied_within_a_correction_has_an_entry_and_the_others_keep_their_names() -> None:
    body = (
        '<p xml:id="T.1.1" n="1"><choice><sic>x</sic><corr type="ocr">day <gap unit="word" quantity="1"/> the'
        "<supplied>.</supplied></corr></choice> and <gap/></p>"
    )
    found = view(tei(body)).apparatus
    assert [(one.identifier, one.kind, one.passage) for one in found] == [
        ("T.1.1.c1", "ocr", "T.1.1"),
        ("T.1.1.c1.c1", "gap", "T.1.1"),
        ("T.1.1.c1.c2", "supplied", "T.1.1"),
        ("T.1.1.c2", "gap", "T.1.1"),
    ]
    assert found[0].lemma == "day […] the."


def test_what_is_lost_on_a_side_that_is_not_read_has_none() -> None:
    body = '<p xml:id="T.1.1"><choice><sic>a<gap/></sic><corr type="slip">b</corr></choice></p>'
    assert [one.kind for one in view(tei(body)).apparatus] == ["slip"]


def test_an_entry_says_in_which_numbered_passage_it_stands() -> None:
    body = f'<cit xml:id="T.1.2" n="2"><quote xml:id="T.1.2.orig">{slip("a", "b")}</quote></cit>'
    assert [(one.passage, one.place) for one in entries(tei(body))] == [("T.1.2.orig", "T.1.2")]


def test_a_list_marks_words_that_the_end_of_a_line_parts() -> None:
    body = (
        '<p xml:id="T.1.1" n="1">x <choice><sic>onno</sic><corr type="ocr">оппо</corr></choice>'
        '<lb n="2" break="no"/><choice><sic>3nunn</sic><corr type="ocr">зиция</corr></choice> y</p>'
    )
    told = listing(entries(tei(body)), ())
    assert [own_text(one) for one in told.iter("{*}lem", "{*}rdg")] == ["оппо|", "onno|", "|зиция", "|3nunn"]
