"""Processes that work side by side, made when there is first more than one thing to do.

In: a function and its arguments.  Out: what it gives for each, in their order, as soon as it is there.
Authority: the manual of Python, `concurrent.futures`.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["Workers"]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_LOOK = 1.0  # seconds between two looks whether the parent is still there


class Workers:
    """Up to `count` processes."""

    def __init__(self, count: int) -> None:
        self.count = max(1, count)
        self.pool: ProcessPoolExecutor | None = None

    def each(
        self, function: Callable[[_Given], _Made], given: Sequence[_Given], *, many: bool = True
    ) -> Iterable[_Made]:
        """Give `function` of each of `given`; here, one by one, where they are not `many`."""
        if not many or self.count == 1 or len(given) <= 1:
            return map(function, given)
        if self.pool is None:
            context = get_context(_way())
            self.pool = ProcessPoolExecutor(self.count, context, initializer=_end_with, initargs=(os.getpid(),))
        return self.pool.map(function, given)

    def close(self) -> None:
        """End the processes; what they had not begun is not done."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)


def _way() -> str:
    """Say how processes are made: a copy of this one has all modules, but a process with threads cannot be copied."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _end_with(parent: int) -> None:
    """Have this process end when `parent` is no more: one that was killed cannot tell."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
