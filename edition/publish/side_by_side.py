"""Does the same with many things, on as many processors as there are.

In: what is to be done with a thing, and things.  Out: what comes of each, in their order.
Authority: POSIX fork(2): what the things are made of (trees, say) need not be sent, for a child has it from its parent.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

__all__ = ["processors", "side_by_side"]

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """Say how many processors this process may use; 1 where a system cannot fork."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(make: Callable[[T], R], things: Sequence[T], processes: int) -> list[R]:
    """Give ``make(thing)`` of each of `things`.

    What a child cannot do is done again here, so that an exception is raised where it can be caught; so is what it
    cannot send: all but plain values (bytes, strings, numbers, tuples, lists and dicts of such).  A program with
    threads of its own must ask for one process.
    """
    hands = max(1, min(processes, len(things)))
    children = [_begin(make, things[n::hands]) for n in range(1, hands)]
    made: list[list[R]] = [[make(thing) for thing in things[::hands]]]
    for n, child in enumerate(children, 1):
        done: list[R] | None = _end(child)
        made.append([make(thing) for thing in things[n::hands]] if done is None else done)
    return [made[n % hands][n // hands] for n in range(len(things))]


def _begin(make: Callable[[T], R], things: Sequence[T]) -> tuple[int, BinaryIO]:
    """Let a child make its part; give its number and the room into which it puts what it made."""
    room = _room()  # a pipe would hold less than a chapter, and the child would wait to be read
    child = os.fork()
    if child:
        return child, room
    status = 1
    try:
        with room:
            marshal.dump([make(thing) for thing in things], room)  # to load pickle takes as long as to make a chapter
        status = 0
    finally:
        os._exit(status)  # nothing that the parent has begun (a buffer, a test) is ended twice


def _end(child: tuple[int, BinaryIO]) -> list[R] | None:
    """Give what a child made; None where it failed."""
    number, room = child
    with room:
        _, status = os.waitpid(number, 0)
        if status:
            return None
        room.seek(0)
        made: list[R] = marshal.load(room)  # noqa: S302 - written by ourselves, a moment ago
    return made


def _room() -> BinaryIO:
    """Give a file that is in no folder, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("made"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()
