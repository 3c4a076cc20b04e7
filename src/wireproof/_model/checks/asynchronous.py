"""wire-async: something whose building involves ``await`` is asked for without one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from wireproof._model.alternatives import ALWAYS, Condition
from wireproof._model.binding import Kind
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield requirements, and functions that resolve later, without ``await`` of what needs it."""
    for binding in graph.bindings:
        if binding.kind is Kind.REQUIREMENT and not binding.awaited and binding.key is not None:
            for problem in at_resolve(graph, binding.key, binding.condition):
                yield replace(problem, binding=binding)
    for binding in graph.live():
        for demand in graph.demands(binding):
            if demand.lazy and not demand.awaited and demand.provider is not None:
                culprit = graph.needs_await(demand.provider, demand.condition)
                if culprit is not None:
                    yield Problem(Code.ASYNC, demand.key, binding, demand.parameter, other=culprit)


def at_resolve(graph: Graph[K], key: K, within: Condition = ALWAYS) -> Iterator[Problem[K]]:
    """Yield the problem of resolving ``key`` synchronously."""
    culprits = (graph.needs_await(provider, within) for provider in graph.supply(key, within).providers)
    culprit = next((culprit for culprit in culprits if culprit is not None), None)
    if culprit is not None:
        yield Problem(Code.ASYNC, key, other=culprit)
