"""wire-cycle: dependencies form a cycle."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Parameter
from wireproof._model.components import components
from wireproof._model.graph import Demand, Graph
from wireproof._model.paths import step
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield one problem for each knot of bindings: the shortest cycle through the one with the smallest name."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""

    def successors(binding: Binding[K]) -> list[Binding[K]]:
        return [demand.provider for demand in _needed_first(graph, binding) if demand.provider is not None]

    for knot in components(bindings, successors):
        start = min(knot, key=lambda binding: "" if binding.key is None else graph.keys.full(binding.key))
        if len(knot) > 1 or start in successors(start):
            yield _problem(graph, start)


def _needed_first(graph: Graph[K], binding: Binding[K]) -> list[Demand[K]]:
    """Return what is needed in order to build the binding; what is only resolved later breaks a cycle."""
    return [demand for demand in graph.demands(binding) if not demand.lazy]


def _problem(graph: Graph[K], start: Binding[K]) -> Problem[K]:
    cycle = _shortest_cycle(graph, start)
    steps = [one for binding, parameter in cycle for one in step(graph, binding, parameter)]
    path = (*steps, *step(graph, start))
    return Problem(Code.CYCLE, start.key, start, cycle[0][1], path=path)


def _shortest_cycle(graph: Graph[K], start: Binding[K]) -> list[tuple[Binding[K], Parameter[K]]]:
    """Breadth-first from ``start`` back to itself; the caller knows that there is a way."""
    came_from: dict[Binding[K], tuple[Binding[K], Parameter[K]]] = {}
    queue = deque([start])
    while start not in came_from:
        current = queue.popleft()
        for demand in _needed_first(graph, current):
            if demand.provider is not None and demand.provider not in came_from:
                came_from[demand.provider] = (current, demand.parameter)
                queue.append(demand.provider)
    cycle: list[tuple[Binding[K], Parameter[K]]] = [came_from[start]]
    while cycle[-1][0] is not start:
        cycle.append(came_from[cycle[-1][0]])
    return cycle[::-1]
