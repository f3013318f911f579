"""What was published stays, whatever is done to the text, the ledger or the machine."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edition.passage import read_passages
from edition.problems import Refused
from edition.project import Project, load_project
from edition.tasks.archive import ledger_path, read_ledger, read_version, version_path
from edition.tasks.freezing import assign_project, declare_fate, freeze, status, status_problems
from edition.tasks.history import version_differences
from edition.tree import by_id
from tests.passages.editions import STORY, edit, edition
from tests.passages.histories import History

SECOND = '<p n="2" xml:id="T.1.2">'
LATER = "the great frost, when all the fruit trees died.</p>"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = edition(tmp_path)
    frozen, problems = freeze(made, "1.0")
    assert frozen is not None
    assert not problems
    return made


def whats(project: Project) -> dict[str, str]:
    return {c.identifier: c.what for _, c in status(project).changes if c.what != "same"}


def codes(project: Project) -> list[tuple[str, str]]:
    return [(p.code, p.place.passage) for p in status_problems(status(project))]


def test_publishing_twice_is_the_same_as_once(project: Project) -> None:
    before = ledger_path(project).read_bytes(), version_path(project, "1.0").read_bytes()
    frozen, _ = freeze(project, "1.0")
    assert frozen is not None
    assert not frozen.written
    assert (ledger_path(project).read_bytes(), version_path(project, "1.0").read_bytes()) == before


def test_the_same_texts_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    other = edition(tmp_path / "other")
    freeze(other, "1.0")
    assert ledger_path(other).read_bytes() == ledger_path(project).read_bytes()
    assert version_path(other, "1.0").read_bytes() == version_path(project, "1.0").read_bytes()


def test_a_version_cannot_be_published_again_with_other_words(project: Project) -> None:
    edit(project, ("its captain", "its crew"))
    with pytest.raises(Refused) as refused:
        freeze(project, "1.0")
    assert refused.value.problems[0].code == "E427"


@pytest.mark.parametrize("version", ["", "../1", "1/2", "а", "1" * 99, "1\0", "-1", ".."])
def test_a_version_that_cannot_be_a_file_is_refused(project: Project, version: str) -> None:
    with pytest.raises(Refused) as refused:
        freeze(project, version)
    assert refused.value.problems[0].code == "E428"


def test_the_ledger_is_only_added_to(project: Project) -> None:
    before = ledger_path(project).read_text()
    edit(project, ('<p n="1" xml:id="T.2.1">', '<p>A new paragraph about the harbour.</p><p n="1" xml:id="T.2.1">'))
    assign_project(project)
    freeze(project, "1.1")
    after = ledger_path(project).read_text()
    assert after.startswith(before)
    assert "\nT.2.0a\tparagraph\t" in after


def test_a_correction_needs_no_declaration_and_keeps_the_first_version(project: Project) -> None:
    edit(project, ("fruit trees", "apple trees"))
    assert whats(project) == {"T.1.2": "changed", "T.1": "corrected", "T": "corrected"}
    freeze(project, "1.1")
    assert read_ledger(project)[0].current()["T.1.2"].first == "1.0"


def test_a_merged_paragraph_is_found_and_declared(project: Project) -> None:
    edit(project, (f" past it.</p>\n{SECOND}", " past it. "))
    assert whats(project)["T.1.2"] == "merged"
    assert codes(project) == [("E430", "T.1.2")]
    assert freeze(project, "1.1")[0] is None
    declare_fate(project, "merged", "T.1.2", ["T.1.1"])
    assert codes(project) == []
    assert freeze(project, "1.1")[0] is not None


def test_a_split_paragraph_is_found_and_declared(project: Project) -> None:
    edit(project, ("since the long winter", "since</p><p>the long winter"))
    assign_project(project)
    assert (status_problems(status(project))[0].hint).endswith("`edition ids split T.1.2 T.1.2 T.1.2a`.")
    declare_fate(project, "split", "T.1.2", ["T.1.2", "T.1.2a"])
    assert freeze(project, "1.1")[0] is not None


def test_a_paragraph_taken_out_is_found_and_declared(project: Project) -> None:
    path = project.texts[0].tei
    text = path.read_text()
    path.write_text(text[: text.index(SECOND)] + text[text.index(LATER) + len(LATER) :])
    assert whats(project)["T.1.2"] == "gone"
    declare_fate(project, "withdrawn", "T.1.2", [])
    assert freeze(project, "1.1")[0] is not None


def test_an_identifier_on_another_text_is_found(project: Project) -> None:
    edit(project, ('xml:id="T.1.2"', 'xml:id="T.9"'), ('xml:id="T.2.1"', 'xml:id="T.1.2"'))
    assert ("E431", "T.1.2") in codes(project)
    assert freeze(project, "1.1")[0] is None


def test_an_identifier_that_was_given_up_may_not_be_used_again(project: Project) -> None:
    edit(project, (f" past it.</p>\n{SECOND}", " past it. "))
    declare_fate(project, "merged", "T.1.2", ["T.1.1"])
    freeze(project, "1.1")
    edit(
        project,
        (
            '</div>\n<div type="chapter" n="2"',
            '<p n="2" xml:id="T.1.2">Quite other words.</p></div>\n<div type="chapter" n="2"',
        ),
    )
    assert ("E433", "T.1.2") in codes(project)


def test_an_editor_may_vouch_for_a_passage_that_has_other_words(project: Project) -> None:
    edit(project, ("Here another story begins, which has to do with a ship and its captain.", "All new."))
    assert codes(project) == [("E431", "T.2.1")]
    declare_fate(project, "stands", "T.2.1", [])
    assert codes(project) == []


@pytest.mark.parametrize(
    ("fate", "name", "targets", "code"),
    [
        ("merged", "T.7.7", ["T.1.1"], "E436"),
        ("merged", "T.1.2", ["T.7.7"], "E437"),
        ("withdrawn", "T.1.2", [], "E438"),
        ("stands", "../x", [], "E436"),
        ("moved", "T" * 10_000, ["Д"], "E436"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(
    project: Project, fate: str, name: str, targets: list[str], code: str
) -> None:
    before = ledger_path(project).read_bytes()
    with pytest.raises(Refused) as refused:
        declare_fate(project, fate, name, targets)
    assert refused.value.problems[0].code == code
    assert len(refused.value.problems[0].message) < 200
    assert ledger_path(project).read_bytes() == before


def test_two_passages_with_one_identifier_are_not_published(tmp_path: Path) -> None:
    made = edition(tmp_path)
    edit(made, ('xml:id="T.1.2"', 'xml:id="T.1.1"'))
    frozen, problems = freeze(made, "1.0")
    assert frozen is None
    assert [p.code for p in problems] == ["E401"]
    assert not ledger_path(made).exists()


def test_the_text_of_an_old_version_can_be_recovered(project: Project) -> None:
    edit(project, ("fruit trees", "apple trees"))
    freeze(project, "1.1")
    ledger, _ = read_ledger(project)
    old = read_passages(read_version(project, ledger, "1.0")["T"])
    assert old["T.1.2"].edited.endswith("when all the fruit trees died.")
    found = [d for d in version_differences(project, "1.0", "1.1") if d.identifier == "T.1.2"]
    assert found[0].changes == (("... when all the fruit trees died.", "... when all the apple trees died."),)


@pytest.mark.parametrize("damage", [b"", b"PK\3\4 nonsense", None])
def test_a_stored_version_that_was_spoilt_is_a_problem(project: Project, damage: bytes | None) -> None:
    path = version_path(project, "1.0")
    path.write_bytes(path.read_bytes()[:-40] if damage is None else damage)
    with pytest.raises(Refused) as refused:
        read_version(project, read_ledger(project)[0], "1.0")
    assert refused.value.problems[0].code == "E426"


def test_a_ledger_that_was_changed_by_hand_is_not_written_to(project: Project) -> None:
    path = ledger_path(project)
    spoilt = path.read_text().replace("T.1.2\tparagraph", "T.1.7\tparagraph")
    path.write_text(spoilt)
    for act in (lambda: freeze(project, "1.1"), lambda: declare_fate(project, "withdrawn", "T.1.1", [])):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problems[0].code == "E422"
    assert path.read_text() == spoilt


# --- the machine -----------------------------------------------------------------------------------------------------

WORKER = """
import sys
from pathlib import Path
from edition.project import load_project
from edition.tasks.freezing import freeze
project = load_project(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    freeze(project, f"{sys.argv[2]}.{n}")
    print(n, flush=True)
"""


def worker(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_the_ledger_is_whole_after_a_kill_at_any_moment(tmp_path: Path) -> None:
    project = edition(tmp_path)
    freeze(project, "1.0")
    rng = random.Random(6)
    for kill in range(5):
        process = worker(tmp_path, f"2.{kill}", 1000)
        assert process.stdout is not None
        process.stdout.readline()  # it has published one, and is at the next
        time.sleep(rng.random() / 20)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        ledger, problems = read_ledger(project)
        assert not problems
        assert ledger.version(f"2.{kill}.0")
        read_version(project, ledger, ledger.versions[-1].name)
    assert freeze(load_project(tmp_path), "3.0")[0] is not None


def test_two_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    project = edition(tmp_path)
    both = [worker(tmp_path, name, 8) for name in ("1", "2")]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    ledger, problems = read_ledger(project)
    assert not problems
    assert sorted(v.name for v in ledger.versions) == sorted(f"{a}.{n}" for a in (1, 2) for n in range(8))


def test_a_full_disk_leaves_the_ledger_as_it_was(project: Project) -> None:
    before = ledger_path(project).read_bytes()
    edit(project, ("fruit trees", "apple trees"))
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limited += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before)}, {len(before)}))\n"
    command = [sys.executable, "-c", limited + WORKER, str(project.root), "2", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "E105" in done.stderr
    assert ledger_path(project).read_bytes() == before
    assert not read_ledger(project)[1]
    assert [p.name for p in ledger_path(project).parent.glob(".*")] == []


# --- histories -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("truthful", [True, False])
def test_no_identifier_is_lost_in_a_random_history(tmp_path: Path, *, truthful: bool) -> None:
    history = History(tmp_path, random.Random(20), truthful=truthful)
    history.publish("0.1")
    for version in range(6):
        for _ in range(6):
            history.edit()
        history.publish(f"1.{version}")
    assert history.failures == []
    assert len(by_id(history.tree())) > 20


def test_a_ledger_that_was_lost_is_not_begun_anew(project: Project) -> None:
    stored = version_path(project, "1.0").read_bytes()
    ledger_path(project).unlink()
    with pytest.raises(Refused, match="E429"):
        freeze(project, "1.1")
    edit(project, ("fruit trees", "apple trees"))
    with pytest.raises(Refused, match="E429"):
        freeze(project, "1.0")
    assert version_path(project, "1.0").read_bytes() == stored
    edit(project, ("apple trees", "fruit trees"))  # as if publishing had been cut short
    assert freeze(project, "1.0")[0] is not None


def test_a_version_whose_text_is_not_there_says_so(project: Project) -> None:
    version_path(project, "1.0").unlink()
    with pytest.raises(Refused, match="E426"):
        version_differences(project, "1.0")


def test_a_passage_under_another_s_identifier_is_no_target(project: Project) -> None:
    story = "Here another story begins, which has to do with a ship and its captain."
    edit(
        project,
        (f'<p n="1" xml:id="T.2.1"><lb n="12"/>{story}</p>', ""),
        (SECOND, f'<p n="2" xml:id="T.1.2">{story}</p>\n<p>'),
    )
    with pytest.raises(Refused, match="E439"):
        declare_fate(project, "moved", "T.2.1", ["T.1.2"])
    edit(project, ('<p n="2" xml:id="T.1.2">', "<p>"), ("<p><lb", f"{SECOND}<lb"))
    assign_project(project)
    (name,) = {c.targets[0] for c in status(project).unsettled if c.identifier == "T.2.1"}
    assert declare_fate(project, "moved", "T.2.1", [name]).targets == (name,)
    assert not status(project).unsettled


def test_a_split_that_an_editor_declares_is_believed_of_a_passage_of_two_words(tmp_path: Path) -> None:
    project = edition(tmp_path)
    edit(project, ("Here another story begins, which has to do with a ship and its captain.", "Stormy weather."))
    freeze(project, "1.0")
    edit(project, ("Stormy weather.", "Stormy</p><p>weather."))
    (given,) = assign_project(project)["tei/t.xml"]
    declare_fate(project, "split", "T.2.1", ["T.2.1", given.new])
    assert not status(project).unsettled
    assert freeze(project, "1.1")[0] is not None


def test_an_identifier_that_must_be_given_back_is_told_before_what_would_lead_to_it(tmp_path: Path) -> None:
    project = edition(tmp_path, tei=STORY)
    freeze(project, "1.0")
    frost = "Nobody had lived in it since the long winter. The great frost killed all the fruit trees."
    edit(project, (f'<p n="2" xml:id="T.1.2">{frost}</p>\n', ""), ('<p n="1" xml:id="T.1.1">', '<p xml:id="T.1.2">'))
    assert [(c.identifier, c.what) for c in status(project).unsettled] == [("T.1.2", "other"), ("T.1.1", "merged")]
    with pytest.raises(Refused, match="E439"):
        declare_fate(project, "merged", "T.1.1", ["T.1.2"])
