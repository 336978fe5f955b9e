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
@settings_options
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
    import socket

    import uvicorn

    from api.options import open_store
    from api.server import create_app
    from api.settings import load_settings, unknown_variables
    from graph.errors import PhaheError

    settings = load_settings(given, config)
    for name in unknown_variables(os.environ):
        click.echo(f"phahe: environment variable {name}: no such setting; see phahe serve --help", err=True)
    open_store(
        settings.store
    ).close()  # say what is wrong with it before listening, not with the first question
    host = settings.host
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, settings.port))
    except OSError as error:
        raise PhaheError(
            f"{host}:{settings.port}: cannot listen there ({error.strerror or error}); see --port"
        ) from error
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"phahe: http://{shown}:{listener.getsockname()[1]} (stop with Ctrl-C)", err=True)
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), log_level="warning", timeout_graceful_shutdown=5)
    )
    server.run(sockets=[listener])
