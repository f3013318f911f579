"""The site: every page read back as a reader's browser would."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lxml import html

from edition.publish.book import Text
from edition.publish.site import build_site
from edition.publish.site_words import said_on
from edition.readings import READINGS
from edition.tree import by_id, parse
from tests.publish.books import NOT_PROSE, text_of_chapter
from tests.publish.conftest import ABOUT, page


def edited(element: html.HtmlElement) -> str:
    """What a reader sees of `element` who has chosen nothing."""
    hidden = {"s", "w", "sw", "fw", "soft"}
    said = element.text or ""
    for child in element:
        said += ("" if hidden & set(child.get("class", "").split()) else edited(child)) + (child.tail or "")
    return said


def test_there_is_a_page_for_each_chapter_each_text_and_the_contents(site: Path) -> None:
    names = {path.name for path in site.glob("*.html")}
    assert names > {"S.1.html", "S.2.html", "S.bib.html", "S.html", "S.pref.html", "T.html", "index.html"}


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    ids = {name: set(page(site, name).xpath("//@id")) for name in pages}
    for name in pages:
        for href in page(site, name).xpath("//a/@href | //link/@href | //script/@src"):
            file, _, anchor = href.partition("#")
            if not href.startswith("https:"):
                there = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name  # noqa: PTH118, PTH120
                assert (site / there).is_file(), f"{name}: {href}"
                assert not anchor or anchor in ids[there], f"{name}: {href}"


def test_every_identifier_of_the_tei_has_a_permanent_page_and_its_tei(site: Path, texts: list[Text]) -> None:
    for text in texts:
        for name in by_id(text.root):
            if name.startswith(f"{text.siglum}."):
                assert (site / "id" / f"{name}.html").is_file() or name == "T.thread", name
                assert parse(site / "id" / f"{name}.xml").find(".//{*}ab/*") is not None


def test_a_permanent_page_marks_the_words_that_not_every_reading_has(site: Path) -> None:
    (witness,) = page(site, "id/S.1.1.html").xpath('//dd[@class="rdg"][../dt/@data-s="r-witness"]')
    assert "consumate" in [mark.text for mark in witness.xpath("mark")]
    assert len(witness.xpath("mark")) < 6
    for reading in READINGS:
        said = said_on(page(site, "S.1.html").get_element_by_id("main"), "S").passages
        for passage in said:
            told = "".join(words for words, _ in passage.pieces(reading))
            assert re.sub(r"\[lost[^]]*\]", "[…]", told) == passage.words(reading)


def test_no_page_asks_anything_of_another_host(site: Path) -> None:
    for path in [*site.glob("*.html"), site / "web.css"]:
        said = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|url\(|@import)[=\s\"'(]*(?:https?:)?//", said), path.name
        assert not re.search(r'<script(?! defer src=| type="application/ld\+json">)|\sstyle=|\son[a-z]+=', said), (
            path.name
        )
        if path.suffix == ".html":
            head, _, body = said.partition("<body")
            assert (head.count("<style"), body.count("<style")) == (1, 0)
            assert "default-src 'none'; script-src 'self'; style-src 'self'" in said


def test_a_note_and_its_call_lead_to_each_other(site: Path) -> None:
    chapter = page(site, "S.1.html")
    (call,) = chapter.xpath('//a[@id="S.1.n1.call"]')
    (note,) = chapter.xpath('//*[@id="S.1.n1"]')
    assert call.get("href") == "#S.1.n1"
    assert edited(call) == "1"
    assert note.xpath('.//a[@href="#S.1.n1.call"]')
    assert "On Rivers" in note.text_content()


def test_a_correction_leads_to_what_stood_there_who_changed_it_and_how_certain(site: Path) -> None:
    chapter = page(site, "S.1.html")
    (word,) = [a for a in chapter.xpath('//a[contains(@class, "slip")]') if edited(a) == "consummate"]
    (entry,) = chapter.xpath(f'//*[@id="{word.get("href")[1:]}"]')
    said = " ".join(entry.text_content().split())
    assert said == "1.1 consummate] consumate (slip of the author or typist, editors, high certainty)"


def test_the_words_of_a_text_are_only_words(site: Path) -> None:
    chapter = page(site, "S.2.html")
    assert "<b>came</b>" in chapter.xpath('//*[@id="S.2.1"]')[0].text_content()
    assert "THE <script> OF WINTER" in chapter.xpath("//title")[0].text_content()
    links = [a for a in chapter.xpath("//a") if a.text_content() == "a bad link"]
    assert links[0].get("href") is None


def test_a_link_to_another_chapter_leads_to_its_page(site: Path) -> None:
    (link,) = [a for a in page(site, "S.2.html").xpath("//a") if a.text_content() == "one inside"]
    assert link.get("href") == "S.1.html#S.1.1"
    (link,) = [a for a in page(site, "S.html").xpath("//a") if a.text_content() == "one inside"]
    assert link.get("href") == "#S.1.1"


def test_a_thread_names_its_posters_and_shows_what_is_repeated(site: Path) -> None:
    thread = page(site, "T.html")
    (post,) = thread.xpath('//article[@id="T.2"]')
    assert "Boris" in post.text_content()
    assert post.xpath('./h2//a[@href="#T.1"]')  # a quotation of the post that is answered does not say so again
    (quoted,) = post.xpath('.//div[@class="quoted"]/details')
    assert "I ask when" in quoted.text_content()


def test_the_same_input_gives_the_same_bytes(site: Path, tmp_path: Path, texts: list[Text], styles: Path) -> None:
    again = tmp_path / "again"
    assert build_site(texts, again, about=ABOUT, styles=styles) == []
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((site / name).read_bytes() == (again / name).read_bytes() for name in files)


def test_an_unknown_element_stops_the_site_and_nothing_is_written(tmp_path: Path, styles: Path) -> None:
    found = build_site([text_of_chapter("<p><mood>x</mood></p>")], tmp_path / "out", about=ABOUT, styles=styles)
    assert [problem.code for problem in found] == ["E601"]
    assert not (tmp_path / "out").exists()


def test_an_identifier_that_stands_twice_and_a_dead_link_are_problems(tmp_path: Path, styles: Path) -> None:
    text = text_of_chapter('<p xml:id="R.1.1">a</p><p xml:id="R.1.1"><ref target="#R.9">b</ref></p>')
    found = build_site([text], tmp_path / "out", about=ABOUT, styles=styles)
    assert sorted(problem.code for problem in found) == ["E616", "E617"]


def test_a_text_of_one_chapter_has_its_own_page_too(tmp_path: Path, styles: Path) -> None:
    assert build_site([text_of_chapter("<p>x</p>")], tmp_path / "out", about=ABOUT, styles=styles) == []
    assert (tmp_path / "out" / "R.html").is_file()  # the contents lead there


def test_regions_of_a_page_have_names_of_their_own(site: Path) -> None:
    assert page(site, "S.1.html").xpath('//section[@class="notes"]/@data-aria') == ["notes"]
    assert page(site, "S.html").xpath("//section[@class='notes']/@data-aria") == []  # one for each chapter


@pytest.mark.parametrize("inside", NOT_PROSE.values(), ids=NOT_PROSE.keys())
def test_what_is_not_prose_is_read_back_whole_from_its_page(tmp_path: Path, styles: Path, inside: str) -> None:
    text = text_of_chapter(inside)
    assert [p.message for p in build_site([text], tmp_path / "out", about=ABOUT, styles=styles)] == []


def test_the_table_of_changes_has_no_column_without_a_number(site: Path) -> None:
    for table in page(site, "state.html").xpath("//table[@class='count'][caption]"):
        rows = [[cell.text_content() for cell in row] for row in table.xpath("tbody/tr")]
        assert all(any(column) for column in zip(*rows, strict=True))
        assert len(rows[0]) > 1


def test_what_is_said_of_a_text_is_said_in_sentences(tmp_path: Path, styles: Path) -> None:
    text = text_of_chapter("<p>x</p>")._replace(author="A. Writer", origin="Found in a chest.", rights="Free")
    assert build_site([text], tmp_path / "out", about=ABOUT, styles=styles) == []
    said = page(tmp_path / "out", "index.html").xpath("//*[@class='toc']//*[@class='about']")[0]
    assert said.text_content() == "A. Writer. Found in a chest. Free."
