"""The graph: all bindings, indexed by key, with the questions that checks and plans ask."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.binding import Binding, Kind, Parameter
from wireproof._model.keys import Keys
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")


class Edge(NamedTuple, Generic[K]):
    """A parameter of a binding and the binding that will fill it, None if nothing does."""

    parameter: Parameter[K]
    provider: Binding[K] | None


class Graph(Generic[K]):
    """An immutable graph of bindings.

    Args:
        bindings: in registration order.
        keys: what the head knows about its keys.
        opaque: whether there are sources about which nothing is known. They could provide anything, so that
            nothing can be called missing or duplicate; all else stays proven.
    """

    def __init__(self, bindings: Iterable[Binding[K]], keys: Keys[K], *, opaque: bool = False) -> None:
        """Index the bindings."""
        self.bindings: tuple[Binding[K], ...] = tuple(bindings)
        self.keys = keys
        self.opaque = opaque
        self._by_key: dict[K, list[Binding[K]]] = {}
        for binding in self.bindings:
            if binding.kind is not Kind.REQUIREMENT and binding.key is not None:
                self._by_key.setdefault(binding.key, []).append(binding)
        self._asynchronous: set[Binding[K]] | None = None
        self._dependents: dict[Binding[K], list[tuple[Binding[K], Parameter[K]]]] | None = None

    def provided(self) -> Iterable[K]:
        """Return every key that has a provider, in registration order."""
        return self._by_key

    def candidates(self, key: K) -> list[Binding[K]]:
        """Return every binding registered for the key, in registration order."""
        return self._by_key.get(key, [])

    def provider(self, key: K | None) -> Binding[K] | None:
        """Return the binding that serves the key: the replacing one if there is one, else the first."""
        if key is None:
            return None
        candidates = self.candidates(key)
        return next((binding for binding in candidates if binding.replaces), candidates[0] if candidates else None)

    def is_live(self, binding: Binding[K]) -> bool:
        """Whether the binding takes part: it has not been replaced by another one."""
        return binding.kind is Kind.REQUIREMENT or self.provider(binding.key) in {binding, None}

    def live(self) -> list[Binding[K]]:
        """Return the bindings that take part, in registration order."""
        return [binding for binding in self.bindings if self.is_live(binding)]

    def edges(self, binding: Binding[K]) -> list[Edge[K]]:
        """Return what each parameter of the binding will be filled with."""
        return [Edge(parameter, self.provider(parameter.key)) for parameter in binding.parameters]

    def target(self, binding: Binding[K]) -> Binding[K] | None:
        """Follow aliases to the binding that builds; None for one that leads nowhere or in a circle."""
        seen: set[Binding[K]] = set()
        current: Binding[K] | None = binding
        while current is not None and current.kind is Kind.ALIAS:
            if current in seen:
                return None
            seen.add(current)
            current = self.provider(current.parameters[0].key)
        return current

    def scope(self, binding: Binding[K]) -> ScopePath | None:
        """Return the scope in which the instance lives; an alias lives where its target does."""
        target = self.target(binding)
        return None if target is None else target.scope

    def needs_await(self, binding: Binding[K]) -> Binding[K] | None:
        """Return the asynchronous binding that building this one involves, itself included, or None."""
        if binding.kind is not Kind.REQUIREMENT and self.is_live(binding) and binding not in self._awaiting():
            return None
        waiting, seen = [binding], {binding}
        while waiting:
            current = waiting.pop()
            if current.asynchronous:
                return current
            for edge in self.edges(current):
                if edge.provider is not None and edge.provider not in seen:
                    seen.add(edge.provider)
                    waiting.append(edge.provider)
        return None

    def _awaiting(self) -> set[Binding[K]]:
        """Return all live bindings whose building involves an asynchronous one, found in one pass from those."""
        if self._asynchronous is None:
            waiting = [binding for binding in self.live() if binding.asynchronous]
            self._asynchronous = set(waiting)
            while waiting:
                new = {consumer for consumer, _ in self.dependents(waiting.pop())} - self._asynchronous
                self._asynchronous |= new
                waiting += new
        return self._asynchronous

    def dependents(self, binding: Binding[K]) -> list[tuple[Binding[K], Parameter[K]]]:
        """Return the live bindings that have this one as a dependency, each with the parameter it fills."""
        if self._dependents is None:
            self._dependents = {}
            for consumer in self.live():
                for edge in self.edges(consumer):
                    if edge.provider is not None:
                        self._dependents.setdefault(edge.provider, []).append((consumer, edge.parameter))
        return self._dependents.get(binding, [])
