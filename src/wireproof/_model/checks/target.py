"""wire-target: something is registered that can never be provided."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the bindings whose target is none; at run time the call that is given it has raised `TypeError`."""
    for binding in graph.bindings:
        if binding.refused is not None:
            yield Problem(Code.TARGET, binding.key, binding)
