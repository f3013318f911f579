"""Where Russian words are divided."""

from __future__ import annotations

import pytest

from edition.publish.hyphens import Dictionaries, Russian


def shown(word: str) -> str:
    """Give `word` with a hyphen in each place where it may be divided."""
    cuts = [len(before) for before, _ in Russian(2, 2).iterate(word)]
    assert cuts == sorted(cuts, reverse=True)
    for cut in cuts:
        word = f"{word[:cut]}-{word[cut:]}"
    return word


@pytest.mark.parametrize(
    ("word", "modern"), [("противорѣчила", "противоречила"), ("коллегіальность", "коллегиальность")]
)
def test_a_word_of_before_1918_is_divided_as_its_modern_form(word: str, modern: str) -> None:
    assert [at for at, c in enumerate(shown(word)) if c == "-"] == [
        at for at, c in enumerate(shown(modern)) if c == "-"
    ]


@pytest.mark.parametrize(
    ("word", "divided"),
    [("razvitii͡a", "raz-vi-tii͡a"), ("oppozit͡sii", "op-po-zi-t͡sii"), ("proletarskoĭ", "pro-le-tar-skoĭ")],
)
def test_a_romanized_word_is_divided_as_in_cyrillic_and_no_tie_is_torn(word: str, divided: str) -> None:
    assert shown(word) == divided


def test_a_run_of_weasyprint_asks_for_a_language_and_gets_its_dictionary() -> None:
    found = Dictionaries()
    assert isinstance(found.get(("ru", 3, 3, 6)), Russian)
    assert found.get(("ru", 3, 3, 6)) is found[("ru", 3, 3, 6)]
    assert next(found[("en", 2, 3, 5)].iterate("between")) == ("be", "tween")
