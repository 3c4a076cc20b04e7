"""wire-scope: something is asked for at a scope where it does not live yet."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.binding import Kind
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the requirements of a key at a scope outside of the one it lives in."""
    for binding in graph.bindings:
        if binding.kind is Kind.REQUIREMENT and binding.key is not None and binding.scope is not None:
            for problem in at_resolve(graph, binding.key, binding.scope):
                yield Problem(Code.SCOPE, problem.key, binding, other=problem.other, scope=problem.scope)


def at_resolve(graph: Graph[K], key: K, scope: ScopePath) -> Iterator[Problem[K]]:
    """Yield the problem of asking for ``key`` at ``scope``, if it lives in a scope that is not open there."""
    provider = graph.provider(key)
    target = None if provider is None else graph.target(provider)  # an alias lives where its target does
    if target is not None and target.scope is not None and not target.scope.holds(scope):
        yield Problem(Code.SCOPE, key, other=target, scope=scope)
