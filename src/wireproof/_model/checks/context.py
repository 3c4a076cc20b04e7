"""wire-context: a value from outside was not given, or is given where it does not belong."""

from collections import deque
from collections.abc import Container, Iterator
from itertools import islice
from typing import TypeVar

from wireproof._model.alternatives import ALWAYS, Condition, both, excludes, gap
from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.checks.missing import alternatives
from wireproof._model.graph import Graph
from wireproof._model.near import near_misses
from wireproof._model.paths import step
from wireproof._model.problems import Alternatives, Code, Problem, Step
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")


def at_resolve(graph: Graph[K], key: K, given: Container[K]) -> Iterator[Problem[K]]:
    """Yield the context values that ``key`` reaches, also through functions that resolve later, and that are not given.

    Args:
        graph: the wiring.
        key: what is asked for.
        given: the keys of the values that the scope and those around it were given.
    """
    found: set[Binding[K]] = set()
    paths: dict[tuple[Binding[K], Condition], tuple[Step[K], ...]] = {}
    for demand in graph.demands_of_key(key):
        if demand.provider is not None and graph.may_need_values(demand.provider):
            paths.setdefault((demand.provider, demand.condition), ())
    waiting = deque(paths)
    while waiting:
        current, condition = state = waiting.popleft()
        if current.kind is Kind.CONTEXT and current.key is not None and current.key not in given:
            if current not in found:
                found.add(current)
                yield not_given(graph, current, (*paths[state], *step(graph, current)))
            continue
        for demand in graph.demands(current):
            if demand.provider is None or not graph.may_need_values(demand.provider):
                continue
            if excludes(demand.condition, condition):
                continue
            following = (demand.provider, both(condition, demand.condition))
            if following not in paths:
                paths[following] = (*paths[state], *step(graph, current, demand.parameter))
                waiting.append(following)


def not_given(graph: Graph[K], declared: Binding[K], path: tuple[Step[K], ...] = ()) -> Problem[K]:
    """Return the problem of needing a context value that is not there."""
    return Problem(Code.CONTEXT, declared.key, other=declared, scope=graph.scope(declared), path=path)


def at_entering(
    graph: Graph[K], key: K, value: K | None, scope: ScopePath, outer: ScopePath | None
) -> Iterator[Problem[K]]:
    """Yield the problem of giving a value for ``key`` when a scope is opened.

    Args:
        graph: where it has to be declared, by this very key and not by an alias of it.
        key: what it is given for.
        value: what it is; None if that is not known.
        scope: the scope that is opened.
        outer: the scope that it is opened in, which the value must not belong to; None for a container, for which all
            scopes around it are opened as well, and where it is not known.
    """
    declarations = graph.registry.providers(key)
    without = gap((one.condition for one in declarations), ALWAYS)
    if without is not None and not graph.opaque:
        yield _undeclared(graph, key, scope, alternatives(graph, key, without))
        return
    found = (_given_wrongly(graph, one, key, value, (scope, outer)) for one in declarations)
    yield from islice((problem for problem in found if problem is not None), 1)


def _undeclared(graph: Graph[K], key: K, scope: ScopePath, among: Alternatives | None = None) -> Problem[K]:
    near = (one for one in near_misses(graph, key) if one.kind is Kind.CONTEXT)
    return Problem(Code.CONTEXT, key, scope=scope, alternatives=among, near=tuple(near))


def _given_wrongly(
    graph: Graph[K], declared: Binding[K], key: K, value: K | None, opened: tuple[ScopePath, ScopePath | None]
) -> Problem[K] | None:
    """Return what is wrong with a value where this is what provides its key."""
    scope, outer = opened
    if declared.kind not in {Kind.CONTEXT, Kind.PROMISE}:
        return None if graph.opaque else _undeclared(graph, key, scope)
    lives = declared.scope
    if declared.kind is Kind.CONTEXT and lives is not None and not _is_opened(lives, scope, outer):
        return Problem(Code.CONTEXT, key, other=declared, scope=scope, lives=lives)
    if value is not None and graph.keys.assignable(value, key) is False:
        return Problem(Code.TYPE, key, parameter=Parameter("", value), other=declared)
    return None


def _is_opened(lives: ScopePath, scope: ScopePath, outer: ScopePath | None) -> bool:
    return lives.holds(scope) and (outer is None or not lives.holds(outer))
