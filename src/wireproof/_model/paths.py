"""Paths through a graph that lead to a problem, for messages."""

from collections import deque
from typing import TypeVar

from wireproof._model.alternatives import both, excludes
from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.graph import Graph
from wireproof._model.problems import Step

K = TypeVar("K")


def step(graph: Graph[K], binding: Binding[K], parameter: Parameter[K] | None = None) -> list[Step[K]]:
    """Return the step for a binding, left through ``parameter``; nothing for one without a key."""
    if binding.key is None or binding.kind is Kind.REQUIREMENT:
        return []
    onward = "" if parameter is None or not parameter.name else f"{binding.origin.name}.{parameter.name}"
    return [Step(binding.key, graph.scope(binding), onward)]


def path_to(graph: Graph[K], binding: Binding[K]) -> tuple[Step[K], ...]:
    """Return the shortest path to a binding from one that nothing depends on, the first registered of equals.

    A binding in a cycle, or below one only, has no such start: its path is itself alone.
    """
    towards: dict[Binding[K], tuple[Binding[K], Parameter[K]]] = {}
    queue, seen = deque([(binding, binding.condition)]), {binding}
    while queue:
        current, condition = queue.popleft()
        dependents = graph.dependents(current)
        if not dependents:
            return _unroll(graph, current, binding, towards)
        for consumer, demand in dependents:
            if consumer not in seen and not excludes(demand.condition, condition):
                seen.add(consumer)
                towards[consumer] = (current, demand.parameter)
                queue.append((consumer, both(condition, demand.condition)))
    return tuple(step(graph, binding))


def _unroll(
    graph: Graph[K],
    start: Binding[K],
    end: Binding[K],
    towards: dict[Binding[K], tuple[Binding[K], Parameter[K]]],
) -> tuple[Step[K], ...]:
    steps: list[Step[K]] = []
    current = start
    while current is not end:
        following, parameter = towards[current]
        steps += step(graph, current, parameter)
        current = following
    return (*steps, *step(graph, end))
