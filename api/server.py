"""The HTTP application: `create_app`, run by `phahe serve`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api.live import LiveStore, watching_store
from api.middleware.body_limit import BodyLimitMiddleware
from api.middleware.head_as_get import HeadAsGetMiddleware
from api.middleware.observe import ObserveMiddleware
from api.middleware.security_headers import SecurityHeadersMiddleware
from api.openapi import describe_api
from api.problem import add_problem_handlers
from api.routes import corpus, documents, findings, in_time, linked, plain, questions, service, texts
from api.settings import Settings
from api.sparql.mount import mount_sparql, query_processes

_DESCRIPTION = """
Lineage of Vietnamese Party and State documents: which document implements, supersedes, amends and cites
which, each relation with the sentence that says so.

Errors are problem documents (RFC 9457). A reference that several documents bear is answered with 300 and
candidates. "Not in this corpus" (404, `not-in-corpus`) says nothing about the world.
"""

VERSION_1 = "/v1"
"""Where the versioned API lives; the same answers come from the addresses without it, which stay as well."""

_EXPOSED = ("Corpus-Version", "ETag", "Last-Modified", "Link", "Location", "Retry-After", "X-Request-ID")
"""Headers that pages of other origins may read, beside those that browsers always show."""

LIFESPANS: tuple[Callable[[FastAPI], AbstractAsyncContextManager[None]], ...] = (
    watching_store,
    query_processes,
)
"""What runs from the application's start to its end, entered in this order, left in the opposite one."""


def create_app(settings: Settings) -> FastAPI:
    """The application over one store folder; `app.state` holds `settings` and `live`, the store.

    Its documentation at `/docs` loads everything from here, so it works without network. A build that goes
    live while it runs is taken up. Where nothing is built yet, questions are answered with 503.
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
    app.include_router(service.router)
    for part in (questions, plain, findings, in_time, texts, corpus, documents):
        app.include_router(part.router, include_in_schema=False)
        app.include_router(part.router, prefix=VERSION_1)
    for router in (linked.program, linked.router):
        app.include_router(router)
    add_problem_handlers(app)
    describe_api(app)
    mount_sparql(app, settings)  # after the document that it adds its paths to
    _add_middleware(app, settings)
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    # the last one added is the outermost
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(BodyLimitMiddleware, max_body_bytes=settings.max_body_bytes)
    app.add_middleware(SecurityHeadersMiddleware)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("*",),
            expose_headers=_EXPOSED,
            allow_credentials=False,
        )
    app.add_middleware(ObserveMiddleware)
    app.add_middleware(HeadAsGetMiddleware)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for part in LIFESPANS:
            await stack.enter_async_context(part(app))
        yield
