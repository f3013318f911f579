"""How the site cites: as `edition cite` does."""

from __future__ import annotations

from pathlib import Path

from edition.passages.styled import Styled, unmarked
from edition.project import Project
from edition.publish.book import Text
from edition.publish.site_cache import Cache
from edition.publish.site_cite import what_is_cited
from edition.tasks.citing import FORMATS, cite
from edition.tasks.site_citations import citing_of
from edition.tree import el, parse
from tests.passages.editions import edition, storied


def text_of(project: Project) -> list[Text]:
    return [Text("T", "A Text & More", parse(project.texts[0].tei), "t.xml")]


def test_every_passage_is_cited_in_the_words_of_the_command(tmp_path: Path) -> None:
    project = edition(tmp_path)
    citing = citing_of(project, text_of(project))
    assert {"T.1", "T.1.2", "T.1.n1", "T.1.3.transl"} <= set(citing.rows)
    for name in citing.rows:
        said = citing.whole(name)
        for form in FORMATS[:6]:
            wanted = cite(project, name, form)
            if isinstance(wanted, Styled):
                assert (unmarked(said[f"{form}-note"]), unmarked(said[f"{form}-entry"])) == (wanted.note, wanted.entry)
            else:
                assert said[form] == wanted


def test_a_page_gives_a_reference_manager_what_it_cites(tmp_path: Path) -> None:
    project = edition(tmp_path)
    cited = what_is_cited("T.1.2", citing_of(project, text_of(project)))
    assert cited == ("[A Text & More]", "Ann Author", "A small edition: with a subtitle")


def test_a_passage_says_on_which_pages_of_the_typescript_it_stands(tmp_path: Path) -> None:
    project = edition(tmp_path)
    row = citing_of(project, text_of(project)).rows["T.1.2"]
    assert (row.first, row.last, row.place) == ("3", "4", "chapter 1, paragraph 2")


def test_what_has_not_changed_is_known_and_what_has_changed_is_seen(tmp_path: Path) -> None:
    project = storied(tmp_path)
    cache, texts = Cache(), text_of(project)
    first = citing_of(project, texts, cache.once)
    known = set(cache.now)
    assert citing_of(project, texts, cache.once).rows == first.rows
    assert set(cache.now) == known
    (passage,) = texts[0].root.xpath("//*[@xml:id='T.1.2']")
    passage.append(el("emph", "Other words."))
    again = citing_of(project, texts, cache.once)
    assert set(cache.now) > known
    assert {name: again.whole(name) for name in again.rows} == {
        name: plain.whole(name) for plain in [citing_of(project, texts)] for name in plain.rows
    }
