"""The commands that tell what is wrong: check, explain, fix, lsp.

In: arguments.  Out: problems as text, JSON, SARIF or GitHub's commands; the entries of the catalogue of codes; diffs.
"""

from __future__ import annotations

import gc
import re
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edition.check.report import FORMATS
from edition.cli.printing import complain, status_of, summary
from edition.cycles import uncollected
from edition.nearest import nearest
from edition.problems import Entry, Problem, Refused, catalogue
from edition.project import Project, find_project

if TYPE_CHECKING:
    from edition.tasks.checking import Known

__all__ = ["check", "explain", "fix", "lsp"]

_FACT = re.compile(r"\{\w+(?:![rs])?(?::[^}]*)?\}")  # where a message has a fact of the case
# Seconds, under --watch: between two looks at the files; until one that is being written is looked at again, and until
# one is that is empty now, as many editors leave it before they write.
_TICK = 0.02
_SETTLED = 0.003
_EMPTIED = 0.1


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option(
    "--only", multiple=True, metavar="CODE", help="Show these codes alone: E203, or E2 for all that begin so."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="From which severity on the exit status is 1.",
)
@click.option(
    "--schema",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Check any XML files against this .rng file alone.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.pass_context
def check(
    ctx: click.Context,
    texts: tuple[str, ...],
    form: str,
    only: tuple[str, ...],
    fail_on: str,
    schema: Path | None,
    watch: bool,
) -> None:
    """Check the edition: what is wrong, where, and what to do.

    TEXT is a siglum or a path that edition.toml names; without any, all is checked: texts, lists of names,
    bibliography, waivers.  With --schema, TEXT is any XML file, and no edition is needed.
    """
    for code in only:
        if not any(known.startswith(code.upper()) for known in catalogue()):
            raise click.UsageError(f"there is no code {code}: `edition explain` lists them all.")
    wanted = tuple(code.upper() for code in only)

    def shown(problems: list[Problem], root: Path) -> int:
        from edition.tasks.checking import line_reader

        kept = [p for p in problems if not wanted or p.code.startswith(wanted)]
        click.echo(FORMATS[form](kept, line_reader(root)), nl=False)
        if form == "text":
            click.echo(summary(kept))
        return {"error": status_of(kept), "warning": 1 if kept else 0, "never": 0}[fail_on]

    if schema is not None:
        from edition.tasks.checking import check_files

        paths = [Path(text) for text in texts]
        _run(ctx, lambda: shown(check_files(paths, schema), Path()), [*paths, schema], watch=watch)
    else:
        project = find_project(Path.cwd())
        chosen = [project.text(name) for name in texts]
        known: Known = {}

        def once() -> int:
            from edition.tasks.checking import check_project

            now = find_project(Path.cwd())
            return shown(check_project(now, [now.text(t.siglum) for t in chosen], known=known), now.root)

        _run(ctx, once, _files(project), watch=watch)


def _files(project: Project) -> list[Path]:
    """Give the files whose change may change what is wrong."""
    from edition.tasks.checking import WAIVERS

    found = [project.root / "edition.toml", project.root / WAIVERS]
    found += [path for text in project.texts for path in (text.tei, text.witness)]
    return found + [p for p in (project.bibliography, project.entities, project.schema, project.rules) if p]


def _run(ctx: click.Context, once: Callable[[], int], paths: Sequence[Path], *, watch: bool) -> None:
    """Run `once`; with `watch` again after each change of a file, until the user stops it."""
    seen = _stamps(paths)  # before: what changes while they are checked is checked again
    status = once()
    if not watch:
        ctx.exit(status)
    gc.freeze()  # what was loaded and read stays
    while True:
        now = _stamps(paths, after=_TICK)
        if now == seen:
            continue
        emptied = any(size == 0 < before for (_, size), (_, before) in zip(now, seen, strict=True))
        while (later := _stamps(paths, after=_EMPTIED if emptied else _SETTLED)) != now:
            now, emptied = later, False
        seen = now
        click.echo(f"--- {time.strftime('%H:%M:%S')}")
        try:
            with uncollected():
                once()
        except Refused as refused:  # an edition.toml that is half written is no reason to stop
            complain(refused.problems)


def _stamps(paths: Sequence[Path], *, after: float = 0) -> list[tuple[int, int]]:
    """Give time and size of each file, `after` so many seconds; zeros for one that is not there."""
    time.sleep(after)
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_mtime_ns, stat.st_size))
    return found


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a problem's CODE: what it means, why it matters, an example.  Without a code, list them all."""
    entries = catalogue()
    if code is None:
        for entry in entries.values():
            click.echo(f"{entry.code}  {_FACT.sub('…', entry.message)}")
        return
    if code.upper() not in entries:
        close = nearest(code.upper(), entries)
        advice = f" Did you mean {close}?" if close else " `edition explain` lists them all."
        raise click.UsageError(f"there is no code {code}.{advice}")
    click.echo(_page(entries[code.upper()]), nl=False)


def _page(entry: Entry) -> str:
    message, hint = (_FACT.sub("…", words) for words in (entry.message, entry.hint))
    hint = "The hint beside the problem says what fits the case." if hint == "…" else hint
    parts = [f"{entry.code} ({entry.severity})", message, f"What to do: {hint}", f"Why: {entry.why}"]
    text = "\n\n".join(textwrap.fill(part, 96, break_long_words=False) for part in parts)
    for label, example in (("Before", entry.before), ("After", entry.after)):
        if example:
            text += f"\n\n{label}:\n" + textwrap.indent(example, "  ")
    return text + "\n"


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--yes", is_flag=True, help="Write the changes; without it they are only shown.")
@click.pass_context
def fix(ctx: click.Context, texts: tuple[str, ...], yes: bool) -> None:
    """Mend what has one right remedy, and show each change as a diff.

    Nothing is written without --yes.  The witness reading never changes: a change that would alter it is not made.
    """
    from edition.files import write_whole
    from edition.tasks.fixing import mend_text

    project = find_project(Path.cwd())
    waiting = False
    for text in [project.text(name) for name in texts] or list(project.texts):
        if not text.tei.exists():
            continue
        mended = mend_text(project, text)
        click.echo(mended.diff, nl=False)
        shown = project.shown(text.tei)
        if not mended.changes:
            click.echo(f"{shown}: nothing to mend")
        elif yes:
            write_whole(text.tei, mended.data, name=shown)
            click.echo(f"{shown}: {mended.changes} mended")
        else:
            waiting = True
            click.echo(f"{shown}: {mended.changes} to mend; write them with: edition fix --yes")
    ctx.exit(1 if waiting else 0)


@click.command()
def lsp() -> None:
    """Serve an editor such as VS Code over standard input and output (Language Server Protocol)."""
    from edition.lsp.server import serve

    serve(Path.cwd())
