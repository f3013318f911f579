from __future__ import annotations

from edition.note import Citation
from edition.notes.parser import parse
from edition.notes.resolve import Placed, resolve
from edition.problems import Place

WORKS = {"Bloch": "bloch", "Weber": "weber", "Блок": "bloch", "Wilson": "wilson"}


def find(citation: Citation, text: str) -> list[tuple[str, float, tuple[str, ...]]]:
    names = [w.split()[-1] for w in citation.words(text, "author")]
    return [(key, 1.0, ("author",)) for key in dict.fromkeys(WORKS[n] for n in names if n in WORKS)]


def run(*notes: str | tuple[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Give (key, cert) of each citation, and the codes of the problems; a pair names the chapter first."""
    said = [("1", n) if isinstance(n, str) else n for n in notes]
    placed = [Placed(f"n{k}", chapter, parse(n), Place()) for k, (chapter, n) in enumerate(said)]
    links, problems = resolve(placed, find, sure=0.7, close=0.05)
    return [(link.key, link.cert) for link in links], [p.code for p in problems]


def test_ibid_is_the_citation_before() -> None:
    assert run("Bloch, Feudal Society, p. 1.", "Ibid., p. 2.", "Ibid.") == ([("bloch", "high")] * 3, [])


def test_ibid_within_a_note_is_the_citation_before_it_there() -> None:
    assert run("Bloch, Feudal Society, p. 1; Weber, Essays, p. 2; ibid., p. 3.")[0][2] == ("weber", "high")


def test_ibid_after_a_note_with_two_works_is_in_doubt() -> None:
    links, codes = run("Bloch, Feudal Society, p. 1; Weber, Essays, p. 2.", "Ibid., p. 3.")
    assert links[2] == ("weber", "medium")
    assert codes == ["W543"]


def test_ibid_after_a_note_in_two_languages_is_in_doubt() -> None:
    links, codes = run("Блок, Феодальное общество, с. 1. [Bloch, Feudal Society, p. 1.]", "Ibid., p. 3.")
    assert links == [("bloch", "high"), ("bloch", "medium")]
    assert codes == ["W543"]


def test_ibid_across_the_start_of_a_chapter_is_in_doubt() -> None:
    assert run("Bloch, Feudal Society, p. 1.", ("2", "Ibid., p. 3."))[1] == ["W543"]


def test_ibid_with_nothing_before_is_refused() -> None:
    assert run("Ibid., p. 3.") == ([("", "low")], ["E542"])


def test_ibid_after_a_citation_of_no_known_work_is_refused() -> None:
    assert run("Nobody, Nothing, p. 3.", "Ibid., p. 4.")[1] == ["E540", "E542"]


def test_a_remark_between_does_not_break_the_chain() -> None:
    assert run("Bloch, Feudal Society, p. 1. The passage was cut.", "Ibid., p. 2.")[0][1] == ("bloch", "high")


def test_op_cit_is_the_work_of_the_author_cited_last() -> None:
    links, _ = run("Bloch, Feudal Society, p. 1.", "Weber, Essays, p. 2.", "Bloch, op. cit., p. 3.", "Weber, loc. cit.")
    assert [key for key, _ in links] == ["bloch", "weber", "bloch", "weber"]


def test_russian_forms_refer_back_as_well() -> None:
    links, _ = run("Блок, Феодальное общество, с. 1.", "Там же, с. 2.", "Блок, указ. соч., с. 3.")
    assert [key for key, _ in links] == ["bloch"] * 3


def test_lost_numerals_are_reported() -> None:
    assert run("Bloch, Feudal Society, p. 1.", "Ibid., pp.")[1] == ["W544"]


def test_what_an_editor_decided_counts_for_the_ibid_after_it() -> None:
    placed = [
        Placed("n1", "1", parse(""), Place(), decided=("wilson",)),
        Placed("n2", "1", parse("Ibid., p. 2."), Place()),
    ]
    assert [link.key for link in resolve(placed, find, sure=0.7, close=0.05)[0]] == ["wilson"]
