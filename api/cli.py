"""The command line: `phahe COMMAND`; each command is a module in `api.commands`.

Commands are imported when they run, and what they need within them, so that `phahe --help` does not wait for
RDF engines, PDF readers and web servers. Data goes to stdout, messages to stderr.
"""

import importlib
import sys
from typing import Any

import click

from graph.errors import AmbiguousReferenceError, PhaheError, UnknownReferenceError

COMMANDS = {
    "build": "Read texts and catalogues into the graph.",
    "extract": "Print what single texts say, no store needed.",
    "find": "Find documents by number, name or words of a title.",
    "implementing": "List the documents that implement one.",
    "lineage": "Trace what a document comes from and what came of it.",
    "status": "Say whether a document stands, as of a date.",
    "diff": "Tell what changed in a lineage between two dates.",
    "findings": "List what should be reviewed, with evidence.",
    "coverage": "Say in which provinces a document is implemented.",
    "compare": "Compare the documents that implement one.",
    "place": "List the documents of a province, before or after mergers.",
    "ask": "Answer a question in plain Vietnamese.",
    "sparql": "Ask the graph in SPARQL 1.1.",
    "draw": "Draw a document's neighbourhood as an interactive page.",
    "export": "Write the whole graph to a file.",
    "push": "Load the graph into a SPARQL 1.1 server.",
    "check": "Check the graph against its shapes and its sources.",
    "stats": "Say what the graph holds.",
    "score": "Compare extraction with annotated texts.",
    "serve": "Serve the graph over HTTP.",
    "mcp": "Offer the graph to language models.",
}
"""Every command with its one line, in the order of use."""

DONE, NOTHING, WRONG_USE, AMBIGUOUS = 0, 1, 2, 3
"""Exit statuses: done; nothing found, check failed, files skipped; wrong use; several may be meant."""


class LazyGroup(click.Group):
    """A group that imports a command only to run it or show its help; one handler for all our errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"api.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each module of ours has one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; our own errors become one line on stderr and an exit status."""
        try:
            return super().invoke(ctx)
        except PhaheError as error:
            # candidates are what the user asked for, in the format asked for; only the message is a message
            if isinstance(error, AmbiguousReferenceError):
                from api.tables import print_candidates

                print_candidates(error.candidates, ctx.meta.get("phahe.format", "table"))
            click.echo(f"phahe: {error}", err=True)
            ctx.exit(_status(error))


def _status(error: PhaheError) -> int:
    if isinstance(error, AmbiguousReferenceError):
        return AMBIGUOUS
    return NOTHING if isinstance(error, UnknownReferenceError) else WRONG_USE


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"phahe {version('phahe')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done; 1 nothing found, check failed, or some files skipped; 2 wrong use, or no"
    " usable store; 3 several documents may be meant.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
def cli() -> None:
    """Lineage of Vietnamese Party and State documents.

    Which document implements, supersedes, amends and cites which, each with the sentence that says so.

    A REF names a document: "25-NQ/TW", "Nghị quyết 25", "Nghị quyết số 25-NQ/TW ngày 03/6/2013", an IRI, or
    the beginning of one ("tw/nq/2013").

    \b
    Example:
      phahe build data --store .phahe
      phahe implementing "25-NQ/TW ngày 03/6/2013"
    """  # noqa: D301 - \b is what click wants


def main() -> None:
    """What the command `phahe` runs."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must come out even where the locale says ASCII
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    cli(prog_name="phahe")
