"""A graph as text, for ``reveal_graph``: from what is asked for down to what that needs, each part shown once."""

from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import Condition
from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.demands import Demand
from wireproof._model.graph import Graph
from wireproof._model.names import Names
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")

HOW: dict[Kind, str] = {
    Kind.FACTORY: "by",
    Kind.INSTANCE: "ready-made, by",
    Kind.ALIAS: "alias, by",
    Kind.REQUIREMENT: "required by",
    Kind.PROMISE: "required by",
    Kind.CONTEXT: "context value, by",
    Kind.CONTRIBUTION: "contributed by",
    Kind.CONTRIBUTIONS: "contributions declared by",
    Kind.AUTOWIRE: "whatever nobody provides, by",
    Kind.DECORATION: "decorated by",
    Kind.CONSTRUCTED: "autowired as",
}
"""How an instance comes to be, for all that somebody registers or that is built."""

ITSELF = "the scope itself"
EMPTY = "empty"
NO_PROVIDER = "no provider here"
NOT_KNOWN = "not known"
ABOVE = ", see above"
OPAQUE = "more, about which nothing is known"


class _Line(NamedTuple, Generic[K]):
    """A line that is still to be written."""

    depth: int
    label: str
    binding: Binding[K] | None
    """What it shows, with what that needs below it; None if the label says all."""


def tree(graph: Graph[K], scope: ScopePath | None) -> list[str]:
    """Return the lines that show a graph.

    Requirements come first, for they say what is asked for; then what nothing else needs; then what is left, which is
    needed by itself only. All are in the order of registration. What has been shown with its needs is not unfolded a
    second time, so that circles end and the text grows with the number of dependencies, not of paths.

    Args:
        graph: the graph, which may have any problems.
        scope: where the container is; None if it is not known.
    """
    writer = _Writer(graph)
    heading = f"Revealed graph at {'?' if scope is None else scope.name}:"
    body = [*writer.write(), *([f"  {OPAQUE}"] if graph.opaque else [])]
    return [heading, *(body or [f"  {EMPTY}"])]


class _Writer(Generic[K]):
    """The state of writing one tree."""

    def __init__(self, graph: Graph[K]) -> None:
        self._graph = graph
        self._names: Names[K] = Names(_keys(graph), graph.keys)
        self._shown: set[Binding[K]] = set()

    def write(self) -> Iterator[str]:
        for root in _roots(self._graph):
            if root not in self._shown:
                yield from self._below(root)

    def _below(self, root: Binding[K]) -> Iterator[str]:
        """Yield a root and all that it needs. Without recursion, because a chain may be longer than Python's stack."""
        waiting = [_Line(1, "", root)]
        while waiting:
            depth, label, binding = waiting.pop()
            indented = "  " * depth + label
            if binding is None:
                yield indented
                continue
            needs = list(self._needs(binding, depth + 1))
            seen = bool(needs) and binding in self._shown
            self._shown.add(binding)
            yield indented + self._binding(binding) + (ABOVE if seen else "")
            waiting += [] if seen else reversed(needs)

    def _binding(self, binding: Binding[K]) -> str:
        key = "" if binding.key is None else f"{self._names.of(binding.key)}{self._scope(binding)} "
        name, definition, _ = binding.origin
        where = "" if definition == name else f" [{definition}]"
        return f"{key}{HOW[binding.kind]} {name}{where}{self._marks(binding)}"

    def _scope(self, binding: Binding[K]) -> str:
        scope = self._graph.scope(binding) if binding.scope is None else binding.scope
        return "" if scope is None else f" ({scope.name})"

    def _marks(self, binding: Binding[K]) -> str:
        asynchronous = ", async" if binding.asynchronous else ""
        awaited = ", awaited" if binding.awaited else ""
        any_arguments = ", for any arguments" if binding.open else ""
        return f"{asynchronous}{awaited}{any_arguments}{self._replaced(binding)}{_case(binding.condition)}"

    def _replaced(self, binding: Binding[K]) -> str:
        if not binding.replaces or binding.key is None:
            return ""
        candidates = self._graph.registry.candidates(binding.key)
        others = [one.origin.name for one in candidates if not one.replaces and one.open == binding.open]
        return f", replacing {', '.join(others)}" if others else ", replacing"

    def _needs(self, binding: Binding[K], depth: int) -> Iterator[_Line[K]]:
        """Yield a line for each dependency, and one for each required parameter for which nothing is built."""
        demands: dict[Parameter[K], list[Demand[K]]] = {}
        for demand in self._graph.demands(binding):
            demands.setdefault(demand.parameter, []).append(demand)
        for parameter in self._graph.parameters(binding):
            label = f"{parameter.name}: " if parameter.name else ""
            for demand in demands.get(parameter, ()):
                yield self._demand(demand, depth, label)
            if parameter not in demands and not parameter.optional:
                yield _Line(depth, f"{label}{self._nothing(parameter)}", None)

    def _demand(self, demand: Demand[K], depth: int, label: str) -> _Line[K]:
        if demand.key != demand.parameter.key:
            label += f"{self._names.of(demand.parameter.key)} -> "
        if demand.provider is None:
            missing = NO_PROVIDER if demand.key is not None else NOT_KNOWN
            return _Line(depth, f"{label}{self._names.of(demand.key)}, {missing}{_case(demand.condition)}", None)
        return _Line(depth, label, demand.provider)

    def _nothing(self, parameter: Parameter[K]) -> str:
        """Return what a parameter is filled with although it demands nothing."""
        provider = self._graph.provider(parameter.key)
        while provider is not None and provider.kind in {Kind.LAZY, Kind.ASYNC_LAZY}:
            provider = self._graph.provider(provider.parameters[0].key)
        if provider is not None and provider.kind is Kind.CONTAINER:
            return ITSELF
        nothing = EMPTY if provider is not None and provider.kind is Kind.COLLECTION else NO_PROVIDER
        return f"{self._names.of(parameter.key)}, {nothing}"


def _case(condition: Condition) -> str:
    """Return which alternatives something belongs to."""
    taken = " and ".join(choice.names[number] or "nothing" for choice, number in condition)
    return f", if it is {taken}" if taken else ""


def _roots(graph: Graph[K]) -> Iterator[Binding[K]]:
    """Yield what trees begin with; last all bindings, for those that are in a circle or below one only."""
    live = graph.live()
    yield from (binding for binding in live if binding.kind is Kind.REQUIREMENT)
    yield from (binding for binding in live if not graph.dependents(binding))
    yield from live


def _keys(graph: Graph[K]) -> Iterator[K]:
    """Yield every key that is shown."""
    for binding in graph.live():
        asked = [parameter.key for parameter in graph.parameters(binding)]
        demanded = [demand.key for demand in graph.demands(binding)]
        yield from (key for key in (binding.key, *asked, *demanded) if key is not None)
