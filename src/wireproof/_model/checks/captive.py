"""wire-captive: a binding depends on one that lives shorter than itself."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph
from wireproof._model.paths import path_to
from wireproof._model.problems import Code, Problem, Step

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each parameter that would be filled with an instance of a scope that the consumer is not within."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""
    for binding in bindings:
        holder = graph.scope(binding)
        if binding.kind in {Kind.ALIAS, Kind.REQUIREMENT} or holder is None:
            continue
        for demand in graph.demands(binding):
            provider = demand.provider
            scope = None if provider is None else graph.scope(provider)
            if provider is None or provider.key is None or scope is None or scope.holds(holder):
                continue
            path = (*path_to(graph, binding), Step(provider.key, scope))
            yield Problem(Code.CAPTIVE, provider.key, binding, demand.parameter, provider, scope, holder, path)
