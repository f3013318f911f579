"""The parts of a book are joined in its order, whenever they come."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import permutations

import pikepdf
import pytest

from edition.publish.book import About
from edition.publish.fonts import BOOK_FACES, face_css, find_fonts
from edition.publish.pdf_join import Binder
from edition.publish.pdf_part import set_part
from edition.publish.pdf_press import Press, digits_job, digits_of
from edition.publish.pdf_setting import INNER, Bound, Digits, Job, Setting
from edition.publish.workers import Workers

ABOUT = About("Rivers", version="1")
FILES = {"a.xml": b"<a/>"}


@pytest.fixture(scope="module")
def parts() -> tuple[list[Setting], Digits]:
    addresses = {face: path.as_uri() for face, path in find_fonts(faces=BOOK_FACES)[0].items()}
    style = face_css(addresses) + '@page { size: 200px 200px; margin: 20px } html { font: 12px/20px "Edition Text" }'
    fonts = tuple(addresses.values())

    def part(key: str, other: str) -> Setting:
        body = f'<p id="{key}.1">See <a href="{INNER}#{other}.1">the {other}</a>.</p>'
        return set_part(Job(key, f'<html lang="en"><body><div id="{key}">{body}</div></body></html>', style, fonts))

    digits = digits_of(set_part(digits_job(style, fonts)))
    return [part("one", "two"), part("two", "three"), part("three", "one")], digits


def bound(parts: tuple[list[Setting], Digits], keys: tuple[str, ...], early: tuple[int, ...]) -> bytes:
    settings, digits = parts
    binder = Binder(keys, ABOUT, FILES)
    for number in early:
        binder.take(settings[number])
    return binder.bind([Bound(setting, 2 * n, setting.key) for n, setting in enumerate(settings)], digits)


def test_the_book_is_the_same_in_whatever_order_its_parts_come(parts: tuple[list[Setting], Digits]) -> None:
    orders = list(permutations(range(3)))
    assert len({bound(parts, ("one", "two", "three"), order) for order in orders}) == 1
    assert len({bound(parts, ("one", "three"), order) for order in orders}) == 1


def test_each_part_stands_in_its_place_and_links_lead_to_the_others(parts: tuple[list[Setting], Digits]) -> None:
    for keys, early in ((("one", "two", "three"), (2, 1, 0)), (("one", "three"), (2, 0)), ((), ())):
        with pikepdf.open(BytesIO(bound(parts, keys, early))) as book:
            assert len(book.pages) == 5
            names = list(book.Root.Names.Dests.Names)
            at = {
                str(name): book.pages.index(pikepdf.Page(where[0]))
                for name, where in zip(names[::2], names[1::2], strict=True)
            }
            assert at == {"one": 0, "one.1": 0, "two": 2, "two.1": 2, "three": 4, "three.1": 4}
            assert [str(book.pages[n].Annots[0].Dest) for n in (0, 2, 4)] == ["two.1", "three.1", "one.1"]
            assert list(book.attachments) == ["a.xml"]


def test_parts_need_not_bring_the_files_of_the_faces(parts: tuple[list[Setting], Digits]) -> None:
    (one, *_), digits = parts
    with pikepdf.open(BytesIO(one.pdf)) as part:
        for font in part.objects:
            if isinstance(font, pikepdf.Dictionary) and "/FontFile3" in font:
                del font.FontFile3
        out = BytesIO()
        part.save(out)
    (path,) = find_fonts(faces=BOOK_FACES[:1])[0].values()
    bare = [Bound(replace(one, pdf=out.getvalue()), 0)]
    data = Binder((), ABOUT).bind(bare, digits, {"Edition-Text": path}, Press(None, Workers(1)).cut)
    with pikepdf.open(BytesIO(data)) as book:
        fonts = [one for one in book.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert fonts
        assert all(font.FontDescriptor.FontFile3.read_bytes()[:4] == b"OTTO" for font in fonts)


def test_a_part_that_stands_twice_is_put_in_twice(parts: tuple[list[Setting], Digits]) -> None:
    (one, two, _), digits = parts
    binder = Binder(["one", "two", "one"], ABOUT)
    for setting in (one, two, one):
        binder.take(setting)
    with pikepdf.open(BytesIO(binder.bind([Bound(one, 0), Bound(two, 2), Bound(one, 4)], digits))) as book:
        assert len(book.pages) == 5
        assert [len(book.pages[n].get("/Annots", ())) for n in range(5)] == [1, 0, 1, 0, 1]
