"""The graph: all bindings, indexed by key, with the questions that checks and plans ask."""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.binding import DERIVED, Binding, Kind, Parameter
from wireproof._model.keys import Keys
from wireproof._model.registry import Registry
from wireproof._model.scope_path import ScopePath, deepest

K = TypeVar("K")


class Demand(NamedTuple, Generic[K]):
    """What a binding needs through one of its parameters, seen through ``Callable[[], T]``, ``T | None`` and the like.

    A collection makes several demands, a ``T | None`` for which there is nothing makes none.
    """

    parameter: Parameter[K]
    key: K | None
    provider: Binding[K] | None
    """What will fill it; None if nothing does."""

    lazy: bool = False
    """It is not needed in order to build the binding, only later."""

    awaited: bool = False
    """If it is lazy: it will be awaited."""


class Graph(Generic[K]):
    """An immutable graph of bindings.

    Args:
        bindings: in registration order.
        keys: what the head knows about its keys.
        previous: the graph that this one is a variation of: what it made of the same registrations is taken over, so
            that bindings can be compared between the two.
        opaque: whether there are sources about which nothing is known. They could provide anything, so that
            nothing can be called missing or duplicate; all else stays proven.
    """

    def __init__(
        self,
        bindings: Iterable[Binding[K]],
        keys: Keys[K],
        *,
        opaque: bool = False,
        previous: "Graph[K] | None" = None,
    ) -> None:
        """Index the bindings."""
        self.bindings: tuple[Binding[K], ...] = tuple(bindings)
        self.keys = keys
        self.opaque = opaque
        self._previous = previous
        self.registry: Registry[K] = Registry(self.bindings)
        self._found: dict[tuple[K, bool], Binding[K] | None] = {}
        self._demands: dict[Binding[K], tuple[Demand[K], ...]] = {}
        self._scopes: dict[Binding[K], ScopePath | None] = {}
        self._live: list[Binding[K]] | None = None
        self._taking_part: set[Binding[K]] | None = None
        self._asynchronous: set[Binding[K]] | None = None
        self._dependents: dict[Binding[K], list[tuple[Binding[K], Demand[K]]]] | None = None

    def provider(self, key: K | None, *, construct: bool = True) -> Binding[K] | None:
        """Return the binding that serves the key.

        That is the registered one; else what the key means by its form; else a generic class's for its parameters;
        else, with ``autowire``, one made from a constructor.

        Args:
            key: what is asked for.
            construct: whether an unregistered class may be built for it; not for what is optional.
        """
        if key is None:
            return None
        if (key, construct) not in self._found:
            found = self._find(key, construct=construct)
            self._found.setdefault((key, construct), found)  # all threads that come here at once get the first one's
        return self._found[key, construct]

    def _find(self, key: K, *, construct: bool) -> Binding[K] | None:
        registered = self.registry.outermost(key)
        if registered is not None:
            return registered
        if self.registry.is_open(key):
            return None
        return self._derived(key) or self.unregistered(key, construct=construct)

    def unregistered(self, key: K, *, construct: bool = True) -> Binding[K] | None:
        """Return what would serve the key if nobody had registered it: a generic class, or one that is autowired."""
        found = self._specialised(key)
        if found is None and construct and self.registry.autowire is not None:
            found = self._constructed(key, self.registry.autowire)
        return found

    def _constructed(self, key: K, source: Binding[K]) -> Binding[K] | None:
        if self._previous is not None and self._previous.registry.autowire is source:
            return self._previous.provider(key)
        return self.keys.construct(key, source)

    def _derived(self, key: K) -> Binding[K] | None:
        derived = self.keys.derive(key)
        if derived is None or (derived.kind is Kind.COLLECTION and not self.registry.collects(derived.inner)):
            return None
        parameters = () if derived.inner is None else (Parameter("", derived.inner),)
        return Binding(derived.kind, key, self.registry.nowhere, None, parameters)

    def _specialised(self, key: K) -> Binding[K] | None:
        generic = self.keys.generic(key)
        template = None if generic is None else self.registry.template(generic)
        if generic is None or template is None:
            return None
        if self._previous is not None and self._previous.registry.template(generic) is template:
            return self._previous.provider(key)
        return self.keys.specialise(template, key)

    def is_open_ended(self) -> bool:
        """Whether more can be asked for than what is registered and needed: generic classes, unregistered ones."""
        return self.registry.autowire is not None or self.registry.has_templates()

    def live(self) -> list[Binding[K]]:
        """Return the bindings that take part: the registered ones in that order, then those made for what they need."""
        if self._live is None:
            self._live = [binding for binding in self.bindings if self.registry.is_live(binding)]
            seen = set(self._live)
            for binding in self._live:  # it grows as we go
                for demand in self.demands(binding):
                    if demand.provider is not None and demand.provider not in seen:
                        seen.add(demand.provider)
                        self._live.append(demand.provider)
        return self._live

    def demands(self, binding: Binding[K]) -> tuple[Demand[K], ...]:
        """Return what a binding needs; for one that nobody registers, what is behind it."""
        if binding not in self._demands:
            self._demands[binding] = tuple(self._find_demands(binding))
        return self._demands[binding]

    def _find_demands(self, binding: Binding[K]) -> Iterator[Demand[K]]:
        if binding.kind in DERIVED:
            yield from self._behind(Demand(Parameter("", binding.key), binding.key, binding))
            return
        for parameter in binding.parameters:
            if binding.kind is Kind.DECORATION and parameter is binding.parameters[0]:
                yield Demand(parameter, parameter.key, self.registry.decorated(binding))
            elif not parameter.optional or self.filled(parameter) is not None:
                yield from self._behind(Demand(parameter, parameter.key, self.filled(parameter)))

    def filled(self, parameter: Parameter[K]) -> Binding[K] | None:
        """Return what a parameter will be filled with; None for one with a default unless all is there for it."""
        provider = self.provider(parameter.key, construct=not parameter.optional)
        if provider is None or not parameter.optional:
            return provider
        behind = self._behind(Demand(parameter, parameter.key, provider))
        return None if any(demand.provider is None for demand in behind) else provider

    def _behind(self, demand: Demand[K]) -> Iterator[Demand[K]]:
        """Look through what nobody registers to what somebody has to."""
        provider = demand.provider
        if provider is None or provider.kind not in DERIVED:
            yield demand
        elif provider.kind is Kind.COLLECTION:
            for member in self.registry.contributions(provider.parameters[0].key):
                yield demand._replace(key=member.key, provider=member)
        elif provider.kind is not Kind.CONTAINER:
            yield from self._behind_one(demand, provider)

    def _behind_one(self, demand: Demand[K], provider: Binding[K]) -> Iterator[Demand[K]]:
        key = provider.parameters[0].key
        if provider.kind is Kind.NULLABLE:
            inner = self.provider(key, construct=False)
            if inner is not None:
                yield from self._behind(demand._replace(key=key, provider=inner))
            return
        awaited = provider.kind is Kind.ASYNC_LAZY
        yield from self._behind(demand._replace(key=key, provider=self.provider(key), lazy=True, awaited=awaited))

    def demands_of_key(self, key: K) -> list[Demand[K]]:
        """Return what asking for a key comes to: the key itself, or what is behind it."""
        return list(self._behind(Demand(Parameter("", key), key, self.provider(key))))

    def made_for(self, key: K) -> list[Binding[K]]:
        """Return the bindings that are made only because a key is asked for."""
        found: list[Binding[K]] = []
        seen = set(self._live_set())
        waiting = self.demands_of_key(key)
        while waiting:
            provider = waiting.pop().provider
            if provider is not None and provider not in seen:
                seen.add(provider)
                found.append(provider)
                waiting += self.demands(provider)
        return found

    def target(self, binding: Binding[K]) -> Binding[K] | None:
        """Follow aliases to the binding that gives the instance; None if they lead nowhere or in a circle."""
        seen: set[Binding[K]] = set()
        current: Binding[K] | None = binding
        while current is not None and current.kind is Kind.ALIAS:
            if current in seen:
                return None
            seen.add(current)
            current = self.provider(current.parameters[0].key)
        return current

    def scope(self, binding: Binding[K]) -> ScopePath | None:
        """Return the scope in which the instance lives, None if it is not known or does not matter.

        An alias lives where its target does, a decorated instance where the undecorated one does, a collection and
        a class that nobody registered in the deepest scope that they need.
        """
        if binding not in self._scopes:
            self._scopes[binding] = binding.scope  # for whatever comes back here, in a cycle
            self._scopes[binding] = self._find_scope(binding)
        return self._scopes[binding]

    def _find_scope(self, binding: Binding[K]) -> ScopePath | None:
        target = self.target(binding)
        if target is None or target.scope is not None:
            return None if target is None else target.scope
        if target.kind is Kind.DECORATION:
            inner = self.registry.decorated(target)
            return None if inner is None else self.scope(inner)
        scopes = [self.scope(demand.provider) for demand in self.demands(target) if demand.provider is not None]
        return deepest([scope for scope in scopes if scope is not None])

    def needs_await(self, binding: Binding[K]) -> Binding[K] | None:
        """Return an asynchronous binding that building this one involves, itself included, or None."""
        if binding in self._live_set() and binding not in self._awaiting():
            return None
        waiting, seen = [binding], {binding}
        while waiting:
            current = waiting.pop()
            if current.asynchronous:
                return current
            for demand in self.demands(current):
                if demand.provider is not None and not demand.lazy and demand.provider not in seen:
                    seen.add(demand.provider)
                    waiting.append(demand.provider)
        return None

    def _live_set(self) -> set[Binding[K]]:
        if self._taking_part is None:
            self._taking_part = set(self.live())
        return self._taking_part

    def _awaiting(self) -> set[Binding[K]]:
        """Return all live bindings whose building involves an asynchronous one, found in one pass from those."""
        if self._asynchronous is None:
            waiting = [binding for binding in self.live() if binding.asynchronous]
            self._asynchronous = set(waiting)
            while waiting:
                dependents = self.dependents(waiting.pop())
                new = {consumer for consumer, demand in dependents if not demand.lazy} - self._asynchronous
                self._asynchronous |= new
                waiting += new
        return self._asynchronous

    def dependents(self, binding: Binding[K]) -> list[tuple[Binding[K], Demand[K]]]:
        """Return the live bindings that have this one as a dependency, each with the demand it meets."""
        if self._dependents is None:
            self._dependents = {}
            for consumer in self.live():
                for demand in self.demands(consumer):
                    if demand.provider is not None:
                        self._dependents.setdefault(demand.provider, []).append((consumer, demand))
        return self._dependents.get(binding, [])
