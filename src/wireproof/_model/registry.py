"""What was registered, indexed by key."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from wireproof._model.alternatives import ALWAYS, Condition, gap, split
from wireproof._model.binding import Binding, Kind, Origin
from wireproof._model.supply import Supply, choose, in_case, settle

K = TypeVar("K")

_DECLARED = {Kind.REQUIREMENT, Kind.CONTRIBUTION, Kind.CONTRIBUTIONS}
"""Kinds that stand for themselves, beside all others of their key."""

_Cases = dict[Binding[K], list[Binding[K]]]
"""Bindings as they were registered, and what they are in the cases in which they count."""


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
        self._collected_if: dict[K, list[Condition]] = {}
        self._decorations: dict[K, list[Binding[K]]] = {}
        self._settled: dict[K, _Cases[K]] = {}
        self._settled_templates: dict[K, _Cases[K]] = {}
        self._decorated: dict[K, _Cases[K]] = {}
        self.autowires: list[Binding[K]] = []
        """What builds classes that nobody has registered: of those that are there together, the first counts."""
        for binding in bindings:
            if binding.kind is Kind.AUTOWIRE:
                self.autowires.insert(0, binding)
            elif binding.key is not None:
                self._index(binding, binding.key)

    def _index(self, binding: Binding[K], key: K) -> None:
        if binding.kind in {Kind.CONTRIBUTION, Kind.CONTRIBUTIONS}:
            members = self._collections.setdefault(key, [])
            members += [binding] if binding.kind is Kind.CONTRIBUTION else []
            self._collected_if.setdefault(key, []).append(binding.condition)
        elif binding.kind is Kind.DECORATION:
            self._decorations.setdefault(key, []).append(binding)
        elif binding.kind is not Kind.REQUIREMENT:
            index = self._templates if binding.open else self._providers
            index.setdefault(key, []).append(binding)

    def provided(self) -> Iterable[K]:
        """Return every key that has a provider, in registration order."""
        return [*self._providers, *self._templates]

    def candidates(self, key: K) -> list[Binding[K]]:
        """Return every provider registered for the key, and after those the ones for any parameters of it."""
        return [*self._providers.get(key, ()), *self._templates.get(key, ())]

    def rivals(self) -> Iterable[list[Binding[K]]]:
        """Return for each key its providers, in registration order; those for any parameters of it are apart."""
        return [*self._providers.values(), *self._templates.values()]

    def providers(self, key: K) -> list[Binding[K]]:
        """Return who provides the key, without decorations; several only if they are alternatives to one another."""
        return _counting(key, self._providers, self._settled)

    def winner(self, key: K) -> Binding[K] | None:
        """Return the provider that counts, without decorations: the replacing one if there is one, else the first."""
        return next(iter(self.providers(key)), None)

    def decorations(self, key: K) -> list[Binding[K]]:
        """Return the decorations of what is provided, the innermost first."""
        if key not in self._decorations:
            return []
        provided = [provider.condition for provider in self.providers(key)]
        return [one for one in _all(self._decorated_cases(key)) if gap(provided, one.condition) is None]

    def inner(self, decoration: Binding[K], within: Condition | None = None) -> Supply[K]:
        """Return what a decoration receives: the one before it, or for the first the provider; all lack that alike."""
        within = decoration.condition if within is None else within
        if decoration.key is None or decoration.key not in self._providers:
            return Supply((), within)
        decorations = _all(self._decorated_cases(decoration.key))
        earlier = reversed(decorations[: decorations.index(decoration)])
        return choose((*earlier, *self.providers(decoration.key)), within)

    def decorated(self, decoration: Binding[K]) -> Binding[K] | None:
        """Return what a decoration receives, the first of several alternatives."""
        return self.inner(decoration).first()

    def templates(self, key: K) -> list[Binding[K]]:
        """Return the providers of a generic class for any parameters; several only if they are alternatives."""
        return _counting(key, self._templates, self._settled_templates)

    def template(self, key: K) -> Binding[K] | None:
        """Return the provider of a generic class for any parameters, the first of several alternatives."""
        return next(iter(self.templates(key)), None)

    def has_templates(self) -> bool:
        """Whether there are generic classes that are provided for any parameters."""
        return bool(self._templates)

    def collected_if(self, key: K | None) -> list[Condition]:
        """Return the conditions under which there are contributions to the key, or they are declared."""
        conditions = [] if key is None else self._collected_if.get(key, [])
        return [ALWAYS] if ALWAYS in conditions else list(dict.fromkeys(conditions))

    def contributions(self, key: K | None) -> list[Binding[K]]:
        """Return the contributions to the key, in registration order."""
        return [] if key is None else self._collections.get(key, [])

    def collected(self) -> Iterable[K]:
        """Return every key to which there are contributions."""
        return self._collections

    def taking_part(self, binding: Binding[K]) -> list[Binding[K]]:
        """Return a registered binding for each case in which it counts.

        That is itself, unless it depends on alternatives; nothing if it has been replaced, or is the second of a
        duplicate.
        """
        if binding.key is None or binding.kind in _DECLARED:
            return [binding]
        if binding.kind is Kind.DECORATION:
            return self._decorated_cases(binding.key)[binding]
        index, settled = (
            (self._templates, self._settled_templates) if binding.open else (self._providers, self._settled)
        )
        registered = index[binding.key]
        return registered if _is_plain(registered) else _cases(binding.key, index, settled)[binding]

    def _decorated_cases(self, key: K) -> "_Cases[K]":
        """Return the decorations, each for the cases in which it is there, with the one provider that it is of then."""
        if key not in self._decorated:
            provided = [provider.condition for provider in self.providers(key)]
            self._decorated[key] = {
                decoration: [in_case(decoration, case) for case in split(provided, decoration.condition)]
                for decoration in self._decorations.get(key, [])
            }
        return self._decorated[key]


def _counting(key: K, index: dict[K, list[Binding[K]]], settled: dict[K, _Cases[K]]) -> list[Binding[K]]:
    """Return who of those in an index provides the key, for each case in which somebody does."""
    registered = index.get(key, [])
    return registered if _is_plain(registered) else _all(_cases(key, index, settled))


def _is_plain(registered: list[Binding[K]]) -> bool:
    """Whether one is registered, and always there, so that there is nothing to settle: nearly always."""
    return len(registered) == 1 and not registered[0].condition


def _cases(key: K, index: dict[K, list[Binding[K]]], settled: dict[K, _Cases[K]]) -> _Cases[K]:
    """Return who of those in an index provides the key, and when: a replacing one before the others."""
    known = settled.get(key)
    if known is None:
        ranked = sorted(index.get(key, []), key=lambda binding: not binding.replaces)
        known = settled[key] = settle(ranked)
    return known


def _all(cases: _Cases[K]) -> list[Binding[K]]:
    return [case for found in cases.values() for case in found]
