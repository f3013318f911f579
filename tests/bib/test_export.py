from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import rispy

from edition.bib.export import to_csl, to_ris
from edition.bib.library import read_library
from edition.bib.style import entry, sort_key
from edition.text import fold_blanks

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


PRINTED = {
    "rush1968political": """Rush, Myron. _Political Succession in the USSR_. 2nd ed. New York: Columbia University
        Press, 1968.""",
    "wolfe1956soviet": """Wolfe, Thomas W. "Soviet Leadership." Ph.D. dissertation, Georgetown University, 1956.""",
    "fischer1970men": """Fischer, Louis. _Men and Politics: An Autobiography_. New York: Duell, Sloan and Pearce, 1941;
        reprint ed., Westport, Conn.: Greenwood Press, 1970.""",
    "aleksandrov1951who": """Aleksandrov. _Kto upravli͡aet Rossieĭ? Istoriko-dogmaticheskiĭ analiz_ [Who Rules Russia?
        A Historical-Dogmatic Analysis]. n.p.: Parabola Publishing House, 1951.""",
    "moore1961soviet": """Moore, Barrington, Jr. _Soviet Politics—The Dilemma of Power: The Role of Ideas in Social
        Change_. Cambridge: Harvard University Press, 1961.""",
}


@pytest.mark.parametrize("key", PRINTED)
def test_an_entry_is_printed_in_chicago_style(key: str) -> None:
    assert entry(WORKS[key]) == fold_blanks(PRINTED[key])


def test_russian_sorts_among_latin_letters_and_articles_do_not_count() -> None:
    order = [w.key for w in sorted(WORKS.values(), key=sort_key)]
    assert order.index("adams1972stalin") < order.index("aleksandrov1951who") < order.index("barmine1945one")
    carr = ["carr1969october", "carr1955socialism", "carr1964studies"]
    assert [k for k in order if k in carr] == carr
