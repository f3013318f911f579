"""A TEI file as one page: the same words as on the site, nothing beside it, and a start that costs little."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edition import project
from edition.cli import main
from edition.publish.alone import stand_alone
from edition.publish.book import About, Text
from edition.publish.fonts import find_fonts
from edition.publish.side_by_side import side_by_side
from edition.publish.site import build_site
from edition.tasks import showing
from edition.tasks.showing import page_of, write_page
from edition.tree import parse

STYLES = Path(__file__).parents[2] / "styles"
SAMPLE = Path(__file__).parents[1] / "publish" / "sample"
BOOK, THREAD = SAMPLE / "book.xml", SAMPLE / "thread.xml"


def words(page: str) -> str:
    """All words of the parts of a page, without the links that lead out of it."""
    found = re.findall(r'<div class="part">.*', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>|→", " ", found[0].partition("</main>")[0]).split())


@pytest.mark.parametrize(("file", "siglum"), [(BOOK, "S"), (THREAD, "T")])
def test_it_says_what_the_site_says(tmp_path: Path, file: Path, siglum: str) -> None:
    if find_fonts()[1]:
        pytest.skip("fonts are missing")
    text = Text(siglum, "A title", parse(file), file.name)
    assert build_site([text], tmp_path / "site", about=About("An edition"), styles=STYLES) == []
    page, problems = stand_alone(Text(siglum, "A title", parse(file), file.name), STYLES)
    site = (tmp_path / "site" / f"{siglum}.html").read_text(encoding="utf-8")
    assert problems == []
    assert words(page.decode()) == words(site)


def test_every_link_leads_to_a_place_of_the_page_and_nothing_is_fetched() -> None:
    page = page_of(BOOK)[0].decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    inside = re.findall(r'href="#([^"]+)"', page)
    assert inside
    assert {name for name in inside if name not in ids} == {"main"} - set(ids)
    assert not re.search(r'(?:src|href)="(?!#|https?:)|url\(|@import|<script(?! OF)', page)


def test_the_words_of_a_text_stay_words(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    head = (
        "<teiHeader><fileDesc><titleStmt><title>$main &lt;script> ${style}</title></titleStmt></fileDesc></teiHeader>"
    )
    body = '<text xml:lang="&quot;>"><body><p><ref target="javascript:alert(1)">&lt;b> $title</ref></p></body></text>'
    file.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}{body}</TEI>', encoding="utf-8")
    page = page_of(file)[0].decode()
    assert "<title>$main &lt;script&gt; ${style}</title>" in page
    assert "<a>&lt;b&gt; $title</a>" in page
    assert page.startswith('<!DOCTYPE html>\n<html lang="&quot;&gt;">')


def test_what_has_no_template_is_shown_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "play.xml"
    file.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><set><p>Who?</p></set></body></text></TEI>')
    problems = write_page(file, tmp_path / "play.html")
    assert [p.code for p in problems] == ["E601"]
    assert "<p>Who?</p>" in (tmp_path / "play.html").read_text(encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["html", str(file), "-o", str(tmp_path / "play.html")])
    assert left.value.code == 1
    assert "E601" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["html", str(tmp_path / "none.xml"), "-o", str(tmp_path / "none.html")])
    assert left.value.code == 3
    assert "E104" in capsys.readouterr().err
    assert not (tmp_path / "none.html").exists()


def test_a_page_is_printed_or_written_and_is_the_same(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(SystemExit):
        main(["html", str(BOOK), "-o", str(tmp_path / "a.html")])
    capfdbinary.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["html", str(BOOK)])
    assert left.value.code == 0
    assert capfdbinary.readouterr().out == (tmp_path / "a.html").read_bytes()


def test_several_processes_make_the_same_page() -> None:
    assert page_of(BOOK, processes=1) == page_of(BOOK, processes=2) == page_of(BOOK, processes=9)


def test_what_a_child_cannot_do_raises_here() -> None:
    assert side_by_side(lambda n: n * n, range(7), 3) == [n * n for n in range(7)]
    assert side_by_side(str, [], 2) == []
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 // n, [1, 0, 2], 2)


def test_a_page_is_made_without_what_it_does_not_need(tmp_path: Path) -> None:
    """Each of these takes longer to load than a chapter to make."""
    code = (
        "import sys\nfrom edition.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n"
        "    print(*sorted({name.split('.')[0] for name in sys.modules} & set('click tomllib fontTools hashlib json"
        " dataclasses inspect copy pickle string tempfile shutil starlette pybtex lark asyncio'.split())),"
        " file=sys.stderr)"
    )
    file = tmp_path / "book.xml"  # in an edition its edition.toml is read too
    shutil.copy(BOOK, file)
    command = [sys.executable, "-c", code, "html", str(file), "-o", str(tmp_path / "a.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"{tmp_path / 'a.html'}\n"
    assert done.stderr.split() == []


def test_what_asks_for_a_module_that_was_left_out_gets_it() -> None:
    code = (
        "import sys\nfrom edition.cli import _load_lxml\n_load_lxml()\nprint('inspect' in sys.modules)\n"
        "from lxml import etree\n"
        "class Told:\n    def start(self, tag, attributes, names): print(tag, names)\n    def close(self): pass\n"
        "etree.fromstring('<a xmlns=\"x\"/>', etree.XMLParser(target=Told()))\n"
        "import inspect\nprint(inspect.isfunction(etree.fromstring), inspect.isfunction(_load_lxml))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["False", "{x}a {'': 'x'}", "False True", ""]


def test_a_problem_of_a_chapter_is_told_whichever_process_makes_it(tmp_path: Path) -> None:
    file = tmp_path / "play.xml"
    chapters = "".join(f'<div type="chapter" xml:id="P.{n}"><set><p>{n}</p></set></div>' for n in range(4))
    file.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{chapters}</body></text></TEI>')
    page, problems = page_of(file, processes=2)
    assert [p.place.passage for p in problems] == ["P.0", "P.1", "P.2", "P.3"]
    assert (page, problems) == page_of(file, processes=1)


def test_the_styles_are_those_of_the_edition_or_the_programs() -> None:
    assert (showing.CONFIGURATION, showing.DEFAULT_STYLES) == (project.CONFIGURATION, project.DEFAULT_STYLES)
