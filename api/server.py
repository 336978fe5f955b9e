"""The HTTP application: `create_app`, run by `phahe serve`."""

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api.live import LiveStore
from api.problem import add_problem_handlers
from api.routes import documents, graph, questions, service, sparql
from api.web import routes as pages

_DESCRIPTION = """
Lineage of Vietnamese Party and State documents: which document implements, supersedes, amends and cites
which, each relation with the sentence that says so.

Errors are problem documents (RFC 9457). A reference that several documents bear is answered with 300 and
candidates. "Not in this corpus" (404, `not-in-corpus`) says nothing about the world.
"""


def create_app(store_path: Path | str) -> FastAPI:
    """The application over one store folder.

    Its documentation at `/docs` loads everything from here, so it works without network. A build that goes
    live while it runs is taken up with the next request.

    Args:
        store_path: the store folder; where nothing is built yet, questions are answered with 503.
    """
    app: FastAPI = FastAPIOffline(
        title="phahe", version=version("phahe"), description=_DESCRIPTION, docs_url="/docs", redoc_url=None
    )
    app.state.live = LiveStore(Path(store_path))
    for part in (service, pages, questions, graph, sparql, documents):
        app.include_router(part.router)
    add_problem_handlers(app)
    return app
