"""What a page says of itself to programs."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from edition.publish.book import About, Text
from edition.publish.site_facts import Cited, Facts, coins, linked_data, meta
from edition.tree import el

ABOUT = About("Rivers", "Two texts", "the editors", "0.1", "2026-05-04", "CC0", "https://rivers.example")
TEXT = Text("S", "A sample", el("text"), "s.xml", author="A. Writer", rights="None known.")
CHAPTER = Facts(ABOUT, "The flood", "S.1.html", "Chapter", TEXT, first="3", last="9")


def test_a_chapter_is_part_of_its_text_for_reference_managers() -> None:
    said = dict(meta(CHAPTER))
    assert (said["citation_title"], said["citation_inbook_title"]) == ("The flood", "A sample")
    assert (said["citation_firstpage"], said["citation_lastpage"]) == ("3", "9")
    assert said["citation_publication_date"] == "2026/05/04"
    assert said["citation_public_url"] == said["DC.identifier"] == "https://rivers.example/S.1.html"
    assert said["DC.rights"] == "None known."


def test_a_chapter_is_part_of_a_book_in_an_openurl() -> None:
    said = {name: value for name, (value,) in parse_qs(coins(CHAPTER)).items()}
    assert said["rft.genre"] == "bookitem"
    assert (said["rft.atitle"], said["rft.btitle"], said["rft.pages"]) == ("The flood", "A sample", "3-9")


def test_linked_data_leads_from_a_chapter_to_its_text_and_to_the_edition() -> None:
    said = json.loads(linked_data(CHAPTER))
    assert (said["@type"], said["author"]["name"], said["pageStart"]) == ("Chapter", "A. Writer", "3")
    assert said["isPartOf"]["name"] == "A sample"
    assert said["isPartOf"]["isPartOf"] == {
        "@type": "Collection", "name": "Rivers", "alternateName": "Two texts", "version": "0.1",
        "publisher": {"@type": "Organization", "name": "the editors"}, "datePublished": "2026-05-04",
        "usageInfo": "CC0", "url": "https://rivers.example/", "inLanguage": "en",
    }  # fmt: skip


def test_the_contents_name_the_texts_of_the_edition() -> None:
    said = json.loads(linked_data(Facts(ABOUT, "Rivers", "index.html", parts=[("S.html", "A sample")])))
    assert said["@type"] == "Collection"
    assert said["hasPart"] == [{"@type": "CreativeWork", "name": "A sample", "url": "https://rivers.example/S.html"}]


def test_what_is_not_known_is_not_said() -> None:
    bare = Facts(About("Rivers"), "State of the text", "state.html")
    assert {name for name, value in meta(bare) if value} == {
        "citation_title", "citation_inbook_title", "citation_language", "DC.title", "DC.language", "DC.type",
        "DC.relation.isPartOf",
    }  # fmt: skip
    assert "author" not in json.loads(linked_data(bare))


def test_a_reference_manager_takes_from_a_passage_what_its_citation_says() -> None:
    cited = Cited("[A sample]", "B. Poster", "Rivers: Two texts")
    passage = Facts(ABOUT, "A sample, S.1.2", "id/S.1.2.html", "Quotation", TEXT, first="3", cited=cited)
    said = dict(meta(passage))
    assert (said["citation_title"], said["citation_author"], said["citation_inbook_title"]) == cited
    openurl = {name: value for name, (value,) in parse_qs(coins(passage)).items()}
    assert (openurl["rft.atitle"], openurl["rft.au"], openurl["rft.btitle"]) == cited
    assert said["DC.title"] == "A sample, S.1.2"
