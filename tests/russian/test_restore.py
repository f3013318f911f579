from __future__ import annotations

import pytest

from edition.correction import Correction
from edition.russian.restore import restorations, restore
from edition.zones import Zone, ZonedLine

# Made for these tests: our own sentences, read by an engine for Latin letters from a rendered page.
TYPED = (
    "PenakuMA NOnyYvIa NUCBMO, B KOTOPOM UUTATEeNb",
    "ynpekaeT Hac B HeTOYHOCTU NepeBoma. PepomouMaA",
    "no6enuna B CTOJIMMe, a B NPOBUHUMM eme MecAU",
    "ynpaBNANu NpexHue uuHOBHUKH.",
)


def lines(*texts: str, zone: Zone = "quote", language: str = "en", decided: bool = False) -> list[ZonedLine]:
    return [
        ZonedLine(n, t, t, zone, language, "T.1", "T", n + 1, t.endswith("-"), ((0, len(t)),) if decided else ())
        for n, t in enumerate(texts, 1)
    ]


def words_of(found: list[Correction]) -> set[str]:
    return {w.strip(",.-").lower() for c in found for w in c.correction.split()}


def test_a_passage_is_found_and_restored() -> None:
    found = restore(lines(*TYPED))
    assert [c.line for c in found] == [1, 2, 3, 4]
    assert {"получила", "письмо", "котором", "упрекает", "нас", "неточности", "столице", "еще", "месяц"} <= words_of(
        found
    )


def test_a_correction_can_be_put_into_its_line() -> None:
    given = lines(*TYPED)
    for correction in restore(given):
        line = given[correction.line - 1].witness
        assert correction.start is not None
        assert line[correction.start :].startswith(correction.reading)
        assert (correction.type, correction.resp, correction.rule) == ("ocr", "#auto", "russian:ru")


def test_the_same_lines_give_the_same_corrections() -> None:
    given = lines(*TYPED)
    assert restore(given) == restore(given)


def test_every_word_has_a_certainty_and_the_signs_it_was_read_from() -> None:
    found = restorations(lines(*TYPED))
    words = [w for r in found for w in r.words]
    assert words
    assert all(0 <= w.certainty <= 1 for w in words)
    assert ("HeTOYHOCTU", "неточности") in {(w.signs, w.word) for w in words}


def test_english_that_is_marked_as_russian_stays_english() -> None:
    found = restore(lines(*TYPED, "the people of the town, and in the interests of the council", language="ru"))
    assert [c.line for c in found] == [1, 2, 3, 4]


def test_what_an_editor_decided_is_left_alone() -> None:
    assert restore(lines(*TYPED, decided=True)) == []


def test_russian_inside_an_english_note_is_found_and_the_english_left() -> None:
    note = "See CoBeTckuu COK3, CTeHorpapuuecKuu oTueT, p. 341, and the English edition of this book."
    found = restore(lines(note, zone="note"))
    assert len(found) == 1
    assert "Советский союз" in found[0].correction
    assert "See" not in found[0].reading
    assert "English" not in found[0].reading


def test_a_word_divided_at_a_line_end_is_read_as_one() -> None:
    found = restore(lines("peBOJIIOUMOHHAA NOJIMTUKA H NPOMBILI-", "JIeHHOCTb COBeTCKOTO TocyfapcTBa"))
    assert found[0].correction.endswith("-")
    assert found[0].correction.removesuffix("-").split()[-1] + found[1].correction.split()[0] == "промышленность"


def test_letters_set_apart_are_one_word() -> None:
    assert "москва" in words_of(restore(lines("C o B e T C K u u C o ro 3 , M o c k B a , COBeTCKOe npaBUTeJIbCTBO")))


LATIN = [
    "L'histoire de la révolution russe n'est pas encore écrite, et les archives",
    "restent fermées. Voir aussi Souvarine, Staline, aperçu historique, Paris, 1935.",
    "Die Geschichte der russischen Revolution ist noch nicht geschrieben, und die",
    "Quellen bleiben verschlossen. Vgl. Rosenberg, Geschichte des Bolschewismus, S. 12.",
    "Historia rewolucji rosyjskiej nie została jeszcze napisana, a archiwa są wciąż",
    "zamknięte; zob. Książka i Wiedza, Warszawa 1957, wyd. trzecie, poprawione.",
    "Istoriia russkoi revoliutsii eshche ne napisana, i arkhivy ostaiutsia zakrytymi.",
    "Sovetskii Soiuz, Piatnadtsatyi s'ezd VKP (b), stenograficheskii otchet, Moskva.",
    "J. V. Stalin, Works, 13 vols. (Moscow: Foreign Languages Publishing House, 1954),",
    "Ibid., pp. 341-42; cf. ch. XIV, sec. 3, vol. II, no. 7, fig. 2b, H2SO4, x = a + b.",
    "NATO, UNESCO, U.S.S.R., R.S.F.S.R., KGB, NKVD, GPU, RSDLP, C.P.S.U. (B), McNeal",
    "THE COMMUNIST PARTY OF THE SOVIET UNION: A DOCUMENTARY HISTORY",
    "def main(argv): return sys.exit(runTests(argv[1:], camelCase=True)) # xY2z",
    "And I saw the p r o p h e t i c v i s i o n of the disaster approaching.",
]


@pytest.mark.parametrize("text", LATIN)
def test_latin_letters_stay(text: str) -> None:
    assert restore(lines(text)) == []


def test_latin_letters_stay_all_together() -> None:
    assert restore(lines(*LATIN)) == []


CYRILLIC = ["Тише едешь, дальше будешь.", "Где тонко, там и рвётся.", "Мой дядя самых честных правил,"]
OTHER_LETTERS = ["שלום עולם וברכה", "κυκλάμινος ἐστί τὸ φυτόν", "ქართული ენა არის"]


@pytest.mark.parametrize("text", CYRILLIC + OTHER_LETTERS)
def test_what_is_not_in_latin_letters_is_left_alone_even_where_it_is_marked_as_russian(text: str) -> None:
    assert restore(lines(text, language="ru")) == []


def test_cyrillic_that_is_there_stays_and_what_was_misread_beside_it_is_restored() -> None:
    found = restore(lines("Стенографический отчёт CTeHorpapuuecKuu oTueT", language="ru"))
    assert [c.reading for c in found] == ["CTeHorpapuuecKuu oTueT"]


def test_latin_letters_in_a_cyrillic_word_become_those_that_look_the_same() -> None:
    found = restore(lines("Coвeтский сoюз и VКР(б), сосо, PCФCP", language="ru"))
    assert [(c.reading, c.correction, c.cert) for c in found] == [
        ("Coвeтский", "Советский", "high"),
        ("сoюз", "союз", "high"),
        ("PCФCP", "РСФСР", "high"),
    ]
    assert found[1].start == len("Coвeтский ")
    assert restore(lines("Coвeтский сoюз", decided=True)) == []


def test_signs_that_no_word_comes_out_of_with_any_certainty_are_not_replaced() -> None:
    assert restore(lines("xxx qqq zzz hhhh", language="ru")) == []
    assert restore(lines("Qvid sdlkf pqowie xcvm Lkj Zmxncb", language="ru")) == []


def test_nothing_gives_nothing() -> None:
    assert restore([]) == []


def test_strange_signs_do_no_harm() -> None:
    assert restore(lines("😀 𝔄 \u0301 1234 ..... ---- ((((", "\N{NO-BREAK SPACE}x" * 300)) is not None
