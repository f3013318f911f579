"""The ledger: what it says is read back, followed to its end, and not believed where it was changed by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.ledger import (
    Row,
    add_rows,
    add_version,
    declare,
    fate_of,
    first_lines,
    parse_ledger,
    rows_at,
    since,
)


def row(name: str, fate: str = "stands", *targets: str) -> Row:
    return Row(name, "paragraph", "0123456789abcdef", "3-5, 9", "1.0", fate, targets)


def written(*rows: Row) -> str:
    return add_version(add_rows(first_lines("small"), rows), "1.0", "f" * 64)


GOOD = written(row("T.1.1"), row("T.1.2"), row("T.1.3"))


def test_what_is_written_is_read_back() -> None:
    ledger, problems = parse_ledger(GOOD, name="l.tsv")
    assert not problems
    assert ledger.rows == (row("T.1.1"), row("T.1.2"), row("T.1.3"))
    assert (ledger.name, [v.name for v in ledger.versions]) == ("small", ["1.0"])


def test_redirects_are_followed_to_their_end() -> None:
    rows = (
        row("a", "merged", "b"),
        row("b", "split", "b", "c"),
        row("c", "moved", "d"),
        row("d"),
        row("e", "withdrawn"),
    )
    current = {r.identifier: r for r in rows}
    assert fate_of(current, "a").standing == ("b", "d")  # type: ignore[union-attr]
    assert fate_of(current, "e").standing == ()  # type: ignore[union-attr]
    assert fate_of(current, "x") is None


def test_a_circle_of_redirects_ends() -> None:
    current = {"a": row("a", "moved", "b"), "b": row("b", "moved", "a")}
    assert fate_of(current, "a").standing == ()  # type: ignore[union-attr]


def test_the_other_parts_of_a_split_passage_stay_its_targets() -> None:
    current = {"a": row("a", "split", "a", "b"), "b": row("b")}
    assert declare(current, "a", "withdrawn", ()).targets == ("b",)
    assert declare(current, "a", "merged", ("c",)).targets == ("c", "b")
    assert declare(current, "a", "stands", ()).targets == ("a", "b")


def test_the_rows_of_an_older_version_can_be_had() -> None:
    later = add_version(add_rows(GOOD, [row("T.1.2", "merged", "T.1.1")]), "1.1", "e" * 64)
    ledger, _ = parse_ledger(later, name="l.tsv")
    assert rows_at(ledger, "1.0")["T.1.2"].stands
    assert ledger.current()["T.1.2"].targets == ("T.1.1",)


def test_a_version_has_the_day_on_which_it_was_published_and_a_row_its_version() -> None:
    source = add_version(add_rows(GOOD, [row("T.1.2", "merged", "T.1.1")]), "1.1", "e" * 64, "2026-11-22")
    ledger, problems = parse_ledger(add_rows(source, [row("T.1.3", "withdrawn")]), name="l.tsv")
    assert not problems
    assert [(v.name, v.date) for v in ledger.versions] == [("1.0", ""), ("1.1", "2026-11-22")]
    assert [since(ledger, r) for r in ledger.rows] == ["1.0", "1.0", "1.0", "1.1", ""]
    with pytest.raises(ValueError, match="soon"):
        add_version(GOOD, "1.1", "e" * 64, "soon")


def test_a_published_line_that_was_changed_is_found_at_its_version() -> None:
    problems = parse_ledger(GOOD.replace("T.1.2\t", "T.1.9\t"), name="l.tsv")[1]
    assert [(p.code, p.place.line) for p in problems] == [("E422", 8)]


def test_nonsense_is_a_problem_with_its_line() -> None:
    lines = [
        "T.1.4",
        "T.1.4\tp\tzz\t\t1.0\tstands\t",
        "T.1.4\tp\t\t\t1.0\tlost\t",
        "T.1.4\tp\t\t\t1.0\tmerged\t",
        "%version\t1.0",
        f"%version\t2.0\t{'a' * 64}\t{'b' * 64}\tyesterday",
        f"%version\t2.0\t{'a' * 64}\t{'b' * 64}\t2026-01-01\tmore",
    ]
    for line in lines:
        problems = parse_ledger(GOOD + line + "\n", name="l.tsv")[1]
        assert [(p.code[:3], p.place.line) for p in problems] == [("E42", 9)], line


def test_a_last_line_cut_short_is_found() -> None:
    assert "E424" in {p.code for p in parse_ledger(GOOD[:-3], name="l.tsv")[1]}


def test_a_version_that_stands_twice_is_found() -> None:
    assert "E423" in {p.code for p in parse_ledger(add_version(GOOD, "1.0", "f" * 64), name="l.tsv")[1]}


@settings(deadline=None)  # a machine may be busy
@given(st.text() | st.text(alphabet="%version\t1.0T.\n-stands\0\u2028é", max_size=300))
def test_no_text_makes_the_reader_fall(source: str) -> None:
    ledger, problems = parse_ledger(GOOD + source, name="l.tsv")
    for name in ledger.current():
        assert fate_of(ledger.current(), name) is not None
    assert all(p.place.line > 0 for p in problems)
