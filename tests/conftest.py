"""What several tests share: where the checkout is, and the material that lies beside it.

The product never reads `../shared`; tests that do skip, with the reason printed, where it is absent.
"""

from pathlib import Path

import pytest
from hypothesis import settings

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
