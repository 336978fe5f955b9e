"""`phahe mcp`: the graph as tools for language models."""

from pathlib import Path
from typing import Any

import click

from api.settings_options import settings_options


@click.command("mcp")
@click.option("--http", "is_http", is_flag=True, help="Speak streamable HTTP, at /mcp of host and port.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="TOML file of settings (or PHAHE_CONFIG); options and environment beat it.",
)
@settings_options(
    "store", "host", "port", "query_workers", "query_seconds", "query_memory_mb", "public_url", "cors_origins"
)
def command(is_http: bool, config: Path | None, **given: Any) -> None:
    """Offer the graph to language models, by the Model Context Protocol; read-only.

    Without --http it speaks over stdin and stdout with the program that starts it. The tools find documents,
    tell of one, of those that implement it and of its lineage, check the citations of a text, ask in SPARQL,
    and say what the corpus holds and lacks.

    \b
    Example:
      phahe mcp --store .phahe
      phahe mcp --http --port 8001
    """  # noqa: D301 - \b is what click wants
    from api.mcp.server import PATH, serve_http, serve_stdio
    from api.options import open_store
    from api.serving import address_of, listen
    from api.settings import load_settings

    settings = load_settings(given, config)
    open_store(settings.store).close()
    if not is_http:
        serve_stdio(settings)
        return
    listener = listen(settings.host, settings.port)
    click.echo(f"phahe: {address_of(listener)}{PATH} (stop with Ctrl-C)", err=True)
    serve_http(settings, listener)
