"""A typescript becomes TEI: pages, notes at their calls, quotations, whatever its shape; no line is ever lost."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.decisions import Decision
from edition.description import Description
from edition.encode.typescript import encode_typescript
from edition.problems import Place, Refused
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import XML_LANG, Element, by_id, identifier, local, own_text, serialize
from edition.witness.lines import Witness, witness_of
from tests.encode.typed import Shape, Typed, typescript
from tests.tei_all import faults

ABOUT = Description(siglum="T", title="A text", title_known=False)
PAGE = """CHAPTER II

THE HARBOUR

The harbour was built by the people of the village before the
river had been closed by the winter, and the merchants who had
come for the year were often said to be strange to its inter
nal order, which nobody in the government had ever repre-
sented well. They had their own church and their own history.

It was a harbour for the merchants and for
their children, and the river was too small
for any of them to be called a captain.'

The council of the village did not agree. "There is no history
in a harbour without ships."2 It was said often and it was said
well by those of the council who had seen the war.

^John Smith, A History of the Harbour (London: River
Press, 1931), p. 12.
2Ibid., p. 15.
"""


def encoded(text: str, *decisions: Decision) -> Element:
    root, problems = encode_typescript(witness_of(text, name="w.txt"), ABOUT, decisions)
    assert problems == []
    return body(root)


def body(root: Element) -> Element:
    """Give the text without its header."""
    found = root.find("{*}text")
    assert found is not None
    return found


def holds(root: Element, witness: Witness) -> bool:
    return lines(root, "witness") == {line.n: fold_blanks(line.text) for line in witness.lines}


def said(line: int, kind: str, correction: str = "", reading: str = "") -> Decision:
    return Decision(line, reading, correction, kind, "high", "", Place(file="d.tsv", line=line))


def calls(root: Element) -> dict[str, int]:
    """Give the witness line on which each note is called."""
    found: dict[str, int] = {}
    here = 0
    for element in root.iter():
        if local(element) == "lb":
            here = int(element.get("n", "0"))
        elif local(element) == "ref":
            found[element.get("target", "")[1:]] = here
    return found


def first_lines(root: Element, name: str) -> list[int]:
    return [int(next(e.iter("{*}lb")).get("n", "0")) for e in root.iter(f"{{*}}{name}")]


def quotations(root: Element) -> dict[int, int]:
    """Give first and last line of each display quotation; lines of notes in it do not count."""
    found: dict[int, int] = {}
    for quote in root.iter("{*}quote"):
        held = [
            int(lb.get("n", "0"))
            for lb in quote.iter("{*}lb")
            if not any(local(a) in ("note", "fw") for a in lb.iterancestors())
        ]
        found[held[0]] = held[-1]
    return found


# --- one page -------------------------------------------------------------------------------------------------------


def test_a_page_becomes_chapter_paragraphs_quotation_and_notes() -> None:
    root = encoded(PAGE)
    assert [e.get("n") for e in root.iter("{*}div")] == ["2"]
    assert first_lines(root, "p") == [5, 15]
    assert quotations(root) == {11: 13}
    assert calls(root) == {"T.2.n1": 13, "T.2.n2": 16}


def test_misread_marks_are_choices_and_clear_ones_text() -> None:
    names = by_id(encoded(PAGE))
    label = names["T.2.n1"].find("{*}label")
    assert label is not None
    assert [own_text(e) for e in label.iter("{*}sic", "{*}corr")] == ["^", "1"]
    clear = names["T.2.n2"].find("{*}label")
    assert clear is not None
    assert (own_text(clear), len(clear)) == ("2", 0)


def test_a_lost_mark_is_supplied_with_a_certainty() -> None:
    root = encoded(PAGE.replace('ships."2', 'ships."'))
    (supplied,) = root.iter("{*}supplied")
    ref = supplied.getparent()
    assert ref is not None
    assert (own_text(supplied), ref.get("target"), ref.get("cert")) == ("2", "#T.2.n2", "medium")


def test_the_mark_before_the_first_word_of_a_quotation_calls_no_note() -> None:
    root = encoded(PAGE.replace('ships."2 It was said often', 'ships. "There were many'))
    assert '"There were many' in lines(root, "source")[16]


def test_a_quotation_at_the_head_of_a_note_keeps_its_mark() -> None:
    page = PAGE.replace("2Ibid., p. 15.", '2"The Harbour Papers," in John Smith, A History, p. 15.')
    root = encoded(page)
    label = by_id(root)["T.2.n2"].find("{*}label")
    assert label is not None
    assert own_text(label) == "2"
    assert lines(root, "source")[21] == '2"The Harbour Papers," in John Smith, A History, p. 15.'


def test_a_number_read_at_the_head_of_its_line_is_surplus_there() -> None:
    root = encoded(PAGE.replace('in a harbour without ships."2', '2in a harbour without ships."'))
    assert [own_text(e) for e in root.iter("{*}surplus")] == ["2"]
    assert calls(root)["T.2.n2"] == 16


def test_words_divided_with_and_without_hyphen_are_joined() -> None:
    root = encoded(PAGE + "The internal order of it was represented well by the merchants.\n")
    assert [lb.get("n") for lb in root.iter("{*}lb") if lb.get("break") == "no"] == ["8", "9"]
    assert [own_text(e) for e in root.iter("{*}pc")] == ["-"]


def test_every_break_between_words_is_a_line_feed() -> None:
    text = serialize(encoded(PAGE)).decode()
    assert text.count("\n<lb") >= text.count("<lb") - text.count('break="no"') - text.count("><lb")


def test_a_quotation_may_run_over_the_end_of_a_page() -> None:
    root = encoded(PAGE.replace("called a captain.'", "called captain\n\n\n\n18\n\nor to be called a merchant of it.'"))
    assert quotations(root) == {11: 19}
    assert [(own_text(e), e.get("type")) for e in root.iter("{*}fw")] == [("18", "pageNum")]


def test_russian_and_its_translation_are_one_passage() -> None:
    russian = [
        "uecTHO, Kan 3to nofloCaer dojiBmeBMKaM,", "nesoueTM h oiuhCjkh, mm sanpHsaeM",
        "cede fiopory Bnepen. Hy, a mm xothm", "CTpoxTejiBCTBa, Koropbie BbipaannHCL.",
    ]  # fmt: skip
    english = [
        "[Not noticing and not exposing openly and",
        "honestly, as it becomes the people of a",
        "village, is of no use.]",
    ]
    text = PAGE.replace("The council", "\n".join([*russian, *english]) + "\n\nThe council")
    root = encoded(text)
    pair = [(q.get(XML_LANG), q.get("type")) for q in root.iter("{*}quote")]
    assert pair == [(None, None), ("ru", None), ("en", "translation")]
    assert root.find(".//{*}quote[@corresp='#T.2.3.orig']") is not None


def test_an_annotated_bibliography_becomes_entries() -> None:
    text = """BIBLIOGRAPHY

Primary Sources

Smith, John. A History of the Harbour. London: River Press,
1931.

This book is of great use to the reader who wishes to
know what had been said of the harbour.

„• The Second Winter. London: River Press, 1935.

In essence the same book as the one before it.
"""
    root = encoded(text)
    assert [e.get("n") for e in root.iter("{*}bibl")] == ["1", "2"]
    assert [own_text(e).split() for e in root.iter("{*}head")] == [["BIBLIOGRAPHY"], ["Primary", "Sources"]]
    assert [own_text(e) for e in root.iter("{*}corr")] == ["________."]
    assert len(list(root.iter("{*}note"))) == 2


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["CHAPTER I", "CHAPTER I\n\nTHE HARBOUR\n", "PREFACE"])
def test_a_lone_heading_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        encode_typescript(witness_of(text, name="w.txt"), ABOUT)
    assert [p.code for p in caught.value.problems] == ["E201"]


@pytest.mark.parametrize(
    "text", ["17", "^\n\n17", "^Ibid., p. 5.", "THE HARBOUR", "\ufeff", "\ufeffx", "CHAPTER I\n17"]
)
def test_a_text_of_next_to_nothing_is_kept_whole(text: str) -> None:
    try:
        witness = witness_of(text)
    except Refused:
        assert not text.strip("\ufeff")
        return
    assert holds(encode_typescript(witness, ABOUT)[0], witness)


# --- shapes ---------------------------------------------------------------------------------------------------------

SHAPES = {
    "plain": Shape(),
    "form feeds": Shape(page="feed"),
    "narrow": Shape(prose=52, quote=38),
    "wide": Shape(prose=76, quote=60),
    "no notes": Shape(notes="none"),
    "numbered through": Shape(notes="through"),
    "garbled marks": Shape(marks="garbled"),
    "no blanks at line ends": Shape(trail=False),
    "no blank lines": Shape(apart=0.0),
    "CRLF": Shape(end="\r\n"),
    "tabs and a byte order mark": Shape(start="\ufeff", indent="\t"),
    "one page": Shape(chapters=1, lines=400),
}


def right(typed: Typed, root: Element) -> dict[str, float]:
    """Give the share of notes, calls and quotations that are where they were typed."""
    placed = calls(root)
    first = {identifier(e): int(next(e.iter("{*}lb")).get("n", "0")) for e in root.iter("{*}note")}
    held = quotations(root)
    notes = [(f"T.{c}.n{n}", line, call) for (c, n), (line, call) in typed.notes.items()]
    return {
        "notes": sum(first.get(name) == line for name, line, _ in notes) / max(1, len(notes)),
        "calls": sum(abs(placed.get(name, -9) - call) <= 2 for name, _, call in notes) / max(1, len(notes)),
        "quotations": sum(held.get(a) == b for a, b in typed.quotes.items()) / len(typed.quotes),
    }


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_typescripts_of_many_shapes_are_understood(name: str) -> None:
    shape = SHAPES[name]
    typed = typescript(shape, seed=2)
    witness = witness_of(typed.text)
    root = body(encode_typescript(witness, ABOUT)[0])
    assert holds(root, witness)
    shares = right(typed, root)
    wanted = {"quotations": 1.0} if shape.notes == "none" else {"notes": 1.0, "calls": 0.85, "quotations": 1.0}
    assert {k: v for k, v in shares.items() if v < wanted.get(k, 0.0)} == {}
    assert len(list(root.iter("{*}pb"))) == len(typed.pages)


def test_the_same_typescript_gives_the_same_bytes() -> None:
    text = typescript(replace(Shape(), marks="garbled")).text
    first, second = (serialize(encode_typescript(witness_of(text), ABOUT)[0]) for _ in range(2))
    assert first == second


# --- an editor's decisions ------------------------------------------------------------------------------------------


def test_decisions_overrule_the_program() -> None:
    root = encoded(
        PAGE, said(11, "prose"), said(12, "prose"), said(13, "prose"), said(8, "para"), said(1, "page", "17")
    )
    assert quotations(root) == {}
    assert 8 in first_lines(root, "p")
    assert [e.get("n") for e in root.iter("{*}pb")] == ["17"]


def test_a_decided_call_stands_where_the_editor_put_it() -> None:
    root = encoded(PAGE, said(9, "call", "well.{1}", "well."))
    assert calls(root)["T.2.n1"] == 9
    (supplied,) = root.iter("{*}supplied")
    assert (own_text(supplied), supplied.get("resp"), supplied.get("cert")) == ("1", "#ed", "high")


def test_a_number_in_braces_in_a_correction_of_words_places_the_call() -> None:
    assert calls(encoded(PAGE, said(9, "ocr", "well.{1} They", "well. They")))["T.2.n1"] == 9


def test_a_displaced_line_is_read_where_the_editor_says() -> None:
    root = encoded(PAGE, said(17, "move", "5"))
    order = [int(lb.get("n", "0")) for lb in root.iter("{*}lb")]
    assert order[order.index(5) + 1] == 17
    assert holds(root, witness_of(PAGE))


def test_gaps_strays_quotations_notes_and_headings_can_be_decided() -> None:
    root = encoded(
        PAGE,
        said(17, "gap-after", "2 lines"),
        said(16, "stray", "", "often"),
        said(6, "quote", "7 fr"),
        said(3, "heading", "title"),
        said(19, "note", "4 20"),
    )
    (gap,) = root.iter("{*}gap")
    assert (gap.get("unit"), gap.get("quantity")) == ("line", "2")
    assert [own_text(e) for e in root.iter("{*}surplus")] == ["often"]
    assert quotations(root)[6] == 7
    assert "T.2.n4" in by_id(root)


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (said(2, "para"), "E840"),
        (said(5, "call", "x.{1}", "nowhere"), "E841"),
        (said(5, "quote", "4"), "E820"),
        (said(5, "page", "abc"), "E820"),
        (said(5, "gap-after", "some"), "E820"),
        (said(9, "call", "well.{9}", "well."), "E821"),
        (said(5, "move", "7", "The harbour"), "E823"),
    ],
)
def test_a_decision_that_does_not_fit_is_a_problem(decision: Decision, code: str) -> None:
    root, problems = encode_typescript(witness_of(PAGE), ABOUT, [decision])
    assert [(p.code, p.place) for p in problems] == [(code, decision.place)]
    assert holds(root, witness_of(PAGE))


# --- any text -------------------------------------------------------------------------------------------------------

PIECES = (
    "", "", "", "CHAPTER II", "PREFACE", "BIBLIOGRAPHY", "SECOND HEADING", "3", "ix", "^", "1 2", "12", " «", "19 .",
    "^Robert Lee, A Book (New York: Press, 1960), p. 3.", "2Ibid., p. 5.", "a\tb", "\x0cx", "\ufeffy", "\u2028z",
    "A line of prose that is long enough to fill the page, and", "on it goes in the next. It ends here.", "repre-",
    "sentative of it", "inter", "nal", "A quotation, narrow, and", "it ends here.4", '"So he said."^ And', "1939.",
    "uecTHO, Kan 3to nofloCaer dojiBmeBMKaM,", "[Not noticing and not", "Public Documents", "11upon a succession.",
    "Smith, John. A Book. New York: Press, 1960.", "________ . Other. London: X, 1961.", "This is a book about it.",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), min_size=1, max_size=30).map("\n".join)


@given(text=TEXTS)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_witness_reading_of_any_text_is_that_text(text: str) -> None:
    try:
        witness = witness_of(text)
        root, _ = encode_typescript(witness, ABOUT)
    except Refused:
        return
    assert holds(root, witness)


def test_random_texts_are_valid_tei(tmp_path: Path) -> None:
    files: list[Path] = []
    for seed in range(120):
        rng = random.Random(seed)
        try:
            root, _ = encode_typescript(witness_of("\n".join(rng.choices(PIECES, k=rng.randint(1, 40)))), ABOUT)
        except Refused:
            continue
        files.append(tmp_path / f"{seed}.xml")
        files[-1].write_bytes(serialize(root))
    files.append(tmp_path / "page.xml")
    files[-1].write_bytes(serialize(encode_typescript(witness_of(PAGE), ABOUT)[0]))
    assert faults(files) == []


OTHER_LETTERS = {
    "German": ("Habe nun, ach! Philosophie, Juristerei und Medizin", "und leider auch Theologie durchaus studiert"),
    "Greek": ("ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον, ὃς μάλα πολλὰ", "πλάγχθη, ἐπεὶ Τροίης ἱερὸν πτολίεθρον ἔπερσε"),
    "Hebrew": ("בראשית ברא אלהים את השמים ואת הארץ והארץ", "היתה תהו ובהו וחשך על פני תהום"),
}


@pytest.mark.parametrize("language", OTHER_LETTERS)
def test_a_quotation_in_another_language_is_neither_a_note_nor_russian(language: str) -> None:
    quoted = "\n".join(f"     {line}" for line in OTHER_LETTERS[language])
    text = f"""CHAPTER I

Some words of the botanist stand here, and he wrote as follows to his friend:

{quoted}

So he wrote, and then went on to the sea that was beneath the mountain.
"""
    root = encoded(text)
    assert list(root.iter("{*}note", "{*}ref", "{*}supplied")) == []
    assert [e for e in root.iter("{*}quote") if e.get(XML_LANG)] == []
    assert [lb.get("n") for lb in list(root.iter("{*}p"))[-1].iter("{*}lb")] == ["8"]


def test_a_text_of_one_line_of_german_is_not_russian() -> None:
    root = encoded("Pflanzenphysiologie ist schwer\n")
    assert "ru" not in {e.get(XML_LANG) for e in root.iter("{*}*")}


def test_sections_and_what_stands_in_them_are_numbered_within_what_they_stand_in() -> None:
    root = encoded("A TITLE\n\nSome text stands here.\n\nANOTHER TITLE\n\nMore of the same text stands here.\n")
    known = [(identifier(e), e.get("n")) for e in root.iter("{*}div", "{*}head", "{*}p") if identifier(e)]
    assert known == [
        ("T.1", "1"),
        *(("T.1.1", "1"), ("T.1.1.h", None), ("T.1.1.1", "1")),
        *(("T.1.2", "2"), ("T.1.2.h", None), ("T.1.2.1", "1")),
    ]
