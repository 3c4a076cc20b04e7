"""wire-yield: a generator factory yields another type than is bound, or is no generator, or does not say that it is.

Whether the objects yielded have the declared type is mypy's own business; only what it does not compare is here.
"""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.checks.wrong_type import fits
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the factories that declare one thing and do another, or yield what does not fit their key."""
    for binding in graph.live():
        if binding.wrong_yield is not None or (binding.yields and not fits(graph, binding)):
            yield Problem(Code.YIELD, binding.key, binding)
