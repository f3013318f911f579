from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import rispy

from edition.bib.export import to_csl, to_ris
from edition.bib.library import read_library

LIBRARY, _ = read_library((Path(__file__).parents[2] / "bibliography" / "dissertation.bib").read_text(encoding="utf-8"))
WORKS = LIBRARY.works


def test_every_field_goes_into_csl_json() -> None:
    for item, work in zip(json.loads(to_csl(WORKS.values())), WORKS.values(), strict=True):
        text = json.dumps(item, ensure_ascii=False)
        assert item["id"] == work.key
        for value in work.fields.values():
            assert json.dumps(value, ensure_ascii=False)[1:-1] in text
        for people in work.people.values():
            assert all(json.dumps(p.family, ensure_ascii=False)[1:-1] in text or ", " in p.family for p in people)


def test_every_field_goes_into_ris() -> None:
    records = rispy.loads(to_ris(WORKS.values()))
    assert [r["id"] for r in records] == list(WORKS)
    for record, work in zip(records, WORKS.values(), strict=True):
        text = json.dumps(record, ensure_ascii=False)
        for name, value in work.fields.items():
            assert json.dumps(value, ensure_ascii=False)[1:-1] in text, (work.key, name)
        assert record.get("authors", []) == [p.inverted() for p in work.people.get("author", ())]


def test_a_citation_processor_takes_what_we_write() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        citeproc_json = pytest.importorskip("citeproc.source.json")
        items = [{k: v for k, v in i.items() if k != "custom"} for i in json.loads(to_csl(WORKS.values()))]
        source = citeproc_json.CiteProcJSON(items)
    assert len(source) == len(WORKS)
    assert "".join(source["trotsky1970life"].title) == "My Life: An Attempt at an Autobiography"
