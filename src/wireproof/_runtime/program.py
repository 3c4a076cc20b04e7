"""The program of a container: its graph, plans and generated code, made as they are needed."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from threading import Lock, get_ident
from typing import Any, NoReturn, cast

from wireproof._collect.recipe import scope_class, scope_path
from wireproof._emit import classes
from wireproof._emit.expressions import Expressions, instance_name, key_constant, on_close_name, target_name
from wireproof._emit.functions import functions
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key, RuntimeKeys, check_key, key_name
from wireproof._model.binding import Kind
from wireproof._model.checks import asynchronous, missing, scope
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem
from wireproof._model.render import report
from wireproof._plan.frames import Frame, hops_to_opener, next_scopes, open_frame, root_frame
from wireproof._plan.planner import Planner
from wireproof._plan.plans import Closing, Plan, Storage, Value, needed, references
from wireproof._runtime import ambient, claims, cleanup
from wireproof._runtime import scope as scopes
from wireproof._runtime.stats import Counters
from wireproof._runtime.tables import ClosedTable, Table
from wireproof.errors import AsyncResolutionError, ContextValueError, NoProviderError, OutOfScopeError, ScopeError
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope, check_scope

KEYS = RuntimeKeys()

HELPERS: dict[str, object] = {
    "MISSING": scopes.MISSING,
    "OPEN": scopes.State.OPEN,
    "Exit": cleanup.Exit,
    "afinish_on_close": cleanup.afinish_on_close,
    "aregister": scopes.aregister,
    "atake": claims.atake,
    "aleave": cleanup.aleave,
    "current_task": asyncio.current_task,
    "finish_async_generator": cleanup.finish_async_generator,
    "finish_generator": cleanup.finish_generator,
    "finish_on_close": cleanup.finish_on_close,
    "get_ident": get_ident,
    "leave": cleanup.leave,
    "note_path": scopes.note_path,
    "partial": partial,
    "refuse_building": scopes.refuse_building,
    "register": scopes.register,
    "release": claims.release,
    "start_async_generator": scopes.start_async_generator,
    "start_generator": scopes.start_generator,
    "take": claims.take,
}

Resolver = Callable[[Any], Any]
Opener = tuple[int, type[Any]]
"""How many frames out a new scope object hangs, and its class."""


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
        base: type[scopes.ScopeObject],
        *,
        stats: bool = False,
    ) -> None:
        """Compile nothing yet."""
        self.graph = graph
        self.root = root_frame(start_scope)
        self.module = GeneratedModule({**HELPERS, "Container": base, "refuse_context": self._refuse_context})
        self.counters = Counters() if stats else None
        self.module.namespace["counters"] = self.counters
        self._planner = Planner(graph, self.root, lock_mode, counted=stats)
        self._open_ended = graph.is_open_ended()
        self._classes: dict[Frame, type[Any]] = {}
        self._written: set[Plan] = set()
        # Compiling runs no code of the user's, so nothing can come back here while the lock is held.
        self._lock = Lock()

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
            known = self._checked("resolve", frame, key)
            if next(asynchronous.at_resolve(self.graph, known), None) is not None:
                return partial(self._refuse_sync, known)
            return self._function(frame, known, awaiting=False)

    def async_resolver(self, frame: Frame, key: object) -> Resolver:
        """Return the coroutine function that does so awaiting; raises the same."""
        with self._lock:
            return self._function(frame, self._checked("aresolve", frame, key), awaiting=True)

    def exits_of_values(self) -> Iterator[cleanup.Exit]:
        """Yield the finalizers of ready-made instances, which run also if nobody has asked for the instance."""
        for plan in self._planner.values(self.root):
            asynchronous_close = plan.closing is Closing.ASYNC
            finish = cleanup.afinish_on_close if asynchronous_close else cleanup.finish_on_close
            yield cleanup.Exit(plan.depth, plan.name, finish, (plan.on_close, plan.target), asynchronous_close)

    def enter(self, parent: scopes.ScopeObject, cls: type[Any], context: Mapping[Any, object]) -> Any:
        """Open a scope: make its object, give it its context values, and make it the current one."""
        scope_object = cls(parent)
        if context:
            self.give(scope_object, cls._frame, context)
        ambient.enter(scope_object)
        return scope_object

    def give(self, scope_object: scopes.ScopeObject, frame: Frame, context: Mapping[Any, object]) -> None:
        """Put context values into a scope object that is being opened.

        Raises:
            TypeError: if the context is no mapping, or a key is no type.
            ContextValueError: if a key is declared by nobody or for a scope that is not being opened, or a value is
                not of the key's class.
        """
        plans = [(self._context_plan(frame, key, value), value) for key, value in check_context(context).items()]
        for plan, value in plans:
            self._keep(scope_object, plan, value)

    def forget(self, scope_object: scopes.ScopeObject, kept: tuple[Plan, ...]) -> None:
        """Drop the instances that a closed scope object keeps, so that scopes inside of it find them gone."""
        for plan in kept:
            self._keep(scope_object, plan, scopes.MISSING)
        if hasattr(scope_object, "_extra"):
            scope_object._extra.clear()

    def _keep(self, scope_object: scopes.ScopeObject, plan: Plan, instance: object) -> None:
        if plan.storage is Storage.GLOBAL:
            self.module.namespace[instance_name(plan)] = instance
        else:
            setattr(scope_object, instance_name(plan), instance)

    def _context_plan(self, frame: Frame, key: object, value: object) -> Plan:
        known = check_key("context", key)
        binding = self.graph.provider(known)
        target = None if binding is None else self.graph.target(binding)
        if target is None or target.kind is not Kind.CONTEXT or target.scope is None:
            message = f"nobody declares {key_name(known)} as a context value: bind({key_name(known)}).from_context()"
            raise ContextValueError(message, known)
        if scope_class(target.scope) not in frame.held:
            opened = ", ".join(scope.__name__ for scope in frame.held)
            message = f"{key_name(known)} is a context value of {target.scope.name}, and what is opened is {opened}"
            raise ContextValueError(message, known)
        if KEYS.assignable(value.__class__, known) is False:
            message = f"the context value for {key_name(known)} is a {key_name(value.__class__)}"
            raise ContextValueError(message, known)
        return self._planner.context_plan(target, frame)

    def _refuse_context(self, symbol: str) -> NoReturn:
        binding = self._planner.binding(symbol)
        found = report(Problem(Code.CONTEXT, binding.key, scope=binding.scope), KEYS)
        message = f"{found.text()}  [{Code.CONTEXT}]"
        raise ContextValueError(message, binding.key)

    def _checked(self, where: str, frame: Frame, key: object) -> Key:
        known = check_key(where, key)
        for problem in missing.at_resolve(self.graph, known):
            raise NoProviderError(problem, KEYS)
        for problem in scope.at_resolve(self.graph, known, scope_path(frame.scope)):
            raise OutOfScopeError(problem, KEYS)
        return known

    def _refuse_sync(self, key: Key, _: scopes.ScopeObject) -> NoReturn:
        raise AsyncResolutionError(next(asynchronous.at_resolve(self.graph, key)), KEYS)

    def _function(self, frame: Frame, key: Key, *, awaiting: bool) -> Resolver:
        binding = self.graph.provider(key)
        if binding is None:
            raise AssertionError(key)
        value = self._planner.value(binding, frame)
        self._write(value)
        name = f"{'aresolve' if awaiting else 'resolve'}_{len(self.module.sources)}"
        expression = Expressions(self.module.namespace, awaiting=awaiting).value(value)
        self.module.run(f"{'async def' if awaiting else 'def'} {name}(scope):\n    return {expression}\n")
        resolver: Resolver = self.module.namespace[name]
        return resolver

    def _write(self, value: Value) -> None:
        """Write the functions of all plans that a value needs, in one piece of source."""
        lines: list[str] = []
        for plan in _not_yet_written(value, self._written):
            self.module.namespace |= {target_name(plan): plan.target, on_close_name(plan): plan.on_close}
            if plan.counted:
                self.module.namespace[key_constant(plan)] = self._planner.binding(plan.symbol).key
            if plan.storage is Storage.GLOBAL:
                self.module.namespace.setdefault(instance_name(plan), scopes.MISSING)
            lines += functions(plan, self.module.namespace)
        if lines:
            self.module.run("\n".join(lines))

    def _new_class(self, frame: Frame) -> type[Any]:
        kept = tuple(self._planner.kept_in(frame))
        self.module.run("\n".join(classes.scope_class(frame, kept, extra=self._open_ended)))
        cls: type[Any] = self.module.namespace[classes.class_name(frame)]
        closed: type[Any] = self.module.namespace[f"closed_{classes.class_name(frame)}"]
        cls._program, cls._frame, cls._kept, cls._closed_class = self, frame, kept, closed
        cls._resolvers = Table(partial(self.resolver, frame))
        cls._async_resolvers = Table(partial(self.async_resolver, frame))
        cls._openers = Table(partial(self.opener, frame))
        closed._resolvers = closed._async_resolvers = closed._openers = ClosedTable(frame.scope.__name__)
        return cls


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


def check_context(context: object) -> Mapping[Any, object]:
    """Return the context values if they are a mapping.

    Raises:
        TypeError: if they are not.
    """
    if not isinstance(context, Mapping):
        message = f"context={context!r}: must be a mapping from types to values, for example {{Request: request}}"
        raise TypeError(message)
    return cast("Mapping[Any, object]", context)


def _not_yet_written(value: Value, written: set[Plan]) -> list[Plan]:
    """Return the plans that a value needs, as far as they are not written yet, and count them as written."""
    found: list[Plan] = []
    waiting = references(value)
    while waiting:
        plan = waiting.pop().plan
        if plan not in written:
            written.add(plan)
            found.append(plan)
            waiting += needed(plan)
    return found
