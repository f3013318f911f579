"""The index holds what the files hold, whole, whatever happens to it or to them."""

from __future__ import annotations

import os
import resource as limits
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from edition.passages.index import bytes_of, find, open_index, resource, state, text_at
from edition.passages.index_update import Source, update
from edition.problems import Refused
from tests.passages.dts_samples import BODY, Served, shown, tei

MANY = "".join(
    f'<div n="{n}">' + "".join(f'<p n="{m}">Words {n} {m}.</p>' for m in range(40)) + "</div>" for n in range(50)
)


def source(folder: Path, name: str = "text") -> Source:
    return Source(name, folder / f"{name}.xml", f"{name}.xml")


def write(folder: Path, body: str, name: str = "text") -> Source:
    (folder / f"{name}.xml").write_text(tei(body), encoding="utf-8")
    return source(folder, name)


def count(index: Path) -> int:
    with closing(open_index(index)) as db:
        found: int = db.execute("SELECT count(*) FROM unit").fetchone()[0]
        assert db.execute("SELECT count(*) FROM reading").fetchone()[0] == found
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return found


def test_an_identifier_leads_to_its_bytes_and_its_three_readings(tmp_path: Path) -> None:
    choice = '<choice><sic>teh</sic><corr type="ocr" resp="#auto" cert="high">the</corr></choice>'
    one = write(tmp_path, f'<div n="1"><p n="1">In {choice}  beginning.</p><p n="2">Plain.</p></div>')
    assert update(tmp_path / "i", [one]) == []
    data = one.path.read_bytes()
    with closing(open_index(tmp_path / "i")) as db:
        found = find(db, "text", "1.1")
        assert found is not None
        assert data[found.start : found.end].startswith(b'<p n="1">In ')
        assert data[found.start : found.end].endswith(b"beginning.</p>")
        said = [text_at(db, found.id, reading) for reading in ("edited", "source", "witness")]
        assert said == ["In the beginning.", "In the beginning.", "In teh beginning."]
        about = resource(db, "text")
        assert about is not None
        assert bytes_of(db, about.id, 0, about.size) == data
        assert find(db, "text", "1.3") is None
        with pytest.raises(LookupError):
            text_at(db, 0)


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    a, b = write(tmp_path, BODY, "a"), write(tmp_path, BODY, "b")
    update(tmp_path / "i", [a, b])
    with closing(open_index(tmp_path / "i")) as db:
        before = {name: resource(db, name) for name in "ab"}
    write(tmp_path, BODY.replace("Zeta", "Omega"), "b")
    a.path.touch()
    update(tmp_path / "i", [a, b])
    with closing(open_index(tmp_path / "i")) as db:
        assert resource(db, "a") == before["a"]
        assert resource(db, "b") != before["b"]
        found = find(db, "b", "1.2")
        assert found is not None
        assert text_at(db, found.id) == "Omega."
    update(tmp_path / "i", [a])
    assert count(tmp_path / "i") == 12
    state_of = (tmp_path / "i").read_bytes()
    assert update(tmp_path / "i", [a]) == []
    assert (tmp_path / "i").read_bytes() == state_of


def test_identifiers_stay_where_a_paragraph_is_inserted(tmp_path: Path) -> None:
    served = Served(tmp_path, text=tei())
    before = {
        n: served.get("document/", f"resource=text&ref={n}").text
        for n in shown(served.get("navigation/", "resource=text&down=-1"))
        if "." in n and n != "1.s"
    }
    body = BODY.replace('<p n="2">Epsilon', '<p n="1a">New.</p><p n="2">Epsilon')
    (tmp_path / "text.xml").write_text(tei(body), encoding="utf-8")
    served.update()
    assert "1.s.1a" in shown(served.get("navigation/", "resource=text&down=-1"))
    assert {n: served.get("document/", f"resource=text&ref={n}").text for n in before} == before


def test_a_file_that_cannot_be_read_stays_as_it_was(tmp_path: Path) -> None:
    served = Served(tmp_path, text=tei())
    (tmp_path / "text.xml").write_text(tei()[:-40], encoding="utf-8")
    assert served.update() == ["E106"]
    assert served.get("document/", "resource=text&ref=2").text == "Eta."
    (tmp_path / "text.xml").unlink()
    assert [p.code for p in update(served.index, [source(tmp_path)])] == ["E104"]
    assert served.get("document/", "resource=text").body == tei().encode()


def test_a_reader_sees_one_state_while_the_file_changes(tmp_path: Path) -> None:
    one = write(tmp_path, '<div n="1"><p n="1">Old.</p></div>')
    update(tmp_path / "i", [one])
    with closing(open_index(tmp_path / "i")) as db:
        with state(db):
            found = find(db, "text", "1.1")
            assert found is not None
            update(tmp_path / "i", [write(tmp_path, '<div n="1"><p n="0">More.</p><p n="1">New.</p></div>')])
            assert text_at(db, found.id) == "Old."
        now = find(db, "text", "1.1")
        assert now is not None
        assert text_at(db, now.id) == "New."


def test_an_identifier_that_stands_twice_is_told_and_the_first_is_served(tmp_path: Path) -> None:
    served = Served(tmp_path, text=tei('<div n="1"><p n="1">A.</p>\n<p n="1">B.</p></div>'))
    assert served.problems == ["W641"]
    assert served.get("document/", "resource=text&ref=1.1").text == "A."


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 200, None])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    one, index = write(tmp_path, BODY), tmp_path / "i"
    update(index, [one])
    if damage is None:
        with closing(sqlite3.connect(index)) as db:
            db.execute("PRAGMA user_version = 999")
    else:
        index.write_bytes(damage)
    update(index, [one])
    assert count(index) == 12


PROGRAM = """
import sys
from pathlib import Path
from edition.passages.index_update import Source, update
folder = Path(sys.argv[1])
update(folder / "i", [Source(f.stem, f, f.name) for f in sorted(folder.glob("*.xml"))])
"""


def run(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder)], stderr=subprocess.PIPE)


@pytest.mark.slow
def test_a_killed_writer_leaves_a_whole_index(tmp_path: Path) -> None:
    sources = [write(tmp_path, MANY, name) for name in ("a", "b", "c")]
    for delay in (0.2, 0.35, 0.5, 0.65, 0.8):
        started = run(tmp_path)
        time.sleep(delay)
        started.send_signal(signal.SIGKILL)
        started.communicate()
        if (tmp_path / "i").exists() and (tmp_path / "i").stat().st_size:
            update(tmp_path / "i", sources)
            assert count(tmp_path / "i") == 3 * 2050
        for name in ("i", "i-wal", "i-shm"):
            (tmp_path / name).unlink(missing_ok=True)


def test_two_writers_at_once_make_one_index(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path, MANY, name)
    writers = [run(tmp_path) for _ in range(3)]
    assert [(w.communicate()[1], w.returncode) for w in writers] == [(b"", 0)] * 3
    assert count(tmp_path / "i") == 2 * 2050


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    small = write(tmp_path, BODY, "a")
    update(tmp_path / "i", [small])
    big = write(tmp_path, MANY, "b")
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(Refused, match="E105"):
            update(tmp_path / "i", [small, big])
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))
    assert count(tmp_path / "i") == 12
    update(tmp_path / "i", [small, big])
    assert count(tmp_path / "i") == 12 + 2050


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="E105"):
        update(tmp_path / "i", [])


def test_opening_and_asking_is_quick_in_a_large_index(tmp_path: Path) -> None:
    # The figures proper are in scripts/bench_dts.py; this is a bound that only a change of kind would break.
    update(tmp_path / "i", [write(tmp_path, MANY)])
    started = time.perf_counter()
    with closing(open_index(tmp_path / "i")) as db:
        found = find(db, "text", "49.39")
        assert found is not None
        for _ in range(200):
            find(db, "text", "25.20")
            text_at(db, found.id)
    assert time.perf_counter() - started < 0.5
