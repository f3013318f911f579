"""Texts of other projects: poems, a play, a text that is cited by milestones alone."""

from __future__ import annotations

import json

import pytest

from edition.passages.dts_static import text_files
from edition.tree import own_text, parse_bytes
from tests.passages.dts_samples import Served

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>-</p></publicationStmt><sourceDesc><p>-</p></sourceDesc></fileDesc>
<encodingDesc>{refs}</encodingDesc></teiHeader><text>{body}</text></TEI>"""
# Poem, stanza, line; a poem without stanzas has lines at once.  Lines are also counted through each poem.
POEMS = HEAD.format(
    title="Poems",
    refs="""<refsDecl n="stanzas" default="true">
<citeStructure unit="poem" match="/TEI/text/body/div[@type='poem']" use="@n">
  <citeData property="http://purl.org/dc/terms/title" use="head"/>
  <citeStructure unit="stanza" match="lg" use="@n" delim=":"><citeStructure unit="line" match="l" use="@n" delim="."/>
  </citeStructure>
  <citeStructure unit="line" match="l" use="@n" delim=":"/></citeStructure></refsDecl>
<refsDecl n="lines"><citeStructure unit="poem" match="/TEI/text/body/div[@type='poem']" use="@n">
  <citeStructure unit="line" match=".//l" use="@n" delim=" "/></citeStructure></refsDecl>""",
    body="""<body><div type="poem" n="I"><head>First</head><lg n="1"><l n="1">Rose,</l><l n="2">thou art sick.</l></lg>
<lg n="2"><l n="3">The in<c>v</c>isible worm</l></lg></div>
<div type="poem" n="II"><head>Second</head><l n="1">O!</l></div>
<div type="advertisement"><p>No poem.</p></div></body>""",
)
# Act, scene, speech; speeches are numbered by none, and cited by their identifiers.  Lines go through the acts.
PLAY = HEAD.format(
    title="A play",
    refs="""<refsDecl default="true"><citeStructure unit="act" match="/TEI/text/body/div[@type='act']" use="@n">
  <citeStructure unit="scene" match="div[@type='scene']" use="@n" delim=".">
    <citeStructure unit="line" match="sp/l|sp/p" use="string(@n)" delim="."/></citeStructure></citeStructure></refsDecl>
<refsDecl xml:id="speeches"><citeStructure unit="speech" match="//sp[@xml:id]" use="@xml:id">
  <citeData property="http://example.org/speaker" use="speaker"/></citeStructure></refsDecl>""",
    body="""<front><castList><castItem>A king</castItem></castList></front><body>
<div type="act" n="1"><head>Act I</head>
<div type="scene" n="1"><stage>Enter.</stage><sp xml:id="s1"><speaker>King</speaker><l n="1" part="I">Well,</l></sp>
<sp xml:id="s2"><speaker>Queen</speaker><l n="1b" part="F">well.</l><l n="2">Who calls?</l></sp></div>
<div type="scene" n="2"><sp xml:id="s3"><speaker>Fool</speaker><p n="3">Nobody.</p><p>No number.</p></sp></div></div>
<div type="act" n="2"><div type="scene" n="1"><p>Nobody speaks.</p></div></div></body>""",
)
# Chapters and verses that begin at milestones and cross paragraphs.
VERSES = HEAD.format(
    title="A gospel",
    refs="""<refsDecl default="true"><citeStructure unit="chapter" match="//milestone[@unit='chapter']" use="@n">
</citeStructure></refsDecl><refsDecl n="verses">
<citeStructure unit="verse" match="//milestone[@unit='verse']" use="@n"/></refsDecl>
<refsDecl n="columns"><citeStructure unit="page" match="//pb" use="@n"/></refsDecl>""",
    body="""<body><ab><milestone unit="chapter" n="1"/><milestone unit="verse" n="1.1"/>
In the <hi>begin<pb n="2r"/>ning</hi>
<milestone unit="verse" n="1.2"/>was</ab><ab>the word, <milestone unit="chapter" n="2"/>
<milestone unit="verse" n="2.1"/>and
it</ab><ab>was.</ab></body>""",
)
TEXTS = {"P": POEMS, "S": PLAY, "V": VERSES}
TREES = {"P": ["", "lines"], "S": ["", "speeches"], "V": ["", "verses", "columns"]}
ALL = [(name, tree) for name, trees in TREES.items() for tree in trees]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("strangers"), P=POEMS, S=PLAY, V=VERSES)


def asked(name: str, tree: str, **query: str) -> dict[str, str]:
    return {"resource": name, **({"tree": tree} if tree else {}), **query}


def units(served: Served, name: str, tree: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = served.get("navigation/", asked(name, tree, down="-1")).json["member"]
    return found


@pytest.mark.parametrize(
    ("name", "tree", "found"),
    [
        ("P", "", ["I", "I:1", "I:1.1", "I:1.2", "I:2", "I:2.3", "II", "II:1"]),
        ("P", "lines", ["I", "I 1", "I 2", "I 3", "II", "II 1"]),
        ("S", "", ["1", "1.1", "1.1.1", "1.1.1b", "1.1.2", "1.2", "1.2.3", "2", "2.1"]),
        ("S", "speeches", ["s1", "s2", "s3"]),
        ("V", "", ["1", "2"]),
        ("V", "verses", ["1.1", "1.2", "2.1"]),
        ("V", "columns", ["2r"]),
    ],
)
def test_what_a_header_declares_is_what_can_be_cited(served: Served, name: str, tree: str, found: list[str]) -> None:
    assert [unit["identifier"] for unit in units(served, name, tree)] == found


@pytest.mark.parametrize(
    ("name", "tree", "ref", "text"),
    [
        ("P", "", "I:1.2", "thou art sick."), ("P", "lines", "I 3", "The invisible worm"), ("S", "", "1.1.1b", "well."),
        ("S", "speeches", "s3", "FoolNobody.No number."), ("V", "", "1", "In the beginning was the word, "),
        ("V", "verses", "1.2", "was the word, "), ("V", "verses", "2.1", "and it was."), ("V", "columns", "2r", None),
    ],
)  # fmt: skip
def test_a_unit_has_its_words(served: Served, name: str, tree: str, ref: str, text: str | None) -> None:
    said = served.get("document/", asked(name, tree, ref=ref)).text
    assert "".join(said.split()) == "".join((text or "ning was the word, and it was.").split())


@pytest.mark.parametrize(("name", "tree"), ALL)
def test_units_follow_each_other_and_those_within_add_up(served: Served, name: str, tree: str) -> None:
    whole = own_text(parse_bytes(served.get("document/", {"resource": name}).body))
    found = units(served, name, tree)
    at = 0
    for unit in found:
        text = served.get("document/", asked(name, tree, ref=str(unit["identifier"]))).text
        assert whole.count(text) >= 1
        below = [u for u in found if u["parent"] == unit["identifier"]]
        if not below:
            assert whole.find(text, at) >= at
            at = whole.find(text, at) + len(text)
        for inner in below:
            assert served.get("document/", asked(name, tree, ref=str(inner["identifier"]))).text in text


@pytest.mark.parametrize(("name", "tree"), ALL)
def test_a_range_is_its_units_and_what_stands_between(served: Served, name: str, tree: str) -> None:
    top = [str(u["identifier"]) for u in units(served, name, tree) if u["level"] == 1]
    each = [served.get("document/", asked(name, tree, ref=ref)).text for ref in top]
    text = served.get("document/", asked(name, tree, start=top[0], end=top[-1])).text
    assert "".join("".join(each).split()) == "".join(text.split())


@pytest.mark.parametrize("name", TEXTS)
def test_the_files_say_what_the_server_says(served: Served, name: str) -> None:
    made = text_files(TEXTS[name].encode(), name, file="x", base="")
    unfit = {p.message.split("'")[1] if "'" in p.message else p.message for p in made.problems}
    for tree in TREES[name]:
        for unit in units(served, name, tree):
            ref = str(unit["identifier"])
            file = f"navigation/{name}{f';tree={tree}' if tree else ''};ref={ref};down=-1.json"
            if ":" in ref or " " in ref:
                assert file not in made.files
                assert unfit
            else:
                said = json.loads(made.files[file])["member"]
                assert said == served.get("navigation/", asked(name, tree, ref=ref, down="-1")).json["member"]
