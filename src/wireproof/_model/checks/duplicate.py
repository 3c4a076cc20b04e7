"""wire-duplicate: two providers for one key, and it is not said which one wins."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each key that has two plain providers, also beside a replacing one, or two replacing ones.

    One problem for a key: the second provider is to be changed, and any further ones are counted.
    """
    if graph.opaque:
        return
    for key in graph.registry.provided():
        candidates = graph.registry.candidates(key)
        plain = [binding for binding in candidates if not binding.replaces]
        replacing = [binding for binding in candidates if binding.replaces]
        for rivals in (plain, replacing):
            if len(rivals) > 1:
                yield _problem(key, rivals)


def _problem(key: K, rivals: list[Binding[K]]) -> Problem[K]:
    first, second, *more = rivals
    return Problem(Code.DUPLICATE, key, second, other=first, also=len(more))
