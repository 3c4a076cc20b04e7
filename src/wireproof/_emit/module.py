"""The generated module of a container: its globals, and the one place where source text becomes code."""

import sys
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, count
from typing import Any, cast, overload
from weakref import finalize, ref

from wireproof._emit.forms import Defined
from wireproof._emit.functions import Origin

_numbers = count(1)

SELF = "__wireproof__"
"""The global under which generated code knows its module, so that it can be found from a frame."""


class Part:
    """What is generated together: functions, or other source text. It is written when somebody looks at it.

    Args:
        functions: the functions.
        text: the source text, if there are none.
    """

    def __init__(self, functions: list[Defined], text: str = "") -> None:
        """Count the lines of the functions."""
        self.functions = functions
        self.starts = (
            list(accumulate((function.lines + 1 for function in functions[:-1]), initial=1)) if functions else []
        )
        self._text = text

    @property
    def text(self) -> str:
        """The source text."""
        return "\n".join([f"{function.text}\n" for function in self.functions]) if self.functions else self._text

    def origin(self, line: int) -> Origin | None:
        """Return what a line is about."""
        place = bisect(self.starts, line) - 1
        return self.functions[place].function.origins.get(line - self.starts[place] + 1) if place >= 0 else None


class _Lines(Sequence[str]):
    """The lines of a part, for `linecache`, which must not keep it alive."""

    def __init__(self, part: Part) -> None:
        self._part = ref(part)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._written()[index]

    def __len__(self) -> int:
        return len(self._written())

    def _written(self) -> list[str]:
        part = self._part()
        return [] if part is None else part.text.splitlines(keepends=True)


class GeneratedModule:
    """The globals of the code generated for one container.

    Args:
        helpers: names that the generated code may use.
    """

    def __init__(self, helpers: Mapping[str, object]) -> None:
        """Start with the helpers alone."""
        self.name = f"wireproof container {next(_numbers)}"
        self.namespace: dict[str, Any] = {"__name__": self.name, SELF: self, **helpers}
        self._parts: dict[str, Part] = {}
        self._files: list[str] = []
        finalize(self, _forget, self._files)

    def define(self, functions: Iterable[Defined]) -> None:
        """Define functions, all in one file."""
        part = Part(list(functions))
        file = self._new_file(part)
        for start, function in zip(part.starts, part.functions, strict=True):
            exec(function.code(file, start), self.namespace)  # as below

    def run(self, source: str) -> None:
        """Execute source text in the module."""
        file = self._new_file(Part([], source))
        exec(compile(source, file, "exec"), self.namespace)  # the source is generated from checked plans

    def _new_file(self, part: Part) -> str:
        """Register a part with `linecache`, for tracebacks and debuggers, and return the name of its file."""
        file = f"<{self.name}, part {len(self._parts) + 1}>"
        import linecache  # noqa: PLC0415  # slow to load, and not needed before the first resolution

        # No modification time: linecache then keeps the lines, instead of looking for a file of that name.
        linecache.cache[file] = (0, None, cast("list[str]", _Lines(part)), file)
        self._files.append(file)
        self._parts[file] = part
        return file

    def new_name(self, stem: str) -> str:
        """Return a name for a function that is a part of its own."""
        return f"{stem}_{len(self._parts)}"

    @property
    def sources(self) -> list[str]:
        """The text of all that has been generated so far, part by part."""
        return [part.text for part in self._parts.values()]

    def origin(self, file: str, line: int) -> Origin | None:
        """Return what a line of the generated code is about."""
        part = self._parts.get(file)
        return None if part is None else part.origin(line)


def _forget(files: list[str]) -> None:
    linecache: Any = sys.modules.get("linecache")  # not there any more if the interpreter is being finalised
    if linecache is not None:
        for file in files:
            linecache.cache.pop(file, None)
