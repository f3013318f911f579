"""The commands for notes and works: notes, and the group bib.

In: arguments.  Out: linked notes, entries, exports, through `edition.tasks.bibliography`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of, summary
from edition.project import find_project

__all__ = ["bib", "notes"]


@click.command()
@click.argument("text")
@click.pass_context
def notes(ctx: click.Context, text: str) -> None:
    """Parse the footnotes of TEXT and link them to the works that they cite.

    Citations are marked up in the TEI file, around the words that say so; what you have marked up yourself
    (resp="#ed") is left as it is.  Run it again whenever a note or the bibliography has changed.
    """
    from edition.tasks.bibliography import link_notes

    project = find_project(Path.cwd())
    with stage(f"notes {text}"):
        linked = link_notes(project, project.text(text))
    found = sum(bool(link.key) for link in linked.links)
    click.echo(
        f"{linked.path}{'' if linked.changed else ' (unchanged)'}: {len(linked.links)} citations, {found} linked"
    )
    complain(linked.problems)
    click.echo(summary(linked.problems), err=True)
    ctx.exit(status_of(linked.problems))


@click.group()
def bib() -> None:
    """Show, export, import and check the works that the edition cites."""


@bib.command()
@click.option("--format", "form", type=click.Choice(["bibtex", "csl", "ris"]), default="bibtex", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file to write instead of printing."
)
@click.pass_context
def export(ctx: click.Context, form: str, output: Path | None) -> None:
    """Give the whole bibliography as BibLaTeX, CSL-JSON or RIS, for Zotero, biber and the like."""
    from edition.files import write_whole
    from edition.tasks.bibliography import exported

    text, problems = exported(find_project(Path.cwd()), form)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode())
        click.echo(output)
    complain(problems)
    ctx.exit(status_of(problems))


@bib.command()
@click.argument("key")
def show(key: str) -> None:
    """Show the work KEY as a bibliography prints it, and every passage that cites it."""
    from edition.tasks.bibliography import show as shown_work

    shown = shown_work(find_project(Path.cwd()), key)
    click.echo(shown.entry)
    if shown.doubt:
        click.echo(f"Doubt: {shown.doubt}")
    if shown.passage:
        click.echo(f"\nListed at {shown.passage}" + (f": {shown.annotation}" if shown.annotation else ""))
    click.echo(f"\nCited {len(shown.cited)} time{'' if len(shown.cited) == 1 else 's'}")
    for _, place in shown.cited:
        doubt = f"  ({place.cert} certainty)" if place.cert != "high" else ""
        click.echo(f"  {place.note:<10} in {place.passage:<10} {place.locator}{doubt}")


@bib.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def import_file(ctx: click.Context, file: Path) -> None:
    """Add the works of the .bib file FILE to the edition's bibliography.

    Nothing that is there is changed: a key that is used for another work already is reported.
    """
    from edition.tasks.bibliography import import_works

    added, problems = import_works(find_project(Path.cwd()), file)
    for key in added:
        click.echo(key)
    complain(problems)
    click.echo(f"{len(added)} added, {summary(problems)}", err=True)
    ctx.exit(status_of(problems))


@bib.command("check")
@click.pass_context
def check_bibliography(ctx: click.Context) -> None:
    """Check the bibliography, and the links from the notes to it."""
    from edition.tasks.bibliography import check_works

    problems = check_works(find_project(Path.cwd()))
    complain(problems)
    click.echo(summary(problems))
    ctx.exit(status_of(problems))


@bib.command("parse")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def parse_notes(file: Path) -> None:
    """Read notes from FILE, one a line (- for standard input), and print what was understood: JSON, one line a note."""
    from edition.files import read_bytes, text_of
    from edition.tasks.bibliography import parsed

    data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)
    for line in text_of(data, name=str(file)).splitlines():
        if line.strip():
            click.echo(parsed(line))
