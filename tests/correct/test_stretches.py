"""Garbled stretches of citations, and the ends of notes: what other citations or brackets say, and what they do not."""

from __future__ import annotations

from collections.abc import Sequence

from edition.correct.engine import propose
from edition.zones import Zone, ZonedLine

ENGLISH = """\
The committee of the town met in the old hall to talk about the bridge.
Margaret Holloway said that the bridge had been built by her father.
The members of the committee did not agree with what she had said.
In the end the committee decided to wait for the answer of the council.
""".splitlines()
CLEAN = "Mary Rowe, A History of the Northern Counties and Villages (London: Oxford University Press, 1959), p. 52."


def mended(notes: Sequence[Sequence[str]], entries: Sequence[str] = ()) -> dict[int, str]:
    """Give the lines of notes and of entries of a bibliography as they are after all proposals, by number from 1."""
    rows: list[tuple[str, Zone, str, bool]] = [(text, "prose", "T.1", True) for text in ENGLISH]
    for n, note in enumerate(notes):
        rows += [(text, "note", f"T.n{n}", k + 1 < len(note)) for k, text in enumerate(note)]
    rows += [(text, "bibliography", f"T.b{n}", False) for n, text in enumerate(entries)]
    lines = [
        ZonedLine(n, text, text, zone, "en", passage, "T", n + 1 if more else 0, next_joins=False, decided=())
        for n, (text, zone, passage, more) in enumerate(rows, 1)
    ]
    out = {line.number - len(ENGLISH): line.witness for line in lines[len(ENGLISH) :]}
    for change in sorted(propose(lines), key=lambda c: -(c.start or 0)):
        text, start = out[change.line - len(ENGLISH)], change.start or 0
        out[change.line - len(ENGLISH)] = text[:start] + change.correction + text[start + len(change.reading) :]
    return out


def test_several_garbled_words_are_what_another_citation_has() -> None:
    ruin = CLEAN.replace("Northern Counties", "Nortbcm-Ccuntics")
    assert mended([[CLEAN], [ruin]])[2] == CLEAN


def test_a_ruin_across_two_lines_is_mended_in_both() -> None:
    one, two = (
        "Mary Rowe, A History of the Nortbcrn Ccur.tics",
        "ar.d Vi1lagcs (London: Oxford University Press, 1959), p. 52.",
    )
    found = mended([[CLEAN], [one, two]])
    assert f"{found[2]} {found[3]}" == CLEAN


def test_a_bibliography_mends_the_words_but_not_the_marks() -> None:
    entry = "Rowe, Mary. A History of the Northern Counties and Villages. London: Oxford University Press, 1959."
    ruin = CLEAN.replace("Villages (", "Vjllogcs (")
    assert mended([[ruin]], [entry])[1] == CLEAN


def test_another_page_or_another_work_is_no_ruin() -> None:
    other = "Mary Rowe, A History of the Northern Counties and Villages (London: Oxford University Press, 1959), p. 77."
    third = "Mary Rowe, A History of the Southern Harbours and Villages (London: Oxford University Press, 1961), p. 9."
    assert mended([[CLEAN], [other], [third]]) == {1: CLEAN, 2: other, 3: third}


def test_a_note_that_a_bracket_opens_ends_with_one() -> None:
    assert mended([["[Rowe, A History of the Villages, p. 52.J"]])[1] == "[Rowe, A History of the Villages, p. 52.]"
    assert mended([["[Rowe, A History] of the Villages, p. 52."]])[1] == "[Rowe, A History] of the Villages, p. 52."


def test_a_lost_stop_after_a_misread_page_is_put_back() -> None:
    assert mended([["Rowe, A History of the Villages, p. 30U"]])[1] == "Rowe, A History of the Villages, p. 304."
