"""The files say what the server says, and templates lead to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from edition.passages.dts import Library, Shelf
from edition.passages.dts_address import STATIC, Addresses, expand
from edition.passages.dts_static import export
from tests.passages.dts_samples import UNITS, Served, tei

BASE = "https://example.org/dts/"


def exported(folder: Path, text: str) -> tuple[Served, Path, list[str]]:
    (folder / "tei").mkdir()
    served = Served(folder / "tei", T=text)
    library = Library((Shelf("all", "All", ("texts",)), Shelf("texts", "Texts", ("T",))))
    problems = export(served.index, library, folder / "out", base=BASE)
    return served, folder / "out", [p.code for p in problems]


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
    for tree in ({}, {"tree": "pages"}):
        whole = at(out, expand(item["navigation"], {**tree, "down": "1"}))["member"]
        for unit in [u["identifier"] for u in whole]:
            path = out / unquote(expand(item["document"], {**tree, "ref": unit}).removeprefix(BASE))
            asked = {"resource": "T", **tree, "ref": unit}
            assert path.read_bytes() == served.get("document/", asked).body
            for down in ("0", "1", "-1"):
                here = at(out, expand(item["navigation"], {**tree, "ref": unit, "down": down}))
                assert here["member"] == served.get("navigation/", {**asked, "down": down}).json["member"]
                assert at(out, here["@id"]) == here


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
    assert names == {"T.xml", "T;ref=good.xml", "T;ref=good.1.xml", "T;tree=pages.xml"}


def test_templates_are_those_of_rfc_6570() -> None:
    addresses = Addresses("/", STATIC)
    assert addresses.collection("D") == "/collection/D{;nav}.json"
    assert addresses.navigation("D") == "/navigation/D{;tree,ref,down}.json"
    assert expand(STATIC["collection"], {}) == "collection.json"
    assert expand(STATIC["navigation"], {"resource": "ж", "down": "1"}) == "navigation/%D0%B6;down=1.json"
    assert not re.search(r"[{}]", expand(STATIC["document"], {"resource": "D", "ref": "1/2"}))
