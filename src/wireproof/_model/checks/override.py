"""wire-override: a replacing source replaces nothing."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the replacing sources none of whose keys has a plain provider."""
    if graph.opaque:
        return
    groups: dict[int, list[Binding[K]]] = {}
    for binding in graph.bindings:
        if binding.replaces:
            groups.setdefault(binding.replaces, []).append(binding)
    for group in groups.values():
        if not any(_replaces_something(graph, binding) for binding in group):
            yield Problem(Code.OVERRIDE, group[0].key, group[0])


def _replaces_something(graph: Graph[K], binding: Binding[K]) -> bool:
    if binding.key is None:
        return True
    plain = any(not candidate.replaces for candidate in graph.registry.candidates(binding.key))
    return plain or graph.unregistered(binding.key) is not None
