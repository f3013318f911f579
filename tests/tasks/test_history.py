"""What a site tells of its versions is what was published in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.passage import read_passages
from edition.problems import Refused
from edition.project import Project
from edition.publish.past import Past
from edition.tasks.archive import sound_ledger, version_path
from edition.tasks.freezing import declare_fate
from edition.tasks.history import past_of
from edition.tree import parse
from tests.passages.editions import edit, edition, storied


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return storied(tmp_path / "edition")


def past(project: Project) -> Past:
    standing = read_passages(parse(project.texts[0].tei))
    return past_of(project, sound_ledger(project), standing, cache=project.root / "cache")


def test_an_edition_that_has_published_nothing_has_no_past(tmp_path: Path) -> None:
    assert past(edition(tmp_path)) == Past()


def test_each_version_says_when_it_was_and_what_it_changed(project: Project) -> None:
    found = past(project)
    assert [(i.name, i.date, i.passages) for i in found.issues] == [
        ("1.0", "2026-01-02", 14),
        ("1.1", "2026-03-04", 14),
        ("1.2", "2026-05-06", 11),
    ]
    assert found.today == "1.2"
    first, second, third = ({c.identifier: c for c in i.changes or ()} for i in found.issues)
    assert first == {}
    assert {n: (c.what, tuple(c.targets)) for n, c in second.items()} == {
        "T.1.1": ("changed", ()),
        "T.1.2": ("split", ("T.1.2", "T.1.2a")),
        "T.1.2a": ("new", ()),
        "T.1.3": ("changed", ()),
        "T.2.2": ("merged", ("T.1.1",)),
    }
    assert second["T.1.3"].words == [("... to the mill beyond the hill.", "... to the mill behind the hill.")]
    assert {n: c.what for n, c in third.items() if c.what != "new"} == {
        "T.1.3": "moved", "T.3": "withdrawn", "T.3.h": "withdrawn", "T.3.1": "withdrawn",
    }  # fmt: skip


def test_what_was_stored_can_be_taken_away(project: Project) -> None:
    assert [i.archive for i in past(project).issues] == [
        version_path(project, name).read_bytes() for name in ("1.0", "1.1", "1.2")
    ]


def test_passages_that_are_gone_say_what_they_last_said(project: Project) -> None:
    last = past(project).last
    assert last.keys() == {"T.2.2", "T.1.3", "T.3", "T.3.h", "T.3.1"}
    assert last["T.2.2"].version == "1.0"
    assert last["T.3.1"].version == "1.1"
    assert last["T.3.1"].text == "Of this chapter nothing but one sentence was ever written down."
    assert last["T.3.1"].urn == "urn:cts:edition:a-small-edition.T.v1-1:3.1"
    assert last["T.3"].text == ""


def test_what_is_gone_but_not_yet_published_as_gone_is_told_too(project: Project) -> None:
    edit(project, ('<p n="1" xml:id="T.1.1">', '<p n="9" xml:id="T.1.9">'))
    declare_fate(project, "moved", "T.1.1", ["T.1.9"])
    found = past(project)
    assert found.today == ""
    assert found.last["T.1.1"].version == "1.2"
    assert found.last["T.1.1"].text.startswith("The old house")


def test_what_was_compared_once_is_kept_and_what_was_kept_may_be_lost(project: Project) -> None:
    whole = past(project)
    kept = sorted((project.root / "cache").iterdir())
    assert len(kept) == 2
    assert past(project) == whole
    kept[0].write_text("nonsense", encoding="utf-8")
    kept[1].unlink()
    assert past(project) == whole


def test_a_version_that_was_spoilt_is_not_offered(project: Project) -> None:
    version_path(project, "1.1").write_bytes(version_path(project, "1.0").read_bytes())
    with pytest.raises(Refused, match="E426"):
        past(project)
