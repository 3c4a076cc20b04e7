"""wire-untyped: a required parameter, or what a factory returns, has no annotation from which a key can be read."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the factories without a key and the required parameters without one."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some bindings."""
    for binding in bindings:
        if binding.key is None and binding.untyped:
            yield Problem(Code.UNTYPED, None, binding)
        for parameter in graph.parameters(binding):
            if parameter.key is None and parameter.untyped and not parameter.optional:
                yield Problem(Code.UNTYPED, binding.key, binding, parameter)
