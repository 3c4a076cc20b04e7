"""Runs of mypy with and without the plugin over the same sources, interleaved, and what each has cost."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.checking.application import write

VARIANTS = ("without", "with")
CONFIGURATIONS = {"without": "[mypy]\nstrict = True\n"}
CONFIGURATIONS["with"] = f"{CONFIGURATIONS['without']}plugins = wireproof.mypy_plugin\n"
EVERYTHING = "import collections.abc, dataclasses, typing, wireproof\n"


class Cost(NamedTuple):
    """What one run has cost."""

    processor: float
    """Seconds of processor time, user and system."""

    wall: float
    memory: float
    """Megabytes at the peak."""


class Sample(NamedTuple):
    """The same run with and without the plugin."""

    mode: str
    without: Cost
    with_plugin: Cost


class Bench:
    """A folder with an application, and for each variant its caches.

    Args:
        folder: an empty one.
        services: the size of the application.
    """

    def __init__(self, folder: Path, services: int) -> None:
        """Write the application, and make caches of all that does not belong to it."""
        self._folder, self._services = folder, services
        write(folder, services)
        (folder / "everything.py").write_text(EVERYTHING, encoding="utf-8")
        for variant, text in CONFIGURATIONS.items():
            (folder / f"{variant}.ini").write_text(text, encoding="utf-8")
            self._run(variant, self._cache("template", variant), "everything.py")

    def round(self, first: int) -> Iterator[Sample]:
        """Run everything once, cold to begin with; ``first`` is the number of the variant whose turn is first."""
        order = [VARIANTS[(first + position) % len(VARIANTS)] for position in range(len(VARIANTS))]
        write(self._folder, self._services)
        for variant in order:
            shutil.rmtree(self._cache("used", variant), ignore_errors=True)
        yield self._sample("cold, with typeshed", order)
        for variant in order:
            shutil.rmtree(self._cache("used", variant))
            shutil.copytree(self._cache("template", variant), self._cache("used", variant))
        yield self._sample("cold", order)
        yield self._sample("warm, nothing edited", order)
        write(self._folder, self._services, handler=True)
        yield self._sample("warm, one handler edited", order)
        write(self._folder, self._services, handler=True, constructor=True)
        yield self._sample("warm, one constructor edited", order)

    def _sample(self, mode: str, order: list[str]) -> Sample:
        costs = {variant: self._run(variant, self._cache("used", variant), "app") for variant in order}
        return Sample(mode, costs["without"], costs["with"])

    def _cache(self, kind: str, variant: str) -> Path:
        return self._folder / "caches" / f"{kind}-{variant}"

    def _run(self, variant: str, cache: Path, target: str) -> Cost:
        command = [sys.executable, "-m", "mypy", f"--config-file={variant}.ini", f"--cache-dir={cache}", target]
        # As it is where people work: the plugin has been compiled to bytecode by the run before.
        environment = {**os.environ, "MYPYPATH": "", "PYTHONPYCACHEPREFIX": str(self._folder / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        start = time.perf_counter()
        with subprocess.Popen(command, cwd=self._folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
            answer = "" if process.stdout is None else process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"the application is correct, but mypy says:\n{answer}"
            raise RuntimeError(message)
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
