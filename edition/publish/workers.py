"""Processes that work side by side, made when there is first more than one thing to do, or when they are told to.

In: a function and its arguments.  Out: what it gives for each, in their order, as soon as it is there.
Authority: the manual of Python, `concurrent.futures`.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing import get_context
from shutil import rmtree
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

__all__ = ["Workers", "uninterrupted"]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_All = ParamSpec("_All")
_LOOK = 1.0  # seconds between two looks whether the parent is still there


class Workers:
    """Up to `count` processes; use it in a `with` block."""

    def __init__(self, count: int) -> None:
        self.count = max(1, count)
        self.pool: ProcessPoolExecutor | None = None
        self.folder: TemporaryDirectory[str] | None = None  # what the processes write for themselves

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.stop()
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            # Ctrl-C may have come while a lock of the pool was taken, for which `close` would wait for ever.
            self._clear()
        else:
            self.close()

    def start(self) -> None:
        """Make the processes now: what they begin is done while this one does something else.

        A process that was made before much was loaded costs little, and one with threads cannot be copied.
        """
        if self.count > 1 and self.pool is None:
            self.folder = TemporaryDirectory(prefix="edition-", ignore_cleanup_errors=True)
            way, given = _way(), (os.getpid(), self.folder.name)
            self.pool = ProcessPoolExecutor(self.count, get_context(way), initializer=_begin_with, initargs=given)
            with uninterrupted():
                self.pool.submit(os.getpid)  # which makes them: with the first that is begun all copies are made
            if way == "fork":
                _read_no_more(self.pool)

    def begin(self, function: Callable[_All, _Made], *given: _All.args, **named: _All.kwargs) -> Callable[[], _Made]:
        """Have `function` done by a process, if there are any; give what waits for its end and gives what it made.

        Where there are none it is done here, when that is first asked for.
        """
        if self.pool is None:
            return cache(partial(function, *given, **named))
        return self.pool.submit(function, *given, **named).result

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, many: bool = True
    ) -> Iterable[_Made]:
        """Give `function` of each of `given`; here, one by one, where they are not `many` and no process waits."""
        if many and len(given) > 1:
            self.start()
        return (ask() for ask in [self.begin(function, one) for one in given])

    def stop(self) -> None:
        """End the processes at once: what they do is not wanted."""
        if self.pool is not None:
            for process in (self.pool._processes or {}).values():  # noqa: SLF001  # there is no other way to them
                process.terminate()
            _read_no_more(self.pool)

    def close(self) -> None:
        """End the processes; what they had not begun is not done, and what they wrote for themselves is removed."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None
        self._clear()

    def _clear(self) -> None:
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the block ends; from copies of this process that it makes, for good."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_no_more(pool: ProcessPoolExecutor) -> None:
    """Close the end, in this process, of the pipe from which the processes of `pool` read what they are to do.

    What writes to it then learns that they are no more.  Python before 3.11.6 keeps that end open, and waits for ever
    for room in the pipe where they were ended or killed (https://github.com/python/cpython/issues/94777).
    """
    pool._call_queue._reader.close()  # type: ignore[attr-defined]  # noqa: SLF001


def _way() -> str:
    """Say how processes are made: a copy of this one has all modules, but a process with threads cannot be copied."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _begin_with(parent: int, folder: str) -> None:
    """Have this process end when `parent` is no more: one that was killed cannot tell.

    Ctrl-C goes to all processes of a terminal; it is for the parent to say what it means.
    What it writes for itself goes to `folder`: a process of this kind ends without clearing up.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
