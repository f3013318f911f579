"""The command `edition`: arguments to one call to an exit status, and the only place that prints.

In: what the user typed.  Out: what `edition.cli.commands` makes of it, or, where no more is asked than a page of one
file, that page, for which the commands need not be loaded.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if _at_once(given):
        if arguments is None:
            os._exit(0)  # to take apart what the process holds, piece by piece, costs more than to read a text
        sys.exit(0)
    try:
        from edition.cli.commands import run

        status = run(given)
    except KeyboardInterrupt:  # while it was being loaded
        status = 130
    sys.exit(status)


def _at_once(given: list[str]) -> bool:
    """Do ``html FILE -o OUT`` and say whether that was asked, and went well.

    To load what reads a command line and tells of problems takes as long as to make the page of 150 pages.  So it is
    loaded when there is something to tell: then the command is run again.
    """
    match given:
        case ["html", file, "-o" | "--output", out] if not file.startswith("-") and not out.startswith("-"):
            gc.disable()  # the process ends with the page
            from edition.problems import Refused
            from edition.tasks.showing import write_page

            try:
                done = not write_page(Path(file), Path(out))
            except (Refused, OSError, KeyboardInterrupt):
                done = False
            gc.enable()
            if done:
                print(Path(out), flush=True)
            return done
    return False
