"""A shop for each test: real settings, a real database file, a real server."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from examples.shop.serving import serving
from examples.shop.settings import Settings
from examples.shop.web import ShopContainer, create_app
from examples.shop.wiring import build


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings whose files are the test's own."""
    return Settings(tmp_path / "shop.sqlite", "shop@example.com", tmp_path / "outbox.txt", port=0)


@pytest.fixture
def container(settings: Settings) -> Iterator[ShopContainer]:
    """Build the shop's container, and close it after the test."""
    with build(settings) as container:
        yield container


@pytest.fixture
def client(container: ShopContainer) -> Iterator[httpx.Client]:
    """Serve the shop over HTTP as long as the test runs."""
    with serving(create_app(container)) as client:
        yield client
