"""What is made only when it is asked for: parametrisations of generic classes, and classes that nobody registered.

Where the graph is complete nobody knows that they will be asked for, unless another binding needs them; so they are
checked when they are.
"""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.graph import Graph
from wireproof._model.problems import Problem

K = TypeVar("K")


def at_resolve(graph: Graph[K], key: K) -> Iterator[Problem[K]]:
    """Yield the problems of what is made in order to give ``key``."""
    made = graph.made_for(key)
    if not made:
        return
    from wireproof._model.checks import captive, cycle, missing, untyped  # noqa: PLC0415  # mostly there is nothing

    yield from untyped.among(graph, made)
    yield from missing.among(graph, made)
    yield from captive.among(graph, made)
    yield from cycle.among(graph, made)
