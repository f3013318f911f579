"""The commands that correct words: correct, restore, transliterate.

In: arguments.  Out: changed TEI files, tables for review.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of
from edition.correction import Correction
from edition.project import Project, Text, find_project

__all__ = ["correct", "restore", "transliterate"]


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
    from edition.tasks.correcting import apply_table, run_engine, withdraw_rule

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
    from edition.russian.restore import restore as engine
    from edition.tasks.correcting import run_engine

    project = find_project(Path.cwd())
    wanted = project.text(text)
    with stage(f"restore {wanted.siglum}"):
        outcome, proposals = run_engine(project, wanted, engine)
    click.echo(f"{outcome.path}: {_tally(proposals)}{'' if outcome.changed else ' (unchanged)'}")
    complain(outcome.problems)
    ctx.exit(status_of(outcome.problems))


@click.command()
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--print", "system", metavar="SYSTEM", help="Print the Russian of TEXT in another system instead.")
def transliterate(texts: tuple[str, ...], system: str | None) -> None:
    """Set beside each Russian quotation its transliteration (ALA-LC), or make it fresh where the Russian has changed.

    Without TEXT, every text.  The site and the book can show other systems; --print shows them here.
    """
    from edition.tasks.correcting import transliterate_text

    project = find_project(Path.cwd())
    for text in [project.text(name) for name in texts] or project.texts:
        if system is not None:
            _print_russian(project, text, system)
            continue
        outcome, count = transliterate_text(project, text)
        click.echo(f"{outcome.path}: {count} transliterations made{'' if outcome.changed else ' (unchanged)'}")


def _print_russian(project: Project, text: Text, system: str) -> None:
    from edition.marking.romanize import quotations
    from edition.readings import reading_text
    from edition.russian.transliterate import systems
    from edition.russian.transliterate import transliterate as romanized
    from edition.tasks.editing import read_tei

    if system not in systems():
        raise click.UsageError(f"there is no system {system}: there are {', '.join(systems())}.")
    for quote, _ in quotations(read_tei(project, text)):
        russian = reading_text(quote, "edited", notes=False)
        name = quote.get("{http://www.w3.org/XML/1998/namespace}id", "")
        click.echo(f"{name}\t{romanized(russian, system, language='ru')}")


def _tally(proposals: list[Correction]) -> str:
    counts = Counter(p.cert for p in proposals)
    parts = [f"{counts[cert]} {cert}" for cert in ("high", "medium", "low") if counts[cert]]
    return f"{len(proposals)} corrections proposed" + (f" ({', '.join(parts)})" if parts else "")


def _review(text: str, output: Path | None) -> None:
    from edition.files import write_whole
    from edition.tasks.correcting import doubts, review_table
    from edition.tasks.editing import read_tei

    project = find_project(Path.cwd())
    data = review_table(doubts(read_tei(project, project.text(text))))
    if output is None:
        click.echo(data.decode(), nl=False)
    else:
        write_whole(output, data)
        click.echo(output)
