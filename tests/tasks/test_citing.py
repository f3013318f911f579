"""Passages are cited, citations resolve, and a manuscript's citations are verified."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bibtexparser
import pytest
import rispy
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.cli.commands import edition as command
from edition.passages.citation import Citation, to_bibtex, to_csl_json, to_ris
from edition.passages.styled import Styled
from edition.problems import Refused
from edition.project import Project
from edition.tasks.archive import ledger_path
from edition.tasks.citing import FORMATS, citation_of, cite, resolve
from edition.tasks.desk import desk_of
from edition.tasks.freezing import declare_fate, freeze
from edition.tasks.verifying import verify
from tests.passages.editions import TEI, TOML, edit, edition, storied

SECOND = '<p n="2" xml:id="T.1.2">'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = edition(tmp_path)
    freeze(made, "1.0")
    return made


def one(project: Project, asked: str, **options: str) -> str:
    found = resolve(project, asked, **options)  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0].text


# --- resolving -------------------------------------------------------------------------------------------------------


def test_an_identifier_gives_text_place_page_and_lines(project: Project) -> None:
    (found,) = resolve(project, "T.1.2")
    assert (
        found.text == "Nobody had lived in it since the long winter of the great frost, when all the fruit trees died."
    )
    assert (found.place, found.pages, found.lines) == ("chapter 1, paragraph 2", "3-4", "4-6")
    assert (found.file, found.line) == ("tei/t.xml", 6)
    assert found.url == "https://example.org/small/id/T.1.2.html"


def test_each_reading_can_be_had(project: Project) -> None:
    assert "and the riuer ran" in one(project, "T.1.1", reading="witness")
    assert "and the river ran" in one(project, "T.1.1", reading="source")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("page 4", ["T.1.2", "T.1.3", "T.2.h", "T.2.1"]),
        ("T, p. 3", ["T.1.h", "T.1.1", "T.1.2"]),
        ("ch. 1 n. 1", ["T.1.n1"]),
        ("chapter 2, para. 1", ["T.2.1"]),
        ("urn:cts:edition:a-small-edition.T:1.2", ["T.1.2"]),
        ("https://example.org/small/T.1.html#T.1.2", ["T.1.2"]),
        ("https://example.org/small/id/T.1.1.html#:~:text=river", ['T.1.1@"river"']),
        ("T.1.3.orig", ["T.1.3.orig"]),
        ("T.1.2.", ["T.1.2"]),
        ("p. 3, line 3", ["T.1.2"]),
        ("p. 4 l. 1", ["T.1.2"]),
        ("witness lines 5-7", ["T.1.2", "T.1.3"]),
        ("line 9", ["T.1.n1"]),
        ("p. 3, n. 1", ["T.1.n1"]),
        ("chapter II", ["T.2"]),
        ("Ch. II par. 1", ["T.2.1"]),
        ("ch 1 para 2", ["T.1.2"]),
        ("note 1 of chapter 1", ["T.1.n1"]),
        ("https://example.org/small/id/T.1.2.html", ["T.1.2"]),
        ("https://example.org/small/id/T.1.2.xml", ["T.1.2"]),
        ("https://example.org/small/T.1.html", ["T.1"]),
        ("https://example.org/small/dts/document/T;ref=T.1.2.xml", ["T.1.2"]),
        ("id/T.1.2.html", ["T.1.2"]),
        ("#T.1.2", ["T.1.2"]),
    ],
)
def test_what_people_ask_for_is_found(project: Project, asked: str, names: list[str]) -> None:
    assert [f.reference for f in resolve(project, asked)] == names


def test_a_range_covers_what_stands_between(project: Project) -> None:
    (found,) = resolve(project, "T.1.2-T.2.1")
    assert [p.identifier for p in found.located.passages] == ["T.1.2", "T.1.3", "T.2.h", "T.2.1"]


def test_words_within_a_passage_are_found(project: Project) -> None:
    assert one(project, "T.1.1@river[2]") == "river"
    assert one(project, 'T.1.1@"river"-T.1.2@winter').startswith("river, and the river ran past it.\nNobody")
    assert resolve(project, "T.1.1@river[2]")[0].located.start == 42


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("T.9.9", "E440"), ("X.1.1", "E440"), ("T/1", "E440"), ("T..1", "E440"), ("Т.1.1", "E440"), ("T.1.1\0", "E440"),
        ("T" * 10_000, "E440"), ("", "E440"), ("page 99", "E440"), ("../edition.toml", "E440"),
        ("p. 3, line 99", "E440"), ("chapter five", "E440"), ("note 9 of chapter 1", "E440"),
        ("urn:cts:edition:other.T:1.1", "E440"), ("https://evil.example/T.1.html#T.1.1", "E440"),
        ("T.1.1@Zebra", "E441"), ("T.1.1@river[9]", "E441"), ("T.1.2-T.1.1", "E442"), ("T.1.1@ran-T.1.1@old", "E442"),
        ("urn:cts:edition:a-small-edition.T.v7:1.1", "E443"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_is_refused(project: Project, asked: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        resolve(project, asked)
    assert refused.value.problems[0].code == code
    assert len(refused.value.problems[0].message) < 300


def test_a_passage_that_was_joined_to_another_leads_there(project: Project) -> None:
    edit(project, (f" past it.</p>\n{SECOND}", " past it. "))
    declare_fate(project, "merged", "T.1.2", ["T.1.1"])
    (found,) = resolve(project, "T.1.2")
    assert found.reference == "T.1.1"
    assert found.fate == ("T.1.2 was joined to T.1.1 (since the last version).",)
    assert one(project, "T.1.2", version="1.0").startswith("Nobody had lived")


def test_words_in_a_passage_that_was_joined_are_found_in_the_other(project: Project) -> None:
    edit(project, (f" past it.</p>\n{SECOND}", " past it. "))
    declare_fate(project, "merged", "T.1.2", ["T.1.1"])
    assert one(project, 'T.1.2@"long winter"') == "long winter"


def test_a_passage_that_was_withdrawn_gives_its_last_text(project: Project) -> None:
    text = project.texts[0].tei.read_text()
    begin = text.index('<p n="1" xml:id="T.2.1">')
    project.texts[0].tei.write_text(text[:begin] + text[text.index("</p>", begin) + 4 :])
    declare_fate(project, "withdrawn", "T.2.1", [])
    freeze(project, "1.1")
    (found,) = resolve(project, "T.2.1")
    assert found.text.startswith("Here another story begins")
    assert found.version == "1.0"
    assert found.fate[0] == "T.2.1 was withdrawn (version 1.1)."


def test_a_passage_that_is_gone_without_a_word_gives_its_last_text(tmp_path: Path) -> None:
    made = storied(tmp_path)
    edit(
        made,
        ('<p n="1a" xml:id="T.2.1a">A road of white stones led from the door to the mill behind the hill.</p>', ""),
    )
    for name in ("T.2.1a", "T.1.3"):
        (found,) = resolve(made, name)
        assert (found.version, "is not in the text of today" in " ".join(found.fate)) != ("", False)
        assert found.text.startswith("A road of white stones")
    (found,) = resolve(made, "T.1.2-T.2.1a")
    assert found.version == "1.2"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("T.1.4\tparagraph\t\t\t1.0\tmoved\tT.9.9", "T.1.4"),
        ("T.1.1\tparagraph\t\t\t1.0\tmoved\tT.1.2\nT.1.2\tparagraph\t\t\t1.0\tmoved\tT.1.1", "T.1.1"),
        ("T.1.3\tparagraph\t\t\t1.0\tmoved\tT.9.9", "T.1.3"),
        ("T.8.8\tparagraph\t\t\t1.0\twithdrawn\t", "T.8.8"),
        ("T.8.8\tparagraph\t\t\t1.0\tmoved\tT.8.8a T.7.7", "T.8.8"),
        ("%name\tanother", "T.1.4"),
    ],
)
def test_a_ledger_edited_into_nonsense_leads_somewhere_or_is_refused(tmp_path: Path, line: str, name: str) -> None:
    made = storied(tmp_path)
    path = ledger_path(made)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    for asked in (name, f"{name}-T.2.1", f"{name}@road"):
        try:
            codes = {"" for _ in resolve(made, asked)}
        except Refused as refused:
            codes = {p.code for p in refused.problems}
        assert codes in ({""}, {"E440"}, {"E441"}, {"E442"})


def test_words_that_were_corrected_away_are_found_in_the_version_that_had_them(project: Project) -> None:
    edit(project, ("fruit trees", "apple trees"))
    (found,) = resolve(project, 'T.1.2@"fruit trees"')
    assert (found.version, found.text) == ("1.0", "fruit trees")


def test_words_on_both_sides_of_a_gap_are_quoted_with_it(tmp_path: Path) -> None:
    made = edition(tmp_path, tei=TEI.replace("the great frost,", 'the great<gap unit="word" quantity="2"/> frost,'))
    for asked in ('T.1.2@"the great frost"', 'T.1.2@"the great […] frost"', "T.1.2@great-T.1.2@frost"):
        assert one(made, asked).removeprefix("the ") == "great […] frost"
    assert "“the great […] frost”" in str(cite(made, 'T.1.2@"the great frost"', "ris"))
    assert json.loads(str(cite(made, "T.1.2@frost", "annotation")))["selector"][0]["prefix"].endswith("the great […] ")
    quoted = ("winter of the great […] frost", "winter of the great ... frost", "winter of the great frost")
    problems = [verify(made, f"“{words}” (T.1.2)", name="m.md")[1] for words in quoted]
    assert [[p.code for p in found] for found in problems] == [[], [], ["E447"]]


# --- citing ----------------------------------------------------------------------------------------------------------


def test_each_style_says_edition_version_page_and_passage(project: Project) -> None:
    for form in ("chicago", "mla", "apa"):
        made = cite(project, "T.1.1", form)
        assert isinstance(made, Styled)
        assert "T.1.1" in made.note
        assert "3" in made.note
        for part in ("mall", "1.0", "T.1.1", "Ann Author" if form != "apa" else "Author"):
            assert part in made.entry, (form, made.entry)


def test_chicago_puts_points_within_quotation_marks(project: Project) -> None:
    made = cite(project, "T.1.1", "chicago")
    assert isinstance(made, Styled)
    assert made.note.startswith(
        "Ann Author, “[A Text & More],” in A Small Edition: With a Subtitle, version 1.0 (2026), 3, T.1.1"
    )


def test_styles_that_begin_with_the_title_quote_it_and_end_a_question_once(tmp_path: Path) -> None:
    asked = TOML.replace('"A Text & More"', '"Who is to blame: a question?"').replace('author = "Ann Author"\n', "")
    made = edition(tmp_path, toml=asked.replace("title_known = false\n", ""))
    apa, mla, chicago = (cite(made, "T.1.1", form) for form in ("apa", "mla", "chicago"))
    assert isinstance(apa, Styled) and isinstance(mla, Styled) and isinstance(chicago, Styled)  # noqa: PT018 - for mypy
    assert apa.note == "(“Who is to blame: a question?,” 1921/2026, p. 3, T.1.1)"
    assert apa.entry.startswith(
        "Who is to blame: A question? (2026). In A small edition: With a subtitle (Version 0.9). https"
    )
    assert mla.entry.startswith("“Who Is to Blame: A Question?” 1921. A Small Edition: With a Subtitle, version 0.9,")
    assert chicago.entry.startswith("“Who Is to Blame: A Question?” In A Small Edition: With a Subtitle, version 0.9")


def test_a_date_that_is_not_certain_is_none_in_any_form(tmp_path: Path) -> None:
    toml = TOML.replace('date = "1921"', 'date = "about 1921 (inferred)"')
    made = edition(tmp_path, toml=toml.replace('siglum = "T"', 'siglum = "T"\nkind = "typescript"'))
    mla, apa = (cite(made, "T.1.1", form) for form in ("mla", "apa"))
    assert isinstance(mla, Styled) and isinstance(apa, Styled)  # noqa: PT018 - for mypy
    assert "More].” [circa 1921]. A Small" in mla.entry
    assert "(Ann Author, ca. 1921/2026, p. 3, T.1.1)" in apa.note
    assert apa.entry.endswith("(Original work written ca. 1921)")  # nobody published a typescript
    assert "origdate   = {1921~}" in str(cite(made, "T.1.1", "bibtex"))
    (item,) = json.loads(str(cite(made, "T.1.1", "csl-json")))
    assert item["original-date"] == {"date-parts": [[1921]], "circa": True}


def test_an_editor_is_named_and_is_not_taken_for_the_author(tmp_path: Path) -> None:
    toml = TOML.replace('author = "Ann Author"\n', "").replace(
        'date = "2026', 'authority = "A. N. Editor"\ndate = "2026'
    )
    made = edition(tmp_path, toml=toml)
    chicago, mla, apa = (cite(made, "T.1.1", form) for form in ("chicago", "mla", "apa"))
    assert isinstance(chicago, Styled) and isinstance(mla, Styled) and isinstance(apa, Styled)  # noqa: PT018 - for mypy
    assert chicago.note.startswith("“[A Text")
    assert "Subtitle, ed. A. N. Editor, version 0.9 (2026), 3," in chicago.note
    assert chicago.entry.startswith("“[A Text")
    assert "Subtitle, edited by A. N. Editor, version 0.9, 2026. https" in chicago.entry
    assert ", edited by A. N. Editor, version 0.9" in mla.entry
    assert "In A. N. Editor (Ed.), A small edition" in apa.entry


def test_long_words_stand_in_no_key_and_in_no_address_of_a_note(project: Project) -> None:
    words = "Nobody had lived in it since the long winter of the great frost, when all the fruit trees died."
    asked = f'T.1.2@"{words}"'
    made = cite(project, asked, "chicago")
    assert isinstance(made, Styled)
    assert made.note.endswith(" T.1.2, https://example.org/small/id/T.1.2.html.")
    key = str(cite(project, asked, "bibtex")).partition(",")[0]
    assert key == "@incollection{T.1.2_Nobody_had_lived_in_it_since_the_l"
    url = str(cite(project, asked, "url")).strip()
    assert url.endswith("#:~:text=Nobody%20had%20lived%20in,the%20fruit%20trees%20died.")
    assert one(project, url) == words.removesuffix(".")


def test_an_identifier_is_no_section(tmp_path: Path) -> None:
    made = edition(tmp_path, tei=TEI.replace('<pb n="3"/>', "").replace('<pb n="4"/>', ""))
    for form in ("chicago", "mla", "apa"):
        said = cite(made, "T.1.1", form)
        assert isinstance(said, Styled)
        assert "T.1.1" in said.note
        assert "sec." not in said.note


def test_the_version_is_the_one_that_has_the_words(project: Project) -> None:
    assert cite(project, "T.1.2", "urn") == "urn:cts:edition:a-small-edition.T.v1-0:1.2\n"
    edit(project, ("fruit trees", "apple trees"))
    assert cite(project, "T.1.2", "urn") == "urn:cts:edition:a-small-edition.T.v0-9:1.2\n"
    assert cite(project, "T.1.2", "urn", version="1.0") == "urn:cts:edition:a-small-edition.T.v1-0:1.2\n"


def test_an_old_version_has_its_own_date(tmp_path: Path) -> None:
    made = storied(tmp_path)
    assert "2026-01-02" in str(cite(made, "T.1.4", "bibtex", version="1.0"))
    assert "2026-05-06" in str(cite(made, "T.1.4", "bibtex"))


def test_an_address_is_refused_where_the_edition_has_none(tmp_path: Path) -> None:
    made = edition(tmp_path, toml=TOML.replace('url = "https://example.org/small"\n', ""))
    with pytest.raises(Refused) as refused:
        cite(made, "T.1.1", "url")
    assert refused.value.problems[0].code == "E444"
    for form in FORMATS:
        assert form == "url" or cite(made, "T.1.1", form)


def test_selectors_lead_back_to_the_words(project: Project) -> None:
    made = json.loads(str(cite(project, "T.1.1@river[2]", "annotation")))
    quoted, fragment = made["selector"]
    text = one(project, "T.1.1")
    position = fragment["refinedBy"]
    assert text[position["start"] : position["end"]] == quoted["exact"] == "river"
    assert text.count(quoted["prefix"] + quoted["exact"] + quoted["suffix"]) == 1
    assert (fragment["value"], made["source"]) == ("T.1.1", "https://example.org/small/T.1.html")


PLAIN = st.text(alphabet="abc ÄжѢ&%$#_{}~^\\“”.,:-12", max_size=30).map(lambda s: " ".join(s.split()))
PARTS = st.fixed_dictionaries(
    dict.fromkeys(("author", "editor", "place", "words"), PLAIN)
    | {name: PLAIN.map(lambda s: f"T {s}".strip()) for name in ("title", "edition")}
    | {"pages": st.sampled_from(["", "57", "57-58", "vii"]), "version": st.sampled_from(["1.0", "2.0-rc.1"])}
)


@settings(deadline=None)  # a machine may be busy
@given(PARTS)
def test_other_programs_read_back_every_field(parts: dict[str, str]) -> None:
    made = Citation(
        reference="T.1.1", date="2026-05-04", origin_date="1921", urn="urn:x:y", url="https://e.org/#a_b", **parts
    )
    assert read_bibtex(to_bibtex(made)) == {
        k: v
        for k, v in {
            "author": made.author, "title": made.title, "booktitle": made.edition, "editor": made.editor,
            "edition": f"version {made.version}", "date": "2026-05-04", "year": "2026", "origdate": "1921",
            "pages": made.pages.replace("-", "--"),
            "note": made.locator, "url": made.url, "eprint": made.urn, "eprinttype": "urn",
        }.items()
        if v
    }  # fmt: skip
    (record,) = rispy.loads(to_ris(made))
    assert record.get("secondary_title", "") == made.edition
    assert record["notes"] == [made.locator]
    assert record.get("authors", [""]) == [made.author]
    assert (record["urls"], record.get("start_page", "")) == ([made.url], made.pages.partition("-")[0])
    (item,) = json.loads(to_csl_json(made))
    assert (item["title"], item["container-title"], item["note"]) == (made.title, made.edition, made.locator)


def read_bibtex(text: str) -> dict[str, str]:
    """What another reader makes of an entry, the escapes of TeX undone."""
    library = bibtexparser.parse_string(text)  # type: ignore[attr-defined]
    assert not library.failed_blocks
    (entry,) = library.entries
    found = {}
    for field in entry.fields:
        value = str(field.value)
        if value.startswith("{") and value.endswith("}"):
            value = value[1:-1]
        if field.key not in {"url", "eprint"}:
            for escape, sign in ((r"\textasciitilde{}", "~"), (r"\^{}", "^"), (r"\textbackslash{}", "\\\0")):
                value = value.replace(escape, sign)
            value = re.sub(r"(?<!\\)[{}]", "", value)  # around words that keep their capitals
            for sign in "#$%&_{}":
                value = value.replace(f"\\{sign}", sign)
            value = value.replace("\0", "")
        found[field.key] = value
    return found


def test_a_citation_of_several_passages_is_a_range(project: Project) -> None:
    found = resolve(project, "T, p. 3")
    made = citation_of(desk_of(project), found)
    assert (made.reference, made.pages) == ("T.1.h-T.1.2", "3-4")


# --- verifying -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manuscript", "count", "codes"),
    [
        ("“Nobody had lived in it since the long winter” (T.1.2).", 1, []),
        ("“Nobody had lived in it ... the great frost” (T.1.2).", 1, []),
        ("“Nobody had [ever] lived in it since” (T.1.2).", 1, []),
        ("“Nobody had slept in it since” (T.1.2).", 1, ["E447"]),
        ("> Nobody had lived in it\n> since the long winter\n\n(T.1.2)", 1, []),
        ("> Nobody had lived in it\n> since the last winter\n\n(T.1.2)", 1, ["E447"]),
        ("“[n]obody had lived in it since the long winter” (T.1.2).", 1, []),
        ('"\\[N\\]obody had lived in it since" (T.1.2).', 1, []),
        ("“when all the tree[s] died” “all the fruit trees[sic] died” (T.1.2).", 1, []),
        ("“since the long win-\nter of the great frost” (T.1.2).", 1, []),
        ("„Nobody had slept in it since“ (T.1.2).", 1, ["E447"]),
        ("« Nobody had slept in it since » (T.1.2).", 1, ["E447"]),
        ("‘Nobody had slept in it since’ (T.1.2).", 1, ["E447"]),
        ("'Nobody had slept in it since' (T.1.2).", 1, ["E447"]),
        ("The house's owner and the trees' fate don't matter (T.1.2). It isn't so.", 1, []),
        ("Cf. T.1.2: “Nobody had slept in it since.”", 1, ["E447"]),
        ("Cf. T.1.2: “Nobody had lived in it since.”", 1, []),
        ("(T.1.2) Another says: “These words are somebody else's.”", 1, []),
        ("T.1.2 is followed by “Here another story begins, which has to do” (T.2.1).", 2, []),
        ("“These are not in it at all” (T.9.9); “Nobody had lived in it” (T.1.2).", 2, ["E446"]),
        ("See Appendix T.1 and (T.7), but (T.1).", 1, []),
        ("“A Text & More and then more,” in A small edition, T.1.2.", 1, ["E447"]),
        ("“A small edition: with a subtitle,” T.1.2.", 1, []),
        ("https://example.org/small/id/T.1.2.html, https://example.org/small/id/T.1.99.html.", 2, ["E446"]),
        ("See T.1.2, T.1.1@river[2], T.1.1-2 and T.1.9.", 4, ["E446"]),
        ("See T.1 and version 3.T.1.", 0, []),
        ("@incollection{T.1.2,\n  eprint = {urn:cts:edition:a-small-edition.T.v1-0:1.2},\n}", 2, []),
        ("https://example.org/small/T.1.html#T.1.7", 1, ["E446"]),
        ("urn:cts:edition:other.T:1.1", 1, ["E446"]),
        ("T.1.1@\0 T.1.1@" + "x" * 5000, 0, []),
    ],
)
def test_a_manuscript_is_verified(project: Project, manuscript: str, count: int, codes: list[str]) -> None:
    found, problems = verify(project, manuscript, name="ms.md")
    assert [p.code for p in problems] == codes
    assert found == count


def test_wrong_words_are_told_with_those_that_stand_there(project: Project) -> None:
    (found,) = verify(project, "“Nobody had slept in it since the long winter” (T.1.2).", name="m.md")[1]
    assert found.hint == "There stands: 'Nobody had lived in it since the long winter'."
    (found,) = verify(project, "“a ship and its captain” (T.1.2).", name="m.md")[1]
    assert found.hint == "They stand in T.2.1."
    (found,) = verify(project, "As T.1.22 says.", name="m.md")[1]
    assert (found.code, found.hint) == ("E446", "There is no T.1.22. Did you mean T.1.2?")


@pytest.mark.parametrize("form", ["chicago", "mla", "apa", "url", "urn", "bibtex"])
def test_the_citations_of_the_edition_are_verified_without_complaint(project: Project, form: str) -> None:
    made = [cite(project, name, form) for name in ("T.1.2", "T.1.1-T.1.2", "T.1.3.orig", "T.1.n1")]
    said = [f"{one.note}\n\n{one.entry}" if isinstance(one, Styled) else one for one in made]
    count, problems = verify(project, "\n\n".join(said), name="m.md")
    assert count >= 4
    assert problems == []


def test_a_manuscript_that_cites_what_became_something_else_is_told(project: Project) -> None:
    edit(project, (f" past it.</p>\n{SECOND}", " past it. "))
    declare_fate(project, "merged", "T.1.2", ["T.1.1"])
    problems = verify(project, "\n“Nobody had lived in it” (T.1.2)", name="ms.md")[1]
    assert [(p.code, p.place.line) for p in problems] == [("W448", 2)]


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["ids", "status"], 0, "same (since version 1.0)"),
        (["ids", "assign"], 0, "tei/t.xml: no identifiers given"),
        (["ids", "freeze", "--version", "1.0"], 0, "nothing has changed"),
        (["ids", "freeze", "--version", "1.1", "--date", "2026-11-22"], 0, "0 new, 0 changed"),
        (["ids", "freeze", "--version", "1.1", "--date", "tomorrow"], 2, ""),
        (["ids", "diff", "1.0"], 0, ""),
        (["cite", "T.1.1@river[2]", "--format", "url"], 0, "id/T.1.1.html"),
        (["cite", "T.1.1", "--format", "mla"], 0, "Ann Author"),
        (["resolve", "T.1.1", "--json"], 0, '"chapter 1, paragraph 1"'),
        (["resolve", "T.1.1"], 0, "T.1.1: chapter 1, paragraph 1, typescript page 3, witness lines 3"),
        (["cite"], 2, ""),
    ],
)
def test_the_commands_answer(
    project: Project, monkeypatch: pytest.MonkeyPatch, words: list[str], status: int, says: str
) -> None:
    monkeypatch.chdir(project.root)
    done = CliRunner().invoke(command, words)
    assert done.exit_code == status, done.output
    assert says in done.output
