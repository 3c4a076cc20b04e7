"""The shop as a process of its own."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "terminated"])
def test_the_service_closes_what_it_opened(project_root: Path, tmp_path: Path, signal_: signal.Signals) -> None:
    """Started from the environment, it serves until a signal comes, and then closes the engine."""
    environment = {**os.environ, "SHOP_DATABASE": str(tmp_path / "shop.sqlite"), "SHOP_PORT": "0"}
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "examples.shop"]
    with subprocess.Popen(command, cwd=project_root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
        try:
            assert httpx.get(f"{address}/products", trust_env=False).json() == []
        finally:
            process.send_signal(signal_)
        rest = process.stderr.read()
    assert process.returncode == 0, rest
    assert rest.rstrip().endswith("engine closed")
