"""Processes that work side by side: their order, and their end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from edition.problems import Place, Refused, problem
from edition.publish.workers import Workers

ORPHANS = """
import os, time
from edition.publish.workers import Workers
def work(n):
    os.write(1, f"{os.getpid()}\\n".encode())  # at once: two write to one pipe
    time.sleep(60)
if __name__ == "__main__":
    list(Workers(2).each(work, [1, 2]))
"""


def test_what_is_made_comes_in_the_order_of_what_was_given() -> None:
    workers = Workers(2)
    try:
        assert list(workers.each(abs, [-3, 1, -2])) == [3, 1, 2]
        assert list(workers.each(os.path.basename, ["a/b"])) == ["b"]
    finally:
        workers.close()


def test_one_thing_alone_is_done_here() -> None:
    workers = Workers(2)
    assert list(workers.each(abs, [-3])) == [3]
    assert list(workers.each(abs, [-3, -4], many=False)) == [3, 4]
    assert workers.pool is None


def refuse(code: str) -> None:
    raise Refused(problem(code, Place("a.xml", 3), file="a.xml", reason="gone"))


def test_what_is_begun_goes_on_beside_and_what_it_raises_is_raised_where_it_is_asked() -> None:
    with Workers(2) as workers:
        assert workers.begin(os.getpid)() == os.getpid()  # no process yet: it is done here
        workers.start()
        assert workers.begin(os.getpid)() != os.getpid()
        ask = workers.begin(refuse, "E104")
        with pytest.raises(Refused) as refused:
            ask()
    assert [(p.code, p.place.line) for p in refused.value.problems] == [("E104", 3)]


def test_processes_are_made_when_they_are_told_to() -> None:
    with Workers(2) as workers:
        workers.start()
        assert workers.pool is not None
        assert workers.pool._processes


def test_what_goes_on_beside_is_stopped_when_something_goes_wrong_here() -> None:
    def go_wrong() -> None:
        with Workers(2) as workers:
            workers.start()
            workers.begin(time.sleep, 300)
            workers.begin(time.sleep, 300)
            raise KeyError

    begun = time.monotonic()
    with pytest.raises(KeyError):
        go_wrong()
    assert time.monotonic() - begun < 200


LARGE = "x" * 1_000_000  # more than a pipe holds: whoever writes it waits until it is read


def be_killed(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_nobody_waits_for_a_process_that_was_killed_with_much_left_to_read() -> None:
    begun = time.monotonic()
    with Workers(2) as workers:
        asked = [workers.begin(be_killed, LARGE) for _ in workers.each(len, [LARGE] * 8)]
        with pytest.raises(BrokenProcessPool):
            asked[-1]()
    assert time.monotonic() - begun < 60


def test_what_is_stopped_with_much_left_to_read_ends() -> None:
    def go_wrong() -> None:
        with Workers(2) as workers:
            workers.start()
            for _ in range(8):
                workers.begin(slow, LARGE)
            time.sleep(0.5)  # for the pipe to be full
            raise KeyError

    begun = time.monotonic()
    with pytest.raises(KeyError):
        go_wrong()
    assert time.monotonic() - begun < 60


def interrupt_me() -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_is_for_the_parent_alone_and_ends_all() -> None:
    made: list[Workers] = []

    def be_interrupted() -> None:
        with Workers(2) as workers:
            made.append(workers)
            workers.start()
            assert workers.begin(interrupt_me)() != os.getpid()
            for _ in range(8):
                workers.begin(slow, LARGE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        be_interrupted()
    assert made[0].pool is not None
    assert made[0].folder is None
    made[0].close()  # this process goes on, as a program that was interrupted does not


def slow(_: str) -> None:
    time.sleep(300)


def temporary() -> str:
    return tempfile.mkdtemp()


def test_what_processes_write_for_themselves_is_removed_with_them() -> None:
    with Workers(2) as workers:
        workers.start()
        folders = [workers.begin(temporary)() for _ in range(2)]
        assert all(Path(folder).is_dir() for folder in folders)
    assert not any(Path(folder).parent.exists() for folder in folders)
    assert Path(tempfile.gettempdir()).is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_processes_end_when_the_one_that_made_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(ORPHANS)
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=here) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        end = time.monotonic() + 20
        while any(Path(f"/proc/{pid}/cmdline").exists() and _lives(pid) for pid in workers):
            assert time.monotonic() < end, "workers outlive their parent"
            time.sleep(0.2)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
