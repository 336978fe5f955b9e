"""Writes what the program itself says into `docs/`: `python -m api.document`; tested to be current.

`docs/cli.md` is made from the help of the commands, the table in `docs/operating.md` from the settings.
"""

import re
import sys
from pathlib import Path

import click

from api.cli import COMMANDS, cli
from api.settings import PREFIX, SECRET, Settings, option_name
from api.settings_options import shown_default

DOCS = Path(__file__).resolve().parent.parent / "docs"
PATH, OPERATING = DOCS / "cli.md", DOCS / "operating.md"
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


def operating_page() -> str:
    """The page on running the server, with the table of settings as they are now."""
    rows = []
    for name, field in Settings.model_fields.items():
        option = "" if name in SECRET else f"`{option_name(name)}`"
        told = (
            f"`{name}`",
            option,
            f"`{PREFIX}{name.upper()}`",
            shown_default(field),
            field.description or "",
        )
        rows.append(f"| {' | '.join(told)} |")
    table = "\n".join(["| setting | option | environment | default | what |", "|---|---|---|---|---|", *rows])
    page = OPERATING.read_text(encoding="utf-8")
    return re.sub(
        r"(<!-- settings:.*?-->\n).*?(<!-- end of settings -->)",
        lambda found: f"{found[1]}\n{table}\n\n{found[2]}",
        page,
        flags=re.DOTALL,
    )


def _help(name: str, command: click.Command, parent: click.Context | None) -> str:
    return f"```text\n{command.get_help(_context(name, command, parent)).rstrip()}\n```\n"


def _context(name: str, command: click.Command, parent: click.Context | None) -> click.Context:
    # a fixed width: the page must not depend on the terminal it was made in
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


if __name__ == "__main__":
    for path, page in ((PATH, command_page()), (OPERATING, operating_page())):
        path.write_text(page, encoding="utf-8")
        sys.stderr.write(f"{path}\n")
