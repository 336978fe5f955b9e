"""What several tests share: where the checkout is, and the material that lies beside it.

The product never reads `../shared`; tests that do skip, with the reason printed, where it is absent.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.visitor import Visitor

REPOSITORY = Path(__file__).resolve().parent.parent

# A machine under load is no failing property; the same examples on every run make a failure repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout: the seed text, annotated texts, a corpus."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder `shared` beside the checkout: not there")
    return folder


@pytest.fixture(scope="session")
def seed(shared: Path) -> Path:
    """The reference case: the article of the Hải Dương Party committee."""
    path = shared / "seed" / "hai-duong-dan-van-2024.txt"
    if not path.is_file():
        pytest.skip("needs shared/seed/hai-duong-dan-van-2024.txt beside the checkout: not there")
    return path


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The one browser that all tests of pages share."""
    from tests.browser import chromium

    with chromium(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of `data/`."""
    from graph.build import build

    store = tmp_path_factory.mktemp("demo") / "store"
    build([REPOSITORY / "data"], store)
    return store


@pytest.fixture(scope="session")
def demo_address(demo_store: Path) -> Iterator[str]:
    """A server over `data/`."""
    from tests.visitor import running

    with running(demo_store) as address:
        yield address


@pytest.fixture
def visitor(browser: Any, demo_address: str) -> Iterator["Visitor"]:
    """Somebody who looks at the demonstration, in peace: see `Visitor.assert_peace`."""
    from tests.visitor import visiting

    with visiting(browser, demo_address) as somebody:
        yield somebody
