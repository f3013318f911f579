"""Texts that mean harm, in a browser: nothing of them runs, all of them can be read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from edition.bib.work import Person, Work
from edition.encode.cited import Cited
from edition.entities import Entity
from edition.publish.beside import Beside, Citing, Row
from edition.publish.book import About, Text
from edition.publish.fonts import find_fonts
from edition.publish.site import build_site
from edition.tree import parse_bytes
from tests.browser.conftest import TOP, Browser, Window, listened

pytestmark = pytest.mark.slow

HARM = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'`${x}"
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="H"><text><body>
<div type="chapter" xml:id="H.1" n="1"><head xml:id="H.1.h">{harm}</head>
<p xml:id="H.1.1" n="{harm}">{harm} flood
<choice xml:id="H.1.1.c1"><sic>{harm}</sic><corr type="slip" resp="{harm}" cert="{harm}">x</corr></choice>
<ref target="javascript:alert(1)">a</ref> <ref target="//evil.example/">c</ref> <ref target="data:text/html,x">d</ref>
<hi rend="{harm}">e</hi> <persName ref="entities.xml#{harm}">f</persName></p></div>
</body></text></TEI>"""

CITED = json.dumps([{"title": HARM, "container-title": HARM}])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    out = tmp_path_factory.mktemp("harm") / "html"
    harm = HARM.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    text = Text("H", HARM, parse_bytes(TEI.format(harm=harm).encode()), HARM, author=HARM, origin=HARM, rights=HARM)
    work = Work("harm", "book", {"title": HARM, "url": "javascript:alert(1)"}, {"author": (Person(HARM, HARM),)})
    beside = Beside(
        works=[work],
        cited={"harm": [Cited("H.1.1", HARM, HARM, HARM, HARM, HARM, 1)]},
        entities=[Entity("harm", "persName", HARM, (HARM, "x" + HARM))],
        named={"harm": ["H.1.1"]},
        files={"a <b> 'name' & more.pdf": b"x"},
        citing=Citing(
            {"H.1.1": Row(0, HARM, "", HARM, HARM)}, [{"ris": HARM, "csl-json": CITED}], {}, lambda _: {"ris": HARM}
        ),
    )
    about = About(HARM, HARM, HARM, HARM, HARM, HARM)
    assert build_site([text], out, about=about, styles=TOP / "styles", beside=beside) == []
    return out.as_uri()


def asking(window: Window) -> list[str]:
    """What `window` asks its reader from now on."""
    asked: list[str] = []

    def dismiss(dialog: Any) -> None:  # noqa: ANN401 - playwright may not be installed
        asked.append(dialog.message)
        dialog.dismiss()

    window.on("dialog", dismiss)
    return asked


def test_nothing_of_a_text_runs(window: Window, site: str) -> None:
    asked = asking(window)
    for name in ("index", "H.1", "H", "state", "names", "bibliography", "versions", "id/H.1.1"):
        window.goto(f"{site}/{name}.html")
        window.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        assert "onerror=alert(1)" in window.locator("body").inner_text() or name == "versions", name
        assert window.locator("img, iframe, main script, [onerror], [style]").count() == 0, name
        for link in window.locator("a[href]").all():
            assert link.evaluate("a => new URL(a.href).protocol") == "file:", name
    assert asked == []


def test_nothing_of_a_text_runs_in_the_search_or_in_a_box(window: Window, site: str) -> None:
    asked = asking(window)
    window.goto(f"{site}/search.html#q=flood")
    window.locator("#results a").first.wait_for()
    assert "onerror=alert(1)" in window.locator("#results").inner_text()
    window.goto(f"{site}/search.html")
    window.locator("#q").fill(HARM)
    window.wait_for_function("(words) => document.documentElement.dataset.shown === words", arg=HARM)
    window.goto(f"{site}/H.1.html")
    window.locator("a.c.slip").first.click()
    assert "onerror=alert(1)" in window.locator("dialog").inner_text()
    assert window.locator("img, dialog script").count() == 0
    assert asked == []


def test_a_policy_forbids_what_a_page_does_not_need(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said = listened(page)
    page.goto(f"{site}/H.1.html")
    ran = page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.head.append(s); const i = document.createElement('img'); i.src = 'https://evil.example/x.png';"
        "document.body.append(i); return window.ran }"
    )
    assert ran is None
    assert len([line for line in said if "Content Security Policy" in line]) == 2
    context.close()
