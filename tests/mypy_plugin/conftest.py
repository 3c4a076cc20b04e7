"""What the tests of the plugin share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mypy_plugin.modes import Project, make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that holds nothing of any project."""
    return make_template(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def project(tmp_path: Path, template: Path) -> Iterator[Project]:
    """Return a project whose daemon is stopped at the end."""
    made = Project(tmp_path, template)
    yield made
    made.stop()
