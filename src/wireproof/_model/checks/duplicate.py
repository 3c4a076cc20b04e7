"""wire-duplicate: two providers for one key, and it is not said which one wins."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from wireproof._model.alternatives import excludes
from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each key that has two plain providers, also beside a replacing one, or two replacing ones.

    Alternatives to one another are no duplicates. One problem for a key: the second provider is to be changed, and any
    further ones are counted.
    """
    if graph.opaque:
        return
    for candidates in graph.registry.rivals():
        key = candidates[0].key
        if len(candidates) == 1 or key is None:
            continue
        plain = [binding for binding in candidates if not binding.replaces]
        replacing = [binding for binding in candidates if binding.replaces]
        for rivals in (plain, replacing):
            yield from _among(key, rivals)


def _among(key: K, rivals: list[Binding[K]]) -> Iterator[Problem[K]]:
    pairs: dict[Binding[K], Binding[K]] = {}
    for number, second in enumerate(rivals):
        before = (one for one in rivals[:number] if not excludes(one.condition, second.condition))
        pairs.update((second, first) for first in islice(before, 1))
    for second, first in islice(pairs.items(), 1):
        yield Problem(Code.DUPLICATE, key, second, other=first, also=len(pairs) - 1)
