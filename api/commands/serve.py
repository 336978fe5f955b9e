"""`phahe serve`: the graph over HTTP."""

from pathlib import Path
from typing import Any

import click

from api.settings_options import settings_options


@click.command("serve")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="TOML file of settings (or PHAHE_CONFIG); options and environment beat it.",
)
@settings_options()
def command(config: Path | None, **given: Any) -> None:
    """Serve the graph over HTTP: pages, JSON, SPARQL; the documentation is at /docs.

    Each option is a setting: PHAHE_PORT in the environment or port in the file say the same as --port. It has
    no users and no rights, so it listens on this machine only unless told otherwise. A new build is taken up
    without a restart.

    \b
    Example:
      phahe serve --port 8000
    """  # noqa: D301 - \b is what click wants
    import os

    from api.options import open_store
    from api.serving import address_of, listen, serve
    from api.settings import load_settings, unknown_variables

    settings = load_settings(given, config)
    for name in unknown_variables(os.environ):
        click.echo(f"phahe: environment variable {name}: no such setting; see phahe serve --help", err=True)
    open_store(
        settings.store
    ).close()  # say what is wrong with it before listening, not with the first question
    listener = listen(settings.host, settings.port)
    click.echo(f"phahe: {address_of(listener)} (stop with Ctrl-C)", err=True)
    serve(settings, listener)
