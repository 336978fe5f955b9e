"""The HTTP application: `create_app`, run by `phahe serve`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api.live import LiveStore
from api.problem import add_problem_handlers
from api.routes import documents, questions, service
from api.settings import Settings
from api.sparql.mount import mount_sparql, query_processes

_DESCRIPTION = """
Lineage of Vietnamese Party and State documents: which document implements, supersedes, amends and cites
which, each relation with the sentence that says so.

Errors are problem documents (RFC 9457). A reference that several documents bear is answered with 300 and
candidates. "Not in this corpus" (404, `not-in-corpus`) says nothing about the world.
"""

LIFESPANS: tuple[Callable[[FastAPI], AbstractAsyncContextManager[None]], ...] = (query_processes,)
"""What runs from the application's start to its end, entered in this order, left in the opposite one."""


def create_app(settings: Settings) -> FastAPI:
    """The application over one store folder; `app.state` holds `settings` and `live`, the store.

    Its documentation at `/docs` loads everything from here, so it works without network. A build that goes
    live while it runs is taken up with the next request. Where nothing is built yet, questions are answered
    with 503.
    """
    app: FastAPI = FastAPIOffline(
        title="phahe",
        version=version("phahe"),
        description=_DESCRIPTION,
        docs_url="/docs",
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.live = LiveStore(settings.store)
    for part in (service, questions, documents):
        app.include_router(part.router)
    mount_sparql(app, settings)
    add_problem_handlers(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for part in LIFESPANS:
            await stack.enter_async_context(part(app))
        yield
