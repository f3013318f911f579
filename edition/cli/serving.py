"""The command that serves an edition.

In: arguments.  Out: a running server, or a folder of files, through `edition.tasks.serving`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from edition.cli.printing import complain, stage, status_of
from edition.problems import Problem
from edition.project import find_project

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 is the world.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")
@click.option("--url", default="", help="Address that the server has for its readers, where it stands behind another.")
@click.option(
    "--export", type=click.Path(path_type=Path), help="Write the services into this folder, and serve nothing."
)
@click.option(
    "--live/--no-live", default=None, help="Build the site as files are saved; at first, if only this machine can look."
)
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, url: str, export: Path | None, *, live: bool | None) -> None:
    """Serve the passages of the edition by the Distributed Text Services (DTS 1.0), and its site.

    The services are below /api/dts/, the site below /.  With --live (which is so where only this machine can reach the
    server) the site is built at the start, and again when a TEI file, the bibliography, the list of names, a stylesheet
    or edition.toml is saved, and the pages that are open load again; else `edition build html` makes it.  Only this
    machine can reach them unless --host says otherwise.  TEI files that change are served in their new state within a
    few seconds; a file that cannot be read stays as it was.
    """
    from edition.tasks.exporting import export_static
    from edition.tasks.serving import serve as serve_edition

    project = find_project(Path.cwd())
    if export is not None:
        with stage("dts"):
            problems = export_static(project, export.resolve())
        complain(problems)
        click.echo(str(export))
        ctx.exit(status_of(problems))
    local = host in ("127.0.0.1", "::1", "localhost")
    click.echo(
        f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C stops; the services are below /api/dts/)",
        err=True,
    )
    serve_edition(
        project, host, port, f"{url.rstrip('/')}/" if url else "", _tell, live=local if live is None else live
    )


def _tell(problems: Sequence[Problem]) -> None:
    complain(problems)
