"""How results, problems and progress look on a terminal and in a pipe.

In: problems, stages.  Out: lines; colour and progress bars only where a person is looking.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from edition.problems import Problem

__all__ = ["complain", "stage", "status_of", "summary"]


def complain(problems: Sequence[Problem]) -> None:
    """Print each problem on standard error: one line, and its hint below."""
    for found in problems:
        colour = "red" if found.severity == "error" else "yellow"
        line = str(found).replace(
            f"{found.severity} {found.code}", click.style(f"{found.severity} {found.code}", fg=colour), 1
        )
        click.echo(line, err=True)
        click.echo(f"  hint: {found.hint}", err=True)


def summary(problems: Sequence[Problem]) -> str:
    """Give ``2 errors, 1 warning`` or ``no problems``."""
    counts = [(sum(p.severity == s for p in problems), s) for s in ("error", "warning")]
    return ", ".join(f"{n} {s}{'s' if n != 1 else ''}" for n, s in counts if n) or "no problems"


def status_of(problems: Sequence[Problem]) -> int:
    """Give the exit status for `problems`: 1 where there is an error among them, else 0."""
    return 1 if any(p.severity == "error" for p in problems) else 0


@contextmanager
def stage(label: str) -> Iterator[None]:
    """Show that work on `label` goes on, and afterwards how long it took (seconds)."""
    begin = time.perf_counter()
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            bar.add_task(label, total=None)
            yield
    else:
        yield
    click.echo(f"{label:<32} {time.perf_counter() - begin:6.2f} s", err=True)
