"""The generated module of a container: its globals, and the one place where source text becomes code."""

import linecache
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any
from weakref import finalize

from wireproof._emit.functions import Function, Origin
from wireproof._emit.linking import link

_numbers = count(1)

SELF = "__wireproof__"
"""The global under which generated code knows its module, so that it can be found from a frame."""


class GeneratedModule:
    """The globals of the code generated for one container.

    Args:
        helpers: names that the generated code may use.
    """

    def __init__(self, helpers: Mapping[str, object]) -> None:
        """Start with the helpers alone."""
        self.name = f"wireproof container {next(_numbers)}"
        self.namespace: dict[str, Any] = {"__name__": self.name, SELF: self, **helpers}
        self.sources: list[str] = []
        self._origins: dict[str, dict[int, Origin]] = {}
        self._files: list[str] = []
        finalize(self, _forget, self._files)

    def define(self, functions: Iterable[Function]) -> None:
        """Define functions that have been written, all in one file."""
        lines: list[str] = []
        origins: dict[int, Origin] = {}
        starts: list[tuple[int, str]] = []
        for function in functions:
            starts.append((len(lines) + 1, "\n".join(function.lines)))
            for number, origin in function.origins.items():
                origins[number + len(lines)] = origin
            lines += (*function.lines, "")
        file = self._new_file("\n".join(lines), origins)
        for start, text in starts:
            exec(link(text, file, start), self.namespace)  # as below

    def run(self, source: str) -> None:
        """Execute source text in the module."""
        file = self._new_file(source, {})
        exec(compile(source, file, "exec"), self.namespace)  # the source is generated from checked plans

    def _new_file(self, source: str, origins: dict[int, Origin]) -> str:
        """Register source text with `linecache`, for tracebacks and debuggers, and return the name of its file.

        Args:
            source: the text.
            origins: what its lines are about.
        """
        file = f"<{self.name}, part {len(self.sources) + 1}>"
        lines = source.splitlines(keepends=True)
        # No modification time: linecache then keeps the lines, instead of looking for a file of that name.
        linecache.cache[file] = (len(source), None, lines, file)
        self._files.append(file)
        self.sources.append(source)
        self._origins[file] = origins
        return file

    def origin(self, file: str, line: int) -> Origin | None:
        """Return what a line of the generated code is about."""
        return self._origins.get(file, {}).get(line)


def _forget(files: list[str]) -> None:
    for file in files:
        linecache.cache.pop(file, None)
