"""What mypy says about code that does not use wireproof is the same with the plugin, byte for byte."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LARGE = ("mypy", "pydantic", "sqlalchemy")
FEWEST = {"httpx": 20, "mypy": 150, "pydantic": 80, "sqlalchemy": 200}
CHECKED = re.compile(r"\(checked (\d+) source files?\)|in (\d+) source files?$", re.MULTILINE)
TIMEOUT = 600
# mypy has a copy of typeshed inside, which is no package.
CONFIGURATION = "[mypy]\nstrict = True\nshow_error_end = True\nexclude = /typeshed/\n"


def mypy(folder: Path, package: str, plugins: str) -> tuple[int, str]:
    """Return the exit status of mypy over an installed package, and all it says."""
    cache = folder / f"cache-{bool(plugins)}"
    (folder / "mypy.ini").write_text(CONFIGURATION + plugins, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(cache), "--no-incremental", "--package", package]
    environment = {**os.environ, "MYPYPATH": ""}
    answer = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.mark.parametrize("package", ["httpx", *(pytest.param(name, marks=pytest.mark.packages) for name in LARGE)])
def test_the_plugin_changes_nothing(package: str, tmp_path: Path) -> None:
    """Every error, note and summary, and the exit status, for a package of at least so many files."""
    status, said = mypy(tmp_path, package, "")
    files = [int(first or second) for first, second in CHECKED.findall(said)]
    assert files, said
    assert files[-1] >= FEWEST[package], said
    assert mypy(tmp_path, package, "plugins = wireproof.mypy_plugin\n") == (status, said)
