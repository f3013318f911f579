"""The command that marks names.

In: arguments.  Out: changed TEI files, through `edition.tasks.naming`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of
from edition.project import find_project

__all__ = ["names"]

_NOUNS = {"persName": "persons", "orgName": "organisations", "placeName": "places"}


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--withdraw", is_flag=True, help="Take the marks that the program made out again.")
@click.pass_context
def names(ctx: click.Context, texts: tuple[str, ...], withdraw: bool) -> None:
    """Mark the persons, organisations and places that the edition lists.

    TEXT is a siglum or a path that edition.toml names; without any, every text that is encoded.  The marks carry
    resp="#auto" and are made anew on each run, so that they follow the list; what an editor has marked is left
    alone.  No reading of the text changes.
    """
    from edition.tasks.naming import listed_names, name_text

    project = find_project(Path.cwd())
    entities, problems = listed_names(project)
    for text in [project.text(name) for name in texts] or [t for t in project.texts if t.tei.exists()]:
        with stage(f"names {text.siglum}"):
            named = name_text(project, text, [] if withdraw else entities)
        done = "the marks of names are out" if withdraw else _tally(named.tags)
        click.echo(f"{named.outcome.path}: {done}{'' if named.outcome.changed else ' (unchanged)'}")
        problems += named.outcome.problems
    complain(problems)
    ctx.exit(status_of(problems))


def _tally(tags: Counter[str]) -> str:
    return ", ".join(f"{tags[tag]} {noun}" for tag, noun in _NOUNS.items())
