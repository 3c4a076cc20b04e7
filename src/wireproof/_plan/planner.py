"""The planner: from bindings to plans, each made once."""

import keyword
from collections.abc import Callable, Iterator
from typing import Any

from wireproof._collect.recipe import Make, Recipe, scope_class
from wireproof._inspect.keys import Key, key_name
from wireproof._inspect.targets import is_asynchronous
from wireproof._model.binding import DERIVED, Binding, Kind
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._plan.plans import (
    Argument,
    Claim,
    Closing,
    Collected,
    Constant,
    Current,
    Ending,
    Later,
    Plan,
    Reference,
    Storage,
    Value,
)
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.scopes import BaseScope

_UNDONE = {Make.GENERATOR, Make.ASYNC_GENERATOR, Make.CONTEXT_MANAGER, Make.ASYNC_CONTEXT_MANAGER}
_ENDINGS = {
    frozenset({Make.GENERATOR}): Ending.GENERATORS,
    frozenset({Make.ASYNC_GENERATOR}): Ending.ASYNC_GENERATORS,
    frozenset({Make.GENERATOR, Make.ASYNC_GENERATOR}): Ending.BOTH_GENERATORS,
}

_CLAIMS = {
    Storage.GLOBAL: Claim.GLOBAL,
    Storage.SLOT: Claim.SLOT,
    Storage.EXTRA: Claim.ENTRY,
    Storage.NOWHERE: Claim.NOTHING,
}
"""How to claim what is kept there. What nobody shares needs no claim."""

_CLAIMS_WITHOUT_GIL = {**_CLAIMS, Storage.SLOT: Claim.ENTRY}
"""On a free-threaded build looking at a slot and emptying it are two steps, so that two threads could do both."""


class Planner:
    """Makes the plans of a container.

    Args:
        graph: a graph without problems.
        root: the frame of the container itself.
        lock_mode: what sources that do not say otherwise are protected against.
        counted: whether building and reuse are counted.
        gil: whether a global interpreter lock makes single operations on scope objects atomic.
    """

    def __init__(
        self, graph: Graph[Key], root: Frame, lock_mode: LockMode, *, counted: bool = False, gil: bool = True
    ) -> None:
        """Start without plans."""
        self._claims = _CLAIMS if gil else _CLAIMS_WITHOUT_GIL
        self._graph = graph
        self._root = root
        self._counted = counted
        self._registered = graph.live()
        self._slotted = set(self._registered)
        self._lock_mode = lock_mode
        self._plans: dict[tuple[Binding[Key], Frame], Plan] = {}
        self._by_symbol: dict[str, Plan] = {}
        self._unfilled: list[tuple[Plan, Binding[Key], Recipe]] = []

    def value(self, binding: Binding[Key], frame: Frame) -> Value:
        """Return how code that runs in ``frame`` gets at what ``binding`` provides.

        The checks have proven that some frame around holds each scope that is needed. Plans refer to plans, as deep as
        the graph is: they are made one after the other, not one inside the other, which would be a limit to its depth.
        """
        value = self._value(binding, frame)
        while self._unfilled:
            plan, needing, recipe = self._unfilled.pop()
            plan.arguments = tuple(self._arguments(needing, recipe, plan.frame))
        return value

    def _value(self, binding: Binding[Key], frame: Frame) -> Value:
        binding = self._graph.target(binding) or binding
        if binding.kind not in DERIVED:
            return self._reference(binding, frame)
        if binding.kind is Kind.CONTAINER:
            return Current()
        if binding.kind in {Kind.LAZY, Kind.ASYNC_LAZY}:
            return Later(binding.parameters[0].key, binding.kind is Kind.ASYNC_LAZY)
        if binding.kind is Kind.COLLECTION:
            members = self._graph.registry.contributions(binding.parameters[0].key)
            return Collected(tuple(self._value(member, frame) for member in members))
        inner = self._graph.provider(binding.parameters[0].key, construct=False)
        return Constant(None) if inner is None else self._value(inner, frame)

    def ending(self, frame: Frame) -> Ending:
        """Return what may have to be undone at the end of a scope object of this frame."""
        undone = [
            (recipe, self._depth(binding, frame))
            for binding in self._registered
            if isinstance(recipe := binding.handle, Recipe)
            and (recipe.on_close is not None or recipe.make in _UNDONE)
            and self._is_built_in(binding, frame)
        ]
        if not undone:
            return Ending.NOTHING
        if len({depth for _, depth in undone}) > 1 or any(recipe.on_close is not None for recipe, _ in undone):
            return Ending.ANYTHING
        return _ENDINGS.get(frozenset(recipe.make for recipe, _ in undone), Ending.ANYTHING)

    def _depth(self, binding: Binding[Key], frame: Frame) -> int:
        """Return which scope of a frame an instance belongs to; a transient from further out, to the innermost."""
        scope = self._scope(binding)
        return frame.held.index(scope if scope in frame.held else frame.scope)

    def _is_built_in(self, binding: Binding[Key], frame: Frame) -> bool:
        """Whether an instance may belong to the frame: a transient belongs to whoever asks for it, however deep."""
        scope = self._scope(binding)
        if self._lifetime(binding) is Lifetime.TRANSIENT:
            return frame.hops_to(scope) is not None
        return scope in frame.held

    def kept_in(self, frame: Frame) -> list[Plan]:
        """Return the plans of all registered instances that a scope object of this frame may keep."""
        return [
            self._plan(binding, frame)
            for binding in self._registered
            if isinstance(recipe := binding.handle, Recipe)
            and recipe.make is not Make.VALUE
            and self._lifetime(binding) is Lifetime.SCOPED
            and self._scope(binding) in frame.held
            and not binding.open
        ]

    def values(self, frame: Frame) -> list[Plan]:
        """Return the plans of ready-made instances that live in this frame and are to be closed with it."""
        bindings = [binding for binding in self._registered if binding.kind is Kind.INSTANCE]
        plans = [self._plan(binding, frame) for binding in bindings]
        return [plan for plan in plans if plan.closing is not Closing.NOTHING]

    def plan(self, symbol: str) -> Plan:
        """Return the plan with this name."""
        return self._by_symbol[symbol]

    def _reference(self, binding: Binding[Key], frame: Frame) -> Reference:
        hops = frame.hops_to(self._scope(binding))
        if hops is None:
            raise AssertionError(binding, frame)
        if self._lifetime(binding) is Lifetime.TRANSIENT:
            hops = 0  # whoever asks for a transient builds it, and cleans it up
        return Reference(self._plan(binding, frame.out(hops)), hops)

    def _plan(self, binding: Binding[Key], frame: Frame) -> Plan:
        known = self._plans.get((binding, frame))
        if known is None:
            recipe = _recipe(binding)
            known = self._plans[binding, frame] = self._new_plan(binding, recipe, frame)
            self._by_symbol[known.symbol] = known
            self._unfilled.append((known, binding, recipe))
        return known

    def _new_plan(self, binding: Binding[Key], recipe: Recipe, frame: Frame) -> Plan:
        transient = self._lifetime(binding) is Lifetime.TRANSIENT
        storage = Storage.NOWHERE if transient else self._storage(binding, frame)
        return Plan(
            symbol=self._symbol(binding, frame),
            name=key_name(binding.key),
            frame=frame,
            make=recipe.make,
            target=recipe.target,
            storage=storage,
            claim=self._claim(recipe, storage),
            awaits=self._graph.needs_await(binding) is not None,
            closing=_closing(recipe.on_close),
            on_close=recipe.on_close,
            depth=self._depth(binding, frame),
            binding=binding,
            counted=self._counted,
        )

    def _claim(self, recipe: Recipe, storage: Storage) -> Claim:
        lock_mode = self._lock_mode if recipe.lock_mode is LockMode.INHERIT else recipe.lock_mode
        if lock_mode is LockMode.NONE or recipe.make in {Make.VALUE, Make.CONTEXT}:
            return Claim.NOTHING
        return self._claims[storage]

    def _arguments(self, binding: Binding[Key], recipe: Recipe, frame: Frame) -> Iterator[Argument]:
        """Pass by position, which is several times faster, until a default stands for a parameter in between."""
        by_position = True
        asked = iter(self._graph.parameters(binding))
        decorated = self._graph.registry.decorated(binding) if binding.kind is Kind.DECORATION else None
        for number, parameter in enumerate(recipe.taken.passed(self._graph.overload(binding))):
            if parameter.parameter is None:
                value: Value | None = Constant(parameter.default)
            elif decorated is not None and number == 0:
                next(asked)
                value = self._value(decorated, frame)
            else:
                provider = self._graph.filled(next(asked))
                value = None if provider is None else self._value(provider, frame)
            if value is None and not parameter.positional_only:
                by_position = False
                continue
            named = not parameter.positional_only and (parameter.keyword_only or not by_position)
            yield Argument(parameter.name if named else "", Constant(parameter.default) if value is None else value)

    def _scope(self, binding: Binding[Key]) -> type[BaseScope]:
        """Return the scope that an instance lives in; one that needs nothing of any scope, in the outermost."""
        path = self._graph.scope(binding)
        return self._root.held[0] if path is None else scope_class(path)

    def _storage(self, binding: Binding[Key], frame: Frame) -> Storage:
        if frame.parent is None:
            return Storage.GLOBAL
        return Storage.SLOT if binding in self._slotted else Storage.EXTRA

    def _lifetime(self, binding: Binding[Key]) -> Lifetime:
        """Return the lifetime of an instance; a decorated one has that of the undecorated one."""
        inner: Binding[Key] | None = binding
        while inner is not None and inner.kind is Kind.DECORATION:
            inner = self._graph.registry.decorated(inner)
            inner = None if inner is None else self._graph.target(inner)
        return Lifetime.SCOPED if inner is None else _recipe(inner).lifetime

    def _symbol(self, binding: Binding[Key], frame: Frame) -> str:
        stem = identifier(key_name(binding.key))
        symbol, number = f"{frame.symbol}_{stem}", 2
        while symbol in self._by_symbol:
            symbol, number = f"{frame.symbol}_{stem}_{number}", number + 1
        return symbol


def identifier(text: str) -> str:
    """Return a Python identifier that reads like ``text``: ``Repo[User]`` becomes ``repo_user``."""
    import re  # noqa: PLC0415  # slow to load, and not needed before the first resolution

    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    name = (words if words.isidentifier() else re.sub(r"\W+", "_", words)).strip("_").lower() or "it"
    return f"{name}_" if keyword.iskeyword(name) else name


def _recipe(binding: Binding[Key]) -> Recipe:
    recipe = binding.handle
    if not isinstance(recipe, Recipe):
        raise AssertionError(binding)  # noqa: TRY004  # the reader gives one to each binding that builds
    return recipe


def _closing(on_close: Callable[[Any], object] | None) -> Closing:
    if on_close is None:
        return Closing.NOTHING
    return Closing.ASYNC if is_asynchronous(on_close) else Closing.SYNC
