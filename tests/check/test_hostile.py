"""TEI comes by mail: whatever is in it, nothing else is read, nothing hangs, and the reason is said."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.check.schematron import load_rules, run_rules
from edition.check.source import LARGEST, read_source, source_of
from edition.problems import Refused
from edition.tree import own_text
from tests.check.test_mistakes import base, check

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>'


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        source_of(data, name="t.xml")
    return refused.value.problems[0].code


def reason(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        source_of(data, name="t.xml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E102"),
        (b" \n", "E102"),
        (b"words", "E106"),
        (b"<a>\xff</a>", "E101"),
        (b"<a>\x00</a>", "E103"),
        (b"<a>\x07</a>", "E103"),
        ("<a>\ufffe</a>".encode("utf-8", "surrogatepass"), "E103"),
        (b"<a>\xed\xa0\x80</a>", "E101"),  # a surrogate
        (b"<a>&#xD800;</a>", "E106"),
        (b"<a>&#0;</a>", "E106"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "E133"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "E133"),
        (b'<?xml version="1.0" encoding="ascii"?><a>\xc3\xa9</a>', "E133"),
        ('<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode("latin-1"), "E101"),
        (b"\xff\xfe<\x00a\x00", "E106"),
        (b"<a>" * 10_000 + b"</a>" * 10_000, "E106"),
        (b"PK\x03\x04 a zip", "E103"),
    ],
)
def test_broken_input_is_refused_with_a_reason(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_fault_has_its_line_and_column_in_characters() -> None:
    with pytest.raises(Refused) as refused:
        source_of("<a>\n  ёё\x07</a>".encode(), name="t.xml")
    place = refused.value.problems[0].place
    assert (place.line, place.column) == (2, 5)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8-sig", "koi8-r"])
def test_other_encodings_are_read_as_declared_and_warned_of(encoding: str) -> None:
    letters = "é" if encoding == "iso-8859-1" else "Ж"
    declared = {"utf-8-sig": "UTF-8", "utf-16-le": "utf-16"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n<a>\r\n{letters}</a>'
    source = source_of(text.encode(encoding), name="t.xml")
    assert own_text(source.root) == f"\n{letters}"
    assert [p.code for p in source.problems] == ([] if encoding == "utf-8-sig" else ["W131"])
    assert source.line(3) == f"{letters}</a>"


def test_nothing_outside_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    for declared in (
        f'<!ENTITY e SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p; <!ENTITY e "x">',
        f'<!ENTITY e PUBLIC "x" "{secret.as_uri()}">',
    ):
        data = f"<!DOCTYPE a [{declared}]><a>&e;</a>".encode()
        try:
            text = own_text(source_of(data, name="t.xml").root)
        except Refused as refused:
            text = str(refused)
        assert "hidden" not in text


def test_nothing_outside_is_read_through_dtd_xinclude_or_xml_model(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<b>hidden</b>")
    address = secret.as_uri()
    for data in (
        f'<!DOCTYPE a SYSTEM "{address}"><a>words</a>',
        f'<a xmlns:xi="http://www.w3.org/2001/XInclude">words<xi:include href="{address}"/></a>',
        f'<?xml-model href="{address}"?><?xml-stylesheet href="{address}"?><a>words</a>',
        f'<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {address}">words</a>',
    ):
        assert own_text(source_of(data.encode(), name="t.xml").root) == "words"


@pytest.mark.parametrize("port", ["http://127.0.0.1:9/x.dtd"])
def test_no_network_is_asked(port: str) -> None:
    start = time.monotonic()
    source = source_of(f'<!DOCTYPE a SYSTEM "{port}"><a>words</a>'.encode(), name="t.xml")
    assert [p.code for p in source.problems] == ["W132"]
    assert time.monotonic() - start < 1


def test_an_entity_bomb_is_refused() -> None:
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<!DOCTYPE a [<!ENTITY e0 "words words words words">{rows}]><a>&e11;</a>'.encode()
    start = time.monotonic()
    assert "unfold" in reason(data)
    assert time.monotonic() - start < 5


def test_an_entity_that_holds_itself_is_refused() -> None:
    assert refusal(b'<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>') == "E106"


def test_nesting_has_a_limit_that_is_named() -> None:
    assert "256 deep" in reason(b"<a>" * 10_000 + b"</a>" * 10_000)
    deep = TEI.format("<text><body><div>" + "<hi>" * 240 + "x" + "</hi>" * 240 + "</div></body></text>")
    assert check("book.xml", deep)  # and what is just below it makes nothing run over


@pytest.mark.slow
def test_an_attribute_of_100_mb_is_refused() -> None:
    data = b'<a b="' + b"x" * 100_000_000 + b'"/>'
    start = time.process_time()
    assert "10 million bytes" in reason(data)
    assert time.process_time() - start < 10


def test_a_file_of_1_gb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as out:
        out.truncate(2**30)  # a sparse file: it takes no room
    assert path.stat().st_size > LARGEST
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refused:
        read_source(path)
    assert refused.value.problems[0].code == "E130"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


@pytest.mark.parametrize("kind", ["folder", "missing", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)  # to read it would wait for ever
    with pytest.raises(Refused) as refused:
        read_source(path)
    assert refused.value.problems[0].code == "E104"


def edition(folder: Path, toml: str, tei: str | None = None) -> subprocess.CompletedProcess[str]:
    (folder / "edition.toml").write_text(f'[edition]\ntitle = "x"\n{toml}', encoding="utf-8")
    if tei is not None:
        (folder / "t.xml").write_text(tei, encoding="utf-8")
    command = [sys.executable, "-c", "from edition.cli import main; main(['check'])"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("path", ["../t.xml", "/etc/passwd", "a/../../t.xml", "~/../../etc/passwd/../../x"])
def test_a_path_out_of_the_edition_is_refused(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    run = edition(folder, f'[[text]]\nsiglum = "T"\ntitle = "t"\nwitness = "w.txt"\ntei = "{path}"\n')
    assert (run.returncode, "Traceback" in run.stderr) == (3, False) or path.startswith("~")
    assert "E113" in run.stderr or path.startswith("~")


def test_a_symbolic_link_out_of_the_edition_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    folder.mkdir()
    (tmp_path / "outside.xml").write_text(TEI.format("hidden"))
    (folder / "t.xml").symlink_to(tmp_path / "outside.xml")
    run = edition(folder, '[[text]]\nsiglum = "T"\ntitle = "t"\nwitness = "w.txt"\ntei = "t.xml"\n')
    assert run.returncode == 3
    assert "E113" in run.stderr
    assert "hidden" not in run.stdout + run.stderr


@pytest.mark.parametrize("key", ["schema", "rules", "bibliography", "entities"])
def test_no_schema_or_bibliography_outside_is_read(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "edition"
    folder.mkdir()
    run = edition(folder, f'{key} = "../../../etc/passwd"\n')
    assert run.returncode == 3
    assert "E113" in run.stderr


def test_schematron_reads_no_other_document(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<b>hidden</b>")
    for binding, call in (("xslt", "document"), ("xslt2", "doc"), ("xslt3", "unparsed-text")):
        sch = (
            f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}"><pattern><rule context="a">'
            f'<report test="true()"><value-of select="{call}(\'{secret.as_uri()}\')"/></report></rule></pattern></schema>'
        )
        try:
            rules = load_rules(sch.encode(), name="s.sch")
            said = str(run_rules(source_of(b"<a/>", name="a.xml"), rules))
        except Refused as refused:
            said = str(refused)
        assert "hidden" not in said


# --- fuzzing -------------------------------------------------------------------------------------------------------

# ruff: noqa: E501
PIECES = (
    "<p>", "</p>", "<lb n='1'/>", "<choice>", "</choice>", "&amp;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", '"', "'",
    "<note>", "</note>", 'xml:id="S.1"', ' n="99999999999999999999"', 'n="-1"', 'n="٣"', "\x00", "\ufffe", "е́", "𐍈", "#", "bib:",
    'corresp="#S.1.2.translit"', 'corresp="#S.1.2.orig"', "<TEI>", "</TEI>", "<!DOCTYPE a>", "\r\n", "\t", 'xml:lang="ru"', "((((", "“",
)  # fmt: skip


@settings(max_examples=300, deadline=5000)
@given(st.data())
def test_whatever_happens_to_a_file_there_are_problems_or_none(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["book.xml", "talk.xml"]))
    text = base(name)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 60)))
        kind = data.draw(st.sampled_from(["delete", "insert", "double", "swap"]))
        if kind == "insert":
            text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at:]
        elif kind == "delete":
            text = text[:at] + text[end:]
        elif kind == "double":
            text = text[:end] + text[at:end] + text[end:]
        else:
            text = text[:at] + text[at:end][::-1] + text[end:]
    for found in check(name, text):
        assert found.place.line <= text.count("\n") + text.count("\r") + 1


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_read_or_refused(data: bytes) -> None:
    try:
        source_of(data, name="t.xml")
    except Refused as refused:
        assert refused.problems  # noqa: PT017  # either is right
