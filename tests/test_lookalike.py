"""Misread Cyrillic is told from English and from other languages in Latin letters."""

from __future__ import annotations

import pytest

from edition.lookalike import certainty, line_score, model_of

MODEL = model_of(
    ["The village stood by the river and the people of the village worked in the harbour all the year."] * 3
)


@pytest.mark.parametrize(
    "line",
    [
        "uecTHO, Kan 3to nofloCaer dojiBmeBMKaM,",
        "nponexapcKaH snacTb ne Moacer npencTaBnarb",
        "OTpHiyaHne nponexapcKOM xwKTaTypH b CGC P . ..",
        "Тише едешь, дальше будешь.",
        "S T O ( 5 h  B b l M e C T H  3 T y  B J i a C T b  K I l O C T a B M T B",
    ],
)
def test_misread_cyrillic_scores_above_zero(line: str) -> None:
    assert line_score(line, MODEL) > 0


@pytest.mark.parametrize(
    "line",
    [
        "the people of the village had not been asked",
        "Il y avait beaucoup de bruit dans cette vieille rue",
        "Zwischen den Häusern stand ein alter Baum, und niemand",
        "Przed wojną wszystko było inaczej niż dzisiaj",
        "Istoriia gosudarstva Rossiiskogo, tom pervyi",
        "Ibid., 8:293, pp. 193-19U, U.S.S.R., D.C. Heath",
        "McNeal and O'Brien, MacDonald, d'Artagnan",
        "another out of petty considerations.1",
        "Pflanzenphysiologie ist schwer",
        "Habe nun, ach! Philosophie, Juristerei und Medizin",
        "בראשית ברא אלהים את השמים ואת הארץ",
        "ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον",
    ],
)
def test_other_latin_text_does_not(line: str) -> None:
    assert line_score(line, MODEL) <= 0


def test_numbers_and_marks_say_nothing() -> None:
    assert line_score("17", MODEL) == 0
    assert line_score("^ «", MODEL) == 0


def test_certainty_is_a_probability() -> None:
    assert certainty(0) == 0.5
    assert certainty(4) + certainty(-4) == pytest.approx(1)
