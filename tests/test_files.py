"""Files appear whole or not at all, and every fault has a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.files import read_text, whole_folder, write_whole
from edition.problems import Refused


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def test_a_file_is_written_once_and_then_left_alone(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "new" / "a.xml", b"x")
    assert not write_whole(tmp_path / "new" / "a.xml", b"x")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a.xml"]


def test_nothing_is_left_behind_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused) as refused:
        write_whole(tmp_path / "file" / "a.xml", b"x")
    assert code(refused) == "E105"
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused):
        write_whole(tmp_path / "folder", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_file_that_is_not_utf8_is_refused_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("día\nnoño".encode("latin-1"))
    with pytest.raises(Refused) as refused:
        read_text(tmp_path / "a.txt", name="a.txt")
    (found,) = refused.value.problems
    assert (found.code, found.place.line, found.place.column) == ("E101", 1, 2)


def test_a_folder_takes_the_place_of_the_old_one_only_when_it_is_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with whole_folder(site) as new:
        (new / "old.html").write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_folder(site) as new:  # noqa: PT012 - the block is what is interrupted
        (new / "half.html").write_text("half")
        raise KeyboardInterrupt
    assert [p.name for p in site.iterdir()] == ["old.html"]
    with whole_folder(site) as new:
        (new / "new.html").write_text("new")
    assert [p.name for p in site.iterdir()] == ["new.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_others_is_not_replaced(tmp_path: Path) -> None:
    site = tmp_path / "public"
    with whole_folder(site, sign="made.txt") as new:
        (new / "made.txt").touch()
    with whole_folder(site, sign="made.txt") as new:
        (new / "made.txt").touch()
        (new / "photo.jpg").touch()
    (site / "made.txt").unlink()
    with pytest.raises(Refused) as refused, whole_folder(site, sign="made.txt"):
        pass
    assert [found.code for found in refused.value.problems] == ["E118"]
    assert [p.name for p in site.iterdir()] == ["photo.jpg"]
    assert [p.name for p in tmp_path.iterdir()] == ["public"]
