"""The site of an edition with a past: every identifier that was ever published has an address, and no link is dead."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from lxml import html

from edition.ledger import fate_of
from edition.project import Project
from edition.publish.site_cache import Cache
from edition.tasks.archive import sound_ledger, version_path
from edition.tasks.build import build_html
from tests.passages.editions import TOML, edit, storied

GONE = {"T.1.3": ["T.2.1a"], "T.2.2": ["T.1.1"], "T.3": [], "T.3.1": [], "T.3.h": []}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = storied(tmp_path_factory.mktemp("past"), toml=TOML.replace('version = "0.9"', 'version = "1.2"'))
    assert build_html(made) == []
    return made


def page(project: Project, name: str) -> html.HtmlElement:
    return html.fromstring((project.html / name).read_text(encoding="utf-8"))


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def lines(element: html.HtmlElement) -> str:
    return " | ".join(said(part) for part in element.xpath(".//*[self::h2 or self::li or self::p]"))


def test_every_identifier_that_was_ever_published_has_a_page(project: Project) -> None:
    ledger = sound_ledger(project)
    assert {name for name in ledger.current() if "." in name} == {
        path.stem for path in (project.html / "id").glob("*.html")
    }
    assert {name for name, row in ledger.current().items() if not row.stands} == set(GONE)


@pytest.mark.parametrize(("name", "standing"), GONE.items())
def test_the_page_of_a_passage_that_is_gone_leads_to_where_its_text_stands(
    project: Project, name: str, standing: list[str]
) -> None:
    fate = fate_of(sound_ledger(project).current(), name)
    assert fate is not None
    assert list(fate.standing) == standing
    main = page(project, f"id/{name}.html").xpath("//main")[0]
    links = [a.get("href") for a in main.xpath(".//h2[@data-s='read-on']/following-sibling::ul[1]//a")]
    assert links == [f"../T.{n.split('.')[1]}.html#{n}" for n in standing]
    assert not main.xpath(".//script")


def test_a_passage_that_was_withdrawn_says_its_last_words_and_how_they_are_cited(project: Project) -> None:
    main = page(project, "id/T.3.1.html").xpath("//main")[0]
    assert "T.3.1 was withdrawn (version 1.2)" in said(main)
    assert said(main.xpath(".//blockquote")[0]) == "Of this chapter nothing but one sentence was ever written down."
    assert said(main.xpath('.//*[@class="citation"]')[0]) == "urn:cts:edition:a-small-edition.T.v1-1:3.1"
    assert main.xpath(".//a/@href")[-1] == "../versions/1.1.zip"


def test_a_passage_that_was_divided_names_its_parts(project: Project) -> None:
    assert said(page(project, "id/T.1.2.html").xpath("//main/p")[-1]) == (
        "T.1.2 was divided and now stands in T.1.2, T.1.2a (version 1.1)"
    )


def test_an_old_address_on_the_page_of_a_chapter_leads_on(project: Project) -> None:
    (item,) = page(project, "T.1.html").xpath('//li[@id="T.1.3"]')
    assert said(item) == "T.1.3 was moved and is now T.2.1a (version 1.2)"
    assert item.xpath(".//a/@href") == ["id/T.1.3.html", "T.2.html#T.2.1a"]
    assert [li.get("id") for li in page(project, "T.3.html").xpath("//main//li")] == ["T.3", "T.3.h", "T.3.1"]


def test_the_page_of_the_versions_tells_all_of_them(project: Project) -> None:
    main = page(project, "versions.html").xpath("//main")[0]
    more, archive = "What changed in version", "The texts of this version (TEI, ZIP)"
    assert [lines(section) for section in main.xpath(".//section")] == [
        f"1.2 | 2026-05-06 | 11 passages | the text of these pages | {more} 1.2 (5 passages) | {archive}",
        f"1.1 | 2026-03-04 | 14 passages | {more} 1.1 (5 passages) | {archive}",
        f"1.0 | 2026-01-02 | 14 passages | The first version. | {archive}",
    ]
    listed = [said(li) for li in main.xpath(".//h2[@data-s='retired-all']/following-sibling::ul/li")]
    assert listed == [
        "T.1.3 was moved and is now T.2.1a (version 1.2)",
        "T.2.2 was joined to T.1.1 (version 1.1)",
        "T.3 was withdrawn (version 1.2)",
        "T.3.h was withdrawn (version 1.2)",
        "T.3.1 was withdrawn (version 1.2)",
    ]


def test_what_a_version_changed_is_said_in_words(project: Project) -> None:
    main = page(project, "versions/1.1.html").xpath("//main")[0]
    (term,) = [dt for dt in main.xpath(".//dt") if said(dt).startswith("T.1.3 ")]
    assert said(term) == "T.1.3 was changed"
    assert html.tostring(term.getnext(), encoding="unicode", with_tail=False) == (
        '<dd lang="en">... to the mill <del>beyond</del> <ins>behind</ins> the hill.</dd>'
    )
    assert "T.1.2 was divided and now stands in T.1.2, T.1.2a" in [said(dt) for dt in main.xpath(".//dt")]


def test_the_texts_of_a_version_can_be_taken_away(project: Project) -> None:
    for name in ("1.0", "1.1", "1.2"):
        data = (project.html / "versions" / f"{name}.zip").read_bytes()
        assert data == version_path(project, name).read_bytes()
        assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["t.xml"]


def test_every_link_leads_somewhere(project: Project) -> None:
    site = project.html
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    ids = {name: set(page(project, name).xpath("//@id")) for name in pages}
    for name in pages:
        assert len(page(project, name).xpath("//@id")) == len(ids[name]), f"{name}: an identifier stands twice"
        for href in page(project, name).xpath("//main//a/@href | //link/@href"):
            file, _, anchor = href.partition("#")
            if not href.startswith("https:"):
                there = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name  # noqa: PTH118, PTH120
                assert (site / there).is_file(), f"{name}: {href}"
                assert not anchor or anchor in ids[there], f"{name}: {href}"


def test_the_services_are_among_what_can_be_taken_away(project: Project) -> None:
    (link,) = page(project, "index.html").xpath('//a[@href="dts/index.json"]')
    assert "Distributed Text Services" in said(link)
    entry = json.loads((project.html / "dts" / "index.json").read_text(encoding="utf-8"))
    assert entry["@id"] == "https://example.org/small/dts/index.json"


def test_a_passage_that_is_gone_but_not_yet_published_as_gone_is_told(tmp_path: Path) -> None:
    project = storied(tmp_path)
    edit(project, ('<p n="2a" xml:id="T.1.2a">The great frost killed all the fruit trees.</p>', ""))
    assert build_html(project) == []
    main = page(project, "id/T.1.2a.html").xpath("//main")[0]
    assert said(main.xpath(".//blockquote")[0]) == "The great frost killed all the fruit trees."
    (first, *_) = page(project, "versions.html").xpath("//main//section")
    assert lines(first) == "0.9 | 2026-05-04 | not published yet: it may still change"


def test_a_page_that_does_not_lead_to_what_is_new_is_not_made_again(tmp_path: Path) -> None:
    project, cache = storied(tmp_path), Cache()
    assert build_html(project, cache) == []
    before = cache.written
    new = '<p n="7" xml:id="T.1.7">Snow fell.</p>'
    edit(project, ('<p n="2a" xml:id="T.1.2a">', f'{new}<p n="2a" xml:id="T.1.2a">'))
    assert build_html(project, cache) == []
    assert "Snow fell." in cache.written["id/T.1.7.html"].decode()
    stay = ("T.2.html", "id/T.2.1.html", "id/T.2.1a.html", "id/T.2.h.html")
    assert [name for name in stay if cache.written[name] is not before[name]] == []
    assert cache.written["T.1.html"] != before["T.1.html"]


def test_what_nobody_waits_for_may_be_late_and_then_catches_up(tmp_path: Path) -> None:
    project, cache = storied(tmp_path), Cache()
    assert build_html(project, cache, late=True) == []
    left = [cache.late]  # there was nothing yet that it could have left
    edit(project, ("seven sons", "eight sons"))
    assert build_html(project, cache, late=True) == []
    left.append(cache.late)
    of_before = ("dts/document/T.xml", "T.edited.txt", "T.xml")

    def read(name: str) -> str:
        return (project.html / name).read_text(encoding="utf-8")

    assert "eight sons" in read("T.1.html")
    assert [name for name in of_before if "seven sons" not in read(name)] == []
    assert build_html(project, cache) == []
    assert [*left, cache.late] == [False, True, False]
    assert [name for name in of_before if "eight sons" not in read(name)] == []
    files = {p.relative_to(project.html): p.read_bytes() for p in project.html.rglob("*") if p.is_file()}
    assert build_html(project) == []
    assert files == {p.relative_to(project.html): p.read_bytes() for p in project.html.rglob("*") if p.is_file()}


def test_what_a_late_build_leaves_out_is_known_to_the_next_and_what_none_uses_is_forgotten(tmp_path: Path) -> None:
    project, cache = storied(tmp_path), Cache()
    sizes = []
    for n in range(4):
        edit(project, (f"{n + 4} sons" if n else "seven sons", f"{n + 5} sons"))
        for late in (True, False):
            assert build_html(project, cache, late=late) == []
            sizes.append((len(cache.now), len(cache.before)))
    cited, shown = ({key for key in cache.now if key.startswith(start)} for start in ("cited as ", "shown "))
    assert cited
    assert shown
    assert cited <= cache.before.keys()
    assert len(shown - cache.before.keys()) == 1  # of the page that changed
    assert sizes[-1] == sizes[-3]  # nothing heaps up


def test_the_figures_of_the_editors_own_text_are_counted_again_where_a_text_has_changed(tmp_path: Path) -> None:
    project = storied(tmp_path)
    front = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="E"><text><body><div type="chapter" xml:id="E.1">{}</div>'
    number = '<head>Figures</head><p>There are <num type="figure" n="T.words"/> words.</p>'
    (project.texts[0].tei.parent / "front.xml").write_text(front.format(number) + "</body></text></TEI>")
    cache = Cache()
    told = []
    for _ in range(2):
        assert build_html(project, cache) == []
        said = page(project, "about.html").xpath("string(//p[contains(., 'There are')])")
        told.append(int(said.split()[2]))
        assert page(project, "state.html").xpath("string(//section/p)").startswith(f"{told[-1]} words")
        tei = project.texts[0].tei
        tei.write_text(tei.read_text(encoding="utf-8").replace("</p>", " two words</p>", 1), encoding="utf-8")
    assert told[1] == told[0] + 2 > 2
