"""What the differential tests share: one cache, so that mypy reads the library once."""

import pytest

from tests.differential.workshop import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a folder in which applications are tried."""
    return Workshop(tmp_path_factory.mktemp("applications"))
