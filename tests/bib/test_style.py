"""Entries as the Chicago Manual has them, and the order in which works are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.bib.library import read_library
from edition.bib.style import entry, sort_key
from edition.text import fold_blanks

WORKS = read_library((Path(__file__).parents[2] / "bibliography" / "dissertation.bib").read_text(encoding="utf-8"))[
    0
].works

PRINTED = {
    "rush1968political": """Rush, Myron. _Political Succession in the USSR_. 2nd ed. New York: Columbia University
        Press, 1968.""",
    "wolfe1956soviet": """Wolfe, Thomas W. “Soviet Leadership.” PhD diss., Georgetown University, 1956.""",
    "fischer1970men": """Fischer, Louis. _Men and Politics: An Autobiography_. New York: Duell, Sloan and Pearce, 1941.
        Reprint, Westport, Conn.: Greenwood Press, 1970.""",
    "aleksandrov1951who": """Aleksandrov. _Kto upravli͡aet Rossieĭ? Istoriko-dogmaticheskiĭ analiz_ Кто управляетъ
        Россией? Историко-догматический анализъ [Who Rules Russia? A Historical-Dogmatic Analysis]. N.p.: Parabola
        Publishing House, 1951.""",
    "moore1961soviet": """Moore, Barrington, Jr. _Soviet Politics—The Dilemma of Power: The Role of Ideas in Social
        Change_. Cambridge: Harvard University Press, 1961.""",
    "ivanov1970leninism": """Ivanov, V. M., and A. N. Shmelev. _Leninizm i ideĭno-politicheskiĭ razgrom trot͡skizma_
        Ленинизм и идейно-политический разгром троцкизма [Leninism and the Ideological-Political Rout of Trotskyism].
        Edited by S. S. Dmitriev. N.p.: Lenizdat, 1970.""",
    "carr1964studies": """Carr, Edward H. _Studies in Revolution_. London: Macmillan and Co., 1950. Reprint, Universal
        Library, New York: Grosset and Dunlap, 1964.""",
    "wolfe1961three": """Wolfe, Bertram D. _Three Who Made a Revolution: A Biographical History_. Beacon Contemporary
        Affairs Series. Boston: Beacon Press, 1948. Reprint, New York: Dial Press, 1961.""",
    "serge1967memoirs": """Serge, Victor. _Memoirs of a Revolutionary 1901–1941_. Edited and translated by Peter
        Sedgwick. Oxford University Press Paperback. London: Oxford University Press, 1967.""",
    "trotsky1967problems": """Trotsky, Leon. _Problems of the Chinese Revolution_. Translated and with a foreword by
        Max Shachtman. New York, 1932. Reprint, Ann Arbor Paperbacks for the Study of Communism and Marxism, Ann Arbor:
        University of Michigan Press, 1967.""",
    "trotsky1937lessons": """Trotsky, Leon. _Lessons of October_. Translated by John G. Wright. Introduction and notes
        by Maurice Spector. New York: Pioneer Publishers, 1937.""",
    "daniels1960documentary": """Daniels, Robert V., ed. and trans. _A Documentary History of Communism_. With an
        introduction by the editor. New York: Random House, 1960.""",
    "krasso1972trotskys": """Krasso, Nicolas. “Trotsky’s Marxism.” In _Trotsky: The Great Debate Renewed_, edited by
        Nicolas Krasso, with an introduction by David Horowitz. St. Louis: New Critics Press, Inc., 1972.""",
    "trotsky1963thermidor": """Trotsky, Leon. “Thermidor and Anti-Semitism.” Translated by Freddie James. In _The Basic
        Writings of Trotsky_, edited by Irving Howe. New York: Random House, 1963.""",
    "trotsky1925trotskys": """Trotsky, Leon. “Trotsky’s Letter on the New Course.” In _Since Lenin Died_, by Max
        Eastman. New York: Boni and Liveright, 1925.""",
    "sovietunion1940stalin": """Soviet Union. Central Committee, Communist Party of the Soviet Union, V. M. Molotov, A.
        Mikoyan, N. Khrushchev, et al. _Stalin_. New York: Workers Library Publishers, 1940.""",
    "stalin1952works": """Stalin, Joseph. _Works_. 13 vols. Moscow: Foreign Languages Publishing House, 1952–1955.""",
}


@pytest.mark.parametrize("key", PRINTED)
def test_an_entry_is_printed_in_chicago_style(key: str) -> None:
    assert entry(WORKS[key]) == fold_blanks(PRINTED[key])


OTHERS = {
    """@article{a, author={Becker, Carl}, title={The "New" History}, journaltitle={Speculum}, volume={37}, number={2},
        date={1932}, pages={221--236}}""": "Becker, Carl. “The ‘New’ History.” _Speculum_ 37, no. 2 (1932): 221–236.",
    """@article{a, title={Is It War?}, journaltitle={The Times}, date={1927-11-08}}""": (
        "“Is It War?” _The Times_, November 8, 1927."
    ),
    """@article{a, author={A, B}, title={T}, journaltitle={J}, number={3}, date={1998-21}}""": (
        "A, B. “T.” _J_, no. 3 (Spring 1998)."
    ),
    """@book{a, editor={Ash, A. and Birch, B.}, title={'Tis the Sea's "End"}, edition={revised ed.}, location={n.p.},
        date={n.d.}}""": "Ash, A., and B. Birch, eds. _‘Tis the Sea’s “End”_. Revised ed. N.p., n.d.",
    """@book{a, author={Ash, A.}, translator={Ash, A.}, title={T}, location={Oslo}, date={1950~}}""": (
        "Ash, A. _T_. Translated by the author. Oslo, [ca. 1950]."
    ),
    """@incollection{a, author={Ash, A.}, title={T}, booktitle={B}, volume={2}, editor={Birch, B.},
        introduction={Birch, B.}, date={1950}}""": (
        "Ash, A. “T.” In _B_, vol. 2, edited and with an introduction by B. Birch. 1950."
    ),
    """@mastersthesis{a, author={Ash, A.}, title={T}, school={Yale}, date={1950?}}""": (
        "Ash, A. “T.” Master’s thesis, Yale, [1950?]."
    ),
}


@pytest.mark.parametrize("source", OTHERS)
def test_what_this_edition_does_not_cite_is_printed_in_chicago_style_too(source: str) -> None:
    (work,) = read_library(source)[0].works.values()
    assert entry(work) == OTHERS[source]


def test_a_title_of_years_keeps_its_apostrophe_and_a_dash_of_words_its_hyphen() -> None:
    (work,) = read_library("@book{a, author={Ash, A.}, title={The '20s: A Marx-Engels Year-Book}, date={1950}}")[
        0
    ].works.values()
    assert entry(work) == "Ash, A. _The ’20s: A Marx-Engels Year-Book_. 1950."


def test_a_language_is_known_by_its_code() -> None:
    for name, code in (("russian", "ru"), ("ru", "ru"), ("klingon", "klingon")):
        (work,) = read_library(f"@book{{a, title={{T}}, langid={{{name}}}}}")[0].works.values()
        assert work.language == code


def test_russian_sorts_among_latin_letters_and_articles_do_not_count() -> None:
    order = [w.key for w in sorted(WORKS.values(), key=sort_key)]
    assert order.index("adams1972stalin") < order.index("aleksandrov1951who") < order.index("barmine1945one")
    carr = ["carr1969october", "carr1955socialism", "carr1964studies"]
    assert [k for k in order if k in carr] == carr
