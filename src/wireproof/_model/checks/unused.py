"""wire-unused: what is provided although nothing that is required needs it. It is looked for only on demand."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")

GIVES_NOTHING = {Kind.REQUIREMENT, Kind.CONTRIBUTIONS, Kind.AUTOWIRE}
"""Kinds that cannot be unused: they say something about other bindings."""


def check(graph: Graph[K], entry_points: Iterable[K] = ()) -> Iterator[Problem[K]]:
    """Yield one problem for each source that has unused bindings, with all of them.

    Args:
        graph: a complete graph.
        entry_points: keys that are asked for besides those that are required.
    """
    by_source: dict[int, list[Binding[K]]] = {}
    for binding in unused(graph, entry_points):
        by_source.setdefault(binding.origin.argument, []).append(binding)
    for bindings in by_source.values():
        yield Problem(Code.UNUSED, bindings[0].key, bindings[0], alike=tuple(bindings))


def unused(graph: Graph[K], entry_points: Iterable[K] = ()) -> list[Binding[K]]:
    """Return the registered bindings that no requirement and no entry point leads to, in registration order.

    Where nothing is known to be asked for, nothing is known to be unused. That is so if there is neither a requirement
    nor an entry point, and if there are sources which may require anything.
    """
    asked = list(_asked_for(graph, entry_points))
    if graph.opaque or not asked:
        return []
    reached = _reached(graph, asked)
    candidates = (binding for binding in graph.bindings if binding.kind not in GIVES_NOTHING)
    return [one for one in candidates if (cases := graph.registry.taking_part(one)) and reached.isdisjoint(cases)]


def _asked_for(graph: Graph[K], entry_points: Iterable[K]) -> Iterator[Binding[K]]:
    """Yield what is asked for from outside; a key stands for what provides it and for what contributes to it."""
    yield from (binding for binding in graph.live() if binding.kind is Kind.REQUIREMENT)
    for key in entry_points:
        yield from (demand.provider for demand in graph.demands_of_key(key) if demand.provider is not None)
        yield from graph.registry.contributions(key)


def _reached(graph: Graph[K], start: Iterable[Binding[K]]) -> set[Binding[K]]:
    """Return all that building these may need, now or later, and the generic classes that some of it is made from."""
    waiting = list(start)
    reached = set(waiting)
    while waiting:
        binding = waiting.pop()
        providers = [demand.provider for demand in graph.demands(binding) if demand.provider is not None]
        new = {*providers, *_templates(graph, binding)} - reached
        reached |= new
        waiting += new
    return reached


def _templates(graph: Graph[K], binding: Binding[K]) -> list[Binding[K]]:
    generic = None if binding.key is None else graph.keys.generic(binding.key)
    return [] if generic is None else graph.registry.templates(generic)
