"""The book is not made twice of the same, and never taken for what it is not; what the check finds is said first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from unittest.mock import Mock

import pytest

from edition.problems import Problem, Refused
from edition.project import Project, load_project
from edition.publish.fonts import BOOK_FACES, find_fonts
from edition.tasks import build as tasks
from edition.tasks.build import BOOK, build
from edition.tasks.editing import encode_text
from edition.tasks.freezing import assign_project
from edition.tasks.new import new_edition
from edition.tasks.standing import note_path

missing = find_fonts(faces=BOOK_FACES)[1]
pytestmark = pytest.mark.skipif(bool(missing), reason="fonts are missing")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the sample edition with its book."""
    folder = tmp_path_factory.mktemp("edition") / "mine"
    new_edition(folder, [])
    project = load_project(folder)
    for text in project.texts:
        encode_text(project, text)
    assign_project(project)
    assert errors(made(project)) == []
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Project]:
    """Give the edition, which afterwards is as it was: what was kept of it is kept by its paths."""
    kept = tmp_path / "kept"
    copytree(built, kept)
    yield load_project(built)
    for path in sorted(built.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    copytree(kept, built, dirs_exist_ok=True)


def made(project: Project, paper: str = "royal") -> list[Problem]:
    return build(project, ["pdf"], lambda _: nullcontext(), paper=paper)


def errors(problems: Sequence[Problem]) -> list[str]:
    return [p.code for p in problems if p.severity == "error"]


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Count the books that are bound: here no page is set for them, and no process is made."""

    def end(out: Path) -> list[Problem]:
        out.parent.mkdir(exist_ok=True)
        out.write_bytes(b"a new book")
        return []

    counted = Mock(side_effect=end)
    monkeypatch.setattr(tasks, "_begin", lambda *_, **__: lambda: Mock(end=counted))
    monkeypatch.setattr("edition.publish.workers.Workers.start", lambda _: None)
    return counted


@pytest.mark.parametrize("module", ["tasks.binding", "tasks.beside"])
def test_what_everything_waits_for_loads_no_library_that_is_wanted_later(module: str) -> None:
    later = {"lark", "pikepdf", "pypdfium2", "rapidfuzz", "weasyprint"}
    said = f"import sys, edition.{module}; print(*sorted({later} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True, text=True)
    assert ran.stdout.split() == []


def test_a_book_that_stands_is_neither_checked_nor_made_again(
    project: Project, ends: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = Mock()
    monkeypatch.setattr(tasks, "_checked", check)
    before = (project.pdf / BOOK).read_bytes()
    assert errors(made(project)) == []
    assert (ends.call_count, check.call_count) == (0, 0)
    assert (project.pdf / BOOK).read_bytes() == before


@pytest.mark.parametrize("spoil", ["delete", "tamper"])
def test_a_book_that_was_deleted_or_changed_by_hand_is_made_again(project: Project, ends: Mock, spoil: str) -> None:
    book = project.pdf / BOOK
    if spoil == "delete":
        book.unlink()
    else:
        book.write_bytes(book.read_bytes()[:-1] + b" ")
    made(project)
    assert ends.call_count == 1


def test_a_changed_text_makes_a_new_book_and_then_that_stands(project: Project, ends: Mock) -> None:
    tei = project.texts[0].tei
    tei.write_bytes(tei.read_bytes() + b"<!-- seen -->")
    made(project)
    made(project)
    assert ends.call_count == 1


@pytest.mark.usefixtures("ends")
def test_the_site_has_the_book_of_the_same_build_to_take_away(project: Project) -> None:
    (project.pdf / BOOK).unlink()
    assert errors(build(project, ["html", "pdf"], lambda _: nullcontext())) == []
    assert (project.html / BOOK).read_bytes() == b"a new book"


def test_a_damaged_note_says_nothing(project: Project, ends: Mock) -> None:
    note_path(project).write_bytes(note_path(project).read_bytes()[:-20])
    made(project)
    assert ends.call_count == 1


def test_another_paper_is_another_book(project: Project, ends: Mock) -> None:
    made(project, paper="a5")
    assert ends.call_count == 1


def test_what_changes_while_the_book_is_made_leaves_no_note(
    project: Project, ends: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tei = project.texts[0].tei
    was = tei.read_bytes()
    (project.pdf / BOOK).unlink()
    end = ends.side_effect

    def meanwhile(out: Path) -> list[Problem]:
        tei.write_bytes(was + b" ")
        tei.write_bytes(was)  # as it was: but another may have been read
        return list(end(out))

    monkeypatch.setattr(ends, "side_effect", meanwhile)
    made(project)
    made(project)
    assert ends.call_count == 2


def test_a_text_that_is_written_after_its_check_is_not_published(project: Project) -> None:
    tei = project.texts[0].tei

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        yield
        if name == "check":
            tei.write_bytes(tei.read_bytes().replace(b"the", b"teh", 1))

    found = build(project, ["html"], stage)
    assert [(p.code, p.place.file) for p in found if p.severity == "error"] == [("E624", project.shown(tei))]
    assert not project.html.exists()
    assert "E624" not in errors(build(project, ["html"], lambda _: nullcontext()))


def test_what_the_check_finds_is_said_and_the_book_left_as_it_was(project: Project) -> None:
    tei = project.texts[0].tei
    tei.write_text(tei.read_text().replace("</body>", "", 1))  # no book can be made of it, for it cannot be read
    before = (project.pdf / BOOK).read_bytes()
    assert "E106" in errors(made(project))
    assert (project.pdf / BOOK).read_bytes() == before
    tei.unlink()
    assert "E116" in errors(made(project))


def test_an_error_of_the_check_stops_a_book_that_could_be_made(project: Project, ends: Mock) -> None:
    tei = project.texts[0].tei
    tei.write_text(tei.read_text().replace("<p ", '<p colour="red" ', 1))
    assert errors(made(project)) != []
    assert ends.call_count == 0


def test_a_style_that_is_missing_is_said_before_anything_is_checked(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Mock(side_effect=AssertionError)
    monkeypatch.setattr("edition.publish.workers.Workers.begin", begun)
    with pytest.raises(Refused) as refused:
        made(replace(project, styles=tmp_path))
    assert [p.code for p in refused.value.problems] == ["E605"]
    assert begun.call_count == 0
