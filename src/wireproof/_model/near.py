"""Near misses: what is provided and looks like what was asked for."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph

K = TypeVar("K")

AT_MOST = 3


def near_misses(graph: Graph[K], key: K) -> tuple[Binding[K], ...]:
    """Return up to three bindings that are one of many or the only one where the other was asked for, or alike.

    Alike is what has a sub- or superclass of ``key`` as its key, whatever their arguments, or one with the same short
    name.
    """
    return tuple(islice(dict.fromkeys((*_of_other_number(graph, key), *_alike(graph, key))), AT_MOST))


def _of_other_number(graph: Graph[K], key: K) -> Iterator[Binding[K]]:
    """Yield a contribution to what is asked for alone, or who provides alone what a collection is asked for of."""
    yield from graph.registry.contributions(key)[:1]
    derived = graph.keys.derive(key)
    if derived is not None and derived.kind is Kind.COLLECTION and derived.inner is not None:
        yield from graph.registry.providers(derived.inner)[:1]


def _alike(graph: Graph[K], key: K) -> Iterator[Binding[K]]:
    keys = graph.keys
    name, wanted = keys.short(key), _bare(graph, key)
    for other in graph.registry.provided():
        provider = graph.registry.winner(other)
        if provider is None or other == key or keys.short(other) == "object":
            continue
        made = _bare(graph, other)
        if keys.short(other) == name or keys.assignable(made, wanted) or keys.assignable(wanted, made):
            yield provider


def _bare(graph: Graph[K], key: K) -> K:
    """Return the generic class of a parametrised key; arguments are what one gets wrong."""
    generic = graph.keys.generic(key)
    return key if generic is None else generic
