"""What was registered, indexed by key."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from wireproof._model.binding import Binding, Kind, Origin

K = TypeVar("K")

_DECLARED = {Kind.REQUIREMENT, Kind.CONTRIBUTION, Kind.CONTRIBUTIONS, Kind.DECORATION}
"""Kinds that do not provide their key by themselves."""


class Registry(Generic[K]):
    """The registered bindings by key: providers, their decorations, contributions, and open generics.

    Args:
        bindings: in registration order.
    """

    nowhere: ClassVar[Origin] = Origin("", "", -1)
    """The origin of bindings that nobody has written."""

    def __init__(self, bindings: Iterable[Binding[K]]) -> None:
        """Index the bindings."""
        self._providers: dict[K, list[Binding[K]]] = {}
        self._templates: dict[K, list[Binding[K]]] = {}
        self._collections: dict[K, list[Binding[K]]] = {}
        self._decorations: dict[K, list[Binding[K]]] = {}
        self.autowire: Binding[K] | None = None
        for binding in bindings:
            if binding.kind is Kind.AUTOWIRE:
                self.autowire = binding
            elif binding.key is not None:
                self._index(binding, binding.key)

    def _index(self, binding: Binding[K], key: K) -> None:
        if binding.kind is Kind.CONTRIBUTION:
            self._collections.setdefault(key, []).append(binding)
        elif binding.kind is Kind.CONTRIBUTIONS:
            self._collections.setdefault(key, [])
        elif binding.kind is Kind.DECORATION:
            self._decorations.setdefault(key, []).append(binding)
        elif binding.kind is not Kind.REQUIREMENT:
            index = self._templates if binding.open else self._providers
            index.setdefault(key, []).append(binding)

    def provided(self) -> Iterable[K]:
        """Return every key that has a provider, in registration order."""
        return [*self._providers, *self._templates]

    def candidates(self, key: K) -> list[Binding[K]]:
        """Return every provider registered for the key, in registration order."""
        return self._providers.get(key) or self._templates.get(key, [])

    def winner(self, key: K) -> Binding[K] | None:
        """Return the provider that counts, without decorations: the replacing one if there is one, else the first."""
        return _winner(self._providers.get(key, []))

    def outermost(self, key: K) -> Binding[K] | None:
        """Return what gives the key in the end: the last decoration, or the provider if there is none."""
        winner = self.winner(key)
        decorations = self._decorations.get(key)
        return decorations[-1] if decorations and winner is not None else winner

    def decorated(self, decoration: Binding[K]) -> Binding[K] | None:
        """Return what a decoration receives: the one before it, or for the first the provider."""
        if decoration.key is None:
            return None
        decorations = self._decorations[decoration.key]
        number = decorations.index(decoration)
        return decorations[number - 1] if number else self.winner(decoration.key)

    def is_open(self, key: K) -> bool:
        """Whether the key is a generic class that is provided for its parametrisations only."""
        return key in self._templates

    def template(self, key: K) -> Binding[K] | None:
        """Return the provider of a generic class for any parameters."""
        return _winner(self._templates.get(key, []))

    def has_templates(self) -> bool:
        """Whether there are generic classes that are provided for any parameters."""
        return bool(self._templates)

    def collects(self, key: K | None) -> bool:
        """Whether there are contributions to the key, or they are declared."""
        return key in self._collections

    def contributions(self, key: K | None) -> list[Binding[K]]:
        """Return the contributions to the key, in registration order."""
        return [] if key is None else self._collections.get(key, [])

    def collected(self) -> Iterable[K]:
        """Return every key to which there are contributions."""
        return self._collections

    def is_live(self, binding: Binding[K]) -> bool:
        """Whether the binding takes part: it has not been replaced, and is not the second of a duplicate."""
        if binding.key is None or binding.kind in _DECLARED:
            return True
        return binding is (self.template(binding.key) if binding.open else self.winner(binding.key))


def _winner(candidates: list[Binding[K]]) -> Binding[K] | None:
    return next((binding for binding in candidates if binding.replaces), candidates[0] if candidates else None)
