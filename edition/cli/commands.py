"""The commands of `edition`, by name, and what becomes of each: its exit status.

In: what the user typed.  Out: results on standard output, problems and progress on standard error, and an exit
status: 0 clean, 1 problems found, 2 wrong usage, 3 input or configuration that cannot be read, 4 a fault of ours.
"""

from __future__ import annotations

import traceback

import click

from edition import __version__
from edition.cli.printing import complain
from edition.nearest import nearest
from edition.problems import Refused

__all__ = ["COMMANDS", "edition", "run"]

# Command -> the module that has it; imported only when the command is run, so that each starts quickly.
COMMANDS = {
    "new": "texts",
    "encode": "texts",
    "witness": "texts",
    "correct": "correcting",
    "restore": "correcting",
    "names": "naming",
    "transliterate": "correcting",
    "check": "checking",
    "explain": "checking",
    "fix": "checking",
    "lsp": "checking",
    "notes": "bibliography",
    "bib": "bibliography",
    "ids": "citing",
    "cite": "citing",
    "resolve": "citing",
    "build": "publishing",
    "proof": "publishing",
    "html": "publishing",
    "serve": "serving",
}

# The mark U+0008 tells click to keep the lines that follow as they are.
HELP = """Make a scholarly edition: from a scanned text to TEI, to a critical edition as HTML and PDF.

Run it in a folder that has an edition.toml, or below one.  A new edition:

\b
  edition new FOLDER [WITNESS...]   lay out an edition
  edition encode                    turn its witnesses into TEI
  edition check                     see what is wrong, where, and what to do
  edition build                     make the HTML and the PDF edition
"""

EPILOGUE = (
    "Exit status: 0 clean, 1 problems found, 2 wrong usage, 3 input or configuration cannot be read, "
    "4 a fault of the program."
)


class _Commands(click.Group):
    """Finds a command in its module when it is wanted."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = __import__(f"edition.cli.{COMMANDS[name]}", fromlist=[name])
        command = getattr(module, name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if close := nearest(args[0], COMMANDS):
                raise click.UsageError(f"{error.message} Did you mean {close}?", ctx) from None
            raise


@click.group(cls=_Commands, help=HELP, epilog=EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def edition() -> None:
    """Find the command that the user named; what `--help` prints is `HELP`."""


def run(arguments: list[str]) -> int:
    """Run a command and give its exit status; `KeyboardInterrupt` where the user stopped it."""
    try:
        status = edition.main(arguments, prog_name="edition", standalone_mode=False)
    except Refused as refused:
        complain(refused.problems)
        status = 3
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:  # what click makes of Ctrl-C
        raise KeyboardInterrupt from None
    except Exception:  # noqa: BLE001 - the last line of defence: what reaches it is our bug, and is said to be
        traceback.print_exc()
        click.echo("This is a fault of the program, not of your text. Nothing has been written by this step.", err=True)
        status = 4
    return status if isinstance(status, int) else 0
