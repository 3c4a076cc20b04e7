"""A harness that runs mypy in all its modes over a project that is edited, and compares what they say.

Modes: *cold*, which knows nothing of the project; *warm*, which has the cache of the state before the edit; *daemon*,
which has it in memory and looks for what has changed; *told*, another daemon, which is told what has changed;
*parallel*, two workers with a cache of their own. Only what does not belong to the project (typeshed and the library)
is in the caches from the start, which changes no answer and saves most of the time.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

CONFIGURATION = """\
[mypy]
plugins = wireproof.mypy_plugin
strict = True
show_error_end = True
[mypy-wireproof.*]
follow_imports = silent
"""
EVERYTHING = "import asyncio, abc, collections.abc, typing, typing_extensions, wireproof\n"
PATIENT = Path(__file__).with_name("patient.py")
TIMEOUT = 120


class Answer(NamedTuple):
    """What mypy said."""

    status: int
    output: str


class Project:
    """A folder with modules, the caches of the modes beside it, and a daemon."""

    def __init__(self, folder: Path, template: Path, configuration: str = CONFIGURATION) -> None:
        """Make the folder; ``template`` is a cache without anything of the project."""
        self.folder = folder / "project"
        self.folder.mkdir()
        self._caches = folder / "caches"
        self._template = template
        self._colds = 0
        self._turns = cycle((True, False))
        self._changed: set[str] = set()
        for name in ("warm", "parallel"):
            shutil.copytree(template, self._caches / name)
        (self.folder / "mypy.ini").write_text(configuration, encoding="utf-8")

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files, each given as indented text; None removes one."""
        for name, text in files.items():
            path = self.folder / name
            self._changed.add(name)
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def answers(self) -> dict[str, Answer]:
        """Return what mypy says in each mode about the files as they are."""
        return {
            "cold": self.cold(),
            "warm": self.warm("."),
            "daemon": self.daemon(),
            "told": self.told(),
            "parallel": self.parallel(),
        }

    def cold(self) -> Answer:
        """Run mypy without a cache of the project."""
        self._colds += 1
        cache = self._caches / f"cold{self._colds}"
        shutil.copytree(self._template, cache)
        return self._mypy(cache, ".")

    def warm(self, *arguments: str) -> Answer:
        """Run mypy with the cache of the last warm run."""
        return self._mypy(self._caches / "warm", *arguments)

    def parallel(self) -> Answer:
        """Run mypy with two workers and the cache of the last parallel run."""
        return self._run(str(PATIENT), "--cache-dir", str(self._caches / "parallel"), "--num-workers=2", ".")

    def daemon(self) -> Answer:
        """Check with the daemon, by ``run``, which starts it, and by ``check`` in turns."""
        if next(self._turns):
            return self._dmypy_run("daemon")
        return self._dmypy("daemon", "check", ".")

    def told(self) -> Answer:
        """Check with the other daemon, by ``recheck`` as soon as it runs.

        mypy does not look for who needs a file of which it is told that it has gone, so that this it has to find out.
        """
        changed, self._changed = sorted(self._changed), set()
        if self._status("told").exists() and all((self.folder / name).exists() for name in changed):
            return self._dmypy("told", "recheck", "--update", *changed)
        return self._dmypy_run("told", "--follow-imports=error")  # only then may it be told anything

    def stop(self) -> None:
        """Stop the daemons."""
        for name in ("daemon", "told"):
            if self._status(name).exists():
                self._dmypy(name, "stop")

    def _status(self, daemon: str) -> Path:
        return self._caches / f"{daemon}.json"

    def _dmypy_run(self, daemon: str, *options: str) -> Answer:
        status, output = self._dmypy(daemon, "run", "--", "--cache-dir", str(self._caches / daemon), *options, ".")
        return Answer(status, output.removeprefix("Daemon started\n"))

    def _dmypy(self, daemon: str, *arguments: str) -> Answer:
        return self._run("-m", "mypy.dmypy", "--status-file", str(self._status(daemon)), *arguments)

    def _mypy(self, cache: Path, *arguments: str) -> Answer:
        return self._run("-m", "mypy", "--cache-dir", str(cache), *arguments)

    def _run(self, *arguments: str) -> Answer:
        command = [sys.executable, *arguments]
        environment = {**os.environ, "MYPYPATH": "", "COLUMNS": "200"}
        completed = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        return Answer(completed.returncode, completed.stdout + completed.stderr)


def make_template(folder: Path) -> Path:
    """Fill a cache with all that the projects of the tests import."""
    project = folder / "empty"
    project.mkdir()
    (project / "mypy.ini").write_text(CONFIGURATION, encoding="utf-8")
    (project / "everything.py").write_text(EVERYTHING, encoding="utf-8")
    cache = folder / "template"
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(cache), "everything.py"]
    subprocess.run(command, cwd=project, capture_output=True, timeout=TIMEOUT, check=True)
    return cache
