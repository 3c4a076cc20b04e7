"""Near misses: what is provided and looks like what was asked for."""

from typing import TypeVar

from wireproof._model.binding import Binding
from wireproof._model.graph import Graph

K = TypeVar("K")

AT_MOST = 3


def near_misses(graph: Graph[K], key: K) -> tuple[Binding[K], ...]:
    """Return up to three bindings whose key is a sub- or superclass of ``key``, or has the same short name."""
    keys = graph.keys
    name = keys.short(key)
    found: list[Binding[K]] = []
    for other in graph.registry.provided():
        provider = graph.registry.winner(other)
        if provider is None or other == key or keys.short(other) == "object":
            continue
        if keys.short(other) == name or keys.assignable(other, key) or keys.assignable(key, other):
            found.append(provider)
        if len(found) == AT_MOST:
            break
    return tuple(found)
