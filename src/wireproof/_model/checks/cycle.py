"""wire-cycle: dependencies form a cycle."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import Condition, both, excludes
from wireproof._model.binding import Binding, Parameter
from wireproof._model.components import components
from wireproof._model.demands import Demand
from wireproof._model.graph import Graph
from wireproof._model.paths import step
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield one problem for each knot of bindings: the shortest cycle through the one with the smallest name."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""

    def successors(binding: Binding[K]) -> list[Binding[K]]:
        return [one.provider for one in graph.demands(binding) if one.provider is not None and not one.lazy]

    for knot in components(bindings, successors):
        if len(knot) > 1 or knot[0] in successors(knot[0]):
            yield from _in_knot(graph, knot)


def _in_knot(graph: Graph[K], knot: list[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the cycle from the smallest name, if there is one that does not lead through two alternatives at once."""
    for start in sorted(knot, key=lambda binding: "" if binding.key is None else graph.keys.full(binding.key)):
        cycle = _shortest_cycle(graph, start)
        if cycle:
            yield _problem(graph, start, cycle)
            return


def _needed_first(graph: Graph[K], binding: Binding[K]) -> list[Demand[K]]:
    """Return what is needed in order to build the binding; what is only resolved later breaks a cycle."""
    return [demand for demand in graph.demands(binding) if not demand.lazy]


def _problem(graph: Graph[K], start: Binding[K], cycle: list[tuple[Binding[K], Parameter[K]]]) -> Problem[K]:
    steps = [one for binding, parameter in cycle for one in step(graph, binding, parameter)]
    path = (*steps, *step(graph, start))
    return Problem(Code.CYCLE, start.key, start, cycle[0][1], path=path)


class _State(NamedTuple, Generic[K]):
    """A binding on a way, and the alternatives that were taken on it."""

    binding: Binding[K]
    condition: Condition


def _shortest_cycle(graph: Graph[K], start: Binding[K]) -> list[tuple[Binding[K], Parameter[K]]]:
    """Breadth-first from ``start`` back to itself; empty if no way leads there."""
    first = _State(start, start.condition)
    came_from: dict[_State[K], tuple[_State[K], Parameter[K]]] = {}
    queue = deque([first])
    while queue:
        current = queue.popleft()
        for demand in _needed_first(graph, current.binding):
            if demand.provider is None or excludes(demand.condition, current.condition):
                continue
            following = _State(demand.provider, both(current.condition, demand.condition))
            if following not in came_from:
                came_from[following] = (current, demand.parameter)
                queue.append(following)
            if demand.provider is start:
                return _unrolled(came_from, following, first)
    return []


def _unrolled(
    came_from: dict[_State[K], tuple[_State[K], Parameter[K]]], end: _State[K], first: _State[K]
) -> list[tuple[Binding[K], Parameter[K]]]:
    """Return the way from ``first`` to ``end``: both are the same binding, perhaps with alternatives taken between."""
    current, parameter = came_from[end]
    cycle = [(current.binding, parameter)]
    while current != first:
        current, parameter = came_from[current]
        cycle.append((current.binding, parameter))
    return cycle[::-1]
