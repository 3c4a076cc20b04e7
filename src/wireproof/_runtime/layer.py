"""A layer: what resolves for the scope objects of a container, be it its program or an override that lies over it."""

from collections.abc import Iterable, Mapping
from functools import partial
from threading import RLock
from typing import Any, NoReturn

from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._model.checks.context import not_given
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._plan.plans import Collected, Reference, Storage, references
from wireproof._runtime import asking
from wireproof._runtime.cleanup import Exit
from wireproof._runtime.compiler import Compiler, Resolver
from wireproof._runtime.scope import MISSING, refuse_building
from wireproof.errors import ContextValueError, WireproofError


class Layer:
    """Compiles one graph, functions for each key, on first use.

    Args:
        graph: a graph without problems.
        compiler: writes its code.
    """

    def __init__(self, graph: Graph[Key], compiler: Compiler) -> None:
        """Compile nothing yet."""
        self.graph = graph
        self._compiler = compiler
        compiler.module.namespace["refuse_context"] = self._refuse_context
        # Compiling runs no code of the user's; for an override it asks the layer below, which never asks back.
        self._lock = RLock()

    def resolver(self, frame: Frame, key: object, *, awaiting: bool = False, closing: bool = False) -> Resolver:
        """Return the function that resolves a key from a scope object of the container.

        Args:
            frame: the frame of the scope object.
            key: what is asked for.
            awaiting: whether it is to be a coroutine function.
            closing: whether the scope is being closed, so that it builds nothing any more.

        Raises:
            TypeError: if the key is not a type.
            NoProviderError: if nothing provides it.
            OutOfScopeError: if it lives in a scope that is not open there.
        """
        with self._lock:
            binding = asking.asked(self.graph, "aresolve" if awaiting else "resolve", frame, key)
            if not awaiting and asking.needs_await(self.graph, binding):
                return partial(asking.refuse_sync, self.graph, binding.key)
            value = self._compiler.planner.value(binding, frame)
            if closing and any(one.plan.storage is Storage.NOWHERE for one in references(value)):
                return refuse_building
            return self.lifted(self._compiler.function_of(value, awaiting=awaiting))

    def is_shared(self, frame: Frame, key: Key) -> bool:
        """Whether a key that can be resolved stands for one instance in the whole container."""
        binding = self.graph.provider(key)
        value = None if binding is None else self._compiler.planner.value(binding, frame)
        return isinstance(value, Reference) and value.plan.storage is Storage.GLOBAL

    def resolver_of_all(self, frame: Frame, keys: Iterable[object], *, awaiting: bool) -> Resolver | None:
        """Return the function that resolves several keys at once, None if one of them is refused.

        What those before it lack comes first: a context value, for one, that is found missing only when it is needed.
        """
        with self._lock:
            where = "aresolve" if awaiting else "resolve"
            try:
                bindings = [asking.asked(self.graph, where, frame, key) for key in keys]
            except WireproofError:
                return None
            if not awaiting and any(asking.needs_await(self.graph, binding) for binding in bindings):
                return None
            value = Collected(tuple(self._compiler.planner.value(binding, frame) for binding in bindings))
            return self.lifted(self._compiler.function_of(value, awaiting=awaiting))

    def function(self, binding: Binding[Key], frame: Frame, *, awaiting: bool) -> Resolver:
        """Return the function for a binding, for an override over this layer that leaves it alone."""
        with self._lock:
            return self._compiler.function(binding, frame, awaiting=awaiting)

    def lifted(self, function: Resolver) -> Resolver:
        """Return a function that takes scope objects of the container, made from one that takes those of the layer."""
        return function

    def object_for(self, scope: Any) -> Any:
        """Return the object that this layer works with for a scope object of the container."""
        return scope

    def give(self, scope: Any, frame: Frame, values: Mapping[Key, object]) -> None:
        """Keep, for a scope object of the container, those context values that this layer declares for its frame."""
        own, declared = self.object_for(scope), self.class_of(frame)._values
        with self._lock:
            for key in values.keys() & declared.keys():
                self._compiler.keep(own, declared[key], values[key])

    def given(self, scope: Any) -> dict[Key, object]:
        """Return the context values that an open scope object of the container was given."""
        own, declared = self.object_for(scope), self.class_of(scope._frame)._values
        values = {key: self._compiler.kept(own, plan) for key, plan in declared.items()}
        return {key: value for key, value in values.items() if value is not MISSING}

    def class_of(self, frame: Frame) -> Any:
        """Return the class of the objects that this layer works with for scope objects of a frame."""
        raise NotImplementedError

    def exits(self, scope: Any) -> list[Exit]:
        """Return the finalizers of what the layer built for a scope."""
        raise NotImplementedError

    def take_exits(self, scope: Any) -> list[Exit]:
        """Return them for a scope that is being closed; the layer has them no longer."""
        raise NotImplementedError

    def forget(self, scope: Any) -> None:
        """Drop what the layer built for a scope that is closed now."""
        raise NotImplementedError

    def _refuse_context(self, symbol: str) -> NoReturn:
        """Say which context value was not given.

        Raises:
            ContextValueError: always.
        """
        raise ContextValueError(not_given(self.graph, self._compiler.planner.plan(symbol).binding), self.graph.keys)
