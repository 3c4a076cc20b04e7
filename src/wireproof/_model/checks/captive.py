"""wire-captive: a binding depends on one that lives shorter than itself."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.alternatives import both, excludes
from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph, Life
from wireproof._model.paths import path_to
from wireproof._model.problems import Code, Problem, Step

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each parameter that would be filled with an instance of a scope that the consumer is not within."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""
    for binding in bindings:
        if binding.kind not in {Kind.ALIAS, Kind.REQUIREMENT}:
            for holder in graph.lives(binding):
                yield from _held(graph, binding, holder)


def _held(graph: Graph[K], binding: Binding[K], holder: Life) -> Iterator[Problem[K]]:
    """Yield what a binding that lives in one scope would hold for too long."""
    for demand in graph.demands(binding):
        provider = demand.provider
        if provider is None or provider.scope is holder.scope:  # nearly always, and several times quicker
            continue
        if provider.key is None or excludes(demand.condition, holder.condition):
            continue
        for life in graph.lives(provider):
            together = both(demand.condition, holder.condition)
            if not life.scope.holds(holder.scope) and not excludes(life.condition, together):
                path = (*path_to(graph, binding), Step(provider.key, life.scope))
                scopes = (life.scope, holder.scope)
                yield Problem(Code.CAPTIVE, provider.key, binding, demand.parameter, provider, *scopes, path)
