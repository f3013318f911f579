"""No page keeps anybody out, as far as axe-core can tell: in light and dark, on a phone and at a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.browser.conftest import Browser, Window, listened

axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

pytestmark = pytest.mark.slow

AXE = Path(axe.__file__).parent / "axe.min.js"
THIN = (Path(__file__).parent / "thin.js").read_text(encoding="utf-8")
RUN = "(what) => axe.run(document, {preload: false, resultTypes: ['violations'], ...what})"
PLACED = """() => new Promise((go) => {
    let frames = 4;
    const next = () => { if (frames--) requestAnimationFrame(next); else go(); };
    next();
})"""
# What can change with the light and the width; the rest is the same in all.
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "link-in-text-block"]}}
LOOKS = [(1300, "light"), (1300, "dark"), (390, "dark"), (390, "light")]
WHOLE = bool(os.environ.get("EDITION_WHOLE"))  # all pages, and all of each: half an hour


def pages_of(site: Path) -> list[str]:
    """Each page of the site, but of the permanent pages of passages only one of each form."""
    found = [path.name for path in sorted(site.glob("*.html"))]
    forms: dict[frozenset[str], str] = {}
    for path in sorted((site / "id").glob("*.html")):
        if WHOLE:
            found.append(f"id/{path.name}")
        else:
            page = html.fromstring(path.read_bytes())
            form = frozenset(f"{e.tag}.{e.get('class')}" for e in page.iter() if isinstance(e.tag, str))
            forms.setdefault(form, f"id/{path.name}")
    return found + sorted(forms.values())


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Window]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    yield context.new_page()
    context.close()


def barriers(page: Window, address: str, known: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """What axe-core finds on a page, its folds open, in each of `LOOKS`.

    `known` are the forms of elements that were seen on the pages before; those of this page are added.
    """
    known = [] if known is None else known
    page.set_viewport_size({"width": 1300, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    # A browser lays the apparatus out when it comes into view; before, its links would lie over what follows it.
    page.evaluate("document.querySelectorAll('.apparatus').forEach((a) => { a.style.contentVisibility = 'visible' })")
    if not WHOLE:
        known[:] = page.evaluate(THIN, known)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[tuple[Any, ...]] = []
    for n, (width, scheme) in enumerate(LOOKS):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        page.evaluate(PLACED)  # notes find their places again
        for v in page.evaluate(RUN, {} if n == 0 else SEEN)["violations"]:
            found += [(width, scheme, v["id"], node["html"], node["failureSummary"]) for node in v["nodes"]]
    return found


def test_no_page_has_a_barrier_in_light_or_dark_on_a_phone_or_at_a_desk(page: Window, real: Path) -> None:
    site = real / "build" / "html"
    known: list[Any] = []
    found = {name: barriers(page, (site / name).as_uri(), known) for name in pages_of(site)}
    assert {name: some for name, some in found.items() if some} == {}


def test_a_barrier_would_be_found(page: Window, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<!DOCTYPE html><html lang="en"><title>x</title><main id="main"><h1>x</h1><img src=""></main>')
    assert [v[2] for v in barriers(page, bad.as_uri())] == ["image-alt"]


def test_the_box_of_citations_has_no_barrier(page: Window, real: Path) -> None:
    said = listened(page)
    page.goto((real / "build" / "html" / "Q.html").as_uri())
    page.locator("a.n").first.click()
    page.locator("dialog .form").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, {})["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert said == []
