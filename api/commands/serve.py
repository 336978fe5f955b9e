"""`phahe serve`: the graph over HTTP."""

from pathlib import Path

import click

from api.options import open_store, store_option


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port."
)
@store_option
def command(host: str, port: int, store_path: Path) -> None:
    """Serve the graph over HTTP: pages, JSON, SPARQL; the documentation is at /docs.

    It has no users and no rights, so it listens on this machine only unless told otherwise. A new build is
    taken up without a restart.

    \b
    Example:
      phahe serve --port 8000
    """  # noqa: D301 - \b is what click wants
    import socket

    import uvicorn

    from api.server import create_app
    from graph.errors import PhaheError

    open_store(store_path).close()  # say what is wrong with it before listening, not with the first question
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise PhaheError(
            f"{host}:{port}: cannot listen there ({error.strerror or error}); see --port"
        ) from error
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"phahe: http://{shown}:{listener.getsockname()[1]} (stop with Ctrl-C)", err=True)
    server = uvicorn.Server(
        uvicorn.Config(create_app(store_path), log_level="warning", timeout_graceful_shutdown=5)
    )
    server.run(sockets=[listener])
