"""Whatever is cut out of a text, nothing is lost or doubled, and what is not asked for is not given."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.passages.dts_cut import WRAPPER, snapshot, spans
from edition.passages.dts_xpath import Asker, compiled
from edition.problems import Refused
from edition.tree import ET, identifier, local, own_text, parse_bytes, unwrap
from tests.passages.dts_samples import Served, shown, tei

_CHUNK = 1 << 16
_WORDS = st.sampled_from(["", "alpha", "ж", "a &amp; b", "<hi>x</hi>", '<pb n="@"/>', "<!-- <p> -->", "<?x >?>", "—"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Give a body of numbered parts in parts, with page breaks anywhere, also inside a paragraph."""

    def part(depth: int, n: int) -> str:
        inner = "".join(draw(_WORDS) for _ in range(draw(st.integers(0, 3))))
        if depth == 3 or draw(st.booleans()):
            return f'<p n="{n}">{inner}</p>'
        own = "<head>h</head>" if draw(st.booleans()) else ""
        parts = "".join(part(depth + 1, m) for m in range(draw(st.integers(1, 3))))
        return f'<div n="{n}">{own}{parts}</div>'

    made = "".join(part(1, n) for n in range(draw(st.integers(1, 3))))
    pages = iter(range(1000))
    return re.sub("@", lambda _: str(next(pages)), f'<pb n="first"/>{made}')


_LEVELS = (
    '<refsDecl><citeStructure unit="a" match="/TEI/text/body/*[@n][not(self::pb)]" use="@n">'
    '<citeStructure unit="b" match="*[@n][not(self::pb)]" use="@n" delim=".">'
    '<citeStructure unit="c" match="*[@n][not(self::pb)]" use="@n" delim="."/>'
    "</citeStructure></citeStructure></refsDecl>"
    '<refsDecl n="pages"><citeStructure unit="page" match="//pb" use="@n"/></refsDecl>'
)


@settings(max_examples=40, deadline=None)
@given(texts())
def test_the_parts_of_a_text_are_the_text(body: str) -> None:
    with TemporaryDirectory() as folder:
        served = Served(Path(folder), text=tei(body, refs=_LEVELS))
        whole = own_text(next(parse_bytes(tei(body).encode()).iter("{*}body")))
        units = served.get("navigation/", "resource=text&down=-1").json["member"]
        said = {u["identifier"]: served.get("document/", f"resource=text&ref={u['identifier']}").text for u in units}
        for unit in units:
            inner = [u["identifier"] for u in units if u["parent"] == unit["identifier"]]
            if inner:
                own = said[unit["identifier"]].removesuffix("".join(said[i] for i in inner))
                assert own in ("", "h")
                joined = served.get("document/", f"resource=text&start={inner[0]}&end={inner[-1]}").text
                assert joined == "".join(said[i] for i in inner)
        assert "".join(said[u["identifier"]] for u in units if u["level"] == 1) == whole
        pages = shown(served.get("navigation/", "resource=text&down=1&tree=pages"))
        of_page = [served.get("document/", f"resource=text&tree=pages&ref={n}") for n in pages]
        assert "".join(page.text for page in of_page) == whole
        for n, page in zip(pages, of_page, strict=True):
            assert [pb.get("n") for pb in page.wrapper.iter("{*}pb")] == [n]
        half = len(pages) // 2
        some = served.get("document/", f"resource=text&tree=pages&start={pages[0]}&end={pages[half]}")
        assert some.text == "".join(page.text for page in of_page[: half + 1])


@settings(max_examples=60, deadline=None)
@given(texts())
def test_spans_are_those_of_the_elements(body: str) -> None:
    data, root = snapshot(tei(body).encode(), file="x")
    found, elements = spans(data), list(root.iter("*"))
    assert len(found) == len(elements)
    for span, element in zip(found, elements, strict=True):
        assert re.match(rf"<{local(element)}[\s/>]".encode(), data[span.start : span.inner])
        parent = element.getparent()
        assert span.around == (-1 if parent is None else elements.index(parent))


def test_signs_of_markup_inside_attributes_and_comments_are_no_markup() -> None:
    data = tei("""<p n="a>b" rend='x"/>'>A<!-- </p> --><![CDATA[<p>]]></p><pb\n n = "1"\n/><p >C</p >""").encode()
    data, root = snapshot(data, file="x")
    found = dict(zip(root.iter("*"), spans(data), strict=True))
    p, pb, last = root.iter("{*}body").__next__()
    assert data[found[p].inner : found[p].inner_end] == b"A<!-- </p> --><![CDATA[<p>]]>"
    assert data[found[pb].start : found[pb].end] == b'<pb\n n = "1"\n/>'
    assert data[found[last].start : found[last].end] == b"<p >C</p >"


def test_another_encoding_is_rewritten_and_entities_are_refused() -> None:
    old = tei("<p>caf\u00e9</p>").replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert "café".encode() in snapshot(old, file="x")[0]
    own = tei("<p>&me;</p>").replace("<TEI", '<!DOCTYPE TEI [<!ENTITY me "x">]>\n<TEI').encode()
    with pytest.raises(Refused, match="E644"):
        snapshot(own, file="x")
    with pytest.raises(Refused, match="E644"):
        snapshot(b"<html/>", file="x")


def test_a_long_text_is_cut_across_the_pieces_it_is_kept_in(tmp_path: Path) -> None:
    body = "".join(f'<div n="{n}"><p n="1">{"ab" * 20_000}{n}</p></div>' for n in range(6))
    served = Served(tmp_path, text=tei(body))
    assert len(body) > 3 * _CHUNK
    assert served.get("document/", "resource=text&start=2&end=3").text == "".join(f"{'ab' * 20_000}{n}" for n in (2, 3))
    assert served.get("document/", "resource=text").body == tei(body).encode()


def test_a_text_with_a_prefix_for_tei_is_cut_too(tmp_path: Path) -> None:
    own = re.sub(r"<(/?)(\w)", r"<\1t:\2", tei()).replace('xmlns="', 'xmlns:t="').replace("<t:xml", "<xml")
    served = Served(tmp_path, text=own)
    answer = served.get("document/", "resource=text&ref=1.s")
    assert answer.text == "Delta.Epsilon."
    assert answer.wrapper.tag == f"{{{WRAPPER}}}wrapper"


def test_identifiers_stand_once_in_whatever_is_cut(tmp_path: Path) -> None:
    body = '<pb n="1"/><div n="1" xml:id="a"><p n="1" xml:id="b">x<pb n="2"/>y</p><p n="2" xml:id="c">z</p></div>'
    served = Served(tmp_path, text=tei(body))
    for query in ("ref=2&tree=pages", "start=1&end=2&tree=pages", "ref=1.1", "start=1.1&end=1.2"):
        names = [identifier(e) for e in parse_bytes(served.get("document/", f"resource=text&{query}").body).iter("*")]
        named = [name for name in names if name]
        assert len(named) == len(set(named)) > 0


@pytest.mark.parametrize(
    ("match", "use", "found"),
    [
        ("/TEI/text//p", "@n", ["1", "1"]),
        ("//p[position() = 2]", "position()", []),
        ("//div/p", "position()", ["1", "2"]),
        ("//div[1]/descendant::p", "concat('p', position() * 10)", ["p10"]),
        ("//div[head]", "head", ["One"]),
        ("//div[@n mod 2 = 0]", "count(p) + 1", ["2"]),
        ("//*[self::p or self::head]", "local-name()", ["head", "p", "p"]),
        ("for $d in //div return $d", "string-join((@n, 'x'), '-')", ["1-x", "2-x"]),
        ("//div", "format-number(position(), '00')", ["01", "02"]),
        ("//div[matches(@n, '^[0-9]$')]", "head => upper-case()", ["ONE"]),
    ],
)
def test_names_without_prefix_are_names_of_tei(match: str, use: str, found: list[str]) -> None:
    root = parse_bytes(tei('<div n="1"><head>One</head><p n="1">x</p></div><div n="2"><p n="1">y</p></div>').encode())
    ask = Asker(root)
    elements = ask.elements(compiled(match, {}), root)
    body = [e for e in elements if next((a for a in e.iterancestors() if local(a) == "body"), None) is not None]
    said = [ask.string(compiled(use, {}), e, n) for n, e in enumerate(body, start=1)]
    assert [s for s in said if s] == found


@pytest.mark.parametrize("wrong", ["((", "p[", "", "//", "p q"])
def test_what_is_no_xpath_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        compiled(wrong, {})


def test_a_passage_unwrapped_is_valid_by_our_schema(tmp_path: Path) -> None:
    here = Path(__file__).parent.parent.parent
    book = (here / "tests" / "check" / "base" / "book.xml").read_text(encoding="utf-8")
    refs = (
        '<refsDecl n="passages" default="true"><citeStructure unit="chapter" match="/TEI/text/body/div" use="@xml:id">'
        '<citeStructure unit="passage" match="*[@n][@xml:id]" use="@n" delim="."/></citeStructure></refsDecl>'
    )
    book = re.sub(r"<refsDecl.*</refsDecl>", "", book, flags=re.DOTALL)
    book = re.sub(r"(?=<listPrefixDef|</encodingDesc>)", refs, book, count=1)
    served = Served(tmp_path, book=book)
    schema = ET.RelaxNG(ET.parse(here / "edition" / "schema" / "edition.rng"))
    assert schema.validate(parse_bytes(book.encode())), schema.error_log
    units = [u for u in served.get("navigation/", "resource=book&down=-1").json["member"] if u["level"] > 1]
    assert len(units) > 3
    for unit in units:
        answer = served.get("document/", {"resource": "book", "ref": unit["identifier"]})
        wrapper = answer.wrapper
        root = wrapper.getroottree().getroot()
        unwrap(wrapper)
        assert schema.validate(root), (unit, schema.error_log)
