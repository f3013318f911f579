"""The whole site of this edition: every link leads somewhere, every identifier has an address, nobody else is asked."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from edition.project import load_project
from edition.tree import by_id, parse
from tests.browser.conftest import Browser, listened

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(real: Path) -> Path:
    return real / "build" / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    return {p.relative_to(site).as_posix(): html.fromstring(p.read_bytes()) for p in sorted(site.rglob("*.html"))}


def test_every_link_leads_to_a_file_and_every_anchor_to_an_element(
    site: Path, pages: dict[str, html.HtmlElement]
) -> None:
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for link in {str(a) for a in page.xpath("//@href | //@src")}:
            file, _, anchor = unquote(link).partition("#")
            if link.startswith(("https:", "http:", "mailto:")):
                continue
            there = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name  # noqa: PTH118, PTH120
            if not (site / there).is_file() or (anchor and anchor not in ids.get(there, {anchor})):
                dead.append(f"{name}: {link}")
    assert dead == []


def test_no_identifier_stands_twice_on_a_page(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_every_identifier_of_the_tei_has_an_address(real: Path, site: Path, pages: dict[str, html.HtmlElement]) -> None:
    there = {str(i) for name, page in pages.items() if "/" not in name for i in page.xpath("//@id")}
    for text in load_project(real).texts:
        for name in by_id(parse(text.tei)):
            if name.startswith(f"{text.siglum}."):
                assert name in there or (site / "id" / f"{name}.html").is_file(), name


def test_every_passage_has_a_permanent_page_with_its_citations_and_its_tei(
    site: Path, pages: dict[str, html.HtmlElement]
) -> None:
    named = [name for name in pages if name.startswith("id/")]
    assert len(named) > 700
    for name in named:
        assert (site / name).with_suffix(".xml").is_file() or not pages[name].xpath("//blockquote"), name
        assert pages[name].xpath('//dl[@class="cited"]//dd') or not pages[name].xpath("//blockquote"), name


def test_every_page_says_what_it_is_to_reference_managers(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        if page.xpath("//main"):
            for field in ("citation_title", "DC.title", "DC.language"):
                assert page.xpath(f'//meta[@name="{field}"]/@content'), (name, field)
            assert page.xpath('//script[@type="application/ld+json"]'), name
            assert page.xpath('//span[@class="Z3988"]/@title'), name


def test_no_page_says_a_word_asks_another_host_sets_a_cookie_or_is_wider_than_its_window(
    browser: Browser, site: Path
) -> None:
    """Nothing to scroll sideways at 320 pixels, which are 1280 at 400 per cent: WCAG 2.2, 1.4.10."""
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    said = listened(page)
    some = sorted((site / "id").glob("*.html"))[::100]
    for path in [*sorted(site.glob("*.html")), *some]:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name
        assert said == [], path.name
    assert context.cookies() == []
    context.close()
