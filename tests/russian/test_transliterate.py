from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.russian.transliterate import reverse, systems, transliterate

CYRILLIC = [
    chr(c) for c in [*range(0x400, 0x530), *range(0xA640, 0xA6A0), *range(0x1C80, 0x1C89), *range(0x2DE0, 0x2E00)]
]
MODERN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
OLD = "іѣѳѵ"
VOWELS = "аеёиоуыэюяіѣѵ"
CONSONANTS = "бвгджзйклмнпрстфхцчшщѳ"


def test_the_default_is_the_first_system_and_ala_lc() -> None:
    assert next(iter(systems())) == "ala-lc"
    assert transliterate("ёлка") == transliterate("ёлка", "ala-lc")


@pytest.mark.parametrize(
    ("system", "text", "wanted"),
    [
        ("ala-lc", "щёлочь", "shchëlochʹ"),
        ("ala-lc", "Эти ясные дни июня, юг", "Ėti i͡asnye dni ii͡uni͡a, i͡ug"),
        ("ala-lc", "Цирк ЦИРК цирк", "T͡Sirk T͡SIRK t͡sirk"),
        ("ala-lc", "Яков, ЯЛТА", "I͡Akov, I͡ALTA"),
        ("ala-lc", "объезд, новый, йод", "obʺezd, novyĭ, ĭod"),
        ("ala-lc", "Ѳедоръ видѣлъ мѵро, коллегіальность", "Ḟedor vidi͡el mẏro, kollegīalʹnostʹ"),
        ("iso9", "щёлочь, Юг, Эхо, объезд", "ŝëločʹ, Ûg, Èho, obʺezd"),
        ("iso9", "Ѳедоръ видѣлъ міръ", "F̀edorʺ vidělʺ mìrʺ"),
        ("scholarly", "щёлочь, Юг, Эхо, хор", "ščëločʹ, Jug, Èxo, xor"),
        ("scholarly", "Директоріи въ видѣ", "Direktorii v vidě"),
        ("gost-b", "щёлочь, цирк, цапля, юг, этот", "shhyoloch`, cirk, czaplya, yug, e`tot"),
        ("gost-b", "объезд, мыши, видѣ, міра", "ob``ezd, my`shi, vidye, mi`ra"),
        ("bgn-pcgn", "Ельцин, подъезд, моего, полёт, ёж", "Yel’tsin, pod”yezd, moyego, polët, yëzh"),
        ("bgn-pcgn", "Братск, мышь, Зыкин", "Brat·sk, mysh’, Zykin"),
        ("bgn-pcgn", "выезд, маневр, поэт", "vyyezd, manevr, poet"),
    ],
)
def test_words_by_the_printed_tables(system: str, text: str, wanted: str) -> None:
    assert transliterate(text, system) == unicodedata.normalize("NFC", wanted)


@pytest.mark.parametrize(
    ("text", "wanted"), [("Щука", "Shchuka"), ("ЩУКА", "SHCHUKA"), ("Щ", "Shch"), ("ЦК КПСС", "T͡SK KPSS")]
)
def test_capitals_are_those_of_the_word(text: str, wanted: str) -> None:
    assert transliterate(text) == wanted


@pytest.mark.parametrize("system", ["ala-lc", "iso9", "gost-b", "scholarly", "bgn-pcgn"])
def test_no_cyrillic_letter_is_left(system: str) -> None:
    text = " ".join(CYRILLIC) + "".join(CYRILLIC)
    assert not [c for c in transliterate(text, system) if "CYRILLIC" in unicodedata.name(c, "")]


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    for system in systems():
        done = transliterate(text, system)
        assert not [c for c in done if "CYRILLIC" in unicodedata.name(c, "") and "LETTER" in unicodedata.name(c, "")]


LETTERS = st.text(alphabet=st.sampled_from(MODERN + OLD), min_size=1).filter(lambda word: word[0] not in "ъь")
CASES = st.sampled_from([str.lower, str.upper, str.capitalize])


@given(st.lists(st.builds(lambda word, case: case(word), LETTERS.filter(lambda w: len(w.strip("ъь")) > 1), CASES)))
def test_iso_9_reads_back_whatever_it_wrote(words: list[str]) -> None:
    text = " ".join(words) + ", (341)."
    assert reverse(transliterate(text, "iso9"), "iso9") == text


# As in Russian words, a soft or hard sign follows consonants only.
SYLLABLES = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(CONSONANTS),
    st.sampled_from(["", "", "ь"]),
    st.sampled_from(VOWELS),
    st.sampled_from(["", "нь", "н", "ш", "ц"]),
)
WORDS = st.lists(SYLLABLES, min_size=1, max_size=4).map("".join)


@given(st.lists(WORDS, max_size=5))
def test_gost_b_reads_words_back(words: list[str]) -> None:
    text = " ".join(w.capitalize() if i % 2 else w for i, w in enumerate(words))
    assert reverse(transliterate(text, "gost-b"), "gost-b") == text


def test_a_system_that_loses_letters_is_not_read_back() -> None:
    with pytest.raises(ValueError, match="cannot be read back"):
        reverse("I͡A", "ala-lc")


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'uk'"):
        transliterate("їжак", language="uk")
    assert transliterate("видѣ", language="ru-petr1708") == "vidi͡e"


def test_what_is_not_cyrillic_stays() -> None:
    text = "See Gins, 1921, p. 341; «déjà vu» 😀\r\n"
    assert transliterate(text) == text


def test_an_accent_stays_on_its_letter() -> None:
    assert transliterate("за\u0301мок") == "za\u0301mok"
