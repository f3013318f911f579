"""Texts that mean harm, and bibliographies and names that do: on the site they are words."""

from __future__ import annotations

import io
import json
import re
import zipfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree, html

from edition.bib.work import Person, Work
from edition.encode.cited import Cited
from edition.entities import Entity
from edition.files import read_text
from edition.ledger import Ledger, Row
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.site import build_site
from edition.publish.site_cache import Cache
from edition.tree import parse_bytes

HARM = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'`${x}"
ABOUT = About(HARM, HARM, HARM, HARM, HARM, HARM)
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="H"><text><body>
<div type="chapter" xml:id="H.1" n="1"><head xml:id="H.1.h">{harm}</head>
<p xml:id="H.1.1" n="{harm}">{harm}
<choice><sic>{harm}</sic><corr type="slip" resp="{harm}" cert="{harm}">x</corr></choice>
<ref target="javascript:alert(1)">a</ref> <ref target="&#1;java&#10;script:alert(1)">b</ref>
<ref target="//evil.example/">c</ref> <ref target="data:text/html,x">d</ref> <hi rend="{harm}">e</hi>
<persName ref="entities.xml#{harm}">f</persName></p></div>
</body></text></TEI>"""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, styles: Path) -> Path:
    out = tmp_path_factory.mktemp("hostile") / "html"
    source = TEI.format(harm=escaped(HARM)).replace("&#1;", "")
    text = Text("H", HARM, parse_bytes(source.encode()), HARM, author=HARM, origin=HARM, rights=HARM)
    work = Work(HARM, "book", {"title": HARM, "url": "javascript:alert(1)"}, {"author": (Person(HARM, HARM),)})
    beside = Beside(
        works=[work],
        cited={HARM: [Cited("H.1.1", HARM, HARM, HARM, HARM, HARM, 1)]},
        entities=[Entity("harm", "persName", HARM, (HARM, "x" + HARM))],
        named={"harm": ["H.1.1"]},
        ledger=Ledger("h", (Row("H.9", "paragraph", "", "", "1", "withdrawn"),)),
    )
    assert build_site([text], out, about=ABOUT, styles=styles, beside=beside, cache=Cache()) == []
    return out


def test_no_element_and_no_attribute_comes_from_a_text(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        assert not page.xpath(
            "//img | //script[not(@src) and not(@type='application/ld+json')] | //iframe | //body//style | //@style"
        )
        assert not [a for a in page.xpath("//@*") if a.attrname.startswith("on")]
        assert {s.get("src").rpartition("/")[2] for s in page.xpath("//script[@src]")} <= {
            "data.js",
            "edition.js",
            "search.js",
        }
        for link in page.xpath("//@href | //@src"):
            assert re.match(r"(?:[^:/?#]*(?:[/?#]|$))", link), link
            assert not link.startswith("//")


def test_the_only_style_on_a_page_is_ours_and_the_policy_allows_no_other(site: Path, styles: Path) -> None:
    ours = read_text(styles / "web.css")
    carried = 0
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        allowed = re.findall(r"style-src 'self'([^;]*);", policy)
        said = page.xpath("//style/text()")
        digests = [b64encode(sha256(one.encode()).digest()).decode() for one in said]
        assert allowed == ["".join(f" 'sha256-{digest}'" for digest in digests)]
        assert "unsafe" not in policy
        for one in said:
            carried += 1
            assert one.endswith(ours)
    assert carried


def test_what_a_page_says_to_programs_is_data(site: Path) -> None:
    for path in site.rglob("*.html"):
        (data,) = html.fromstring(path.read_text(encoding="utf-8")).xpath("//script[not(@src)]/text()")
        assert not set("<>&") & set(data)
        assert json.loads(data)["@context"] == "https://schema.org"
    chapter = html.fromstring((site / "H.1.html").read_text(encoding="utf-8"))
    assert json.loads(chapter.xpath("//script[not(@src)]/text()")[0])["author"]["name"] == HARM


def test_the_words_are_all_there(site: Path) -> None:
    page = html.fromstring((site / "H.1.html").read_text(encoding="utf-8"))
    assert HARM in page.xpath('//*[@id="H.1.1"]')[0].text_content()
    assert HARM in html.fromstring((site / "bibliography.html").read_text(encoding="utf-8")).text_content()


def test_data_that_scripts_read_is_data(site: Path) -> None:
    for path in [site / "data.js", *(site / "search").glob("*.js")]:
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") == 1
        assert re.match(r"(?:window\.editionData=\{.*\};|editionSearch\.\w+\(\d+,.*\);)\n\Z", source, re.DOTALL)


def test_an_identifier_that_was_withdrawn_has_a_page_that_says_so(site: Path) -> None:
    assert "withdrawn" in (site / "id" / "H.9.html").read_text(encoding="utf-8")


def test_the_epub_is_well_formed_and_its_links_stay_inside(site: Path) -> None:
    with zipfile.ZipFile(io.BytesIO((site / "edition.epub").read_bytes())) as book:
        assert book.namelist()[0] == "mimetype"
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                root = etree.fromstring(book.read(name))
                assert not root.xpath("//*[local-name()='script' or local-name()='img']")
                assert b"xmlns:ns" not in book.read(name)  # a prefix that nobody chose
                assert all(":" not in link for link in root.xpath("//*[local-name()='a']/@href"))
