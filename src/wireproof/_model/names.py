"""Names of keys within one text: short, unless two different keys would then look the same."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from wireproof._model.binding import Binding
from wireproof._model.keys import Naming
from wireproof._model.problems import Problem

K = TypeVar("K")


class Names(Generic[K]):
    """Names for all keys that a text mentions."""

    def __init__(self, shown: Iterable[K], keys: Naming[K]) -> None:
        """Find which short names stand for more than one of the keys."""
        self._keys = keys
        by_short: dict[str, set[str]] = {}
        for key in shown:
            by_short.setdefault(keys.short(key), set()).add(keys.full(key))
        self._ambiguous = {short for short, full in by_short.items() if len(full) > 1}

    def of(self, key: K | None) -> str:
        """Return the name to show for a key; ``?`` for one that is not known."""
        if key is None:
            return "?"
        short = self._keys.short(key)
        return self._keys.full(key) if short in self._ambiguous else short


def mentioned(problem: Problem[K]) -> list[K]:
    """Return every key that the message about a problem mentions."""
    parties: list[Binding[K] | None] = [problem.binding, problem.other, *problem.near, *problem.alike]
    parameter = problem.parameter
    keys = [
        problem.key,
        problem.members,
        None if parameter is None else parameter.key,
        *(step.key for step in problem.path),
        *(one.key for parameters in problem.lacking for one in parameters),
    ]
    keys += [party.key for party in parties if party is not None]
    keys += [] if problem.binding is None else [problem.binding.built]
    return [key for key in keys if key is not None]
