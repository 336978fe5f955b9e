"""A store built from the project's own data, and an application over it that is asked without a socket."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.server import create_app
from api.settings import Settings
from graph.build import build

DATA = Path(__file__).resolve().parent.parent / "data"


def build_corpus(folder: Path) -> Path:
    """A store folder built from `data/`."""
    build([DATA], folder)
    return folder


def client_over(store: Path, **options: Any) -> TestClient:
    """A client of an application over a store; redirects are not followed."""
    return TestClient(create_app(Settings(store=store)), follow_redirects=False, **options)
