"""Names of keys within one message: short, unless two different keys would then look the same."""

from typing import Generic, TypeVar

from wireproof._model.binding import Binding
from wireproof._model.keys import Naming
from wireproof._model.problems import Problem

K = TypeVar("K")


class Names(Generic[K]):
    """Names for all keys that a problem mentions."""

    def __init__(self, problem: Problem[K], keys: Naming[K]) -> None:
        """Collect the keys and find which short names stand for more than one of them."""
        self._keys = keys
        by_short: dict[str, set[str]] = {}
        for key in _mentioned(problem):
            by_short.setdefault(keys.short(key), set()).add(keys.full(key))
        self._ambiguous = {short for short, full in by_short.items() if len(full) > 1}

    def of(self, key: K | None) -> str:
        """Return the name to show for a key; ``?`` for one that is not known."""
        if key is None:
            return "?"
        short = self._keys.short(key)
        return self._keys.full(key) if short in self._ambiguous else short


def _mentioned(problem: Problem[K]) -> list[K]:
    parties: list[Binding[K] | None] = [problem.binding, problem.other, *problem.near]
    parameter = problem.parameter
    keys = [
        problem.key,
        problem.members,
        None if parameter is None else parameter.key,
        *(step.key for step in problem.path),
    ]
    keys += [key for party in parties if party is not None for key in (party.key, party.built)]
    return [key for key in keys if key is not None]
