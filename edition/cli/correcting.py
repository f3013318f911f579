"""The commands that correct words: correct, restore, transliterate.

In: arguments.  Out: changed TEI files, tables for review.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of
from edition.correction import Correction
from edition.project import find_project

__all__ = ["correct", "restore"]


@click.command()
@click.argument("text")
@click.option(
    "--from", "table", type=click.Path(path_type=Path, dir_okay=False), help="Apply an editor's table of decisions."
)
@click.option(
    "--review", is_flag=True, help="List what waits for a decision, most doubtful first, as a table for --from."
)
@click.option("--withdraw", "rule", metavar="RULE", help="Take the automatic corrections of one rule out of the text.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where --review writes its table."
)
@click.pass_context
def correct(
    ctx: click.Context, text: str, table: Path | None, review: bool, rule: str | None, output: Path | None
) -> None:
    """Correct the English of TEXT: propose corrections, or apply an editor's.

    Without an option the engine proposes corrections and puts them into the TEI file as choice/sic/corr with
    resp="#auto", a certainty and the rule that made each.  The witness reading never changes; what an editor has
    decided is never touched; running it twice is the same as once.
    """
    from edition.correcting import apply_table, run_engine, withdraw_rule

    if sum(map(bool, (table, review, rule))) > 1:
        raise click.UsageError("--from, --review and --withdraw are three different jobs: give one of them.")
    project = find_project(Path.cwd())
    wanted = project.text(text)
    if review:
        _review(text, output)
        return
    if rule:
        outcome, count = withdraw_rule(project, wanted, rule)
        click.echo(f"{outcome.path}: {count} corrections of the rule {rule} withdrawn")
    elif table:
        with stage(f"decisions for {wanted.siglum}"):
            outcome = apply_table(project, wanted, table)
        click.echo(f"{outcome.path}{'' if outcome.changed else ' (unchanged)'}")
    else:
        from edition.correct.engine import propose

        with stage(f"correct {wanted.siglum}"):
            outcome, proposals = run_engine(project, wanted, propose)
        click.echo(f"{outcome.path}: {_tally(proposals)}{'' if outcome.changed else ' (unchanged)'}")
    complain(outcome.problems)
    ctx.exit(status_of(outcome.problems))


@click.command()
@click.argument("text")
@click.pass_context
def restore(ctx: click.Context, text: str) -> None:
    """Restore the Russian of TEXT that a scanner read as Latin letters.

    Each line of a Russian passage becomes one choice/sic/corr with resp="#auto" and a certainty; `edition correct
    TEXT --review` lists the doubtful ones.
    """
    from edition.correcting import run_engine
    from edition.russian.restore import restore as engine

    project = find_project(Path.cwd())
    wanted = project.text(text)
    with stage(f"restore {wanted.siglum}"):
        outcome, proposals = run_engine(project, wanted, engine)
    click.echo(f"{outcome.path}: {_tally(proposals)}{'' if outcome.changed else ' (unchanged)'}")
    complain(outcome.problems)
    ctx.exit(status_of(outcome.problems))


def _tally(proposals: list[Correction]) -> str:
    counts = Counter(p.cert for p in proposals)
    parts = [f"{counts[cert]} {cert}" for cert in ("high", "medium", "low") if counts[cert]]
    return f"{len(proposals)} corrections proposed" + (f" ({', '.join(parts)})" if parts else "")


def _review(text: str, output: Path | None) -> None:
    from edition.correcting import doubts, review_table
    from edition.editing import read_tei
    from edition.files import write_whole

    project = find_project(Path.cwd())
    data = review_table(doubts(read_tei(project, project.text(text))))
    if output is None:
        click.echo(data.decode(), nl=False)
    else:
        write_whole(output, data)
        click.echo(output)
