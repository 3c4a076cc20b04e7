"""wire-async: something whose building involves ``await`` is asked for without one."""

from collections.abc import Iterator
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import ALWAYS, Condition
from wireproof._model.binding import Binding, Kind, Origin, Parameter
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


class _Need(NamedTuple, Generic[K]):
    """Something that is wanted without ``await``."""

    binding: Binding[K]
    """Who wants it."""

    parameter: Parameter[K] | None
    key: K | None
    culprit: Binding[K]
    """What has to be awaited for it."""


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield what has to be awaited and is wanted without that: once, at the first who does; the others are counted."""
    by_culprit: dict[Origin, list[_Need[K]]] = {}
    for need in chain(_required(graph), _later(graph)):
        by_culprit.setdefault(need.culprit.origin, []).append(need)
    for needs in by_culprit.values():
        binding, parameter, key, culprit = min(needs, key=lambda need: need.binding.origin.rank)
        also = len({need.binding for need in needs}) - 1
        yield Problem(Code.ASYNC, key, binding, parameter, other=culprit, also=also)


def _required(graph: Graph[K]) -> Iterator[_Need[K]]:
    """Yield what requirements want without ``await``."""
    for binding in graph.bindings:
        if binding.kind is Kind.REQUIREMENT and not binding.awaited and binding.key is not None:
            culprit = _culprit(graph, binding.key, binding.condition)
            if culprit is not None:
                yield _Need(binding, None, binding.key, culprit)


def _later(graph: Graph[K]) -> Iterator[_Need[K]]:
    """Yield what functions that resolve later do so without ``await``."""
    for binding in graph.live():
        for demand in graph.demands(binding):
            if demand.lazy and not demand.awaited and demand.provider is not None:
                culprit = graph.needs_await(demand.provider, demand.condition)
                if culprit is not None:
                    yield _Need(binding, demand.parameter, demand.key, culprit)


def at_resolve(graph: Graph[K], key: K, within: Condition = ALWAYS) -> Iterator[Problem[K]]:
    """Yield the problem of resolving ``key`` synchronously."""
    culprit = _culprit(graph, key, within)
    if culprit is not None:
        yield Problem(Code.ASYNC, key, other=culprit)


def _culprit(graph: Graph[K], key: K, within: Condition) -> Binding[K] | None:
    """Return something that has to be awaited for ``key``, or None."""
    culprits = (graph.needs_await(provider, within) for provider in graph.supply(key, within).providers)
    return next((culprit for culprit in culprits if culprit is not None), None)
