"""The program of a container: its graph and its code, made as they are needed, and the scopes that it opens."""

from collections.abc import Iterator, Mapping
from functools import partial
from threading import Lock
from typing import Any, NoReturn, Protocol, TypeAlias, cast

from wireproof._collect.recipe import Make
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._model.checks.context import not_given
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame, hops_to_opener, next_scopes, open_frame, root_frame
from wireproof._plan.planner import Planner
from wireproof._runtime import ambient, asking, cleanup
from wireproof._runtime.compiler import Compiler, Resolver
from wireproof._runtime.context import check_context, declared
from wireproof._runtime.scope import MISSING, ScopeObject
from wireproof._runtime.stats import Counters
from wireproof._runtime.tables import ClosedTable, Table
from wireproof.errors import ContextValueError, ScopeError
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope, check_scope

Opener: TypeAlias = tuple[int, type[Any]]
"""How many frames out a new scope object hangs, and its class."""


class Layer(Protocol):
    """What resolves for the scope objects of a container: its program, or an override that lies over it."""

    def resolver(self, frame: Frame, key: object, /) -> Resolver:
        """Return the function that resolves a key from a scope object of ``frame``."""
        ...

    def async_resolver(self, frame: Frame, key: object, /) -> Resolver:
        """Return the function that does so awaiting."""
        ...

    def exits(self, scope: Any, /) -> list[cleanup.Exit]:
        """Return the finalizers of what the layer built for a scope."""
        ...

    def take_exits(self, scope: Any, /) -> list[cleanup.Exit]:
        """Return them for a scope that is being closed; the layer has them no longer."""
        ...

    def forget(self, scope: Any, /) -> None:
        """Drop what the layer built for a scope that is closed now."""
        ...


class Program:
    """Compiles the graph of one container, a class for each frame and functions for each key, on first use.

    Args:
        graph: a graph without problems.
        start_scope: where the container starts.
        lock_mode: what sources that do not say otherwise are protected against.
        base: the class of containers, from which the generated ones derive.
        stats: whether the generated code counts what it does.
    """

    def __init__(
        self,
        graph: Graph[Key],
        start_scope: type[BaseScope],
        lock_mode: LockMode,
        base: type[ScopeObject],
        *,
        stats: bool = False,
    ) -> None:
        """Compile nothing yet."""
        self.graph = graph
        self.root = root_frame(start_scope)
        self.lock_mode = lock_mode
        self.base = base
        self.counters = Counters() if stats else None
        self.layers: list[Layer] = [self]
        """The program, and the overrides over it that are in force; the last one resolves."""
        self._planner = Planner(graph, self.root, lock_mode, counted=stats)
        self._compiler = Compiler(
            self._planner, base, self.refuse_context, counters=self.counters, open_ended=graph.is_open_ended()
        )
        self._classes: dict[Frame, type[Any]] = {}
        # Compiling runs no code of the user's, so nothing can come back here while the lock is held.
        self._lock = Lock()

    @property
    def module(self) -> GeneratedModule:
        """The code generated so far."""
        return self._compiler.module

    def scope_class(self, frame: Frame) -> type[Any]:
        """Return the class of a frame's scope objects; it is equipped with its own tables."""
        with self._lock:
            if frame not in self._classes:
                self._classes[frame] = self._new_class(frame)
            return self._classes[frame]

    def opener(self, frame: Frame, target: object) -> Opener:
        """Return how to open ``target``, or for None the next scope, from a scope object of ``frame``.

        Raises:
            TypeError: if the target is not a scope.
            ScopeError: if no scope around is a proper ancestor of it, or there is not exactly one next scope.
        """
        scope_type = _next_scope(frame) if target is None else check_scope(target, "enter_scope")
        hops = hops_to_opener(frame, scope_type)
        if hops is None:
            message = (
                f"{scope_type.__name__} cannot be entered from {frame.scope.__name__}: "
                f"no scope that has been entered here is around {scope_type.__name__}"
            )
            raise ScopeError(message)
        return hops, self.scope_class(open_frame(frame.out(hops), scope_type))

    def resolver(self, frame: Frame, key: object) -> Resolver:
        """Return the function that resolves a key from a scope object of ``frame``.

        Raises:
            TypeError: if the key is not a type.
            NoProviderError: if nothing provides it.
            OutOfScopeError: if it lives in a scope that is not open there.
        """
        with self._lock:
            binding = asking.asked(self.graph, "resolve", frame, key)
            if asking.needs_await(self.graph, binding):
                return partial(asking.refuse_sync, self.graph, binding.key)
            return self._compiler.function(binding, frame, awaiting=False)

    def async_resolver(self, frame: Frame, key: object) -> Resolver:
        """Return the coroutine function that does so awaiting; raises the same."""
        with self._lock:
            binding = asking.asked(self.graph, "aresolve", frame, key)
            return self._compiler.function(binding, frame, awaiting=True)

    def function(self, binding: Binding[Key], frame: Frame, *, awaiting: bool) -> Resolver:
        """Return the function for a binding of this program, for an override that leaves it alone."""
        with self._lock:
            return self._compiler.function(binding, frame, awaiting=awaiting)

    def object_for(self, scope: Any) -> Any:
        """Return the object that this layer works with for a scope: here the scope itself."""
        return scope

    def put(self, layers: list[Layer]) -> None:
        """Have the last of these layers resolve, for every scope that is open and every one to come."""
        with self._lock:
            self.layers = layers
            for cls in self._classes.values():
                self._set_tables(cls)

    def exits(self, scope: Any) -> list[cleanup.Exit]:
        """Return the finalizers of a scope, with those of the overrides over it."""
        return [*scope._exits, *(entry for layer in self.layers[1:] for entry in layer.exits(scope))]

    def take_exits(self, scope: Any) -> list[cleanup.Exit]:
        """Return the finalizers of a scope that is being closed, with those of the overrides over it."""
        over = [entry for layer in self.layers[1:] for entry in layer.take_exits(scope)]
        scope._exits += over
        return cast("list[cleanup.Exit]", scope._exits)

    def exits_of_values(self) -> Iterator[cleanup.Exit]:
        """Return the finalizers of ready-made instances, which run also if nobody has asked for the instance."""
        return self._compiler.exits_of_values(self.root)

    def enter(self, parent: ScopeObject, cls: type[Any], context: Mapping[Any, object]) -> Any:
        """Open a scope: make its object, give it its context values, and make it the current one."""
        scope_object = cls(parent)
        if context:
            self.give(scope_object, cls._frame, context)
        ambient.enter(scope_object)
        return scope_object

    def give(self, scope_object: ScopeObject, frame: Frame, context: Mapping[Any, object]) -> None:
        """Put context values into a scope object that is being opened.

        Raises:
            TypeError: if the context is no mapping, or a key is no type.
            ContextValueError: if a key is declared by nobody or for a scope that is not being opened, or a value is
                not of the key's class.
        """
        values = check_context(context).items()
        outer = None if frame.parent is None else frame.parent.scope
        given = [(declared(self.graph, frame.scope, outer, key, value), value) for key, value in values]
        with self._lock:
            for binding, value in given:
                self._compiler.keep(scope_object, self._planner.context_plan(binding, frame), value)

    def given(self, scope_object: Any) -> dict[Key, object]:
        """Return the context values that an open scope object was given."""
        values = {
            plan.target: self._compiler.kept(scope_object, plan)
            for plan in scope_object._kept
            if plan.make is Make.CONTEXT
        }
        return {key: value for key, value in values.items() if value is not MISSING}

    def forget(self, scope_object: ScopeObject) -> None:
        """Drop the instances that a closed scope object keeps, and what overrides have built for it."""
        for layer in self.layers[1:]:
            layer.forget(scope_object)
        with self._lock:
            self._compiler.forget(scope_object)

    def refuse_context(self, symbol: str) -> NoReturn:
        """Say which context value was not given.

        Raises:
            ContextValueError: always.
        """
        raise ContextValueError(not_given(self.graph, self._planner.binding(symbol)), self.graph.keys)

    def _new_class(self, frame: Frame) -> type[Any]:
        cls, closed = self._compiler.scope_class(frame)
        cls._program = self
        cls._openers = Table(partial(self.opener, frame))
        closed._resolvers = closed._async_resolvers = closed._openers = ClosedTable(frame.scope.__name__)
        self._set_tables(cls)
        return cls

    def _set_tables(self, cls: type[Any]) -> None:
        cls._resolvers = Table(partial(self.layers[-1].resolver, cls._frame))
        cls._async_resolvers = Table(partial(self.layers[-1].async_resolver, cls._frame))


def _next_scope(frame: Frame) -> type[BaseScope]:
    following = next_scopes(frame.scope)
    if len(following) == 1:
        return following[0]
    name = frame.scope.__name__
    if not following:
        message = f"there is no scope after {name}; name the one to enter"
    else:
        message = f"{name} is followed by {', '.join(scope.__name__ for scope in following)}; name the one to enter"
    raise ScopeError(message)
