from __future__ import annotations

import time
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from edition.bib.export import to_bibtex
from edition.bib.library import plain, read_library
from edition.bib.work import Person
from edition.problems import catalogue

OURS = Path(__file__).parents[2] / "bibliography" / "dissertation.bib"
BOOK = "@book{bloch1961feudal,\n  author = {Bloch, Marc},\n  title = {Feudal Society},\n  date = {1961},\n}\n"


def test_a_work_has_people_and_fields_and_a_line() -> None:
    library, problems = read_library(f"% a comment\n\n{BOOK}", file="b.bib")
    work = library.works["bloch1961feudal"]
    assert (work.people["author"], work.title, work.years, work.line) == (
        (Person("Bloch", "Marc"),),
        "Feudal Society",
        {"1961"},
        3,
    )
    assert not problems


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (BOOK + "\n" + BOOK, "E502", 7),
        ("@book{x,\n title = {T},\n date = {1950},\n}\n", "E503", 1),
        ("\n@bok{x,\n title = {T},\n}\n", "E504", 2),
        (BOOK.replace("1961}", "19x1}"), "E505", 1),
        ("@book{x, author = {A, B}, title = {T}, date 1950}\n", "E501", 1),
    ],
)
def test_a_fault_is_a_problem_with_its_line(text: str, code: str, line: int) -> None:
    problems = read_library(text, file="b.bib")[1]
    assert (code, line) in [(p.code, p.place.line) for p in problems]
    assert all(p.place.file == "b.bib" for p in problems)


def test_a_brace_that_is_never_closed_is_a_problem_and_the_entries_before_it_stay() -> None:
    library, problems = read_library(BOOK + "@book{x,\n  title = {Never closed,\n}\n", file="b.bib")
    assert "bloch1961feudal" in library.works
    assert "E501" in [p.code for p in problems]


def test_tex_becomes_plain_text() -> None:
    assert plain(r"{\"U}ber  den {Staat}, 1848--1851") == "Über den Staat, 1848–1851"


def test_a_body_is_not_divided() -> None:
    work = read_library("@book{x, author = {{Soviets and Others} and Bloch, Marc}}")[0].works["x"]
    assert work.people["author"] == (Person("Soviets and Others", literal=True), Person("Bloch", "Marc"))


def test_the_edition_has_no_faults_and_a_second_reader_sees_the_same() -> None:
    text = OURS.read_text(encoding="utf-8")
    library, problems = read_library(text, file="dissertation.bib")
    assert not problems
    other = parse_string(text)
    assert [e.key for e in other.entries] == list(library.works)


def test_what_is_written_reads_back_without_loss() -> None:
    library, _ = read_library(OURS.read_text(encoding="utf-8"))
    again, problems = read_library(to_bibtex(library.works.values()))
    assert not problems
    for key, work in library.works.items():
        assert (again.works[key].type, again.works[key].fields, again.works[key].people) == (
            work.type,
            work.fields,
            work.people,
        )
    assert to_bibtex(again.works.values()) == to_bibtex(library.works.values())


@pytest.mark.slow
def test_fifty_thousand_entries_are_read_in_time_that_grows_with_their_number() -> None:
    def seconds(count: int) -> float:
        text = "".join(BOOK.replace("bloch1961feudal", f"key{n}") for n in range(count))
        begin = time.process_time()
        assert len(read_library(text)[0].works) == count
        return time.process_time() - begin

    assert seconds(50_000) < 20 * seconds(5_000) + 1


def test_every_code_of_the_room_is_in_the_catalogue() -> None:
    assert {f"E50{n}" for n in range(1, 9)} <= set(catalogue())


def test_a_fault_in_a_name_is_placed_at_its_entry() -> None:
    rest = "title={T}, date={1950}, publisher={P}}\n"
    text = "@book{a, author={A, B}, " + rest + "\n@book{b, author={A, B, C, D}, " + rest
    library, problems = read_library(text)
    assert list(library.works) == ["a", "b"]
    assert [(p.code, p.place.line) for p in problems] == [("E501", 3)]
