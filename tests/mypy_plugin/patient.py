"""mypy, started so that its workers may take their time: ``python patient.py ...`` instead of ``python -m mypy ...``.

mypy gives a worker three seconds to start, and goes on without it into an internal error. On a machine under load that
is too little, and no option changes it. Here mypy gets a worker when that is ready to be talked to.
"""

import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from mypy.__main__ import console_entry

STATUS = "--status-file="
"""The argument of a worker that says in which file it leaves its address."""

PAUSE = 0.01


class Patient(subprocess.Popen[bytes]):
    """A process that, if it is a worker, has left its address, or is over, by the time it has been made."""

    def __init__(self, args: list[str], **options: Any) -> None:
        """Start the process and wait."""
        super().__init__(args, **options)
        addresses = [Path(argument.removeprefix(STATUS)) for argument in args if argument.startswith(STATUS)]
        while self.poll() is None and not all(map(Path.exists, addresses)):
            with suppress(subprocess.TimeoutExpired):
                self.wait(PAUSE)


if __name__ == "__main__":
    subprocess.Popen = Patient  # type: ignore[assignment, misc]
    console_entry()
