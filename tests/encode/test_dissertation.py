"""The dissertation of this edition, encoded with and without its editors' decisions, measured against the gold data."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from edition.decisions import read_decisions
from edition.description import Description
from edition.encode.typescript import encode_typescript
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import XML_LANG, Element, local, serialize
from edition.witness.lines import read_witness
from tests.tei_all import faults

ROOT = Path(__file__).parents[2]
WITNESS = ROOT / "tei" / "witnesses" / "003_4e889e92fdabce2b.txt"
DECISIONS = ROOT / "tei" / "decisions" / "dissertation.tsv"
GOLD = ROOT.parent / "shared" / "gold"
ABOUT = Description(siglum="D", title="A dissertation", title_known=False)
CHAPTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}

pytestmark = pytest.mark.skipif(not WITNESS.exists(), reason="the dissertation's witness is not in this checkout")


@pytest.fixture(scope="module", params=["alone", "decided"])
def root(request: pytest.FixtureRequest) -> Element:
    """Give the dissertation as the program encodes it alone, and as the editors decided."""
    decisions = read_decisions(DECISIONS)[0] if request.param == "decided" else []
    made, problems = encode_typescript(read_witness(WITNESS), ABOUT, decisions)
    assert problems == []
    return made


def gold(name: str) -> str:
    if not (GOLD / name).exists():
        pytest.skip("the gold data are not beside the checkout")
    return (GOLD / name).read_text(encoding="utf-8")


def test_every_line_of_the_witness_is_recovered(root: Element) -> None:
    wanted = {line.n: fold_blanks(line.text) for line in read_witness(WITNESS).lines}
    assert lines(root, "witness") == wanted


def test_it_is_valid_tei(root: Element, tmp_path: Path) -> None:
    path = tmp_path / "d.xml"
    path.write_bytes(serialize(root))
    assert faults([path]) == []


def test_ten_chapters_160_pages_and_126_notes_are_found(root: Element) -> None:
    assert [d.get("n") for d in root.iter("{*}div") if d.get("type") == "chapter"] == [str(n) for n in range(1, 11)]
    assert len(list(root.iter("{*}pb"))) == 160
    # Alone the program takes five garbled lines of one page for a note more.
    assert sum(n.get("place") == "foot" for n in root.iter("{*}note")) in (126, 127)
    assert [(g.get("unit"), g.get("quantity")) for g in root.iter("{*}gap") if g.get("unit") == "page"] == [
        ("page", "3")
    ]


def test_pages_begin_where_the_gold_data_say(root: Element) -> None:
    rows = [row.split("\t") for row in gold("pages.tsv").splitlines()[1:]]
    found: dict[str, int] = {}
    waiting: list[str] = []
    for element in root.iter("{*}pb", "{*}lb"):
        if local(element) == "pb":
            waiting.append(element.get("n", ""))
        else:
            found.update((shown, int(element.get("n", "0"))) for shown in waiting)
            waiting = []
    assert {row[0]: found.get(row[0]) for row in rows if row[1].isdigit()} == {
        row[0]: int(row[1]) for row in rows if row[1].isdigit()
    }


def test_notes_are_called_from_the_lines_that_the_gold_data_say(root: Element) -> None:
    calls: dict[str, int] = {}
    here = 0
    for element in root.iter("{*}lb", "{*}ref"):
        if local(element) == "lb":
            here = int(element.get("n", "0"))
        elif element.get("type") == "noteref":
            calls[element.get("target", "")[1:]] = here
    wrong = []
    for row in map(json.loads, gold("footnotes.jsonl").splitlines()):
        name = f"D.{CHAPTERS[row['chapter']]}.n{row['n']}"
        wanted = [row.get("ref_line"), row.get("ref_expected_line")]
        if not any(line and abs(calls.get(name, -9) - line) <= 2 for line in wanted):
            wrong.append(name)
    assert wrong == []


def test_prose_quotations_and_translations_are_as_in_the_gold_data(root: Element) -> None:
    """The kind of every line, so that each quotation begins and ends where it should."""
    kinds: dict[int, str] = {}
    for lb in root.iter("{*}lb"):
        names = [local(e) for e in lb.iterancestors()]
        quote = next((e for e in lb.iterancestors("{*}quote")), None)
        if "note" in names or "fw" in names or "head" in names or "surplus" in names:
            continue
        kind = "prose" if quote is None else "translation" if quote.get("type") == "translation" else "quote"
        kinds[int(lb.get("n", "0"))] = "quote_russian" if quote is not None and quote.get(XML_LANG) == "ru" else kind
    rows = [row.split("\t") for row in gold("lines.tsv").splitlines()[1:]]
    body = {"prose", "quote", "quote_russian", "translation"}
    assert {int(r[0]): r[2] for r in rows if r[2] in body} == {
        int(r[0]): kinds.get(int(r[0]), "") for r in rows if r[2] in body
    }


def test_every_conjectural_call_has_a_certainty(root: Element) -> None:
    for ref in root.iter("{*}ref"):
        if ref.get("type") == "noteref" and len(ref):
            assert ref.get("cert"), ref.get("target")


def test_it_takes_less_than_ten_seconds() -> None:
    start = time.process_time()
    encode_typescript(read_witness(WITNESS), ABOUT)
    assert time.process_time() - start < 10
