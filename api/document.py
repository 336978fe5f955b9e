"""Writes `docs/cli.md` from the help of the commands: `python -m api.document`; tested to be current."""

import sys
from pathlib import Path

import click

from api.cli import COMMANDS, cli

PATH = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100


def command_page() -> str:
    """The page: the general help, then each command's."""
    parts = [
        "# Command line\n",
        "Made by `python -m api.document` from `phahe COMMAND --help`; change the help, not this page.\n",
        _help("phahe", cli, None),
    ]
    context = _context("phahe", cli, None)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None  # noqa: S101 - the table of commands is ours
        parts += [f"## phahe {name}\n", _help(name, command, context)]
    return "\n".join(parts)


def _help(name: str, command: click.Command, parent: click.Context | None) -> str:
    return f"```text\n{command.get_help(_context(name, command, parent)).rstrip()}\n```\n"


def _context(name: str, command: click.Command, parent: click.Context | None) -> click.Context:
    # a fixed width: the page must not depend on the terminal it was made in
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


if __name__ == "__main__":
    PATH.write_text(command_page(), encoding="utf-8")
    sys.stderr.write(f"{PATH}\n")
