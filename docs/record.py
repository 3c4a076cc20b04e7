"""Write down what mypy says about each program in docs/snippets/broken, for the pages that show it.

`python docs/record.py` rewrites the files; a test compares them with what mypy says now.
"""

import os
import subprocess
import sys
from pathlib import Path

BROKEN = Path(__file__).resolve().parent / "snippets" / "broken"
OPTIONS = ("--config-file=mypy.ini", "--no-error-summary", "--no-incremental")


def programs() -> list[Path]:
    """Return the programs with a mistake."""
    return sorted(BROKEN.glob("*.py"))


def findings() -> dict[str, str]:
    """Return for each program, by its name without the suffix, what mypy prints when all are checked together."""
    names = [program.name for program in programs()]
    command = [sys.executable, "-m", "mypy", *OPTIONS, *names]
    environment = {**os.environ, "MYPYPATH": ""}
    completed = subprocess.run(command, cwd=BROKEN, env=environment, capture_output=True, text=True, check=False)
    if completed.returncode not in {0, 1}:
        raise RuntimeError(completed.stdout + completed.stderr)
    lines = completed.stdout.splitlines(keepends=True)
    return {
        program.stem: "".join(line for line in lines if line.startswith(f"{program.name}:")) for program in programs()
    }


def main() -> None:
    """Rewrite the recorded findings."""
    for name, finding in findings().items():
        (BROKEN / name).with_suffix(".txt").write_text(finding, encoding="utf-8")


if __name__ == "__main__":
    main()
