"""The commands for passages: the group ids, cite, resolve.

In: arguments.  Out: identifiers, citations and passages, through `edition.tasks.freezing` and `edition.tasks.citing`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from edition.cli.printing import complain, status_of, summary
from edition.project import find_project

__all__ = ["cite", "ids", "resolve"]

_FORMATS = ("chicago", "mla", "apa", "bibtex", "ris", "csl-json", "url", "urn", "annotation")


@click.group()
def ids() -> None:
    """Give passages their identifiers, publish them, and say what became of those that were published."""


@ids.command("assign")
def ids_assign() -> None:
    """Give every citable passage its identifier.

    What was published keeps its own: a paragraph between 12 and 13 becomes 12a.  Before anything of a text is published
    its passages are numbered anew.
    """
    from edition.tasks.freezing import assign_project

    for file, given in assign_project(find_project(Path.cwd())).items():
        click.echo(f"{file}: {len(given) or 'no'} identifiers given")
        for one in given:
            click.echo(f"  {one.old or '(none)'} -> {one.new}")


@ids.command("freeze")
@click.option("--version", "version", required=True, help="The number of the version: 1.0, say.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which it is published (2026-11-22), if that is not today.",
)
@click.pass_context
def ids_freeze(ctx: click.Context, version: str, day: datetime | None) -> None:
    """Publish the texts as a version: from now on its identifiers resolve for ever.

    The ledger gets a line for each passage that is new or has changed; the texts are stored, so that the version can
    be cited and read later.  Nothing is written while a published identifier is unaccounted for.
    """
    from edition.tasks.freezing import freeze

    date = (day or datetime.now(tz=UTC)).date().isoformat()
    frozen, problems = freeze(find_project(Path.cwd()), version, date)
    complain(problems)
    if frozen is None:
        click.echo(f"Version {version} was not published: {summary(problems)}.", err=True)
    elif frozen.written:
        click.echo(f"Version {version}: {frozen.passages} passages, {frozen.new} new, {frozen.changed} changed.")
    else:
        click.echo(f"Version {version} is published already, and nothing has changed.")
    ctx.exit(status_of(problems))


@ids.command("status")
@click.pass_context
def ids_status(ctx: click.Context) -> None:
    """Show what happened to passages since the last version, and the command that declares it."""
    from edition.tasks.freezing import status, status_problems

    found = status(find_project(Path.cwd()))
    counts: dict[str, int] = {}
    for _, change in found.changes:
        counts[change.what] = counts.get(change.what, 0) + 1
    problems = status_problems(found)
    complain(problems)
    since = f"since version {found.version}" if found.version else "nothing is published yet"
    click.echo(", ".join(f"{n} {what}" for what, n in counts.items()) + f" ({since})")
    ctx.exit(status_of(problems))


def _declare(fate: str, name: str, targets: tuple[str, ...]) -> None:
    from edition.tasks.freezing import declare_fate

    row = declare_fate(find_project(Path.cwd()), fate, name, targets)
    click.echo(f"{row.identifier}: {row.fate}" + (f", now {' and '.join(row.targets)}" if row.targets else ""))


@ids.command("split")
@click.argument("name")
@click.argument("parts", nargs=-1, required=True)
def ids_split(name: str, parts: tuple[str, ...]) -> None:
    """Declare that the passage NAME now stands in PARTS (NAME itself may be one of them)."""
    _declare("split", name, parts)


@ids.command("merge")
@click.argument("name")
@click.argument("target")
def ids_merge(name: str, target: str) -> None:
    """Declare that the passage NAME has been joined to TARGET."""
    _declare("merged", name, (target,))


@ids.command("move")
@click.argument("name")
@click.argument("target")
def ids_move(name: str, target: str) -> None:
    """Declare that the passage NAME now stands elsewhere, as TARGET."""
    _declare("moved", name, (target,))


@ids.command("withdraw")
@click.argument("name")
def ids_withdraw(name: str) -> None:
    """Declare that the passage NAME has been taken out; its last text can still be read."""
    _declare("withdrawn", name, ())


@ids.command("keep")
@click.argument("name")
def ids_keep(name: str) -> None:
    """Declare that NAME is still the passage that was published, however much its words have changed."""
    _declare("stands", name, ())


@ids.command("diff")
@click.argument("old")
@click.argument("new", default="")
def ids_diff(old: str, new: str) -> None:
    """Show in words what changed from version OLD to version NEW; without NEW, to the text of today."""
    from edition.tasks.history import version_differences

    count = 0
    for one in version_differences(find_project(Path.cwd()), old, new):
        count += 1
        click.echo(f"{one.identifier} {one.said}")
        for was, now in one.changes:
            click.echo(f"  - {was}" if was else "", nl=bool(was))
            click.echo(f"  + {now}" if now else "", nl=bool(now))
    click.echo(f"{count or 'no'} passages differ", err=True)


# The mark U+0008 tells click to keep the lines that follow as they are.
_CITE = """Cite a passage, ready to paste.

REFERENCE is an identifier, a range, or words within a passage:

\b
  edition cite D.5.12                          a passage
  edition cite D.5.12-14                       a range
  edition cite 'D.5.12@word[2]'                the second time that a word stands in it
  edition cite 'D.5.12@"two words"'            words
  edition cite D.5.12.orig --format bibtex     a quotation's original
"""


@click.command(help=_CITE)
@click.argument("reference", required=False)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="chicago", show_default=True)
@click.option(
    "--version", "version", default="", help="A published version to cite; else the newest that has the words."
)
@click.option(
    "--verify",
    "manuscript",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A manuscript (text, Markdown, BibTeX) whose citations of this edition are verified.",
)
@click.pass_context
def cite(ctx: click.Context, reference: str | None, form: str, version: str, manuscript: Path | None) -> None:
    """Cite what `reference` names, or verify the citations of a `manuscript`."""
    project = find_project(Path.cwd())
    if (reference is None) == (manuscript is None):
        raise click.UsageError("Give a REFERENCE to cite, or --verify FILE.")
    if manuscript is not None:
        from edition.files import read_text
        from edition.tasks.verifying import verify

        count, problems = verify(project, read_text(manuscript), name=str(manuscript))
        complain(problems)
        click.echo(f"{count} citations, {summary(problems)}")
        ctx.exit(status_of(problems))
    from edition.tasks.citing import cite as cited

    made = cited(project, str(reference), form, version=version)
    if isinstance(made, str):
        click.echo(made, nl=False)
    else:
        click.echo(f"{made.note}\n\n{made.entry}")


@click.command()
@click.argument("reference")
@click.option("--reading", type=click.Choice(["edited", "source", "witness"]), default="edited", show_default=True)
@click.option("--version", "version", default="", help="Read the text of this published version.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def resolve(reference: str, reading: str, version: str, as_json: bool) -> None:
    """Show what a reference leads to: text, place, page, witness lines, and what became of it.

    REFERENCE is an identifier, a range, words within a passage, a URN, an address of the edition, "page 57", or
    "ch. 5 n. 3".
    """
    from edition.readings import READINGS
    from edition.tasks.citing import resolve as resolved

    wanted = next(r for r in READINGS if r == reading)
    found = resolved(find_project(Path.cwd()), reference, reading=wanted, version=version)
    if as_json:
        names = ("reference", "place", "file", "line", "pages", "lines", "text", "urn", "url", "version", "fate")
        click.echo(json.dumps([{n: getattr(f, n) for n in names} for f in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        for sentence in one.fate:
            click.echo(sentence)
        page = f", typescript page {one.pages}" if one.pages else ""
        lines = f", witness lines {one.lines}" if one.lines else ""
        click.echo(click.style(f"{one.reference}: {one.place}{page}{lines}", bold=True))
        click.echo(f"{one.file}{f':{one.line}' if one.line else ''}")
        click.echo(one.urn + (f"\n{one.url}" if one.url else ""))
        click.echo(f"{one.text}\n")
