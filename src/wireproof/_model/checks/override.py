"""wire-override: a replacing source replaces nothing."""

from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

from wireproof._model.alternatives import Condition, both, excludes, gap
from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the replacing sources none of whose keys has a plain provider, be it in one alternative."""
    if graph.opaque:
        return
    groups: dict[int, list[Binding[K]]] = {}
    for binding in graph.bindings:
        if binding.replaces:
            groups.setdefault(binding.replaces, []).append(binding)
    for group in groups.values():
        replaced = [condition for binding in group for condition in _replaces(graph, binding)]
        for binding in group:
            if gap(replaced, binding.condition) is not None:
                yield Problem(Code.OVERRIDE, binding.key, binding)
                break


def _replaces(graph: Graph[K], binding: Binding[K]) -> Iterator[Condition]:
    """Yield when a replacing binding replaces something: one for any parameters replaces another one of these."""
    if binding.key is None:
        yield binding.condition
        return
    plain = [candidate for candidate in graph.registry.candidates(binding.key) if not candidate.replaces]
    alike = [candidate for candidate in plain if candidate.open == binding.open]
    made = graph.unregistered(binding.key) if binding.open or len(alike) == len(plain) else ()
    for other in chain(alike, made):
        if not excludes(other.condition, binding.condition):
            yield both(binding.condition, other.condition)
