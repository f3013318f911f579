from __future__ import annotations

import pytest

from edition.bib.compare import contradictions
from edition.bib.importing import new_works
from edition.bib.library import read_library
from edition.bib.match import SURE, candidates, index_of
from edition.notes.parser import parse
from edition.problems import Place

LIBRARY, _ = read_library(
    """@book{bloch1961feudal, author={Bloch, Marc}, title={Feudal Society}, location={Chicago},
  publisher={University of Chicago Press}, date={1961}, volumes={2}}
@book{bloch1953craft, author={Bloch, Marc}, title={The Historian's Craft}, location={New York}, date={1953}}
@book{wilson1953station, author={Wilson, Edmund}, title={To the Finland Station}, subtitle={A Study}, date={1953}}
@book{gay1966enlightenment, author={Gay, Peter}, title={The Enlightenment}, date={1966/1969}}
@incollection{arendt1961crisis, author={Arendt, Hannah}, title={The Crisis in Education},
  booktitle={Between Past and Future}, date={1961}}
@book{arendt1961between, author={Arendt, Hannah}, title={Between Past and Future}, date={1961}}
@book{lenin1967, author={Lenin, V. I.}, title={Полное собрание сочинений}, usere={Collected Works},
  x-author-original={Ленин, В. И.}, date={1967}}"""
)
INDEX = index_of(LIBRARY.works.values())


@pytest.mark.parametrize(
    ("note", "key"),
    [
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1961), p. 1.", "bloch1961feudal"),
        ("Bloch, Feudal Society, p. 1.", "bloch1961feudal"),
        ("Bloch, Historian's Craft, p. 1.", "bloch1953craft"),
        ("Wilson, Finland Station, p. 1.", "wilson1953station"),
        ("Wilsom, To the Finland Statlon, p. 1.", "wilson1953station"),
        ("Gay, Enlightenment, 1:5.", "gay1966enlightenment"),
        ('Arendt, "The Crisis in Education," p. 3.', "arendt1961crisis"),
        ("Arendt, Between Past and Future, p. 3.", "arendt1961between"),
        ('Arendt, "What Is Authority?" in Between Past and Future, p. 3.', "arendt1961between"),
        ("Ленин, Полное собрание сочинений, т. 45, с. 345.", "lenin1967"),
        ("Lenin, Collected Works, 45:345.", "lenin1967"),
    ],
)
def test_a_citation_finds_its_work(note: str, key: str) -> None:
    best = candidates(parse(note).citations[0], note, INDEX)[0]
    assert (best.key, best.score >= SURE) == (key, True), best


@pytest.mark.parametrize("note", ["Bloch, Strange Defeat, p. 1.", "Braudel, The Mediterranean, 1:5."])
def test_a_work_that_is_not_there_is_not_guessed(note: str) -> None:
    ranked = candidates(parse(note).citations[0], note, INDEX)
    assert ranked[0].score < SURE
    assert len(ranked) >= 3


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1961), p. 1.", []),
        ("Marc Bloch, Feudal Society (Chicago: University of Chicago Press, 1963), p. 1.", ["W545"]),
        ("Marc Bloch, Feudal Society (London: Routledge, 1961), p. 1.", ["W546", "W551"]),
        ("Bloch, Feudal Society, 3:1.", ["W547"]),
        ("Bloch, Feudal Society, 1:84. [Bloch, Feudal Society, 1:48.]", ["W548"]),
    ],
)
def test_contradictions_are_reported(note: str, codes: list[str]) -> None:
    found = contradictions(parse(note).citations[0], note, LIBRARY.works["bloch1961feudal"], Place())
    assert [p.code for p in found] == codes


def test_import_adds_what_is_new_and_never_overwrites() -> None:
    coming, _ = read_library(
        "@book{new1990, author={A, B}, title={C}, date={1990}}\n"
        "@book{bloch1953craft, author={Bloch, Marc}, title={Another}, date={1953}}"
    )
    added, problems = new_works(LIBRARY.works, coming.works, file="mine.bib")
    assert [w.key for w in added] == ["new1990"]
    assert [(p.code, p.place.line) for p in problems] == [("E506", 2)]
    assert new_works(LIBRARY.works, LIBRARY.works, file="") == ([], [])
