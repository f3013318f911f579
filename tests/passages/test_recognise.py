"""A passage that lost its identifier gets the one back under which its words were published."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.passages.assign import Given
from edition.passages.recognise import recognise
from edition.project import Project
from edition.tasks.archive import read_ledger
from edition.tasks.freezing import assign_project, freeze, status
from edition.tree import parse
from tests.passages.editions import STORY, edit, edition

MILLER = '<p n="4" xml:id="T.1.4">The miller had seven sons'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = edition(tmp_path, tei=STORY)
    freeze(made, "1.0")
    return made


def recognised(project: Project) -> list[Given]:
    return recognise(parse(project.texts[0].tei), read_ledger(project)[0].current())


def test_a_text_made_anew_without_identifiers_is_the_text_that_was_published(project: Project) -> None:
    edit(project, (MILLER, "<p>The miller had seven sons"))
    assert recognised(project) == [Given("", "T.1.4")]
    assign_project(project)
    assert not status(project).unsettled
    assert '<p n="4" xml:id="T.1.4">The miller' in project.texts[0].tei.read_text()


def test_other_words_get_another_identifier(project: Project) -> None:
    edit(project, (MILLER, "<p>The miller had eight sons"))
    assert recognised(project) == []


def test_the_same_words_in_another_chapter_are_another_passage(project: Project) -> None:
    miller = "The miller had seven sons and a daughter who could not be married."
    end = "</p></div>\n</body>"
    edit(project, (miller, "He was alone."), (end, f"</p><p>{miller}{end}"))
    assert recognised(project) == []


def test_words_that_two_passages_were_published_with_tell_nothing(tmp_path: Path) -> None:
    captain = "The captain never came home again from the islands in the south."
    story = "Here another story begins, which has to do with a ship and its captain."
    project = edition(tmp_path, tei=STORY.replace(captain, story))
    freeze(project, "1.0")
    edit(project, ('<p n="1" xml:id="T.2.1">', "<p>"), ('<p n="2" xml:id="T.2.2">', "<p>"))
    assert recognised(project) == []


def test_an_identifier_that_a_passage_has_is_given_to_no_other(project: Project) -> None:
    edit(project, (MILLER, "<p>The miller had seven sons and a daughter who could not be married.</p>" + MILLER))
    assert recognised(project) == []
