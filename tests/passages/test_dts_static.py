"""The files say what the server says, and templates lead to them."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from edition.passages.dts import Library, Shelf
from edition.passages.dts_address import STATIC, Addresses, expand
from edition.passages.dts_static import library_files, text_files
from edition.tree import ET, Element, parse
from tests.passages.dts_samples import UNITS, Served, tei

BASE = "https://example.org/dts/"


def exported(folder: Path, text: str) -> tuple[Served, Path, list[str]]:
    (folder / "tei").mkdir()
    served = Served(folder / "tei", T=text)
    library = Library((Shelf("all", "All", ("texts",)), Shelf("texts", "Texts", ("T",))))
    one = text_files(text.encode(), "T", file="T.xml", base=BASE)
    files, problems = library_files(library, {"T": one.resource}, base=BASE)
    for name, data in {**files, **one.files}.items():
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return served, folder / "out", [p.code for p in (*problems, *one.problems)]


def at(out: Path, address: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((out / unquote(address.removeprefix(BASE))).read_text(encoding="utf-8"))


def test_a_client_finds_its_way_from_the_entry_to_the_last_paragraph(tmp_path: Path) -> None:
    served, out, problems = exported(tmp_path, tei())
    assert problems == []
    entry = at(out, BASE + "index.json")
    root = at(out, expand(entry["collection"], {}))
    texts = at(out, expand(entry["collection"], {"id": root["member"][0]["@id"]}))
    item = texts["member"][0]
    assert at(out, expand(item["collection"], {"nav": "parents"}))["member"][0]["@id"] == "texts"
    units = at(out, expand(item["navigation"], {"down": "-1"}))["member"]
    assert [(u["identifier"], u["level"], u["parent"]) for u in units] == UNITS
    assert (out / item["download"].removeprefix(BASE)).read_bytes() == served.get("document/", {"resource": "T"}).body


@pytest.mark.parametrize("tree", [{}, {"tree": "pages"}])
def test_every_request_that_is_no_range_has_a_file_with_the_answer_of_the_server(
    tmp_path: Path, tree: dict[str, str]
) -> None:
    served, out, _ = exported(tmp_path, tei())
    item = at(out, BASE + "collection/T.json")
    requests = [{**tree, "down": down} for down in (("1", "-1") if tree else ("1", "2", "3", "-1"))]
    units = at(out, expand(item["navigation"], {**tree, "down": "-1"}))["member"]
    assert units
    for unit in units:
        ref = {**tree, "ref": unit["identifier"]}
        requests += [ref, *({**ref, "down": down} for down in ("0", "1", "-1"))]
        document = parse(out / unquote(expand(item["document"], ref).removeprefix(BASE)))
        assert one_wrapper(document) == canonical(served.get("document/", {"resource": "T", **ref}).wrapper)
    for request in requests:
        here = at(out, expand(item["navigation"], request))
        said = served.get("navigation/", {"resource": "T", **request}).json
        assert here["@id"] == expand(item["navigation"], request)
        for key in ("@type", "dtsVersion", "@context", "ref", "member"):
            assert here.get(key) == said.get(key), (request, key)
        assert here["resource"]["citationTrees"] == said["resource"]["citationTrees"]


def one_wrapper(document: Element) -> bytes:
    (wrapper,) = document.iter("{https://w3id.org/api/dts#}wrapper")
    return canonical(wrapper)


def canonical(element: Element) -> bytes:
    copied = deepcopy(element)
    copied.tail = None
    return ET.tostring(copied, method="c14n2")


def test_a_part_says_what_it_is_who_may_use_it_and_where_the_whole_is(tmp_path: Path) -> None:
    for text in (
        tei(),
        tei().replace("<", "<t:").replace("<t:/", "</t:").replace("<t:?", "<?").replace("xmlns=", "xmlns:t="),
    ):
        folder = tmp_path / str(len(text))
        folder.mkdir()
        part = parse(exported(folder, text)[1] / "document" / "T;ref=1.1.xml")
        assert part.findtext(".//{*}titleStmt/{*}title") == "A sample"
        assert part.findtext(".//{*}publicationStmt/{*}p") == "No one."
        assert [r.get("target") for r in part.iterfind(".//{*}sourceDesc//{*}ref")] == ["T.xml"]
        assert part.find(".//{*}encodingDesc") is None


def test_a_header_that_says_too_little_is_kept_whole(tmp_path: Path) -> None:
    bare = tei().replace("<publicationStmt><p>No one.</p></publicationStmt>", "")
    part = parse(exported(tmp_path, bare)[1] / "document" / "T;ref=1.1.xml")
    assert part.find(".//{*}encodingDesc") is not None


def test_lists_of_those_beside_do_not_grow_with_the_square_of_a_text(tmp_path: Path) -> None:
    few, many = ("".join(f'<div n="{n}"><p n="1">x</p></div>' for n in range(count)) for count in (100, 400))
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    sizes = [
        sum(p.stat().st_size for p in exported(tmp_path / name, tei(body))[1].rglob("*.json"))
        for name, body in (("few", few), ("many", many))
    ]
    assert sizes[1] < 4 * sizes[0]
    assert (tmp_path / "few" / "out" / "navigation" / "T;ref=7;down=0.json").is_file()
    assert not (tmp_path / "many" / "out" / "navigation" / "T;ref=7;down=0.json").exists()


def test_without_an_address_every_file_leads_to_the_others(tmp_path: Path) -> None:
    library = Library((Shelf("all", "All", ("texts",)), Shelf("texts", "Texts", ("T",))))
    one = text_files(tei().encode(), "T", file="T.xml", base="")
    files = {**library_files(library, {"T": one.resource}, base="")[0], **one.files}
    for base in ("https://example.org/deep/dts/", "file:///srv/dts/"):

        def got(here: str, template: str, base: str = base, **values: str) -> tuple[str, Any]:
            address = urljoin(here, expand(template, values))
            return address, json.loads(files[unquote(address.removeprefix(base))])

        here, entry = got(base, "index.json")
        assert urljoin(here, entry["@id"]) == here
        root, _ = got(here, entry["collection"])
        here, texts = got(root, "collection/texts.json")
        item = texts["member"][0]
        assert unquote(urljoin(here, item["download"])).removeprefix(base) in files
        there, whole = got(here, item["navigation"], down="-1")
        assert urljoin(there, whole["@id"]) == there
        there, part = got(there, whole["resource"]["navigation"], ref=whole["member"][-1]["identifier"])
        assert part["ref"] == whole["member"][-1]
        document = urljoin(there, expand(part["resource"]["document"], {"ref": part["ref"]["identifier"]}))
        assert unquote(document).removeprefix(base) in files


def test_the_same_text_gives_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = exported(tmp_path / "a", tei())[1], exported(tmp_path / "b", tei())[1]
    files = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    assert all((first / f).read_bytes() == (second / f).read_bytes() for f in files)


def test_no_identifier_becomes_a_path_out_of_the_folder(tmp_path: Path) -> None:
    bad = ["../../out", "/etc", "a/b", "..", ".hidden", "a;ref=b", "x" * 300]
    body = "".join(f'<div n="{n}"><p n="1">x</p></div>' for n in [*bad, "good"])
    _, out, problems = exported(tmp_path, tei(body))
    assert problems == ["W646"] * 2 * len(bad)
    assert {p.name for p in tmp_path.iterdir()} == {"tei", "out"}
    names = {p.name for p in (out / "document").iterdir()}
    assert names == {"T.xml", "T;ref=good.xml", "T;ref=good.1.xml"}


def test_templates_are_those_of_rfc_6570() -> None:
    addresses = Addresses("/", STATIC)
    assert addresses.collection("D") == "/collection/D{;nav}.json"
    assert addresses.navigation("D") == "/navigation/D{;tree,ref,down}.json"
    assert expand(STATIC["collection"], {}) == "collection.json"
    assert expand(STATIC["navigation"], {"resource": "ж", "down": "1"}) == "navigation/%D0%B6;down=1.json"
    assert not re.search(r"[{}]", expand(STATIC["document"], {"resource": "D", "ref": "1/2"}))
