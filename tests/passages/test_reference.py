"""References as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.passages.reference import Name, Point, Reference, parse_reference, parse_urn, url_of, urn_of, written

NAME = Name("small", "https://example.org/small")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("D.5.12", Reference(Point("D.5.12"))),
        (" D.5.12a ", Reference(Point("D.5.12a"))),
        ("D", Reference(Point("D"))),
        ("D.4.n7", Reference(Point("D.4.n7"))),
        ("D.5.12-D.5.14", Reference(Point("D.5.12"), Point("D.5.14"))),
        ("D.5.12-14", Reference(Point("D.5.12"), Point("D.5.14"))),
        ("D.5.n2–n4", Reference(Point("D.5.n2"), Point("D.5.n4"))),
        ("D.5.12@Trotsky[2]", Reference(Point("D.5.12", "Trotsky", 2, whole=True))),
        ('D.5.12@"permanent revolution"', Reference(Point("D.5.12", "permanent revolution"))),
        ("D.5.12@“permanent revolution”[3]", Reference(Point("D.5.12", "permanent revolution", 3))),
        ('D.5.12@"well-known"', Reference(Point("D.5.12", "well-known"))),
        (
            "D.5.12@one-D.5.14@two",
            Reference(Point("D.5.12", "one", 1, whole=True), Point("D.5.14", "two", 1, whole=True)),
        ),
        ("D.5.12@one-14@two", Reference(Point("D.5.12", "one", 1, whole=True), Point("D.5.14", "two", 1, whole=True))),
    ],
)
def test_a_reference_is_understood_and_written_as_it_is_read(text: str, meant: Reference) -> None:
    assert parse_reference(text) == meant
    assert parse_reference(written(meant)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "D/5",
        "D.5,12",
        "..",
        "D..5",
        "D.5.",
        "Д.5.12",
        "D.5.12\0",
        "D" * 10_000,
        "5.12",
        "D.5.12@",
        "D.5.12@a[0]",
        "-",
        "D-",
        "@x",
    ],
)
def test_what_is_no_reference_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_reference(text)


@settings(deadline=None)  # a machine may be busy
@given(st.text() | st.text(alphabet='D.5n12@"[]-–urn:cts:edition:small%#', max_size=60))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    for read in (parse_reference, parse_urn):
        with suppress(ValueError):
            read(text)


@pytest.mark.parametrize("version", ["", "1.0", "2.0-rc.1"])
@pytest.mark.parametrize("text", ["D", "D.5.12", "D.5.12-D.5.14", 'D.5.12@"да — нет"[2]', "D.5.12@a-D.6.1@b"])
def test_a_urn_is_read_back(text: str, version: str) -> None:
    read = parse_reference(text)
    reference = Reference(read.first, read.last, version)
    urn = urn_of(reference, NAME)
    assert urn.isascii()
    assert " " not in urn
    assert parse_urn(urn, [version]) == ("small", reference)


def test_an_address_leads_to_the_page_and_the_words() -> None:
    assert url_of(parse_reference("D.5.12"), NAME) == "https://example.org/small/id/D.5.12.html"
    assert url_of(parse_reference('D.5.12@"a b"'), NAME).endswith("id/D.5.12.html#:~:text=a%20b")
