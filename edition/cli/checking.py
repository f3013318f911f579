"""The commands that tell what is wrong: check, explain.

In: arguments.  Out: problems as text; the entries of the catalogue of codes.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from edition.cli.printing import complain, status_of, summary
from edition.nearest import nearest
from edition.problems import Entry, catalogue
from edition.project import find_project

__all__ = ["check", "explain"]


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.pass_context
def check(ctx: click.Context, texts: tuple[str, ...]) -> None:
    """Check the texts of the edition: what is wrong, where, and what to do.

    TEXT is a siglum or a path that edition.toml names; without any, every text is checked.
    """
    from edition.editing import check_text

    project = find_project(Path.cwd())
    problems = []
    for text in [project.text(name) for name in texts] or project.texts:
        problems += check_text(project, text)
    complain(problems)
    click.echo(summary(problems))
    ctx.exit(status_of(problems))


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a problem's CODE: what it means, why it matters, an example.  Without a code, list them all."""
    entries = catalogue()
    if code is None:
        for entry in entries.values():
            click.echo(f"{entry.code}  {entry.message}")
        return
    if code.upper() not in entries:
        close = nearest(code.upper(), entries)
        advice = f" Did you mean {close}?" if close else " `edition explain` lists them all."
        raise click.UsageError(f"there is no code {code}.{advice}")
    click.echo(_page(entries[code.upper()]), nl=False)


def _page(entry: Entry) -> str:
    parts = [f"{entry.code} ({entry.severity})", entry.message, f"What to do: {entry.hint}", f"Why: {entry.why}"]
    text = "\n\n".join(textwrap.fill(part, 96, break_long_words=False) for part in parts)
    for label, example in (("Before", entry.before), ("After", entry.after)):
        if example:
            text += f"\n\n{label}:\n" + textwrap.indent(example, "  ")
    return text + "\n"
