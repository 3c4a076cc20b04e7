"""wire-abstract: an abstract class or a Protocol is registered as an implementation."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the bindings whose target cannot be instantiated."""
    for binding in graph.live():
        if binding.abstract is not None:
            yield Problem(Code.ABSTRACT, binding.key, binding)
