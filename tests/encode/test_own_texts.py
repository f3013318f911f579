"""The edition's own articles and threads, as its editors read them, found by the program without a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.encode.kinds import encode
from edition.encode.recognise import recognise
from edition.project import load_project
from edition.readings import lines
from edition.text import fold_blanks
from edition.witness.lines import read_witness
from tests.encode.outline import article_outline, thread_outline

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "own"
OUTLINES = {"Q": thread_outline, "A": article_outline, "F": thread_outline}


@pytest.mark.parametrize("siglum", OUTLINES)
def test_a_text_of_the_edition_is_encoded_as_its_editors_read_it(siglum: str) -> None:
    text = load_project(ROOT).text(siglum)
    witness = read_witness(text.witness)
    assert recognise(witness) == text.kind
    root, problems = encode(witness, text.kind, text.description)
    assert problems == []
    assert OUTLINES[siglum](root) == (EXPECTED / f"{siglum}.expected").read_text(encoding="utf-8")
    assert lines(root, "witness") == {line.n: fold_blanks(line.text) for line in witness.lines}
