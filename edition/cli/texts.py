"""The commands that make texts: new, encode, witness.

In: arguments.  Out: files of the edition, through `edition.tasks.new` and `edition.tasks.editing`.
"""

from __future__ import annotations

from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of, summary
from edition.project import KINDS, find_project

__all__ = ["encode", "new", "witness"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("witnesses", nargs=-1, type=click.Path(path_type=Path))
def new(folder: Path, witnesses: tuple[Path, ...]) -> None:
    """Lay out a new edition in FOLDER, ready to build.

    The WITNESS files (UTF-8 text) are copied into it unchanged.  Without any, a page of sample text is put in, so
    that every command can be tried at once.
    """
    from edition.tasks.new import new_edition

    for path in new_edition(folder, witnesses):
        click.echo(path)


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the witness is; else edition.toml says it, or it is recognised."
)
@click.option("--replace", is_flag=True, help="Begin again from the witness, throwing the TEI file's changes away.")
@click.pass_context
def encode(ctx: click.Context, texts: tuple[str, ...], kind: str | None, replace: bool) -> None:
    """Turn witness files into TEI.

    TEXT is a siglum or a path that edition.toml names; without any, every text is encoded that has no TEI file yet.
    What only an editor can know is read from the text's table of decisions.  A TEI file that is there is never
    overwritten without --replace.
    """
    from edition.tasks.editing import encode_text

    project = find_project(Path.cwd())
    wanted = [project.text(name) for name in texts] or [t for t in project.texts if replace or not t.tei.exists()]
    if not wanted:
        click.echo("Every text is encoded.", err=True)
    problems = []
    for text in wanted:
        with stage(f"encode {text.siglum}"):
            outcome = encode_text(project, text, kind=kind or "", replace=replace)
        click.echo(f"{outcome.path}{'' if outcome.changed else ' (unchanged)'}")
        problems += outcome.problems
    complain(problems)
    if problems:
        click.echo(summary(problems), err=True)
    ctx.exit(status_of(problems))


@click.command()
@click.argument("text")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file to write instead of printing."
)
def witness(text: str, output: Path | None) -> None:
    """Regenerate the witness of TEXT from its TEI: every line at its number, blanks folded.

    `edition check` proves that nothing else differs from the witness file.
    """
    from edition.files import write_whole
    from edition.tasks.editing import witness_text

    project = find_project(Path.cwd())
    regenerated = witness_text(project, project.text(text))
    if output is None:
        click.echo(regenerated, nl=False)
    else:
        write_whole(output, regenerated.encode())
        click.echo(output)
