"""What is public has types that every checker can read."""

import json
import os
import subprocess
import sys
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture
def installed() -> None:
    """Skip where there is nothing to ask or to ask about."""
    if find_spec("pyright") is None:
        pytest.skip("pyright is not installed")
    if not list(distributions(name="wireproof")):
        pytest.skip("wireproof is imported from elsewhere, not installed")


@pytest.mark.usefixtures("installed")
@pytest.mark.xdist_group("typing with pyright")
def test_every_public_type_is_known(tmp_path: Path) -> None:
    """No public symbol of the installed library has a type that is missing or left to inference."""
    command = [sys.executable, "-m", "pyright", "--verifytypes=wireproof", "--ignoreexternal", "--outputjson"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # pyright asks the first python
    environment = {**os.environ, "PATH": path}
    completed = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    complete = json.loads(completed.stdout)["typeCompleteness"]
    assert [symbol["name"] for symbol in complete["symbols"] if not symbol["isTypeKnown"]] == []
    assert complete["completenessScore"] == 1
    assert completed.returncode == 0
