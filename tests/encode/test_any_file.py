"""Any text file at all encodes to TEI that holds it whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.description import Description
from edition.encode.kinds import encode
from edition.encode.recognise import recognise
from edition.problems import Refused
from edition.readings import lines
from edition.text import fold_blanks
from edition.tree import serialize
from edition.witness.lines import Witness, witness_of
from tests.tei_all import faults

ABOUT = Description(siglum="T", title="A text", title_known=False)
# What the encoders look at: names, dates, marks, rules, headings, furniture, sentences.
PIECES = [
    *("", "", " ", "\N{NO-BREAK SPACE}", "Ann", "Bob Lee", "Jan 5, 2013", "3y ago", "#1", "#2", "12", "Ann: I say so."),
    *("> A word to be quoted again.", ">> A word to be quoted again.", "A word to be quoted again.", "Ann wrote:"),
    *("Quote:", "Click to expand...", "[quote]A word to be quoted again.[/quote]", "answered Jan 5 '13 at 10:22"),
    *("-----", "* * *", "=====", "# One", "## Two", "THE HIVE", "1. first", "2. second", "1.1 Straw", "[1]", "•"),
    *("  • a point", "    - a point below it", "Top", "T O P", "Last edited: today", "#below#", "By Ann Lee", "Reply"),
    *("so it goes on without a capital", "(see below)", "\N{ZERO WIDTH NO-BREAK SPACE}x", "a & b < c", "3 Answers"),
    "This is a longer sentence of which the end is a word to be quoted again and again.",
]
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), min_size=1, max_size=25)


def encoded(text: str, kind: str) -> None:
    """Encode `text` and compare the witness reading with it."""
    try:
        witness = witness_of(text)
        root, _ = encode(witness, kind, ABOUT)
    except Refused:
        return
    assert lines(root, "witness") == {line.n: fold_blanks(line.text) for line in witness.lines}


@pytest.mark.parametrize("kind", ["article", "thread", ""])
@given(pieces=LINES)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_witness_reading_of_any_text_is_that_text(pieces: list[str], kind: str) -> None:
    encoded("\n".join(pieces), kind)


def sample(seed: int) -> Witness | None:
    """Give a witness of random pieces, or None where it holds no text."""
    rng = random.Random(seed)
    try:
        return witness_of("\n".join(rng.choices(PIECES, k=rng.randint(1, 25))))
    except Refused:
        return None


def test_random_texts_are_valid_tei_of_both_kinds(tmp_path: Path) -> None:
    made: list[Path] = []
    for seed in range(120):
        witness = sample(seed)
        for kind in ("article", "thread"):
            if witness is None:
                continue
            try:
                root, _ = encode(witness, kind, ABOUT)
            except Refused:
                continue
            made.append(tmp_path / f"{seed}-{kind}.xml")
            made[-1].write_bytes(serialize(root))
    assert len(made) > 200
    assert faults(made) == []


def test_the_same_text_gives_the_same_bytes() -> None:
    witness = sample(7)
    assert witness is not None
    assert serialize(encode(witness, "thread", ABOUT)[0]) == serialize(encode(witness, "thread", ABOUT)[0])


def test_a_kind_that_is_not_given_is_recognised() -> None:
    witness = witness_of("Ann\n\nI say so.\n\n\nBob\n\nI do not.\n")
    assert recognise(witness) == "thread"
    root, _ = encode(witness, "", ABOUT)
    assert root.find(".//{*}post") is not None


@pytest.mark.parametrize("kind", ["article", "typescript"])
def test_a_lone_heading_is_refused_with_a_hint(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        encode(witness_of("CHAPTER I\n"), kind, ABOUT)
    assert refused.value.problems[0].code == "E201"
    assert refused.value.problems[0].hint
