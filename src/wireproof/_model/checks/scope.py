"""wire-scope: something is asked for at a scope where it does not live yet."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.alternatives import ALWAYS, Condition, excludes
from wireproof._model.binding import Kind
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem
from wireproof._model.scope_path import ScopePath, deepest

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the requirements of a key outside of the scope it lives in, and collections that no scope could give."""
    for binding in graph.bindings:
        if binding.kind is Kind.REQUIREMENT and binding.key is not None and binding.scope is not None:
            for problem in at_resolve(graph, binding.key, binding.scope, binding.condition):
                yield problem._replace(binding=binding)
    for key in graph.registry.collected():
        yield from _on_two_branches(graph, key)


def _on_two_branches(graph: Graph[K], key: K) -> Iterator[Problem[K]]:
    """Yield the first contribution that lives in no scope around or within that of the deepest one beside it."""
    members = sorted(graph.registry.contributions(key), key=lambda member: member.origin.definition)
    lives = [(member, life) for member in members for life in graph.lives(member)]
    for member, life in lives:
        beside = [(one, its) for one, its in lives if not excludes(its.condition, life.condition)]
        home = deepest([its.scope for _, its in beside])
        if home is not None and not life.scope.holds(home):
            other = next(one for one, its in beside if its.scope == home)
            yield Problem(Code.SCOPE, key, member, other=other, scope=life.scope, lives=home)
            return


def at_resolve(graph: Graph[K], key: K, scope: ScopePath, within: Condition = ALWAYS) -> Iterator[Problem[K]]:
    """Yield the problem of asking for ``key`` at ``scope``, if it lives in a scope that is not open there."""
    for demand in graph.demands_of_key(key, within):
        for life in () if demand.provider is None else graph.lives(demand.provider):
            if not life.scope.holds(scope) and not excludes(life.condition, demand.condition):
                yield Problem(Code.SCOPE, demand.key, other=demand.provider, scope=scope, lives=life.scope)
