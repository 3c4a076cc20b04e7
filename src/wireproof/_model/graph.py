"""The graph: all bindings, indexed by key, with the questions that checks and plans ask."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import ALWAYS, Condition, both, excludes, gaps
from wireproof._model.binding import DERIVED, Binding, Kind, Parameter, replace
from wireproof._model.demands import Demand
from wireproof._model.keys import Keys
from wireproof._model.overloads import Call, calls
from wireproof._model.registry import Registry
from wireproof._model.scope_path import ScopePath, deepest
from wireproof._model.supply import Supply, choose, in_case

K = TypeVar("K")


class Life(NamedTuple):
    """Where an instance lives, and when."""

    scope: ScopePath
    condition: Condition


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
        self._plain_supplies: dict[K, Supply[K]] = {}
        self._supplies: dict[tuple[K, Condition, bool], Supply[K]] = {}
        self._demands: dict[Binding[K], tuple[Demand[K], ...]] = {}
        self._calls: dict[Binding[K], tuple[Call, ...]] = {}
        self._lives: dict[Binding[K], tuple[Life, ...]] = {}
        self._lives_in: dict[ScopePath, tuple[Life, ...]] = {}
        self._live: list[Binding[K]] | None = None
        self._taking_part: set[Binding[K]] | None = None
        self._asynchronous: set[Binding[K]] | None = None
        self._needing_values: set[Binding[K]] | None = None
        self._dependents: dict[Binding[K], list[tuple[Binding[K], Demand[K]]]] | None = None

    def provider(self, key: K | None, *, construct: bool = True) -> Binding[K] | None:
        """Return the binding that serves the key, the first of several alternatives; see `supply`."""
        return self.supply(key, construct=construct).first()

    def supply(self, key: K | None, within: Condition = ALWAYS, *, construct: bool = True) -> Supply[K]:
        """Return what serves the key.

        That is the registered binding; else what the key means by its form; else a generic class's for its
        parameters; else, with ``autowire``, one made from a constructor.

        Args:
            key: what is asked for.
            within: the condition under which it is asked for.
            construct: whether an unregistered class may be built for it; not for what is optional.
        """
        if key is None:
            return Supply((), within)
        known = self._plain_supplies.get(key)
        if known is not None:
            return known
        asked = (key, within, construct)
        known = self._supplies.get(asked)
        if known is None:  # all threads that come here at once get the first one's
            known = self._find_supply(key, within, construct=construct)
            if known.is_plain and known.providers[0] in self.registry.candidates(key):  # whatever else is asked
                return self._plain_supplies.setdefault(key, known)
            known = self._supplies.setdefault(asked, known)
        return known

    def _find_supply(self, key: K, within: Condition, *, construct: bool) -> Supply[K]:
        registered = chain(reversed(self.registry.decorations(key)), self.registry.providers(key))
        return choose(registered, within, self._made(key, construct=construct))

    def _made(self, key: K, *, construct: bool) -> Iterator[Binding[K]]:
        """Yield what serves the key where nobody has registered it, nor what serves it with arguments."""
        is_open = [one.condition for one in self.registry.templates(key)]
        for made in chain(self._derived(key), self.unregistered(key, construct=construct)):
            yield from (in_case(made, case) for case in gaps(is_open, made.condition))

    def unregistered(self, key: K, *, construct: bool = True) -> Iterator[Binding[K]]:
        """Yield what would serve the key if nobody had registered it: a generic class, or one that is autowired."""
        yield from self._specialised(key)
        for source in self.registry.autowires if construct else ():
            constructed = self._constructed(key, source)
            if constructed is not None:
                yield constructed

    def _constructed(self, key: K, source: Binding[K]) -> Binding[K] | None:
        if self._previous is not None and source in self._previous.registry.autowires:
            return self._previous.provider(key)
        made = self.keys.construct(key, source)
        return replace(made, condition=source.condition) if made is not None and source.condition else made

    def _derived(self, key: K) -> Iterator[Binding[K]]:
        derived = self.keys.derive(key)
        if derived is None:
            return
        parameters = () if derived.inner is None else (Parameter("", derived.inner),)
        collection = derived.kind is Kind.COLLECTION
        for condition in self.registry.collected_if(derived.inner) if collection else [ALWAYS]:
            yield Binding(derived.kind, key, self.registry.nowhere, None, parameters, condition=condition)

    def _specialised(self, key: K) -> Iterator[Binding[K]]:
        generic = self.keys.generic(key)
        if generic is None:
            return
        for template in self.registry.templates(generic):
            if self._previous is not None and template in self._previous.registry.templates(generic):
                made = self._previous.provider(key)
            else:
                made = self.keys.specialise(template, key)
            if made is not None:
                yield made

    def is_open_ended(self) -> bool:
        """Whether more can be asked for than what is registered and needed: generic classes, unregistered ones."""
        return bool(self.registry.autowires) or self.registry.has_templates()

    def live(self) -> list[Binding[K]]:
        """Return the bindings that take part: the registered ones in that order, then those made for what they need."""
        if self._live is None:
            self._live = [case for binding in self.bindings for case in self.registry.taking_part(binding)]
            seen = set(self._live)
            for binding in self._live:  # it grows as we go
                for demand in self.demands(binding):
                    if demand.provider is not None and demand.provider not in seen:
                        seen.add(demand.provider)
                        self._live.append(demand.provider)
        return self._live

    def demands(self, binding: Binding[K]) -> tuple[Demand[K], ...]:
        """Return what a binding needs; for one that nobody registers, what is behind it."""
        known = self._demands.get(binding)
        if known is None:
            known = self._demands[binding] = tuple(self._find_demands(binding))
        return known

    def _find_demands(self, binding: Binding[K]) -> Iterator[Demand[K]]:
        within = binding.condition
        if binding.kind in DERIVED:
            yield from self._behind(Demand(Parameter("", binding.key), binding.key, binding, condition=within))
            return
        for case, overload in self.calls(binding) if binding.overloads else ():
            yield from self._needed(binding, () if overload is None else binding.overloads[overload], case)
        yield from self._needed(binding, binding.parameters, within)

    def _needed(
        self, binding: Binding[K], parameters: tuple[Parameter[K], ...], within: Condition
    ) -> Iterator[Demand[K]]:
        for number, parameter in enumerate(parameters):
            decorated = binding.kind is Kind.DECORATION and number == 0
            supply = self.registry.inner(binding, within) if decorated else self._offered(parameter, within)
            if supply.is_plain and not within:  # nearly always, and several times quicker
                yield Demand(parameter, parameter.key, supply.providers[0])
            else:
                found = self._through(Demand(parameter, parameter.key, supply.first(), condition=within), supply)
                yield from (one for one in found if one.provider is not None or not parameter.optional)

    def _offered(self, parameter: Parameter[K], within: Condition) -> Supply[K]:
        return self.supply(parameter.key, within, construct=not parameter.optional)

    def parameters(self, binding: Binding[K]) -> tuple[Parameter[K], ...]:
        """Return what a binding needs to be given; if its target is overloaded, by the overloads that are called."""
        if not binding.overloads:
            return binding.parameters
        chosen = (() if one.overload is None else binding.overloads[one.overload] for one in self.calls(binding))
        return tuple(dict.fromkeys(chain.from_iterable(chosen)))

    def overload(self, binding: Binding[K]) -> int | None:
        """Return the number of the overload that is called; None if there is none, or that depends on alternatives."""
        first, *others = self.calls(binding)
        return None if others else first.overload

    def calls(self, binding: Binding[K]) -> tuple[Call, ...]:
        """Return which overload is called: one, or one for each case in which it is another."""
        if not binding.overloads:
            return (Call(binding.condition, None),)
        if binding not in self._calls:
            found = calls(binding.overloads, binding.condition, self._gaps, opaque=self.opaque)
            self._calls[binding] = tuple(found)
        return self._calls[binding]

    def _gaps(self, parameters: tuple[Parameter[K], ...], within: Condition) -> list[Condition]:
        lacking = self.lacking(parameters, within)
        unfilled = (demand for one in lacking for demand in self._asked(one, within) if demand.provider is None)
        return [demand.condition for demand in unfilled]

    def lacking(self, parameters: Iterable[Parameter[K]], within: Condition) -> Iterator[Parameter[K]]:
        """Yield the parameters that cannot be provided in each case; what nobody can know, may be."""
        for parameter in parameters:
            if parameter.optional or (parameter.key is None and not parameter.untyped):
                continue
            if any(one.provider is None for one in self._asked(parameter, within)):
                yield parameter

    def _asked(self, parameter: Parameter[K], within: Condition) -> Iterator[Demand[K]]:
        """Yield what a required parameter comes to."""
        demand = Demand(parameter, parameter.key, None, condition=within)
        return self._through(demand, self._offered(parameter, within))

    def filled(self, parameter: Parameter[K]) -> Binding[K] | None:
        """Return what a parameter will be filled with; None for one with a default unless all is there for it."""
        provider = self.provider(parameter.key, construct=not parameter.optional)
        if provider is None or not parameter.optional:
            return provider
        behind = self._behind(Demand(parameter, parameter.key, provider))
        return None if any(demand.provider is None for demand in behind) else provider

    def _through(self, demand: Demand[K], supply: Supply[K]) -> Iterator[Demand[K]]:
        """Yield what a demand comes to: for each alternative that fills it, and for the case that none does."""
        for provider in supply.providers:
            yield from self._behind(demand.filled(provider))
        if supply.gap is not None:
            yield demand._replace(provider=None, condition=supply.gap)

    def _behind(self, demand: Demand[K]) -> Iterator[Demand[K]]:
        """Look through what nobody registers to what somebody has to."""
        provider = demand.provider
        if provider is None or provider.kind not in DERIVED:
            yield demand
        elif provider.kind is Kind.COLLECTION:
            for member in self.registry.contributions(provider.parameters[0].key):
                if not excludes(member.condition, demand.condition):
                    yield demand._replace(key=member.key).filled(member)
        elif provider.kind is not Kind.CONTAINER:
            yield from self._behind_one(demand, provider)

    def _behind_one(self, demand: Demand[K], provider: Binding[K]) -> Iterator[Demand[K]]:
        key = provider.parameters[0].key
        if provider.kind is Kind.NULLABLE:
            supply = self.supply(key, demand.condition, construct=False)
            yield from self._through(demand._replace(key=key), supply._replace(gap=None))
            return
        later = demand._replace(key=key, lazy=True, awaited=provider.kind is Kind.ASYNC_LAZY)
        yield from self._through(later, self.supply(key, demand.condition))

    def demands_of_key(self, key: K, within: Condition = ALWAYS) -> list[Demand[K]]:
        """Return what asking for a key comes to: the key itself, or what is behind it."""
        asked = Demand(Parameter("", key), key, None, condition=within)
        return list(self._through(asked, self.supply(key, within)))

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
        a class that nobody registered in the deepest scope that they need; of alternatives the deepest counts.
        """
        if binding.scope is not None:
            return binding.scope
        return deepest([life.scope for life in self.lives(binding)])

    def lives(self, binding: Binding[K]) -> tuple[Life, ...]:
        """Return the scopes in which the instance lives: one, or one for each alternative that it is made of."""
        if binding.scope is not None and not binding.condition:
            return self._lives_in.get(binding.scope) or self._lives_in.setdefault(
                binding.scope, (Life(binding.scope, ALWAYS),)
            )
        known = self._lives.get(binding)
        if known is None:
            self._lives[binding] = ()  # for whatever comes back here, in a cycle
            known = self._lives[binding] = tuple(self._find_lives(binding))
        return known

    def _find_lives(self, binding: Binding[K]) -> Iterator[Life]:
        if binding.scope is not None:
            yield Life(binding.scope, binding.condition)
        elif binding.kind in {Kind.ALIAS, Kind.DECORATION}:
            for behind in self._behind_directly(binding):
                for life in self.lives(behind):
                    if not excludes(life.condition, binding.condition):
                        yield Life(life.scope, both(binding.condition, life.condition))
        else:
            scopes = [self.scope(demand.provider) for demand in self.demands(binding) if demand.provider is not None]
            scope = deepest([scope for scope in scopes if scope is not None])
            if scope is not None:
                yield Life(scope, binding.condition)

    def _behind_directly(self, binding: Binding[K]) -> tuple[Binding[K], ...]:
        """Return what an alias or a decoration stands before."""
        if binding.kind is Kind.DECORATION:
            return self.registry.inner(binding).providers
        return self.supply(binding.parameters[0].key, binding.condition).providers

    def needs_await(self, binding: Binding[K], within: Condition = ALWAYS) -> Binding[K] | None:
        """Return an asynchronous binding that building this one involves, itself included, or None."""
        if binding in self._live_set() and binding not in self._awaiting():
            return None
        start = (binding, both(within, binding.condition))
        waiting, seen = [start], {start}
        while waiting:
            current, condition = waiting.pop()
            if current.asynchronous:
                return current
            for demand in self.demands(current):
                if demand.provider is None or demand.lazy or excludes(demand.condition, condition):
                    continue
                following = (demand.provider, both(condition, demand.condition))
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return None

    def _live_set(self) -> set[Binding[K]]:
        if self._taking_part is None:
            self._taking_part = set(self.live())
        return self._taking_part

    def _awaiting(self) -> set[Binding[K]]:
        """Return all live bindings whose building involves an asynchronous one, found in one pass from those."""
        if self._asynchronous is None:
            self._asynchronous = self._involving([one for one in self.live() if one.asynchronous], lazily=False)
        return self._asynchronous

    def may_need_values(self, binding: Binding[K]) -> bool:
        """Whether a binding may involve a context value, also in a function that resolves later."""
        if self._needing_values is None:
            values = [one for one in self.live() if one.kind is Kind.CONTEXT]
            self._needing_values = self._involving(values, lazily=True)
        return binding in self._needing_values or binding not in self._live_set()

    def _involving(self, found: list[Binding[K]], *, lazily: bool) -> set[Binding[K]]:
        """Return some live bindings with all that involve one of them, found in one pass from those."""
        involving, waiting = set(found), found
        while waiting:
            dependents = self.dependents(waiting.pop())
            new = {consumer for consumer, demand in dependents if lazily or not demand.lazy} - involving
            involving |= new
            waiting += new
        return involving

    def dependents(self, binding: Binding[K]) -> list[tuple[Binding[K], Demand[K]]]:
        """Return the live bindings that have this one as a dependency, each with the demand it meets."""
        if self._dependents is None:
            self._dependents = {}
            for consumer in self.live():
                for demand in self.demands(consumer):
                    if demand.provider is not None:
                        self._dependents.setdefault(demand.provider, []).append((consumer, demand))
        return self._dependents.get(binding, [])
