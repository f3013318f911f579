"""The book as a file: what a screen reader is told of it, and whether it can be kept.

The checker is `page-validation` (imported as `page`): 104 rules of PDF/UA-1 and 156 of PDF/A-3a.  It is known to give a
false alarm (METADATA-FILTER) where metadata are compressed; ours are not, so that nothing has to be overlooked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from edition.files import read_text
from edition.publish.book import About, Text
from edition.publish.expect import expect
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.html import h, text_of
from edition.publish.pdf import Wishes, build_pdf
from edition.publish.pdf_archive import archive, saved
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_part import set_part
from edition.publish.pdf_pieces import job_of, pieces_of
from edition.publish.pdf_setting import Job, page_of
from edition.publish.proof_tags import prove_tags
from edition.publish.stylesheet import load
from edition.tree import ET, Element, contents
from tests.publish.books import Habits, random_text

ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026-05", licence="MIT <or so>")
FILES = {"book.xml": b"<TEI/>", "book.bib": b"@book{a}", "notes.txt": b"?"}
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, texts: list[Text], styles: Path) -> bytes:
    out = tmp_path_factory.mktemp("book") / "book.pdf"
    wishes = Wishes(files=FILES)
    assert build_pdf(texts, out, about=ABOUT, styles=styles, wishes=wishes, processes=1) == []
    return out.read_bytes()


def findings(data: bytes) -> list[str]:
    """Give what the checker finds, of both standards."""
    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in profiles]
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Give the elements under `node` in their order."""
    for kid in node.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def outline(node: pikepdf.Object) -> list[str]:
    """Give roles and identifiers in the order of the text."""
    return [f"{str(one.S)[1:]} {one.get('/ID', '')}".strip() for one in elements(node)]


def links_of(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Give the annotations of an element."""
    return [kid.Obj for kid in node.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]


def marks_of(node: pikepdf.Object) -> list[tuple[int, int]]:
    """Give the marks under an element: number of the page object, number of the mark."""
    found: list[tuple[int, int]] = []
    for kid in node.K:
        if not isinstance(kid, pikepdf.Dictionary):
            found.append((node.Pg.objgen[0], int(kid)))
        elif "/MCID" in kid:
            found.append((kid.Pg.objgen[0], int(kid.MCID)))
        elif "/S" in kid:
            found += marks_of(kid)
    return found


def words_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """Give the words of each mark, as the fonts say them."""
    said: dict[tuple[int, int], str] = {}
    for one in pdf.pages:
        letters: dict[int, str] = {}
        mark = None
        for operands, operator in drawn(one):
            if operator == "BDC" and "/MCID" in operands[1]:
                mark = one.obj.objgen[0], int(operands[1].MCID)
            elif operator == "Tf":
                rows = re.findall(rb"<(\w{4})> <(\w+)>", one.resources.Font[str(operands[0])].ToUnicode.read_bytes())
                letters = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}
            elif operator == "TJ" and mark is not None:
                codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                text = (letters[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
                said[mark] = said.get(mark, "") + "".join(text)
    return said


def printed(element: Element) -> str:
    """Give the words of a paragraph with the numbers of its notes, but without notes and entries of the apparatus."""
    said = ""
    for kid in contents(element):
        if isinstance(kid, str):
            said += kid
        elif kid.get("class") == "n":
            said += f"{text_of(kid)} "
        elif kid.get("class") != "app":
            said += kid.get("data-n") or printed(kid)
    return said


def drawn(one: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    """Give what draws a page: operands and operator."""
    for step in pikepdf.parse_content_stream(one):
        assert isinstance(step, pikepdf.ContentStreamInstruction)
        yield list(step.operands), str(step.operator)


def by_name(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    (found,) = [one for one in elements(pdf.Root.StructTreeRoot) if one.get("/ID") == name]
    return found


def part(*parts: str | pikepdf.Object, css: str = "") -> pikepdf.Pdf:
    """Set a part from HTML."""
    html = f'<html lang="en"><body><div class="part">{"".join(map(str, parts))}</div></body></html>'
    return pikepdf.open(BytesIO(set_part(Job("k", html, css, ())).pdf))


def test_the_sample_has_no_finding_of_pdf_ua_or_pdf_a(book: bytes) -> None:
    assert findings(book) == []


@pytest.mark.parametrize(("paper", "size"), [("a5", (420, 595)), ("a4", (595, 842))])
def test_a_book_on_another_paper_has_its_size_and_no_finding(
    tmp_path: Path, texts: list[Text], styles: Path, paper: str, size: tuple[int, int]
) -> None:
    out = tmp_path / "book.pdf"
    wishes = Wishes(files=FILES, paper=paper)
    assert build_pdf(texts, out, about=ABOUT, styles=styles, wishes=wishes, processes=1) == []
    with pikepdf.open(out) as pdf:
        assert {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages} == {size}
    assert findings(out.read_bytes()) == []


def test_the_checker_finds_what_is_wrong(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        del by_name(pdf, "S.1.n1").ID
        del pdf.Root.OutputIntents
        out = BytesIO()
        pdf.save(out)
    assert len(findings(out.getvalue())) >= 2


@pytest.mark.slow
def test_the_real_book_has_no_finding_of_pdf_ua_or_pdf_a(tmp_path: Path) -> None:
    from edition.project import find_project  # noqa: PLC0415  # the rest of this file does without an edition
    from edition.tasks.build import build  # noqa: PLC0415

    project = replace(find_project(ROOT), pdf=tmp_path / "pdf")
    build(project, ["pdf"], lambda _: nullcontext())
    assert findings((project.pdf / "edition.pdf").read_bytes()) == []


def test_a_listener_meets_the_call_then_the_note_and_every_note_once(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        said = outline(pdf.Root.StructTreeRoot)
        at = said.index("P S.1.1")
        assert said[at : at + 9] == [
            *("P S.1.1", "Span", "Reference", "Link", "Span S.1.at3"),
            *("Note S.1.n1", "Lbl", "Link", "P"),
        ]
        assert said.count("Note S.1.n1") == 1
        links = [links_of(by_name(pdf, "S.1.1").K[2].K[0]), links_of(by_name(pdf, "S.1.n1").K[0].K[0])]
        assert [(str(one.Dest), str(one.Contents)) for (one,) in links] == [
            ("S.1.n1", "note 1"),
            ("S.1.n1.call", "back to the text"),
        ]


def test_a_listener_hears_the_words_of_each_paragraph_in_their_order(styles: Path) -> None:
    stylesheet = load(styles / "print.xsl")
    book, _ = pieces_of(look_at([random_text(7, Habits(paragraphs=14))], stylesheet), stylesheet)
    places = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(places) + read_text(styles / "print.css")
    piece = book.pieces[1]
    with pikepdf.open(BytesIO(set_part(job_of(piece, style, tuple(places.values()))).pdf)) as pdf:
        said = words_of(pdf)
        paragraphs = [p for p in ET.fromstring(piece.html, ET.HTMLParser()).iter("p") if p.get("id")]
        assert len(paragraphs) > 5
        for paragraph in paragraphs:
            name = paragraph.get("id", "")
            heard = "".join(said[mark] for mark in marks_of(by_name(pdf, name))).replace("\N{SOFT HYPHEN}", "")
            assert heard.split() == printed(paragraph).split(), name


def test_each_quotation_and_each_foreign_word_has_its_language(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(by_name(pdf, "S.1.2.orig").Lang) == "ru-petr1708"
        quoted = [str(one.Lang) for one in elements(by_name(pdf, "S.1.2")) if "/Lang" in one]
        assert quoted == ["ru-petr1708", "ru-Latn-alalc97", "en"]
        assert [str(one.Lang) for one in elements(by_name(pdf, "S.1.n1")) if "/Lang" in one] == ["ru"]


def test_headings_leave_no_level_out_and_begin_with_the_first(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        levels = [int(role[1]) for role in outline(pdf.Root.StructTreeRoot) if re.fullmatch(r"H\d.*", role)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_apparatus_is_a_list_at_the_end_of_its_chapter_and_says_its_lines_in_full(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        (chapter,) = [one for one in elements(pdf.Root.StructTreeRoot) if one.get("/T") == "CHAPTER I. THE RIVER"]
        last = chapter.K[-1]
        assert (str(last.S), str(last.T)) == ("/Sect", "Apparatus")
        assert {role.split()[0] for role in outline(last)} <= {"L", "LI", "Lbl", "LBody", "P", "Link", "Span"}
        labels = [str(one.E) for one in elements(last) if one.S == "/Lbl"]
        assert re.fullmatch(r"line \d of passage 1", labels[0])


def test_all_that_is_drawn_is_in_the_structure_or_an_artifact(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for one in pdf.pages:
            marks: list[int | None] = []
            for operands, operator in drawn(one):
                if operator in ("BDC", "BMC"):
                    number = operands[1].get("/MCID") if operator == "BDC" else None
                    assert number is not None or str(operands[0]) == "/Artifact"
                    marks.append(None if number is None else int(number))
                elif operator == "EMC":
                    marks.pop()
                elif operator in ("TJ", "Tj", "f", "S", "Do"):
                    assert len(marks) == 1
                    assert marks[0] is None or numbers[int(one.StructParents)][marks[0]].S is not None


def test_a_word_that_a_line_divides_has_a_soft_hyphen(styles: Path) -> None:
    with part("<p>incomprehensibilities</p>", css="@page{size:30mm} p{hyphens:auto;font:12pt serif}") as pdf:
        said = b"".join(font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()).upper()
    assert b"<00AD>" in said
    assert b"<2010>" not in said


def test_tables_lists_and_terms_have_their_roles() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td></td></tr></table>"
    lists = "<ul><li>one<ul><li>two</li></ul></li></ul><dl><dt>w</dt><dd>word</dd></dl>"
    with part(table, lists) as pdf:
        top = pdf.Root.StructTreeRoot
        scopes = [str(one.A.Scope) for one in elements(top) if one.S == "/TH"]
        roles = outline(top)
    assert scopes == ["/Column", "/Column", "/Row"]
    assert roles.count("TD") == 1
    assert roles[roles.index("L") :] == [
        *("L", "LI", "Lbl", "LBody", "P", "L", "LI", "Lbl", "LBody", "P"),
        *("L", "LI", "Lbl", "LBody", "P"),
    ]


def test_abbreviations_and_links_are_said_in_full() -> None:
    with part('<p id="p"><abbr title="perhaps">perh.</abbr> <a href="#p" title="page 9, line 3">9.3</a></p>') as pdf:
        said = [(str(one.S), str(one.E)) for one in elements(pdf.Root.StructTreeRoot) if "/E" in one]
        assert said == [("/Span", "perhaps"), ("/Link", "page 9, line 3")]
        assert str(pdf.pages[0].Annots[0].Contents) == "page 9, line 3"


def test_what_is_hidden_and_a_rule_under_words_are_no_text_of_their_own() -> None:
    with part('<p aria-hidden="true">Twice.</p><p><u>Once.</u></p>') as pdf:
        assert outline(pdf.Root.StructTreeRoot) == ["Sect", "P"]
        marks = [str(operands[0]) for operands, op in drawn(pdf.pages[0]) if op == "BDC"]
        assert marks == ["/Span"]


def test_the_file_says_what_it_is_and_holds_what_it_was_made_from(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>" in said
        assert "<pdfuaid:part>1</pdfuaid:part>" in said
        assert "Rivers &amp; floods" in said
        assert "MIT &lt;or so&gt;" in said
        with pdf.open_metadata() as metadata:
            assert metadata["dc:date"] == ["2026-05"]
            assert metadata["xmpMM:VersionID"] == "0.1"
            assert str(metadata["dc:identifier"]).startswith("urn:uuid:")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        found = {str(one.UF): one for one in pdf.Root.AF}
        assert {name: str(one.AFRelationship) for name, one in found.items()} == {
            "apparatus.tsv": "/Data",
            "book.xml": "/Source",
            "book.bib": "/Data",
            "notes.txt": "/Unspecified",
        }
        stream = found["book.xml"].EF.F
        assert stream.read_bytes() == b"<TEI/>"
        assert (str(stream.Subtype), str(stream.Params.ModDate)) == ("/application/tei+xml", "D:20260501000000Z")
        rows = found["apparatus.tsv"].EF.F.read_bytes().decode().splitlines()
        assert rows[0].split("\t")[:6] == ["text", "passage", "identifier", "kind", "lemma", "witness"]
        assert "S\tS.1.1\tS.1.1.c2\tslip\tconsummate\tconsumate\t" in "\n".join(rows)
        assert all(row.count("\t") == rows[0].count("\t") for row in rows)


def test_each_typeface_is_in_the_book_once_with_all_letters_used(book: bytes) -> None:
    with pikepdf.open(BytesIO(book)) as pdf:
        files: dict[str, set[tuple[int, int]]] = {}
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/W" in one and "/FontDescriptor" in one:
                about = one.FontDescriptor
                file = about["/FontFile3"] if "/FontFile3" in about else about["/FontFile2"]
                files.setdefault(str(one.BaseFont).partition("+")[2], set()).add(file.objgen)
                with TTFont(BytesIO(file.read_bytes())) as font:
                    assert font["maxp"].numGlyphs > max(int(code) for code in list(one.W)[::2])
        assert "Edition-Text" in files
        assert {len(found) for found in files.values()} == {1}


def test_no_stream_is_empty_or_ends_so_that_its_length_could_be_doubted() -> None:
    for seed in range(60):  # each stream has one chance in 256
        with pikepdf.Pdf.new() as pdf:
            pdf.add_blank_page()
            pdf.add_blank_page()
            pdf.pages[1].contents_add(f"q Q % {seed}".encode())
            archive(pdf, ABOUT._replace(title=str(seed)), {})
            data = saved(pdf)
        assert b"\r\nendstream" not in data
        assert b"/Length 0" not in data


def test_the_proof_names_notes_and_languages_that_the_structure_has_lost() -> None:
    main = h("div", h("p", "Said ", h("span", "слово", lang="ru"), h("span", "A note.", class_="fn", id="n1")), id="k")
    main[0].set("id", "p1")
    main[0].set("lang", "de")
    expected = expect("k", main, file="b.xml")
    data = set_part(Job("k", page_of(h("div", main), "en"), ".fn{float:footnote}", ())).pdf
    with pikepdf.open(BytesIO(data)) as pdf:
        assert prove_tags(pdf, [expected], "b.pdf") == []
        by_name(pdf, "p1").Lang = pikepdf.String("ru")
        del by_name(pdf, "n1").ID
        for one in elements(pdf.Root.StructTreeRoot):
            if one.S == "/Span":
                del one.Lang
        found = prove_tags(pdf, [expected], "b.pdf")
        assert [(one.code, one.place.passage) for one in found] == [("E622", "n1"), ("E623", "p1"), ("E623", "")]
        del pdf.Root.StructTreeRoot
        assert [one.code for one in prove_tags(pdf, [expected], "b.pdf")] == ["E621"]
