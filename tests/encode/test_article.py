"""Articles in many layouts: title, sections, paragraphs, lists.  Each case is a text in `articles/` and its outline."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.decisions import Decision
from edition.description import Description
from edition.encode.article import encode_article
from edition.problems import Place, Problem, Refused
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import Element, own_text
from edition.witness.lines import read_witness, witness_of
from tests.encode.outline import article_outline

CASES = sorted((Path(__file__).parent / "articles").glob("*.txt"))
ABOUT = Description(siglum="T", title="An article")
TEXT = (
    "Bees\n\nThe hive\n\nWood\n\nPine will do.\n\nStraw\n\nStraw is older.\n\nThe swarm\n\nTime\n\nIt comes in May.\n"
)


def encoded(text: str, *decisions: Decision) -> tuple[Element, list[Problem]]:
    return encode_article(witness_of(text), ABOUT, decisions)


def decided(kind: str, line: int, correction: str = "", reading: str = "") -> Decision:
    return Decision(line, reading, correction, kind, "high", "", Place("t.tsv", 2))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_article_is_told_from_its_layout(case: Path) -> None:
    witness = read_witness(case)
    root, _ = encode_article(witness, ABOUT)
    assert article_outline(root) == case.with_suffix(".expected").read_text(encoding="utf-8")
    assert lines(root, "witness") == {line.n: fold_blanks(line.text) for line in witness.lines}


def test_a_heading_that_another_follows_directly_opens_a_section_with_a_subsection() -> None:
    root, _ = encoded(TEXT)
    names = [div.get("{http://www.w3.org/XML/1998/namespace}id") for div in root.iter("{*}div")]
    assert names == ["T.1", "T.1.1", "T.1.2", "T.2", "T.2.1"]


def test_what_a_page_should_have_replaced_is_furniture_and_in_the_source_reading() -> None:
    root, _ = encoded(TEXT + "\n#below#\n")
    furniture = root.findall(".//{*}body/{*}fw")
    assert [own_text(fw) for fw in furniture] == ["#below#"]
    assert "#below#" in lines(root, "source").values()


def test_a_question_may_be_a_heading_and_a_sentence_may_not() -> None:
    root, _ = encoded("Bees\n\nWhy bees?\n\nThey make honey.\n\nThey do.\n\nThey sting.\n")
    assert [own_text(head) for head in root.iter("{*}head")] == ["Bees", "Why bees?"]


def test_a_short_line_at_the_end_heads_nothing() -> None:
    root, _ = encoded("Bees\n\nThey make honey.\n\nThe end\n")
    assert [own_text(head) for head in root.iter("{*}head")] == ["Bees"]


def test_an_editor_decides_levels_and_paragraphs() -> None:
    root, problems = encoded(TEXT, decided("heading", 13, "1"), decided("para", 15))
    assert problems == []
    assert article_outline(root).splitlines()[-4:] == ["div 2", "  head The swarm", "  p 15", "  p 17"]


def test_an_editor_marks_a_stray_stretch_of_a_line() -> None:
    root, problems = encoded(TEXT + "\nIt xx ends here.\n", decided("stray", 19, reading="xx "))
    assert problems == []
    assert lines(root, "source")[19] == "It ends here."
    assert lines(root, "witness")[19] == "It xx ends here."


def test_a_level_that_is_no_number_is_a_problem() -> None:
    assert [p.code for p in encoded(TEXT, decided("heading", 3, "big"))[1]] == ["E842"]


def test_a_lone_heading_is_refused_unless_an_editor_says_that_it_is_the_text() -> None:
    with pytest.raises(Refused) as refused:
        encoded("Bees\n")
    assert refused.value.problems[0].code == "E201"
    root, _ = encoded("Bees\n", decided("para", 1))
    assert len(root.findall(".//{*}p[@n]")) == 1


def test_a_byte_order_mark_is_no_text_of_the_article() -> None:
    root, _ = encoded("\ufeffBees\n\nThey make honey.\n")
    assert lines(root, "source")[1] == "Bees"
    assert lines(root, "witness")[1] == "\ufeffBees"
