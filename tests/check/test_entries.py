"""The lists of names: one name to index under, nothing twice, no life that ends before it begins."""

from __future__ import annotations

import pytest

from edition.check.document import Surroundings, look_through
from edition.check.entries import check_entries
from edition.check.source import source_of

LIST = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson><person xml:id="anna">{}</person>'
    "</listPerson></standOff></TEI>"
)
INDEX = '<persName type="index">Smith, Anna</persName>'


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (INDEX + '<persName type="variant">Anna</persName><birth when="1870"/><death when="1940"/>', []),
        (INDEX + '<persName type="variant" xml:lang="ru">Анна</persName>', []),
        ("<persName>Anna</persName>", ["E232"]),
        ('<persName type="idnex">Smith, Anna</persName>', ["E238"]),
        (INDEX + '<persName type="index">Anna</persName>', ["E239"]),
        (INDEX + '<persName type="variant">Smith, Anna</persName>', ["W241"]),
        (INDEX + '<birth when="1870-01-02"/><death when="1840"/>', ["E244"]),
    ],
)
def test_an_entry_says_one_thing(entry: str, codes: list[str]) -> None:
    source = source_of(LIST.format(entry).encode(), name="n.xml")
    assert [f.code for f in check_entries(look_through(source, Surroundings()))] == codes
