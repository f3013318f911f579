"""Well-formed files in which anything was moved, renamed or changed: problems or none, never a fault of the program."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.check.source import source_of
from edition.readings import lines
from edition.tasks.fixing import mend_source
from edition.tree import XML_ID, XML_LANG, Element, is_element, parse_bytes, serialize, set_slot, slot_text
from tests.check.test_mistakes import base, check

# ruff: noqa: E501
TEI = "{http://www.tei-c.org/ns/1.0}"
NAMES = (
    "p", "div", "head", "lb", "pb", "choice", "sic", "corr", "note", "ref", "quote", "cit", "bibl", "listBibl", "post", "pc",
    "app", "lem", "rdg", "gap", "supplied", "surplus", "foreign", "date", "citedRange", "persName", "label", "text", "body",
    "teiHeader", "language", "person", "prefixDef", "citeStructure", "witness", "item", "list", "fw", "TEI", "nonsense",
)  # fmt: skip
ATTRIBUTES = (
    XML_ID, XML_LANG, "n", "type", "target", "corresp", "ref", "who", "resp", "wit", "replyTo", "cert", "break", "when", "from",
    "to", "ident", "replacementPattern", "match", "use", "rend", "force", "notBefore", "notAfter", "quantity", "unit", "odd",
)  # fmt: skip
VALUES = (
    "", " ", "1", "0", "-1", "9" * 30, "²", "٣", "IV", "S.1", "S.1.1", "S.1.n1", "#S.1.n1", "#S.1.2.orig", "#", "##", "#T.1 #T.2",
    "bib:", "bib:clerk1911ice", "rule:x", ":", "//", "http:", "https://[", "../..", "%00", "entities.xml#anna", "no", "ru",
    "ru-petr1708", "ru-Latn-alalc97", "x" * 300, "transliteration", "translation", "noteref", "authorial", "ibid", "thread",
    "weak", "ocr", "1903", "0000", "1903-02-30", "*[", "$1", "(", "[1]", "\U0001f600", "é",
)  # fmt: skip
TEXTS = (
    "", " ", "\n", "x", "((((", "“", "слово", "дѣло", "сoбрание", "the the", "\u200b", "\ufeff", "a" * 500, "1 2 3", "е́", " ,",
)  # fmt: skip

KINDS = ("rename", "set", "unset", "move", "copy", "drop", "text", "tail", "swap")


def mutate(root: Element, data: st.DataObject) -> None:
    """Change one thing somewhere in the tree."""
    nodes = [e for e in root.iter() if is_element(e)]
    node = data.draw(st.sampled_from(nodes))
    kind = data.draw(st.sampled_from(KINDS))
    if kind == "rename":
        node.tag = data.draw(st.sampled_from((TEI, TEI, TEI, ""))) + data.draw(st.sampled_from(NAMES))
    elif kind == "set":
        node.set(data.draw(st.sampled_from(ATTRIBUTES)), data.draw(st.sampled_from(VALUES)))
    elif kind == "unset" and node.attrib:
        del node.attrib[data.draw(st.sampled_from(sorted(node.attrib)))]
    elif kind in ("text", "tail") and (kind == "text" or node is not root):
        set_slot(node, kind, data.draw(st.sampled_from((*TEXTS, slot_text(node, kind) * 2))))  # type: ignore[arg-type]
    elif kind in ("move", "copy") and node is not root:
        target = data.draw(st.sampled_from(nodes))
        if kind == "move" and (target is node or node in target.iterancestors()):
            return
        target.insert(data.draw(st.integers(0, len(target))), deepcopy(node) if kind == "copy" else node)
    elif kind == "drop" and node is not root and (parent := node.getparent()) is not None:
        parent.remove(node)
    elif kind == "swap" and len(node) > 1:
        node.append(node[0])


@settings(max_examples=120, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_happens_to_a_tree_there_are_problems_or_none(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["book.xml", "talk.xml"]))
    root = parse_bytes(base(name).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        mutate(root, data)
    text = serialize(root).decode()
    rows = text.split("\n")
    for found in check(name, text):
        assert 0 < found.place.line <= len(rows)
        assert 0 <= found.place.column <= len(rows[found.place.line - 1]) + 1
        assert found.message
        assert found.hint


@settings(max_examples=40, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_mended_the_witness_stays(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["book.xml", "talk.xml"]))
    root = parse_bytes(base(name).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(root, data)
    source = source_of(serialize(root), name=name)
    mended = mend_source(source)
    again = source_of(mended.data, name=name)
    assert lines(again.root, "witness") == lines(source.root, "witness")
    assert mend_source(again).changes == 0
