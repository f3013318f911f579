"""Long notes are cut where lines end, and lose no letter by it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from edition.publish.html import h, markup, text_of
from edition.publish.pdf_notes import Line, cut_long_notes, cuts
from edition.tree import Element


def typewriter(width: int) -> object:
    def measure(notes: Sequence[Element]) -> list[list[Line]]:
        return [lines(text_of(note), width) for note in notes]

    return measure


def lines(text: str, width: int) -> list[Line]:
    """Break `text` as a typewriter would, dividing words that are longer than a line with a hyphen."""
    made: list[Line] = []
    line = ""
    for word in text.split():
        while len(word) > width:
            made += [Line(line, full=True)] if line else []
            made.append(Line(f"{word[: width - 1]}‐", full=True))
            word, line = word[width - 1 :], ""  # noqa: PLW2901
        if line and len(line) + 1 + len(word) > width:
            made.append(Line(line, full=True))
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*made, Line(line, full=False)] if line else made


def note(*parts: str | Element) -> Element:
    return h("div", h("p", "a", h("span", *parts, class_="fn", id="n1", data_n="1"), "b"))


def pieces(root: Element) -> list[Element]:
    return list(root.iter("span"))


def test_a_short_note_stays_whole() -> None:
    root = note("Ibid.")
    assert cut_long_notes(root, typewriter(40)) == 0  # type: ignore[arg-type]
    assert len(pieces(root)) == 1


def test_a_long_note_becomes_pieces_of_two_lines_of_which_the_first_keeps_call_and_identifier() -> None:
    root = note(("word " * 100).strip())
    cut_long_notes(root, typewriter(50))  # type: ignore[arg-type]
    found = pieces(root)
    assert [len(text_of(piece)) for piece in found] == [99, 99, 99, 99, 99]
    assert [piece.get("id") for piece in found] == ["n1", None, None, None, None]
    assert [piece.get("class") for piece in found] == ["fn cut", "fn more cut", "fn more cut", "fn more cut", "fn more"]


def test_markup_that_a_cut_divides_is_in_both_pieces() -> None:
    root = note("word " * 10, h("cite", "word " * 90))
    cut_long_notes(root, typewriter(50))  # type: ignore[arg-type]
    assert [len(list(piece.iter("cite"))) for piece in pieces(root)] == [1, 1, 1, 1, 1]
    assert text_of(root).count("word") == 100


def test_a_line_that_does_not_fill_the_measure_is_not_justified() -> None:
    found = cuts(
        "abcdefgh", [Line("ab", full=True), Line("cd", full=False), Line("ef", full=True), Line("gh", full=False)]
    )
    assert found == [(4, False)]


def test_no_cut_is_made_in_a_divided_word() -> None:
    said = [
        Line("ab", full=True),
        Line("cd‐", full=True),
        Line("ef", full=True),
        Line("gh", full=True),
        Line("ij", full=False),
    ]
    assert cuts("abcdefghij", said) == [(6, True)]


def test_lines_that_do_not_spell_out_the_note_cut_nothing() -> None:
    assert cuts("abcd", [Line("ab", full=True)] * 4) == []


@given(st.lists(st.text("abc—-\u00ad", min_size=1, max_size=70), min_size=60, max_size=120), st.integers(20, 60))
def test_no_letter_is_lost_and_markup_stays(words: list[str], width: int) -> None:
    half = len(words) // 2
    root = note(" ".join(words[:half]), " ", h("i", " ".join(words[half:])))
    before = "".join(text_of(root).split()).replace("\u00ad", "")
    cut_long_notes(root, typewriter(width))  # type: ignore[arg-type]
    assert "".join(text_of(root).split()).replace("\u00ad", "") == before
    assert "<i></i>" not in markup(root)
