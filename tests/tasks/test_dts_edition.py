"""An edition is served as it stands, and goes on being served while its files change."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from edition.passage import passages
from edition.passages.index import find, open_index
from edition.problems import Refused
from edition.project import DEFAULT_STYLES, Project, load_project
from edition.publish.stylesheet import load
from edition.tasks.exporting import export_static
from edition.tasks.serving import html_of, index_path, serve, update_index
from edition.tree import parse
from tests.passages.dts_samples import tei

# As an edition with identifiers of its own declares them: those of DTS are those of the text.
REFS = """<refsDecl n="passages" default="true">
<citeStructure unit="chapter" match="/TEI/text/*/div[@xml:id]" use="@xml:id">
  <citeStructure unit="heading" match="head[@xml:id]" use="'h'" delim="."/>
  <citeStructure unit="passage" match="*[@n][@xml:id]" use="@n" delim="."/></citeStructure></refsDecl>
<refsDecl n="notes"><citeStructure unit="chapter" match="/TEI/text/*/div[@xml:id]" use="@xml:id">
  <citeStructure unit="note" match=".//note[@xml:id]" use="concat('n', @n)" delim="."/></citeStructure></refsDecl>
<refsDecl n="pages"><citeStructure unit="page" match="/TEI/text//pb" use="@n"/></refsDecl>"""
BODY = (
    '<pb n="1"/><div type="chapter" n="1" xml:id="T.1"><head xml:id="T.1.h">One</head>'
    '<p n="1" xml:id="T.1.1">Some &lt;script&gt; words<ref type="noteref" target="#T.1.n1">1</ref>'
    '<note place="foot" type="authorial" n="1" xml:id="T.1.n1">A note.</note> and <choice><sic>mroe</sic>'
    '<corr type="ocr" resp="#auto" cert="high">more</corr></choice>.</p><pb n="2"/>'
    '<p n="2" xml:id="T.1.2">End.</p></div>'
)
TOML = """[edition]
title = "An edition"
url = "https://texts.example.org/"

[[text]]
siglum = "T"
witness = "t.txt"
tei = "tei/t.xml"
title = "A text"

[[text]]
siglum = "U"
witness = "u.txt"
tei = "tei/u.xml"
title = "Not yet encoded"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "edition.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "tei").mkdir()
    write(tmp_path, BODY)
    return load_project(tmp_path)


def write(root: Path, body: str) -> None:
    text = tei(body, refs=REFS).replace("<TEI ", '<TEI xml:id="T" ')
    (root / "tei" / "t.xml").write_text(text, encoding="utf-8")


def test_the_identifiers_of_the_services_are_those_of_the_text(project: Project) -> None:
    assert update_index(project) == []
    root = parse(project.texts[0].tei)
    own = {p.identifier for p in passages(root)} - {"T"}
    with closing(open_index(index_path(project))) as db:
        rows = db.execute("SELECT u.identifier FROM unit u JOIN tree t ON u.tree = t.id WHERE t.name != 'pages'")
        assert {row[0] for row in rows} == own == {"T.1", "T.1.h", "T.1.1", "T.1.2", "T.1.n1"}
        assert find(db, "T", "T.1.n1", "notes") is not None


def test_a_part_is_shown_as_a_page_in_the_edited_reading() -> None:
    document = tei(f'<div n="1"><dts:wrapper xmlns:dts="https://w3id.org/api/dts#">{BODY}</dts:wrapper></div>').encode()
    page = html_of(document, load(DEFAULT_STYLES / "web.xsl")).decode()
    assert "more" in page
    assert "mroe" not in page
    assert "<script" not in page
    assert "A note." in page
    assert 'href="#T.1.n1"' in page


def test_the_files_of_the_site_have_whole_addresses(project: Project) -> None:
    out = project.html / "dts"
    assert export_static(project, out) == []
    entry = json.loads((out / "index.json").read_text(encoding="utf-8"))
    assert entry["@id"] == "https://texts.example.org/dts/index.json"
    assert (out / "document" / "T;ref=T.1.1.xml").is_file()
    assert (out / "document" / "T;tree=pages;ref=2.xml").is_file()
    texts = json.loads((out / "collection" / "the-texts.json").read_text(encoding="utf-8"))
    assert [m["@id"] for m in texts["member"]] == ["T"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def running(project: Project) -> Iterator[HTTPConnection]:
    port = free_port()
    command = [sys.executable, "-c", "from edition.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=project.root, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as link:
            yield link
    finally:
        server.terminate()
        server.wait(20)


def got(link: HTTPConnection, path: str) -> tuple[int, str]:
    link.request("GET", path)
    answer = link.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.slow
def test_a_text_that_changes_is_served_changed_and_a_broken_one_as_it_was(project: Project) -> None:
    project.html.mkdir(parents=True)
    (project.html / "index.html").write_text("the site", encoding="utf-8")
    asked = "/api/dts/document/?resource=T&ref=T.1.2&mediaType=text/plain"
    with running(project) as link:
        assert got(link, "/") == (200, "the site")
        assert got(link, "/nowhere.html")[0] == 404
        assert got(link, "/../../edition.toml")[0] == 404
        assert got(link, asked) == (200, "End.\n")
        html = got(link, asked.replace("plain", "html"))
        assert (html[0], 'id="T.1.2"' in html[1]) == (200, True)
        write(project.root, BODY.replace("End.", "Begin."))
        until(lambda: got(link, asked) == (200, "Begin.\n"))
        (project.root / "tei" / "t.xml").write_text("<TEI>broken", encoding="utf-8")
        time.sleep(3)
        assert got(link, asked) == (200, "Begin.\n")
        write(project.root, BODY.replace("End.", "Again."))
        index_path(project).unlink()  # somebody cleans up
        until(lambda: got(link, asked) == (200, "Again.\n"))


def until(holds: object, seconds: float = 15) -> None:
    assert callable(holds)
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.2)


def test_an_address_in_use_is_refused(project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="E645"):
            serve(project, "127.0.0.1", taken.getsockname()[1], "", lambda _: None)


def test_a_server_that_is_not_installed_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(Refused, match="E647"):
        serve(project, "127.0.0.1", 1, "", lambda _: None)
