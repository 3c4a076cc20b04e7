"""The demonstration of the shop."""

import subprocess
import sys
from pathlib import Path


def test_the_demonstration_runs(project_root: Path) -> None:
    """Run as a script from anywhere, it shows the proof, both mistakes and the shop at work, and succeeds."""
    script = project_root / "examples" / "shop" / "demo.py"
    command = [sys.executable, "-W", "error::ResourceWarning", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for expected in ("Success: no issues found", "[wire-missing]", "[wire-captive]", "409", "session rolled back"):
        assert expected in done.stdout
