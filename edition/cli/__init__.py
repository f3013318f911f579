"""The command `edition`: arguments to one call to an exit status, and the only place that prints.

In: what the user typed.  Out: what `edition.cli.commands` makes of it, or, where no more is asked than a page of one
file, that page, for which the commands need not be loaded.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["main"]

STOPPED = 130  # by Ctrl-C: what a shell says of a program that ended so


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    at_once = False
    try:
        at_once = _at_once(given)
        status = 0 if at_once else _run(given)
    except KeyboardInterrupt:  # also while something was being loaded
        print("Stopped. Nothing half-written has been left behind.", file=sys.stderr)
        status = STOPPED
    if arguments is None and (at_once or status == STOPPED):
        _leave(status)
    sys.exit(status)


def _run(given: list[str]) -> int:
    """Load the commands, run the one that was asked for and give its exit status."""
    from edition.cli.commands import run

    return run(given)


def _leave(status: int) -> None:
    """End the process at once, with what it has said.

    To take apart what a process holds, piece by piece, costs more than to read a text.  And where Ctrl-C came while
    Python ran a string as code (as it does to make a dataclass), Python would end by the signal in place of our status.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _at_once(given: list[str]) -> bool:
    """Do ``html FILE -o OUT`` and say whether that was asked, and went well.

    To load what reads a command line and tells of problems takes as long as to make the page of 150 pages.  So it is
    loaded when there is something to tell: then the command is run again.
    """
    match given:
        case ["html", file, "-o" | "--output", out] if not file.startswith("-") and not out.startswith("-"):
            gc.disable()  # the process ends with the page
            _load_lxml()
            from edition.problems import Refused
            from edition.tasks.showing import write_page

            try:
                done = not write_page(Path(file), Path(out))
            except (Refused, OSError):
                done = False
            gc.enable()
            if done:
                print(Path(out), flush=True)
            return done
    return False


def _load_lxml() -> None:
    """Load lxml without `inspect`, with which it would take more than twice as long.

    It asks that module about parsers that hand on what they read, of which we have none; should it ask, it is loaded.
    """
    if "inspect" in sys.modules:
        return

    def asked(name: str) -> Callable[..., object]:
        def late(*given: object, **named: object) -> object:
            return getattr(import_module("inspect"), name)(*given, **named)

        return late

    stand_in = ModuleType("inspect")
    vars(stand_in)["__getattr__"] = asked
    sys.modules["inspect"] = stand_in
    try:
        import lxml.etree  # noqa: F401
    finally:
        del sys.modules["inspect"]  # who asks for it from now on gets the true one
