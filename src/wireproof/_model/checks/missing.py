"""wire-missing: a key that is needed has no provider."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.alternatives import Branch, Condition
from wireproof._model.binding import Binding, Kind
from wireproof._model.demands import Demand
from wireproof._model.graph import Graph
from wireproof._model.near import near_misses
from wireproof._model.paths import path_to
from wireproof._model.problems import Alternatives, Code, Problem, Step

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield each missing key once, at the first binding that needs it; the others that do are counted."""
    yield from among(graph, graph.live())


def among(graph: Graph[K], bindings: Iterable[Binding[K]]) -> Iterator[Problem[K]]:
    """Yield the problems of some of the graph's bindings."""
    if graph.opaque:
        return
    needs: dict[K, list[tuple[Binding[K], Demand[K]]]] = {}
    for binding in bindings:
        if binding.overloads:
            yield from _no_overload(graph, binding)
        for demand in graph.demands(binding):
            if demand.provider is None and demand.key is not None:
                needs.setdefault(demand.key, []).append((binding, demand))
    for key, needed_by in needs.items():
        binding, unfilled = min(needed_by, key=lambda need: need[0].origin.rank)
        yield Problem(
            Code.MISSING,
            key,
            binding,
            unfilled.parameter,
            path=(*path_to(graph, binding), Step(key, None)),
            also=len({consumer for consumer, _ in needed_by}) - 1,
            members=_members(graph, key),
            alternatives=alternatives(graph, key, unfilled.condition),
            near=near_misses(graph, key),
        )


def _no_overload(graph: Graph[K], binding: Binding[K]) -> Iterator[Problem[K]]:
    """Yield the problem of a target none of whose overloads can be called; the one that lacks least is the way out."""
    uncalled = next((one.condition for one in graph.calls(binding) if one.overload is None), None)
    if binding.overloads and uncalled is not None:
        lacking = tuple(tuple(graph.lacking(parameters, uncalled)) for parameters in binding.overloads)
        key = min(lacking, key=len)[0].key
        near = () if key is None else near_misses(graph, key)
        among = None if key is None else alternatives(graph, key, uncalled)
        path = path_to(graph, binding)
        yield Problem(Code.MISSING, key, binding, path=path, lacking=lacking, alternatives=among, near=near)


def at_resolve(graph: Graph[K], key: K) -> Iterator[Problem[K]]:
    """Yield the problem of asking a container for a key that it does not provide."""
    if graph.opaque:
        return
    for demand in graph.demands_of_key(key):
        if demand.provider is None and demand.key is not None:
            template = graph.registry.template(demand.key)
            near, members = near_misses(graph, demand.key), _members(graph, demand.key)
            among = alternatives(graph, demand.key, demand.condition)
            yield Problem(Code.MISSING, demand.key, other=template, members=members, alternatives=among, near=near)


def _members(graph: Graph[K], key: K) -> K | None:
    """Return what a collection would be of."""
    derived = graph.keys.derive(key)
    return derived.inner if derived is not None and derived.kind is Kind.COLLECTION else None


def alternatives(graph: Graph[K], key: K, lacking: Condition) -> Alternatives | None:
    """Return what else would provide a key, of the choices made where it is missing; None if none of them matters."""
    provided = {branch for one in graph.registry.candidates(key) for branch in one.condition}
    for choice, number in reversed(lacking):
        providing = [name for other, name in enumerate(choice.names) if Branch(choice, other) in provided]
        if providing and Branch(choice, number) not in provided:
            return Alternatives(tuple(providing), choice.names[number])
    return None
