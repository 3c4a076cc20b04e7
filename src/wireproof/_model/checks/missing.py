"""wire-missing: a key that is needed has no provider."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.graph import Graph
from wireproof._model.near import near_misses
from wireproof._model.paths import path_to
from wireproof._model.problems import Code, Problem, Step

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each missing key once, at the first binding that needs it; the others that do are counted."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""
    if graph.opaque:
        return
    needs: dict[K, list[tuple[Binding[K], Parameter[K]]]] = {}
    for binding in bindings:
        for demand in graph.demands(binding):
            if demand.provider is None and demand.key is not None:
                needs.setdefault(demand.key, []).append((binding, demand.parameter))
    for key, needed_by in needs.items():
        binding, parameter = needed_by[0]
        yield Problem(
            Code.MISSING,
            key,
            binding,
            parameter,
            path=(*path_to(graph, binding), Step(key, None)),
            also=len({consumer for consumer, _ in needed_by}) - 1,
            members=_members(graph, key),
            near=near_misses(graph, key),
        )


def at_resolve(graph: Graph[K], key: K) -> Iterator[Problem[K]]:
    """Yield the problem of asking a container for a key that it does not provide."""
    if graph.opaque:
        return
    for demand in graph.demands_of_key(key):
        if demand.provider is None and demand.key is not None:
            template = graph.registry.template(demand.key)
            near, members = near_misses(graph, demand.key), _members(graph, demand.key)
            yield Problem(Code.MISSING, demand.key, other=template, members=members, near=near)


def _members(graph: Graph[K], key: K) -> K | None:
    """Return what a collection would be of."""
    derived = graph.keys.derive(key)
    return derived.inner if derived is not None and derived.kind is Kind.COLLECTION else None
