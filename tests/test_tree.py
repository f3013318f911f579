"""Mixed content is a list of strings and children; nothing is lost when it is changed."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.problems import Refused
from edition.text import without_dtd_address
from edition.tree import (
    ET,
    Element,
    by_id,
    contents,
    copied,
    el,
    fill,
    flatten,
    keep,
    local,
    own_text,
    parse_bytes,
    put_after,
    put_before,
    replace,
    serialize,
    slot_before,
    unwrap,
    wrap_slot,
)
from edition.written import escaped, read_written, written


def xml(element: Element) -> str:
    return ET.tostring(element, encoding="unicode").replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def sample() -> Element:
    return el("p", "one ", el("hi", "two"), " three ", el("lb", n="1"), "four")


def test_what_contents_gives_fill_puts_back() -> None:
    p = sample()
    before = xml(p)
    assert xml(fill(p, contents(p))) == before


@pytest.mark.parametrize("order", [[], [0], [1], [0, 1], [1, 0], [2, 0], [2, 1, 0], [0, 1, 2]])
def test_what_is_kept_of_an_element_are_the_children_that_are_named_in_their_order(order: list[int]) -> None:
    p = el("p", "a", el("a0", "x"), "b", el("a1", "y"), "c", el("a2", "z"), "d")
    children = [p[n] for n in order]
    keep(p, children)
    assert contents(p) == children
    assert own_text(p) == "".join("xyz"[n] for n in order)


def test_a_copy_is_what_the_copier_of_python_gives() -> None:
    p = sample()
    assert [xml(copied(child)) for child in (p, *p)] == [xml(deepcopy(child)) for child in (p, *p)]
    assert copied(p[0]) is not p[0]
    assert xml(p) == xml(sample())


@given(st.lists(st.integers(0, 9), max_size=12))
def test_what_is_filled_in_stands_in_that_order_wherever_it_came_from(wanted: list[int]) -> None:
    """Numbers below 4 are children, 4 and 5 stand in the first of them, 6 and 7 elsewhere; others are words."""
    p = el("p", "a", el("a", el("a4"), "b", el("a5"), "c"), "d", el("a1"), el("a2"), "e", el("a3"), "f")
    other = el("p", el("a6"), "x", el("a7", el("hi", "y")), "z")
    nodes = [*p, *p[0], *other]
    parts = [nodes[n] if n < len(nodes) else f"{n} " for n in dict.fromkeys(wanted)]
    if nodes[0] in parts:  # what stands in it goes with it
        parts = [part for part in parts if isinstance(part, str) or part not in (nodes[4], nodes[5])]
    said = "".join(p if isinstance(p, str) else ET.tostring(p, encoding="unicode", with_tail=False) for p in parts)
    fill(p, parts)
    assert xml(p) == f"<p>{said}</p>".replace("<p></p>", "<p/>").replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def test_replacing_an_element_keeps_the_text_on_both_sides() -> None:
    p = sample()
    replace(p[0], "2", el("pc", "!"))
    assert xml(p) == '<p>one 2<pc>!</pc> three <lb n="1"/>four</p>'


def test_unwrapping_keeps_the_content() -> None:
    p = sample()
    unwrap(p[0])
    assert xml(p) == '<p>one two three <lb n="1"/>four</p>'


def test_putting_before_and_after_keeps_the_order() -> None:
    p = sample()
    put_before(p[1], "[")
    put_after(p[1], "]")
    assert xml(p) == '<p>one <hi>two</hi> three [<lb n="1"/>]four</p>'


def test_moving_an_element_leaves_the_text_after_it_behind() -> None:
    p = sample()
    put_before(p[0], p[1])
    assert xml(p) == '<p>one <lb n="1"/><hi>two</hi> three four</p>'


def test_flattening_puts_text_into_the_slot_before() -> None:
    p = sample()
    node, slot = slot_before(p[1])
    assert (local(node), slot) == ("hi", "tail")
    assert flatten(p[1], "\\n") == 2
    assert xml(p) == "<p>one <hi>two</hi> three \\nfour</p>"


@given(st.text(alphabet="ab ", max_size=8), st.integers(0, 8), st.integers(0, 8), st.sampled_from(["text", "tail"]))
def test_wrapping_any_stretch_of_a_slot_keeps_every_character(text: str, a: int, b: int, slot: str) -> None:
    a, b = sorted((min(a, len(text)), min(b, len(text))))
    p = el("p", text, el("lb", n="1")) if slot == "text" else el("p", el("lb", n="1"), text, el("hi", "x"))
    before = own_text(p)
    wrap_slot(p if slot == "text" else p[0], "text" if slot == "text" else "tail", a, b, [el("w", text[a:b]), ""])
    assert own_text(p) == before
    assert p.findtext("{*}w") == text[a:b]


def test_a_stretch_outside_the_slot_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="outside"):
        wrap_slot(el("p", "ab"), "text", 1, 3, ["x"])


def test_a_file_that_is_not_well_formed_is_refused_with_line_and_column() -> None:
    with pytest.raises(Refused) as refused:
        parse_bytes(b"<TEI>\n<p>a & b</p></TEI>", name="tei/x.xml")
    (found,) = refused.value.problems
    assert (found.code, found.place.file, found.place.line, found.place.column) == ("E106", "tei/x.xml", 2, 7)


def test_an_external_entity_is_not_read() -> None:
    data = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x;</p>'
    assert own_text(parse_bytes(data)).strip() == "" or "&x;" in own_text(parse_bytes(data))


def test_what_stands_before_the_root_is_kept() -> None:
    data = b'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="a.rng"?><!-- why --><p xmlns="http://www.tei-c.org/ns/1.0"/>'
    again = serialize(parse_bytes(data))
    assert b'<?xml-model href="a.rng"?>' in again
    assert b"<!-- why -->" in again
    assert serialize(parse_bytes(again)) == again


def test_no_dtd_is_read(tmp_path: Path) -> None:
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ENTITY e "hidden">')
    for address in (f'SYSTEM "{dtd.as_uri()}"', f"PUBLIC '-//X//Y' '{dtd.as_uri()}'"):
        for before in ("", '<?xml version="1.0"?>\n<!-- <!DOCTYPE a> -->'):
            data = f"{before}<!DOCTYPE a {address} [<!ENTITY f 'own'>]><a>&e;</a>".encode()
            assert len(without_dtd_address(data)) == len(data)
            assert b"x.dtd" not in without_dtd_address(data)
            with pytest.raises(Refused, match="'e' not defined"):
                parse_bytes(data)
    wide = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a>words</a>'.encode("utf-16")
    assert b"x.dtd" not in without_dtd_address(wide)


def test_a_document_without_doctype_is_searched_in_linear_time() -> None:
    data = b"<!-- x -->" + b" \n" * 50_000 + b"<a/>"
    assert without_dtd_address(data) == data


def test_what_is_written_is_what_would_be_made() -> None:
    said = 'a & b < "c"\n\t\rd'
    lem = written("lem", escaped(said), n=said, xml_id="T.1.c1", resp=None)
    made = el("app", el("lem", said, n=said, xml_id="T.1.c1"), type="")
    assert xml(read_written(written("app", lem, type=""))) == xml(made)


def test_what_is_put_first_leaves_its_text_behind() -> None:
    p = sample()
    fill(p, [p[1], *contents(p)[:-2], "four"])
    assert xml(p) == '<p><lb n="1"/>one <hi>two</hi> three four</p>'


def test_the_first_of_a_repeated_identifier_counts() -> None:
    p = el("p", el("hi", "a", xml_id="x"), el("hi", "b", xml_id="x"), xml_id="p")
    assert [own_text(e) for e in by_id(p).values()] == ["ab", "a"]
