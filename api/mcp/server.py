"""The server that offers the tools, over stdio or streamable HTTP."""

import socket
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from urllib.parse import urlsplit

import anyio
import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from api.live import LiveStore, watching
from api.log import log_config
from api.mcp.query import QueryTool
from api.mcp.tools import Tools
from api.settings import Settings
from api.sparql.pool import QueryPool

PATH = "/mcp"
"""Where streamable HTTP is spoken."""

_INSTRUCTIONS = """\
Lineage of Vietnamese Party and State documents: which document implements, supersedes, amends and cites which,
each relation with the sentence that says so. A number is not an identity: "Nghị quyết 25" fits several
documents, and a tool then gives candidates instead of an answer. Cite documents by their `citation` and IRI,
relations by their `quote`; name `corpus_version`; say which `known_gaps` bear on the question. Basis `stated` is
the document's own word, `reported` another text's, `catalogued` a list's, `inferred` a conclusion and no fact.
"""

_LOCAL = ["127.0.0.1:*", "localhost:*", "[::1]:*"]


def create_mcp(live: LiveStore, queries: QueryPool, settings: Settings) -> MCPServer:
    """The server with its tools; whoever runs it keeps the store watched and closes the queries."""
    server = MCPServer(
        "phahe",
        title="Phả hệ văn bản",
        version=version("phahe"),
        instructions=_INSTRUCTIONS,
        log_level="WARNING",
    )
    tools, query_tool = Tools(live), QueryTool(live, queries, settings.max_query_bytes)
    for name, title, tool in (
        ("find", "Tìm văn bản", tools.find),
        ("document", "Một văn bản", tools.document),
        ("implementing", "Văn bản triển khai", tools.implementing),
        ("lineage", "Phả hệ của văn bản", tools.lineage),
        ("verify", "Kiểm tra viện dẫn", tools.verify),
        ("sparql", "Hỏi bằng SPARQL", query_tool.sparql),
        ("provinces", "Địa phương nào triển khai", tools.provinces),
        ("coverage", "Kho có gì, thiếu gì", tools.coverage),
    ):
        server.add_tool(
            tool,
            name=name,
            title=title,
            annotations=ToolAnnotations(
                title=title,
                read_only_hint=True,
                destructive_hint=False,
                idempotent_hint=True,
                open_world_hint=False,
            ),
            structured_output=True,
        )
    return server


def serve_stdio(settings: Settings) -> None:
    """Serve the process that started this one, over its pipes, until it closes them."""

    async def talk(server: MCPServer) -> None:
        await server.run_stdio_async()

    anyio.run(_run, settings, talk)


def serve_http(settings: Settings, listener: socket.socket) -> None:
    """Serve over streamable HTTP at `/mcp` until SIGTERM or SIGINT; every request stands alone.

    Browsers' pages of other origins and names that lead here are refused (DNS rebinding), but those of
    `public_url` and `cors_origins`.
    """

    async def talk(server: MCPServer) -> None:
        app = server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            host=settings.host,
            max_request_body_size=settings.max_body_bytes,
            transport_security=_security(settings),
        )
        config = uvicorn.Config(
            app,
            log_config=log_config(settings.log_format, chatty=False),
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=max(1, round(settings.grace_seconds)),
        )
        await uvicorn.Server(config).serve([listener])

    anyio.run(_run, settings, talk)


def _security(settings: Settings) -> TransportSecuritySettings | None:
    """Which names and which pages may ask; None: what the SDK does for the host, that is to let in only
    this machine's own where it listens on this machine.
    """  # noqa: D205
    if settings.public_url is None and not settings.cors_origins:
        return None
    public = [urlsplit(settings.public_url).netloc] if settings.public_url else []
    return TransportSecuritySettings(
        allowed_hosts=[*_LOCAL, settings.host, f"{settings.host}:*", *public],
        allowed_origins=[*(f"http://{host}" for host in _LOCAL), *settings.cors_origins],
    )


async def _run(settings: Settings, talk: Callable[[MCPServer], Awaitable[None]]) -> None:
    live, queries = LiveStore(settings.store), QueryPool(settings)
    try:
        async with watching(live):
            await talk(create_mcp(live, queries, settings))
    finally:
        await queries.close()
