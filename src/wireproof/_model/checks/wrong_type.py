"""wire-type: what is built is not what is bound."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the bindings whose target builds something that is known not to fit their key."""
    for binding in graph.live():
        if binding.built is None or binding.key is None or binding.yields:
            continue
        if graph.keys.assignable(binding.built, binding.key) is False:
            yield Problem(Code.TYPE, binding.key, binding)
