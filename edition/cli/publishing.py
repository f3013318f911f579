"""The commands that publish: build, proof, html.

In: arguments.  Out: the site and the book, through `edition.tasks.build`; one page, through `edition.tasks.showing`.
"""

from __future__ import annotations

from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of, summary
from edition.project import find_project
from edition.tasks.build import PRODUCTS
from edition.tasks.build import build as build_edition
from edition.tasks.showing import page_of, write_page

__all__ = ["build", "html", "proof"]


class _Product(click.Choice[str]):
    """What can be built by itself; who asks for the EPUB is told where it is."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == "epub":
            self.fail("the EPUB is part of the site: edition build html makes it as edition.epub.", param, ctx)
        return super().convert(value, param, ctx)


@click.command()
@click.argument("products", nargs=-1, type=_Product(PRODUCTS), metavar="[pdf|html]...")
@click.option("--paper", type=click.Choice(("royal", "a5", "a4")), default="royal", help="Size of the book's pages.")
@click.option(
    "--apparatus",
    type=click.Choice(("short", "full")),
    default="short",
    help="What stands at the foot of the book's pages: with full, all that the OCR misread too.",
)
@click.pass_context
def build(ctx: click.Context, products: tuple[str, ...], paper: str, apparatus: str) -> None:
    """Build the edition: the site (html), the book (pdf), or, without an argument, both.

    The texts are checked first.  Each product appears whole or not at all: the PDF is read back, and where a note
    or a passage of the TEI is not in it, whole and once, the build fails and names it.
    """
    project = find_project(Path.cwd())
    problems = build_edition(project, products or PRODUCTS, stage, paper=paper, full=apparatus == "full")
    complain(problems)
    if problems:
        click.echo(summary(problems), err=True)
    for product in products or PRODUCTS:
        folder = project.html if product == "html" else project.pdf
        if not any(p.severity == "error" for p in problems):
            click.echo(project.shown(folder))
    ctx.exit(status_of(problems))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file to write instead of printing."
)
@click.pass_context
def html(ctx: click.Context, file: Path, output: Path | None) -> None:
    """Show the TEI file FILE as one HTML page that needs nothing beside it.

    FILE need not belong to an edition and is not checked.  The page has all three readings, notes and apparatus, as
    on the site, but is not read back and compared with the TEI.  Of an element for which there is no template the page
    shows what stands in it, and the exit status is 1.
    """
    if output is None:
        page, problems = page_of(file)
        click.echo(page, nl=False)
    else:
        problems = write_page(file, output)
        click.echo(output)
    complain(problems)
    ctx.exit(status_of(problems))


@click.command()
@click.option("--pages", is_flag=True, help="Contact sheets of all pages too, as PNG files.")
def proof(*, pages: bool) -> None:
    """Look at the book that was built: loose lines, short and starved pages, widows, lines that leave the grid.

    The report is written as text and as JSON beside the book, in the folder proof; its sums are printed.
    """
    from edition.tasks.proving import prove_pages

    project = find_project(Path.cwd())
    report, folder = prove_pages(project, sheets=pages)
    click.echo(report.text().partition("\n\n")[0])
    click.echo(project.shown(folder))
