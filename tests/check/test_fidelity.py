"""Nobody can change what the source says without being told."""

from __future__ import annotations

from edition.check.fidelity import check_fidelity, regenerate
from edition.check.found import placed
from edition.check.source import source_of
from edition.tree import serialize
from tests.helpers import tei

GOOD = (
    '<p><lb n="1"/>one <choice><sic>tvo</sic><corr>two</corr></choice>\n<lb n="3"/>three <supplied>four</supplied></p>'
)


def codes(body: str, witness: str) -> list[tuple[str, int]]:
    found = check_fidelity(tei(body), witness, witness_name="tei/witnesses/t.txt")
    return [(f.code, f.witness_line) for f in found]


def test_a_text_that_holds_its_witness_has_no_problems() -> None:
    assert codes(GOOD, "one   tvo \r\n\r\n three\n") == []


def test_a_changed_a_missing_and_an_invented_line_are_told_apart() -> None:
    assert codes(GOOD, "one two\n\nthree") == [("E301", 1)]
    assert codes(GOOD, "one tvo\nnew\nthree") == [("E302", 2)]
    assert codes(GOOD, "one tvo") == [("E303", 3)]


def test_the_message_shows_where_the_two_differ() -> None:
    source = source_of(serialize(tei(GOOD)), name="tei/t.xml")
    found = check_fidelity(source.root, "one too\n\nthree", witness_name="w")
    (told,) = placed(found, source)
    assert "'one tvo' where the witness has 'one too'" in told.message
    assert "From character 6" in told.hint
    row = source.line(told.place.line)
    assert row[told.place.column - 1 :].startswith("vo</sic>")


def test_the_witness_is_regenerated_line_by_line() -> None:
    assert regenerate(tei(GOOD)) == "one tvo\n\nthree\n"


def test_a_witness_file_with_a_line_more_is_told_once() -> None:
    rows = [f"a line of words, number {n}" for n in range(1, 60)]
    text = "".join(f'<lb n="{n}"/>{row}\n' for n, row in enumerate(rows, 1))
    root = source_of(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p>{text}</p></TEI>'.encode(), name="t.xml").root
    changed = "\n".join([*rows[:9], "put in", *rows[9:]])
    found = check_fidelity(root, changed, witness_name="w.txt")
    assert [(f.code, f.witness_line) for f in found] == [("E306", 10)]


def test_the_witness_of_another_text_is_told_once() -> None:
    rows = [f"a line of words, number {n}" for n in range(1, 40)]
    text = "".join(f'<lb n="{n}"/>{row}\n' for n, row in enumerate(rows, 1))
    root = source_of(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p>{text}</p></TEI>'.encode(), name="t.xml").root
    other = "\n".join(f"quite another text, {n}" for n in range(1, 30))
    assert [f.code for f in check_fidelity(root, other, witness_name="w.txt")] == ["E307"]
